import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteRequest, routes } from '@wennuan/contract';
import type { Writing } from '../../platform/database/database.ts';
import type { Award, Round } from './award.ts';
import { lockAward, moveAwards } from './award.engine.ts';
import type { Move } from './award.moves.ts';
import type { AwardNeeds } from './award.needs.ts';
import { proofsFor } from './award.rules.ts';
import { insertVisit } from './award.store.ts';
import { proofWords } from './award.proofs.ts';

export type VisitInput = RouteRequest<(typeof routes)['award']['visit']>['body'];

const MOVE_OF: Record<VisitInput['outcome'], Move> = {
  met: 'visit',
  away: 'away',
  declined: 'decline',
  died: 'note_death',
  moved: 'note_move',
  not_true: 'refuse',
};

/**
 * Notes a visit and moves the award by what came of it. Met: her consent in its form, and every paper the programme
 * asks for seen and ticked. Not so, or moved: with the reason, which she is told. Refuses `not_found`,
 * `busy_elsewhere`, `award_state_wrong`, `consent_required`, `proof_missing`, `reason_required`, `born_in_future`.
 */
export async function noteVisit(
  needs: AwardNeeds,
  tx: Writing,
  command: VisitInput & { awardId: Id },
): Promise<Award> {
  const { award, round } = await lockAward(tx, command.awardId, command.version);
  const today = dateInShanghai(tx.now);
  if (dateInShanghai(new Date(command.visitedAt)) > today)
    throw new Refusal('input_invalid', {}, 'visitedAt');
  const consentId = command.outcome === 'met' ? await agree(needs, tx, award, command) : null;
  if (command.outcome === 'met') checkProofs(tx, round, command);
  const box = (await needs.vault.boxes(tx, [award.id])).get(award.id)!;
  const seal = (text: string | null) => (text?.trim() ? box.seal(text.trim()) : null);
  const [moved] = await moveAwards(needs, tx, {
    awards: [award],
    move: MOVE_OF[command.outcome],
    note: command.note,
    change:
      command.outcome === 'met'
        ? { visitedAt: new Date(command.visitedAt), visitedBy: tx.actor.accountId }
        : { tries: award.tries + 1 },
  });
  await insertVisit(tx, {
    id: needs.newId(),
    award_id: award.id,
    person_id: award.personId,
    area_id: award.areaId,
    account_id: award.accountId,
    at: command.visitedAt,
    by_account_id: tx.actor.accountId!,
    outcome: command.outcome,
    consent_id: consentId,
    proofs: command.proofs,
    income_check_sealed: seal(command.incomeCheck),
    note_sealed: seal(command.note),
  });
  return moved!;
}

async function agree(
  needs: AwardNeeds,
  tx: Writing,
  award: Award,
  command: VisitInput,
): Promise<Id> {
  if (!command.consentForm) throw new Refusal('consent_required', {}, 'consentForm');
  const [consentId] = await needs.resident.noteConsents(tx, [
    {
      personId: award.personId,
      accountId: null,
      areaId: award.areaId,
      purpose: 'award',
      form: command.consentForm,
      note: command.consentNote,
    },
  ]);
  return consentId!;
}

function checkProofs(tx: Writing, round: Round, command: VisitInput): void {
  const missing = proofsFor(round.definition).filter((proof) => !command.proofs.includes(proof));
  if (missing.length > 0) {
    const papers = missing.map((proof) => proofWords(proof, tx.actor.language));
    const separator = tx.actor.language === 'zh' ? '、' : ', ';
    throw new Refusal('proof_missing', { papers: papers.join(separator) }, 'proofs');
  }
}
