import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { RECEIVED_DAYS, type Award, type Part } from './award.ts';
import { moveAwards } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { markDelivered, partTask } from './delivery.service.ts';
import { listParts, updateParts } from './part.store.ts';
import { roundsById } from './round.store.ts';

/** A part with its award, locked; refuses `not_found`. */
async function lockPart(tx: Writing, partId: Id): Promise<{ part: Part; award: Award }> {
  const [part] = await listParts(tx, { ids: [partId], lock: true });
  const [award] = part ? await listAwards(tx, { ids: [part.awardId], lock: true }) : [];
  if (!part || !award) throw new Refusal('not_found');
  return { part, award };
}

/** A visit was made, a service done, hours were given: recorded by who saw it. Refuses `not_found`, `award_state_wrong`. */
export async function notePartDone(
  needs: AwardNeeds,
  tx: Writing,
  command: { partId: Id; note: string },
): Promise<void> {
  const { part, award } = await lockPart(tx, command.partId);
  if (part.state !== 'sent' || part.delivery === 'cash')
    throw new Refusal('award_state_wrong', { state: part.period });
  const round = (await roundsById(tx, [award.roundId])).get(award.roundId)!;
  if (command.note.trim()) {
    const box = (await needs.vault.boxes(tx, [award.id])).get(award.id)!;
    await updateParts(tx, [part.id], { words_sealed: box.seal(command.note.trim()) });
  }
  await markDelivered(needs, tx, [{ part, round }]);
  if (part.delivery === 'volunteer_hours') await needs.benefit.giveHours(tx, [part.id]);
}

/**
 * Her word, taken by somebody else: a call by a worker who neither visited her for it nor delivered it, or a signed slip
 * with its photo. Refuses `not_found`, `award_state_wrong`, `second_worker_required`, `slip_photo_required`,
 * `attachment_unknown`.
 */
export async function confirmFor(
  needs: AwardNeeds,
  tx: Writing,
  command: { partId: Id; way: 'call_back' | 'paper_slip'; words: string; attachmentId: Id | null },
): Promise<void> {
  const { part, award } = await lockPart(tx, command.partId);
  const own = tx.actor.accountId;
  if (command.way === 'call_back' && (own === part.deliveredBy || own === award.visitedBy))
    throw new Refusal('second_worker_required');
  if (command.way === 'paper_slip') {
    if (!command.attachmentId) throw new Refusal('slip_photo_required', {}, 'attachmentId');
    await needs.attachment.adopt(tx, [command.attachmentId], {
      subjectKind: 'award_part',
      subjectId: part.id,
      areaId: part.areaId,
      readerAccountId: part.accountId,
    });
  }
  await confirm(needs, tx, { part, award, way: command.way, words: command.words });
}

/** She herself says that it arrived, or that it did not: then a worker finds out. Refuses `not_found`, `award_state_wrong`. */
export async function confirmMine(
  needs: AwardNeeds,
  tx: Writing,
  command: { partId: Id; received: boolean; words: string },
): Promise<void> {
  const { part, award } = await lockPart(tx, command.partId);
  if (command.received) {
    await confirm(needs, tx, { part, award, way: 'account', words: command.words });
    return;
  }
  if (part.state !== 'delivered') throw new Refusal('award_state_wrong', { state: part.period });
  const box = (await needs.vault.boxes(tx, [award.id])).get(award.id)!;
  await updateParts(tx, [part.id], {
    waits: 'not_received',
    ...(command.words.trim() && { words_sealed: box.seal(command.words.trim()) }),
  });
  tx.touched('award_part', part.id, 'not_received');
  await needs.desk.open(tx, [
    partTask(needs, tx, { part, kind: 'ask_received', number: award.number, days: RECEIVED_DAYS }),
  ]);
}

async function confirm(
  needs: AwardNeeds,
  tx: Writing,
  given: { part: Part; award: Award; way: NonNullable<Part['confirmedBy']>; words: string },
): Promise<void> {
  const { part, award, way, words } = given;
  if (part.state !== 'delivered') throw new Refusal('award_state_wrong', { state: part.period });
  const box = (await needs.vault.boxes(tx, [award.id])).get(award.id)!;
  await updateParts(tx, [part.id], {
    state: 'confirmed',
    waits: null,
    confirmed_at: tx.now,
    confirmed_by: way,
    confirmed_account_id: tx.actor.accountId,
    ...(words.trim() && { words_sealed: box.seal(words.trim()) }),
  });
  tx.touched('award_part', part.id, `confirm:${way}`);
  await needs.desk.close(tx, [{ subjectId: part.id, kinds: ['ask_received'] }]);
  const round = (await roundsById(tx, [award.roundId])).get(award.roundId)!;
  const isLast = round.definition.cadence === 'once' && award.nextOn === null;
  const isRunning = award.state === 'granted' || award.state === 'paid_elsewhere';
  if (isLast && isRunning) await moveAwards(needs, tx, { awards: [award], move: 'finish' });
}
