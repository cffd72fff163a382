import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Insertable, type Updateable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Posting } from './settlement.ts';

/** Opens a batch; false when the month is closed already. */
export async function insertBatch(
  tx: Writing,
  row: Insertable<DB['settlement_batch']>,
): Promise<boolean> {
  const added = await tx.db
    .insertInto('settlement_batch')
    .values(row)
    .onConflict((conflict) => conflict.column('month').doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * Writes a batch into what merchants sold before a moment and is in none, and then into what was given back of
 * those sales, and of sales in earlier batches. Two statements: who gives back holds the sale's row, so that
 * the second sees what was given back while the first waited.
 */
export async function freezePostings(tx: Writing, batchId: Id, before: Date): Promise<void> {
  await sql`update sale_posting set batch_id = ${batchId}
    where batch_id is null and refund_id is null and charity_sale_id is null and at < ${before}`.execute(
    tx.db,
  );
  await sql`update sale_posting p set batch_id = ${batchId}
    where p.batch_id is null and p.refund_id is not null and p.charity_sale_id is null
      and exists (select from sale_posting o where o.part_id = p.part_id and o.refund_id is null
        and o.kind = p.kind and o.batch_id is not null
        and (o.batch_id = ${batchId} or p.at < ${before}))`.execute(tx.db);
}

/**
 * What is in a batch, all of it or a merchant's; a return is carried when its sale is in another one. That is found among the
 * rows read: a month has tens of thousands, of which the planner knows nothing yet when they are frozen.
 */
export async function readPostings(
  tx: Scoped,
  chosen: { batchId: Id; merchantId?: Id },
): Promise<Posting[]> {
  const { rows } = await sql<Omit<Posting, 'isCarried'>>`
    select p.id, p.kind, p.part_id as "partId", p.merchant_id as "merchantId", p.place_id as "placeId",
      p.area_id as "areaId", p.amount_fen as "amountFen", p.goods_fen as "goodsFen", p.refund_id as "refundId",
      p.transfer_id as "transferId"
    from sale_posting p
    where p.batch_id = ${chosen.batchId} and p.merchant_id = coalesce(${chosen.merchantId ?? null}::uuid, p.merchant_id)
    order by p.at, p.id`.execute(tx.db);
  const saleOf = ({ kind, partId }: { kind: string; partId: string }) => `${kind} ${partId}`;
  const sold = new Set(rows.filter((row) => row.refundId === null).map(saleOf));
  return rows.map((row) => ({
    ...row,
    isCarried: row.refundId !== null && !sold.has(saleOf(row)),
  }));
}

/** Puts off what a batch could not take: out of it and into the next. */
export async function insertPutOff(
  tx: Writing,
  rows: readonly Insertable<DB['sale_posting']>[],
): Promise<void> {
  if (rows.length > 0)
    await tx.db
      .insertInto('sale_posting')
      .values([...rows])
      .execute();
}

export async function insertSettlements(
  tx: Writing,
  rows: readonly Insertable<DB['settlement']>[],
  places: readonly Insertable<DB['settlement_place']>[],
): Promise<void> {
  await tx.db
    .insertInto('settlement')
    .values([...rows])
    .execute();
  if (places.length > 0)
    await tx.db
      .insertInto('settlement_place')
      .values([...places])
      .execute();
}

/** Settlements with their month: what still has to be paid first, then the newest. Staff, federation, system. */
export async function listSettlements(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; batchId?: Id; lateOn?: PlainDate; proposalIds?: readonly Id[] },
) {
  let query = tx.db
    .selectFrom('settlement')
    .innerJoin('settlement_batch', 'settlement_batch.id', 'settlement.batch_id')
    .selectAll('settlement')
    .select('settlement_batch.month')
    .orderBy((row) => row('settlement.share_state', '=', 'due'), 'desc')
    .orderBy('settlement_batch.month', 'desc')
    .orderBy('settlement.serial');
  if (chosen.ids) query = query.where('settlement.id', 'in', [...chosen.ids]);
  if (chosen.batchId) query = query.where('settlement.batch_id', '=', chosen.batchId);
  if (chosen.proposalIds)
    query = query.where('settlement.proposal_id', 'in', [...chosen.proposalIds]);
  if (chosen.lateOn)
    query = query
      .where('settlement.share_state', '=', 'due')
      .where('settlement.due_on', '<', chosen.lateOn);
  return await query.execute();
}

export type SettlementRow = Awaited<ReturnType<typeof listSettlements>>[number];

/** Locks a settlement; undefined when unknown. */
export async function lockSettlement(tx: Writing, id: Id): Promise<SettlementRow | undefined> {
  const locked = await tx.db
    .selectFrom('settlement')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return locked && (await listSettlements(tx, { ids: [id] }))[0];
}

export async function updateSettlement(
  tx: Writing,
  id: Id,
  change: Updateable<DB['settlement']>,
): Promise<void> {
  await tx.db.updateTable('settlement').set(change).where('id', '=', id).execute();
}

/** Stations of settlements. */
export async function listPlaces(tx: Scoped, settlementIds: readonly Id[]) {
  if (settlementIds.length === 0) return [];
  return await tx.db
    .selectFrom('settlement_place')
    .selectAll()
    .where('settlement_id', 'in', [...settlementIds])
    .orderBy('place_id')
    .execute();
}

export async function setFund(
  tx: Writing,
  row: { settlementId: Id; placeId: Id; fundId: Id },
): Promise<void> {
  await tx.db
    .updateTable('settlement_place')
    .set({ fund_id: row.fundId })
    .where('settlement_id', '=', row.settlementId)
    .where('place_id', '=', row.placeId)
    .execute();
}

/** The earliest month with something that is in no batch, and the months closed. */
export async function readMonths(
  tx: Scoped,
): Promise<{ earliest: string | null; closed: string[] }> {
  const rows = await sql<{ month: string | null }>`
    select to_char(min(at) at time zone 'Asia/Shanghai', 'YYYY-MM') as month
    from sale_posting where batch_id is null and charity_sale_id is null`.execute(tx.db);
  const closed = await tx.db
    .selectFrom('settlement_batch')
    .select('month')
    .orderBy('month')
    .execute();
  return { earliest: rows.rows[0]?.month ?? null, closed: closed.map((row) => row.month) };
}

/** Of parts of orders, those whose share was paid: into which fund, and when. System login. */
export async function readGivenParts(
  tx: Scoped,
  partIds: readonly Id[],
): Promise<Map<Id, { fundId: Id; on: PlainDate }>> {
  if (partIds.length === 0) return new Map();
  const { rows } = await sql<{ partId: Id; fundId: Id; on: PlainDate }>`
    select p.part_id as "partId", t.fund_id as "fundId", s.paid_on as "on"
    from sale_posting p join settlement s on s.batch_id = p.batch_id and s.merchant_id = p.merchant_id
      join settlement_place t on t.settlement_id = s.id and t.place_id = p.place_id
    where p.part_id = any(${[...partIds]}::uuid[]) and p.kind = 'share' and p.refund_id is null
      and s.share_state = 'paid' and t.fund_id is not null
    union all
    select p.part_id, s.target_id, s.paid_on
    from sale_posting p join proceeds_settlement s on s.sale_id = p.charity_sale_id
    where p.part_id = any(${[...partIds]}::uuid[]) and p.kind = 'share' and p.refund_id is null`.execute(
    tx.db,
  );
  return new Map(rows.map(({ partId, ...row }) => [partId, row]));
}
