import { Refusal } from '@wennuan/basics';
import {
  type AreaBook,
  type Column,
  type ColumnField,
  packedText,
  readSheet,
  type RosterRow,
  rosterRow,
} from '@wennuan/linkage';
import { findField } from '@wennuan/policy';
import type { SheetCell, SheetLine } from '../../platform/sheet-reader.ts';
import type { KeptRow } from './cells.ts';
import { factOfColumn } from './fact-columns.ts';
import { placeOf } from './headings.ts';
import type { RosterKind } from './naming.ts';

/** What a column holds besides what names a person: since when and until when it holds, or a field of the catalogue. */
export type RosterField = ColumnField | 'since' | 'until' | `fact:${string}`;

export interface RosterColumn {
  index: number;
  header: string;
  field: RosterField;
  confidence: number;
  isChosen: boolean;
}

/** One sheet as understood; kept with the delivery. `headerLine` counts from 1, 0 for none. */
export interface RosterSheet {
  name: string;
  isRoster: boolean;
  headerLine: number;
  /** The first line below the header. */
  firstLine: number;
  rowCount: number;
  /** The area of all its people, where no column says it; deliveries of old have no word of it. */
  place?: string | null;
  columns: RosterColumn[];
}

/** So many lines are looked at to understand a sheet. */
export const SAMPLE_LINES = 330;

/** Fields a person may say a column holds. */
export const CHOOSABLE: readonly RosterField[] = [
  'name',
  'idNumber',
  'certificateNumber',
  'sex',
  'birthDate',
  'age',
  'telephone',
  'otherTelephone',
  'street',
  'area',
  'address',
  'registeredAddress',
  'householdNumber',
  'householderName',
  'relation',
  'since',
  'until',
  'text',
];

/** True for a field that a column may be said to hold. */
export function isChoosable(field: string): field is RosterField {
  if (field.startsWith('fact:')) {
    const found = findField(field.slice(5));
    return found !== undefined && found.number !== null && found.code !== 'group';
  }
  return (CHOOSABLE as readonly string[]).includes(field);
}

/** Lines as the library reads them: by place, with nothing where a sheet skips lines. */
function byPlace(lines: readonly SheetLine[]): SheetCell[][] {
  const rows: SheetCell[][] = [];
  for (const { line, cells } of lines) rows[line - 1] = cells;
  return Array.from(rows, (row) => row ?? []);
}

interface Sample {
  rows: SheetCell[][];
  reading: ReturnType<typeof readSheet>;
  areas: AreaBook;
}

/** What was read of the first lines of a sheet, as long as somebody has them. */
const samples = new WeakMap<readonly SheetLine[], Sample>();

function readSample(lines: readonly SheetLine[], areas: AreaBook): Sample {
  const known = samples.get(lines);
  if (known?.areas === areas) return known;
  const rows = byPlace(lines);
  const sample = { rows, reading: readSheet(rows, areas), areas };
  samples.set(lines, sample);
  return sample;
}

/** The texts above the table: title, who filled it in and when. */
export function bannerOf(lines: readonly SheetLine[], areas: AreaBook): string[] {
  const { headerRow } = readSample(lines, areas).reading;
  const above = lines.filter(({ line }) => line <= Math.max(0, headerRow));
  return above.flatMap(({ cells }) => cells.map((cell) => packedText(cell)).filter(Boolean));
}

/** Refuses `roster_side_by_side`: two tables beside each other would be read as one, and the people of the right one lost. */
export function refuseSideBySide({ isRoster, columns }: RosterSheet): void {
  const isAgain = (field: string, other: string) => {
    const first = columns.find((column) => column.field === field);
    return columns.some(
      (column) => column.field === other && first && unnumbered(column) === unnumbered(first),
    );
  };
  const areTwo = (isTheir: (field: string, other: string) => boolean) =>
    isTheir('name', 'otherName') && isTheir('idNumber', 'otherIdNumber');
  const isOfMember = (_: string, other: string) =>
    columns.some(({ field, header }) => field === other && header.includes('成员'));
  if (isRoster && (areTwo(isAgain) || areTwo(isOfMember))) {
    const header = columns.find(({ field }) => field === 'otherName')!.header;
    throw new Refusal('roster_side_by_side', { header });
  }
}

/** Refuses `roster_two_tables`: a line with somebody's number above the header is of another table, and would be lost. */
export function refuseTableAbove(
  { name, isRoster, headerLine }: RosterSheet,
  lines: readonly SheetLine[],
): void {
  const isPerson = ({ line, cells }: SheetLine) =>
    line < headerLine && cells.some((cell) => /\d{17}[\dX]/i.test(packedText(cell)));
  if (isRoster && lines.some(isPerson))
    throw new Refusal('roster_two_tables', { sheet: name, line: headerLine });
}

/** 成员1姓名 and 成员2姓名 are called the same, as are 姓名 and 姓名（2）. */
function unnumbered({ header }: RosterColumn): string {
  return header.replace(/[\d一二三四五六（）()]+/gu, '');
}

/** Names of the columns as far as a sheet has a header. */
export function headersOf(lines: readonly SheetLine[], areas: AreaBook): string[] {
  return readSample(lines, areas).reading.columns.map(({ header }) => header);
}

/** What a sheet is understood by, besides itself. */
interface Understanding {
  fileName: string;
  areas: AreaBook;
  kind: RosterKind;
  choices: ReadonlyMap<string, string>;
}

