import type { Id } from '@wennuan/basics';
import { sql, type Selectable, type Updateable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Delivery, Part, PartState, Unit } from './award.ts';

const ROWS_AT_ONCE = 500;

function toPart(row: Selectable<DB['award_part']>): Part {
  return {
    id: row.id,
    awardId: row.award_id,
    programCode: row.program_code,
    beneficiaryId: row.beneficiary_id,
    period: row.period,
    personId: row.person_id,
    accountId: row.account_id,
    areaId: row.area_id,
    departmentId: row.department_id,
    withFederation: row.with_federation,
    delivery: row.delivery as Delivery,
    amount: row.amount,
    unit: row.unit as Unit,
    state: row.state as PartState,
    dueOn: row.due_on,
    deliveredOn: row.delivered_on,
    deliveredBy: row.delivered_by,
    referenceId: row.reference_id,
    waits: row.waits as Part['waits'],
    confirmedAt: row.confirmed_at,
    confirmedBy: row.confirmed_by as Part['confirmedBy'],
  };
}

/**
 * Adds parts; system login. THE place where nothing is given twice: a programme's part of a period that is there
 * already, whoever wrote it, stays as it is and is not answered.
 */
export async function insertParts(tx: Writing, parts: readonly Part[]): Promise<Part[]> {
  const added = new Set<Id>();
  for (let start = 0; start < parts.length; start += ROWS_AT_ONCE) {
    const rows = await tx.db
      .insertInto('award_part')
      .values(
        parts.slice(start, start + ROWS_AT_ONCE).map((part) => ({
          id: part.id,
          award_id: part.awardId,
          program_code: part.programCode,
          beneficiary_id: part.beneficiaryId,
          period: part.period,
          person_id: part.personId,
          account_id: part.accountId,
          area_id: part.areaId,
          department_id: part.departmentId,
          with_federation: part.withFederation,
          delivery: part.delivery,
          amount: part.amount,
          unit: part.unit,
          state: part.state,
          due_on: part.dueOn,
          delivered_on: part.deliveredOn,
          reference_id: part.referenceId,
        })),
      )
      .onConflict((conflict) => conflict.constraint('award_part_once').doNothing())
      .returning('id')
      .execute();
    for (const { id } of rows) added.add(id);
  }
  return parts.filter((part) => added.has(part.id));
}

interface Chosen {
  ids?: readonly Id[];
  awardIds?: readonly Id[];
  personIds?: readonly Id[];
  accountId?: Id;
  programCode?: string;
  states?: readonly PartState[];
  deliveries?: readonly Delivery[];
  /** Delivered in this year. */
  year?: number;
  after?: Id | undefined;
  limit?: number;
  lock?: true | 'skip';
}

/** Parts the reader may see, oldest first (ids are made in order of time). */
export async function listParts(tx: Scoped, chosen: Chosen): Promise<Part[]> {
  let query = tx.db.selectFrom('award_part').selectAll().orderBy('id');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.awardIds) query = query.where('award_id', '=', anyOf(chosen.awardIds));
  if (chosen.personIds) query = query.where('person_id', '=', anyOf(chosen.personIds));
  if (chosen.accountId) query = query.where('account_id', '=', chosen.accountId);
  if (chosen.programCode) query = query.where('program_code', '=', chosen.programCode);
  if (chosen.states) query = query.where('state', 'in', chosen.states);
  if (chosen.deliveries) query = query.where('delivery', 'in', chosen.deliveries);
  if (chosen.year)
    query = query
      .where('delivered_on', '>=', `${chosen.year}-01-01`)
      .where('delivered_on', '<=', `${chosen.year}-12-31`)
      .where('state', 'in', ['delivered', 'confirmed']);
  if (chosen.after) query = query.where('id', '>', chosen.after);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  if (chosen.lock === 'skip') query = query.skipLocked();
  return (await query.execute()).map(toPart);
}

/**
 * Parts of granted awards that are due and that the system gives by itself, held so that nobody else gives them;
 * `waiting` ones were tried before.
 */
