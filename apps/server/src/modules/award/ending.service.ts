import { addDays, dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Role } from '@wennuan/contract';
import { findField } from '@wennuan/policy';
import { sql } from 'kysely';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { WORKING_DAY_MINUTES } from '../place/index.ts';
import {
  ANSWER_DAYS,
  REVIEW_ASKED_DAYS,
  reviewFrom,
  type Award,
  type AwardAct,
  type Round,
} from './award.ts';
import { lockAward, moveAwards, noteSteps, tellByHand } from './award.engine.ts';
import type { Move } from './award.moves.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards, listOfTheDead, updateAwards } from './award.store.ts';
import { errandTask, openTasks } from './award.tasks.ts';
import { reviveDue } from './part.store.ts';
import { visitTask } from './round.service.ts';

/**
 * What a person of the office does with an award besides visiting: refuses, ends, renews or takes it up again. She is
 * told the reason and may appeal. Refuses `not_found`, `busy_elsewhere`, `reason_required`, `award_state_wrong`.
 */
export async function act(
  needs: AwardNeeds,
  tx: Writing,
  command: { awardId: Id; version: number; act: AwardAct; reason: string },
): Promise<void> {
  const { award, round } = await lockAward(tx, command.awardId, command.version);
  const [moved] = await moveAwards(needs, tx, {
    awards: [award],
    move: command.act as Move,
    note: command.reason,
    change: changeOf(command.act, award, tx),
  });
  await afterReturn(needs, tx, moved!, round);
}

function changeOf(act: AwardAct, award: Award, tx: Writing) {
  const today = dateInShanghai(tx.now);
  if (act === 'renew')
    return { reviewOn: reviewFrom(today), nextOn: award.nextOn ?? nextStart(award, today) };
  if (act === 'resume' && award.grantedOn) return { nextOn: nextStart(award, today) };
  return {};
}

/** When parts of charity go on: from today; what a department pays has no parts of ours. */
function nextStart(award: Award, today: string): string | null {
  return award.source === 'charity' ? today : null;
}

/** An award that came back to its beginning is visited again. */
async function afterReturn(
  needs: AwardNeeds,
  tx: Writing,
  award: Award,
  _round: Round,
): Promise<void> {
  if (award.state !== 'candidate') return;
  const persons = await needs.resident.people(tx, [award.personId]);
  await needs.desk.open(tx, [visitTask(needs, tx, award, persons.get(award.personId))]);
}

/** She gives an award up of her own will; refuses `not_found`, `award_state_wrong`. */
export async function giveUp(
  needs: AwardNeeds,
  tx: Writing,
  command: { awardId: Id; reason: string },
): Promise<void> {
  const { award } = await lockAward(tx, command.awardId, null);
  await moveAwards(needs, tx, { awards: [award], move: 'give_up', note: command.reason });
}

/** Who may answer an appeal: the level above who decided. */
export function appealRole(award: Pick<Award, 'decidedLevel'>): Role {
  return award.decidedLevel === 'community' ? 'street_officer' : 'district_officer';
}

/**
 * True when an office ended it and nobody looks at that again: refused or stopped it, or wrote down that she gave it
 * up, moved or died, each of which may be a mistake. What she ended herself has no level that decided.
 */
export function mayAppeal(award: Pick<Award, 'state' | 'appeal' | 'decidedLevel'>): boolean {
  if (award.appeal !== null) return false;
  if (['refused', 'stopped', 'moved'].includes(award.state)) return true;
  return ['declined', 'died'].includes(award.state) && award.decidedLevel !== null;
}

/** Appeals, by herself or by a worker for her; one level up answers. Refuses `not_found`, `appeal_not_possible`. */
export async function appeal(
  needs: AwardNeeds,
  tx: Writing,
  command: { awardId: Id; text: string },
): Promise<void> {
  const { award } = await lockAward(tx, command.awardId, null);
  if (!mayAppeal(award)) throw new Refusal('appeal_not_possible');
  const box = (await needs.vault.boxes(tx, [award.id])).get(award.id)!;
  await updateAwards(tx, [award.id], { appeal: 'open', appeal_sealed: box.seal(command.text) });
  await noteSteps(needs, tx, { awards: [award], move: 'appeal', note: command.text });
  const role = appealRole(award);
  const due = (part: number) =>
    needs.place.workingTime.add(tx.now, ANSWER_DAYS * WORKING_DAY_MINUTES * part);
  await needs.desk.open(tx, [
    {
      kind: 'appeal',
      subjectKind: 'award',
      subjectId: award.id,
      number: award.number,
      title: '救助申诉待答复',
      detail: null,
      areaId: award.areaId,
      building: null,
      roles: [role],
      level: role === 'street_officer' ? 'street' : 'district',
      dueAt: due(1),
      warnAt: due(0.5),
      urgent: false,
      askerAccountId: award.accountId,
    },
  ]);
}

