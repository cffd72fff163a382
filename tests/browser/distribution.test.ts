import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testThings, type TestThings } from '../../apps/server/test-support/things.ts';
import { TEST_PASSWORD } from '../../apps/server/test-support/district.ts';
import { totpCode } from '../../apps/server/src/modules/access/index.ts';
import { servePages } from '../../apps/server/src/platform/http/pages.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { look, openBrowser, openPage, settle, soon, type Width } from './browser.ts';

const DIST = new URL('../../apps/web/dist/', import.meta.url);
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

let things: TestThings;
let browser: Browser;
let address: string;

beforeAll(async () => {
  things = await testThings();
  await things.bring(things.items.rice, 20, { batch: 'A1', expiresOn: '2027-03-01' });
  await things.database.write(systemActor('test'), 'test.people', (tx) =>
    things.resident.create(
      tx,
      ['王小芳', '李大山', '欧阳春'].map((name, place) => ({
        name,
        gender: 'unknown' as const,
        birthDate: null,
        idNumber: null,
        telephone: `1990000777${place}`,
        address: '绿云社区3号院2号楼1单元101',
        areaId: things.areaId(),
        consentForm: 'spoken' as const,
        consentNote: '当面同意',
      })),
    ),
  );
  await servePages(things.app, { distFolder: DIST });
  address = await things.app.listen({ port: 0, host: '127.0.0.1' });
  await things.events.start();
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await things?.close();
});

/** A page of somebody of the staff, signed in. */
async function pageOf(name: string, width: Width): Promise<Page> {
  const page = await openPage(browser, { address, width });
  const code = totpCode(SECRET, things.clock.now());
  const data = { name, password: TEST_PASSWORD, code };
  const response = await page.request.post('/api/session/password', { data });
  expect(response.status(), await response.text()).toBe(200);
  return page;
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settle(page);
}

/** Signs with the mouse, as a finger would. */
async function sign(page: Page): Promise<void> {
  const pad = page.locator('canvas.signature');
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 100, { steps: 4 });
  await page.mouse.move(box.x + 200, box.y + 50, { steps: 4 });
  await page.mouse.up();
}

let planPath = '';

test('a worker plans what each gets, and adds people from the files and by hand', async () => {
  const page = await pageOf('worker', 'desk');
  await goTo(page, '/desk/goods');
  await page.getByRole('heading', { name: '大米' }).waitFor();
  await look(page);
  await goTo(page, '/desk/distributions');
  await look(page);
  await page.getByRole('link', { name: '新建发放方案' }).click();
  await page.getByLabel('名称').fill('绿云冬日慰问');
  await page.getByLabel('按人').check();
  await page.getByLabel('发放日期').fill('2026-11-23');
  await page.getByLabel('领取点位').selectOption({ label: '绿云社区服务大厅（绿云社区）' });
  await page.getByLabel('从哪里的库存出').selectOption({ label: '慈善总会仓库（二七区）' });
  await page.getByRole('combobox', { name: '物资' }).selectOption({ label: '大米（袋）' });
  await page.getByLabel('每份数量').fill('2');
  await page.getByLabel('谁出资或捐赠').fill('区慈善总会');
  await look(page);
  await page.getByRole('button', { name: '保存，去添加名单' }).click();
  await page.getByRole('heading', { name: '绿云冬日慰问' }).waitFor();
  planPath = new URL(page.url()).pathname;
  await page.getByLabel('从哪里来').selectOption({ label: '没有档案的人' });
  await page.getByLabel('单位或班组').fill('环卫三班');
  await page.getByLabel('姓名，一行一个').fill('张三\n李四\n张三');
  await page.getByRole('button', { name: '加进名单' }).click();
  await page.getByText('第 3 行 张三：已在名单上').waitFor();
  await page.getByLabel('从哪里来').selectOption({ label: '找一位居民' });
  await page.getByRole('searchbox').first().fill('王小芳');
  await page.getByRole('button', { name: '查找' }).click();
  await page
    .getByRole('button', { name: /选择.*王\*芳|王\*芳/ })
    .first()
    .click();
  await page.getByRole('cell', { name: '王*芳' }).waitFor();
  await look(page);
  await page.getByRole('button', { name: '备货并提交审批' }).click();
  await page.getByText('待审批').first().waitFor();
  await page.context().close();
});

