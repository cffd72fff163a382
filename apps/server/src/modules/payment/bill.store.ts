import type { PlainDate } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ChannelCode } from './payment.ts';

/** What came of fetching a day's bill. `differs`: another bill than the one imported before; nothing was taken. */
export type BillState = 'imported' | 'none' | 'away' | 'refused' | 'differs';

export interface BillRow {
  channel: ChannelCode;
  day: PlainDate;
  state: BillState;
  sha256: Buffer | null;
  newGifts: number;
  differences: number;
  note: string | null;
  askedAt: Date;
  tries: number;
}

/** Days of bills since a day, newest first. */
export async function listBills(tx: Scoped, since: PlainDate): Promise<BillRow[]> {
  const rows = await tx.db
    .selectFrom('channel_bill')
    .selectAll()
    .where('day', '>=', since)
    .orderBy('day', 'desc')
    .orderBy('channel')
    .execute();
  return rows.map((row) => ({
    channel: row.channel as ChannelCode,
    day: row.day,
    state: row.state as BillState,
    sha256: row.sha256,
    newGifts: row.new_gifts,
    differences: row.differences,
    note: row.note,
    askedAt: row.asked_at,
    tries: row.tries,
  }));
}

/** Writes down what came of asking for a day's bill; what was imported once stays written beside it. */
export async function noteBill(
  tx: Writing,
  bill: Pick<BillRow, 'channel' | 'day' | 'state'> &
    Partial<Pick<BillRow, 'sha256' | 'newGifts' | 'differences' | 'note'>>,
): Promise<void> {
  const said = {
    state: bill.state,
    ...(bill.sha256 && { sha256: bill.sha256 }),
    ...(bill.newGifts !== undefined && { new_gifts: bill.newGifts }),
    ...(bill.differences !== undefined && { differences: bill.differences }),
    note: bill.note ?? null,
    asked_at: tx.now,
  };
  await tx.db
    .insertInto('channel_bill')
    .values({ channel: bill.channel, day: bill.day, ...said })
    .onConflict((conflict) =>
      conflict
        .columns(['channel', 'day'])
        .doUpdateSet((old) => ({ ...said, tries: old('channel_bill.tries', '+', 1) })),
    )
    .execute();
}
