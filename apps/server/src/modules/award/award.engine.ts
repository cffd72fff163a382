import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { isEnded, TELL_DAYS, type Award, type Level, type Round } from './award.ts';
import { ruleFor, type Move, type Mover } from './award.moves.ts';
import type { AwardNeeds } from './award.needs.ts';
import { insertSteps, listAwards, updateAwards } from './award.store.ts';
import { errandTask, openTasks } from './award.tasks.ts';
import { moveMessage, stateWords } from './award.words.ts';
import { cancelDue } from './part.store.ts';
import { roundsById } from './round.store.ts';

/** A move of awards that are locked already. `change` goes with it and is the same for all. */
export interface MoveCommand {
  awards: readonly Award[];
  move: Move;
  note?: string;
  change?: Partial<
    Pick<
      Award,
      | 'withFederation'
      | 'listId'
      | 'noticeId'
      | 'visitedAt'
      | 'visitedBy'
      | 'tries'
      | 'grantedOn'
      | 'nextOn'
      | 'reviewOn'
      | 'appeal'
    >
  >;
}

const DESK_KINDS = ['visit', 'review_award', 'appeal', 'tell_decision'] as const;
/** Decisions that somebody without an account is told face to face. */
const TOLD_BY_HAND: readonly Move[] = [
  'refuse',
  'refuse_list',
  'refuse_elsewhere',
  'uphold_objection',
  'note_move',
  'stop',
  'give_up',
];
/** Of those, what a worker writes down while she speaks with her. */
const SAID_AT_THE_DOOR: readonly Move[] = ['refuse', 'note_move', 'give_up'];

/**
 * Moves awards by the table: all or none. Refuses `award_state_wrong` where the table has no row for one of them,
 * `reason_required` where a reason is missing. She is told what concerns her; an end closes tasks and cancels what
 * is due and not yet on its way. Recovers nothing by itself.
 */
export async function moveAwards(
  needs: AwardNeeds,
  tx: Writing,
  command: MoveCommand,
): Promise<Award[]> {
  const { awards, move, note = '' } = command;
  if (awards.length === 0) return [];
  const movers = moversOf(tx.actor, awards);
  const to = new Map<Award['state'], Award[]>();
  for (const award of awards) {
    const rule = ruleFor(award, move, movers);
    if (!rule)
      throw new Refusal('award_state_wrong', {
        state: stateWords(award.state, tx.actor.language),
      });
    if (rule.reason && note.trim().length < 2) throw new Refusal('reason_required', {}, 'reason');
    to.set(rule.to, [...(to.get(rule.to) ?? []), award]);
  }
  const moved: Award[] = [];
  for (const [state, some] of to)
    moved.push(...(await moveAlike(needs, tx, { ...command, awards: some, state })));
  await noteSteps(needs, tx, { awards: moved, move, note });
  await settle(needs, tx, moved, move);
  await tellThem(needs, tx, { awards: moved, move, note });
  const isAtDoor = tx.actor.role === 'community_worker' && SAID_AT_THE_DOOR.includes(move);
  if (TOLD_BY_HAND.includes(move) && !isAtDoor) await tellByHand(needs, tx, moved);
  return moved;
}

async function moveAlike(
  needs: AwardNeeds,
  tx: Writing,
  { awards, state, change = {}, note = '' }: MoveCommand & { state: Award['state'] },
): Promise<Award[]> {
  const endedOn = isEnded(state) ? dateInShanghai(tx.now) : null;
  const isOffice = tx.actor.role !== 'resident';
  const decidedLevel = endedOn && isOffice ? levelOf(tx.actor) : undefined;
  await updateAwards(
    tx,
    awards.map((award) => award.id),
    {
      ...columnsOf(change),
      state,
      ended_on: endedOn,
      ...(endedOn && { next_on: null }),
      ...(decidedLevel && { decided_level: decidedLevel }),
    },
  );
  await keepReason(needs, tx, endedOn ? awards : [], note);
  return awards.map((award) => ({
    ...award,
    ...change,
    state,
    endedOn,
    ...(decidedLevel && { decidedLevel }),
    version: award.version + 1,
  }));
}

/** The reason of an end, for her to read; a key of its own for each award. Residents have no right to write it. */
async function keepReason(
  needs: AwardNeeds,
  tx: Writing,
  awards: readonly Award[],
  note: string,
): Promise<void> {
  if (note.trim() === '' || tx.actor.login === 'resident') return;
  const boxes = await needs.vault.boxes(
    tx,
    awards.map((award) => award.id),
  );
  for (const { id } of awards)
    await updateAwards(tx, [id], { reason_sealed: boxes.get(id)!.seal(note) });
}

