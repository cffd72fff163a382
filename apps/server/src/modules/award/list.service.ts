import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { WORKING_DAY_MINUTES } from '../place/index.ts';
import { reviewFrom, type Award, type Round } from './award.ts';
import { moveAwards, roundOf } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { partsUntilReview } from './award.periods.ts';
import { listAwards } from './award.store.ts';
import { fundOf } from './fund-of.ts';
import { freeList, holdFirstParts } from './list.holds.ts';
import {
  insertList,
  insertRecusals,
  listLists,
  listTies,
  moveList,
  type AwardList,
} from './list.store.ts';
import { partByTies } from './recusal.ts';

const APPROVE_DAYS = 5;

export interface Proposed {
  listIds: Id[];
  proposed: number;
  /** Lines that wait for another proposer. */
  leftOut: number;
}

/**
 * Proposes to the federation all people of a round who are ready and whom the caller may see. From here on the
 * federation sees them. Their first part is held in the fund. Refuses `not_found`, `nobody_ready`, `fund_missing`,
 * `balance_too_low`, `award_state_wrong`.
 */
export async function proposeReady(needs: AwardNeeds, tx: Writing, roundId: Id): Promise<Proposed> {
  const round = await roundOf(tx, roundId);
  if (round.source !== 'charity')
    throw new Refusal('award_state_wrong', { state: round.definition.name.zh });
  const ready = await listAwards(tx, { roundId, states: ['ready'], lock: true });
  return await proposeAwards(needs, tx, {
    round,
    awards: ready,
    proposerId: tx.actor.accountId!,
    areaId: tx.actor.areaId ?? round.areaId,
    move: 'propose',
  });
}

interface Proposing {
  round: Round;
  awards: readonly Award[];
  proposerId: Id;
  areaId: number;
  /** `set_aside` for lines that are proposed already. */
  move: 'propose' | 'set_aside';
}

/** Parts awards by ties and puts each group on a list with an approval of its own. */
async function proposeAwards(needs: AwardNeeds, tx: Writing, given: Proposing): Promise<Proposed> {
  const { awards, proposerId } = given;
  if (awards.length === 0) throw new Refusal('nobody_ready');
  const ties = await listTies(
    tx,
    awards.map((award) => award.personId),
  );
  const parted = partByTies(awards, ties, proposerId);
  const groups = [
    ...(parted.clear.length > 0 ? [{ awards: parted.clear, setAside: false }] : []),
    ...parted.aside.map((group) => ({ awards: group.awards, setAside: true })),
  ];
  const fundId = await fundFor(needs, tx, given.round);
  const listOf = new Map<Id, Id>();
  for (const group of groups) {
    const list = await addList(needs, tx, { ...given, ...group, fundId });
    for (const award of group.awards) listOf.set(award.id, list);
  }
  await insertRecusals(
    tx,
    needs.newId,
    parted.recusals.map((one) => ({ ...one, listId: listOf.get(one.awardId) ?? null })),
  );
  if (given.move === 'set_aside')
    await moveAwards(needs, tx, {
      awards: parted.others,
      move: 'take_off',
      change: { listId: null },
    });
  return {
    listIds: [...new Set(listOf.values())],
    proposed: listOf.size,
    leftOut: parted.others.length,
  };
}

/** The fund that pays; null for what is not money. Refuses `fund_missing`. */
async function fundFor(needs: AwardNeeds, tx: Writing, round: Round): Promise<Id | null> {
  if (round.definition.benefit.unit !== 'fen') return null;
  const fund = await fundOf(needs, tx, round.definition.fund);
  if (!fund) throw new Refusal('fund_missing');
  return fund.id;
}

interface NewList extends Proposing {
  setAside: boolean;
  fundId: Id | null;
}

