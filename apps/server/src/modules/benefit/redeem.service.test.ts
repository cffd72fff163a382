import { newId, Refusal, type Id } from '@wennuan/basics';
import { balances, post, statement, type TransferCommand } from '@wennuan/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';
import { systemActor, visitor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { RedeemCommand } from './index.ts';

let scene: AidScene;
let placeId: Id;
let placeElsewhere: Id;
const payableId = newId();
const owedId = newId();
const merchantId = newId();
const bankId = newId();
const tillId = newId();
const system = systemActor('test');
const rice = [{ category: 'grain_oil' as const, amountFen: 100_000 }];

beforeAll(async () => {
  scene = await aidScene();
  placeId = newId();
  placeElsewhere = newId();
  await scene.database.write(system, 'test.places', async (tx) => {
    await scene.fund.openAccounts(tx, [
      account(payableId, 'inner', '示例粮油店应收'),
      account(owedId, 'world', '示例粮油店欠款'),
      account(bankId, 'world', '银行'),
    ]);
    await scene.place.addServicePoints(
      tx,
      ['绿云驿站', '淮南驿站'].map((name, index) => ({
        id: [placeId, placeElsewhere][index]!,
        name,
        kind: 'station' as const,
        areaId: scene.areaId(),
        address: '示例路 1 号',
      })),
    );
  });
});
afterAll(() => scene.close());
beforeEach(() => scene.clock.set('2026-11-23T09:00:00+08:00'));

const account = (id: Id, kind: 'inner' | 'world', label: string) => ({
  id,
  kind,
  unit: 'fen',
  code: null,
  purpose: {
    kind: 'supplier' as const,
    subjectId: merchantId,
    label,
    areaId: null,
    isPublic: true,
  },
});
const write = <T>(work: (tx: Writing) => Promise<T>) =>
  scene.database.write(system, 'test.counter', work);
const person = (name: string) =>
  scene.person({ name, group: 'none', bound: true, idNumber: null as unknown as string });
let people = 0;

/** A voucher of ¥100 of somebody new. */
async function issue(
  change: Partial<{ amount: number; kind: 'voucher' | 'meal_card'; days: number }> = {},
): Promise<{
  id: Id;
  personId: Id;
  account: NonNullable<Awaited<ReturnType<typeof person>>['account']>;
}> {
  people += 1;
  const { personId, account: owner } = await person(`和${people}`);
  const [outcome] = await write((tx) =>
    scene.benefit.issue(tx, [
      {
        kind: change.kind ?? 'voucher',
        subject: { kind: 'test', id: newId() },
        personId,
        accountId: owner!.accountId,
        areaId: scene.areaId(),
        fundId: scene.fundId,
        amount: change.amount ?? 10_000,
        label: '冬季生活代金券',
        days: change.days ?? 60,
      },
    ]),
  );
  return { id: outcome!.entitlementId!, personId, account: owner! };
}

async function codeOf(one: Awaited<ReturnType<typeof issue>>): Promise<string> {
  const { text } = await scene.benefit.handlers.myCode({
    actor: one.account,
    params: { entitlementId: one.id },
  } as Parameters<typeof scene.benefit.handlers.myCode>[0]);
  return text;
}

const scanAt = (text: string, change: { placeId?: Id; tillId?: Id; proof?: string } = {}) =>
  write((tx) => scene.benefit.scan(tx, { text, proof: '', placeId, tillId, ...change }));

async function scanned(one: Awaited<ReturnType<typeof issue>>): Promise<Id> {
  const outcome = await scanAt(await codeOf(one));
  if (!('scanned' in outcome)) throw new Error('not scanned');
  return outcome.scanned.scanId;
}

const useOf = (
  one: { id: Id },
  amountFen: number,
  proof: RedeemCommand['proof'],
  change: Partial<RedeemCommand> = {},
): RedeemCommand => ({
  key: newId(),
  entitlementId: one.id,
  amountFen,
  merchantId,
  payableId,
  placeId,
  goods: rice,
  proof,
  ...change,
});

async function postAll(tx: Writing, commands: readonly TransferCommand[]) {
  const outcomes = await post(tx.sql, { commands, at: tx.now, newId });
  const failed = outcomes.find((outcome) => outcome.status === 'refused');
  if (failed) throw new Error(`not posted: ${JSON.stringify(failed)}`);
}

const redeem = (...commands: RedeemCommand[]) =>
  write(async (tx) => {
    const { outcomes, movements } = await scene.benefit.redeem(tx, commands);
    await postAll(tx, movements);
    return outcomes;
  });

async function leftOf(id: Id): Promise<number> {
  const [row] = await scene.database.read(system, (tx) => balances(tx.sql, [id]));
  return row!.balance;
}

const refusalOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown)),
  );

