import { formatYuan, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { type GroupBuy, priceAt } from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { decideRow, listGroups, readSteps } from './group.store.ts';
import { openOrderTask } from './group.tell.ts';
import { endWaiting, grantHolds, listShares, setStates, updateShelves } from './share.store.ts';
import { holdUntil } from './join.service.ts';
import { freePieces, mayDecide, passOn, type Shelf } from './shelf.ts';

/** A shelf under its lock, with its group, at the moment that counts. */
export interface UnderLock {
  group: GroupBuy;
  shelf: Shelf;
  at: Date;
}

/**
 * What follows when pieces became free or were paid: those who wait get what is free, and a group to which nothing more
 * can happen is decided. Writes the shelf; the caller has changed it in memory.
 */
export async function goOn(needs: GroupBuyNeeds, tx: Writing, locked: UnderLock): Promise<void> {
  const { group, shelf, at } = locked;
  const free = freePieces(shelf);
  if (free > 0 && shelf.waiting > 0) {
    const waiting = await listShares(tx, {
      groupIds: [group.id],
      states: ['waiting'],
      limit: free,
      lock: true,
    });
    const granted = passOn(shelf, waiting);
    await grantHolds(tx, granted, holdUntil(group, at));
    const pieces = new Map(granted.map((one) => [one.id, one.pieces]));
    await needs.message.send(
      tx,
      waiting
        .filter((share) => pieces.has(share.id))
        .map((share) => ({
          accountId: share.accountId,
          topic: 'service' as const,
          title: `拼团轮到您了：${group.title}`,
          body: `已为您留出 ${pieces.get(share.id)} ${group.unit}，请在 ${group.holdMinutes} 分钟内付款，过时将让给下一位。`,
          link: `/mall/groups/${group.code}`,
        })),
    );
  }
  if (group.state === 'open' && mayDecide(shelf, at)) await decide(needs, tx, locked);
  await updateShelves(tx, [shelf]);
}

/** Ends the joining: reached at a price, or failed. One state change; where money goes follows from it. */
async function decide(needs: GroupBuyNeeds, tx: Writing, { group, shelf }: UnderLock) {
  const isReached = shelf.paidPieces >= group.minimumPieces;
  const steps = (await readSteps(tx, [group.id])).get(group.id)!;
  const priceFen = isReached ? priceAt(steps, shelf.paidPieces) : null;
  await endGroup(needs, tx, { group, shelf, priceFen, endReason: isReached ? null : 'too_few' });
}

interface End {
  group: GroupBuy;
  shelf: Shelf;
  /** What a piece costs in the end; null when it failed. */
  priceFen: number | null;
  endReason: string | null;
}

/** Writes how a group ended, and tells those who take part. */
export async function endGroup(
  needs: GroupBuyNeeds,
  tx: Writing,
  { group, shelf, priceFen, endReason }: End,
): Promise<void> {
  const state = priceFen === null ? 'failed' : 'reached';
  if (!(await decideRow(tx, { id: group.id, state, priceFen, endReason }))) return;
  shelf.isClosed = true;
  const shares = await listShares(tx, {
    groupIds: [group.id],
    states: ['held', 'paid'],
    lock: true,
  });
  const held = shares.filter((share) => share.state === 'held');
  const paid = shares.filter((share) => share.state === 'paid');
  await setStates(
    tx,
    held.map((share) => share.id),
    'lapsed',
  );
  shelf.heldPieces = 0;
  const waited = await endWaiting(tx, [group.id]);
  shelf.waiting = 0;
  if (state === 'failed')
    await setStates(
      tx,
      paid.map((share) => share.id),
      'returning',
    );
  else await openOrderTask(needs, tx, group);
  tx.touched('group_buy', group.id, state);
  const tell = (accountId: Id, body: string) => ({
    accountId,
    topic: 'service' as const,
    title: state === 'reached' ? `拼团成功：${group.title}` : `拼团未成：${group.title}`,
    body,
    link: `/mall/groups/${group.code}`,
  });
  await needs.message.send(tx, [
    ...paid.map((share) =>
      tell(
        share.accountId,
        priceFen === null
          ? '付款将原路退回，请在拼团页查看进度。'
          : `每${group.unit} ${formatYuan(priceFen)}，多付的部分原路退回。到货后会通知您取货。`,
      ),
    ),
    ...waited.map((accountId) =>
      tell(accountId, state === 'reached' ? '已全部售完，您没有付款。' : '您没有付款，无需处理。'),
    ),
  ]);
}

/** Groups by id with their shelves locked; a group that does not exist is absent. */
export async function groupsOf(
  tx: Writing,
  shelves: ReadonlyMap<Id, Shelf>,
): Promise<Map<Id, GroupBuy>> {
  const groups = await listGroups(tx, { ids: [...shelves.keys()] });
  return new Map(groups.map((group) => [group.id, group]));
}
