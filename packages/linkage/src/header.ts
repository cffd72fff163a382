import { type ColumnField, fieldOfHeader, namesOthers } from './column-words.ts';
import { type Cell, packedText } from './plain-text.ts';
import { readSex } from './row.ts';

const HEADER_WITHIN = 25;

/** Where a sheet's header stands: `headerRow` is -1 for none, `firstRow` the first one under it; both from 0. */
export interface Header {
  headerRow: number;
  headers: string[];
  firstRow: number;
}

/** Finds the header under banners: the line that names the most columns, with a second one above or below that groups or parts them. */
export function findHeader(rows: readonly (readonly Cell[])[]): Header {
  let best = { row: -1, hits: 0 };
  for (const [row, cells] of rows.slice(0, HEADER_WITHIN).entries()) {
    const hits = headerHits(cells);
    if (hits > best.hits) best = { row, hits };
  }
  if (best.row < 0) return { headerRow: -1, headers: [], firstRow: 0 };
  const headers = textsOf(rows[best.row]);
  const below = textsOf(rows[best.row + 1]);
  if (isSecondLine(rows[best.row + 1] ?? [], headers))
    return {
      headerRow: best.row,
      headers: joined(below, headers, { mayBeBanner: false }),
      firstRow: best.row + 2,
    };
  const above = textsOf(rows[best.row - 1]);
  return {
    headerRow: best.row,
    headers: isGroups(above) ? joined(headers, above, { mayBeBanner: true }) : headers,
    firstRow: best.row + 1,
  };
}

/**
 * True for a line in the middle of a table that is a header with other columns than the table's own: below it another table
 * begins. The same header once more, as on every printed page, is not.
 */
export function isOtherHeader(
  cells: readonly Cell[],
  columns: readonly { header: string }[],
): boolean {
  if (!cells.some((cell) => typeof cell === 'string' && /姓\s*名/.test(cell))) return false;
  if (headerHits(cells) < MANY || !looksLikeHeader(cells)) return false;
  return textsOf(cells).some((text, index) => {
    const own = columns[index]?.header ?? '';
    return text !== '' && !own.includes(text);
  });
}

const MANY = 3;

function textsOf(cells: readonly Cell[] | undefined): string[] {
  return Array.from(cells ?? [], (cell) => packedText(cell));
}

/** A second line parts columns that the first one groups: it names something where the first says nothing more. */
function isSecondLine(cells: readonly Cell[], headers: readonly string[]): boolean {
  if (headerHits(cells) < 1 || !looksLikeHeader(cells)) return false;
  return textsOf(cells).some((text, index) => {
    const above = headers[index] ?? '';
    const isGroup = above === '' || above === headers[index - 1];
    return isGroup && fieldOfHeader(text) !== null;
  });
}

function isGroups(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== '');
  return filled.length >= 2 && filled.every((text) => text.length <= 10 && !/[:\d]/.test(text));
}

/** What says little without the name of its group. */
const SAYS_LITTLE = new Set<ColumnField>(['grade', 'category', 'amount', 'date']);

/**
 * Columns under a line that groups them (户主, 家庭成员): those of one name are told apart by their groups, those of somebody
 * else are hers by them, and one that only the upper line names has its name from there. A merged cell may stand in its
 * first column only. Where the line above may be part of a banner, a column that says nothing known keeps its own name.
 */
function joined(
  headers: readonly string[],
  groups: readonly string[],
  { mayBeBanner }: { mayBeBanner: boolean },
): string[] {
  const length = Math.max(headers.length, mayBeBanner ? 0 : groups.length);
  let group = '';
  return Array.from({ length }, (_, index) => {
    const header = headers[index] ?? '';
    const own = groups[index] ?? '';
    group = own || group;
    if (header === '' || header === own) return own;
    const field = fieldOfHeader(header);
    const isUnclear =
      headers.indexOf(header) !== headers.lastIndexOf(header) ||
      namesOthers(group) ||
      (field === null ? !mayBeBanner : SAYS_LITTLE.has(field));
    return isUnclear ? `${group}${header}` : header;
  });
}

/**
 * Cells that name a known column, if they are at least two fifths of the row's cells, name a person and her number, or
 * name many different ones (a sheet may have hundreds of columns of its own); else 0.
 */
function headerHits(cells: readonly Cell[]): number {
  const texts = cells.map((cell) => packedText(cell)).filter((text) => text !== '');
  // A line with somebody's number in it is a line of the table.
  if (texts.some((text) => /\d{11}/.test(text))) return 0;
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
