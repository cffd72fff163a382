import { newId, type Id, type Random } from '@wennuan/basics';
import { Refused } from './client.ts';
import { below, chance, type Group, type World } from './world.ts';

const OPEN_MILLIS = 30 * 60_000;
const JOIN_FEN = 3_000;
const ORDER_WORKER = ['worker', 'worker-elsewhere'];

const codeOf = (thrown: unknown): string => {
  if (thrown instanceof Refused) return thrown.code;
  throw thrown;
};

/** A station opens a group-buy and neighbours come: they pay, leave, or let their time pass. */
export async function groupTurn(world: World, random: Random): Promise<void> {
  const { client, shop, things } = world;
  const station = below(random, 2);
  const minimum = 3 + below(random, 6);
  const limit = minimum + below(random, 6);
  const steps = [
    { fromPieces: 1, priceYuan: '30' },
    { fromPieces: minimum, priceYuan: '26.66' },
  ];
  const closesAt = new Date(client.now.getTime() + OPEN_MILLIS);
  const opened = await client.handle<{ id: Id }>({
    module: 'groupBuy',
    name: 'create',
    actor: shop.actors[ORDER_WORKER[station]!]!,
    request: {
      body: {
        placeId: shop.stations[station]!.id,
        variantId: things.rice.variantId,
        title: '东北大米 5 kg',
        description: '',
        minimumPieces: minimum,
        limitPieces: limit,
        householdPieces: 2,
        holdMinutes: 10,
        steps,
        closesAt: closesAt.toISOString(),
        pickUpOn: '2027-12-31',
        pickUpHours: '09:00–17:00',
        formId: newId(),
      },
    },
  });
  const group: Group = {
    id: opened.id,
    station,
    closesAt,
    minimum,
    steps: [
      { fromPieces: 1, priceFen: JOIN_FEN },
      { fromPieces: minimum, priceFen: 2_666 },
    ],
    shares: [],
  };
  world.groups.push(group);
  world.model.counts.groups += 1;
  // Some are hardly known: those fail.
  const known = 0.05 + 0.3 * random();
  const buyers = world.buyers.filter(() => chance(random, known));
  await Promise.all(
    buyers.map((buyer) =>
      takePart(world, { group, buyer, choice: random(), wanted: 1 + below(random, 2) }),
    ),
  );
  await comeLate(world, group, random);
}

interface TakePart {
  group: Group;
  buyer: Group['shares'][number]['buyer'];
  choice: number;
  wanted: number;
}

async function takePart(world: World, { group, buyer, choice, wanted }: TakePart): Promise<void> {
  const { client, model } = world;
  const accountId = buyer.accountId!;
  const joined = await client.ask('join', { groupId: group.id, accountId, wanted });
  if (joined.outcome !== 'held' && joined.outcome !== 'already_joined') {
    model.refused(`group: ${joined.outcome}`);
    return;
  }
  const [row] = await client.query<{ id: Id; pieces: number }>(
    `select id, pieces from group_share where group_id = $1 and account_id = $2 and state = 'held'`,
    [group.id, accountId],
  );
  if (!row) return;
  const share = { ...row, buyer, isPaid: false };
  group.shares.push(share);
  if (choice < 0.75) await pay(world, share);
  else if (choice < 0.85)
    await client
      .handle({
        module: 'groupBuy',
        name: 'leave',
        actor: buyer,
        request: { params: { shareId: share.id } },
      })
      .catch((thrown: unknown) => model.refused(`group: ${codeOf(thrown)}`));
}

async function pay(world: World, share: Group['shares'][number]): Promise<void> {
  const paid = { shareId: share.id, amountFen: share.pieces * JOIN_FEN };
  const outcome = await world.client.ask('payShare', paid);
  if (outcome === 'paid') share.isPaid = true;
  else if (outcome === 'already_paid') {
    // The answer to an earlier try was lost: what it was is looked up.
    const [row] = await world.client.query<{ state: string }>(
      'select state from group_share where id = $1',
      [share.id],
    );
    share.isPaid = row!.state !== 'returning' && row!.state !== 'returned';
  } else world.model.refused(`group: ${outcome}`);
}

