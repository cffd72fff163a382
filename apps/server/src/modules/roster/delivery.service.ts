import { Refusal, type Id } from '@wennuan/basics';
import { areaBook, readRow } from '@wennuan/linkage';
import type { Language, RouteOutput, routes } from '@wennuan/contract';
import { dateInShanghai } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import { cutPage } from '../../platform/page.ts';
import { maskName } from '../resident/index.ts';
import { type KeptRow, shownCell, unpackRow } from './cells.ts';
import {
  countDifferences,
  countUnplaced,
  findDelivery,
  findRoster,
  listDifferences,
  readDeliveries,
  saveChoice,
  type DeliveryRecord,
  type DifferenceRow,
  type RosterRecord,
} from './delivery.store.ts';
import { areaNodes } from './link.service.ts';
import { markStale } from './link.store.ts';
import { problemsOf } from './problems.ts';
import { cellName } from './problem.words.ts';
import { asSystem, PROBLEMS_MOST, type PlacedProblem } from './read.service.ts';
import type { RosterNeeds } from './roster.needs.ts';
import { fieldChoices, fieldLabel, groupName } from './roster.words.ts';
import {
  isChoosable,
  linkableRow,
  withChoices,
  type RosterColumn,
  type RosterField,
  type RosterSheet,
} from './understand.ts';

export type DeliveryView = RouteOutput<typeof routes.roster.delivery>;
type Differences = RouteOutput<typeof routes.roster.differences>;

/** What was understood of a delivery and what it would change; refuses `not_found`. */
export async function viewDelivery(
  needs: RosterNeeds,
  actor: Actor,
  deliveryId: Id,
): Promise<DeliveryView> {
  return await needs.database.read(actor, (tx) => readView(needs, tx, deliveryId));
}

async function readView(needs: RosterNeeds, tx: Scoped, deliveryId: Id): Promise<DeliveryView> {
  const delivery = await findDelivery(tx, deliveryId);
  const roster = delivery && (await findRoster(tx, delivery.roster_id));
  if (!roster) throw new Refusal('not_found');
  const names = await needs.organization.names(tx, [roster.department_id]);
  const counts = await countsNow(tx, delivery, roster);
  const samples = await readSamples(needs, tx, delivery);
  const isInForce = delivery.id === roster.current_delivery_id;
  const unplaced = isInForce ? await countUnplaced(tx, [roster]) : null;
  return {
    id: delivery.id,
    rosterId: roster.id,
    rosterName: roster.name,
    departmentName: names.get(roster.department_id) ?? '',
    groupCode: roster.group_code,
    groupName: groupName(roster.group_code, tx.actor.language),
    registersDeaths: roster.registers_deaths,
    fileName: delivery.file_name,
    state: delivery.state as DeliveryView['state'],
    readAt: delivery.read_at.toISOString(),
    importedAt: delivery.imported_at?.toISOString() ?? null,
    choices: fieldChoices(tx.actor.language),
    sheets: delivery.sheets.map((sheet, place) =>
      viewSheet(sheet, tx.actor.language, samples.get(place) ?? []),
    ),
    rowCount: delivery.row_count,
    ...counts,
    unplacedCount: unplaced?.get(roster.id) ?? 0,
    problemCount: delivery.problem_count,
    problems: delivery.problems
      .slice(0, PROBLEMS_SHOWN)
      .map((problem) => viewProblem(delivery, problem)),
  };
}

/** Pages show so many wrong cells; the workbook for the department has them all. */
const PROBLEMS_SHOWN = 500;

export type ProblemView = DeliveryView['problems'][number];

/** Where a wrong cell is, in the words of its own file. */
export function viewProblem(
  { sheets }: Pick<DeliveryRecord, 'sheets'>,
  { sheet, line, column, kind }: PlacedProblem,
): ProblemView {
  const header = sheets[sheet]?.columns.find(({ index }) => index === column)?.header ?? '';
  const cell = cellName(column, line);
  return { sheet: sheets[sheet]?.name ?? '', line, column, cell, header, kind };
}

function viewSheet(
  { name, isRoster, headerLine, rowCount, place, columns }: RosterSheet,
  language: Language,
  rows: readonly KeptRow['cells'][],
): DeliveryView['sheets'][number] {
  const labelled = columns.map((column) => ({
    ...column,
    label: fieldLabel(column.field, language),
    // In an order of their own, so that an illness does not stand where its name does.
    samples: rows
      .map((cells) => sampleOf(shownCell(cells[column.index]), column))
      .filter(Boolean)
      .toSorted(),
  }));
  return { name, isRoster, headerLine, rowCount, place: place ?? null, columns: labelled };
}

