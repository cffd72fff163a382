import type { PlainDate } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import {
  notesDeath,
  packedText,
  readDate,
  readTelephone,
  type RosterRow,
  type RowFacts,
} from '@wennuan/linkage';
import { findField } from '@wennuan/policy';
import type { SheetCell } from '../../platform/sheet-reader.ts';
import { readFact } from './fact-columns.ts';
import type { RosterColumn, RosterField } from './understand.ts';

export type CellProblem = (typeof shapes.cellProblems)[number];

/** What is wrong with one row: the column it is about and the kind. */
export interface RowProblem {
  column: number;
  kind: CellProblem;
}

/** One row on its way in. */
export interface ReadRow {
  cells: readonly SheetCell[];
  row: RosterRow;
  facts: RowFacts;
}

/** Everything that is wrong in a row's cells. A wrong cell says nothing, the rest of the row counts. */
export function problemsOf(
  { cells, row, facts }: ReadRow,
  columns: readonly RosterColumn[],
  today: PlainDate,
): RowProblem[] {
  const indexOf = (field: RosterField) =>
    columns.find((column) => column.field === field)?.index ?? -1;
  const problems: RowProblem[] = [];
  const add = (field: RosterField, kind: CellProblem | null) => {
    if (kind) problems.push({ column: indexOf(field), kind });
  };
  const idField = indexOf('idNumber') >= 0 ? 'idNumber' : 'certificateNumber';
  add(idField, idProblem(cells[indexOf(idField)], facts));
  if (facts.name === '') add('name', 'name_missing');
  if (notesDeath(row.name)) add('name', 'name_says_died');
  const born = readDate(row.birthDate);
  if (row.birthDate !== undefined && !born) add('birthDate', 'date_unreadable');
  if (born?.date && born.date > today) add('birthDate', 'born_in_future');
  else if (facts.id.kind !== 'repaired' && bornIn(row.idNumber) > today)
    add(idField, 'born_in_future');
  else if (facts.contradictsId)
    add(
      born?.date && facts.birthDate !== null && idBirth(facts) !== born.date ? 'birthDate' : 'sex',
      idBirth(facts) !== null && born?.date && idBirth(facts) !== born.date
        ? 'id_contradicts_birth'
        : 'id_contradicts_sex',
    );
  if (
    row.telephone !== undefined &&
    readTelephone(row.telephone) === '' &&
    hasDigits(row.telephone)
  )
    add('telephone', 'telephone_unreadable');
  const placed = row.area !== undefined || row.street !== undefined;
  if (placed && facts.areas.length === 0 && facts.street === null)
    add(row.area === undefined ? 'street' : 'area', 'area_unknown');
  problems.push(...factProblems(cells, columns));
  return problems;
}

function hasDigits(cell: SheetCell | undefined): boolean {
  return /\d/.test(packedText(cell));
}

function idBirth({ id }: RowFacts): string | null {
  if (id.kind !== 'valid') return null;
  return `${id.number.slice(6, 10)}-${id.number.slice(10, 12)}-${id.number.slice(12, 14)}`;
}

/** The birth date in the digits of a cell that looks like an ID number, empty for any other. */
function bornIn(cell: SheetCell | undefined): string {
  const match = /^\d{6}((?:19|20|21)\d{2})(\d{2})(\d{2})\d{3}[\dXx]/.exec(packedText(cell));
  return match ? `${match[1]}-${match[2]}-${match[3]}` : '';
}

function idProblem(cell: SheetCell | undefined, { id }: RowFacts): CellProblem | null {
  const text = packedText(cell);
  if (text === '') return null;
  if (/^\d(\.\d+)?e\+?\d{2}$/i.test(text)) return 'id_scientific';
  if (id.kind === 'partial') return 'id_lost_digits';
  if (id.kind === 'valid')
    return id.doubt === null
      ? null
      : id.doubt === 'lost_digits'
        ? 'id_lost_digits'
        : 'id_fifteen_digits';
  if (id.kind === 'repaired') return 'id_checksum';
  return /\d{6}/.test(text) ? 'id_unreadable' : null;
}

function factProblems(cells: readonly SheetCell[], columns: readonly RosterColumn[]): RowProblem[] {
  return columns.flatMap(({ index, header, field }): RowProblem[] => {
    if (field === 'since' || field === 'until') {
      const isBad =
        packedText(cells[index]) !== '' && !readDate(cells[index]) && !isForEver(cells[index]);
      return isBad ? [{ column: index, kind: 'date_unreadable' }] : [];
    }
    const code = field.startsWith('fact:') ? field.slice(5) : null;
    const known = code === null ? undefined : findField(code);
    if (!known) return [];
    const reading = readFact(known, cells[index], header);
    return reading.kind === 'unknown' ? [{ column: index, kind: reading.problem }] : [];
  });
}

/** 长期 in a column of ends: it has none. */
export function isForEver(cell: SheetCell | undefined): boolean {
  return /长期|永久|终身|无固定/u.test(packedText(cell));
}