/** True for whom the appeal waits; a higher level may answer too. */
export function mayDecideAppeal(
  award: Pick<Award, 'appeal' | 'decidedLevel'>,
  actor: Pick<Actor, 'role'>,
): boolean {
  if (award.appeal !== 'open') return false;
  return actor.role === 'district_officer' || actor.role === appealRole(award);
}

/** Answers an appeal. Refuses `not_found`, `appeal_not_possible`, `appeal_level_wrong`. */
export async function decideAppeal(
  needs: AwardNeeds,
  tx: Writing,
  command: { awardId: Id; decision: 'uphold' | 'overturn'; answer: string },
): Promise<void> {
  const { award, round } = await lockAward(tx, command.awardId, null);
  if (award.appeal !== 'open') throw new Refusal('appeal_not_possible');
  if (!mayDecideAppeal(award, tx.actor)) throw new Refusal('appeal_level_wrong');
  const box = (await needs.vault.boxes(tx, [award.id])).get(award.id)!;
  await updateAwards(tx, [award.id], { answer_sealed: box.seal(command.answer) });
  await needs.desk.close(tx, [{ subjectId: award.id, kinds: ['appeal', 'tell_decision'] }]);
  if (command.decision === 'overturn') {
    const today = dateInShanghai(tx.now);
    const back = award.grantedOn
      ? { nextOn: nextStart(award, today), reviewOn: reviewFrom(today) }
      : { listId: null };
    const [moved] = await moveAwards(needs, tx, {
      awards: [award],
      move: 'overturn',
      note: command.answer,
      change: { ...back, appeal: 'overturned' },
    });
    await reviveDue(tx, award.id);
    await afterReturn(needs, tx, moved!, round);
    return;
  }
  await updateAwards(tx, [award.id], { appeal: 'upheld' });
  await noteSteps(needs, tx, { awards: [award], move: 'uphold', note: command.answer });
  await tellByHand(needs, tx, [award]);
  if (award.accountId)
    await needs.message.send(tx, [
      {
        accountId: award.accountId,
        topic: 'service',
        title: '您的申诉有答复了',
        body: `上一级重新看过，维持原来的决定。答复：${command.answer}`,
        link: '/my/aid',
      },
    ]);
}

/** A question to a person: her worker has it on the desk. Refuses `not_found`. */
export async function ask(
  needs: AwardNeeds,
  tx: Writing,
  command: { awardId: Id; text: string },
): Promise<void> {
  const { award } = await lockAward(tx, command.awardId, null);
  await noteSteps(needs, tx, { awards: [award], move: 'ask', note: command.text });
  await openTasks(needs, tx, [reviewTask(needs, tx, award, '居民提问，请回电')]);
}

function reviewTask(needs: AwardNeeds, tx: Writing, award: Award, title: string) {
  return errandTask(needs, tx, {
    kind: 'review_award',
    subjectKind: 'award',
    subject: award,
    number: award.number,
    title,
    days: ANSWER_DAYS,
  });
}

/**
 * A registered death stops what would fall due next and asks a worker to look; it ends nothing and recovers nothing by
 * itself. Once a worker has said that it was a mistake, the same register does not stop it again.
 */
export async function haltTheDead(needs: AwardNeeds): Promise<number> {
  const diedField = findField('died_on')!.number!;
  return await needs.database.write(systemActor('award.deaths'), null, async (tx) => {
    const awards = await listOfTheDead(tx, diedField);
    const halted = await moveAwards(needs, tx, { awards, move: 'halt', change: { nextOn: null } });
    await openTasks(
      needs,
      tx,
      halted.map((award) => reviewTask(needs, tx, award, '名册登记已去世，请核实')),
    );
    return halted.length;
  });
}

/** Asks for the review of awards whose day comes near. */
export async function askReviews(needs: AwardNeeds): Promise<number> {
  return await needs.database.write(systemActor('award.reviews'), null, async (tx) => {
    const today = dateInShanghai(tx.now);
    const { rows } = await sql<{ id: Id }>`
      select id from award where state in ('granted', 'paid_elsewhere') and review_on <= ${addDays(today, REVIEW_ASKED_DAYS)}
        and (review_asked_on is null or review_asked_on < review_on - ${REVIEW_ASKED_DAYS}::int) limit 500`.execute(
      tx.db,
    );
    const awards = await listAwards(tx, { ids: rows.map((row) => row.id), lock: true });
    await updateAwards(
      tx,
      awards.map((award) => award.id),
      { review_asked_on: today },
    );
    await openTasks(
      needs,
      tx,
      awards.map((award) => reviewTask(needs, tx, award, '救助到期复查')),
    );
    for (const award of awards) tx.touched('award', award.id, 'review_asked');
    return awards.length;
  });
}
