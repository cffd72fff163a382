import { Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import type { Award } from './award.ts';
import { lockAward, noteSteps } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listSteps } from './award.store.ts';
import { appealWords, deciderOf, stateWords, tellingWords } from './award.words.ts';
import { mayAppeal } from './ending.service.ts';

type Telling = RouteOutput<(typeof routes)['award']['readAward']>['telling'];
type Steps = Awaited<ReturnType<typeof listSteps>>;

/** Ends of which she is owed the reason; her death and what has all come are none. */
const OWED: readonly Award['state'][] = ['refused', 'stopped', 'moved', 'declined'];

/** When she was told of what was decided last; null when nobody has written down that she was. */
function toldAt(steps: Steps): Date | null {
  const decided = steps.findLastIndex(({ move }) => !['told', 'appeal', 'ask'].includes(move));
  return steps.slice(decided + 1).find(({ move }) => move === 'told')?.at ?? null;
}

/** What somebody is to be told of the decision that ended an award; null when there is none. */
export function tellingOf(
  needs: Pick<AwardNeeds, 'place'>,
  tx: Scoped,
  given: { award: Award; steps: Steps; box: Box | undefined },
): Telling {
  const { award, steps, box } = given;
  if (!OWED.includes(award.state) || !award.reasonSealed || !box) return null;
  const { language } = tx.actor;
  const told = toldAt(steps);
  return {
    reason: box.open(award.reasonSealed),
    answer: award.appeal === 'upheld' && award.answerSealed ? box.open(award.answerSealed) : null,
    decidedBy: deciderOf(award)[language],
    appealTo: appealWords(award)[language],
    mayAppeal: mayAppeal(award),
    deskTelephone: needs.place.area(award.areaId).deskTelephone,
    toldAt: told?.toISOString() ?? null,
    mayNote: tx.actor.role === 'community_worker' && award.accountId === null && told === null,
  };
}

/**
 * Notes that somebody without an account was told of a decision, and how. Refuses `not_found`, and `award_state_wrong`
 * where there is nothing to tell or she was told already.
 */
export async function tell(
  needs: AwardNeeds,
  tx: Writing,
  command: RouteRequest<(typeof routes)['award']['tell']>['body'] & { awardId: Id },
): Promise<void> {
  const { award } = await lockAward(tx, command.awardId, null);
  const steps = await listSteps(tx, award.id);
  if (!OWED.includes(award.state) || award.accountId !== null || toldAt(steps) !== null)
    throw new Refusal('award_state_wrong', { state: stateWords(award.state, tx.actor.language) });
  const note = [tellingWords(command.way), command.note.trim()].filter(Boolean).join('。');
  await noteSteps(needs, tx, { awards: [award], move: 'told', note });
  await needs.desk.close(tx, [{ subjectId: award.id, kinds: ['tell_decision'] }]);
}
