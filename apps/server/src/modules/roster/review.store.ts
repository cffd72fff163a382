import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { QuestionPlan, ShownRow } from './derive.types.ts';
import type { RosterNeeds } from './roster.needs.ts';

/** A question as it is kept. */
export interface QuestionRow {
  id: Id;
  row_a: Id;
  row_b: Id;
  area_id: number;
  department_id: Id | null;
  score: number;
  evidence: { field: string; relation: string; bits: number }[];
  shown_sealed: Buffer;
}

/** What a question shows, sealed with its key. */
export type ShownPair = [ShownRow, ShownRow];

/** Open questions that the caller may see. */
export async function countQuestions(tx: Scoped): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from link_question where state = 'open'`.execute(tx.db);
  return rows[0]!.n;
}

/** Open questions, the likeliest first, one more than asked when there are more. */
export async function listQuestions(
  tx: Scoped,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<QuestionRow[]> {
  const { rows } = await sql<QuestionRow>`
    select id, row_a, row_b, area_id, department_id, score, evidence, shown_sealed
    from link_question
    where state = 'open' and (${after ?? null}::uuid is null
      or (-score, id) > (select -score, id from link_question where id = ${after ?? null}::uuid))
    order by score desc, id
    limit ${limit + 1}`.execute(tx.db);
  return rows;
}

/** An open question, locked: one person answers it. Undefined when it is not open or not the caller's. */
export async function lockQuestion(tx: Scoped, id: Id): Promise<QuestionRow | undefined> {
  const { rows } = await sql<QuestionRow>`
    select id, row_a, row_b, area_id, department_id, score, evidence, shown_sealed
    from link_question where id = ${id} and state = 'open' for no key update`.execute(tx.db);
  return rows[0];
}

/** Marks a question answered. */
export async function closeQuestion(tx: Scoped, id: Id): Promise<void> {
  await tx.db
    .updateTable('link_question')
    .set({ state: 'answered', closed_at: tx.now })
    .where('id', '=', id)
    .execute();
}

/**
 * Opens questions that are new and closes those that have gone, among all or about some rows: rows that went, or that
 * figures decide by now. What is asked already stays as it is, with whoever looks at it. System login.
 */
export async function saveQuestions(
  needs: RosterNeeds,
  tx: Writing,
  { questions, lineages }: { questions: readonly QuestionPlan[]; lineages: readonly Id[] | null },
): Promise<void> {
  let query = tx.db
    .selectFrom('link_question')
    .select(['id', 'row_a', 'row_b'])
    .where('state', '=', 'open');
  if (lineages) query = query.where('row_a', '=', anyOf(lineages));
  const open = await query.execute();
  const asked = new Map(questions.map((one) => [pairOf(one.a, one.b), one]));
  const gone = open.filter(({ row_a, row_b }) => !asked.delete(pairOf(row_a, row_b)));
  if (gone.length > 0)
    await tx.db
      .updateTable('link_question')
      .set({ state: 'gone', closed_at: tx.now })
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute();
  await insertQuestions(needs, tx, [...asked.values()]);
}

function pairOf(a: Id, b: Id): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

async function insertQuestions(
  needs: RosterNeeds,
  tx: Writing,
  questions: readonly QuestionPlan[],
): Promise<void> {
  if (questions.length === 0) return;
  const ids = questions.map(() => needs.newId());
  const boxes = await needs.vault.boxes(tx, ids);
  await tx.db
    .insertInto('link_question')
    .values(
      questions.map((one, place) => ({
        id: ids[place]!,
        row_a: one.a,
        row_b: one.b,
        area_id: commonArea(needs, one.areaCodes),
        department_id: one.departmentId,
        score: Math.max(-1e6, Math.min(1e6, one.score)),
        evidence: JSON.stringify(one.evidence),
        shown_sealed: boxes.get(ids[place]!)!.seal(JSON.stringify(one.shown)),
        state: 'open' as const,
        opened_at: tx.now,
      })),
    )
    .execute();
}

/** The smallest area that has both rows; where one row says nothing, the other's decides. */
export function commonArea(
  { place }: Pick<RosterNeeds, 'place'>,
  codes: readonly (string | null)[],
): number {
  const paths = codes.flatMap((code) =>
    code === null ? [] : [place.above(place.areaByCode(code).id)],
  );
  const [first = [], ...others] = paths;
  return first.find((id) => others.every((path) => path.includes(id))) ?? place.district()!.id;
}

/** An answer as it is kept, with the question it was given to. */
export interface AnswerRow {
  id: Id;
  row_a: Id;
  row_b: Id;
  word: 'same' | 'different' | 'withdrawn';
  undoes: Id | null;
  area_id: number;
  department_id: Id | null;
  at: Date;
  account_id: Id | null;
  is_undone: boolean;
  question_id: Id | null;
  shown_sealed: Buffer | null;
}

/** Answers that the caller may see, newest first, one more than asked when there are more. */
export async function listAnswers(
  tx: Scoped,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select answer.id, answer.row_a, answer.row_b, answer.word, answer.undoes, answer.area_id, answer.department_id,
      answer.at, answer.account_id, answer.question_id, question.shown_sealed,
      exists (select from link_answer later where later.undoes = answer.id) as is_undone
    from link_answer answer left join link_question question on question.id = answer.question_id
    where answer.word <> 'withdrawn' and (${after ?? null}::uuid is null
      or answer.seq < (select seq from link_answer where id = ${after ?? null}::uuid))
    order by answer.seq desc
    limit ${limit + 1}`.execute(tx.db);
  return rows;
}

/** An answer that the caller may see, or undefined. */
export async function findAnswer(tx: Scoped, id: Id): Promise<AnswerRow | undefined> {
  const { rows } = await sql<AnswerRow>`
    select answer.*, null::bytea as shown_sealed,
      exists (select from link_answer later where later.undoes = answer.id) as is_undone
    from link_answer answer where id = ${id}`.execute(tx.db);
  return rows[0];
}

/** Adds an answer, or the taking back of one; false when that one was taken back already. */
export async function insertAnswer(
  tx: Scoped,
  answer: {
    id: Id;
    questionId: Id | null;
    rowA: Id;
    rowB: Id;
    word: 'same' | 'different' | 'withdrawn';
    undoes: Id | null;
    areaId: number;
    departmentId: Id | null;
  },
): Promise<boolean> {
  const result = await tx.db
    .insertInto('link_answer')
    .values({
      id: answer.id,
      question_id: answer.questionId,
      row_a: answer.rowA,
      row_b: answer.rowB,
      word: answer.word,
      undoes: answer.undoes,
      area_id: answer.areaId,
      department_id: answer.departmentId,
      at: tx.now,
      account_id: tx.actor.accountId,
    })
    .onConflict((conflict) => conflict.column('undoes').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The two persons of every open question, as links stand now, each two once; system login. */
export async function listOpenPairs(
  tx: Scoped,
): Promise<{ questionId: Id; personA: Id; personB: Id }[]> {
  const { rows } = await sql<{ questionId: Id; personA: Id; personB: Id }>`
    with whose as (
      select lineage_id as row, person_id from row_person
      union select id, id from person)
    select distinct on (least(a.person_id, b.person_id), greatest(a.person_id, b.person_id))
      question.id as "questionId", a.person_id as "personA", b.person_id as "personB"
    from link_question question
    join whose a on a.row = question.row_a
    join whose b on b.row = question.row_b
    where question.state = 'open' and a.person_id <> b.person_id
    order by least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), question.id`.execute(
    tx.db,
  );
  return rows;
}
