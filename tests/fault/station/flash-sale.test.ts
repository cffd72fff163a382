import { setTimeout as sleep } from 'node:timers/promises';
import { newId, seededRandom, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testShop, type TestShop } from '../../../apps/server/test-support/shop.ts';
import { Client, Refused } from './client.ts';

/** The bench sells a thousand pieces to a hundred thousand (`npm run bench -- flash-sale`); here the server dies meanwhile. */
const PIECES = 20;
const BUYERS = 90;
/** After so many buyers know, the server is killed in the middle of the others. */
const KILLS = [3, 9, 16];
const LETS_GO = 0.2;
const PRICE_FEN = 3_000;
const ASK_AGAIN_MILLIS = 40;

let shop: TestShop;
let client: Client;
let groupId: Id;
let buyers: Id[];

beforeAll(async () => {
  shop = await testShop();
  buyers = Array.from({ length: BUYERS }, () => newId());
  await shop.owner.query(
    `insert into account (id, display_name, created_at) select id, '居民', now() from unnest($1::uuid[]) as a(id)`,
    [buyers],
  );
  const opened = await shop.write((tx) =>
    shop.groupBuy.open(tx, {
      placeId: shop.stations[0]!.id,
      variantId: shop.goods.rice.variantId,
      title: '快闪团',
      description: '',
      minimumPieces: PIECES,
      limitPieces: PIECES,
      householdPieces: 1,
      holdMinutes: 10,
      steps: [{ fromPieces: 1, priceYuan: '30' }],
      closesAt: new Date(shop.clock.now().getTime() + 3_600_000).toISOString(),
      pickUpOn: '2026-12-31',
      pickUpHours: '09:00–17:00',
      formId: newId(),
    }),
  );
  groupId = opened.id;
  client = new Client(shop.connection, shop.dataDir, shop.clock.now());
  await client.open();
});
afterAll(async () => {
  await client.close();
  await shop.close();
});

const shareOf = async (accountId: Id) =>
  (
    await client.query<{ id: Id; state: string; pieces: number }>(
      'select id, state, pieces from group_share where group_id = $1 and account_id = $2 order by place desc limit 1',
      [groupId, accountId],
    )
  )[0]!;
const paidPieces = async (): Promise<number> =>
  (
    await client.query<{ n: number }>(
      `select coalesce(sum(pieces), 0)::int as n from group_share where group_id = $1 and state = 'paid'`,
      [groupId],
    )
  )[0]!.n;

/** One buyer until she knows: it is hers, all are sold, or she let it go. */
async function buy(accountId: Id, letsGo: boolean): Promise<'bought' | 'refused' | 'left'> {
  for (;;) {
    const told = await client.ask('join', { groupId, accountId, wanted: 1 });
    if (told.outcome === 'sold_out') return 'refused';
    const share = await shareOf(accountId);
    if (share.state === 'paid') return 'bought';
    // Who waits may since have been told that all are sold: joining again says so.
    if (share.state !== 'held') await sleep(ASK_AGAIN_MILLIS);
    else if (letsGo) {
      await client
        .handle({
          module: 'groupBuy',
          name: 'leave',
          actor: { ...shop.actors['worker']!, accountId },
          request: { params: { shareId: share.id } },
        })
        .catch((thrown: unknown) => {
          if (!(thrown instanceof Refused)) throw thrown;
        });
      return 'left';
    } else {
      const outcome = await client.ask('payShare', { shareId: share.id, amountFen: PRICE_FEN });
      if (outcome === 'paid' || outcome === 'already_paid') return 'bought';
      throw new Error(outcome);
    }
  }
}

test('the server is killed in the middle of a flash sale: no piece too many, none left while somebody was refused, none forgotten', async () => {
  const random = seededRandom(20_261_122);
  const kills = [...KILLS];
  let know = 0;
  const refusedAt: number[] = [];
  const bought = new Set<Id>();
  await Promise.all(
    buyers.map(async (accountId) => {
      const end = await buy(accountId, random() < LETS_GO);
      know += 1;
      if (end === 'bought') bought.add(accountId);
      if (end === 'refused') refusedAt.push(await paidPieces());
      if (kills[0] !== undefined && know >= kills[0]) {
        kills.shift();
        client.killServer();
      }
    }),
  );
  const { rows } = await shop.owner.query<{ account_id: Id }>(
    `select account_id from group_share where group_id = $1 and state = 'paid'`,
    [groupId],
  );
  const owners = new Set(rows.map((row) => row.account_id));
  expect(client.told.servers).toBe(KILLS.length);
  expect(owners.size).toBe(PIECES);
  // Who was told that it is hers has it, whatever happened afterwards.
  expect([...bought].filter((id) => !owners.has(id))).toEqual([]);
  expect(bought.size).toBe(PIECES);
  // All were paid whenever somebody heard that all are sold.
  expect(refusedAt.length).toBeGreaterThan(0);
  expect(refusedAt.filter((pieces) => pieces !== PIECES)).toEqual([]);
});
