import type { AreaBook } from './areas.ts';
import { readCitizenId } from './citizen-id.ts';
import { type ColumnField, FOOTER, fieldOfHeader, NOBODY, SURNAMES } from './column-words.ts';
import { readDate } from './dates.ts';
import { type Cell, packedText } from './plain-text.ts';
import { readSex, type RosterRow } from './row.ts';
import { readTelephone } from './telephone.ts';

/** One column as understood: what it holds and how sure that is (0 to 1). */
export interface Column {
  index: number;
  header: string;
  field: ColumnField;
  confidence: number;
}

/** A sheet as understood. Rows count from 0. `headerRow` is -1 if the sheet has none. */
export interface SheetReading {
  headerRow: number;
  firstRow: number;
  columns: Column[];
}

const HEADER_WITHIN = 25;
const SAMPLE_ROWS = 300;
/** Fields of which a sheet describes its persons by one column only. */
const ONCE: ReadonlySet<ColumnField> = new Set<ColumnField>([
  'name',
  'idNumber',
  'certificateNumber',
  'sex',
  'birthDate',
  'age',
  'telephone',
  'street',
  'area',
  'address',
  'householdNumber',
]);

/**
 * Understands a sheet: finds the header under banners (also one of two lines) and recognises each column by its
 * name and by what stands in it. Contents outweigh a name that they contradict. `rows` may be the first few hundred.
 */
export function readSheet(
  rows: readonly (readonly Cell[])[],
  areas: AreaBook | null = null,
): SheetReading {
  const { headerRow, headers, firstRow } = findHeader(rows);
  const width = Math.max(0, ...rows.slice(0, firstRow + SAMPLE_ROWS).map((row) => row.length));
  const sample = rows.slice(firstRow, firstRow + SAMPLE_ROWS);
  const judged: Column[] = [];
  for (let index = 0; index < width; index++) {
    const contents = measure(
      sample.map((row) => row[index]),
      areas,
    );
    judged.push({
      index,
      header: headers[index] ?? '',
      ...judgeColumn(headers[index] ?? '', contents),
    });
  }
  return { headerRow, firstRow, columns: settle(judged) };
}

/** One row of a sheet as a row to link, null for blank lines, sums, signatures and repeated headers. */
export function rosterRow(
  cells: readonly Cell[],
  { columns }: SheetReading,
  { key, source }: { key: string; source: string },
): RosterRow | null {
  const at = (field: ColumnField): Cell => {
    const column = columns.find((one) => one.field === field);
    return column === undefined ? undefined : cells[column.index];
  };
  const row: RosterRow = { key, source };
  const name = at('name');
  const shown = packedText(name);
  const first = packedText(cells.find((cell) => packedText(cell) !== ''));
  if (first === '') return null;
  const heading = columns.find(({ field }) => field === 'name')?.header ?? '';
  if (shown !== '' && shown === heading) return null;
  const number = at('idNumber') ?? at('certificateNumber');
  const hasNumber = /\d{6}/.test(packedText(number));
  if (!hasNumber && (shown === '' || FOOTER.test(first) || FOOTER.test(shown))) return null;
  if (!hasNumber && NOBODY.test(shown) && PERSONAL.every((field) => packedText(at(field)) === ''))
    return null;
  const values: Partial<Record<keyof RosterRow, Cell>> = {
    name,
    idNumber: at('idNumber'),
    certificateNumber: at('certificateNumber'),
    sex: at('sex'),
    birthDate: at('birthDate'),
    age: at('age'),
    telephone: blankAs(at('telephone'), at('otherTelephone')),
    street: at('street'),
    area: at('area'),
    address: blankAs(at('address'), at('registeredAddress')),
    householdNumber: at('householdNumber'),
  };
  return Object.assign(
    row,
    Object.fromEntries(Object.entries(values).filter(([, cell]) => packedText(cell) !== '')),
  );
}

/** What only a person has: where none of it stands, the name's column may hold a sum or a heading. */
const PERSONAL = ['telephone', 'birthDate', 'sex', 'age'] as const;

function blankAs(cell: Cell, other: Cell): Cell {
  return packedText(cell) === '' ? other : cell;
}

