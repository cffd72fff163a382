import { newId, type Id } from '@wennuan/basics';
import { check, statement } from '@wennuan/ledger';
import { parseEntry } from '@wennuan/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sales } from '../../../test-support/sales.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { visitor } from '../../platform/actor.ts';

/** Sums that nothing else comes to, so that one of them in a public leaf is a person's. */
const ISSUED = [12_347, 5_431, 7_123];
const SPENT = 2_339;
let shop: TestShop;
let told: string[];

const issue = async (command: { kind: 'voucher' | 'hours'; amount: number; days: number }) => {
  const { personId } = await shop.person({ name: '和平', group: 'none' });
  return await shop.write(async (tx) => {
    const [outcome] = await shop.benefit.issue(tx, [
      {
        ...command,
        subject: { kind: 'test', id: newId() },
        personId,
        accountId: null,
        areaId: shop.areaId(),
        fundId: command.kind === 'hours' ? null : shop.fundId,
        label: '生活代金券',
      },
    ]);
    return outcome!.entitlementId!;
  });
};

/** Issues, redeems, gives goods back, lets one expire and cancels another: all that happens to vouchers. */
beforeAll(async () => {
  shop = await testShop();
  const till = sales(shop);
  const ids: Id[] = [];
  for (const amount of ISSUED) ids.push(await issue({ kind: 'voucher', amount, days: 30 }));
  await issue({ kind: 'hours', amount: 137, days: 30 });
  const [first, second] = ids as [Id, Id, Id];
  const tillId = newId();
  await shop.write((tx) =>
    shop.benefit.holdFor(tx, { entitlementIds: [first], placeId: shop.stations[0]!.id, tillId }),
  );
  const { variantId } = shop.goods.rice;
  const basket = {
    placeId: shop.stations[0]!.id,
    accountId: null,
    lines: [{ variantId, quantity: 2 }],
  };
  const { goodsFen } = await shop.write((tx) => shop.sale.price(tx, basket));
  const order = await till.sell([{ goods: 'rice', quantity: 2 }], {
    payments: [
      {
        means: 'voucher',
        amountFen: SPENT,
        reference: '',
        entitlementId: first,
        proof: { tillId },
      },
      { means: 'cash', amountFen: goodsFen - SPENT, reference: '' },
    ],
  });
  await till.giveBack(order, 1);
  await shop.write((tx) => shop.benefit.endHolds(tx, { tillId, how: 'sync', reason: null }));
  await shop.write((tx) => shop.benefit.takeBack(tx, { ids: [second], as: 'cancelled' }));
  shop.clock.advance({ days: 40 });
  for (const tick of shop.benefit.ticks) await tick.run();
  await till.giveBack(order, 1);
  await shop.events.settle();
  await shop.publication.publish();
  const { rows } = await shop.owner.query<{ entry: Buffer }>(
    'select entry from publication_entry order by number',
  );
  told = rows.map((row) => row.entry.toString());
}, 60_000);
afterAll(() => shop.close());

test('no leaf of the public log is the amount of one person’s voucher, its use or its end', async () => {
  const { rows } = await shop.owner.query<{ amount: string }>(
    `select amount from ledger_transfer where document_kind in ('entitlement', 'entitlement_use')`,
  );
  const ofPersons = new Set(rows.map((row) => Number(row.amount)));
  for (const amount of [...ISSUED, SPENT, 137]) expect(ofPersons).toContain(amount);
  const shown = told.flatMap((text) => {
    const entry = parseEntry(new TextEncoder().encode(text));
    return entry?.kind === 'transfer' ? [entry.amount] : [];
  });
  expect(shown.filter((amount) => ofPersons.has(amount))).toEqual([]);
  const [fund] = await shop.database.read(shop.system, (tx) =>
    shop.fund.listFunds(tx, { ids: [shop.fundId] }),
  );
  // What the fund shows: what it was given, and one round sum set aside.
  const ofFund = told.filter((text) => text.includes(fund!.code));
  expect(ofFund.map((text) => /fen (\d+)/.exec(text)?.[1])).toEqual(['1000000', '100000']);
});

test('a fund shows round sums only, the books are whole, and the log agrees with them', async () => {
  const lines = await shop.database.read(shop.system, async (tx) => {
    expect(await check(tx.sql)).toEqual([]);
    return (await statement(tx.sql, { accountId: shop.fundId, limit: 50 })).lines;
  });
  expect(
    lines.filter((line) => line.reason !== 'gift').map((line) => line.amount % 100_000),
  ).toEqual(lines.filter((line) => line.reason !== 'gift').map(() => 0));
  expect(await shop.publication.verifyStored()).toMatchObject({ findings: [] });
  // The fund and its pot have what was given, less what the merchant is owed or had to give back.
  expect((await shop.funds()).balance).toBe(1_000_000);
});

test('the giver’s trace goes on in general words: rice, month and street, what was not used', async () => {
  const traced = await shop.database.read(visitor(), async (tx) => {
    const page = await statement(tx.sql, { accountId: shop.fundId, limit: 50 });
    const gift = page.lines.find((line) => line.reason === 'gift')!;
    return await shop.fund.trace(tx, { transferIds: [gift.id], direction: 'forward' });
  });
  const text = traced!.view.sentences.join('\n');
  expect(text).toMatch(/受助居民凭券在驿站换成了/);
  expect(text).toMatch(/没有用完，已于 \d+ 年 \d+ 月退回/);
  expect(text).toMatch(/退了货，钱退回“困难居民代金券”/);
  expect(text).not.toMatch(/和平|生活代金券|依据登记的理由退还/);
  // Three vouchers are one sentence: no single one is told.
  expect(text).toContain('您的 249.01 元在 2026 年 11 月帮到了');
});