/** So many lines of a sheet show what its columns hold, of so many sheets. */
const SAMPLE_LINES = 3;
const SAMPLE_SHEETS = 12;

/** The first lines of each sheet, by the sheet's place. */
async function readSamples(needs: RosterNeeds, tx: Scoped, delivery: DeliveryRecord) {
  const rows = new Map<number, KeptRow['cells'][]>();
  const places = delivery.sheets.flatMap(({ isRoster }, place) => (isRoster ? [place] : []));
  for (const place of places.slice(0, SAMPLE_SHEETS)) {
    const first = await tx.db
      .selectFrom('delivery_row')
      .innerJoin('source_row', 'source_row.id', 'delivery_row.source_row_id')
      .select(['source_row.delivery_id', 'source_row.cells_sealed'])
      .where('delivery_row.delivery_id', '=', delivery.id)
      .where('delivery_row.sheet', '=', place)
      .orderBy('delivery_row.line')
      .limit(SAMPLE_LINES)
      .execute();
    const boxes = await needs.vault.findBoxes(tx, [
      ...new Set(first.map((row) => row.delivery_id)),
    ]);
    rows.set(
      place,
      first.flatMap((row) => {
        const box = boxes.get(row.delivery_id);
        return box ? [unpackRow(box.open(row.cells_sealed)).cells] : [];
      }),
    );
  }
  return rows;
}

/** A cell as an example of its column: enough to tell what it is, not whose. */
function sampleOf(text: string, { field, header }: RosterColumn): string {
  if (PERSONAL.has(field)) return masked(text, field);
  // A column that is not understood may name somebody all the same.
  if (field === 'text' && /[名人父母亲属]/u.test(header)) return masked(text, 'name');
  return text.replaceAll(/\d{5,}/g, (run) => `${run.slice(0, 2)}***`).slice(0, 20);
}

/** Of a delivery that waits while another came into force, the differences from that one. */
async function countsNow(tx: Scoped, delivery: DeliveryRecord, roster: RosterRecord) {
  const isCurrent =
    delivery.state !== 'read' || delivery.base_delivery_id === roster.current_delivery_id;
  if (isCurrent)
    return {
      newCount: delivery.new_count,
      goneCount: delivery.gone_count,
      changedCount: delivery.changed_count,
    };
  const counts = await countDifferences(tx, delivery.id, roster.current_delivery_id);
  return { newCount: counts.fresh, goneCount: counts.gone, changedCount: counts.changed };
}

/** Fields whose cells a difference shows masked: they name a person. */
const PERSONAL = new Set<RosterField>([
  'name',
  'householderName',
  'otherName',
  'idNumber',
  'otherIdNumber',
  'certificateNumber',
  'birthDate',
  'telephone',
  'otherTelephone',
  'address',
  'registeredAddress',
  'householdNumber',
]);

/** Rows that differ from the delivery in force, masked; refuses `not_found`. */
export async function viewDifferences(
  needs: RosterNeeds,
  actor: Actor,
  search: {
    deliveryId: Id;
    kind: 'new' | 'gone' | 'changed';
    after?: string | undefined;
    limit: number;
  },
): Promise<Differences> {
  return await needs.database.read(actor, async (tx) => {
    const delivery = await findDelivery(tx, search.deliveryId);
    const roster = delivery && (await findRoster(tx, delivery.roster_id));
    if (!roster) throw new Refusal('not_found');
    const baseId =
      delivery.state === 'read' ? roster.current_delivery_id : delivery.base_delivery_id;
    const rows = await listDifferences(tx, { ...search, after: search.after, baseId });
    const { shown, next } = cutPage(rows, search.limit, (last) => `${last.line} ${last.id}`);
    const open = await openerOf(needs, tx, shown);
    return {
      items: shown.map((row) => differenceOf(row, open)),
      next,
    };
  });
}

type Opened = { columns: RosterColumn[]; cells: KeptRow['cells'] };
type Opener = (deliveryId: Id, sheet: number, sealed: Buffer) => Opened;

async function openerOf(
  needs: RosterNeeds,
  tx: Scoped,
  rows: readonly DifferenceRow[],
): Promise<Opener> {
  const ids = [
    ...new Set(rows.flatMap((row) => [row.delivery_id, row.before_delivery_id ?? []].flat())),
  ];
  const boxes: Map<Id, Box> = await needs.vault.findBoxes(tx, ids);
  const deliveries = new Map((await readDeliveries(tx, ids)).map((one) => [one.id, one]));
  return (deliveryId, sheet, sealed) => ({
    columns: deliveries.get(deliveryId)?.sheets[sheet]?.columns ?? [],
    cells: unpackRow(boxes.get(deliveryId)?.open(sealed) ?? '[]').cells,
  });
}

