import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letNoticesEnd, openAidDistrict, PASSWORD, RESIDENT, TOTP_URI } from './aid-district.ts';
import { look, openBrowser, openPage, settle, soon, widths } from './browser.ts';
import { Person } from './people.ts';
import { photo } from './pictures.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;
const people = new Map<string, Person>();

beforeAll(async () => {
  const dataDir = await openAidDistrict();
  [server, browser] = await Promise.all([startServer({ demo: false, dataDir }), openBrowser()]);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Somebody of the staff; signed in once. */
function staff(name: string): Person {
  const known = people.get(name);
  if (known) return known;
  const person = new Person(browser, server.address, {
    name,
    password: PASSWORD,
    totpUri: TOTP_URI,
  });
  people.set(name, person);
  return person;
}

/** Looks at a page on both screens. */
async function lookTwice(page: Page): Promise<void> {
  const size = page.viewportSize()!;
  for (const width of [widths.desk, widths.phone]) {
    await page.setViewportSize(width);
    await look(page);
  }
  await page.setViewportSize(size);
}

async function openRound(programme: string): Promise<Page> {
  const page = await staff('street').goTo('/desk/aid', 'desk');
  await page.getByRole('button', { name: `开启本期：${programme}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '开启本期' }).click();
  await page.getByRole('link', { name: programme, exact: true }).first().waitFor();
  return page;
}

/** A visit at the door on the telephone: consent, every paper ticked. */
async function visit(page: Page): Promise<void> {
  await page.getByLabel('见到本人，同意办理').check();
  await page.getByLabel('口头同意').check();
  for (const box of await page.locator('fieldset input[type=checkbox]').all()) await box.check();
  await page.getByRole('button', { name: '保存走访' }).click();
  await page.locator('.state', { hasText: '已入户' }).first().waitFor();
}

async function visitAll(): Promise<void> {
  const page = await staff('worker').goTo('/desk', 'phone');
  await page.getByRole('link', { name: /李\*梅 · 春节代金券/ }).waitFor();
  await look(page);
  for (const name of [/李\*梅/, /赵\*兰/, /王\*芬/]) {
    await staff('worker').goTo('/desk', 'phone');
    await page.getByRole('link', { name }).first().click();
    await page.getByRole('heading', { name: '入户走访' }).waitFor();
    await settle(page);
    if (name.source.startsWith('李')) await lookTwice(page);
    await visit(page);
  }
}

async function propose(programme: string): Promise<void> {
  const page = await staff('street').goTo('/desk/aid', 'desk');
  await page.getByRole('link', { name: programme, exact: true }).first().click();
  await page.getByRole('button', { name: '提交慈善总会审批' }).click();
  await page.locator('.state', { hasText: '待审批' }).first().waitFor();
  await lookTwice(page);
}

async function approve(name: string, programme: string): Promise<void> {
  const page = await staff(name).goTo('/desk/aid/lists', 'desk');
  await page
    .getByRole('link', { name: new RegExp(programme) })
    .first()
    .click();
  await page.getByRole('heading', { name: '审批', exact: true }).waitFor();
  if (name === 'approver') await lookTwice(page);
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
  await page.getByText(`${name}同意`).waitFor();
}

async function board(button: string): Promise<Page> {
  const page = await staff('worker').goTo('/desk/aid/notices', 'phone');
  await page
    .getByRole('link', { name: /春节代金券/ })
    .first()
    .click();
  await page.locator('input[type=file]').setInputFiles(await photo('board', '#cc8844'));
  await page
    .getByRole('button', { name: '取出第 1 张' })
    .or(page.locator('.photo img[src*="attachments"]'))
    .first()
    .waitFor();
  await lookTwice(page);
  await page.getByRole('button', { name: button }).click();
  return page;
}

test('from candidate to visits: the desk on the telephone has who is to be visited', async () => {
  const page = await openRound('春节代金券');
  await lookTwice(page);
  await openRound('大病救助');
  await visitAll();
}, 240_000);

test('the federation says which fund the programmes mean', async () => {
  const page = await staff('federation').goTo('/desk/aid/giving', 'desk');
  await lookTwice(page);
  await page.getByLabel('对应的基金').first().selectOption({ index: 1 });
  await page.getByRole('button', { name: '保存' }).first().click();
  await page.getByText('关爱帮扶基金').first().waitFor();
});

test('two people agree, the paper board has surnames only, and an objection without a name pauses one line', async () => {
  await propose('春节代金券');
  await approve('approver', '春节代金券');
  await approve('approver2', '春节代金券');
  const page = await board('已经贴上');
  await page.locator('.state', { hasText: '公示中' }).first().waitFor();
  const sheet = page.locator('.print-sheet').first();
  await expect.poll(() => sheet.textContent(), soon).toContain('李某');
  expect(await sheet.textContent()).not.toMatch(/春梅|秀兰/);
  // Who stands before the board needs the whole address.
  expect(await sheet.textContent()).toContain(`${new URL(server.address).host}/objections`);
  const code = (await sheet.locator('p .print-number').textContent())!;

  const anybody = await openPage(browser, { address: server.address, width: 'phone' });
  await anybody.goto('/objections');
  await settle(anybody);
  await anybody.getByLabel('异议码').fill(code);
  await anybody.getByRole('button', { name: '查找这份公示' }).click();
  await anybody.getByLabel('您的意见').waitFor();
  await lookTwice(anybody);
  const line = sheet.locator('tr', { hasText: '赵某' }).locator('td').first();
  await anybody.getByLabel('第几行').fill((await line.textContent())!);
  await anybody.getByLabel('您的意见').fill('她已经不住在这里了');
  await anybody.getByRole('button', { name: '提交意见' }).click();
  await anybody.getByText('已收到').waitFor();

  const street = await staff('street').goTo('/desk', 'desk');
  await street.getByRole('link', { name: /公示异议待答复/ }).click();
  await street.getByText('她已经不住在这里了').waitFor();
  await lookTwice(street);
  await street.getByRole('textbox', { name: '答复' }).fill('入户核实，本人仍住在这里');
  await street.getByRole('button', { name: '意见不成立，继续办理' }).click();
  await street.locator('.state', { hasText: '不成立' }).waitFor();
}, 240_000);

test('the days over, the vouchers are there; she sees hers and says that it came', async () => {
  await letNoticesEnd(server.dataDir);
  const page = await board('已经取下');
  await page.locator('.state', { hasText: '已取下' }).first().waitFor();
  const resident = new Person(browser, server.address, { telephone: RESIDENT });
  const mine = await resident.goTo('/my/aid', 'phone');
  await mine.getByRole('heading', { name: '春节代金券' }).first().waitFor();
  await expect.poll(() => mine.locator('main').textContent(), soon).toContain('还剩 ¥300.00');
  await lookTwice(mine);
  await mine.getByRole('button', { name: /^收到了/ }).click();
  await mine.locator('.state', { hasText: '已收到' }).waitFor();
  // What she receives is not told her as something that might come.
  await resident.goTo('/my/entitlements', 'phone');
  const own = mine.locator('section.card', { hasText: '春节代金券' });
  await own.getByText('正在享受').waitFor();
  await resident.goTo('/my/data', 'phone');
  await mine.getByText('帮扶', { exact: true }).first().waitFor();
}, 240_000);

test('a stop has a person, a reason and an appeal; who has no account is told by letter', async () => {
  const street = await staff('street').goTo('/desk/aid', 'desk');
  await street.getByRole('link', { name: '春节代金券', exact: true }).first().click();
  await street.getByRole('link', { name: '赵*兰' }).click();
  await street.getByText('其他处理').click();
  await street.getByRole('button', { name: '停止发放' }).click();
  await street.getByLabel('原因（会告诉本人）').fill('已随女儿迁到外地');
  await street.locator('form').getByRole('button', { name: '停止发放' }).click();
  await street.getByRole('heading', { name: '告知本人' }).waitFor();
  const worker = await staff('worker').goTo('/desk?kind=tell_decision', 'phone');
  await worker.getByRole('link', { name: /赵\*兰/ }).click();
  await worker.getByRole('heading', { name: '告知本人' }).waitFor();
  await look(worker);
  const letter = await worker.evaluate(`new Promise((resolve) => {
    window.print = () => resolve(document.querySelector('.print-root').innerText);
    [...document.querySelectorAll('button')].find((one) => one.textContent === '打印告知书').click();
  })`);
  for (const words of ['停止发放告知书', '已随女儿迁到外地', '由区温暖办重新看'])
    expect(letter).toContain(words);
  await worker.getByRole('button', { name: '已经告知' }).click();
  await worker.getByText('已告知本人：').waitFor();
});

test('cash is paid on the same word, and a second worker calls back', async () => {
  await propose('大病救助');
  await approve('approver', '大病救助');
  await approve('approver2', '大病救助');
  const federation = await staff('federation').goTo('/desk/aid/giving', 'desk');
  const panel = federation
    .locator('.panel')
    .filter({ has: federation.getByRole('heading', { name: '大病救助' }) });
  await panel.getByRole('button', { name: '提交付款' }).waitFor();
  await lookTwice(federation);
  await panel.getByRole('button', { name: '提交付款' }).click();
  await federation.getByText(/已提交付款 1 笔/).waitFor();

  const accountant = await staff('accountant').goTo('/desk/proposals', 'desk');
  await accountant.locator('#main a[href^="/desk/proposals/0"]').first().click();
  await accountant.getByRole('button', { name: /王/ }).first().click();
  const paying = accountant.getByRole('dialog');
  await paying.getByLabel('银行流水号').fill('AID-0001');
  await paying.locator('button[type=submit]').click();
  await accountant.locator('.state', { hasText: '已付' }).first().waitFor();

  const second = await staff('worker2').goTo('/desk/aid/giving', 'phone');
  await second.getByRole('button', { name: /^记录本人的话 王\*芬/ }).click();
  await second.getByLabel('本人怎么说').fill('钱到卡上了');
  await lookTwice(second);
  await second.getByRole('button', { name: '记录', exact: true }).click();
  await second.getByText('已确认', { exact: true }).first().waitFor();
  const year = await staff('worker').goTo('/desk/aid/year', 'desk');
  await year.getByRole('link', { name: '王*芬' }).waitFor();
  await lookTwice(year);
  const [sheet] = await Promise.all([
    year.waitForEvent('download'),
    year.getByRole('link', { name: '导出台账' }).click(),
  ]);
  expect(sheet.suggestedFilename()).toMatch(/^aid-\d{4}\.xlsx$/);
}, 240_000);
