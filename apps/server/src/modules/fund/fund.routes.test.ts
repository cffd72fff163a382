import { newId } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';

let district: MoneyDistrict;
beforeAll(async () => {
  district = await moneyDistrict();
  for (const [name, actor] of Object.entries(district.actors)) district.who.set(name, actor);
});
afterAll(() => district.close());

type Answer = Record<string, unknown> & { items: Record<string, unknown>[] };
const call = async (actor: string, method: 'GET' | 'POST', url: string, payload?: object) => {
  const answer = await district.app.inject({
    method,
    url,
    headers: { 'x-actor': actor },
    ...(payload && { payload }),
  });
  return answer.json() as Answer;
};

test('from opening a fund to a paid proposal, as the pages call it', async () => {
  const fund = await call('federation', 'POST', '/api/funds', {
    name: '绿云社区互助基金',
    kind: 'mutual_aid',
    areaCode: '410103001001',
  });
  expect(fund).toMatchObject({ kind: 'mutual_aid', balanceFen: 0, area: { name: '绿云社区' } });
  await district.notify({ projectCode: String(fund['code']), amountFen: 30_000 });
  expect((await call('street', 'GET', '/api/funds')).items).toMatchObject([
    { availableFen: 30_000 },
  ]);
  expect((await call('street-elsewhere', 'GET', '/api/funds')).items).toEqual([]);
  const proposal = await call('street', 'POST', '/api/proposals', {
    source: { kind: 'fund', id: fund['id'] },
    payee: { kind: 'person', id: district.person() },
    amountYuan: '100',
    purpose: '王测试的取暖补助',
    needId: newId(),
    formId: newId(),
  });
  expect(proposal).toMatchObject({
    state: 'proposed',
    amountFen: 10_000,
    payeeLabel: '王**',
    proposedBy: 'street',
    mayDecide: false,
    area: { name: '绿云社区' },
  });
  expect((await call('approver', 'GET', '/api/proposals')).items).toMatchObject([
    { id: proposal['id'], mayDecide: true, purpose: '王测试的取暖补助' },
  ]);
  expect((await call('street-elsewhere', 'GET', '/api/proposals')).items).toEqual([]);
  const word = { decision: 'approve', note: '' };
  const decisions = `/api/approvals/${String(proposal['approvalId'])}/decisions`;
  const payment = `/api/proposals/${String(proposal['id'])}/payment`;
  const slip = { bankReference: '回单0001', paidOn: '2026-11-23' };
  expect((await call('street', 'POST', decisions, word))['code']).toBe('not_permitted');
  await call('approver', 'POST', decisions, word);
  expect(await call('approver', 'GET', `/api/proposals/${String(proposal['id'])}`)).toMatchObject({
    mayDecide: false,
    mayNotWhy: '您已经审批过了，需要另一位审批人。',
  });
  await call('approver2', 'POST', decisions, word);
  expect(await call('accountant', 'POST', payment, slip)).toMatchObject({
    state: 'paid',
    payment: { number: expect.stringMatching(/^ZF-\d{6}$/) as string, paidOn: '2026-11-23' },
  });
  expect((await call('accountant', 'POST', payment, slip))['code']).toBe('payment_already_made');
});

test('the list goes on where it ended, what waits first', async () => {
  const propose = () =>
    call('federation', 'POST', '/api/proposals', {
      source: { kind: 'campaign', id: district.campaign },
      payee: { kind: 'organization', id: district.supplierId },
      amountYuan: '1',
      purpose: '电扇',
      needId: null,
      formId: newId(),
    });
  await district.notify({ amountFen: 1_000 });
  const made = [await propose(), await propose(), await propose()].map((one) => one['id']);
  const first = await call('auditor', 'GET', '/api/proposals?limit=2');
  const rest = await call(
    'auditor',
    'GET',
    `/api/proposals?limit=2&after=${String(first['next'])}`,
  );
  const ids = [...first.items, ...rest.items].map((one) => one['id']);
  expect(ids.slice(0, 3)).toEqual(made.toReversed());
  expect(new Set(ids).size).toBe(ids.length);
});

test('the auditor runs the ledger’s checks and counts what is in the log', async () => {
  await district.events.settle();
  const answer = await call('auditor', 'GET', '/api/ledger/check');
  // Two gifts, and aid to a person by way of the pot.
  expect(answer).toMatchObject({ findings: [], transfers: 4 });
});

test('a cursor that is none is refused, not an error', async () => {
  expect((await call('auditor', 'GET', '/api/proposals?after=x'))['code']).toBe('input_invalid');
  const codes = (await call('auditor', 'GET', '/api/public/funds')).items.map((one) => one['code']);
  const url = `/api/public/funds/${String(codes[0])}?after=x`;
  expect((await call('auditor', 'GET', url))['code']).toBe('input_invalid');
  expect((await call('auditor', 'GET', '/api/public/funds/none'))['code']).toBe('not_found');
});

test('a second fund for management is refused in a sentence', async () => {
  const open = () =>
    call('federation', 'POST', '/api/funds', {
      name: '管理费',
      kind: 'management',
      areaCode: null,
    });
  await open();
  expect(await open()).toMatchObject({ code: 'fund_management_exists', field: 'kind' });
});

test('C-04: a partner raises nothing of its own: its fund stands on an agreement, in the federation’s books', async () => {
  const fund = { name: '晨光助学专项基金', kind: 'special', areaCode: null };
  expect(await call('federation', 'POST', '/api/funds', fund)).toMatchObject({
    code: 'fund_agreement_missing',
  });
  const opened = await call('federation', 'POST', '/api/funds', {
    ...fund,
    agreement: {
      partnerId: null,
      partnerName: '晨光制造公司（测试）',
      agreementNumber: '专项协议 2026-1',
      agreedOn: '2026-11-01',
      purpose: '助学',
      remainderRule: '转入一般基金',
    },
  });
  const page = await call('federation', 'GET', `/api/public/funds/${String(opened['code'])}`);
  expect(page).toMatchObject({
    fund: { kind: 'special', balanceFen: 0 },
    agreement: { partnerName: '晨光制造公司（测试）', agreementNumber: '专项协议 2026-1' },
  });
});

test('C-05: funds of communities stand in the order they were opened, whatever was given, and none has a quota', async () => {
  const second = await call('federation', 'POST', '/api/funds', {
    name: '兰台社区互助基金',
    kind: 'mutual_aid',
    areaCode: '410103002001',
  });
  await district.notify({ projectCode: String(second['code']), amountFen: 9_000_000 });
  const { items } = await call('federation', 'GET', '/api/public/funds?kind=mutual_aid');
  expect(items.map((one) => one['name'])).toEqual(['绿云社区互助基金', '兰台社区互助基金']);
  for (const one of items) expect(Object.keys(one).join()).not.toMatch(/goal|target|quota|rank/i);
});

test('C-18: a fund bears a giver’s name only by the word of the federation that receives, never the giver’s own', async () => {
  const named = {
    name: '晨光（测试）敬老专项基金',
    kind: 'special',
    areaCode: null,
    agreement: {
      partnerName: '晨光制造公司（测试）',
      agreementNumber: '冠名协议 2026-2',
      agreedOn: '2026-11-01',
      purpose: '敬老，基金以捐赠人命名',
      remainderRule: '转入一般基金',
    },
  };
  district.who.set('enterprise', district.enterprise);
  for (const other of ['enterprise', 'street'])
    expect(await call(other, 'POST', '/api/funds', named)).toMatchObject({ code: 'not_permitted' });
  expect(await call('federation', 'POST', '/api/funds', named)).toMatchObject({ name: named.name });
});
