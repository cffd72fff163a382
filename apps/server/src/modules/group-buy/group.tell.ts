import type { Writing } from '../../platform/database/database.ts';
import type { GroupBuy } from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';

const ORDER_WITHIN_MINUTES = 8 * 60;
const CHASE_WITHIN_MINUTES = 3 * 8 * 60;

/** Asks the desk to order what was joined for. */
export async function openOrderTask(
  needs: GroupBuyNeeds,
  tx: Writing,
  group: GroupBuy,
): Promise<void> {
  await openTask(needs, tx, { group, kind: 'group_order', minutes: ORDER_WITHIN_MINUTES });
}

/** Asks the desk to reach those who did not fetch their share. */
export async function openChaseTask(
  needs: GroupBuyNeeds,
  tx: Writing,
  group: GroupBuy,
): Promise<void> {
  await openTask(needs, tx, { group, kind: 'group_collect', minutes: CHASE_WITHIN_MINUTES });
}

interface Asked {
  group: GroupBuy;
  kind: 'group_order' | 'group_collect';
  minutes: number;
}

async function openTask(needs: GroupBuyNeeds, tx: Writing, { group, kind, minutes }: Asked) {
  await needs.desk.open(tx, [
    {
      kind,
      subjectKind: 'group_buy',
      subjectId: group.id,
      number: group.number,
      title: group.title,
      detail: null,
      areaId: group.areaId,
      building: null,
      roles: ['community_worker'],
      level: 'community',
      dueAt: needs.place.workingTime.add(tx.now, minutes),
      warnAt: needs.place.workingTime.add(tx.now, minutes / 2),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}