function findHeader(rows: readonly (readonly Cell[])[]): {
  headerRow: number;
  headers: string[];
  firstRow: number;
} {
  let best = { row: -1, hits: 0 };
  for (const [row, cells] of rows.slice(0, HEADER_WITHIN).entries()) {
    const hits = headerHits(cells);
    if (hits > best.hits) best = { row, hits };
  }
  if (best.row < 0) return { headerRow: -1, headers: [], firstRow: 0 };
  const headers = [...(rows[best.row] ?? [])].map((cell) => packedText(cell));
  // A header of two lines: the line above names groups, the one below parts of them.
  const below = rows[best.row + 1] ?? [];
  const isSecond = headerHits(below) >= 1 && looksLikeHeader(below);
  if (!isSecond) {
    const grouped = withGroups(headers, rows[best.row - 1] ?? []);
    return { headerRow: best.row, headers: grouped, firstRow: best.row + 1 };
  }
  const joined = Array.from({ length: Math.max(headers.length, below.length) }, (_, index) => {
    return `${headers[index] ?? ''}${packedText(below[index])}`;
  });
  return { headerRow: best.row, headers: joined, firstRow: best.row + 2 };
}

/**
 * A header under a line that groups it (户主, 家庭成员): columns of one name are told apart by their groups, and one that
 * only the upper line names has its name from there. A merged cell stands in its first column.
 */
function withGroups(headers: string[], above: readonly Cell[]): string[] {
  const groups = headers.map((_, index) => packedText(above[index]));
  const filled = groups.filter((text) => text !== '');
  const isGroups =
    filled.length >= 2 && filled.every((text) => text.length <= 10 && !/[:\d]/.test(text));
  if (!isGroups) return headers;
  let group = '';
  return headers.map((header, index) => {
    group = groups[index] || group;
    if (header === '') return groups[index] ?? '';
    return headers.indexOf(header) === headers.lastIndexOf(header) ? header : `${group}${header}`;
  });
}

/**
 * Cells that name a known column, if they are at least two fifths of the row's cells, name a person and her number, or
 * name many different ones (a sheet may have hundreds of columns of its own); else 0.
 */
function headerHits(cells: readonly Cell[]): number {
  const texts = cells.map((cell) => packedText(cell)).filter((text) => text !== '');
  const fields = texts.flatMap((text) =>
    text.length <= 20 && !/\d{4,}/.test(text) ? (fieldOfHeader(text) ?? []) : [],
  );
  const hits = fields.length;
  const isPerson = fields.includes('name') && fields.includes('idNumber');
  const isMuch = hits * 5 >= texts.length * 2 || isPerson || new Set(fields).size >= 4;
  return hits >= 1 && isMuch && (texts.length > 1 || cells.length === 1) ? hits : 0;
}

function looksLikeHeader(cells: readonly Cell[]): boolean {
  return cells.every((cell) => {
    if (typeof cell === 'number' || cell instanceof Date) return false;
    const text = packedText(cell);
    return text === '' || (text.length <= 20 && !/\d/.test(text) && readSex(text) === null);
  });
}

/** Shares of a column's filled cells that look like each kind of value. */
interface Contents {
  filled: number;
  distinct: number;
  id: number;
  certificate: number;
  telephone: number;
  sex: number;
  date: number;
  name: number;
  area: number;
  address: number;
  number: number;
  age: number;
}

function measure(cells: readonly Cell[], areas: AreaBook | null): Contents {
  const filled = cells.filter((cell) => packedText(cell) !== '');
  const share = (is: (cell: Cell, text: string) => boolean): number =>
    filled.length === 0
      ? 0
      : filled.filter((cell) => is(cell, packedText(cell))).length / filled.length;
  return {
    filled: filled.length,
    distinct: new Set(filled.map((cell) => packedText(cell))).size / Math.max(1, filled.length),
    id: share((cell) => readCitizenId(cell).kind !== 'none'),
    certificate: share((_, text) => /^\d{17}[\dXx]\d{2}(B\d)?$/.test(text)),
    telephone: share(
      (cell, text) => text.length <= 16 && /^(1\d{10}|0\d{9,11})$/.test(readTelephone(cell)),
    ),
    sex: share((cell, text) => /[男女]/.test(text) && readSex(cell) !== null),
    date: share((cell, text) => !SMALL_NUMBER.test(text) && Boolean(readDate(cell)?.date)),
    name: share(
      (_, text) =>
        /^[\u4e00-\u9fff·・•.]{2,15}$/.test(text) &&
        (SURNAMES.includes(text[0]!) || /[·・•]/.test(text)),
    ),
    area: areas ? share((cell) => areas.resolve({ area: cell }).kind !== 'none') : 0,
    address: share((_, text) => /\d+(号|栋|楼|单元|室|院)/.test(text)),
    number: share((cell, text) => typeof cell === 'number' || /^-?\d+(\.\d+)?$/.test(text)),
    age: share((_, text) => /^\d{1,3}(周?岁)?$/.test(text) && Number.parseInt(text, 10) <= 120),
  };
}