function differenceOf(row: DifferenceRow, open: Opener): Differences['items'][number] {
  const now = open(row.delivery_id, row.sheet, row.cells_sealed);
  const before =
    row.before_sealed && open(row.before_delivery_id!, row.before_sheet!, row.before_sealed);
  const name = now.columns.find(({ field }) => field === 'name');
  const cells = before
    ? now.columns.flatMap(({ header, index, field }) => {
        const old = before.columns.find((column) => column.header === header);
        const [was, is] = [shownCell(old && before.cells[old.index]), shownCell(now.cells[index])];
        if (was === is || field === 'sequence') return [];
        return [{ header, before: masked(was, field), after: masked(is, field) }];
      })
    : [];
  const maskedName = maskName(shownCell(name && now.cells[name.index]));
  return { id: row.id, line: row.line, maskedName, cells };
}

function masked(text: string, field: RosterField): string {
  if (!PERSONAL.has(field) || text === '') return text;
  return text.length <= 4 ? maskName(text) : `${text.slice(0, 3)}***${text.slice(-2)}`;
}

/**
 * Says what a column means: it holds for this delivery and for every later one of the roster, and what is wrong in it is looked for
 * anew. Refuses `not_found`, `column_unknown`, `busy_elsewhere` when the delivery was thrown away.
 */
export async function chooseColumn(
  needs: RosterNeeds,
  actor: Actor,
  command: { deliveryId: Id; header: string; field: string },
): Promise<DeliveryView> {
  const { header, field } = command;
  const roster = await needs.database.write(actor, 'roster.choose_column', async (tx) => {
    const delivery = await findDelivery(tx, command.deliveryId);
    const found = delivery && (await findRoster(tx, delivery.roster_id));
    if (!found) throw new Refusal('not_found');
    if (delivery.state === 'discarded') throw new Refusal('busy_elsewhere');
    const isThere = delivery.sheets.some(({ columns }) =>
      columns.some((one) => one.header === header),
    );
    if (!isThere || !isChoosable(field)) throw new Refusal('column_unknown', {}, 'field');
    await saveChoice(tx, { roster: found, header, field });
    if (delivery.state === 'imported') await markStale(tx);
    tx.touched('roster_delivery', delivery.id, header);
    return found;
  });
  return await needs.database.write(asSystem(actor), null, async (tx) => {
    await readAgain(needs, tx, { deliveryId: command.deliveryId, roster, choice: [header, field] });
    return await readView(needs, tx, command.deliveryId);
  });
}

/** Understands the rows of a delivery by its columns as they are now, and notes what is wrong in them. */
async function readAgain(
  needs: RosterNeeds,
  tx: Scoped,
  { deliveryId, choice }: { deliveryId: Id; roster: RosterRecord; choice: [string, string] },
): Promise<void> {
  const delivery = (await findDelivery(tx, deliveryId))!;
  const sheets = delivery.sheets.map((sheet) => ({
    ...sheet,
    columns: withChoices(sheet.columns, new Map([choice])),
  }));
  const rows = await tx.db
    .selectFrom('delivery_row')
    .innerJoin('source_row', 'source_row.id', 'delivery_row.source_row_id')
    .select([
      'delivery_row.sheet',
      'delivery_row.line',
      'source_row.delivery_id',
      'source_row.cells_sealed',
    ])
    .where('delivery_row.delivery_id', '=', deliveryId)
    .orderBy('delivery_row.sheet')
    .orderBy('delivery_row.line')
    .execute();
  const boxes = await needs.vault.findBoxes(tx, [...new Set(rows.map((row) => row.delivery_id))]);
  const areas = areaBook(areaNodes(needs));
  const today = dateInShanghai(tx.now);
  const problems: PlacedProblem[] = [];
  for (const row of rows) {
    const { columns } = sheets[row.sheet]!;
    const kept = unpackRow(boxes.get(row.delivery_id)!.open(row.cells_sealed));
    const linkable = linkableRow(kept, columns, { key: '', source: '' });
    if (!linkable) continue;
    const read = { cells: kept.cells, row: linkable, facts: readRow(linkable, areas) };
    for (const problem of problemsOf(read, columns, today))
      problems.push({ sheet: row.sheet, line: row.line, ...problem });
  }
  const lasting = delivery.problems.filter(
    ({ kind }) => kind === 'row_twice' || kind === 'id_shared',
  );
  const all = [...problems, ...lasting].toSorted((a, b) => a.sheet - b.sheet || a.line - b.line);
  await tx.db
    .updateTable('roster_delivery')
    .set({
      sheets: JSON.stringify(sheets),
      problems: JSON.stringify(all.slice(0, PROBLEMS_MOST)),
      problem_count: all.length,
    })
    .where('id', '=', deliveryId)
    .execute();
}