describe('spending', () => {
  test('in part, then the rest, exactly to its value; what is more is refused with what is left', async () => {
    const one = await issue();
    const [first] = await redeem(useOf(one, 3_000, { scanId: await scanned(one) }));
    expect(first).toMatchObject({ status: 'redeemed', leftFen: 7_000 });
    scene.clock.advance({ seconds: 60 });
    const [more] = await redeem(useOf(one, 7_001, { scanId: await scanned(one) }));
    expect(more).toMatchObject({ status: 'refused', refusal: 'voucher_too_little' });
    scene.clock.advance({ seconds: 60 });
    const [rest] = await redeem(useOf(one, 7_000, { scanId: await scanned(one) }));
    expect(rest).toMatchObject({ status: 'redeemed', leftFen: 0 });
    expect(await leftOf(one.id)).toBe(0);
    expect(await refusalOf(codeOf(one))).toBe('voucher_over');
  });

  test('the same key is the same use, and one scan pays once', async () => {
    const one = await issue();
    const scanId = await scanned(one);
    const command = useOf(one, 1_000, { scanId });
    await redeem(command);
    expect(await redeem(command)).toMatchObject([{ status: 'already_redeemed' }]);
    expect(await redeem(useOf(one, 1_000, { scanId }))).toMatchObject([
      { status: 'refused', refusal: 'voucher_scan_old' },
    ]);
    expect(await leftOf(one.id)).toBe(9_000);
  });

  test('pays only for what it was issued for, and never for alcohol', async () => {
    const meal = await issue({ kind: 'meal_card' });
    expect(await redeem(useOf(meal, 1_000, { scanId: await scanned(meal) }))).toMatchObject([
      { status: 'refused', refusal: 'voucher_goods_wrong' },
    ]);
    const one = await issue();
    const goods = [
      { category: 'alcohol' as const, amountFen: 5_000 },
      { category: 'fresh' as const, amountFen: 2_000 },
    ];
    const scanId = await scanned(one);
    expect(await redeem(useOf(one, 2_001, { scanId }, { goods }))).toMatchObject([
      { status: 'refused', refusal: 'voucher_goods_wrong', params: { payable: '¥20.00' } },
    ]);
    expect(await redeem(useOf(one, 2_000, { scanId }, { goods }))).toMatchObject([
      { status: 'redeemed' },
    ]);
  });

  test('her page says what is left and what it bought, in general words', async () => {
    const one = await issue();
    await redeem(useOf(one, 3_000, { scanId: await scanned(one) }));
    const view = await scene.benefit.handlers.readMine({
      actor: one.account,
      params: { entitlementId: one.id },
    } as Parameters<typeof scene.benefit.handlers.readMine>[0]);
    expect(view).toMatchObject({ left: 7_000, held: null });
    expect(view.uses).toMatchObject([{ amountFen: 3_000, goods: ['米面粮油'], place: '绿云驿站' }]);
  });

  test('the giver reads what it bought in general words, with the share of the gift, and never whose or which', async () => {
    const one = await issue();
    await redeem(useOf(one, 3_000, { scanId: await scanned(one) }));
    const told = await scene.database.read(visitor(), async (tx) => {
      const page = await statement(tx.sql, { accountId: scene.fundId, limit: 200 });
      const gift = page.lines.find((line) => line.reason === 'gift')!;
      return await scene.fund.trace(tx, { transferIds: [gift.id], direction: 'forward' });
    });
    const sentences = told!.view.sentences.filter((sentence) => sentence.includes('凭券'));
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(
      /^您的 [\d.,]+ 元在 2026 年 11 月由受助居民凭券在驿站换成了米面粮油/,
    );
    expect(JSON.stringify(told)).not.toMatch(/和\d|绿云驿站|QY-/);
  });

  test('a return goes back to it; after its day, to its fund; after the merchant was paid, out of what he owes', async () => {
    const one = await issue();
    const use = useOf(one, 6_000, { scanId: await scanned(one) });
    await redeem(use);
    const giveBack = (amountFen: number) =>
      write(async (tx) => {
        const back = { key: newId(), useKey: use.key, amountFen, receivableId: owedId };
        await postAll(tx, await scene.benefit.giveBackRedeemed(tx, [back]));
      });
    await giveBack(1_000);
    expect(await leftOf(one.id)).toBe(5_000);
    await write(async (tx) => {
      const [row] = await balances(tx.sql, [payableId]);
      await postAll(tx, [
        {
          key: `settle:${newId()}`,
          from: payableId,
          to: bankId,
          amount: row!.balance,
          reason: 'settlement',
          document: { kind: 'test', id: newId() },
          actor: null,
        },
      ]);
    });
    await giveBack(500);
    expect(await leftOf(one.id)).toBe(5_500);
    scene.clock.set('2027-03-01T09:00:00+08:00');
    await scene.benefit.ticks[0]!.run();
    const before = await scene.funds();
    await giveBack(500);
    expect(await leftOf(one.id)).toBe(0);
    expect((await scene.funds()).balance).toBe(before.balance + 500);
    await expect(giveBack(4_001)).rejects.toThrow(/entitlement_use/);
  });
});

