import { addDays, dateInShanghai, instantInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import { hold, releaseHolds } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { edge } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { readLots } from './goods.store.ts';
import {
  closeWriteOff,
  insertWriteOff,
  listWriteOffs,
  type WriteOffRow,
} from './movement.store.ts';
import { lockLotAt, openEdges, ownPlace, postPieces } from './stock.service.ts';
import { lotView, namesOf } from './views.ts';

type WriteOffView = RouteOutput<typeof routes.goods.decideWriteOff>;

/** How long pieces are held for a word that does not come. */
const HELD_DAYS = 365;

/**
 * Proposes to write pieces off: they are held, so that nobody issues them, until a second person has
 * decided. Refuses `stock_too_low`, `place_not_yours`.
 */
export async function proposeWriteOff(
  needs: GoodsNeeds,
  tx: Writing,
  body: z.output<(typeof routes.goods.proposeWriteOff)['body']>,
): Promise<WriteOffView> {
  const [again] = await listWriteOffs(tx, { formId: body.formId });
  if (again) return (await writeOffViews(needs, tx, [again]))[0]!;
  const place = await ownPlace(needs, tx, body.placeId);
  const { stock, lot } = await lockLotAt(tx, place.id, body.lotId);
  const id = needs.newId();
  await insertWriteOff(tx, {
    id,
    stock_id: stock.id,
    lot_id: lot.id,
    place_id: place.id,
    area_id: place.areaId,
    quantity: body.quantity,
    cause: body.cause,
    note: body.note,
    state: 'proposed',
    proposed_at: tx.now,
    proposed_by: tx.actor.accountId!,
    form_id: body.formId,
  });
  await needs.attachment.adopt(tx, body.attachmentIds, {
    subjectKind: 'goods_write_off',
    subjectId: id,
    areaId: place.areaId,
  });
  tx.touched('goods_write_off', id);
  const [made] = await listWriteOffs(tx, { id });
  const view = (await writeOffViews(needs, tx, [made!]))[0]!;
  const [outcome] = await hold(tx.sql, {
    holds: [
      {
        key: `write_off:${id}`,
        account: stock.id,
        amount: body.quantity,
        until: instantInShanghai(addDays(dateInShanghai(tx.now), HELD_DAYS)),
        document: { kind: 'goods_write_off', id },
        actor: tx.actor.accountId,
      },
    ],
    at: tx.now,
  });
  if (outcome?.status === 'refused') {
    if (outcome.refusal !== 'balance_too_low') throw new Error(`not held: ${outcome.refusal}`);
    throw new Refusal(
      'stock_too_low',
      { name: lot.itemName, needed: body.quantity, available: outcome.available ?? 0 },
      'quantity',
    );
  }
  return view;
}

/** The second person's word: written off, or free again. Refuses who proposed it. */
export async function decideWriteOff(
  needs: GoodsNeeds,
  tx: Writing,
  command: { writeOffId: Id; agree: boolean },
): Promise<WriteOffView> {
  const [known] = await listWriteOffs(tx, { id: command.writeOffId });
  if (!known) throw new Refusal('not_found');
  await ownPlace(needs, tx, known.place_id);
  const [row] = await listWriteOffs(tx, { id: known.id, lock: true });
  if (row?.state !== 'proposed') throw new Refusal('approval_closed');
  if (row.proposed_by === tx.actor.accountId) throw new Refusal('second_person_required');
  const lot = (await readLots(tx, [row.lot_id])).get(row.lot_id)!;
  await closeWriteOff(tx, row.id, command.agree ? 'booked' : 'refused');
  tx.touched('goods_write_off', row.id, command.agree ? 'agree' : 'refuse');
  if (command.agree) await openEdges(needs, tx, [{ kind: 'lost', itemId: lot.itemId }]);
  const [after] = await listWriteOffs(tx, { id: row.id });
  const view = (await writeOffViews(needs, tx, [after!]))[0]!;
  const key = `write_off:${row.id}`;
  if (!command.agree) await releaseHolds(tx.sql, { keys: [key], at: tx.now });
  else
    await postPieces(needs, tx, [
      {
        key,
        from: row.stock_id,
        to: edge('lost', lot.itemId),
        amount: row.quantity,
        hold: key,
        name: lot.itemName,
        reason: 'write_off',
        document: { kind: 'goods_write_off', id: row.id },
        actor: tx.actor.accountId,
      },
    ]);
  return view;
}

/** Write-offs as pages show them. */
export async function writeOffViews(
  needs: GoodsNeeds,
  tx: Scoped,
  rows: readonly WriteOffRow[],
): Promise<WriteOffView[]> {
  const lots = await readLots(
    tx,
    rows.map((row) => row.lot_id),
  );
  const places = await needs.place.servicePoints(
    tx,
    rows.map((row) => row.place_id),
  );
  const pictures = await needs.attachment.of(
    tx,
    rows.map((row) => row.id),
  );
  const nameOf = await namesOf(
    needs,
    tx,
    rows.flatMap((row) => [row.proposed_by, row.decided_by]),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    state: row.state as WriteOffView['state'],
    lot: lotView(lots.get(row.lot_id)!),
    placeName: places.get(row.place_id)!.name,
    quantity: row.quantity,
    cause: row.cause as WriteOffView['cause'],
    note: row.note,
    proposedBy: nameOf(row.proposed_by),
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_by ? nameOf(row.decided_by) : null,
    mayDecide: row.state === 'proposed' && row.proposed_by !== tx.actor.accountId,
    pictures: pictures.get(row.id) ?? [],
  }));
}