function columnsOf(change: NonNullable<MoveCommand['change']>) {
  return {
    ...(change.withFederation !== undefined && { with_federation: change.withFederation }),
    ...(change.listId !== undefined && { list_id: change.listId }),
    ...(change.noticeId !== undefined && { notice_id: change.noticeId }),
    ...(change.visitedAt !== undefined && { visited_at: change.visitedAt }),
    ...(change.visitedBy !== undefined && { visited_by: change.visitedBy }),
    ...(change.tries !== undefined && { tries: change.tries }),
    ...(change.grantedOn !== undefined && { granted_on: change.grantedOn }),
    ...(change.nextOn !== undefined && { next_on: change.nextOn }),
    ...(change.reviewOn !== undefined && { review_on: change.reviewOn }),
    ...(change.appeal !== undefined && { appeal: change.appeal }),
  };
}

/** Notes what happened to awards, the note sealed with each award's key. */
export async function noteSteps(
  needs: AwardNeeds,
  tx: Writing,
  { awards, move, note }: { awards: readonly Award[]; move: string; note: string },
): Promise<void> {
  const isNoted = note.trim() !== '';
  const boxes = isNoted
    ? await needs.vault.boxes(
        tx,
        awards.map((award) => award.id),
      )
    : null;
  await insertSteps(
    tx,
    awards.map((award) => ({
      id: needs.newId(),
      award,
      move,
      noteSealed: boxes ? boxes.get(award.id)!.seal(note.trim()) : null,
    })),
  );
  for (const award of awards) tx.touched('award', award.id, move);
  await appendEvents(
    tx.sql,
    awards.map((award) => ({
      id: needs.newId(),
      topic: 'award.moved',
      subjectKind: 'award',
      subjectId: award.id,
      areaId: award.areaId,
      body: { awardId: award.id, move, state: award.state, programCode: award.programCode },
    })),
  );
}

async function settle(
  needs: AwardNeeds,
  tx: Writing,
  awards: readonly Award[],
  move: Move,
): Promise<void> {
  const stops = awards.filter((award) => award.endedOn || award.state === 'halted');
  await cancelDue(
    tx,
    stops.filter((award) => award.endedOn && award.state !== 'finished').map((award) => award.id),
  );
  const over = move === 'away' ? [] : awards.filter((award) => award.state !== 'candidate');
  if (over.length === 0) return;
  await needs.desk.close(
    tx,
    over.map((award) => ({ subjectId: award.id, kinds: [...DESK_KINDS] })),
  );
}

async function tellThem(
  needs: AwardNeeds,
  tx: Writing,
  { awards, move, note }: { awards: readonly Award[]; move: Move; note: string },
): Promise<void> {
  const bound = awards.filter((award) => award.accountId && tx.actor.accountId !== award.accountId);
  if (bound.length === 0) return;
  const rounds = await roundsById(
    tx,
    bound.map((award) => award.roundId),
  );
  const messages = bound.flatMap((award) => {
    const words = moveMessage(move, { award, round: rounds.get(award.roundId)!, note });
    return words ? [{ accountId: award.accountId!, topic: 'service' as const, ...words }] : [];
  });
  await needs.message.send(tx, messages);
}

/** Who has no account gets no message: her worker brings the letter, tells her, and writes down that he did. */
export async function tellByHand(
  needs: AwardNeeds,
  tx: Writing,
  awards: readonly Award[],
): Promise<void> {
  const tasks = awards
    .filter((award) => award.accountId === null && tx.actor.login !== 'department')
    .map((award) =>
      errandTask(needs, tx, {
        kind: 'tell_decision',
        subjectKind: 'award',
        subject: award,
        number: award.number,
        title: '请把决定告知本人',
        days: TELL_DAYS,
      }),
    );
  await openTasks(needs, tx, tasks);
}

/** In which capacity somebody moves awards: her role, she herself when they are all hers, or the system. */
function moversOf(actor: Actor, awards: readonly Award[]): Mover[] {
  const own =
    actor.accountId !== null && awards.every((award) => award.accountId === actor.accountId);
  return [
    ...(actor.role && actor.role !== 'resident' ? [actor.role] : []),
    ...(own ? (['herself'] as const) : []),
    ...(actor.accountId === null ? (['system'] as const) : []),
  ];
}

/** The level that decides when somebody of this role does. */
export function levelOf(actor: Pick<Actor, 'role'>): Level {
  switch (actor.role) {
    case 'street_officer':
      return 'street';
    case 'district_officer':
      return 'district';
    case 'department_officer':
      return 'department';
    case 'federation_officer':
    case 'federation_approver':
      return 'federation';
    default:
      return 'community';
  }
}

/** One award with its round, locked; refuses `not_found`, and `busy_elsewhere` for another version. */
export async function lockAward(
  tx: Writing,
  awardId: Id,
  version: number | null,
): Promise<{ award: Award; round: Round }> {
  const [award] = await listAwards(tx, { ids: [awardId], lock: true });
  if (!award) throw new Refusal('not_found');
  if (version !== null && version !== award.version) throw new Refusal('busy_elsewhere');
  return { award, round: await roundOf(tx, award.roundId) };
}

/** A round by id; refuses `not_found`. */
export async function roundOf(tx: Scoped, roundId: Id): Promise<Round> {
  const round = (await roundsById(tx, [roundId])).get(roundId);
  if (!round) throw new Refusal('not_found');
  return round;
}