describe('codes', () => {
  test('changes every thirty seconds; one step later is taken, two are not, nor one from a photograph', async () => {
    const one = await issue();
    const text = await codeOf(one);
    scene.clock.advance({ seconds: 30 });
    expect(await codeOf(one)).not.toBe(text);
    await scanAt(text);
    scene.clock.advance({ seconds: 30 });
    expect(await refusalOf(scanAt(text))).toBe('voucher_code_old');
    expect(await refusalOf(scanAt(text.slice(0, -1) + 'A'))).toBe('voucher_code_old');
    expect(await refusalOf(scanAt('6901234567892'))).toBe('voucher_unknown');
  });

  test('shown at two counters counts once; at the same counter it is the same scan until it has paid', async () => {
    const one = await issue();
    const text = await codeOf(one);
    const first = await scanAt(text);
    expect(await scanAt(text)).toEqual(first);
    expect(await refusalOf(scanAt(text, { tillId: newId() }))).toBe('voucher_code_used');
    if (!('scanned' in first)) throw new Error('not scanned');
    await redeem(useOf(one, 100, { scanId: first.scanned.scanId }));
    expect(await refusalOf(scanAt(text))).toBe('voucher_code_used');
  });

  test('two counters at the same moment: one gets it', async () => {
    const one = await issue();
    const text = await codeOf(one);
    const tills = Array.from({ length: 8 }, () => newId());
    const got = await Promise.all(tills.map((id) => refusalOf(scanAt(text, { tillId: id }))));
    expect(got.filter((code) => code === 'none')).toHaveLength(1);
  });

  test('on paper it needs her word; five wrong ones close it, a new paper ends the old', async () => {
    const one = await issue();
    const print = (word: string) =>
      scene.benefit.handlers.printPaper({
        actor: scene.actors['worker'],
        params: { entitlementId: one.id },
        body: { word },
      } as Parameters<typeof scene.benefit.handlers.printPaper>[0]);
    const lost = await print('桂花');
    const paper = await print('桂花');
    expect(await refusalOf(scanAt(lost.text, { proof: '桂花' }))).toBe('paper_closed');
    expect(await scanAt(paper.text, { proof: '桂花' })).toHaveProperty('scanned.leftFen', 10_000);
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await scanAt(paper.text, { proof: '梅花' })).toEqual({ triesLeft });
    expect(await refusalOf(scanAt(paper.text, { proof: '桂花' }))).toBe('paper_closed');
    expect(
      JSON.stringify((await scene.owner.query('select * from entitlement_paper')).rows),
    ).not.toContain(paper.text);
  });
});