/** As a day number it lies before 1924: an amount or a count rather. */
const SMALL_NUMBER = /^\d{1,3}(\.\d+)?$|^[1-8]\d{3}(\.\d+)?$/;
const MIN_TO_JUDGE = 5;

/** How well contents suit a field, 0 to 1; null where contents cannot tell. */
function suits(field: ColumnField, contents: Contents): number | null {
  if (contents.filled < MIN_TO_JUDGE) return null;
  if (field === 'idNumber' || field === 'otherIdNumber') return contents.id;
  if (field === 'name' || field === 'otherName' || field === 'householderName')
    return contents.name;
  if (field === 'telephone' || field === 'otherTelephone') return contents.telephone;
  if (field === 'sex' || field === 'age') return contents[field];
  if (field === 'birthDate' || field === 'date')
    return Math.max(contents.date, field === 'date' ? 0.6 : 0);
  if (field === 'address') return Math.max(contents.address, contents.area);
  if (field === 'amount' || field === 'sequence' || field === 'householdSize')
    return contents.number;
  if (field === 'certificateNumber') return Math.max(contents.certificate, contents.id, 0.5);
  return null;
}

function judgeColumn(
  header: string,
  contents: Contents,
): { field: ColumnField; confidence: number } {
  const named = header === '' ? null : fieldOfHeader(header);
  const suited = named === null ? null : suits(named, contents);
  if (named !== null && (suited === null || suited >= 0.3)) {
    const confidence = suited === null ? 0.8 : 0.6 + 0.4 * suited;
    // A certificate number that is an ID number through and through is one.
    if (named === 'certificateNumber' && contents.certificate < 0.3 && contents.id > 0.8) {
      return { field: 'idNumber', confidence: 0.8 };
    }
    return { field: named, confidence };
  }
  const seen = bySight(contents);
  if (seen) return named === null ? seen : { ...seen, confidence: seen.confidence * 0.8 };
  return named === null ? { field: 'text', confidence: 0.5 } : { field: named, confidence: 0.3 };
}

/** What a column holds going by its contents alone. */
function bySight(contents: Contents): { field: ColumnField; confidence: number } | null {
  if (contents.filled < MIN_TO_JUDGE) return null;
  const kinds: [ColumnField, number][] = [
    ['certificateNumber', contents.certificate],
    ['idNumber', contents.id],
    ['telephone', contents.telephone],
    ['sex', contents.sex],
    ['area', contents.area * (contents.address > 0.5 ? 0 : 1)],
    ['address', contents.address],
    ['birthDate', contents.date * (contents.number > 0.5 ? 0.7 : 1)],
    ['name', contents.distinct > 0.3 ? contents.name : 0],
  ];
  const [field, share] = kinds.toSorted((a, b) => b[1] - a[1])[0]!;
  return share >= 0.7 ? { field, confidence: 0.7 * share } : null;
}

/** Leaves each field that a person has once to the surest column; the others become what they are beside it. */
function settle(columns: Column[]): Column[] {
  const taken = new Set<ColumnField>();
  const ranked = columns.toSorted((a, b) => b.confidence - a.confidence || a.index - b.index);
  const settled = ranked.map((column): Column => {
    const { field } = column;
    if (!ONCE.has(field)) return column;
    if (!taken.has(field)) {
      taken.add(field);
      return column;
    }
    return { ...column, field: BESIDE[field] ?? 'text', confidence: column.confidence * 0.7 };
  });
  return settled.toSorted((a, b) => a.index - b.index);
}

const BESIDE: Partial<Record<ColumnField, ColumnField>> = {
  name: 'otherName',
  idNumber: 'otherIdNumber',
  telephone: 'otherTelephone',
  birthDate: 'date',
  address: 'registeredAddress',
};
