import { statement, transfers } from '@wennuan/ledger';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';
import { withoutIds } from '../../../test-support/ids.ts';
import { systemActor, visitor } from '../../platform/actor.ts';

let scene: AidScene;
const system = systemActor('test');
beforeAll(async () => {
  scene = await aidScene();
  for (const place of [1, 2]) await scene.person({ name: `何${place}`, group: 'elderly' });
  await scene.grant(await scene.open('M01'));
});
afterAll(() => scene.close());
beforeEach(() => scene.clock.set('2026-11-23T09:00:00+08:00'));

async function rows() {
  const { rows: found } = await scene.owner.query<{
    id: string;
    number: string;
    state: string;
    person_id: string;
    issue_id: string;
  }>('select id, number, state, person_id, issue_id from entitlement order by serial');
  return found;
}

test('everybody sees that a round sum was set aside, never what was issued', async () => {
  const fund = await scene.fund.handlers.publicFund({
    actor: visitor(),
    params: { code: await code() },
    query: { limit: 50 },
  } as Parameters<typeof scene.fund.handlers.publicFund>[0]);
  const out = fund.movements.items.filter((one) => one.direction === 'out');
  expect(out.map((one) => [one.amountFen, one.label])).toEqual([[100_000, '备付给困难居民']]);
  expect(withoutIds(JSON.stringify(fund))).not.toMatch(/何|助餐卡|9000\b|18000\b/);
});

test('a gift’s trace ends at one place for them all', async () => {
  const [gift] = await giftOf();
  const told = await scene.database.read(visitor(), (tx) =>
    scene.fund.trace(tx, { transferIds: [gift!], direction: 'forward' }),
  );
  const persons = told!.view.stations.filter((station) => station.kind === 'person');
  expect(persons.map((station) => [station.amountFen, station.label, station.entries])).toEqual([
    [18_000, '二七区困难居民', 2],
  ]);
});

test('what was issued for a subject once is answered again, and posts nothing', async () => {
  const [row] = await rows();
  const before = await scene.funds();
  const [subject] = (
    await scene.owner.query('select subject_id from entitlement where id = $1', [row!.id])
  ).rows as { subject_id: string }[];
  const outcomes = await scene.database.write(system, 'test.issue', (tx) =>
    scene.benefit.issue(tx, [
      {
        kind: 'meal_card',
        subject: { kind: 'award_part', id: subject!.subject_id },
        personId: row!.person_id,
        accountId: null,
        areaId: scene.areaId(),
        fundId: scene.fundId,
        amount: 9_000,
        label: '每月助餐',
        days: 30,
      },
    ]),
  );
  expect(outcomes).toEqual([{ status: 'already_issued', entitlementId: row!.id }]);
  expect(await scene.funds()).toEqual(before);
});

test('what is not used by its last day goes back, of the entry that issued it, once', async () => {
  const before = await scene.funds();
  scene.clock.set('2027-02-01T09:00:00+08:00');
  const [tick] = scene.benefit.ticks;
  await Promise.all([tick!.run(), tick!.run()]);
  await tick!.run();
  expect((await rows()).map((row) => row.state)).toEqual(['expired', 'expired']);
  expect((await scene.funds()).balance).toBe(before.balance + 18_000);
  const [row] = await rows();
  const left = await scene.database.read(system, (tx) =>
    scene.benefit.ofPersons(tx, [row!.person_id]),
  );
  expect(left).toMatchObject([{ state: 'expired', left: 0 }]);
  const page = await scene.database.read(system, (tx) =>
    statement(tx.sql, { accountId: row!.id, limit: 10 }),
  );
  expect(page.lines.find((line) => line.reason === 'expiry')!.of).toBe(row!.issue_id);
  expect(
    await scene.database.read(system, (tx) => transfers(tx.sql, [row!.issue_id])),
  ).toMatchObject([{ to: row!.id, amount: 9_000, reason: 'issue' }]);
  // The pot had a round sum again, and that went on to the fund.
  expect(
    (
      await scene.database.read(system, (tx) =>
        statement(tx.sql, { accountId: scene.fundId, limit: 10 }),
      )
    ).lines.map((line) => [line.direction, line.reason, line.amount]),
  ).toEqual([
    ['in', 'aid_back', 100_000],
    ['out', 'aid_set_aside', 100_000],
    ['in', 'gift', 1_000_000],
  ]);
});

async function code(): Promise<string> {
  const [fund] = await scene.database.read(system, (tx) =>
    scene.fund.listFunds(tx, { ids: [scene.fundId] }),
  );
  return fund!.code;
}

/** The transfer by which the fund got its money. */
async function giftOf(): Promise<string[]> {
  const page = await scene.database.read(system, (tx) =>
    statement(tx.sql, { accountId: scene.fundId, limit: 50 }),
  );
  return page.lines.filter((line) => line.reason === 'gift').map((line) => line.id);
}
