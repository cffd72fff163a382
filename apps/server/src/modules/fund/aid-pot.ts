import type { Id } from '@wennuan/basics';
import { balances, type Balance } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { openAccounts, readPurposes } from './accounts.ts';
import { freeLines } from './line.holds.ts';
import { insertPots, potsOf } from './pot.store.ts';

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

/** A payment to a person out of a fund, campaign or item, whose amount is held. */
export interface AidToPay {
  sourceId: Id;
  personId: Id;
  amountFen: number;
  lineId: Id;
}

/** What is moved into a pot before it pays. */
export interface Filling {
  sourceId: Id;
  potId: Id;
  amountFen: number;
}

/**
 * Frees what was held for persons and says what their pots are to be filled with; opens pots that are not
 * there yet. The caller posts the fillings and then each payment out of its pot, in one posting.
 */
export async function prepareAid(
  needs: { newId(): Id },
  tx: Writing,
  paying: readonly AidToPay[],
): Promise<{ pots: ReadonlyMap<Id, Id>; fillings: Filling[] }> {
  if (paying.length === 0) return { pots: new Map(), fillings: [] };
  const bySource = Map.groupBy(paying, (one) => one.sourceId);
  const pots = await openPots(needs, tx, [...bySource.keys()]);
  await freeLines(
    tx,
    paying.map((one) => one.lineId),
  );
  const held = new Map(
    (await balances(tx.sql, [...bySource.keys(), ...pots.values()])).map((one) => [
      one.accountId,
      one,
    ]),
  );
  const fillings = [...bySource].map(([sourceId, aid]) => {
    const potId = pots.get(sourceId)!;
    const amountFen = fillFen({
      neededFen: aid.reduce((sum, one) => sum + one.amountFen, 0),
      persons: new Set(aid.map((one) => one.personId)).size,
      inPotFen: held.get(potId)?.available ?? 0,
      availableFen: held.get(sourceId)?.available ?? 0,
    });
    return { sourceId, potId, amountFen };
  });
  return { pots, fillings: fillings.filter((one) => one.amountFen > 0) };
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

/** What was ever set aside for persons out of an account; how much of it is left is told to nobody. */
export async function setAsideFen(tx: Scoped, sourceId: Id): Promise<number> {
  return (await potBalances(tx, [sourceId])).get(sourceId)?.inflow ?? 0;
}