/** Those who waited and got what others let go: most of them pay. */
export async function grantedTurn(world: World, random: Random): Promise<void> {
  const rows = await world.client.query<{ id: Id; group: Id; account: Id; pieces: number }>(
    `select id, group_id as "group", account_id as account, pieces from group_share
      where state = 'held' and group_id = any($1)`,
    [world.groups.map((group) => group.id)],
  );
  for (const { id, group: groupId, account, pieces } of rows) {
    const group = world.groups.find((known) => known.id === groupId)!;
    if (group.shares.some((known) => known.id === id)) continue;
    const buyer = world.buyers.find((known) => known.accountId === account)!;
    const share = { id, pieces, buyer, isPaid: false };
    group.shares.push(share);
    if (chance(random, 0.7)) await pay(world, share);
  }
}

/** Money for a share whose time is over: taken if its pieces are still free, else sent back. */
async function comeLate(world: World, group: Group, random: Random): Promise<void> {
  const [earlier] = world.groups.filter((known) => known.id !== group.id).slice(-3);
  const share = earlier?.shares.find((known) => !known.isPaid);
  if (earlier && share && chance(random, 0.3)) await pay(world, share);
}

/** Groups whose time is over: reached or failed by what was paid, and sold at the step that was reached. */
export async function decideGroups(world: World): Promise<void> {
  const { client, model } = world;
  const over = world.groups.filter((group) => group.closesAt < client.now);
  if (over.length === 0) return;
  const rows = await client.query<{
    id: Id;
    state: string;
    price: number | null;
    unsettled: number;
  }>(
    `select g.id, g.state, g.price_fen::int as price, (select count(*)::int from group_share s where s.group_id = g.id
      and s.state in ('held', 'waiting', 'paid', 'returning') and s.settled_at is null) as unsettled
      from group_buy g where g.id = any($1) and g.state <> 'open'`,
    [over.map((group) => group.id)],
  );
  for (const row of rows.filter((decided) => decided.unsettled === 0)) {
    const group = over.find((known) => known.id === row.id)!;
    world.groups.splice(world.groups.indexOf(group), 1);
    const paid = group.shares.filter((share) => share.isPaid);
    const pieces = paid.reduce((sum, share) => sum + share.pieces, 0);
    const isReached = pieces >= group.minimum;
    const price = isReached ? group.steps.findLast((step) => pieces >= step.fromPieces)! : null;
    if ((row.state === 'failed') === isReached || row.price !== (price?.priceFen ?? null))
      world.problems.push(`group ${row.id}: ${row.state} ${row.price} with ${pieces} paid`);
    if (!price) {
      model.counts.failedGroups += 1;
      model.counts.orders += paid.length;
      continue;
    }
    for (const share of paid) sold(world, { group, share, priceFen: price.priceFen });
    await handOut(world, group, paid);
  }
}

function sold(
  { model, things }: World,
  given: { group: Group; share: Group['shares'][number]; priceFen: number },
): void {
  const { group, share, priceFen } = given;
  const thing = { ...things.rice, fen: priceFen };
  model.sold({
    key: share.id,
    station: group.station,
    lines: [{ thing, quantity: share.pieces, discountFen: 0 }],
    payments: [{ means: 'seller', voucher: null, fen: share.pieces * priceFen }],
    fromShelf: false,
  });
}

/** Ordered, arrived and fetched by everybody. */
async function handOut(world: World, group: Group, paid: Group['shares']): Promise<void> {
  const worker = world.shop.actors[ORDER_WORKER[group.station]!]!;
  const call = (name: string, body: object = {}) =>
    world.client
      .handle({
        module: 'groupBuy',
        name,
        actor: worker,
        request: { params: { groupId: group.id }, body },
      })
      .catch((thrown: unknown) => {
        if (!(thrown instanceof Refused && thrown.again)) throw thrown;
      });
  await call('order', { reference: '供货单 1' });
  await call('arrive');
  for (const { buyer, id } of paid) {
    const { items } = await world.client.handle<{ items: { id: Id; pickUpCode: string }[] }>({
      module: 'groupBuy',
      name: 'mine',
      actor: buyer,
      request: {},
    });
    const mine = items.find((item) => item.id === id);
    if (mine) await call('handOver', { code: mine.pickUpCode, note: '' });
  }
}
