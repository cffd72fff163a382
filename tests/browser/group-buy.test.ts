import { createHash, randomUUID } from 'node:crypto';
import { newId, type Id } from '@wennuan/basics';
import { balances } from '@wennuan/ledger';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  testDistrict,
  type TestDistrict,
  TEST_PASSWORD,
} from '../../apps/server/test-support/district.ts';
import { putOnSale } from '../../apps/server/test-support/group-buy.ts';
import { SESSION_COOKIE, totpCode } from '../../apps/server/src/modules/access/index.ts';
import { servePages } from '../../apps/server/src/platform/http/pages.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { look, openBrowser, openPage, settle } from './browser.ts';

const DIST = new URL('../../apps/web/dist/', import.meta.url);
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

let district: TestDistrict;
let owner: pg.Client;
let browser: Browser;
let address: string;
let neighbours: Page[];

beforeAll(async () => {
  district = await testDistrict();
  owner = new pg.Client({
    connectionString: district.connection.ownerUrl,
    options: `-c search_path=${district.connection.schema}`,
  });
  await owner.connect();
  await putOnSale(owner);
  await district.database.write(systemActor('test'), 'test.station', (tx) =>
    district.place.addServicePoints(tx, [
      {
        id: newId(),
        name: '绿云慈善驿站',
        kind: 'station',
        areaId: district.areaId(),
        address: '绿云路 2 号',
      },
    ]),
  );
  await servePages(district.app, { distFolder: DIST });
  address = await district.app.listen({ port: 0, host: '127.0.0.1' });
  await district.events.start();
  browser = await openBrowser();
  neighbours = [];
  for (const telephone of ['19900004001', '19900004002', '19900004003'])
    neighbours.push(await signedIn(telephone));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await owner?.end();
  await district?.close();
});

/** A resident's phone, signed in. */
async function signedIn(telephone: string): Promise<Page> {
  const { accountId, roleId } = await district.signUp(telephone);
  const token = randomUUID();
  await owner.query(
    `insert into session (token_hash, account_id, role_id, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $4, $4::timestamptz + interval '30 days')`,
    [createHash('sha256').update(token).digest(), accountId, roleId, district.clock.now()],
  );
  const page = await openPage(browser, { address, width: 'phone' });
  await page.context().addCookies([{ name: SESSION_COOKIE, value: token, url: address }]);
  return page;
}

async function worker(): Promise<Page> {
  const page = await openPage(browser, { address, width: 'desk' });
  const data = {
    name: 'worker',
    password: TEST_PASSWORD,
    code: totpCode(SECRET, district.clock.now()),
  };
  const response = await page.request.post('/api/session/password', { data });
  expect(response.status(), await response.text()).toBe(200);
  return page;
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settle(page);
}

async function runTicks(): Promise<void> {
  for (const tick of district.groupBuy.ticks) await tick.run();
}

let desk: Page;
let groupPath = '';
let code = '';

test('a station opens a group-buy', async () => {
  desk = await worker();
  await goTo(desk, '/desk/group-buys');
  await look(desk);
  await desk.getByRole('link', { name: '开团' }).click();
  await desk.getByLabel('取货驿站').selectOption({ label: '绿云慈善驿站' });
  await desk.getByLabel('商品').selectOption({ index: 1 });
  await desk.getByLabel('标题').fill('东北大米 5 kg');
  await desk.getByLabel('成团件数').fill('2');
  await desk.getByLabel('最多件数').fill('3');
  await desk.getByLabel('单价（元）', { exact: true }).fill('30');
  await desk.getByLabel('满多少件更便宜').fill('3');
  await desk.getByLabel('更便宜的单价（元）').fill('27.5');
  await desk.getByLabel('截止日').fill('2026-11-25');
  await desk.getByLabel('取货日').fill('2026-11-28');
  await look(desk);
  await desk.getByRole('button', { name: '开团' }).click();
  await desk.getByRole('heading', { name: '东北大米 5 kg' }).waitFor();
  groupPath = new URL(desk.url()).pathname;
  await look(desk);
});

test('neighbours join and pay on the phone; who comes too late is told that all are sold', async () => {
  const [first, second, third] = neighbours as [Page, Page, Page];
  await goTo(first, '/mall/groups');
  await look(first);
  await first.getByRole('link', { name: '东北大米 5 kg' }).click();
  await first.getByRole('button', { name: /参加，需付/ }).waitFor();
  await look(first);
  await first.getByRole('button', { name: /参加，需付/ }).click();
  await first.getByRole('button', { name: /^付款/ }).waitFor();
  await look(first);
  code = new URL(first.url()).pathname.split('/').at(-1)!;
  await goTo(second, `/mall/groups/${code}`);
  await second.getByRole('button', { name: '多一袋' }).click();
  await second.getByRole('button', { name: /参加，需付 ¥60.00/ }).click();
  await second.getByRole('button', { name: /^付款/ }).waitFor();
  await goTo(third, `/mall/groups/${code}`);
  await third.getByRole('button', { name: /参加，需付/ }).click();
  await third.getByText('正在排队，前面还有 0 户').waitFor();
  await look(third);
  await first.getByRole('button', { name: /^付款/ }).click();
  await first.getByText('已付款 ¥30.00').waitFor();
  await second.getByRole('button', { name: /^付款/ }).click();
  await second.getByText('已成团，等商家送货到驿站。').waitFor();
  await third.getByText('已全部售完').waitFor();
  await look(second);
});

