import { Refusal, type Id } from '@wennuan/basics';
import type { RouteRequest, routes } from '@wennuan/contract';
import type { Writing } from '../../platform/database/database.ts';
import {
  confirmOpening as markConfirmed,
  insertBox,
  insertOpening,
  listBoxes,
  listOpenings,
  resealBox,
} from './box.store.ts';
import { type Counted, countedFen, mustBeAnother, plainCount, plainSeal } from './cash.ts';
import type { CashNeeds } from './cash.needs.ts';
import { insertCashGift, listCounters } from './cash.store.ts';

type SealBody = RouteRequest<(typeof routes.cash)['sealBox']>['body'];
type OpenBody = RouteRequest<(typeof routes.cash)['openBox']>['body'];

/** Puts up a sealed box for a campaign that may take gifts in public. System login. */
export async function sealBox(needs: CashNeeds, tx: Writing, body: SealBody): Promise<Id> {
  const [counter] = await listCounters(tx, { ids: [body.counterId] });
  if (!counter) throw new Refusal('not_found', {}, 'counterId');
  const open = await needs.donation.cashPurposes(tx, []);
  if (!open.some((one) => one.kind === 'campaign' && one.id === body.campaignId))
    throw new Refusal('campaign_not_open', {}, 'campaignId');
  const id = needs.newId();
  const { place, campaignId, sealNumber } = body;
  await insertBox(tx, { id, counter, place, campaignId, sealNumber });
  tx.touched('donation_box', id, sealNumber);
  return id;
}

/**
 * Opens a box: its seal as it was found, what the first person counted, the photographed protocol. Nothing is
 * booked before a second person has counted too. Refuses `box_not_sealed`, `box_opening_waits`,
 * `seal_note_required`. System login; the pictures are the caller's (`adoptProtocol`).
 */
export async function openBox(
  needs: CashNeeds,
  tx: Writing,
  command: Omit<OpenBody, 'attachmentIds'> & { boxId: Id },
): Promise<{ openingId: Id; areaId: number }> {
  const [box] = await listBoxes(tx, { ids: [command.boxId], lock: true });
  if (!box) throw new Refusal('not_found');
  if (box.state !== 'sealed') throw new Refusal('box_not_sealed');
  const note = command.note.trim();
  const isWhole = command.sealIntact && plainSeal(command.sealFound) === plainSeal(box.sealNumber);
  if (!isWhole && note === '')
    throw new Refusal('seal_note_required', { seal: box.sealNumber }, 'note');
  const id = needs.newId();
  const added = await insertOpening(tx, {
    id,
    boxId: box.id,
    areaId: box.areaId,
    sealFound: command.sealFound,
    sealIntact: command.sealIntact,
    sealNext: command.sealNext || null,
    counted: plainCount(command.counted),
    amountFen: countedFen(command.counted),
    note,
  });
  if (!added) throw new Refusal('box_opening_waits');
  tx.touched('box_opening', id, command.sealFound);
  return { openingId: id, areaId: box.areaId };
}

/**
 * The second person's count. When it is the first one's, note by note, the money is one anonymous gift, and the
 * box is put up again under its next seal or taken away. Refuses `second_person_required`,
 * `cash_count_differs`. Posts: call it last. System login.
 */
export async function confirmOpening(
  needs: CashNeeds,
  tx: Writing,
  command: { openingId: Id; counted: Counted },
): Promise<Id> {
  const [seen] = await listOpenings(tx, { ids: [command.openingId] });
  if (!seen) throw new Refusal('not_found');
  const [box] = await listBoxes(tx, { ids: [seen.boxId], lock: true });
  const [opening] = await listOpenings(tx, { ids: [command.openingId] });
  if (!box || !opening || opening.confirmedBy !== null) throw new Refusal('not_found');
  mustBeAnother(opening.countedBy, tx.actor.accountId);
  if (!isSameCount(plainCount(command.counted), opening.counted))
    throw new Refusal('cash_count_differs', {}, 'counted');
  const [counter] = await listCounters(tx, { ids: [box.counterId] });
  await resealBox(tx, box.id, opening.sealNext);
  tx.touched('box_opening', opening.id, 'confirmed');
  if (opening.amountFen === 0) {
    await markConfirmed(tx, opening.id, null);
    return box.id;
  }
  const { giftId } = await needs.donation.recordHandGift(tx, {
    // One opening is one gift, whatever is sent twice.
    formId: opening.id,
    channel: 'box',
    target: { kind: 'campaign', id: box.campaignId },
    amountFen: opening.amountFen,
    paidAt: opening.openedAt,
    giverName: null,
    hideFromPublic: true,
    giverId: null,
    bankReference: null,
    booking: null,
    // It was put into the box while the campaign was open: money that has come is always taken.
    alreadyCollected: true,
  });
  await markConfirmed(tx, opening.id, giftId);
  await insertCashGift(tx, {
    giftId,
    counter: counter!,
    boxOpeningId: opening.id,
    amountFen: opening.amountFen,
  });
  return box.id;
}

function isSameCount(a: Record<string, number>, b: Record<string, number>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => (a[key] ?? 0) === (b[key] ?? 0));
}