/** The area of all people of a sheet; null where a column says it of each, or nothing does. */
function placeOfSheet(
  name: string,
  lines: readonly SheetLine[],
  { columns, fileName, areas }: { columns: readonly RosterColumn[] } & Understanding,
): string | null {
  const has = (field: RosterField) => columns.some((column) => column.field === field);
  if (has('area')) return null;
  const place = placeOf({ name, banner: bannerOf(lines, areas), fileName }, areas);
  const isStreet = place !== null && areas.resolve({ area: place }).kind !== 'area';
  return isStreet && has('street') ? null : place;
}

/**
 * Understands a sheet from its first lines. What a person chose for a column name holds; the rest goes by name and contents.
 */
export function understandSheet(
  name: string,
  lines: readonly SheetLine[],
  context: Understanding,
): RosterSheet {
  const { rows, reading } = readSample(lines, context.areas);
  const below = rows.slice(reading.firstRow);
  const columns = named(reading.columns).map((column): RosterColumn => {
    const cells = below.map((row) => row[column.index] ?? null);
    const field = fieldOf(column, cells, context.kind);
    return { ...column, ...field, isChosen: false };
  });
  const chosen = withChoices(columns, context.choices);
  const sheet = {
    name,
    isRoster: false,
    headerLine: reading.headerRow + 1,
    firstLine: reading.firstRow + 1,
    rowCount: 0,
    place: placeOfSheet(name, lines, { columns: chosen, ...context }),
    columns: chosen,
  };
  const people = below.some(
    (cells) => linkableRow({ cells, under: null }, chosen, { key: '', source: '' }) !== null,
  );
  return { ...sheet, isRoster: people && describesPeople(chosen, context.kind) };
}

/** Columns of one name are told apart by a number; one without name is called by its place. */
function named<T extends { header: string; index: number }>(columns: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const plain = column.header || `第${column.index + 1}列`;
    const times = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, times);
    return { ...column, header: times === 1 ? plain : `${plain}（${times}）` };
  });
}

const SINCE =
  /享受|起始|开始|批准|审批(日期|时间)|纳入|认定(日期|时间|年月)|发证|核发|起(日|止)?$/u;
const UNTIL = /截止|到期|有效期|终止|停发|止$/u;
const IDENTITY = new Set<ColumnField>([
  'name',
  'householderName',
  'otherName',
  'idNumber',
  'otherIdNumber',
  'certificateNumber',
  'sex',
  'birthDate',
  'telephone',
  'otherTelephone',
  'street',
  'area',
  'address',
  'registeredAddress',
  'householdNumber',
  'relation',
  'sequence',
]);

function fieldOf(
  column: { header: string; field: ColumnField; confidence: number },
  cells: readonly SheetCell[],
  kind: RosterKind,
): { field: RosterField; confidence: number } {
  const { header, field, confidence } = column;
  if (IDENTITY.has(field)) return { field, confidence };
  const fact = factOfColumn(header, cells, kind.groupCode);
  if (fact) return { field: `fact:${fact}`, confidence: 0.9 };
  if (field === 'date' && kind.registersDeaths) return { field: 'fact:died_on', confidence: 0.7 };
  if (field === 'date' && SINCE.test(header)) return { field: 'since', confidence: 0.8 };
  if (field === 'date' && UNTIL.test(header)) return { field: 'until', confidence: 0.8 };
  return { field, confidence };
}

/** Columns with what a person chose for them by name. */
export function withChoices(
  columns: readonly RosterColumn[],
  choices: ReadonlyMap<string, string>,
): RosterColumn[] {
  const taken = new Set(columns.flatMap(({ header }) => choices.get(header) ?? []));
  return columns.map((column) => {
    const chosen = choices.get(column.header);
    if (chosen !== undefined)
      return { ...column, field: chosen as RosterField, confidence: 1, isChosen: true };
    // What a person gave to one column no other column is any more, where a person has it once.
    return taken.has(column.field) && ONCE.has(column.field)
      ? { ...column, field: 'text' }
      : column;
  });
}

const ONCE = new Set<RosterField>([
  'name',
  'idNumber',
  'sex',
  'birthDate',
  'age',
  'telephone',
  'street',
  'area',
  'address',
]);

/** A sheet is a roster when it tells people apart: by number, or by name and something else of them. */
function describesPeople(
  columns: readonly RosterColumn[],
  { groupCode, registersDeaths }: RosterKind,
): boolean {
  const has = (field: RosterField) => columns.some((column) => column.field === field);
  if (has('idNumber') || has('certificateNumber')) return true;
  if (!has('name')) return false;
  const others: RosterField[] = [
    'sex',
    'birthDate',
    'age',
    'telephone',
    'area',
    'street',
    'address',
    'relation',
  ];
  return groupCode !== null || registersDeaths || others.some(has);
}

/** A line as a row to link; null for one that is about nobody (blank, sums, signatures, a repeated header). */
export function linkableRow(
  { cells, under }: Readonly<KeptRow>,
  columns: readonly RosterColumn[],
  at: { key: string; source: string },
): RosterRow | null {
  const row = rosterRow(
    cells,
    { headerRow: 0, firstRow: 0, columns: columns as unknown as Column[] },
    at,
  );
  return row && under !== null && row.area === undefined ? { ...row, area: under } : row;
}
