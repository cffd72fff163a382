import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Insertable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Posting } from './settlement.ts';

/** What a charity sale's orders and refunds posted, locked until the end: who gives back waits. System login. */
export async function lockProceeds(tx: Writing, saleId: Id): Promise<Posting[]> {
  await sql`select from sale_posting where charity_sale_id = ${saleId} order by id for update`.execute(
    tx.db,
  );
  const { rows } = await sql<Posting>`
    select p.id, p.kind, p.part_id as "partId", p.merchant_id as "merchantId", p.place_id as "placeId",
      p.area_id as "areaId", p.amount_fen as "amountFen", p.goods_fen as "goodsFen", p.refund_id as "refundId",
      p.transfer_id as "transferId", false as "isCarried"
    from sale_posting p where p.charity_sale_id = ${saleId} order by p.at, p.id`.execute(tx.db);
  return rows;
}

/** Notes that a charity sale is settled; answers the constraint that refused it, else null. System login. */
export async function insertProceeds(
  tx: Writing,
  row: Insertable<DB['proceeds_settlement']>,
): Promise<'sale' | 'reference' | null> {
  const added = await tx.db
    .insertInto('proceeds_settlement')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n) return null;
  const [same] = await listProceeds(tx, [row.sale_id]);
  return same ? 'sale' : 'reference';
}

export interface SettledProceeds {
  saleId: Id;
  number: string;
  netFen: number;
  paidOn: PlainDate;
}

/** Charity sales whose proceeds are in their fund. Every login. */
export async function listProceeds(tx: Scoped, saleIds: readonly Id[]): Promise<SettledProceeds[]> {
  if (saleIds.length === 0) return [];
  return await tx.db
    .selectFrom('proceeds_settlement')
    .select(['sale_id as saleId', 'number', 'net_fen as netFen', 'paid_on as paidOn'])
    .where('sale_id', 'in', [...saleIds])
    .execute();
}