describe('a counter away', () => {
  const holdFor = (id: Id, till: Id, at = placeId) =>
    write((tx) => scene.benefit.holdFor(tx, { entitlementIds: [id], placeId: at, tillId: till }));

  test('holds it alone: the others say where; it spends what it holds, and the end gives the rest free', async () => {
    const one = await issue();
    const scanId = await scanned(one);
    const away = newId();
    expect(await holdFor(one.id, away, placeElsewhere)).toMatchObject([{ status: 'held' }]);
    expect(await holdFor(one.id, newId())).toMatchObject([
      { status: 'held_elsewhere', placeId: placeElsewhere },
    ]);
    expect(await redeem(useOf(one, 100, { scanId }))).toMatchObject([
      { refusal: 'voucher_held', params: { place: '淮南驿站' } },
    ]);
    expect(await redeem(useOf(one, 100, { tillId: newId() }))).toMatchObject([
      { refusal: 'voucher_held' },
    ]);
    expect(await redeem(useOf(one, 4_000, { tillId: away }))).toMatchObject([
      { status: 'redeemed', leftFen: 6_000 },
    ]);
    await write((tx) => scene.benefit.endHolds(tx, { tillId: away, how: 'sync', reason: null }));
    scene.clock.advance({ seconds: 60 });
    expect(await redeem(useOf(one, 6_000, { scanId: await scanned(one) }))).toMatchObject([
      { status: 'redeemed', leftFen: 0 },
    ]);
  });

  test('never ends by time: past its day it waits for the counter, then what is left goes back', async () => {
    const one = await issue({ days: 2 });
    const away = newId();
    await holdFor(one.id, away);
    scene.clock.set('2027-01-05T09:00:00+08:00');
    const [expire] = scene.benefit.ticks;
    await expire!.run();
    expect(await leftOf(one.id)).toBe(10_000);
    await redeem(
      useOf(one, 2_500, { tillId: away }, { at: new Date('2026-11-24T10:00:00+08:00') }),
    );
    await write((tx) => scene.benefit.endHolds(tx, { tillId: away, how: 'sync', reason: null }));
    const before = await scene.funds();
    await expire!.run();
    expect(await leftOf(one.id)).toBe(0);
    expect((await scene.funds()).balance).toBe(before.balance + 7_500);
  });

  test('a write-off wants a person and a reason', async () => {
    const one = await issue();
    const away = newId();
    await holdFor(one.id, away);
    const end = (reason: string | null) =>
      scene.database.write({ ...scene.actors['federation']!, login: 'system' }, 'test', (tx) =>
        scene.benefit.endHolds(tx, { tillId: away, how: 'write_off', reason }),
      );
    expect(await refusalOf(end(' '))).toBe('input_invalid');
    expect(await end('柜台电脑损坏，现场核对无误')).toEqual([one.id]);
  });
});

test('C-32: nobody can top a voucher up, pass it on or turn it into money', async () => {
  const one = await issue({ amount: 5_000 });
  const routesOf = Object.keys(scene.benefit.handlers).toSorted();
  // One issues, by a decision on a person's aid; what residents can do with it is to look and to show it.
  expect(routesOf).toEqual(['list', 'mine', 'myCode', 'printPaper', 'readMine']);
  const { rows } = await scene.owner.query<{ column_name: string }>(
    `select column_name from information_schema.role_column_grants where table_name = 'entitlement'
      and privilege_type = 'UPDATE' and column_name in ('person_id', 'amount', 'source_id', 'issue_id', 'subject_id')
      and grantee like '%\\_%' and grantee <> current_user`,
  );
  expect(rows).toEqual([]);
  await expect(
    scene.database.write(one.account, 'test', (tx) =>
      tx.db.updateTable('entitlement').set({ amount: 1 }).where('id', '=', one.id).execute(),
    ),
  ).rejects.toThrow(/permission denied/);
  // The only ways out of its account: to a merchant for goods, and back to its fund.
  await redeem(useOf(one, 1_000, { scanId: await scanned(one) }));
  await write((tx) => scene.benefit.takeBack(tx, { ids: [one.id], as: 'cancelled' }));
  const { rows: out } = await scene.owner.query<{ reason: string }>(
    `select distinct reason from ledger_transfer where from_id = $1 or to_id = $1 order by 1`,
    [one.id],
  );
  expect(out.map((row) => row.reason)).toEqual(['issue', 'redeem', 'return']);
});
