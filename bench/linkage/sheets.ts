import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseCsv, streamXlsxRows } from 'hucre';
import {
  areaBook,
  type AreaBook,
  type AreaNode,
  type Cell,
  readSheet,
  type RosterRow,
  rosterRow,
} from '../../packages/linkage/src/index.ts';

const BESIDE_ROSTERS = new Set(['areas.csv', 'truth.csv', 'expected.csv']);

/** A folder of rosters as it is read: rows to link, the areas, and who each row is (if `truth.csv` says so). */
export interface RosterFolder {
  rows: RosterRow[];
  areas: AreaBook | null;
  nodes: AreaNode[];
  /** Person of each row key; empty without a truth file. */
  truth: Map<string, string>;
}

/** Reads every roster of a folder. A row's key is `file#line`, lines counted from 1. */
export async function readRosterFolder(folder: string): Promise<RosterFolder> {
  const files = readdirSync(folder).toSorted();
  const nodes = files.includes('areas.csv') ? readAreas(join(folder, 'areas.csv')) : [];
  const areas = nodes.length > 0 ? areaBook(nodes) : null;
  const rows: RosterRow[] = [];
  for (const file of files) {
    if (BESIDE_ROSTERS.has(file) || !/\.(xlsx|csv)$/.test(file)) continue;
    const sheet = await readCells(join(folder, file));
    const reading = readSheet(sheet, areas);
    for (let at = reading.firstRow; at < sheet.length; at++) {
      const row = rosterRow(sheet[at] ?? [], reading, { key: rowKey(file, at + 1), source: file });
      if (row) rows.push(row);
    }
  }
  return {
    rows,
    areas,
    nodes,
    truth: files.includes('truth.csv') ? readTruth(join(folder, 'truth.csv')) : new Map(),
  };
}

/** The cells of the first sheet of a workbook, or of a CSV file in UTF-8 or GB18030. */
async function readCells(file: string): Promise<Cell[][]> {
  if (!file.endsWith('.xlsx')) return parseCsv(decoded(readFileSync(file)));
  const rows: Cell[][] = [];
  const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  for await (const row of streamXlsxRows(stream)) rows[row.index] = row.values as Cell[];
  return Array.from(rows, (row) => row ?? []);
}

function rowKey(file: string, line: number): string {
  return `${file}#${String(line).padStart(7, '0')}`;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function readAreas(file: string): AreaNode[] {
  const [header = [], ...lines] = parseCsv(decoded(readFileSync(file))) as string[][];
  const at = (name: string): number => header.indexOf(name);
  return lines
    .filter((line) => line.length > 1)
    .map((line) => ({
      code: line[at('code')] ?? '',
      name: line[at('name')] ?? '',
      level: line[at('level')] ?? '',
      parentCode: line[at('parent_code')] || null,
    }));
}

function readTruth(file: string): Map<string, string> {
  const [, ...lines] = parseCsv(decoded(readFileSync(file))) as string[][];
  return new Map(
    lines
      .filter((line) => line.length >= 3)
      .map(([roster, line, person]) => [rowKey(roster!, Number(line)), person!]),
  );
}
