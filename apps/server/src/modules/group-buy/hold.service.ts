import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { endGroup, goOn } from './decide.service.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { listGroups } from './group.store.ts';
import { listShares, lockShelves, setStates, updateShelves } from './share.store.ts';
import { endHold } from './shelf.ts';

async function lockGroup(needs: GroupBuyNeeds, tx: Writing, groupId: Id) {
  const { shelves, databaseNow } = await lockShelves(tx, [groupId]);
  const [group] = await listGroups(tx, { ids: [groupId] });
  const shelf = shelves.get(groupId);
  if (!shelf || !group) throw new Refusal('not_found');
  return { group, shelf, at: needs.isLive ? databaseNow : tx.now };
}

/** Groups in which a hold is over or that may be decided now. */
export async function dueGroups(tx: Writing): Promise<Id[]> {
  const over = await listShares(tx, { states: ['held'], heldBefore: tx.now });
  const closing = await listGroups(tx, { states: ['open'], closedBefore: tx.now });
  return [...new Set([...over.map((one) => one.groupId), ...closing.map((one) => one.id)])];
}

/** Ends the holds of a group that are over, passes their pieces on to those who wait, and decides it when it is time. */
export async function endHolds(needs: GroupBuyNeeds, tx: Writing, groupId: Id): Promise<void> {
  const locked = await lockGroup(needs, tx, groupId);
  const over = await listShares(tx, {
    groupIds: [groupId],
    states: ['held'],
    heldBefore: locked.at,
    lock: true,
  });
  await setStates(
    tx,
    over.map((share) => share.id),
    'lapsed',
  );
  for (const share of over) endHold(locked.shelf, share.pieces, false);
  await goOn(needs, tx, locked);
}

/**
 * Lets go of a share that is not paid: its pieces go to who waits next. The same again changes nothing; refuses
 * `group_share_paid` for one that is paid.
 */
export async function leave(
  needs: GroupBuyNeeds,
  tx: Writing,
  { shareId, accountId }: { shareId: Id; accountId: Id },
): Promise<void> {
  const [known] = await listShares(tx, { ids: [shareId], accountId });
  if (!known) throw new Refusal('not_found');
  const locked = await lockGroup(needs, tx, known.groupId);
  const [share] = await listShares(tx, { ids: [shareId], lock: true });
  if (share!.state === 'waiting') locked.shelf.waiting -= 1;
  else if (share!.state === 'held') endHold(locked.shelf, share!.pieces, false);
  else if (share!.paidAt === null) return;
  else throw new Refusal('group_share_paid');
  await setStates(tx, [shareId], 'lapsed');
  tx.touched('group_share', shareId, 'left');
  await goOn(needs, tx, locked);
}

/** Ends an open group by the station's word: it failed, and each payment goes back. */
export async function callOff(
  needs: GroupBuyNeeds,
  tx: Writing,
  { groupId, reason }: { groupId: Id; reason: string },
): Promise<void> {
  const { group, shelf } = await lockGroup(needs, tx, groupId);
  if (group.state !== 'open') throw new Refusal('group_not_open');
  await endGroup(needs, tx, { group, shelf, priceFen: null, endReason: reason });
  await updateShelves(tx, [shelf]);
}
