import type { AreaBook } from './areas.ts';
import { readCitizenId } from './citizen-id.ts';
import {
  type ColumnField,
  COUNT,
  FOOTER,
  fieldOfHeader,
  fieldOfTheirs,
  NOBODY,
  SUM,
  SURNAMES,
} from './column-words.ts';
import { readDate } from './dates.ts';
import { findHeader } from './header.ts';
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
  return { headerRow, firstRow, columns: promoted(settle(judged)) };
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
  const [name, ownNumber] = apart(at('name'), at('idNumber'));
  const shown = packedText(name);
  const first = packedText(cells.find((cell) => packedText(cell) !== ''));
  if (first === '') return null;
  const number = ownNumber ?? at('certificateNumber');
  const hasNumber = /\d{6}/.test(packedText(number));
  const heading = columns.find(({ field }) => field === 'name')?.header ?? '';
  if (shown !== '' && shown === heading) return null;
  if (!hasNumber && (shown.endsWith('姓名') || (LETTER.test(first) && LETTER.test(shown))))
    return null;
  if (!hasNumber && (shown === '' || FOOTER.test(first) || FOOTER.test(shown))) return null;
  const isSum = NOBODY.test(shown) || SUM.test(first) || COUNT.test(shown);
  if (!hasNumber && isSum && PERSONAL.every((field) => packedText(at(field)) === '')) return null;
  const values: Partial<Record<keyof RosterRow, Cell>> = {
    name,
    idNumber: ownNumber,
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

/** Columns are numbered below their names: 甲, 乙, 丙 or 1, 2, 3. */
const LETTER = /^([甲乙丙丁戊己庚辛壬癸A-J]|\d{1,2})$/;

/** Name and ID number, also where one column holds both: 张三 4101…, under whichever of the two names. */
function apart(name: Cell, number: Cell): [name: Cell, number: Cell] {
  if (name === undefined && BOTH.test(packedText(number))) return [number, number];
  if (number === undefined && /\d{15}/.test(packedText(name))) return [name, name];
  return [name, number];
}

const BOTH = /^\p{Script=Han}.*\d{15}|\d{15}.*\p{Script=Han}$/u;

/** What only a person has: where none of it stands, the name's column may hold a sum or a heading. */
const PERSONAL = ['telephone', 'birthDate', 'sex', 'age'] as const;

function blankAs(cell: Cell, other: Cell): Cell {
  return packedText(cell) === '' ? other : cell;
}

/** Shares of a column's filled cells that look like each kind of value. */
interface Contents {
  filled: number;
  distinct: number;
  id: number;
  /** The same with nothing left to doubt. */
  surely: number;
  certificate: number;
  telephone: number;
  mobile: number;
  sex: number;
  date: number;
  longDate: number;
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
    surely: share((cell) => {
      const id = readCitizenId(cell);
      return id.kind === 'valid' && id.doubt === null && id.disguise !== 'certificate';
    }),
    certificate: share((_, text) => /^\d{17}[\dXx]\d{2}(B\d)?$/.test(text)),
    telephone: share(
      (cell, text) => text.length <= 16 && /^(1\d{10}|0\d{9,11})$/.test(readTelephone(cell)),
    ),
    mobile: share((cell, text) => text.length <= 16 && /^1[3-9]\d{9}$/.test(readTelephone(cell))),
    sex: share((cell, text) => /[男女]/.test(text) && readSex(cell) !== null),
    longDate: share((cell, text) => /^\d{8}$/.test(text) && Boolean(readDate(cell)?.date)),
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
  if (contents.surely >= SURELY && (named === null || NEVER_NUMBERS.has(named)))
    return { field: 'idNumber', confidence: 0.7 };
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

/** Columns so named hold no ID numbers; where they do, somebody called them so for want of a better name (编号, 号码). */
const NEVER_NUMBERS = new Set<ColumnField>(['sequence', 'amount', 'category', 'grade', 'date']);
const SURELY = 0.9;

/** What a column holds going by its contents alone; of few cells only what cannot be anything else. */
function bySight(contents: Contents): { field: ColumnField; confidence: number } | null {
  if (contents.filled === 0) return null;
  if (contents.filled < MIN_TO_JUDGE) {
    if (contents.mobile === 1) return { field: 'telephone', confidence: 0.6 };
    return contents.sex === 1 ? { field: 'sex', confidence: 0.6 } : null;
  }
  const kinds: [ColumnField, number][] = [
    ['certificateNumber', contents.certificate],
    ['idNumber', contents.id],
    ['telephone', contents.telephone],
    ['sex', contents.sex],
    ['area', contents.area * (contents.address > 0.5 ? 0 : 1)],
    ['address', contents.address],
    // A number of five digits may be a day, and rather is an amount.
    ['birthDate', contents.number > 0.5 ? contents.longDate : contents.date],
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

/**
 * A sheet that names nobody but householders, or one other kind of people with their numbers, is about those. A guardian never
 * gets the number of the child beside her.
 */
function promoted(columns: Column[]): Column[] {
  const first = (field: ColumnField) => columns.find((column) => column.field === field);
  if (first('name')) return columns;
  const hasNumber = first('idNumber') ?? first('certificateNumber');
  const number = hasNumber ? undefined : first('otherIdNumber');
  const name = first('householderName') ?? (number && first('otherName'));
  if (!name) return columns;
  const telephone = first('telephone') ? undefined : first('otherTelephone');
  return columns.map((column) => {
    if (column === name) return { ...column, field: 'name' };
    if (column === number) return { ...column, field: 'idNumber' };
    if (column === telephone) return { ...column, field: 'telephone' };
    const field = column.field === 'text' ? fieldOfTheirs(column.header) : null;
    return field && !first(field) ? { ...column, field } : column;
  });
}

const BESIDE: Partial<Record<ColumnField, ColumnField>> = {
  name: 'otherName',
  idNumber: 'otherIdNumber',
  telephone: 'otherTelephone',
  birthDate: 'date',
  address: 'registeredAddress',
};
