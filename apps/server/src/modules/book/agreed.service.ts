import { parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { RouteRequest, routes, shapes } from '@wennuan/contract';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { labelIn } from '../fund/index.ts';
import type { BookNeeds } from './book.needs.ts';

type AgreedGiftView = z.output<typeof shapes.agreedGift>;
type Body = RouteRequest<(typeof routes.book)['recordAgreedGift']>['body'];

/**
 * Records a gift by agreement as the accountant types it, with the pictures of its agreement and of the bank's
 * receipt. One transfer is one gift: its reference again is refused (`receipt_recorded`).
 */
export async function recordAgreedGift(
  needs: BookNeeds,
  tx: Writing,
  body: Body,
): Promise<{ giftId: Id }> {
  const { amountYuan, attachmentIds, ...gift } = body;
  const amountFen = parseYuan(amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const [recorded] = await needs.donation.recordAgreedGifts(tx, [{ ...gift, amountFen }]);
  if (!recorded)
    throw new Refusal('receipt_recorded', { reference: gift.bankReference }, 'bankReference');
  await needs.attachment.adopt(tx, attachmentIds, {
    subjectKind: 'gift',
    subjectId: recorded.giftId,
    areaId: null,
    sharedWithFederation: true,
  });
  return recorded;
}

interface AgreedRow {
  id: Id;
  serial: number;
  organization_id: Id;
  target_id: Id;
  amount_fen: number;
  paid_on: string;
  booked_on: string;
  bank_reference: string;
  note: string;
}

async function listAgreed(
  tx: Scoped,
  chosen: { id: Id | null; before: number | null; limit: number },
): Promise<AgreedRow[]> {
  const { rows } = await sql<AgreedRow>`
    select id, serial::int as serial, organization_id, target_id, amount_fen,
      (paid_at at time zone 'Asia/Shanghai')::date as paid_on,
      coalesce(booked_on, (at at time zone 'Asia/Shanghai')::date) as booked_on,
      coalesce(bank_reference, '') as bank_reference, coalesce(booked_note, '') as note
    from gift
    where legal_form = 'agreed_gift' and target_kind = 'fund'
      and (${chosen.id}::uuid is null or id = ${chosen.id})
      and (${chosen.before}::bigint is null or serial < ${chosen.before})
    order by gift.serial desc limit ${chosen.limit}`.execute(tx.db);
  return rows;
}

/** A page of gifts by agreement, newest first. */
export async function readAgreedGifts(
  needs: BookNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
): Promise<{ items: AgreedGiftView[]; next: string | null }> {
  const before = page.after === undefined ? null : Number(page.after) || 0;
  const rows = await listAgreed(tx, { id: null, before, limit: page.limit + 1 });
  const { shown, next } = cutPage(rows, page.limit, (last) => last.serial);
  return {
    items: await agreedViews(needs, tx, shown),
    next,
  };
}

/** One gift by agreement; refuses `not_found`. */
export async function readAgreedGift(
  needs: BookNeeds,
  tx: Scoped,
  giftId: Id,
): Promise<AgreedGiftView> {
  const rows = await listAgreed(tx, { id: giftId, before: null, limit: 1 });
  const [view] = await agreedViews(needs, tx, rows);
  if (!view) throw new Refusal('not_found');
  return view;
}

async function agreedViews(
  needs: BookNeeds,
  tx: Scoped,
  rows: readonly AgreedRow[],
): Promise<AgreedGiftView[]> {
  const names = await needs.organization.names(
    tx,
    rows.map((row) => row.organization_id),
  );
  const purposes = await needs.fund.purposes(
    tx,
    rows.map((row) => row.target_id),
  );
  const pictures = await needs.attachment.of(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    giftId: row.id,
    number: `JZ-${String(row.serial).padStart(8, '0')}`,
    organization: names.get(row.organization_id) ?? '',
    fund: purposes.get(row.target_id)?.label ?? '',
    amountFen: Number(row.amount_fen),
    paidOn: row.paid_on,
    bookedOn: row.booked_on,
    bankReference: row.bank_reference,
    note: labelIn(row.note, tx.actor.language),
    pictures: (pictures.get(row.id) ?? []).map((picture) => picture.id),
  }));
}
