import { addDays, dateInShanghai, instantInShanghai, newId } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';

type Calendar = RouteOutput<typeof routes.disclosure.publicDuties>;
type Report = RouteOutput<typeof routes.disclosure.disclosure>;

let district: MoneyDistrict;
let app: MoneyDistrict['app'];
beforeAll(async () => {
  district = await moneyDistrict();
  app = district.app;
});
afterAll(() => district.close());

const get = async <T>(url: string, as = '') =>
  (await app.inject({ url, headers: { 'x-actor': as } })).json() as T;
const post = async (url: string, payload: object) =>
  (
    await app.inject({ method: 'POST', url, payload, headers: { 'x-actor': 'federation' } })
  ).json() as Record<string, unknown>;
const calendar = () => get<Calendar>('/api/public/duties');

/** The day begins: campaigns end, duties come. */
async function day(date: string) {
  district.clock.set(instantInShanghai(date, '08:30'));
  const tick = district.donation.ticks.find((one) => one.name === 'donation.close_campaigns')!;
  await tick.run();
  await district.disclosure.ticks[0]!.run();
}

const system = systemActor('test');
const openTasks = async () =>
  (
    await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('task')
        .select(['subject_id', 'due_at'])
        .where('kind', '=', 'disclose')
        .where('closed_at', 'is', null)
        .execute(),
    )
  ).length;

/** Drafts and opens a campaign of public fundraising with what its form requires. */
async function openCampaign(change: { isEmergency: boolean; opensOn: string; closesOn: string }) {
  const federation = district.actors['federation']!;
  return await district.database.write(federation, 'test.campaign', async (tx) => {
    const { campaignId } = await district.donation.draftCampaign(tx, {
      name: `应急募捐 ${change.opensOn}`,
      legalForm: 'public_fundraising',
      summary: '救灾',
      purpose: '救灾',
      beneficiaries: '受灾居民',
      useOfMoney: '购买物资',
      costs: '无',
      remainderRule: '转入救灾项目',
      goalYuan: null,
      ...change,
    });
    for (const tick of ['qualified_charity', 'live_listing', 'own_account'] as const)
      await district.donation.setTick(tx, { campaignId, tick, detail: '编号', filedOn: null });
    await district.donation.openCampaign(tx, campaignId);
    return campaignId;
  });
}

describe('open data', () => {
  const table = async (file: string) => (await app.inject({ url: `/api/open/${file}` })).payload;

  test('every table is there as CSV and JSON, with its columns, licence and cache', async () => {
    const catalogue = await get<{ datasets: { name: string; columns: { name: string }[] }[] }>(
      '/api/open',
    );
    for (const { name, columns } of catalogue.datasets) {
      const csv = await table(`${name}.csv`);
      expect(csv.split('\r\n')[0]).toBe(`\uFEFF${columns.map((one) => one.name).join(',')}`);
      const json = JSON.parse(await table(`${name}.json`)) as { rows: object[]; licence: string };
      expect(json.licence).toBe('CC BY 4.0');
      expect(json.rows).toHaveLength(csv.trim().split('\r\n').length - 1);
    }
    const answer = await app.inject({ url: '/api/open/funds.csv' });
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=300, stale-while-revalidate=600',
      'access-control-allow-origin': '*',
    });
    expect((await app.inject({ url: '/api/open/accounts.csv' })).statusCode).toBe(404);
  });

  test('a name like a formula is text, and C-17: nobody’s private data is in any table', async () => {
    const wish = await district.wish('一把椅子', 10_000);
    await district.notify({
      projectCode: wish.projectCode,
      amountFen: 500,
      giverName: '=HYPERLINK("http://x","y")',
    });
    const giver = await district.signUp('19900000077');
    await district.database.write(giver, 'test.give', (tx) =>
      district.donation.startGift(tx, {
        target: { kind: 'item', id: wish.itemId },
        amountYuan: '5',
        name: {
          displayName: '不愿公开的人',
          hideFromPublic: true,
          hideFromRecipient: true,
          hideFromStaff: true,
        },
        formId: newId(),
      }),
    );
    const movements = await table('movements.csv');
    expect(movements).toContain(`"'=HYPERLINK(""http://x"`);
    const everything = (
      await Promise.all(
        ['campaigns', 'funds', 'movements', 'payments', 'aid', 'disclosures', 'duties'].map(
          (name) => table(`${name}.json`),
        ),
      )
    ).join('');
    for (const hidden of ['不愿公开的人', '19900000077', giver.accountId!, '王测试'])
      expect(everything).not.toContain(hidden);
  });

  test('aid that fewer than five persons share is told wider, and in the end without its sum', async () => {
    const fund = await district.communityFund();
    await district.notify({ projectCode: fund.code, amountFen: 1_000_000 });
    const pay = (fen: number) =>
      district.payOut(
        { kind: 'fund', id: fund.id },
        { kind: 'person', id: district.person() },
        fen,
      );
    for (const fen of [10_001, 10_002, 10_003]) await pay(fen);
    const rows = async () =>
      (JSON.parse(await table('aid.json')) as { rows: Record<string, unknown>[] }).rows;
    expect(await rows()).toEqual([
      { account: fund.code, period: '', area: '', persons: null, amount_yuan: null },
    ]);
    for (const fen of [10_004, 10_005]) await pay(fen);
    expect(await rows()).toEqual([
      expect.objectContaining({
        account: fund.code,
        persons: 5,
        amount_yuan: 500.15,
        area: '淮河路街道',
      }),
    ]);
    expect(await table('movements.json')).not.toContain('100.01');
  });
});

