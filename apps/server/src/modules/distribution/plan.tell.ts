import { addDays, dateInShanghai, instantInShanghai } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { WORKING_DAY_MINUTES } from '../place/index.ts';
import type { Plan } from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';

/** Working minutes in which a second person should have decided: two days. */
const DECIDE_WITHIN_MINUTES = 2 * WORKING_DAY_MINUTES;

/** Opens the task of whoever is to agree: the federation for its own store, else the street. */
export async function openApproveTask(
  needs: DistributionNeeds,
  tx: Writing,
  plan: Plan,
): Promise<void> {
  const store = (await needs.place.servicePoints(tx, [plan.stockPlaceId])).get(plan.stockPlaceId);
  const isDistrict = store !== undefined && needs.place.area(store.areaId).level === 'district';
  const due = (part: number) =>
    needs.place.workingTime.add(tx.now, Math.round(DECIDE_WITHIN_MINUTES * part));
  await needs.desk.open(tx, [
    {
      kind: 'approve',
      subjectKind: 'distribution',
      subjectId: plan.id,
      number: plan.number,
      title: `待审批发放：${plan.name}`,
      detail: null,
      areaId: plan.areaId,
      building: null,
      roles: isDistrict ? ['federation_approver'] : ['street_officer'],
      level: 'street',
      dueAt: due(1),
      warnAt: due(0.5),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

/** The task of the day itself: for the plan, or for a building of it. */
export function dayTask(
  plan: Plan,
  round: { id: string; areaId: number; building: string | null; count: number },
  now: Date,
) {
  const begins = instantInShanghai(plan.onDay);
  const from = begins > now ? begins : instantInShanghai(dateInShanghai(now));
  const dueAt = instantInShanghai(addDays(dateInShanghai(from), 1));
  return {
    kind: 'hand_over' as const,
    subjectKind: 'distribution' as const,
    subjectId: round.id,
    number: plan.number,
    title: `${plan.name}（${round.count}）`,
    detail: null,
    areaId: round.areaId,
    building: round.building,
    roles: ['community_worker' as const],
    level: 'community' as const,
    dueAt,
    warnAt: begins,
    urgent: true,
    askerAccountId: null,
    stageMinutes: 24 * 60,
  };
}

/** A message into the inbox of who made the plan. */
export async function tellMaker(
  needs: DistributionNeeds,
  tx: Writing,
  plan: Plan,
  message: { title: string; body: string },
): Promise<void> {
  if (plan.madeBy === tx.actor.accountId) return;
  await needs.message.send(tx, [
    {
      accountId: plan.madeBy,
      topic: 'service',
      ...message,
      link: `/desk/distributions/${plan.id}`,
      text: null,
    },
  ]);
}
