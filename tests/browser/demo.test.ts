import { dateInShanghai } from '@wennuan/basics';
import { findingKinds, findingOutcomes, type RouteOutput, type routes } from '@wennuan/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { glance, look, openBrowser, openPage, type Width, visit, widths } from './browser.ts';
import { signInByTelephone } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ demo: true }), openBrowser()]);
}, 420_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page of the demo: its address, or how to find it as the first link on another page. */
type Visit = string | { on: string; link: string };

/**
 * Pages that wait for somebody to type before they show anything, that tell a person she gets nothing yet, a programme that
 * is still a draft, and a round of which the federation sees nobody before anybody is proposed.
 */
const MAY_BE_EMPTY =
  /^\/desk\/(persons|deputies|programs\/P21|aid\/rounds\/.+)$|^\/my\/(entitlements|aid)$/;
/** What was given in a year, and a few people alone are not told of: in its first weeks that may be nothing. */
const mayBeEmpty = (path: string) =>
  MAY_BE_EMPTY.test(path) || (path === '/aid' && dateInShanghai(new Date()).slice(5, 7) === '01');

/**
 * Opens each page once, looks at it as those who use it most do, on a desk's screen or a phone, and glances at it at the
 * other width; none of them is empty.
 */
async function lookAt(page: Page, visits: readonly Visit[], mainly: Width): Promise<void> {
  const other = mainly === 'desk' ? 'phone' : 'desk';
  const empty: string[] = [];
  for (const one of visits) {
    await page.setViewportSize(widths[mainly]);
    await visit(page, typeof one === 'string' ? one : one.on);
    if (typeof one !== 'string') {
      const link = page.locator(`#main a[href^="${one.link}"]`).first();
      await visit(page, (await link.getAttribute('href'))!);
    }
    await look(page);
    const { pathname } = new URL(page.url());
    const isEmpty = (await page.locator('.empty').count()) > 0;
    if (isEmpty && !mayBeEmpty(pathname)) empty.push(pathname);
    await page.setViewportSize(widths[other]);
    await glance(page);
  }
  expect(empty).toEqual([]);
}

const first = (on: string, link = `${on}/`): Visit => ({ on, link });
const open = () => openPage(browser, { address: server.address, width: 'desk' });

test('everybody’s pages', { timeout: 300_000 }, async () => {
  const page = await open();
  const pages = [
    '/',
    '/wall',
    first('/wall', '/wishes/'),
    '/wall?state=closed',
    first('/wall?state=closed', '/wishes/'),
    '/campaigns',
    first('/campaigns'),
    '/campaigns/HD0002',
    '/campaigns/HD0003/result',
    '/funds',
    first('/funds'),
    '/responses',
    '/slips',
    '/help',
    '/aid',
    '/objections',
    '/about',
    '/open',
    '/policies',
    first('/policies'),
    '/sandbox/codes',
    '/sandbox/messages',
    '/my',
    '/my/sign-in',
    '/my/needs/new',
    '/my/offers/new',
    '/charity-sales',
    '/charity-sales/YM00001',
    '/charity-sales/YM00003',
    '/mall/groups',
    first('/mall/groups'),
    '/mall',
    first('/mall', '/mall/products/'),
    '/desk/sign-in',
  ];
  await lookAt(page, pages, 'phone');
  await page.context().close();
});

test('a payment, found from the fund that paid it', async () => {
  const page = await open();
  await page.goto('/funds');
  await page.locator('#main a[href^="/funds/"]').first().click();
  await page.waitForURL(/\/funds\/./);
  await lookAt(page, [first(new URL(page.url()).pathname, '/payments/')], 'desk');
  await page.context().close();
});

const residentPages: readonly (readonly Visit[])[] = [
  [
    '/my',
    '/my/needs',
    first('/my/needs', '/my/needs/0'),
    '/my/needs/new?kind=micro_wish',
    '/my/needs/new?kind=help_request',
    '/my/messages',
    '/my/messages/settings',
    '/my/data',
    '/my/entitlements',
    '/my/aid',
    '/my/vouchers',
    first('/my/vouchers', '/my/vouchers/0'),
    '/mall/orders',
    first('/mall/orders', '/mall/orders/0'),
    '/mall/deliveries',
    '/my/settings',
    '/my/handouts',
    '/my/kind-gifts/new',
    '/my/gifts',
    '/my/monthly',
    first('/my/gifts', '/gifts/'),
  ],
  ['/my', '/my/needs', first('/my/needs', '/my/needs/0')],
  ['/my', '/my/gifts', '/my/offers'],
];

describe('residents', () => {
  for (const [place, pages] of residentPages.entries())
    test(`the pages of demo resident ${place + 1}`, { timeout: 300_000 }, async () => {
      const page = await open();
      const codes = await page.request.get('/api/sandbox/codes');
      const { residents } = (await codes.json()) as { residents: { telephone: string }[] };
      await page.goto('/my/sign-in');
      await signInByTelephone(page, residents[place]!.telephone);
      await lookAt(page, pages, 'phone');
      await page.context().close();
    });
});

