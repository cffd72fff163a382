import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ServicePoint } from '../place/index.ts';
import { isIssuable, unitOf, type Shelf } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { readLots } from './goods.store.ts';
import {
  closeTransfer,
  insertTransfer,
  listTransferLines,
  listTransfers,
  type TransferRow,
} from './movement.store.ts';
import { lockLotAt, ownPlace, postPieces } from './stock.service.ts';
import { countArrived, takeInMoves } from './take-in.ts';
import { lotView, namesOf } from './views.ts';

type TransferView = RouteOutput<typeof routes.goods.transfer>;

/**
 * Sends lots to another place: they lie in accounts of their own until taken in there. Refuses
 * `same_place`, `line_twice`, `place_not_yours`, `lot_recalled`, `stock_too_low`.
 */
export async function sendTransfer(
  needs: GoodsNeeds,
  tx: Writing,
  body: z.output<(typeof routes.goods.transfer)['body']>,
): Promise<TransferView> {
  const [again] = await listTransfers(tx, { formId: body.formId });
  if (again) return (await transferViews(needs, tx, [again]))[0]!;
  if (body.fromPlaceId === body.toPlaceId) throw new Refusal('same_place', {}, 'toPlaceId');
  if (new Set(body.lines.map((line) => line.lotId)).size < body.lines.length)
    throw new Refusal('line_twice', {}, 'lines');
  const from = await ownPlace(needs, tx, body.fromPlaceId);
  const to = (await needs.place.servicePoints(tx, [body.toPlaceId])).get(body.toPlaceId);
  if (!to) throw new Refusal('place_unknown', {}, 'toPlaceId');
  const id = needs.newId();
  const lines = [];
  for (const line of body.lines.toSorted((a, b) => (a.lotId < b.lotId ? -1 : 1))) {
    const shelf = await lockLotAt(tx, from.id, line.lotId);
    if (!isIssuable({ ...shelf.lot, expiresOn: null }, dateInShanghai(tx.now)))
      throw new Refusal('lot_recalled', { batch: shelf.lot.batch || shelf.lot.itemName }, 'lines');
    lines.push({ ...line, shelf, accountId: needs.newId() });
  }
  await insertTransfer(
    tx,
    {
      id,
      from_place_id: from.id,
      to_place_id: to.id,
      from_area_id: from.areaId,
      to_area_id: to.areaId,
      state: 'sent',
      sent_at: tx.now,
      sent_by: tx.actor.accountId,
      form_id: body.formId,
    },
    lines.map((line) => ({
      transfer_id: id,
      lot_id: line.lotId,
      account_id: line.accountId,
      sent: line.quantity,
    })),
  );
  await openTransit(needs, tx, { lines, from, to });
  tx.touched('goods_transfer', id);
  const [made] = await listTransfers(tx, { id });
  const view = (await transferViews(needs, tx, [made!]))[0]!;
  await postPieces(
    needs,
    tx,
    lines.map(({ accountId, shelf, quantity }) => ({
      key: `transfer:${accountId}`,
      from: shelf.stock.id,
      to: accountId,
      amount: quantity,
      name: shelf.lot.itemName,
      reason: 'transfer',
      document: { kind: 'goods_transfer', id },
      actor: tx.actor.accountId,
    })),
  );
  return view;
}

/** Accounts of what is on its way between two places. */
async function openTransit(
  needs: GoodsNeeds,
  tx: Writing,
  {
    lines,
    from,
    to,
  }: {
    lines: readonly { accountId: Id; shelf: Shelf }[];
    from: ServicePoint;
    to: ServicePoint;
  },
): Promise<void> {
  await needs.fund.openAccounts(
    tx,
    lines.map(({ accountId, shelf }) => ({
      id: accountId,
      kind: 'inner',
      unit: unitOf(shelf.stock.itemId),
      code: null,
      purpose: {
        kind: 'organization',
        subjectId: to.id,
        label: `${from.name} → ${to.name}（途中）· ${shelf.lot.itemName}`,
        areaId: to.areaId,
        isPublic: false,
      },
    })),
  );
}

/** Takes a transfer in. What is missing is lost on the way, with its reason. */
export async function takeInTransfer(
  needs: GoodsNeeds,
  tx: Writing,
  command: {
    transferId: Id;
    lines: readonly { lotId: Id; received: number }[];
    reason: string;
  },
): Promise<TransferView> {
  const [transfer] = await listTransfers(tx, { id: command.transferId });
  if (!transfer) throw new Refusal('not_found');
  const place = await ownPlace(needs, tx, transfer.to_place_id);
  const [locked] = await listTransfers(tx, { id: transfer.id, lock: true });
  if (locked?.state !== 'sent') throw new Refusal('transfer_received');
  const sent = await listTransferLines(tx, [transfer.id]);
  const arrived = await countArrived(
    tx,
    sent.map((line) => ({ lotId: line.lot_id, accountId: line.account_id, due: line.sent })),
    command,
  );
  await closeTransfer(tx, transfer.id, {
    lines: arrived.map(({ lot, received }) => ({ lotId: lot.id, received })),
    reason: command.reason.trim(),
  });
  const moves = await takeInMoves(needs, tx, {
    place,
    arrived,
    document: { kind: 'goods_transfer', id: transfer.id },
    key: ({ accountId }) => ({ word: 'transfer', id: accountId }),
    reason: 'transfer_in',
  });
  tx.touched('goods_transfer', transfer.id, 'take_in');
  const [after] = await listTransfers(tx, { id: transfer.id });
  const view = (await transferViews(needs, tx, [after!]))[0]!;
  await postPieces(needs, tx, moves);
  return view;
}

/** Transfers as pages show them. */
export async function transferViews(
  needs: GoodsNeeds,
  tx: Scoped,
  rows: readonly TransferRow[],
): Promise<TransferView[]> {
  const lines = await listTransferLines(
    tx,
    rows.map((row) => row.id),
  );
  const lots = await readLots(
    tx,
    lines.map((line) => line.lot_id),
  );
  const places = await needs.place.servicePoints(
    tx,
    rows.flatMap((row) => [row.from_place_id, row.to_place_id]),
  );
  const nameOf = await namesOf(
    needs,
    tx,
    rows.flatMap((row) => [row.sent_by, row.received_by]),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    state: row.state as 'sent' | 'received',
    fromName: places.get(row.from_place_id)!.name,
    toId: row.to_place_id,
    toName: places.get(row.to_place_id)!.name,
    sentAt: row.sent_at.toISOString(),
    sentBy: nameOf(row.sent_by),
    receivedAt: row.received_at?.toISOString() ?? null,
    receivedBy: row.received_by ? nameOf(row.received_by) : null,
    differenceReason: row.reason,
    lines: lines
      .filter((line) => line.transfer_id === row.id)
      .map((line) => ({
        lot: lotView(lots.get(line.lot_id)!),
        sent: line.sent,
        received: line.received,
      })),
  }));
}
