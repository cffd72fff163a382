import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { mustNameNobody } from '../../platform/public-text.ts';
import { cutPage } from '../../platform/page.ts';
import { draftText, hasFigures, type Operation } from './draft.ts';
import { dutyView, lockOpenDuty, subjectView } from './duty.service.ts';
import { charityName, type DisclosureNeeds } from './disclosure.needs.ts';
import {
  type DisclosureRow,
  type DutyRow,
  endDuty,
  insertCorrection,
  insertDisclosure,
  listDisclosures,
  listDuties,
} from './disclosure.store.ts';
import { type Figures, readFigures } from './figures.store.ts';
import { stateOf } from './disclosure.ts';

export type DisclosureView = RouteOutput<typeof routes.disclosure.disclosure>;

/** The figures of a duty's report as the books have them now; null for kinds that have none. System login. */
export async function figuresOf(tx: Scoped, duty: DutyRow): Promise<Figures | null> {
  if (!hasFigures(duty.kind)) return null;
  // The full report tells all of it, also what was paid and handed on after the last gift.
  const today = dateInShanghai(tx.now);
  const isLater = duty.kind === 'final_report' && today > duty.coversUntil;
  const until = isLater ? today : duty.coversUntil;
  return await readFigures(tx, { ...duty, from: duty.coversFrom, until });
}

/** The duty, or `not_found`. */
export async function findDuty(tx: Scoped, id: Id): Promise<DutyRow> {
  const [duty] = await listDuties(tx, { id });
  if (!duty) throw new Refusal('not_found');
  return duty;
}

/** A draft from the ledger for a person to edit. System login, as it reads every payment's sum. */
export async function readDraft(
  needs: DisclosureNeeds,
  tx: Scoped,
  { dutyId, language }: { dutyId: Id; language: 'zh' | 'en' },
) {
  const duty = await findDuty(tx, dutyId);
  const figures = await figuresOf(tx, duty);
  const text = draftText(duty, {
    figures,
    operation: await readOperation(tx),
    charity: charityName(needs),
    sold:
      duty.subjectKind === 'charity_sale' ? await needs.charitySale.words(tx, duty.subjectId) : [],
  });
  return { duty: dutyView(duty, dateInShanghai(tx.now), language), figures, text };
}

async function readOperation(tx: Scoped): Promise<Operation> {
  const today = dateInShanghai(tx.now);
  const { rows } = await sql<Operation['complaints']>`
    select * from complaint_counts(${today}::date)`.execute(tx.db);
  const states = (await listDuties(tx, {})).map((duty) => stateOf(duty, today));
  const count = (state: string) => states.filter((one) => one === state).length;
  return {
    complaints: rows[0]!,
    duties: { done: count('done'), late: count('done_late'), overdue: count('overdue') },
  };
}

/**
 * Publishes the report of a duty with the figures given (read before from the books); it is never changed after.
 * Refuses one that is published or void, and a text that names a person by a number. Federation login.
 */
export async function publish(
  needs: DisclosureNeeds,
  tx: Writing,
  report: { dutyId: Id; title: string; text: string; figures: Figures | null },
): Promise<string> {
  mustNameNobody(report.title, 'title');
  mustNameNobody(report.text, 'text');
  const duty = await lockOpenDuty(tx, report.dutyId);
  const number = await insertDisclosure(tx, { ...report, id: needs.newId() });
  await endDuty(tx, duty.id, { doneOn: dateInShanghai(tx.now) });
  await needs.desk.close(tx, [{ subjectId: duty.id }]);
  tx.touched('disclosure', number);
  return number;
}

/** Adds a correction: the new text is shown, the old one and the note stay beside it. Federation login. */
export async function correct(
  needs: DisclosureNeeds,
  tx: Writing,
  correction: { number: string; note: string; text: string },
): Promise<void> {
  mustNameNobody(correction.text, 'text');
  mustNameNobody(correction.note, 'note');
  const [published] = await listDisclosures(tx, { number: correction.number });
  if (!published) throw new Refusal('not_found');
  await insertCorrection(tx, { ...correction, id: needs.newId(), disclosureId: published.id });
  tx.touched('disclosure', published.number, 'corrected');
}

/** One disclosure; refuses `not_found`. */
export async function readDisclosure(tx: Scoped, number: string): Promise<DisclosureView> {
  const [row] = await listDisclosures(tx, { number });
  if (!row) throw new Refusal('not_found');
  return disclosureView(row);
}

/** A page of disclosures, newest first. */
export async function readDisclosures(
  tx: Scoped,
  page: { after?: string; limit: number; subject?: string },
) {
  const rows = await listDisclosures(tx, {
    limit: page.limit + 1,
    ...(page.after !== undefined && { before: Number(page.after) || 0 }),
    ...(page.subject !== undefined && { subjectCode: page.subject }),
  });
  const { shown, next } = cutPage(rows, page.limit, (last) => last.serial);
  return {
    items: shown.map(disclosureView),
    next,
  };
}

/** The text that holds now is the last correction's; each correction shows what stood before it. */
function disclosureView(row: DisclosureRow): DisclosureView {
  const texts = [row.text, ...row.corrections.map((one) => one.text)];
  return {
    number: row.number,
    kind: row.duty.kind,
    title: row.title,
    subject: subjectView(row.duty),
    publishedAt: row.publishedAt.toISOString(),
    dueOn: row.duty.dueOn,
    late: dateInShanghai(row.publishedAt) > row.duty.dueOn,
    text: texts.at(-1)!,
    figures: row.figures as Figures | null,
    corrections: row.corrections.map(({ at, note }, place) => ({
      at: at.toISOString(),
      note,
      oldText: texts[place]!,
    })),
  };
}