test('somebody of the federation agrees, without seeing a name', async () => {
  const page = await pageOf('approver', 'desk');
  await goTo(page, planPath);
  await page.getByText('名单只有社区和街道能看到').waitFor();
  expect(await page.content()).not.toContain('王*芳');
  await look(page);
  await page.getByRole('button', { name: '同意发放' }).click();
  await page.getByText('已批准').first().waitFor();
  await page.context().close();
});

test('on the phone people are found, sign, and are ticked, also while the network is away', async () => {
  const page = await pageOf('worker', 'phone');
  await goTo(page, `${planPath}/hand-over`);
  await look(page);
  await page.getByLabel('找人').fill('wxf');
  await expect.poll(() => page.locator('.queue-row').count(), soon).toBe(1);
  await page.getByRole('button', { name: /王\*芳/ }).click();
  await sign(page);
  await look(page);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('已领 1，共 3').waitFor();
  await expect.poll(() => handed(), soon).toBe(1);
  // The phone has heard so too: else it would say that this one waits as well.
  await expect.poll(() => page.getByText('项还没发出去').count(), soon).toBe(0);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: /张\*/ }).click();
  await page.getByRole('button', { name: '代领', exact: true }).click();
  await page.getByLabel('代领人姓名').fill('张小三');
  await page.getByLabel('代领原因').fill('本人上班');
  await sign(page);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('1 项还没发出去').waitFor();
  expect(await handed()).toBe(1);
  // The next is ticked while the signature before is on its way, and neither is forgotten over the other.
  const arrives = Promise.withResolvers<void>();
  await page.route('**/api/attachments', async (asked) => {
    await arrives.promise;
    await asked.continue();
  });
  const isOnItsWay = page.waitForRequest('**/api/attachments');
  await page.context().setOffline(false);
  await isOnItsWay;
  await page.getByRole('button', { name: /李\*/ }).click();
  await page.getByRole('button', { name: '没来', exact: true }).click();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('2 项还没发出去').waitFor();
  arrives.resolve();
  await expect.poll(() => handed(), soon).toBe(2);
  await expect.poll(() => page.getByText('项还没发出去').count(), soon).toBe(0);
  expect((await figures()).absent).toBe(1);
  await page.context().close();
});

/** How many have theirs, as the books say. */
async function handed(): Promise<number> {
  const told = await figures();
  return told.handed + told.proxy;
}

async function figures() {
  const worker = things.actors.worker!;
  const planId = planPath.split('/').at(-1)!;
  const plan = await things.distribution.handlers.read({
    actor: worker,
    params: { planId },
  } as never);
  return plan.figures;
}

test('what is left goes back, and the list is printed for the file', async () => {
  const page = await pageOf('worker', 'desk');
  await goTo(page, planPath);
  await page.getByRole('button', { name: '结束发放，剩余退库' }).click();
  await page.getByLabel('大米 · 退回').waitFor();
  await page.getByRole('button', { name: '退库并结束' }).click();
  await page.getByText('已结束').first().waitFor();
  await look(page);
  const printed = await page.evaluate(`new Promise((resolve) => {
    window.print = () => resolve(document.querySelector('.print-root').innerText);
    [...document.querySelectorAll('button')].find((one) => one.textContent === '打印名单').click();
  })`);
  expect(printed).toContain('绿云冬日慰问签领表');
  expect(printed).toContain('张小三');
  expect(printed).toContain('本人上班');
  expect(printed).toContain('未领取 1 份');
  expect(printed).not.toContain('王小芳');
  const stock = await things.held(things.actors.worker!, things.items.rice);
  expect(stock.quantity).toBe(16);
  await page.context().close();
});
