import type { Id } from '@wennuan/basics';
import { balances, check } from '../../../packages/ledger/src/index.ts';
import { accountOf } from '../../../apps/server/src/modules/sale/index.ts';
import { FUND_FEN, type World } from './world.ts';

/** The end of anything an order can be in. */
const ENDS = ['collected', 'cancelled', 'refunded'];
/** What may not be there once everything has come to rest: how many rows of each. */
const STUCK: Record<string, string> = {
  'orders in a middle state': `select count(*)::int as n from sale_order where state not in ('${ENDS.join("','")}')`,
  'refunds under way': `select count(*)::int as n from sale_refund_payment where state = 'asked'`,
  'groups in a middle state': `select count(*)::int as n from group_buy where state not in ('done', 'failed')`,
  'shares in a middle state': `select count(*)::int as n from group_share where state in ('waiting', 'held', 'paid', 'returning')`,
  'group refunds under way': `select count(*)::int as n from group_refund where state = 'asked'`,
  'goods at tills that are back':
    'select count(*)::int as n from till_reserve where ended_at is null',
  'vouchers held by nobody':
    'select count(*)::int as n from entitlement_hold where ended_at is null',
  'payments by telephone without an end': `select count(*)::int as n from code_payment where state in ('unknown', 'paying')`,
  'vouchers used above their value': `select count(*)::int as n from entitlement e where e.amount <
    (select coalesce(sum(u.amount_fen - u.given_back_fen), 0) from entitlement_use u where u.entitlement_id = e.id)`,
};

/** Holds the product against the model, once everything has come to rest; answers what differs, in words. */
export async function judge(world: World): Promise<string[]> {
  return [
    ...world.problems,
    ...(await stuck(world)),
    ...(await funds(world)),
    ...(await shelves(world)),
    ...(await orders(world)),
    ...(await vouchers(world)),
    ...(await broken(world)),
  ];
}

const differs = (what: string, is: unknown, should: unknown): string[] =>
  is === should ? [] : [`${what}: ${String(is)}, should be ${String(should)}`];

const sumsOf = async ({ shop }: World, ids: readonly Id[]) =>
  await shop.database.read(shop.system, (tx) => balances(tx.sql, [...ids]));
const sumOf = async (world: World, ids: readonly Id[]) =>
  (await sumsOf(world, ids)).reduce((sum, row) => sum + row.balance, 0);

async function stuck({ client }: World): Promise<string[]> {
  const found: string[] = [];
  for (const [what, text] of Object.entries(STUCK)) {
    const [row] = await client.query<{ n: number }>(text);
    found.push(...differs(what, row!.n, 0));
  }
  return found;
}

/** Each community's fund is exactly 2 % of what stays bought at its station; nothing is due or owed any more. */
async function funds(world: World): Promise<string[]> {
  const { shop, model } = world;
  const found: string[] = [];
  for (const [station, place] of shop.stations.entries()) {
    const list = await shop.database.read(shop.system, (tx) =>
      shop.fund.listFunds(tx, { kind: 'mutual_aid', areaIds: [place.areaId] }),
    );
    const fen = await sumOf(
      world,
      list.map((fund) => fund.id),
    );
    found.push(...differs(`fund of station ${station}`, fen, model.shareFen(station)));
    const due = shop.merchants.map((merchantId) => accountOf('due', merchantId, place.id));
    found.push(...differs(`due at station ${station}`, await sumOf(world, due), 0));
  }
  return found;
}

