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

/** Notes that a charity sale is settled; its postings are locked, so that nobody does so twice. System login. */
export async function insertProceeds(
  tx: Writing,
  row: Insertable<DB['proceeds_settlement']>,
): Promise<void> {
  await tx.db.insertInto('proceeds_settlement').values(row).execute();
}

/** A part of a charity sale's proceeds that is in the federation's account. */
export interface ProceedsReceipt {
  saleId: Id;
  bankReference: string;
  amountFen: number;
  paidOn: PlainDate;
}

/** Notes a part; false when its reference was used before. System login. */
export async function insertReceipt(
  tx: Writing,
  receipt: ProceedsReceipt & { id: Id },
): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into proceeds_receipt (id, sale_id, amount_fen, bank_reference, paid_on, noted_at, noted_by)
    select ${receipt.id}, ${receipt.saleId}, ${receipt.amountFen}, ${receipt.bankReference}, ${receipt.paidOn}, ${tx.now},
      ${tx.actor.accountId}
    where not exists (select from proceeds_settlement s where s.bank_reference = ${receipt.bankReference})
    on conflict do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

/** Notes what a part posted, and on which day of the books it stands. System login. */
export async function noteBooked(
  tx: Writing,
  receiptId: Id,
  { bookedOn, transferIds }: { bookedOn: PlainDate; transferIds: Id[] },
): Promise<void> {
  await tx.db
    .updateTable('proceeds_receipt')
    .set({ booked_on: bookedOn, transfer_ids: transferIds })
    .where('id', '=', receiptId)
    .execute();
}

/** Parts of charity sales' proceeds, in order of time. Federation and system login. */
export async function listReceipts(tx: Scoped, saleIds: readonly Id[]): Promise<ProceedsReceipt[]> {
  if (saleIds.length === 0) return [];
  return await tx.db
    .selectFrom('proceeds_receipt')
    .select([
      'sale_id as saleId',
      'bank_reference as bankReference',
      'amount_fen as amountFen',
      'paid_on as paidOn',
    ])
    .where('sale_id', 'in', [...saleIds])
    .orderBy('noted_at')
    .orderBy('id')
    .execute();
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
