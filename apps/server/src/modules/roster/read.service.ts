import { createHash } from 'node:crypto';
import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { areaBook, type AreaBook } from '@wennuan/linkage';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { openSheets, type SheetLine, type SheetSource } from '../../platform/sheet-reader.ts';
import {
  countDifferences,
  findSame,
  readChoices,
  stageRows,
  type RosterRecord,
  type StagedRow,
} from './delivery.store.ts';
import { areaNodes } from './link.service.ts';
import {
  plainFileName,
  readKind,
  readNaming,
  usualDepartment,
  type RosterKind,
  type RosterNaming,
} from './naming.ts';
import type { CellProblem } from './problems.ts';
import { RowReader } from './row-reader.ts';
import { findKnownRoster, openRoster } from './roster.service.ts';
import type { RosterNeeds } from './roster.needs.ts';
import {
  bannerOf,
  headersOf,
  refuseSideBySide,
  refuseTableAbove,
  SAMPLE_LINES,
  understandSheet,
  type RosterSheet,
} from './understand.ts';

/** Something wrong in one cell. `sheet` counts from 0, `line` as the sheet shows it, `column` from 0 or −1 for the row. */
export interface PlacedProblem {
  sheet: number;
  line: number;
  column: number;
  kind: CellProblem;
}

export interface RosterFile {
  fileName: string;
  bytes: Buffer;
}

/** Problems kept one by one; beyond, they are only counted. */
export const PROBLEMS_MOST = 20_000;
const ROWS_AT_ONCE = 1_000;

/** The login that writes rows, in the name of whoever brings them: whether she may was asked before. */
export function asSystem(actor: Actor): Actor {
  return { ...actor, login: 'system' };
}

/**
 * Reads a file: what roster it is, what its columns hold, what is wrong where, and how it differs from the delivery in force.
 * Keeps its rows sealed, changes nothing of what is in force. The same file again is answered with what it was before.
 * Refuses as `openSheets`, and `roster_areas_missing`, `roster_not_a_roster`, `roster_side_by_side`, `roster_two_tables`, `roster_several_groups`.
 */
export async function readFile(
  needs: RosterNeeds,
  actor: Actor,
  given: RosterFile,
  onRows: (rows: number) => void = () => undefined,
): Promise<{ outcome: 'read' | 'same'; deliveryId: Id }> {
  if (!needs.place.district() || needs.place.all().length < 2)
    throw new Refusal('roster_areas_missing');
  const areas = areaBook(areaNodes(needs));
  const file = { bytes: given.bytes, fileName: plainFileName(given.fileName) };
  const sources = await openSheets(file.bytes, file.fileName);
  const samples = await takeSamples(sources);
  const file_ = { ...file, ...recognise(file.fileName, samples, areas) };
  return await needs.database.write(asSystem(actor), 'roster.read', async (tx) => {
    const departmentId = await departmentOf(needs, tx, { actor, file: file_ });
    const known = await findKnownRoster(tx, { departmentId, ...file_ });
    const choices = await readChoices(tx, { id: known?.id ?? null, departmentId });
    const kind = known ? kindOf(known) : file_.kind;
    const sheets = samples.map(({ source, lines }) =>
      understandSheet(source.name, lines, { fileName: file.fileName, areas, kind, choices }),
    );
    const hasRows = sheets.some(
      ({ isRoster }, index) => isRoster && !samples[index]!.source.isHidden,
    );
    if (!hasRows)
      throw new Refusal(
        samples.every(({ lines }) => lines.length === 0) ? 'roster_empty' : 'roster_not_a_roster',
      );
    for (const [index, sheet] of sheets.entries()) {
      refuseSideBySide(sheet);
      refuseTableAbove(sheet, samples[index]!.lines);
    }
    refuseSeveralGroups(samples, sheets, areas);
    const roster = known ?? (await openRoster(needs, tx, { departmentId, ...file_ }));
    const digest = createHash('sha256').update(file.bytes).digest('hex');
    const contentHash = needs.vault.hash('roster_file', digest);
    const same = await findSame(tx, roster.id, contentHash);
    if (same) return { outcome: 'same', deliveryId: same.id };
    const delivery = await openDelivery(needs, tx, {
      roster,
      fileName: file.fileName,
      contentHash,
    });
    await stageSheets(needs, tx, { roster, delivery, sources, sheets, areas, onRows });
    tx.touched('roster_delivery', delivery.id);
    return { outcome: 'read', deliveryId: delivery.id };
  });
}

/** Refuses `roster_several_groups`: whoever stands on one sheet would be taken for one of the other's group. */
function refuseSeveralGroups(
  samples: readonly Sample[],
  sheets: readonly RosterSheet[],
  areas: AreaBook,
): void {
  const groups = new Map<string, string>();
  for (const [index, { source, lines }] of samples.entries()) {
    if (!sheets[index]!.isRoster || source.isHidden) continue;
    const title = bannerOf(lines, areas).slice(0, 1);
    const { groupCode, registersDeaths } = readKind(source.name, title, []);
    const group = registersDeaths ? 'deaths' : groupCode;
    if (group !== null && !groups.has(group)) groups.set(group, source.name);
  }
  if (groups.size > 1)
    throw new Refusal('roster_several_groups', { sheets: [...groups.values()].join('、') });
}

