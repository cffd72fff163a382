import type { Id } from '@wennuan/basics';
import { balances, type Balance, type TransferCommand } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { openAccounts, readPurposes } from './accounts.ts';
import { freeLines } from './line.holds.ts';
import { insertPots, potsOf } from './pot.store.ts';
import { undoneOf } from './undone.ts';

/** So many persons may share a filling that is what they get; for fewer it is a round sum. */
const ENOUGH_PERSONS = 5;
const ROUND_FEN = 100_000;

/**
 * How much a pot is filled with before it pays: nothing while it holds enough, exactly what is lacking when at
 * least five persons share it, else the next whole ¥1,000, as far as its source reaches.
 */
export function fillFen(asked: {
  neededFen: number;
  persons: number;
  inPotFen: number;
  availableFen: number;
}): number {
  const lackingFen = asked.neededFen - asked.inPotFen;
  if (lackingFen <= 0) return 0;
  if (asked.persons >= ENOUGH_PERSONS) return lackingFen;
  const roundFen = Math.ceil(lackingFen / ROUND_FEN) * ROUND_FEN;
  return Math.min(roundFen, Math.max(lackingFen, asked.availableFen));
}

/**
 * How much of a pot goes back to its source when persons did not use what they got: what at least five persons give
 * back together, else whole sums of ¥1,000 only, so that no leaf tells what one of them left.
 */
export function backFen(asked: {
  returnedFen: number;
  persons: number;
  /** What the pot holds free, with what is returned. */
  inPotFen: number;
}): number {
  if (asked.persons >= ENOUGH_PERSONS) return asked.returnedFen;
  return asked.inPotFen - (asked.inPotFen % ROUND_FEN);
}

/** What a person gets out of a fund, campaign or item: a payment or a voucher. */
export interface AidToPay {
  sourceId: Id;
  personId: Id;
  amountFen: number;
  /** Under which its amount is held (`holdLines`); null when nothing is. */
  holdName: string | null;
}

/** What is made ready for the caller's one posting. */
export interface AidReady {
  /** The pot of each source. */
  pots: ReadonlyMap<Id, Id>;
  /** Puts into pots what they lack; to be posted before what leaves them. */
  fillings: TransferCommand[];
  /** In the order asked: whether source and pot together have enough for it and for all before it. */
  fits: boolean[];
}

/**
 * Frees what was held for persons and says what their pots are to be filled with; opens pots that are not
 * there yet. The caller posts the fillings and then each amount out of its pot, in one posting.
 */
export async function prepareAid(
  needs: { newId(): Id },
  tx: Writing,
  paying: readonly AidToPay[],
): Promise<AidReady> {
  if (paying.length === 0) return { pots: new Map(), fillings: [], fits: [] };
  const sourceIds = [...new Set(paying.map((one) => one.sourceId))];
  const pots = await openPots(needs, tx, sourceIds);
  await freeLines(
    tx,
    paying.flatMap((one) => one.holdName ?? []),
  );
  const free = await availableOf(tx, [...sourceIds, ...pots.values()]);
  const leftFen = new Map(
    sourceIds.map((id) => [id, (free.get(id) ?? 0) + (free.get(pots.get(id)!) ?? 0)]),
  );
  const fits = paying.map(({ sourceId, amountFen }) => {
    const left = leftFen.get(sourceId)!;
    if (left < amountFen) return false;
    leftFen.set(sourceId, left - amountFen);
    return true;
  });
  const bySource = Map.groupBy(
    paying.filter((_, index) => fits[index]),
    (one) => one.sourceId,
  );
  const fillings = [...bySource].map(([sourceId, aid]) => {
    const amount = fillFen({
      neededFen: aid.reduce((sum, one) => sum + one.amountFen, 0),
      persons: new Set(aid.map((one) => one.personId)).size,
      inPotFen: free.get(pots.get(sourceId)!) ?? 0,
      availableFen: free.get(sourceId) ?? 0,
    });
    const to = pots.get(sourceId)!;
    return potTransfer(needs, tx, {
      from: sourceId,
      to,
      potId: to,
      amount,
      reason: 'aid_set_aside',
    });
  });
  return { pots, fillings: fillings.filter((one) => one.amount > 0), fits };
}

/** What persons did not use: it goes back to the pot it came from. */
export interface AidBack {
  sourceId: Id;
  personId: Id;
  amountFen: number;
}

/**
 * The pots that take back what persons did not use, and what goes on from there to the source. The caller posts each
 * amount into its pot and then these movements, in one posting.
 */