describe('C-13, C-14, C-15: two simulated years', () => {
  const seen = new Map<string, number>();
  let mostOverdue = 0;

  test(
    'trip every duty once, put each on the desk, and show what is overdue',
    { timeout: 120_000 },
    async () => {
      const start = dateInShanghai(district.clock.now());
      for (let offset = 0; offset <= 730; offset += 1) {
        const date = addDays(start, offset);
        await day(date);
        if (offset === 60)
          await openCampaign({ isEmergency: true, opensOn: date, closesOn: addDays(date, 12) });
        if (offset === 100) {
          const wish = await district.wish('一批救灾物资', 60_000_000);
          await district.notify({ projectCode: wish.projectCode, amountFen: 60_000_000 });
        }
        if (offset % 15 === 0) {
          const { overdue, items } = await calendar();
          mostOverdue = Math.max(mostOverdue, overdue);
          for (const item of items) seen.set(item.number, (seen.get(item.number) ?? 0) + 1);
        }
      }
      const { items, overdue } = await calendar();
      const counts = new Map<string, number>();
      for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      // 微心愿 runs from 2026-11-23 to 2027-10-31, the emergency twelve days; half-years and years come in between.
      expect(Object.fromEntries(counts)).toEqual({
        progress: 3,
        final_report: 2,
        emergency_receipts: 2,
        emergency_filing: 1,
        big_transaction: 1,
        annual_report: 2,
        operating_report: 4,
      });
      expect(
        new Set(items.map((item) => `${item.kind} ${item.subject.code} ${item.period}`)).size,
      ).toBe(items.length);
      expect(overdue).toBeGreaterThan(0);
      expect(mostOverdue).toBeGreaterThan(5);
      expect(await openTasks()).toBe(items.filter((item) => item.daysLeft !== null).length);
    },
  );

  test('a day again brings nothing new', async () => {
    const added = await district.database.write(system, null, (tx) =>
      district.disclosure.openDuties(tx),
    );
    expect(added).toBe(0);
  });
});

describe('a report', () => {
  test('is drafted from the ledger, published once, corrected beside its old text, and never changed', async () => {
    const progress = (await calendar()).items.find((one) => one.kind === 'progress')!;
    const draft = await get<{ text: string; figures: { inFen: number } }>(
      `/api/disclosure-duties/${progress.id}/draft`,
      'federation',
    );
    expect(draft.figures.inFen).toBe(500);
    expect(draft.text).toContain('微心愿进展报告');
    const before = await openTasks();
    const url = `/api/disclosure-duties/${progress.id}/publish`;
    const named = await post(url, { title: '进展', text: `${draft.text} 联系电话 199-0000-0001` });
    expect(named).toMatchObject({ code: 'public_text_names_person', field: 'text' });
    const published = await post(url, { title: '第一季度进展', text: draft.text });
    expect(published).toMatchObject({ number: 'GS-000001', late: true, corrections: [] });
    expect(await openTasks()).toBe(before - 1);
    expect(await post(url, { title: '再来一次', text: draft.text })).toMatchObject({
      code: 'disclosure_published',
    });

    const corrected = await post('/api/disclosures/GS-000001/corrections', {
      note: '补充了结余的用途说明',
      text: `${draft.text}\n结余用于下一季度。`,
    });
    expect(corrected).toMatchObject({
      text: `${draft.text}\n结余用于下一季度。`,
      corrections: [{ note: '补充了结余的用途说明', oldText: draft.text }],
    });
    const shown = await get<Report>('/api/public/disclosures/GS-000001');
    expect(shown.corrections).toHaveLength(1);
    const change = (as: string, statement: string) =>
      district.database.write(district.actors[as] ?? system, 'test.change', async (tx) => {
        await tx.sql.query(statement);
      });
    for (const statement of [
      "update disclosure set text = 'x'",
      'delete from disclosure',
      "update disclosure_correction set note = 'x'",
    ])
      for (const as of ['federation', 'system'])
        await expect(change(as, statement), `${as}: ${statement}`).rejects.toThrow(
          /permission denied/,
        );
  });

  test('an emergency’s filing is done when the campaign is filed', async () => {
    const filing = (await calendar()).items.find((one) => one.kind === 'emergency_filing')!;
    expect(filing).toMatchObject({ state: 'overdue', doneOn: null });
    const id = (
      await district.database.read(system, (tx) => district.donation.openedCampaigns(tx))
    ).find((one) => one.isEmergency)!.id;
    await district.database.write(district.actors['federation']!, 'test.file', (tx) =>
      district.donation.setTick(tx, {
        campaignId: id,
        tick: 'filed_plan',
        detail: '备字 9 号',
        filedOn: '2027-01-25',
      }),
    );
    await district.disclosure.ticks[0]!.run();
    const [ended] = await district.database.read(system, (tx) =>
      district.disclosure.duties(tx, { id: filing.id }),
    );
    expect(ended).toMatchObject({ doneOn: '2027-01-25' });
  });

  test('what no figure shows is noted by a person, and what does not apply is void with its reason', async () => {
    const added = await post('/api/disclosure-duties', {
      kind: 'related_party',
      subjectCode: null,
      happenedOn: dateInShanghai(district.clock.now()),
      what: '向理事所在单位采购办公用品',
    });
    expect(added).toMatchObject({ kind: 'related_party', state: 'due', daysLeft: 30 });
    const url = `/api/disclosure-duties/${String(added['id'])}/void`;
    expect(await post(url, { reason: '经核实对方不是关联方' })).toMatchObject({
      state: 'void',
      reason: '经核实对方不是关联方',
    });
    expect(await post(url, { reason: '经核实对方不是关联方' })).toMatchObject({
      code: 'disclosure_published',
    });
    expect(
      await post('/api/disclosure-duties', {
        kind: 'remainder',
        subjectCode: null,
        happenedOn: '2099-01-01',
        what: '余款',
      }),
    ).toMatchObject({ code: 'input_invalid' });
  });
});
