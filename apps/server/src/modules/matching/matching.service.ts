import { addDays, dateInShanghai, type Id } from '@wennuan/basics';
import { appendEvents, balances, post, type Outcome, type TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { planMatches, takeBackFen, WAIT_DAYS, type Match } from './matching.ts';
import type { MatchingNeeds } from './matching.needs.ts';
import {
  endPots,
  insertMatches,
  listPots,
  listToMatch,
  listToTakeBack,
  noteTakenBack,
  sumPayers,
  type MatchToTakeBack,
  type PotRow,
} from './matching.store.ts';

const AT_ONCE = 2_000;

type Needs = Pick<MatchingNeeds, 'newId'>;

/**
 * Matches gifts that came in, each once, out of its campaign's pot: never more than is in it, as the pot is
 * locked and the ledger refuses. `quick` looks at the newest gifts only, as an event asks for; a slower turn
 * looks at all. Answers how many gifts it looked at. System login.
 */
export async function matchGifts(needs: Needs, tx: Writing, quick: boolean): Promise<number> {
  const pots = await listPots(tx, { openOn: dateInShanghai(tx.now), lock: true });
  if (pots.length === 0) return 0;
  const held = await balances(
    tx.sql,
    pots.map((pot) => pot.id),
  );
  const available = new Map(held.map((one) => [one.accountId, one.available]));
  const matches: (Match & { pot: PotRow })[] = [];
  for (const pot of pots) {
    const gifts = await listToMatch(tx, { potId: pot.id, quick, limit: AT_ONCE });
    const known = gifts.flatMap((gift) => gift.accountId ?? []);
    const plan = planMatches(pot, gifts, {
      availableFen: available.get(pot.id) ?? 0,
      payers: await sumPayers(tx, pot.id, [...new Set(known)]),
    });
    matches.push(...plan.map((match) => ({ ...match, pot })));
  }
  if (matches.length === 0) return 0;
  const paying = matches.filter((match) => match.matchFen > 0);
  const outcomes = await post(tx.sql, {
    commands: paying.map(({ pot, giftId, matchFen }) => ({
      key: `pot-match:${giftId}`,
      from: pot.id,
      to: pot.campaignId,
      amount: matchFen,
      reason: 'pot_match',
      document: { kind: 'gift_match', id: giftId },
      actor: null,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  const transferOf = new Map(
    paying.map((match, index) => [match.giftId, postedId(outcomes[index]!)]),
  );
  await insertMatches(
    tx,
    matches.map((match) => ({
      ...match,
      potId: match.pot.id,
      transferId: transferOf.get(match.giftId) ?? null,
    })),
  );
  await tell(needs, tx, [...new Set(paying.map((match) => match.pot.campaignId))]);
  return matches.length;
}

function postedId(outcome: Outcome): Id {
  if (outcome.status === 'refused')
    throw new Error(`${outcome.key} was refused by the ledger: ${outcome.refusal}`);
  return outcome.transferIds[0]!;
}

/** Pages that are open learn that a campaign's pot moved. */
async function tell(needs: Needs, tx: Writing, campaignIds: readonly Id[]): Promise<void> {
  await appendEvents(
    tx.sql,
    campaignIds.map((id) => ({
      id: needs.newId(),
      topic: 'donation.matched',
      subjectKind: 'campaign',
      subjectId: id,
      areaId: null,
      body: { campaignId: id },
    })),
  );
}

/**
 * Takes matches back into their pots where gifts went back: out of the match's own entry. What of it is spent
 * by then cannot come back and stays spent. Answers how many it looked at. System login.
 */
export async function takeMatchesBack(needs: Needs, tx: Writing): Promise<number> {
  const found = await listToTakeBack(tx, AT_ONCE);
  if (found.length === 0) return 0;
  const pots = [...new Set(found.map((one) => one.potId))];
  await listPots(tx, { ids: pots, lock: true });
  const due = found.map((one) => ({ one, amount: takeBackFen(one, one) }));
  const taking = due.filter(({ amount }) => amount > 0);
  const posted = await postPossible(
    needs,
    tx,
    taking.map(({ one, amount }) => backCommand(one, amount)),
  );
  const takenOf = new Map(taking.map(({ one }, index) => [one.giftId, posted[index]!]));
  await noteTakenBack(
    tx,
    due.map(({ one }) => ({
      giftId: one.giftId,
      takenFen: takenOf.get(one.giftId) ?? 0,
      refundedFen: one.refundedFen,
    })),
  );
  await tell(needs, tx, [...new Set(found.map((one) => one.campaignId))]);
  return found.length;
}

function backCommand(one: MatchToTakeBack, amount: number): TransferCommand {
  return {
    key: `pot-back:${one.giftId}:${one.refundedFen}`,
    from: one.campaignId,
    to: one.potId,
    amount,
    of: one.transferId!,
    reason: 'pot_match_back',
    document: { kind: 'gift_match', id: one.giftId },
    actor: null,
  };
}

/** Posts each command, or so much of it as its entry still has; answers how much of each. */
async function postPossible(
  needs: Needs,
  tx: Writing,
  commands: readonly TransferCommand[],
): Promise<number[]> {
  if (commands.length === 0) return [];
  const send = (batch: TransferCommand[]) =>
    post(tx.sql, { commands: batch, at: tx.now, newId: needs.newId });
  const first = await send([...commands]);
  const rest = first.map((outcome) =>
    outcome.status === 'refused' ? (outcome.available ?? 0) : null,
  );
  const again = commands.flatMap((command, index) =>
    rest[index] ? [{ ...command, amount: rest[index] }] : [],
  );
  if (again.length > 0) for (const outcome of await send(again)) postedId(outcome);
  return commands.map((command, index) => rest[index] ?? command.amount);
}

/**
 * Ends pots whose days are over, once late statements had time to come in, and sends what is left where the
 * agreement says; also what comes back to an ended pot. Answers how many it moved. System login.
 */
export async function settlePots(needs: Needs, tx: Writing): Promise<number> {
  const today = dateInShanghai(tx.now);
  const pots = await listPots(tx, { lock: true });
  const over = pots.filter(
    (pot) => pot.endedOn !== null || addDays(pot.untilOn, WAIT_DAYS) < today,
  );
  if (over.length === 0) return 0;
  await endPots(
    tx,
    over.filter((pot) => pot.endedOn === null).map((pot) => pot.id),
    today,
  );
  const held = await balances(
    tx.sql,
    over.map((pot) => pot.id),
  );
  const left = new Map(held.map((one) => [one.accountId, one]));
  const moving = over.filter((pot) => (left.get(pot.id)?.available ?? 0) > 0);
  if (moving.length === 0) return 0;
  const outcomes = await post(tx.sql, {
    commands: moving.map((pot) => ({
      // What comes back later is another remainder, and the pot's outflow tells which.
      key: `pot-rest:${pot.id}:${left.get(pot.id)!.outflow}`,
      from: pot.id,
      to: pot.remainderFundId ?? pot.campaignId,
      amount: left.get(pot.id)!.available,
      reason: 'pot_rest',
      document: { kind: 'matching_pot', id: pot.id },
      actor: null,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  outcomes.forEach(postedId);
  for (const pot of moving) tx.touched('matching_pot', pot.id, 'ended');
  await tell(needs, tx, [...new Set(moving.map((pot) => pot.campaignId))]);
  return moving.length;
}
