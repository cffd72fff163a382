import { newId, seededRandom, type Id, type Random } from '@wennuan/basics';
import { testShop, type TestShop } from '../../../apps/server/test-support/shop.ts';
import { TEST_PASSWORD } from '../../../apps/server/test-support/district.ts';
import type { Actor } from '../../../apps/server/src/platform/actor.ts';
import { Client } from './client.ts';
import { Model, type KnownVoucher, type Sold, type Thing } from './model.ts';

const TILLS_EACH = 3;
const BUYERS = 40;
const NEIGHBOURS = 6;
export const FUND_FEN = 5_000_000_000;
const EGGS = 400;
const CODES = ['135790', '246801'];

/** A till with its cashier, and what it has with it while there is no network. */
export interface TillOfSoak {
  id: Id;
  station: number;
  cashier: Actor;
  supervisorCode: string;
  away: Away | null;
  /** Codes that were scanned and have not paid yet. */
  scanned: { voucher: KnownVoucher; scanId: Id; leftFen: number; at: number }[];
}
/** What was rung up while there was no network, with the moment the till's clock said. */
export interface SoldAway {
  sold: Sold;
  at: Date;
}
export interface Away {
  turns: number;
  reserve: Map<Id, number>;
  vouchers: { voucher: KnownVoucher; leftFen: number }[];
  journal: SoldAway[];
}
export interface Group {
  id: Id;
  station: number;
  closesAt: Date;
  minimum: number;
  steps: { fromPieces: number; priceFen: number }[];
  shares: { id: Id; pieces: number; buyer: Actor; isPaid: boolean }[];
}
/** An order from the phone that is not at its end. */
export interface Ordered {
  orderId: Id;
  buyer: Actor;
  station: number;
  placedAt: Date;
  lines: { thing: Thing; quantity: number; discountFen: number }[];
  goodsFen: number;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Two stations with three tills each, buyers with telephones, and the product in a process of its own. */
export async function openWorld(seed: number) {
  const shop = await testShop();
  const eggs = await shop.addGoods({
    title: '鲜鸡蛋',
    merchantId: shop.merchants[0]!,
    priceYuan: '13.80',
    category: 'fresh',
    quantity: EGGS,
  });
  const client = new Client(shop.connection, shop.dataDir, shop.clock.now());
  await client.open();
  const model = new Model();
  const things = thingsOf(shop, eggs);
  for (const station of [0, 1])
    for (const thing of Object.values(things))
      model.stocked.set(`${station} ${thing.itemId}`, thing === things.eggs ? EGGS : shop.plenty);
  await client.ask('gift', { fundId: shop.fundId, amount: FUND_FEN, key: 'soak' });
  for (const [station, name] of ['worker', 'worker-elsewhere'].entries())
    await client.handle({
      module: 'counter',
      name: 'setSupervisorCode',
      actor: shop.actors[name]!,
      request: { body: { code: CODES[station] } },
    });
  const tills: TillOfSoak[] = [];
  for (let index = 0; index < 2 * TILLS_EACH; index += 1)
    tills.push(await openTill(shop, client, index));
  return {
    shop,
    client,
    model,
    things,
    tills,
    buyers: await signUpMany(shop),
    neighbours: await bindMany(shop),
    random: (turn: number, job: number): Random =>
      seededRandom((seed * 1_000_003 + turn * 101 + job) % 2_147_483_647),
    groups: [] as Group[],
    ordered: [] as Ordered[],
    /** Orders somebody gives something back of in this turn. */
    busy: new Set<Id>(),
    /** What should not have happened, in words. */
    problems: [] as string[],
    async close() {
      await client.close();
      await shop.close();
    },
  };
}

export type Things = Record<'rice' | 'oil' | 'milk' | 'tofu' | 'eggs', Thing>;

function thingsOf(shop: TestShop, eggs: { variantId: Id; itemId: Id }): Things {
  const { rice, oil, milk, tofu } = shop.goods;
  const [first, second] = shop.merchants as [Id, Id];
  const thing = (
    { variantId, itemId }: { variantId: Id; itemId: Id },
    merchantId: Id,
    [fen, per]: [number, number],
  ): Thing => ({ variantId, itemId, merchantId, fen, per });
  return {
    rice: thing(rice, second, [2_333, 1]),
    oil: thing(oil, second, [7_990, 1]),
    milk: thing(milk, first, [1_250, 1]),
    tofu: thing(tofu, first, [399, 500]),
    eggs: thing(eggs, first, [1_380, 1]),
  };
}

async function openTill(shop: TestShop, client: Client, index: number): Promise<TillOfSoak> {
  const station = index % 2;
  const place = shop.stations[station]!;
  const cashier = await shop.write(async (tx) => {
    const [opened] = await shop.access.openStaff(tx, [
      {
        name: `cashier${index}`,
        displayName: `收银员${index}`,
        role: 'station_operator',
        areaId: place.areaId,
        password: TEST_PASSWORD,
        totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      },
    ]);
    return await shop.access.actorFor(tx, opened!.accountId as Id, 'station_operator');
  });
  const call = { module: 'counter' as const, actor: cashier };
  const till = await client.handle<{ id: Id }>({
    ...call,
    name: 'addTill',
    request: { body: { placeId: place.id, name: `${index} 号台` } },
  });
  await client.handle({
    ...call,
    name: 'openShift',
    request: { params: { tillId: till.id }, body: { floatYuan: '0' } },
  });
  return {
    id: till.id,
    station,
    cashier,
    supervisorCode: CODES[station]!,
    away: null,
    scanned: [],
  };
}

async function signUpMany(shop: TestShop): Promise<Actor[]> {
  const made: Actor[] = [];
  for (let index = 0; index < BUYERS; index += 1)
    made.push(await shop.signUp(`1990000${5_000 + index}`));
  return made;
}

/** People who get vouchers, at each station's community. */
async function bindMany(
  shop: TestShop,
): Promise<{ personId: Id; actor: Actor; station: number }[]> {
  const made = [];
  for (let index = 0; index < NEIGHBOURS; index += 1) {
    const station = index % 2;
    const { personId, account } = await shop.person({
      name: `何${'一二三四五六'[index]!}`,
      group: 'none',
      bound: true,
      ...(station === 1 && { areaCode: '410103002001' }),
    });
    made.push({ personId, actor: account!, station });
  }
  return made;
}

const VOUCHER_MOST_FEN = 6_000;

/** Gives out vouchers of random value that end after some weeks. */
export async function issueVouchers(world: World, random: Random, count: number): Promise<void> {
  const { shop, client, model, neighbours } = world;
  const commands = Array.from({ length: count }, () => {
    const { personId, actor, station } = neighbours[below(random, neighbours.length)]!;
    return {
      station,
      command: {
        kind: 'voucher' as const,
        subject: { kind: 'test', id: newId() },
        personId,
        accountId: actor.accountId,
        areaId: shop.stations[station]!.areaId,
        fundId: shop.fundId,
        amount: 500 + below(random, VOUCHER_MOST_FEN),
        label: '生活代金券',
        days: 20 + below(random, 40),
      },
    };
  });
  const outcomes = await client.ask(
    'issue',
    commands.map((one) => one.command),
  );
  for (const [index, { command, station }] of commands.entries()) {
    const { accountId, amount } = command;
    const actor = neighbours.find((one) => one.actor.accountId === accountId)!.actor;
    const id = outcomes[index]!.entitlementId!;
    model.vouchers.push({ id, valueFen: amount, station, usedFen: 0, actor });
  }
}

export const below = (random: Random, bound: number): number => Math.floor(random() * bound);
export const chance = (random: Random, part: number): boolean => random() < part;
export const one = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;
