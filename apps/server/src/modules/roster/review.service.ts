import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import { cutPage } from '../../platform/page.ts';
import { maskName } from '../resident/index.ts';
import type { ShownRow } from './derive.types.ts';
import { noteAnswered } from './part.store.ts';
import {
  closeQuestion,
  countQuestions,
  findAnswer,
  insertAnswer,
  listAnswers,
  listQuestions,
  lockQuestion,
  type QuestionRow,
  type ShownPair,
} from './review.store.ts';
import type { RosterNeeds } from './roster.needs.ts';

type Questions = RouteOutput<typeof routes.roster.questions>;
type Answers = RouteOutput<typeof routes.roster.answers>;

/** Open questions the actor may answer, the likeliest first. */
export async function viewQuestions(
  needs: RosterNeeds,
  actor: Actor,
  page: { after?: string | undefined; limit: number },
): Promise<Questions> {
  return await needs.database.read(actor, async (tx) => {
    const rows = await listQuestions(tx, page);
    const { shown, next } = cutPage(rows, page.limit, (last) => last.id);
    const boxes = await needs.vault.findBoxes(
      tx,
      shown.map(({ id }) => id),
    );
    return {
      items: shown.flatMap((row) => viewQuestion(needs, row, boxes.get(row.id))),
      next,
      openCount: await countQuestions(tx),
    };
  });
}

function viewQuestion(needs: RosterNeeds, row: QuestionRow, box: Box | undefined) {
  if (!box) return [];
  const [a, b] = JSON.parse(box.open(row.shown_sealed)) as ShownPair;
  return [
    {
      id: row.id,
      area: needs.place.ref(row.area_id),
      likelihood: 1 / (1 + 2 ** -row.score),
      a: viewRow(a),
      b: viewRow(b),
      evidence: row.evidence.filter(({ field }) => field !== 'prior'),
    },
  ];
}

function viewRow(row: ShownRow) {
  return { ...row, line: null };
}

/**
 * Notes what a person says of a question. Persons are put together anew a moment later, so that the next question waits for
 * nothing. Refuses `not_found`, and `busy_elsewhere` for one that is answered by now.
 */
export async function answerQuestion(
  needs: RosterNeeds,
  actor: Actor,
  { questionId, word }: { questionId: Id; word: 'same' | 'different' },
): Promise<{ answerId: Id }> {
  return await needs.database.write(actor, 'roster.answer', async (tx) => {
    const question = await lockQuestion(tx, questionId);
    if (!question) throw new Refusal('busy_elsewhere');
    await closeQuestion(tx, questionId);
    const answerId = needs.newId();
    await insertAnswer(tx, {
      id: answerId,
      questionId,
      rowA: question.row_a,
      rowB: question.row_b,
      word,
      undoes: null,
      areaId: question.area_id,
      departmentId: question.department_id,
    });
    await noteAnswered(tx, [[question.row_a, question.row_b]]);
    tx.touched('link_question', questionId, word);
    return { answerId };
  });
}

/** Answers given, newest first, with the names masked. */
export async function viewAnswers(
  needs: RosterNeeds,
  actor: Actor,
  page: { after?: string | undefined; limit: number },
): Promise<Answers> {
  return await needs.database.read(actor, async (tx) => {
    const rows = await listAnswers(tx, page);
    const { shown, next } = cutPage(rows, page.limit, (last) => last.id);
    const boxes = await needs.vault.findBoxes(
      tx,
      shown.flatMap(({ question_id }) => question_id ?? []),
    );
    const names = await needs.access.names(
      tx,
      shown.flatMap(({ account_id }) => account_id ?? []),
    );
    return {
      items: shown.map((row) => {
        const [a, b] = maskedPair(row, boxes);
        return {
          id: row.id,
          at: row.at.toISOString(),
          byName: row.account_id ? (names.get(row.account_id) ?? '') : '',
          word: row.word,
          isUndone: row.is_undone,
          maskedA: a,
          maskedB: b,
          area: needs.place.ref(row.area_id),
          asOf: dateInShanghai(row.at),
        };
      }),
      next,
    };
  });
}

function maskedPair(
  { question_id, shown_sealed }: { question_id: Id | null; shown_sealed: Buffer | null },
  boxes: ReadonlyMap<Id, Box>,
): [string, string] {
  const box = question_id && shown_sealed ? boxes.get(question_id) : undefined;
  if (!box) return ['—', '—'];
  const [a, b] = JSON.parse(box.open(shown_sealed!)) as ShownPair;
  return [`${maskName(a.name)} · ${a.rosterName}`, `${maskName(b.name)} · ${b.rosterName}`];
}

/** Takes an answer back: a further row says so. Refuses `not_found`, and `busy_elsewhere` for one that is taken back already. */
export async function undoAnswer(needs: RosterNeeds, actor: Actor, answerId: Id): Promise<void> {
  await needs.database.write(actor, 'roster.undo_answer', async (tx) => {
    const answer = await findAnswer(tx, answerId);
    if (!answer || answer.word === 'withdrawn') throw new Refusal('not_found');
    const isAdded = await insertAnswer(tx, {
      id: needs.newId(),
      questionId: answer.question_id,
      rowA: answer.row_a,
      rowB: answer.row_b,
      word: 'withdrawn',
      undoes: answer.id,
      areaId: answer.area_id,
      departmentId: answer.department_id,
    });
    if (!isAdded) throw new Refusal('busy_elsewhere');
    await noteAnswered(tx, [[answer.row_a, answer.row_b]]);
    tx.touched('link_answer', answer.id);
  });
}

/**
 * Says that a row of a file is somebody else's: it is parted from the row of the file that is surest. Refuses `not_found`,
 * `nothing_to_separate`.
 */
export async function separate(
  needs: RosterNeeds,
  actor: Actor,
  { personId, sourceRowId }: { personId: Id; sourceRowId: Id },
): Promise<{ answerId: Id }> {
  return await needs.database.write(actor, 'roster.separate', async (tx) => {
    const rows = await lineagesOf(tx, personId);
    const row = rows.find((one) => one.source_row_id === sourceRowId);
    if (!row) throw new Refusal('not_found');
    const other = rows.find((one) => one.source_row_id !== sourceRowId);
    if (!other) throw new Refusal('nothing_to_separate');
    return await partRows(needs, tx, { row, others: rows.filter((one) => one !== row) });
  });
}

interface FileRow {
  source_row_id: Id;
  lineage_id: Id;
  area_id: number;
  department_id: Id;
}

async function lineagesOf(tx: Scoped, personId: Id): Promise<FileRow[]> {
  return await tx.db
    .selectFrom('row_person')
    .select(['source_row_id', 'lineage_id', 'area_id', 'department_id'])
    .where('person_id', '=', personId)
    .orderBy('source_row_id')
    .execute();
}

async function partRows(
  needs: RosterNeeds,
  tx: Writing,
  { row, others }: { row: FileRow; others: readonly FileRow[] },
): Promise<{ answerId: Id }> {
  const ids = others.map(() => needs.newId());
  for (const [place, other] of others.entries())
    await insertAnswer(tx, {
      id: ids[place]!,
      questionId: null,
      rowA: row.lineage_id,
      rowB: other.lineage_id,
      word: 'different',
      undoes: null,
      areaId: row.area_id,
      departmentId: row.department_id === other.department_id ? row.department_id : null,
    });
  await noteAnswered(
    tx,
    others.map((other) => [row.lineage_id, other.lineage_id]),
  );
  tx.touched('source_row', row.source_row_id, 'different');
  return { answerId: ids[0]! };
}
