import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Award, AwardState, Level, Source, Unit, VisitOutcome, Proof } from './award.ts';

const ROWS_AT_ONCE = 500;
type Row = Selectable<DB['award']>;
type SerialAward = Award & { serial: number };

function toAward(row: Row): SerialAward {
  return {
    id: row.id,
    serial: row.serial,
    number: row.number,
    roundId: row.round_id,
    programCode: row.program_code,
    source: row.source as Source,
    beneficiaryId: row.beneficiary_id,
    personId: row.person_id,
    accountId: row.account_id,
    areaId: row.area_id,
    departmentId: row.department_id,
    withFederation: row.with_federation,
    state: row.state as AwardState,
    amount: row.amount,
    unit: row.unit as Unit,
    mayBeNamed: row.may_be_named,
    listId: row.list_id,
    noticeId: row.notice_id,
    noticePlace: row.notice_place,
    visitedAt: row.visited_at,
    visitedBy: row.visited_by,
    tries: row.tries,
    grantedOn: row.granted_on,
    nextOn: row.next_on,
    reviewOn: row.review_on,
    reviewAskedOn: row.review_asked_on,
    endedOn: row.ended_on,
    decidedLevel: row.decided_level as Level | null,
    appeal: row.appeal as Award['appeal'],
    appealSealed: row.appeal_sealed,
    answerSealed: row.answer_sealed,
    reasonSealed: row.reason_sealed,
    version: row.version,
  };
}

interface Chosen {
  ids?: readonly Id[];
  roundId?: Id;
  listIds?: readonly Id[];
  noticeIds?: readonly Id[];
  personIds?: readonly Id[];
  accountId?: Id;
  programCode?: string;
  states?: readonly AwardState[] | undefined;
  areaIds?: readonly number[] | undefined;
  /** Granted ones of which a part falls due by this day. */
  dueBy?: PlainDate;
  after?: number | undefined;
  limit?: number;
  /** `skip` takes only what nobody else works on. */
  lock?: true | 'skip';
}

/** Awards the reader may see, oldest first. */
export async function listAwards(tx: Scoped, chosen: Chosen): Promise<SerialAward[]> {
  let query = tx.db.selectFrom('award').selectAll();
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.roundId) query = query.where('round_id', '=', chosen.roundId);
  if (chosen.listIds) query = query.where('list_id', '=', anyOf(chosen.listIds));
  if (chosen.noticeIds) query = query.where('notice_id', '=', anyOf(chosen.noticeIds));
  if (chosen.personIds) query = query.where('person_id', '=', anyOf(chosen.personIds));
  if (chosen.accountId) query = query.where('account_id', '=', chosen.accountId);
  if (chosen.programCode) query = query.where('program_code', '=', chosen.programCode);
  if (chosen.states) query = query.where('state', 'in', chosen.states);
  if (chosen.areaIds)
    query = query.where('area_id', '=', sql<number>`any(${[...chosen.areaIds]}::int[])`);
  if (chosen.dueBy) query = query.where('next_on', '<=', chosen.dueBy);
  if (chosen.after) query = query.where('serial', '>', chosen.after);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.orderBy('id').forNoKeyUpdate();
  else query = query.orderBy('serial');
  if (chosen.lock === 'skip') query = query.skipLocked();
  return (await query.execute()).map(toAward);
}

/** Adds awards; those for whom an open one of the programme is there already stay out. Answers the ids added. */
export async function insertAwards(
  tx: Writing,
  rows: readonly Insertable<DB['award']>[],
): Promise<Set<Id>> {
  const added = new Set<Id>();
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const inserted = await tx.db
      .insertInto('award')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    for (const { id } of inserted) added.add(id);
  }
  return added;
}

/** The same change to awards; each counts as one more version. */
export async function updateAwards(
  tx: Writing,
  ids: readonly Id[],
  change: Omit<Updateable<DB['award']>, 'version'>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('award')
    .set((build) => ({ ...change, version: build('version', '+', 1) }))
    .where('id', '=', anyOf(ids))
    .execute();
}

/** Who of these has the programme's award open, or had one in this period: nobody is asked twice. */
export async function listServed(
  tx: Scoped,
  asked: { programCode: string; period: string; beneficiaryIds: readonly Id[] },
): Promise<Set<Id>> {
  const { rows } = await sql<{ beneficiary_id: Id }>`
    select a.beneficiary_id from award a join award_round r on r.id = a.round_id
    where a.program_code = ${asked.programCode} and a.beneficiary_id = ${anyOf(asked.beneficiaryIds)}
      and (a.ended_on is null or r.period = ${asked.period})
    union
    select p.beneficiary_id from award_part p
    where p.program_code = ${asked.programCode} and p.beneficiary_id = ${anyOf(asked.beneficiaryIds)}
      and p.period = ${asked.period}`.execute(tx.db);
  return new Set(rows.map((row) => row.beneficiary_id));
}

