import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A row of a roster by the names of its columns, with its line in the sheet (from 1). */
export interface RosterRow {
  line: number;
  cell: (column: string) => string;
}

type Cells = readonly unknown[];

/** The rows of a roster below its header; a file is a folder and a name. Only what this sample needs: the product reads far more. */
export async function readRoster(folder: string, name: string): Promise<RosterRow[]> {
  const bytes = readFileSync(join(folder, name));
  const rows = name.endsWith('.xlsx') ? await workbookRows(bytes) : csvRows(bytes);
  const header = rows.findIndex((row) => row.filter((cell) => shown(cell) !== '').length >= 4);
  const below = rows[header]?.some((cell) => shown(cell).startsWith('填报')) ? header + 1 : header;
  const columns = rows[below]!.map(shown);
  return rows.slice(below + 1).map((cells, index) => ({
    line: below + index + 2,
    cell: (column) => shown(cells[columns.indexOf(column)]),
  }));
}

function shown(cell: unknown): string {
  return cell === null || cell === undefined ? '' : String(cell).normalize('NFKC').trim();
}

async function workbookRows(bytes: Uint8Array): Promise<Cells[]> {
  // The reader belongs to the server; the policy library itself reads no files.
  const require = createRequire(join(import.meta.dirname, '../../../apps/server/package.json'));
  const { readXlsx } = (await import(pathToFileURL(require.resolve('hucre')).href)) as {
    readXlsx: (input: Uint8Array) => Promise<{ sheets: { rows: Cells[] }[] }>;
  };
  return (await readXlsx(bytes)).sheets[0]!.rows;
}

function csvRows(bytes: Uint8Array): Cells[] {
  const text = decoded(bytes);
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