test('it is sold only now, the merchant’s share is due, and what was paid above the price goes back', async () => {
  await runTicks();
  const { rows } = await owner.query<{ sum: number; promise: number; orders: number }>(
    `select sum(goods_fen)::int as sum, sum(promise_fen)::int as promise, count(*)::int as orders
     from sale_order where channel = 'group_buy'`,
  );
  expect(rows[0]).toEqual({ sum: 8_250, promise: 165, orders: 2 });
  const [first] = neighbours as [Page];
  await goTo(first, `/mall/groups/${code}`);
  await first.getByText('多付的 ¥2.50 原路退回。').waitFor();
});

test('the station orders, takes in, hands over by code, and prints the list', async () => {
  await goTo(desk, groupPath);
  await desk.getByRole('button', { name: '登记订货' }).click();
  await desk.getByLabel('订货单号').fill('DH-7');
  await desk.getByRole('dialog').getByRole('button', { name: '登记订货' }).click();
  await desk.getByRole('button', { name: '登记到货' }).click();
  await desk.getByLabel('取货码').waitFor();
  await look(desk);
  const [first] = neighbours as [Page];
  await goTo(first, `/mall/groups/${code}`);
  await look(first);
  const pickUpCode = await first.locator('.group-code strong').textContent();
  await desk.getByLabel('取货码').fill(pickUpCode!.toLowerCase());
  await desk.getByLabel('谁代取').fill('3 号楼邻居代取');
  await desk.getByRole('button', { name: '发货' }).click();
  await desk.getByText('东北大米 5 kg：').waitFor();
  await desk.getByRole('cell', { name: /3 号楼邻居代取/ }).waitFor();
  await desk.getByRole('button', { name: '提醒还没取的' }).click();
  await desk.getByText('已提醒 1 户').waitFor();
  await look(desk);
});

test('a group-buy that is called off shows how its refunds go', async () => {
  const { id } = await openAnother();
  const [first] = neighbours as [Page];
  await goTo(first, '/mall/groups');
  await first.getByRole('link', { name: '山药 2.5 kg' }).click();
  await first.getByRole('button', { name: /参加，需付/ }).click();
  await first.getByRole('button', { name: /^付款/ }).click();
  await first.getByText('已付款 ¥20.00').waitFor();
  await goTo(desk, `/desk/group-buys/${id}`);
  await desk.getByRole('button', { name: '取消拼团' }).click();
  await desk.getByLabel('原因（会告诉参加的邻居）').fill('商家缺货');
  await desk.getByRole('dialog').getByRole('button', { name: '取消拼团' }).click();
  await desk.getByText('未成团').first().waitFor();
  await runTicks();
  await goTo(first, new URL(first.url()).pathname);
  await first.getByText('没有成团，¥20.00 已退回').waitFor();
  await first.getByText('退款：0 笔正在退回，1 笔已退回。').waitFor();
  await look(first);
  await leftNoTrace(id);
});

/** Of a group that failed: in and out of its own account in sellers' money, and nothing anywhere else. */
async function leftNoTrace(groupId: Id): Promise<void> {
  const { rows: moved } = await owner.query(
    `select a.unit, count(*)::int as moves, sum(t.amount)::int as fen from ledger_transfer t
      join ledger_account a on a.id = t.to_id
      where t.document_id in (select id from group_share where group_id = $1) group by a.unit`,
    [groupId],
  );
  expect(moved).toEqual([{ unit: 'seller_fen', moves: 2, fen: 4_000 }]);
  const [account] = await district.database.read(systemActor('test'), (tx) =>
    balances(tx.sql, [groupId]),
  );
  expect(account!.balance).toBe(0);
  const { rows: left } = await owner.query(
    `select (select count(*)::int from sale_order where key in (select id from group_share where group_id = $1)) as sales,
      (select count(*)::int from group_share where group_id = $1 and state not in ('returned', 'lapsed')) as shares,
      (select count(*)::int from group_refund where group_id = $1 and state <> 'done') as refunds`,
    [groupId],
  );
  expect(left).toEqual([{ sales: 0, shares: 0, refunds: 0 }]);
}

async function openAnother(): Promise<{ id: Id }> {
  const { rows } = await owner.query<{ id: Id; place: Id }>(
    `select v.id, p.id as place from product_variant v cross join service_point p where p.kind = 'station'`,
  );
  return await district.database.write(systemActor('test'), 'test.open', (tx) =>
    district.groupBuy.open(tx, {
      placeId: rows[0]!.place,
      variantId: rows[0]!.id,
      title: '山药 2.5 kg',
      description: '',
      minimumPieces: 20,
      limitPieces: 60,
      householdPieces: 2,
      holdMinutes: 10,
      steps: [{ fromPieces: 1, priceYuan: '20' }],
      closesAt: '2026-11-26T20:00:00+08:00',
      pickUpOn: '2026-11-30',
      pickUpHours: '09:00–17:00',
      formId: newId(),
    }),
  );
}
