import { partNames, partPieces } from './archive.ts';
import { columnOf, type Merge, MergedCells, readMerges } from './merged-cells.ts';
import { attributeOf, XmlScanner, type XmlSight } from './xml-scan.ts';

/** What a cell of a workbook can hold; formulas give the value that was saved with them. */
export type WorkbookCell = string | number | boolean | Date | null;

/** A row by its place, from 1. */
export interface WorkbookRow {
  line: number;
  cells: WorkbookCell[];
}

/** One sheet, read row by row each time it is asked. `rows` throws for a sheet that is damaged. */
export interface WorkbookSheet {
  name: string;
  isHidden: boolean;
  rows(columnsMost: number): AsyncGenerator<WorkbookRow>;
}

/** What cells refer to, read once for all sheets and only when a sheet is. */
interface Shared {
  texts: string[];
  /** By number of style, whether its numbers are dates. */
  isDate: boolean[];
  isFrom1904: boolean;
}

/** Beyond these a file was not written by a spreadsheet program; each would be kept in memory. */
const LINES_MOST = 1_048_576;
const SHEETS_MOST = 1_000;
const PARTS_MOST = 4_000;
const TEXTS_MOST = 5_000_000;
const STYLES_MOST = 100_000;
const LETTERS_MOST = 1_048_576;

function atMost(count: number, most: number): void {
  if (count > most) throw new RangeError('more than any workbook has');
}

const BOOK = 'xl/workbook.xml';

/**
 * The sheets of a workbook (.xlsx) in their order, null where it has no list of them. Rows are read in pieces as they are asked
 * for: what is in memory is the shared texts, whatever the sheets' length. The archive must have been looked at before
 * (`findArchiveFault`).
 */
export async function openBook(bytes: Buffer): Promise<WorkbookSheet[] | null> {
  if (!partNames(bytes).has(BOOK)) return null;
  const sheets: { name: string; id: string; isHidden: boolean }[] = [];
  let isFrom1904 = false;
  await eachTag(bytes, BOOK, (name, attributes) => {
    if (name === 'workbookPr') isFrom1904 = isTrue(attributeOf(attributes, 'date1904'));
    if (name !== 'sheet') return;
    const state = attributeOf(attributes, 'state') ?? '';
    sheets.push({
      name: attributeOf(attributes, 'name') ?? '',
      id: relationOf(attributes),
      isHidden: state === 'hidden' || state === 'veryHidden',
    });
    atMost(sheets.length, SHEETS_MOST);
  });
  const parts = await relatedParts(bytes);
  let shared: Promise<Shared> | null = null;
  const readShared = () => (shared ??= sharedOf(bytes, parts, isFrom1904));
  return sheets.map(({ name, id, isHidden }) => ({
    name,
    isHidden,
    rows: rowsReader(bytes, parts.get(id), readShared),
  }));
}

/** The relation's id is the one attribute called `id` with a prefix. */
function relationOf(attributes: string): string {
  return /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(` ${attributes}`)?.[1] ?? '';
}

interface Part {
  kind: string;
  name: string;
}

/** Parts of the workbook by the id of their relation. */
async function relatedParts(bytes: Buffer): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>();
  await eachTag(bytes, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    if (name !== 'Relationship') return;
    const target = attributeOf(attributes, 'Target') ?? '';
    const kind = (attributeOf(attributes, 'Type') ?? '').split('/').at(-1)!;
    parts.set(attributeOf(attributes, 'Id') ?? '', { kind, name: pathOf(target) });
    atMost(parts.size, PARTS_MOST);
  });
  return parts;
}

