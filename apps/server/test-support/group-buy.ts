import { newId, type Id } from '@wennuan/basics';
import { balances, check, worldTotals } from '@wennuan/ledger';
import pg from 'pg';
import {
  createGroupBuy,
  type GroupBuyNeeds,
  type GroupSale,
} from '../src/modules/group-buy/index.ts';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { testDistrict } from './district.ts';

export type GroupScene = Awaited<ReturnType<typeof groupScene>>;

/** A test district with a station, a merchant and rice on sale, and group-buys whose sales are kept in a list. */
export async function groupScene() {
  const district = await testDistrict();
  const { database, place, areaId } = district;
  const owner = new pg.Client({
    connectionString: district.connection.ownerUrl,
    options: `-c search_path=${district.connection.schema}`,
  });
  await owner.connect();
  const system = systemActor('test');
  const [station] = await database.write(system, 'test.station', (tx) =>
    place.addServicePoints(tx, [
      {
        id: newId(),
        name: '绿云慈善驿站',
        kind: 'station',
        areaId: areaId(),
        address: '绿云路 2 号',
      },
    ]),
  );
  const offered = await putOnSale(owner);
  const sales: GroupSale[] = [];
  const seller = { isAway: false, refunds: new Map<Id, number>() };
  const crash = { beforeSale: false };
  let letters = 0;
  const needs: GroupBuyNeeds = {
    ...district,
    newId,
    newCode: () => `GB${String((letters += 1)).padStart(4, '0')}`,
    isLive: false,
    householdOf: (tx, accountId) => district.resident.householdOf(tx, accountId),
    offered: async () => ({ ...offered, unit: '袋', perQuantity: 1, priceFen: 3_500 }),
    promiseFen: async (_tx, _merchant, amountFen) => Math.round(amountFen / 50),
    recordSales: async (_tx, added) => {
      if (crash.beforeSale) throw new Error('the server died');
      for (const sale of added)
        if (!sales.some((known) => known.key === sale.key)) sales.push(sale);
      return [];
    },
    collectSale: async () => undefined,
    seller: {
      async refund({ refundId, amountFen }) {
        if (seller.isAway) return 'unknown';
        seller.refunds.set(refundId, amountFen);
        return 'done';
      },
    },
    numbers: null,
  };
  const groupBuy = createGroupBuy(needs);
  let telephones = 0;
  const scene = {
    ...district,
    groupBuy,
    needs,
    owner,
    station: station!,
    offered,
    sales,
    seller,
    crash,
    /** A resident with an account. */
    neighbour: (): Promise<Actor> => district.signUp(`1990000${String(3_000 + (telephones += 1))}`),
    /** Opens a group-buy; three pieces make it happen. */
    open: (
      change: Partial<Parameters<typeof groupBuy.open>[1]> = {},
    ): Promise<{ id: Id; code: string }> =>
      database.write(system, 'test.open', (tx) =>
        groupBuy.open(tx, {
          placeId: station!.id,
          variantId: offered.variantId,
          title: '东北大米 5 kg',
          description: '',
          minimumPieces: 3,
          limitPieces: 10,
          householdPieces: 2,
          holdMinutes: 10,
          steps: [
            { fromPieces: 1, priceYuan: '30' },
            ...((change.limitPieces ?? 10) < 5 ? [] : [{ fromPieces: 5, priceYuan: '25' }]),
          ],
          closesAt: '2026-11-24T20:00:00+08:00',
          pickUpOn: '2026-12-31',
          pickUpHours: '09:00–17:00',
          formId: newId(),
          ...change,
        }),
      ),
    join: (groupId: Id, actor: Actor, wanted = 1) =>
      groupBuy.join({
        groupId,
        accountId: actor.accountId!,
        householdKey: actor.accountId!,
        wanted,
      }),
    pay: (shareId: Id, amountFen: number) =>
      database.write(system, 'test.pay', (tx) =>
        groupBuy.takePayments(tx, [{ shareId, amountFen, paidAt: tx.now }]),
      ),
    /** Joins and pays. */
    async take(groupId: Id, actor: Actor, wanted = 1): Promise<Id> {
      const joined = await scene.join(groupId, actor, wanted);
      if (joined.outcome !== 'held') throw new Error(joined.outcome);
      await scene.pay(joined.shareId, joined.pieces * 3_000);
      return joined.shareId;
    },
    /** Lets time pass and runs what runs by itself. */
    async pass(minutes: number): Promise<void> {
      district.clock.set(new Date(district.clock.now().getTime() + minutes * 60_000));
      await groupBuy.endDueHolds();
      for (const tick of groupBuy.ticks) await tick.run();
    },
    /** What a group's account holds, and what came from and went to its seller's number. */
    money: (groupId: Id) =>
      database.read(system, async (tx) => {
        const [account] = await balances(tx.sql, [groupId]);
        return { balance: account?.balance ?? 0, inflow: account?.inflow ?? 0 };
      }),
    findings: () => database.read(system, (tx) => check(tx.sql)),
    totals: (ids: Id[]) => database.read(system, (tx) => worldTotals(tx.sql, ids)),
    shares: async (groupId: Id) =>
      (
        await owner.query<{ state: string; pieces: number; place: number }>(
          'select state, pieces, place from group_share where group_id = $1 order by place',
          [groupId],
        )
      ).rows,
    state: async (groupId: Id) =>
      (
        await owner.query<{ state: string; price_fen: number | null }>(
          'select state, price_fen::int from group_buy where id = $1',
          [groupId],
        )
      ).rows[0]!,
    async close() {
      await owner.end();
      await district.close();
    },
  };
  return scene;
}

/** A merchant with agreement, licence and one thing on sale, as the catalogue keeps it. */
export async function putOnSale(owner: pg.Client) {
  const [merchantId, itemId, productId, variantId] = [newId(), newId(), newId(), newId()];
  const run = (text: string, values: unknown[]) => owner.query(text, values);
  await run(
    `insert into organization (id, kind, name, public_name, created_at)
     values ($1, 'enterprise', '示例粮油店', '示例粮油店', now())`,
    [merchantId],
  );
  await run(
    `insert into merchant (id, payment_number, state, proposed_at, decided_at, form_id)
     values ($1, 'SANDBOX-1', 'active', now(), now(), $1)`,
    [merchantId],
  );
  await run(
    `insert into merchant_agreement (id, merchant_id, paper_id, share_basis_points, signed_on, valid_from, valid_until, added_at)
     values ($1, $1, $1, 200, '2020-01-01', '2020-01-01', '2099-12-31', now())`,
    [merchantId],
  );
  await run(
    `insert into merchant_licence (id, merchant_id, kind, number, valid_until, added_at)
     values ($1, $1, 'business', '1', '2099-12-31', now())`,
    [merchantId],
  );
  await run(
    `insert into goods_item (id, name, unit, kind, imported, created_at) values ($1, '大米 5 kg', '袋', 'simple', false, now())`,
    [itemId],
  );
  await run(
    `insert into product (id, merchant_id, title, category, needs_food_licence, state, search_text, created_at, form_id)
     values ($1, $2, '大米', 'grain_oil', false, 'on_sale', '大米', now(), $1)`,
    [productId, merchantId],
  );
  await run(
    `insert into product_variant (id, product_id, merchant_id, item_id, position, per_quantity, price_fen)
     values ($1, $2, $3, $4, 1, 1, 3500)`,
    [variantId, productId, merchantId, itemId],
  );
  return { variantId, merchantId, merchantName: '示例粮油店' };
}
