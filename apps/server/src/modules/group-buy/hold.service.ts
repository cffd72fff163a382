import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { endGroup, goOn, groupsOf } from './decide.service.ts';
import type { Share } from './group-buy.ts';
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

/** Somebody lets go of a share of hers. */
export interface LeaveCommand {
  shareId: Id;
  accountId: Id;
}
/** `paid`: it cannot simply be left. `left` also when it was before. */
export type LeaveOutcome = 'left' | 'paid' | 'not_found';

/** Lets go of shares that are not paid: their pieces go to who waits next. The same again changes nothing. */
export async function leaveMany(
  needs: GroupBuyNeeds,
  tx: Writing,
  commands: readonly LeaveCommand[],
): Promise<LeaveOutcome[]> {
  const ids = commands.map((one) => one.shareId);
  const known = await listShares(tx, { ids });
  const { shelves, databaseNow } = await lockShelves(
    tx,
    known.map((share) => share.groupId),
  );
  const groups = await groupsOf(tx, shelves);
  const shares = new Map((await listShares(tx, { ids, lock: true })).map((one) => [one.id, one]));
  const left = new Map<Id, Share>();
  const outcomes = commands.map(({ shareId, accountId }): LeaveOutcome => {
    const share = shares.get(shareId);
    if (share?.accountId !== accountId) return 'not_found';
    if (share.paidAt !== null) return 'paid';
    if (share.state !== 'waiting' && share.state !== 'held') return 'left';
    const shelf = shelves.get(share.groupId)!;
    if (share.state === 'waiting') shelf.waiting -= 1;
    else endHold(shelf, share.pieces, false);
    left.set(shareId, share);
    share.state = 'lapsed';
    return 'left';
  });
  await setStates(tx, [...left.keys()], 'lapsed');
  for (const shareId of left.keys()) tx.touched('group_share', shareId, 'left');
  const at = needs.isLive ? databaseNow : tx.now;
  for (const groupId of new Set([...left.values()].map((share) => share.groupId)))
    await goOn(needs, tx, { group: groups.get(groupId)!, shelf: shelves.get(groupId)!, at });
  return outcomes;
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
