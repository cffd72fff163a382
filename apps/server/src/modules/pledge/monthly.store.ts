import type { Id, PlainDate } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export interface MonthlyRow {
  id: Id;
  accountId: Id;
  campaignId: Id;
  amountFen: number;
  dayOfMonth: number;
  publicName: string | null;
  state: 'running' | 'ended';
  startedOn: PlainDate;
  endedOn: PlainDate | null;
  formId: Id;
}

/** Monthly gifts the reader may see, newest first; `notAskedIn` those running that were not asked in a month. */
export async function listMonthly(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; notAskedIn?: string },
): Promise<MonthlyRow[]> {
  let query = tx.db.selectFrom('monthly_gift as m').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  const month = chosen.notAskedIn;
  if (month !== undefined)
    query = query
      .where('state', '=', 'running')
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('monthly_turn as t')
              .select('t.id')
              .whereRef('t.monthly_gift_id', '=', 'm.id')
              .where('t.month', '=', month),
          ),
        ),
      );
  return (await query.execute()).map((row) => ({
    id: row.id,
    accountId: row.account_id,
    campaignId: row.campaign_id,
    amountFen: Number(row.amount_fen),
    dayOfMonth: row.day_of_month,
    publicName: row.public_name,
    state: row.state as MonthlyRow['state'],
    startedOn: row.started_on,
    endedOn: row.ended_on,
    formId: row.form_id,
  }));
}

export async function insertMonthly(
  tx: Writing,
  row: Omit<MonthlyRow, 'state' | 'endedOn'>,
): Promise<void> {
  await tx.db
    .insertInto('monthly_gift')
    .values({
      id: row.id,
      account_id: row.accountId,
      campaign_id: row.campaignId,
      amount_fen: row.amountFen,
      day_of_month: row.dayOfMonth,
      public_name: row.publicName,
      started_on: row.startedOn,
      form_id: row.formId,
    })
    .execute();
}

/** Ends monthly gifts. */
export async function endMonthlyGifts(
  tx: Writing,
  ids: readonly Id[],
  on: PlainDate,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('monthly_gift')
    .set({ state: 'ended', ended_on: on })
    .where('id', '=', anyOf(ids))
    .execute();
}

/** Notes that a month was asked about; once for each. System login. */
export async function addTurns(
  tx: Writing,
  turns: readonly { id: Id; monthlyId: Id; accountId: Id }[],
  month: string,
): Promise<void> {
  if (turns.length === 0) return;
  await tx.db
    .insertInto('monthly_turn')
    .values(
      turns.map((turn) => ({
        id: turn.id,
        monthly_gift_id: turn.monthlyId,
        account_id: turn.accountId,
        month,
        asked_at: tx.now,
      })),
    )
    .execute();
}

export interface TurnRow {
  id: Id;
  monthlyId: Id;
  month: string;
  askedAt: Date;
  isSkipped: boolean;
  /** The gift that was begun for it. */
  giftId: Id | null;
  /** True once that gift has arrived. */
  isGiven: boolean;
}

function selectTurns(tx: Scoped) {
  return tx.db
    .selectFrom('monthly_turn as t')
    .leftJoin('gift as g', 'g.id', 't.gift_id')
    .select(['t.id', 't.monthly_gift_id', 't.month', 't.asked_at', 't.skipped_at', 't.gift_id'])
    .select('g.id as received_id');
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectTurns>['execute']>>[number];

const turnOf = (row: Selected): TurnRow => ({
  id: row.id,
  monthlyId: row.monthly_gift_id,
  month: row.month,
  askedAt: row.asked_at,
  isSkipped: row.skipped_at !== null,
  giftId: row.gift_id,
  isGiven: row.received_id !== null,
});

/** Every month asked of monthly gifts, newest first. */
export async function listTurns(
  tx: Scoped,
  monthlyIds: readonly Id[],
): Promise<Map<Id, TurnRow[]>> {
  const rows = await selectTurns(tx)
    .where('t.monthly_gift_id', '=', anyOf(monthlyIds))
    .orderBy('t.month', 'desc')
    .execute();
  return Map.groupBy(rows.map(turnOf), (turn) => turn.monthlyId);
}

/** One month the caller may see; null for others. */
export async function findTurn(tx: Scoped, id: Id): Promise<TurnRow | null> {
  const row = await selectTurns(tx).where('t.id', '=', id).executeTakeFirst();
  return row ? turnOf(row) : null;
}

/** Notes which gift was begun for a month. */
export async function noteTurnGift(tx: Writing, id: Id, giftId: Id): Promise<void> {
  await tx.db.updateTable('monthly_turn').set({ gift_id: giftId }).where('id', '=', id).execute();
}

/** Leaves a month out. */
export async function skipTurn(tx: Writing, id: Id): Promise<void> {
  await tx.db
    .updateTable('monthly_turn')
    .set({ skipped_at: tx.now })
    .where('id', '=', id)
    .execute();
}