export async function prepareAidBack(
  needs: { newId(): Id },
  tx: Writing,
  returning: readonly AidBack[],
): Promise<{ pots: ReadonlyMap<Id, Id>; backs: TransferCommand[] }> {
  if (returning.length === 0) return { pots: new Map(), backs: [] };
  const bySource = Map.groupBy(returning, (one) => one.sourceId);
  const pots = await openPots(needs, tx, [...bySource.keys()]);
  const free = await availableOf(tx, [...pots.values()]);
  const backs = [...bySource].map(([sourceId, back]) => {
    const potId = pots.get(sourceId)!;
    const returnedFen = back.reduce((sum, one) => sum + one.amountFen, 0);
    const amount = backFen({
      returnedFen,
      persons: new Set(back.map((one) => one.personId)).size,
      inPotFen: (free.get(potId) ?? 0) + returnedFen,
    });
    return potTransfer(needs, tx, { from: potId, to: sourceId, potId, amount, reason: 'aid_back' });
  });
  return { pots, backs: backs.filter((one) => one.amount > 0) };
}

/**
 * What lies free in the pots of accounts that end, to go where their remainder goes: whole sums of ¥1,000 by way of
 * `sourceId`, so that everybody sees them, and what is less from pot to pot, as it would tell what few persons got. What is
 * held for persons stays. Answers what the source gets back; the caller posts the commands in their order, once.
 */
export async function emptyPots(
  needs: { newId(): Id },
  tx: Writing,
  ending: { sourceId: Id; besideIds: readonly Id[]; targetId: Id },
): Promise<{ backFen: number; commands: TransferCommand[] }> {
  const { sourceId, besideIds, targetId } = ending;
  const pots = await potsOf(tx, [sourceId, ...besideIds]);
  const free = await availableOf(tx, [...pots.values()]);
  const restFen = new Map([...pots].map(([id, potId]) => [id, free.get(potId) ?? 0]));
  const inPotFen = restFen.get(sourceId) ?? 0;
  const back = backFen({ returnedFen: 0, persons: 0, inPotFen });
  restFen.set(sourceId, inPotFen - back);
  const resting = [...restFen].filter(([, fen]) => fen > 0);
  const heir = resting.length > 0 ? (await openPots(needs, tx, [targetId])).get(targetId)! : null;
  const move = (from: Id, to: Id, amount: number) =>
    potTransfer(needs, tx, { from, to, potId: from, amount, reason: 'aid_back' });
  return {
    backFen: back,
    commands: [
      ...(back > 0 ? [move(pots.get(sourceId)!, sourceId, back)] : []),
      ...resting.map(([id, fen]) => move(pots.get(id)!, heir!, fen)),
    ],
  };
}

function potTransfer(
  needs: { newId(): Id },
  tx: Writing,
  given: { from: Id; to: Id; potId: Id; amount: number; reason: string },
): TransferCommand {
  const { potId, ...transfer } = given;
  return {
    ...transfer,
    key: `aid-pot:${needs.newId()}`,
    document: { kind: 'aid_pot', id: potId },
    actor: tx.actor.accountId,
  };
}

async function availableOf(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, number>> {
  const rows = await balances(tx.sql, accountIds);
  return new Map(rows.map((row) => [row.accountId, row.available]));
}

/** The pot of each source: a private account, without a code in the public log. */
async function openPots(
  needs: { newId(): Id },
  tx: Writing,
  sourceIds: readonly Id[],
): Promise<Map<Id, Id>> {
  const known = await potsOf(tx, sourceIds);
  const fresh = sourceIds.filter((id) => !known.has(id));
  if (fresh.length === 0) return known;
  await insertPots(
    tx,
    fresh.map((sourceId) => ({ id: needs.newId(), sourceId })),
  );
  const all = await potsOf(tx, sourceIds);
  const sources = await readPurposes(tx, fresh);
  await openAccounts(
    tx,
    fresh.map((sourceId) => ({
      id: all.get(sourceId)!,
      kind: 'inner',
      unit: 'fen',
      code: null,
      purpose: {
        kind: 'aid_pot',
        subjectId: sourceId,
        label: `${sources.get(sourceId)?.label ?? ''}救助备付户`,
        areaId: sources.get(sourceId)?.areaId ?? null,
        isPublic: true,
      },
    })),
  );
  return all;
}

/** What lies in the pots of accounts, by the account; for those who keep the books. */
export async function potBalances(tx: Scoped, sourceIds: readonly Id[]): Promise<Map<Id, Balance>> {
  const pots = await potsOf(tx, sourceIds);
  const held = new Map(
    (await balances(tx.sql, [...pots.values()])).map((one) => [one.accountId, one]),
  );
  return new Map([...pots].map(([sourceId, potId]) => [sourceId, held.get(potId)!]));
}

/** What was set aside for persons out of an account and not put back; how much of it is left is told to nobody. */
export async function setAsideFen(tx: Scoped, sourceId: Id): Promise<number> {
  const pot = (await potBalances(tx, [sourceId])).get(sourceId);
  if (!pot) return 0;
  const undone = await undoneOf(tx, [sourceId, pot.accountId]);
  // Into the pot comes what is set aside, and what persons did not use.
  const filledFen = pot.inflow - undone.get(pot.accountId)!.putBackFen;
  return filledFen - undone.get(sourceId)!.putBackFen;
}
