import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Instalment } from './pledge.ts';

export interface PledgeRow {
  id: Id;
  serial: number;
  number: string;
  campaignId: Id;
  publicName: string | null;
  amountFen: number;
  state: 'open' | 'released';
  promisedAt: Date;
}

interface Chosen {
  ids?: readonly Id[];
  campaignId?: Id;
  before?: number | undefined;
  limit?: number;
}

/** Pledges the reader may see, newest first. */
export async function listPledges(tx: Scoped, chosen: Chosen): Promise<PledgeRow[]> {
  let query = tx.db
    .selectFrom('pledge')
    .select(['id', 'serial', 'number', 'campaign_id', 'public_name', 'amount_fen', 'state'])
    .select('promised_at')
    .orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.campaignId) query = query.where('campaign_id', '=', chosen.campaignId);
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  return (await query.execute()).map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    campaignId: row.campaign_id,
    publicName: row.public_name,
    amountFen: Number(row.amount_fen),
    state: row.state as PledgeRow['state'],
    promisedAt: row.promised_at,
  }));
}

/** What only both sides know of pledges: agreement, why it was released, who promised. */
export async function listPrivate(
  tx: Scoped,
  ids: readonly Id[],
): Promise<
  Map<
    Id,
    {
      agreementNumber: string | null;
      releasedReason: string | null;
      accountId: Id | null;
      organizationId: Id | null;
    }
  >
> {
  const rows = await tx.db
    .selectFrom('pledge')
    .select(['id', 'agreement_number', 'released_reason', 'account_id', 'organization_id'])
    .where('id', '=', anyOf(ids))
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        agreementNumber: row.agreement_number,
        releasedReason: row.released_reason,
        accountId: row.account_id,
        organizationId: row.organization_id,
      },
    ]),
  );
}

/** The instalments of pledges. */
export async function listInstalments(
  tx: Scoped,
  pledgeIds: readonly Id[],
): Promise<Map<Id, Instalment[]>> {
  const rows = await tx.db
    .selectFrom('pledge_instalment')
    .select(['pledge_id', 'place', 'due_on', 'amount_fen'])
    .where('pledge_id', '=', anyOf(pledgeIds))
    .orderBy('place')
    .execute();
  return Map.groupBy(
    rows.map((row) => ({
      pledgeId: row.pledge_id,
      place: row.place,
      dueOn: row.due_on,
      amountFen: Number(row.amount_fen),
    })),
    (one) => one.pledgeId,
  );
}

/** What of pledges has been given so far, by gifts that arrived. */
export async function sumGiven(
  tx: Scoped,
  pledgeIds: readonly Id[],
): Promise<Map<Id, { gifts: number; givenFen: number }>> {
  const { rows } = await sql<{ pledge_id: Id; gifts: number; given_fen: number }>`
    select * from pledge_given(${pledgeIds}::uuid[])`.execute(tx.db);
  return new Map(
    rows.map((row) => [row.pledge_id, { gifts: row.gifts, givenFen: Number(row.given_fen) }]),
  );
}

export interface NewPledge {
  id: Id;
  campaignId: Id;
  accountId: Id | null;
  organizationId: Id | null;
  publicName: string | null;
  amountFen: number;
  agreementNumber: string | null;
  formId: Id;
  instalments: readonly Instalment[];
}

/** Adds a pledge with its instalments. */
export async function insertPledge(tx: Writing, row: NewPledge): Promise<void> {
  await tx.db
    .insertInto('pledge')
    .values({
      id: row.id,
      campaign_id: row.campaignId,
      account_id: row.accountId,
      organization_id: row.organizationId,
      public_name: row.publicName,
      amount_fen: row.amountFen,
      agreement_number: row.agreementNumber,
      promised_at: tx.now,
      form_id: row.formId,
    })
    .execute();
  await tx.db
    .insertInto('pledge_instalment')
    .values(
      row.instalments.map((one) => ({
        pledge_id: row.id,
        place: one.place,
        due_on: one.dueOn,
        amount_fen: one.amountFen,
      })),
    )
    .execute();
}

/** The pledge a form made before, as far as the caller may see it; null when there is none. */
export async function findByForm(tx: Scoped, formId: Id): Promise<Id | null> {
  const row = await tx.db
    .selectFrom('pledge')
    .select('id')
    .where('form_id', '=', formId)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Ends a pledge that will not be kept. */
export async function releasePledge(tx: Writing, id: Id, reason: string): Promise<void> {
  await tx.db
    .updateTable('pledge')
    .set({ state: 'released', released_reason: reason })
    .where('id', '=', id)
    .execute();
}

/** Counts a gift towards a pledge; false when it counts towards one already. */
export async function insertLink(
  tx: Writing,
  link: { giftId: Id; pledgeId: Id },
): Promise<boolean> {
  const result = await tx.db
    .insertInto('pledge_gift')
    .values({
      gift_id: link.giftId,
      pledge_id: link.pledgeId,
      linked_at: tx.now,
      linked_by: tx.actor.accountId,
    })
    .onConflict((conflict) => conflict.column('gift_id').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

export interface DueInstalment {
  pledgeId: Id;
  place: number;
  dueOn: PlainDate;
  isReminded: boolean;
}

/** Instalments of open pledges that are due by a day and were not yet found overdue. System login. */
export async function listDue(tx: Scoped, until: PlainDate): Promise<DueInstalment[]> {
  const rows = await tx.db
    .selectFrom('pledge_instalment as i')
    .innerJoin('pledge as p', 'p.id', 'i.pledge_id')
    .select(['i.pledge_id', 'i.place', 'i.due_on', 'i.reminded_at'])
    .where('p.state', '=', 'open')
    .where('i.overdue_at', 'is', null)
    .where('i.due_on', '<=', until)
    .orderBy('i.pledge_id')
    .orderBy('i.place')
    .execute();
  return rows.map((row) => ({
    pledgeId: row.pledge_id,
    place: row.place,
    dueOn: row.due_on,
    isReminded: row.reminded_at !== null,
  }));
}

/** Notes that instalments were reminded of or found overdue. System login. */
export async function noteDue(
  tx: Writing,
  rows: readonly { pledgeId: Id; place: number }[],
  what: 'reminded_at' | 'overdue_at',
): Promise<void> {
  for (const row of rows)
    await tx.db
      .updateTable('pledge_instalment')
      .set({ [what]: tx.now })
      .where('pledge_id', '=', row.pledgeId)
      .where('place', '=', row.place)
      .execute();
}

/** How many give to a campaign each month, and how much they mean to. */
export async function sumMonthly(
  tx: Scoped,
  campaignId: Id,
): Promise<{ givers: number; monthFen: number }> {
  const { rows } = await sql<{ givers: number; month_fen: number }>`
    select * from monthly_givers(${campaignId})`.execute(tx.db);
  return { givers: rows[0]?.givers ?? 0, monthFen: Number(rows[0]?.month_fen ?? 0) };
}
