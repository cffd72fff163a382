import { Refusal, type Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import { openSheets, type SheetCell } from '../../platform/sheet-reader.ts';
import { LIST_MOST, plainName } from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import type { Problem, Wanted } from './list.service.ts';

/** What columns of a list are called. */
const COLUMNS = {
  name: /^(姓名|名字|领取人|name)$/iu,
  idNumber: /^(身份证号?码?|证件号码?|居民身份证号码?)$/u,
  telephone: /^(联系?电话|手机号?码?|电话号?码?)$/u,
  unitName: /^(单位|班组|所属单位|工作单位|unit)$/iu,
};
type Column = keyof typeof COLUMNS;
/** A header further down than this is none. */
const HEADER_WITHIN_LINES = 10;

interface Row {
  line: number;
  name: string;
  idNumber: string;
  telephone: string;
  unitName: string;
}

/**
 * The people a sheet names: by ID number or telephone, else by name; a name with a team is somebody without
 * a file when nobody on file is meant. Whoever is nobody or several is a problem with its line.
 */
export async function wantedOfSheet(
  needs: DistributionNeeds,
  tx: Scoped,
  bytes: Buffer,
): Promise<{ wanted: Wanted[]; problems: Problem[] }> {
  const wanted: Wanted[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const row of await readRows(bytes)) {
    const text = row.name || row.idNumber || row.telephone;
    const tell = (problem: Problem['problem'], choices: Problem['choices'] = []) =>
      problems.push({ line: row.line, text: row.name, problem, choices });
    if (!text) {
      tell('name_missing');
      continue;
    }
    const same = [plainName(row.name), row.idNumber, row.telephone, plainName(row.unitName)].join();
    if (seen.has(same)) {
      tell('twice_in_file');
      continue;
    }
    seen.add(same);
    const found = await findRow(needs, tx, row);
    if (found.length === 1) wanted.push({ line: row.line, text: row.name, personId: found[0]! });
    else if (found.length > 1) tell('several_found', await choicesOf(needs, tx, found));
    else if (row.name && row.unitName)
      wanted.push({ line: row.line, text: row.name, name: row.name, unitName: row.unitName });
    else tell('nobody_found');
  }
  return { wanted, problems };
}

/** Whom a row means: an ID number or telephone that fits decides, and must fit the name. */
async function findRow(needs: DistributionNeeds, tx: Scoped, row: Row): Promise<Id[]> {
  for (const text of [row.idNumber, row.telephone, row.name]) {
    if (!text) continue;
    const ids = await needs.resident.find(tx, text);
    if (ids.length === 0) continue;
    const people = await needs.resident.people(tx, ids);
    return ids.filter((id) => {
      const person = people.get(id);
      return person && (!row.name || plainName(person.name) === plainName(row.name));
    });
  }
  return [];
}

async function choicesOf(
  needs: DistributionNeeds,
  tx: Scoped,
  ids: readonly Id[],
): Promise<Problem['choices']> {
  const people = await needs.resident.people(tx, ids);
  return [...people.values()].map((person) => ({
    personId: person.id,
    label: [
      person.maskedName,
      person.bornYear,
      needs.place.ref(person.areaId).name,
      person.building,
    ]
      .filter(Boolean)
      .join(' · '),
  }));
}

async function readRows(bytes: Buffer): Promise<Row[]> {
  const [sheet] = (await openSheets(bytes, 'list')).filter((one) => !one.isHidden);
  if (!sheet) throw new Refusal('sheet_unreadable', { mostRows: LIST_MOST });
  let columns: Map<Column, number> | null = null;
  const rows: Row[] = [];
  for await (const { line, cells } of sheet.lines()) {
    if (!columns) {
      columns = headerOf(cells);
      if (!columns && line >= HEADER_WITHIN_LINES) break;
      continue;
    }
    const known = columns;
    const of = (column: Column) => textOf(cells[known.get(column) ?? -1] ?? null);
    const row = {
      line,
      name: of('name'),
      idNumber: of('idNumber'),
      telephone: of('telephone'),
      unitName: of('unitName'),
    };
    if (cells.every((cell) => textOf(cell) === '')) continue;
    if (rows.length >= LIST_MOST) throw new Refusal('list_too_long', { most: LIST_MOST });
    rows.push(row);
  }
  if (!columns) throw new Refusal('sheet_without_names');
  return rows;
}

function headerOf(cells: readonly SheetCell[]): Map<Column, number> | null {
  const found = new Map<Column, number>();
  for (const [place, cell] of cells.entries())
    for (const [column, names] of Object.entries(COLUMNS) as [Column, RegExp][])
      if (!found.has(column) && names.test(textOf(cell).replace(/\s/gu, '')))
        found.set(column, place);
  return found.has('name') ? found : null;
}

function textOf(cell: SheetCell): string {
  if (cell === null || cell instanceof Date) return '';
  return String(cell).trim().slice(0, 100);
}
