import type { Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import QRCode from 'qrcode';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { type GroupBuy, pickUpCodes, priceAt, priceOnJoining, type Share } from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { countRefunds, countShares, listGroups, readSteps } from './group.store.ts';
import { listRefused, type RefusedRefund } from './refund.store.ts';
import { realNumbers } from './seller.service.ts';
import { countAhead, readShelves } from './share.store.ts';

export type GroupCard = z.output<typeof shapes.groupCard>;
export type GroupPage = z.output<typeof shapes.groupPage>;
export type OwnShare = z.output<typeof shapes.ownGroupShare>;

/** Group-buys as cards: progress, price, how long. */
export async function groupCards(
  needs: GroupBuyNeeds,
  tx: Scoped,
  groups: readonly GroupBuy[],
): Promise<GroupCard[]> {
  const ids = groups.map((group) => group.id);
  const shelves = await readShelves(tx, ids);
  const steps = await readSteps(tx, ids);
  const places = await needs.place.servicePoints(
    tx,
    groups.map((group) => group.placeId),
  );
  return groups.map((group) => {
    const shelf = shelves.get(group.id)!;
    return {
      ...group,
      placeName: places.get(group.placeId)!.name,
      area: needs.place.ref(group.areaId),
      paidPieces: shelf.paidPieces,
      heldPieces: shelf.heldPieces,
      waiting: shelf.waiting,
      opensAt: group.opensAt.toISOString(),
      closesAt: group.closesAt.toISOString(),
      steps: steps.get(group.id)!,
      priceFen: group.priceFen ?? priceAt(steps.get(group.id)!, shelf.paidPieces),
    };
  });
}

/** Group-buys in the station's list: what is to be fetched, what goes back. */
export async function groupRows(
  needs: GroupBuyNeeds,
  tx: Scoped,
  groups: readonly GroupBuy[],
): Promise<z.output<typeof shapes.groupRow>[]> {
  const ids = groups.map((group) => group.id);
  const counts = Map.groupBy(await countShares(tx, ids), (row) => row.groupId);
  const refunds = await countRefunds(tx, ids);
  const sharesIn = (id: Id, state: string) =>
    (counts.get(id) ?? []).find((row) => row.state === state)?.shares ?? 0;
  return (await groupCards(needs, tx, groups)).map((card) => ({
    ...card,
    toFetch: sharesIn(card.id, 'paid'),
    pickedUp: sharesIn(card.id, 'picked_up'),
    refundsUnderWay: refunds.get(card.id)?.underWay ?? 0,
    refundsDone: refunds.get(card.id)?.done ?? 0,
  }));
}

/** A group-buy as everybody may see it: counts, never who. `origin` is this site's address. */
export async function groupPage(
  needs: GroupBuyNeeds,
  tx: Scoped,
  { group, origin }: { group: GroupBuy; origin: string },
): Promise<GroupPage> {
  const [card] = await groupCards(needs, tx, [group]);
  const refunds = (await countRefunds(tx, [group.id])).get(group.id);
  const place = (await needs.place.servicePoints(tx, [group.placeId])).get(group.placeId)!;
  const shareLink = `${origin}/mall/groups/${group.code}`;
  return {
    ...card!,
    description: group.description,
    placeAddress: place.address,
    householdPieces: group.householdPieces,
    holdMinutes: group.holdMinutes,
    joiningFen: priceOnJoining(card!.steps),
    promiseFen: await needs.promiseFen(tx, group.merchantId, card!.priceFen),
    endReason: group.endReason,
    refundsUnderWay: refunds?.underWay ?? 0,
    refundsDone: refunds?.done ?? 0,
    shareLink,
    shareQr: await QRCode.toString(shareLink, { type: 'svg', margin: 1 }),
    asOf: tx.now.toISOString(),
  };
}

/** Shares as their own neighbours see them, in the order given. */
export async function ownShares(
  needs: GroupBuyNeeds,
  tx: Scoped,
  shares: readonly Share[],
): Promise<OwnShare[]> {
  const groups = new Map(
    (await listGroups(tx, { ids: shares.map((share) => share.groupId) })).map((group) => [
      group.id,
      group,
    ]),
  );
  const steps = await readSteps(tx, [...groups.keys()]);
  const places = await needs.place.servicePoints(
    tx,
    [...groups.values()].map((group) => group.placeId),
  );
  const codes = pickUpCodes(needs.vault.hash);
  const held = shares.filter((share) => share.state === 'held');
  const real = await realNumbers(
    needs,
    tx,
    held.map((share) => groups.get(share.groupId)!.merchantId),
  );
  const returning = shares.filter((share) => share.paidAt !== null).map((share) => share.id);
  const refused = new Set(
    (await listRefused(tx, { shareIds: returning, limit: returning.length })).map(
      (one) => one.shareId,
    ),
  );
  const views: OwnShare[] = [];
  for (const share of shares) {
    const group = groups.get(share.groupId)!;
    const place = places.get(group.placeId)!;
    const toFetch = share.state === 'paid' && group.state !== 'failed';
    const pickUpCode = toFetch ? codes.of(group, share) : null;
    views.push({
      id: share.id,
      groupCode: group.code,
      title: group.title,
      unit: group.unit,
      placeName: place.name,
      placeAddress: place.address,
      pickUpOn: group.pickUpOn,
      pickUpHours: group.pickUpHours,
      groupState: group.state,
      state: stateOf(share),
      pieces: share.pieces,
      wanted: share.wanted,
      joinedAt: share.joinedAt.toISOString(),
      ahead: share.state === 'waiting' ? await countAhead(tx, share) : null,
      heldUntil: share.heldUntil?.toISOString() ?? null,
      isReal: share.state === 'held' && real.has(group.merchantId),
      toPayFen: share.state === 'held' ? share.pieces * priceOnJoining(steps.get(group.id)!) : 0,
      paidFen: share.paidFen,
      backFen: backFen(share, group),
      isBackRefused: refused.has(share.id),
      pickUpCode,
      pickUpQr: pickUpCode && (await QRCode.toString(pickUpCode, { type: 'svg', margin: 1 })),
    });
  }
  return views;
}

/** A share's state in words of the page: who was reminded is told so. */
export function stateOf(share: Share): OwnShare['state'] {
  return share.state === 'paid' && share.chasedAt ? 'chased' : share.state;
}

function backFen(share: Share, group: GroupBuy): number {
  if (share.state === 'returning' || share.state === 'returned') return share.paidFen;
  if (share.paidAt === null || group.priceFen === null) return 0;
  return share.paidFen - share.pieces * group.priceFen;
}

/** Shares as the station sees them: by place, with a name to call. */
export async function stationShares(
  needs: GroupBuyNeeds,
  tx: Scoped,
  shares: readonly Share[],
): Promise<z.output<typeof shapes.stationShare>[]> {
  const names = await needs.access.names(
    tx,
    shares.map((share) => share.accountId),
  );
  return shares.map((share) => ({
    id: share.id,
    place: share.place,
    name: names.get(share.accountId) ?? '—',
    pieces: share.pieces,
    state: stateOf(share),
    paidFen: share.paidFen,
    pickedUpAt: share.pickedUpAt?.toISOString() ?? null,
    pickUpNote: share.pickUpNote,
    chasedAt: share.chasedAt?.toISOString() ?? null,
  }));
}

/** Refused refunds as the station and the federation see them. */
export function refusedRefunds(
  rows: readonly RefusedRefund[],
): z.output<typeof shapes.refusedGroupRefund>[] {
  return rows.map(({ shareId: _shareId, ...one }) => ({
    ...one,
    askedAt: one.askedAt.toISOString(),
  }));
}
