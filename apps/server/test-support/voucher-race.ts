import { newId, seededRandom, type Id } from '@wennuan/basics';
import { balances, check, post } from '@wennuan/ledger';
import { systemActor } from '../src/platform/actor.ts';
import { isOutage } from '../src/platform/database/outage.ts';
import type { RedeemCommand } from '../src/modules/benefit/index.ts';
import { aidScene } from './aid.ts';

const VALUE_FEN = 100;
const TRY_FEN = 9;
const BATCH = 400;
const actor = systemActor('race');

/** What a race came to; `wrong` names vouchers that were not spent exactly as far as they could be. */
export interface RaceTold {
  wrong: { id: Id; leftFen: number }[];
  broken: unknown[];
  spentFen: number;
  expectedFen: number;
  payableFen: number;
}

/**
 * Spends vouchers at many counters at once: every voucher is tried often at every counter, every third is held by one of
 * them that is away, and half of what is sent is sent again (its answer was lost). Answers what came of it.
 */
export async function voucherRace(size: {
  vouchers: number;
  tries: number;
  counters: number;
}): Promise<RaceTold> {
  const scene = await aidScene();
  try {
    const tills = Array.from({ length: size.counters }, () => newId());
    const ground = await prepare(scene, { ...size, tills });
    const turns = shuffled(ground.tries.flatMap((one, at) => (at % 2 === 0 ? [one, one] : [one])));
    const queues = tills.map((_, at) => turns.filter((_one, index) => index % tills.length === at));
    await Promise.all(
      queues.map(async (queue) => {
        for (let at = 0; at < queue.length; at += BATCH)
          await sellUntilTaken(scene, queue.slice(at, at + BATCH));
      }),
    );
    return await judge(scene, ground);
  } finally {
    await scene.close();
  }
}

type Scene = Awaited<ReturnType<typeof aidScene>>;
type Ground = Awaited<ReturnType<typeof prepare>>;

async function prepare(
  scene: Scene,
  size: { vouchers: number; tries: number; tills: readonly Id[] },
) {
  const [placeId, payableId, merchantId] = [newId(), newId(), newId()] as [Id, Id, Id];
  const { personId } = await scene.person({ name: '何一', group: 'none' });
  const ids = await scene.database.write(actor, 'race.prepare', async (tx) => {
    await scene.place.addServicePoints(tx, [
      { id: placeId, name: '竞争驿站', kind: 'station', areaId: scene.areaId(), address: '' },
    ]);
    await scene.fund.openAccounts(tx, [
      {
        id: payableId,
        kind: 'inner',
        unit: 'fen',
        code: null,
        purpose: {
          kind: 'supplier',
          subjectId: merchantId,
          label: '示例商户',
          areaId: null,
          isPublic: true,
        },
      },
    ]);
    const outcomes = await scene.benefit.issue(
      tx,
      Array.from({ length: size.vouchers }, () => ({
        kind: 'voucher' as const,
        subject: { kind: 'race', id: newId() },
        personId,
        accountId: null,
        areaId: scene.areaId(),
        fundId: scene.fundId,
        amount: VALUE_FEN,
        label: '代金券',
        days: 30,
      })),
    );
    return outcomes.map((one) => one.entitlementId!);
  });
  const holders = new Map<Id, Id>();
  for (const [at, id] of ids.entries())
    if (at % 3 === 0) holders.set(id, size.tills[at % size.tills.length]!);
  for (const tillId of size.tills)
    await scene.database.write(actor, 'race.hold', (tx) =>
      scene.benefit.holdFor(tx, {
        entitlementIds: ids.filter((id) => holders.get(id) === tillId),
        placeId,
        tillId,
      }),
    );
  const scans = await scansFor(scene, { ids, placeId, tries: size.tries });
  const tries = ids.flatMap((entitlementId, voucher) =>
    Array.from({ length: size.tries }, (_, at): RedeemCommand => {
      const tillId = size.tills[(at + voucher) % size.tills.length]!;
      const holds = holders.has(entitlementId);
      return {
        key: newId(),
        entitlementId,
        amountFen: TRY_FEN,
        merchantId,
        payableId,
        placeId,
        goods: [{ category: 'grain_oil', amountFen: TRY_FEN }],
        proof: holds ? { tillId } : { scanId: scans[voucher * size.tries + at]! },
      };
    }),
  );
  return { ids, holders, tries, payableId };
}

/** Codes that were shown: one for each try, as if half a minute lay between them. */
async function scansFor(
  scene: Scene,
  { ids, placeId, tries }: { ids: readonly Id[]; placeId: Id; tries: number },
): Promise<Id[]> {
  const scans = ids.flatMap((entitlementId) =>
    Array.from({ length: tries }, (_, step) => ({ id: newId(), entitlementId, step })),
  );
  await scene.owner.query(
    `insert into entitlement_scan (id, entitlement_id, step, place_id, till_id, at)
    select id, entitlement_id, step, $4, $4, $5
    from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as scan(id, entitlement_id, step)`,
    [
      scans.map((one) => one.id),
      scans.map((one) => one.entitlementId),
      scans.map((one) => one.step),
      placeId,
      scene.clock.now(),
    ],
  );
  return scans.map((one) => one.id);
}

/** Sixteen counters wait for four connections: who is told to come later comes again, as a till does. */
async function sellUntilTaken(scene: Scene, commands: readonly RedeemCommand[]): Promise<void> {
  for (;;) {
    try {
      return await sell(scene, commands);
    } catch (thrown) {
      if (!isOutage(thrown)) throw thrown;
    }
  }
}

async function sell(scene: Scene, commands: readonly RedeemCommand[]): Promise<void> {
  await scene.database.write(actor, 'race.sell', async (tx) => {
    const { movements } = await scene.benefit.redeem(tx, commands);
    const outcomes = await post(tx.sql, { commands: movements, at: tx.now, newId });
    const failed = outcomes.find((one) => one.status === 'refused');
    if (failed) throw new Error(`a use that was agreed to was not posted: ${failed.key}`);
  });
}

async function judge(scene: Scene, ground: Ground): Promise<RaceTold> {
  const mine = new Map<Id, number>();
  for (const { entitlementId, proof } of ground.tries) {
    const holder = ground.holders.get(entitlementId);
    if (!holder || ('tillId' in proof && proof.tillId === holder))
      mine.set(entitlementId, (mine.get(entitlementId) ?? 0) + 1);
  }
  const most = Math.floor(VALUE_FEN / TRY_FEN);
  const expected = (id: Id) => Math.min(most, mine.get(id) ?? 0) * TRY_FEN;
  return await scene.database.read(actor, async (tx) => {
    const rows = await balances(tx.sql, [...ground.ids]);
    const [payable] = await balances(tx.sql, [ground.payableId]);
    return {
      wrong: rows
        .filter((row) => row.balance !== VALUE_FEN - expected(row.accountId))
        .map((row) => ({ id: row.accountId, leftFen: row.balance })),
      broken: await check(tx.sql),
      spentFen: rows.reduce((sum, row) => sum + row.outflow, 0),
      expectedFen: ground.ids.reduce((sum, id) => sum + expected(id), 0),
      payableFen: payable!.balance,
    };
  });
}

function shuffled<T>(list: readonly T[]): T[] {
  const random = seededRandom(7);
  return list
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