export async function lockGivable(
  tx: Writing,
  chosen: { deliveries: readonly Delivery[]; waiting: boolean; limit: number },
): Promise<Part[]> {
  let query = tx.db
    .selectFrom('award_part')
    .selectAll()
    .where('state', '=', 'due')
    .where('delivery', 'in', chosen.deliveries)
    .where((build) =>
      build.exists(
        build
          .selectFrom('award')
          .select('award.id')
          .whereRef('award.id', '=', 'award_part.award_id')
          .where('award.state', '=', 'granted'),
      ),
    )
    .orderBy('id')
    .limit(chosen.limit);
  query = query.where('waits', chosen.waiting ? 'is not' : 'is', null);
  return (await query.forNoKeyUpdate().skipLocked().execute()).map(toPart);
}

/** The same change to parts. */
export async function updateParts(
  tx: Writing,
  ids: readonly Id[],
  change: Updateable<DB['award_part']>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.updateTable('award_part').set(change).where('id', '=', anyOf(ids)).execute();
}

/** Which entitlement each part is given by. */
export async function setReferences(
  tx: Writing,
  rows: readonly { partId: Id; referenceId: Id }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update award_part p set reference_id = given.reference
    from unnest(${rows.map((row) => row.partId)}::uuid[], ${rows.map((row) => row.referenceId)}::uuid[])
      as given(part, reference)
    where p.id = given.part`.execute(tx.db);
}

/** How many parts of each programme wait, are on their way, arrived; as far as the reader sees them. */
export async function countParts(tx: Scoped) {
  const { rows } = await sql<{
    program_code: string;
    delivery: Delivery;
    state: PartState;
    count: number;
    amount: number;
    waits: Part['waits'];
  }>`
    select program_code, delivery, state, count(*)::int as count, sum(amount)::bigint as amount, max(waits) as waits
    from award_part where state <> 'cancelled' group by 1, 2, 3`.execute(tx.db);
  return rows;
}

/** People and sums by programme and area in a year; system login, for figures that are merged before they are told. */
export async function sumByArea(tx: Scoped, year: number) {
  const { rows } = await sql<{
    program_code: string;
    area_id: number;
    people: number;
    amount: number;
  }>`
    select program_code, area_id, count(distinct beneficiary_id)::int as people, sum(amount)::bigint as amount
    from award_part
    where state in ('delivered', 'confirmed') and delivered_on between ${`${year}-01-01`} and ${`${year}-12-31`}
    group by 1, 2`.execute(tx.db);
  return rows;
}

/** Sums of a year by month and how many people, as far as the reader sees them. */
export async function sumByMonth(tx: Scoped, year: number) {
  const { rows } = await sql<{ month: string; amount: number; count: number; people: number }>`
    select coalesce(to_char(delivered_on, 'YYYY-MM'), 'all') as month,
      coalesce(sum(amount) filter (where unit = 'fen'), 0)::bigint as amount, count(*)::int as count,
      count(distinct person_id)::int as people
    from award_part
    where state in ('delivered', 'confirmed') and delivered_on between ${`${year}-01-01`} and ${`${year}-12-31`}
    group by grouping sets ((to_char(delivered_on, 'YYYY-MM')), ())`.execute(tx.db);
  return rows;
}

/** Parts that are cancelled with their award: what is due and not yet on its way. */
export async function cancelDue(tx: Writing, awardIds: readonly Id[]): Promise<void> {
  if (awardIds.length === 0) return;
  await tx.db
    .updateTable('award_part')
    .set({ state: 'cancelled' })
    .where('award_id', '=', anyOf(awardIds))
    .where('state', '=', 'due')
    .execute();
}

/** What was due when an award was ended by mistake is due again. */
export async function reviveDue(tx: Writing, awardId: Id): Promise<void> {
  await tx.db
    .updateTable('award_part')
    .set({ state: 'due', waits: null })
    .where('award_id', '=', awardId)
    .where('state', '=', 'cancelled')
    .execute();
}