async function addList(needs: AwardNeeds, tx: Writing, given: NewList): Promise<Id> {
  const { round, awards, setAside, proposerId, fundId, areaId, move } = given;
  const id = needs.newId();
  const amount = awards.reduce((sum, award) => sum + award.amount, 0);
  const personIds = [...new Set(awards.map((award) => award.personId))];
  const today = dateInShanghai(tx.now);
  const [approval] = await needs.approval.open(tx, [
    {
      subjectKind: 'award_list',
      subjectId: id,
      // What is agreed to is the whole run until the review; what is not money has no threshold.
      amountFen: fundId
        ? Math.max(1, amount * partsUntilReview(round.definition.cadence, today, reviewFrom(today)))
        : 1,
      proposerId,
      personIds,
      organizationIds: [],
      areaId,
    },
  ]);
  const number = await insertList(tx, {
    id,
    roundId: round.id,
    programCode: round.programCode,
    areaId,
    fundId,
    amount,
    lineCount: awards.length,
    proposerId,
    approvalId: approval!.approvalId,
    setAside,
  });
  await needs.resident.shareWithFederation(
    tx,
    personIds.map((personId) => ({ personId, basis: 'proposal' as const })),
  );
  await moveAwards(needs, tx, { awards, move, change: { listId: id, withFederation: true } });
  await openApproveTask(needs, tx, { id, number, areaId, count: awards.length });
  tx.touched('award_list', id);
  if (fundId && amount > 0) await holdFirstParts(needs, tx, { listId: id, fundId, awards });
  return id;
}

async function openApproveTask(
  needs: AwardNeeds,
  tx: Writing,
  list: { id: Id; number: string; areaId: number; count: number },
): Promise<void> {
  const due = (part: number) =>
    needs.place.workingTime.add(tx.now, APPROVE_DAYS * WORKING_DAY_MINUTES * part);
  await needs.desk.open(tx, [
    {
      kind: 'approve',
      subjectKind: 'award_list',
      subjectId: list.id,
      number: list.number,
      title: `救助名单待审批（${list.count} 人）`,
      detail: null,
      areaId: list.areaId,
      building: null,
      roles: ['federation_approver'],
      level: 'district',
      dueAt: due(1),
      warnAt: due(0.5),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

/**
 * One word of an approver. Who has become a relative of somebody on the list does not decide: the list is parted anew
 * and every line waits for others, hers set aside. A refusal ends all lines with its reason; the last agreement grants
 * what needs no board and puts the rest on the way there.
 */
export async function decideList(
  needs: AwardNeeds,
  tx: Writing,
  command: { listId: Id; decision: 'approve' | 'refuse'; note: string },
): Promise<{ outcome: 'decided' | 'set_aside'; listId: Id; approved: Award[] }> {
  const [list] = await listLists(tx, { ids: [command.listId], lock: true });
  if (!list) throw new Refusal('not_found');
  const awards = await listAwards(tx, { listIds: [list.id], states: ['proposed'], lock: true });
  const ties = await listTies(
    tx,
    awards.map((award) => award.personId),
  );
  const isRelated = ties.some((tie) => tie.accountId === tx.actor.accountId);
  if (isRelated && !list.setAside && list.state === 'proposed') {
    const parted = await partAnew(needs, tx, { list, awards });
    return { outcome: 'set_aside', listId: parted.listIds[0] ?? list.id, approved: [] };
  }
  const { approvalId } = list;
  const { state } = await needs.approval.decide(tx, { ...command, approvalId });
  if (state === 'open') return { outcome: 'decided', listId: list.id, approved: [] };
  await needs.desk.close(tx, [{ subjectId: list.id, kinds: ['approve'] }]);
  await moveList(tx, list.id, state === 'approved' ? 'approved' : 'refused');
  tx.touched('award_list', list.id, command.decision);
  if (state !== 'approved') {
    await moveAwards(needs, tx, { awards, move: 'refuse_list', note: command.note });
    if (list.fundId) await freeList(needs, tx, list.id);
    return { outcome: 'decided', listId: list.id, approved: [] };
  }
  const approved = await moveAwards(needs, tx, { awards, move: 'approve' });
  return { outcome: 'decided', listId: list.id, approved };
}

/** Ends a list without a word and proposes its lines again, parted by the ties of today. */
async function partAnew(
  needs: AwardNeeds,
  tx: Writing,
  { list, awards }: { list: AwardList; awards: readonly Award[] },
): Promise<Proposed> {
  await needs.approval.cancel(tx, [list.approvalId]);
  await needs.desk.close(tx, [{ subjectId: list.id, kinds: ['approve'] }]);
  await moveList(tx, list.id, 'split');
  if (list.fundId) await freeList(needs, tx, list.id);
  tx.touched('award_list', list.id, 'split');
  const round = await roundOf(tx, list.roundId);
  const { proposerId, areaId } = list;
  return await proposeAwards(needs, tx, { round, awards, proposerId, areaId, move: 'set_aside' });
}
