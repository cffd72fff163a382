import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { CounterRow } from './cash.store.ts';

export interface BoxRow {
  id: Id;
  number: string;
  counterId: Id;
  areaId: number;
  place: string;
  campaignId: Id;
  state: 'sealed' | 'withdrawn';
  sealNumber: string;
  sealedAt: Date;
  sealedBy: Id;
}

/** Boxes the reader may see, by number; `lock` holds one while it is opened (system login). */
export async function listBoxes(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; lock?: boolean } = {},
): Promise<BoxRow[]> {
  let query = tx.db.selectFrom('donation_box').selectAll().orderBy('serial');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.lock) query = query.forNoKeyUpdate();
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    counterId: row.counter_id,
    areaId: row.area_id,
    place: row.place,
    campaignId: row.campaign_id,
    state: row.state as BoxRow['state'],
    sealNumber: row.seal_number,
    sealedAt: row.sealed_at,
    sealedBy: row.sealed_by,
  }));
}

export async function insertBox(
  tx: Writing,
  row: { id: Id; counter: CounterRow; place: string; campaignId: Id; sealNumber: string },
): Promise<void> {
  await tx.db
    .insertInto('donation_box')
    .values({
      id: row.id,
      counter_id: row.counter.id,
      area_id: row.counter.areaId,
      place: row.place,
      campaign_id: row.campaignId,
      state: 'sealed',
      seal_number: row.sealNumber,
      sealed_at: tx.now,
      sealed_by: tx.actor.accountId!,
    })
    .execute();
}

/** Puts a box up again under a new seal, or takes it away. */
export async function resealBox(tx: Writing, id: Id, sealNumber: string | null): Promise<void> {
  await tx.db
    .updateTable('donation_box')
    .set(
      sealNumber === null
        ? { state: 'withdrawn' }
        : {
            state: 'sealed',
            seal_number: sealNumber,
            sealed_at: tx.now,
            sealed_by: tx.actor.accountId!,
          },
    )
    .where('id', '=', id)
    .execute();
}

export interface OpeningRow {
  id: Id;
  boxId: Id;
  openedAt: Date;
  sealFound: string;
  sealIntact: boolean;
  sealNext: string | null;
  counted: Record<string, number>;
  amountFen: number;
  note: string;
  countedBy: Id;
  confirmedBy: Id | null;
  confirmedAt: Date | null;
  giftId: Id | null;
}

/** Openings by id or of boxes, newest first. */
export async function listOpenings(
  tx: Scoped,
  chosen: { ids: readonly Id[] } | { boxIds: readonly Id[] },
): Promise<OpeningRow[]> {
  let query = tx.db.selectFrom('box_opening').selectAll().orderBy('serial', 'desc');
  query =
    'ids' in chosen
      ? query.where('id', '=', anyOf(chosen.ids))
      : query.where('box_id', '=', anyOf(chosen.boxIds));
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    boxId: row.box_id,
    openedAt: row.opened_at,
    sealFound: row.seal_found,
    sealIntact: row.seal_intact,
    sealNext: row.seal_next,
    counted: row.counted as Record<string, number>,
    amountFen: Number(row.amount_fen),
    note: row.note,
    countedBy: row.counted_by,
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at,
    giftId: row.gift_id,
  }));
}

/** Adds an opening; false while another of the box waits for its second person. */
export async function insertOpening(
  tx: Writing,
  row: Pick<
    OpeningRow,
    'id' | 'boxId' | 'sealFound' | 'sealIntact' | 'sealNext' | 'counted' | 'amountFen' | 'note'
  > & { areaId: number },
): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into box_opening (id, box_id, area_id, opened_at, seal_found, seal_intact, seal_next, counted, amount_fen,
      note, counted_by)
    values (${row.id}, ${row.boxId}, ${row.areaId}, ${tx.now}, ${row.sealFound}, ${row.sealIntact}, ${row.sealNext},
      ${JSON.stringify(row.counted)}::jsonb, ${row.amountFen}, ${row.note}, ${tx.actor.accountId})
    on conflict do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

export async function confirmOpening(tx: Writing, id: Id, giftId: Id | null): Promise<void> {
  await tx.db
    .updateTable('box_opening')
    .set({ confirmed_by: tx.actor.accountId, confirmed_at: tx.now, gift_id: giftId })
    .where('id', '=', id)
    .execute();
}