function pathOf(target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = ['xl'];
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

async function sharedOf(
  bytes: Buffer,
  parts: ReadonlyMap<string, Part>,
  isFrom1904: boolean,
): Promise<Shared> {
  const nameOf = (kind: string) => [...parts.values()].find((part) => part.kind === kind)?.name;
  const texts = nameOf('sharedStrings');
  const styles = nameOf('styles');
  return {
    texts: texts === undefined ? [] : await readTexts(bytes, texts),
    isDate: styles === undefined ? [] : await readDateStyles(bytes, styles),
    isFrom1904,
  };
}

async function eachTag(
  bytes: Buffer,
  part: string,
  open: (name: string, attributes: string) => void,
): Promise<void> {
  await scanPart(bytes, part, { open, text: () => undefined, close: () => undefined });
}

async function scanPart(bytes: Buffer, part: string, sight: XmlSight): Promise<void> {
  for await (const _ of scanned(bytes, part, sight));
}

/** Scans a part piece by piece and stops after each, so that what was seen in it can be handed on. */
async function* scanned(bytes: Buffer, part: string, sight: XmlSight): AsyncGenerator<void> {
  const scanner = new XmlScanner(sight);
  const decoder = new TextDecoder();
  for await (const piece of partPieces(bytes, part)) {
    scanner.feed(decoder.decode(piece, { stream: true }));
    yield;
  }
}

/** Texts that cells name by their place. Readings of characters that stand beside a text are no part of it. */
async function readTexts(bytes: Buffer, part: string): Promise<string[]> {
  const texts: string[] = [];
  const reader = new TextReader();
  await scanPart(bytes, part, {
    open: (name) => reader.open(name),
    text: (text) => reader.text(text),
    close: (name) => {
      reader.close(name);
      if (name === 'si') atMost(texts.push(reader.take()), TEXTS_MOST);
    },
  });
  return texts;
}

/** Gathers the text of a cell from its runs. */
class TextReader {
  #text = '';
  #isText = false;
  #isReading = false;

  open(name: string): void {
    if (name === 'rPh') this.#isReading = true;
    else if (name === 't') this.#isText = !this.#isReading;
  }

  text(text: string): void {
    if (!this.#isText) return;
    this.#text += text;
    atMost(this.#text.length, LETTERS_MOST);
  }

  close(name: string): void {
    if (name === 'rPh') this.#isReading = false;
    else if (name === 't') this.#isText = false;
  }

  take(): string {
    const text = unescaped(this.#text);
    this.#text = '';
    return text;
  }
}

/** Signs that XML cannot hold are written as `_x000D_`. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Formats that every program knows by number: days and hours, those of Chinese, Japanese and Korean dates among them. */
function isKnownDate(format: number): boolean {
  return (
    (format >= 14 && format <= 22) ||
    (format >= 27 && format <= 36) ||
    (format >= 45 && format <= 47) ||
    (format >= 50 && format <= 58)
  );
}

/** A format that somebody made: with years, days, hours or seconds in it, colours, currencies and plain words aside. */
function saysDate(format: string): boolean {
  const signs = format
    .replace(/"[^"]*"|\\.|[*_]./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .trim();
  return !/^(general|standard|@)$/i.test(signs) && /[ydhs]|mmm|\[m+\]/i.test(signs);
}

async function readDateStyles(bytes: Buffer, part: string): Promise<boolean[]> {
  const formats = new Map<number, string>();
  const styles: boolean[] = [];
  let isInStyles = false;
  await scanPart(bytes, part, {
    open: (name, attributes) => {
      if (name === 'cellXfs') isInStyles = true;
      if (name === 'numFmt')
        formats.set(
          Number(attributeOf(attributes, 'numFmtId')),
          attributeOf(attributes, 'formatCode') ?? '',
        );
      if (name !== 'xf' || !isInStyles) return;
      const format = Number(attributeOf(attributes, 'numFmtId') ?? 0);
      const own = formats.get(format);
      atMost(styles.push(own === undefined ? isKnownDate(format) : saysDate(own)), STYLES_MOST);
    },
    text: () => undefined,
    close: (name) => {
      if (name === 'cellXfs') isInStyles = false;
    },
  });
  return styles;
}

function rowsReader(
  bytes: Buffer,
  part: Part | undefined,
  readShared: () => Promise<Shared>,
): WorkbookSheet['rows'] {
  let merges: Promise<Merge[]> | null = null;
  const readMerged = (name: string) => (merges ??= readMerges(bytes, name));
  return (columnsMost) => rowsOf(bytes, part, { readShared, readMerged, columnsMost });
}

interface RowNeeds {
  readShared: () => Promise<Shared>;
  readMerged: (part: string) => Promise<Merge[]>;
  columnsMost: number;
}

async function* rowsOf(
  bytes: Buffer,
  part: Part | undefined,
  { readShared, readMerged, columnsMost }: RowNeeds,
): AsyncGenerator<WorkbookRow> {
  if (part === undefined) throw new RangeError('a sheet without a part');
  // A sheet that is a chart has no rows.
  if (part.kind !== 'worksheet') return;
  if (!partNames(bytes).has(part.name)) throw new RangeError('a sheet that is not there');
  const reader = new RowReader(await readShared(), columnsMost);
  const merged = new MergedCells<WorkbookCell>(await readMerged(part.name));
  for await (const _ of scanned(bytes, part.name, reader))
    for (const row of reader.take()) yield merged.filled(row);
  if (!reader.isWhole) throw new RangeError('a sheet without end');
}

/** Reads rows from the tags of a sheet. */
class RowReader implements XmlSight {
  /** True once the sheet's end was seen. */
  isWhole = false;
  readonly #shared: Shared;
  readonly #columnsMost: number;
  readonly #inline = new TextReader();
  #rows: WorkbookRow[] = [];
  #line = 0;
  #count = 0;
  #cells: WorkbookCell[] | null = null;
  #column = 0;
  #type = '';
  #style = -1;
  #value = '';
  #isValue = false;

  constructor(shared: Shared, columnsMost: number) {
    this.#shared = shared;
    this.#columnsMost = columnsMost;
  }

  /** The rows that came since it was asked last. */
  take(): WorkbookRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#isValue = true;
    else if (name === 'row') this.#openRow(attributes);
    else if (this.#type === 'inlineStr') this.#inline.open(name);
  }

  text(text: string): void {
    if (!this.#isValue) {
      if (this.#type === 'inlineStr') this.#inline.text(text);
      return;
    }
    this.#value += text;
    atMost(this.#value.length, LETTERS_MOST);
  }

  close(name: string): void {
    if (name === 'v') this.#isValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (name === 'worksheet') this.isWhole = true;
    else if (this.#type === 'inlineStr') this.#inline.close(name);
  }

  #openRow(attributes: string): void {
    const line = Number(attributeOf(attributes, 'r') ?? this.#line + 1);
    this.#line = Number.isInteger(line) && line > 0 ? line : this.#line + 1;
    atMost(Math.max(this.#line, ++this.#count), LINES_MOST);
    this.#cells = [];
    this.#column = 0;
  }

  #openCell(attributes: string): void {
    const place = attributeOf(attributes, 'r');
    if (place !== null) this.#column = columnOf(place);
    this.#type = attributeOf(attributes, 't') ?? 'n';
    this.#style = Number(attributeOf(attributes, 's') ?? -1);
    this.#value = '';
    this.#inline.take();
  }

  #closeCell(): void {
    const value = this.#type === 'inlineStr' ? this.#inline.take() : this.#valueOf();
    const column = this.#column++;
    this.#type = '';
    if (this.#cells === null || column >= this.#columnsMost) return;
    while (this.#cells.length < column) this.#cells.push(null);
    this.#cells[column] = value;
  }

  #closeRow(): void {
    if (this.#cells !== null) this.#rows.push({ line: this.#line, cells: this.#cells });
    this.#cells = null;
  }

  #valueOf(): WorkbookCell {
    const text = this.#value;
    if (this.#type === 's') return text === '' ? null : (this.#shared.texts[Number(text)] ?? null);
    if (this.#type === 'str') return unescaped(text);
    if (this.#type === 'b') return text === '1' || text.toLowerCase() === 'true';
    if (text === '') return null;
    const number = this.#type === 'e' ? Number.NaN : Number(text);
    if (!Number.isFinite(number)) return text;
    const isDay = this.#shared.isDate[this.#style] && number >= 0 && number <= LAST_DAY;
    return isDay ? dateOf(number, this.#shared.isFrom1904) : number;
  }
}

const DAY_MILLIS = 86_400_000;
/** The last day of the year 9999: programs show a larger number as no date, whatever its style. */
const LAST_DAY = 2_958_465;
/** The 29th of February 1900, which was none: days after it count one too many. */
const DAY_THAT_WAS_NONE = 60;

function dateOf(days: number, isFrom1904: boolean): Date {
  if (isFrom1904) return new Date(Date.UTC(1904, 0, 1) + Math.round(days * DAY_MILLIS));
  const counted = days >= DAY_THAT_WAS_NONE ? days - 1 : days;
  return new Date(Date.UTC(1899, 11, 31) + Math.round(counted * DAY_MILLIS));
}

function isTrue(text: string | null): boolean {
  return text === '1' || text === 'true';
}