export interface Step {
  awardId: Id;
  at: Date;
  move: string;
  state: AwardState;
  byAccountId: Id | null;
  noteSealed: Buffer | null;
}

/** Notes what happened to awards. */
export async function insertSteps(
  tx: Writing,
  steps: readonly { id: Id; award: Award; move: string; noteSealed: Buffer | null }[],
): Promise<void> {
  for (let start = 0; start < steps.length; start += ROWS_AT_ONCE)
    await tx.db
      .insertInto('award_step')
      .values(
        steps.slice(start, start + ROWS_AT_ONCE).map(({ id, award, move, noteSealed }) => ({
          id,
          award_id: award.id,
          area_id: award.areaId,
          account_id: award.accountId,
          department_id: award.departmentId,
          with_federation: award.withFederation,
          at: tx.now,
          move,
          state: award.state,
          by_account_id: tx.actor.accountId,
          note_sealed: noteSealed,
        })),
      )
      .execute();
}

/** The history of an award, oldest first. */
export async function listSteps(tx: Scoped, awardId: Id): Promise<Step[]> {
  const rows = await tx.db
    .selectFrom('award_step')
    .select(['award_id', 'at', 'move', 'state', 'by_account_id', 'note_sealed'])
    .where('award_id', '=', awardId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    awardId: row.award_id,
    at: row.at,
    move: row.move,
    state: row.state as AwardState,
    byAccountId: row.by_account_id,
    noteSealed: row.note_sealed,
  }));
}

/** Adds a visit. */
export async function insertVisit(tx: Writing, row: Insertable<DB['award_visit']>): Promise<void> {
  await tx.db.insertInto('award_visit').values(row).execute();
}

/** Visits for an award, oldest first. */
export async function listVisits(tx: Scoped, awardId: Id) {
  const rows = await tx.db
    .selectFrom('award_visit')
    .selectAll()
    .where('award_id', '=', awardId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    at: row.at,
    byAccountId: row.by_account_id,
    outcome: row.outcome as VisitOutcome,
    proofs: row.proofs as Proof[],
    incomeCheckSealed: row.income_check_sealed,
    noteSealed: row.note_sealed,
  }));
}

export interface StateCount {
  roundId: Id;
  areaId: number;
  state: AwardState;
  count: number;
  amount: number;
}

/** How many awards of rounds stand where, by area, as far as the reader sees them. */
export async function countStates(tx: Scoped, roundIds: readonly Id[]): Promise<StateCount[]> {
  if (roundIds.length === 0) return [];
  const { rows } = await sql<{
    round_id: Id;
    area_id: number;
    state: AwardState;
    count: number;
    amount: number;
  }>`
    select round_id, area_id, state, count(*)::int as count, sum(amount)::bigint as amount
    from award where round_id = ${anyOf(roundIds)} group by 1, 2, 3`.execute(tx.db);
  return rows.map((row) => ({
    roundId: row.round_id,
    areaId: row.area_id,
    state: row.state,
    count: row.count,
    amount: row.amount,
  }));
}

/** Which of these persons have awards, of any state. System login. */
export async function personsWithAwards(tx: Scoped, personIds: readonly Id[]): Promise<Set<Id>> {
  const rows = await tx.db
    .selectFrom('award')
    .select('person_id')
    .distinct()
    .where('person_id', '=', anyOf(personIds))
    .execute();
  return new Set(rows.map(({ person_id }) => person_id));
}

/** She moves, or her account changes: what is kept beside her goes along. System login. */
export async function follow(
  tx: Writing,
  personId: Id,
  change: { account_id?: Id | null; area_id?: number },
): Promise<void> {
  await tx.db.updateTable('award').set(change).where('person_id', '=', personId).execute();
  await tx.db.updateTable('award_part').set(change).where('person_id', '=', personId).execute();
  await tx.db.updateTable('award_visit').set(change).where('person_id', '=', personId).execute();
  await tx.db
    .updateTable('award_step')
    .set(change)
    .where('award_id', 'in', (build) =>
      build.selectFrom('award').select('id').where('person_id', '=', personId),
    )
    .execute();
}

/** Awards of people whose death is registered and that are not ended or halted; system login. */
export async function listOfTheDead(tx: Scoped, diedField: number): Promise<Award[]> {
  const { rows } = await sql<{ id: Id }>`
    select a.id from award a
    where a.ended_on is null and a.state <> 'halted'
      and exists (select 1 from person_fact f where f.person_id = a.person_id and f.field = ${diedField})
      and not exists (select 1 from award_step s where s.award_id = a.id and s.move = 'resume')
    limit 500`.execute(tx.db);
  return rows.length === 0
    ? []
    : await listAwards(tx, { ids: rows.map((row) => row.id), lock: true });
}