const supervision: readonly Visit[] = [
  '/desk/findings',
  first('/desk/findings', '/desk/findings/0'),
  '/desk/coverage',
];
const needs: readonly Visit[] = ['/desk/needs', first('/desk/needs', '/desk/needs/0')];
const money: readonly Visit[] = [
  '/desk/proposals',
  first('/desk/proposals', '/desk/proposals/0'),
  '/desk/funds',
];
const goods: readonly Visit[] = [
  '/desk/goods',
  first('/desk/goods', '/desk/goods/items/0'),
  '/desk/goods/moves',
  '/desk/distributions',
  first('/desk/distributions', '/desk/distributions/0'),
];
/** Lists are made by streets; a community's worker sees their people, not the lists. */
const aid: readonly Visit[] = [
  '/desk/aid',
  first('/desk/aid', '/desk/aid/rounds/0'),
  '/desk/aid/giving',
];
const aidLists: readonly Visit[] = [
  '/desk/aid/lists',
  first('/desk/aid/lists', '/desk/aid/lists/0'),
];
const staffPages: Readonly<Record<string, readonly Visit[]>> = {
  社区工作者: [
    '/desk',
    '/desk/more',
    ...needs,
    '/desk/needs/new',
    '/desk/persons',
    first('/desk/persons?text=wang', '/desk/persons/'),
    '/desk/counter',
    '/desk/offers',
    ...goods,
    '/desk/distributions/new',
    '/desk/group-buys',
    first('/desk/group-buys', '/desk/group-buys/0'),
    '/desk/group-buys/new',
    '/desk/shop/orders',
    '/desk/shop/deliveries',
    '/desk/programs',
    '/desk/programs/P06',
    '/desk/aid',
    first('/desk/aid', '/desk/aid/rounds/0'),
    '/desk/aid/giving',
    '/desk/aid/notices',
    first('/desk/aid/notices', '/desk/aid/notices/0'),
    '/desk/overview',
    ...supervision,
    '/desk/messages',
  ],
  街道: ['/desk', ...needs, ...money, '/desk/proposals/new', ...aidLists],
  区温暖办: [
    '/desk',
    ...needs,
    '/desk/programs',
    '/desk/programs/new',
    '/desk/programs/P06',
    '/desk/programs/P21',
    '/desk/programs/P21/edit',
    '/desk/programs/P21/what-if',
    '/desk/overview',
    ...supervision,
    '/desk/purposes',
    '/desk/rosters',
    first('/desk/rosters'),
    '/desk/review',
    '/desk/review/answers',
  ],
  慈善总会经办: [
    '/desk/shop/merchants',
    '/desk/shop/products',
    '/desk/charity-sales',
    first('/desk/charity-sales', '/desk/charity-sales/0'),
    '/desk/charity-sales/new',
    '/desk/shop/orders',
    '/desk',
    ...money,
    '/desk/campaigns',
    first('/desk/campaigns', '/desk/campaigns/H'),
    '/desk/campaigns/new',
    '/desk/campaigns/emergency',
    '/desk/pledges',
    '/desk/kind-gifts',
    '/desk/claims',
    '/desk/gifts',
    '/desk/organizations',
    '/desk/deputies',
  ],
  慈善总会审批: [
    '/desk',
    '/desk/shop/merchants',
    ...aid,
    ...aidLists,
    first('/desk/proposals', '/desk/proposals/0'),
  ],
  慈善总会会计: [
    '/desk/shop/stations',
    first('/desk/shop/stations', '/stations/'),
    '/desk/shop/settlements',
    '/desk',
    '/desk/claims',
    '/desk/matching',
    '/desk/reconciliation',
    '/desk/incoming',
    '/desk/cash',
    '/desk/boxes',
    '/desk/bank-credits',
  ],
  审计: ['/desk/ledger', '/desk/audit', '/desk/impact-assessments', '/desk/gifts'],
  系统管理员: ['/desk/accounts'],
  驿站运营: ['/counter', '/counter/screen'],
  爱心企业: [
    '/my',
    '/my/claims',
    '/my/pledges',
    '/my/kind-gifts',
    first('/my/kind-gifts', '/my/kind-gifts/0'),
    '/my/settings',
  ],
};

describe('staff', () => {
  for (const [role, pages] of Object.entries(staffPages))
    test(`the pages of ${role}`, { timeout: 300_000 }, async () => {
      const page = await open();
      await page.goto('/desk/sign-in');
      await page.getByRole('button', { name: role }).first().click();
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
      await lookAt(page, pages, role === '爱心企业' ? 'phone' : 'desk');
      await page.context().close();
    });
});

test('aid supervision has a case of each kind, with a clock and what it rests on, and one of each end', async () => {
  const page = await open();
  await page.goto('/desk/sign-in');
  await page.getByRole('button', { name: '区温暖办' }).first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  const get = async <Answer>(url: string) => (await (await page.request.get(url)).json()) as Answer;
  type Summary = RouteOutput<typeof routes.supervision.summary>;
  type Findings = RouteOutput<typeof routes.supervision.findings>;
  const { kinds } = await get<Summary>('/api/supervision/summary');
  expect(kinds.map(({ kind }) => kind)).toEqual([...findingKinds]);
  for (const { kind, open: cases } of kinds) {
    expect(cases, kind).toBeGreaterThan(0);
    const { items } = await get<Findings>(`/api/supervision/findings?kind=${kind}&open=true`);
    expect(items[0]?.clock, kind).not.toBeNull();
    expect(items[0]?.evidence.length, kind).toBeGreaterThan(0);
  }
  for (const outcome of findingOutcomes)
    expect(
      kinds.reduce((sum, kind) => sum + kind[outcome], 0),
      outcome,
    ).toBeGreaterThan(0);
  await page.context().close();
});