/** What a known roster says of the people on it. */
export function kindOf(roster: Pick<RosterRecord, 'group_code' | 'registers_deaths'>): RosterKind {
  return { groupCode: roster.group_code, registersDeaths: roster.registers_deaths };
}

interface Sample {
  source: SheetSource;
  lines: SheetLine[];
}

async function takeSamples(sources: readonly SheetSource[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const source of sources) {
    const lines: SheetLine[] = [];
    if (!source.isHidden)
      for await (const line of source.lines()) {
        lines.push(line);
        if (line.line >= SAMPLE_LINES || lines.length >= SAMPLE_LINES) break;
      }
    samples.push({ source, lines });
  }
  return samples;
}

/** Department, name and group as the file's words have them, from the first sheet that has any line. */
function recognise(fileName: string, samples: readonly Sample[], areas: AreaBook) {
  const lines = samples.find((sample) => sample.lines.length > 1)?.lines ?? [];
  const banner = bannerOf(lines, areas);
  const headers = headersOf(lines, areas);
  return {
    naming: readNaming(fileName, banner),
    kind: readKind(fileName, banner, headers),
    headers,
  };
}

/** An officer's own department; else the one the file names, or that usually keeps such a list. */
async function departmentOf(
  needs: RosterNeeds,
  tx: Writing,
  { actor, file }: { actor: Actor; file: { naming: RosterNaming; kind: RosterKind } },
): Promise<Id> {
  if (actor.login === 'department' && actor.organizationId) return actor.organizationId;
  const name = file.naming.department ?? usualDepartment(file.kind);
  return (await needs.organization.departments(tx, [name])).get(name)!;
}

interface OpenDelivery {
  id: Id;
  roster_id: Id;
  department_id: Id;
  area_id: number;
  base: Id | null;
}

async function openDelivery(
  needs: RosterNeeds,
  tx: Writing,
  {
    roster,
    fileName,
    contentHash,
  }: { roster: RosterRecord; fileName: string; contentHash: Buffer },
): Promise<OpenDelivery> {
  const common = {
    roster_id: roster.id,
    department_id: roster.department_id,
    area_id: roster.area_id,
  };
  const delivery = { id: needs.newId(), ...common, base: roster.current_delivery_id };
  await tx.db
    .insertInto('roster_delivery')
    .values({
      id: delivery.id,
      ...common,
      file_name: fileName,
      content_hash: contentHash,
      state: 'read',
      delivered_on: dateInShanghai(tx.now),
      sheets: '[]',
      problems: '[]',
      problem_count: 0,
      row_count: 0,
      new_count: 0,
      gone_count: 0,
      changed_count: 0,
      base_delivery_id: delivery.base,
      read_at: tx.now,
      read_by: tx.actor.accountId,
    })
    .execute();
  return delivery;
}

interface Staging {
  roster: RosterRecord;
  delivery: OpenDelivery;
  sources: readonly SheetSource[];
  sheets: RosterSheet[];
  areas: AreaBook;
  onRows: (rows: number) => void;
}

async function stageSheets(needs: RosterNeeds, tx: Writing, staging: Staging): Promise<void> {
  const { roster, delivery, sheets } = staging;
  const box = (await needs.vault.boxes(tx, [delivery.id])).get(delivery.id)!;
  const reader = new RowReader({
    hash: needs.vault.hash,
    box,
    newId: needs.newId,
    rosterId: roster.id,
    areas: staging.areas,
    today: dateInShanghai(tx.now),
  });
  const problems: PlacedProblem[] = [];
  for (const [index, sheet] of sheets.entries()) {
    const source = staging.sources[index]!;
    if (!sheet.isRoster || source.isHidden) continue;
    reader.begin(sheet);
    let batch: StagedRow[] = [];
    for await (const line of source.lines()) {
      if (line.line < sheet.firstLine) continue;
      const read = reader.read(line, index, sheet.columns);
      if (!read) continue;
      sheet.rowCount += 1;
      batch.push(read.staged);
      if (problems.length < PROBLEMS_MOST) problems.push(...read.problems);
      if (batch.length < ROWS_AT_ONCE) continue;
      await stageRows(tx, delivery, batch);
      staging.onRows(reader.rows);
      batch = [];
    }
    await stageRows(tx, delivery, batch);
    sheet.isRoster = sheet.rowCount > 0;
  }
  if (reader.rows === 0) throw new Refusal('roster_empty');
  await noteRead(tx, {
    delivery,
    sheets,
    problems: problems.slice(0, PROBLEMS_MOST),
    problemCount: reader.problems,
  });
}

/** Notes what was read and how it differs from the delivery in force. */
export async function noteRead(
  tx: Scoped,
  read: {
    delivery: { id: Id; base: Id | null };
    sheets: readonly RosterSheet[];
    problems: readonly PlacedProblem[];
    problemCount: number;
  },
): Promise<void> {
  const { id, base } = read.delivery;
  const counts = await countDifferences(tx, id, base);
  await tx.db
    .updateTable('roster_delivery')
    .set({
      sheets: JSON.stringify(read.sheets),
      problems: JSON.stringify(read.problems),
      problem_count: read.problemCount,
      row_count: counts.rows,
      new_count: counts.fresh,
      gone_count: counts.gone,
      changed_count: counts.changed,
      base_delivery_id: base,
    })
    .where('id', '=', id)
    .execute();
}