/** What lies on each shelf; nothing is below zero, and nothing is left where goods were set aside. */
async function shelves(world: World): Promise<string[]> {
  const { client, shop, model, things } = world;
  const found: string[] = [];
  const rows = await client.query<{ id: Id; place_id: Id; item_id: Id }>(
    'select id, place_id, item_id from goods_stock',
  );
  const lying = await sumsOf(
    world,
    rows.map((row) => row.id),
  );
  found.push(
    ...lying.filter((row) => row.balance < 0).map((row) => `below zero: ${row.accountId}`),
  );
  for (const [station, place] of shop.stations.entries())
    for (const { itemId } of Object.values(things)) {
      const ids = rows.filter((row) => row.place_id === place.id && row.item_id === itemId);
      const pieces = lying
        .filter((row) => ids.some((known) => known.id === row.accountId))
        .reduce((sum, row) => sum + row.balance, 0);
      found.push(...differs(`shelf ${station} ${itemId}`, pieces, model.onShelf(station, itemId)));
    }
  const aside = await client.query<{ id: Id }>(
    'select account_id as id from sale_piece where account_id is not null union select id from till_reserve',
  );
  const left = await sumOf(
    world,
    aside.map((row) => row.id),
  );
  return [...found, ...differs('pieces left where they were set aside', left, 0)];
}

/** Every order says of itself what the model says, and there are no others. */
async function orders({ client, model }: World): Promise<string[]> {
  const rows = await client.query<{ id: Id; key: Id; left: number }>(
    `select id, key, (goods_fen - refunded_fen)::int as left from sale_order where state <> 'cancelled'`,
  );
  const known = new Map(model.orders.map((order) => [order.key, order]));
  const found = rows.flatMap((row) => {
    const order = known.get(row.key) ?? known.get(row.id);
    if (!order) return [`an order nobody made: ${row.id}`];
    return differs(`order ${row.id}`, row.left, model.leftFen(order));
  });
  return [...found, ...differs('orders', rows.length, model.orders.length)];
}

/** Every voucher is spent exactly so far; what is left of it is on it or back in the fund it came from. */
async function vouchers(world: World): Promise<string[]> {
  const { client, model, shop } = world;
  const rows = await client.query<{ id: Id; used: number; state: string }>(
    `select e.id, e.state, coalesce(sum(u.amount_fen - u.given_back_fen), 0)::int as used
      from entitlement e left join entitlement_use u on u.entitlement_id = e.id group by e.id`,
  );
  const left = new Map(
    (
      await sumsOf(
        world,
        rows.map((row) => row.id),
      )
    ).map((row) => [row.accountId, row.balance]),
  );
  const known = new Map(model.vouchers.map((voucher) => [voucher.id, voucher]));
  let away = 0;
  const found = rows.flatMap((row) => {
    const { valueFen, usedFen } = known.get(row.id)!;
    const isOver = row.state !== 'issued';
    away += usedFen + left.get(row.id)!;
    return [
      ...differs(`voucher ${row.id} used`, row.used, usedFen),
      ...differs(`voucher ${row.id} left`, left.get(row.id), isOver ? 0 : valueFen - usedFen),
      ...(usedFen > valueFen || usedFen < 0 ? [`voucher ${row.id}: ${usedFen}`] : []),
    ];
  });
  const [before] = await client.query<{ fen: string }>(
    `select coalesce(sum(amount), 0)::text as fen from ledger_transfer where key = 'soak' or (key like 'test:%')`,
  );
  // What comes back of vouchers comes back to the fund's pot, and from there to the fund in sums that tell nobody's.
  const pots = await client.query<{ id: Id }>('select id from aid_pot where source_id = $1', [
    shop.fundId,
  ]);
  const fund = await sumOf(world, [shop.fundId, ...pots.map((pot) => pot.id)]);
  return [
    ...found,
    ...differs('care fund', fund, Number(before!.fen) - away),
    ...fundIsLarge(fund),
  ];
}

const fundIsLarge = (fund: number) => (fund > FUND_FEN / 100 ? [] : ['the care fund ran dry']);

async function broken({ shop }: World): Promise<string[]> {
  const findings = await shop.database.read(shop.system, (tx) => check(tx.sql));
  return findings.map((finding) => `ledger: ${JSON.stringify(finding)}`);
}
