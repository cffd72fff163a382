import { partsToFen, plainCell, readDecimal, readFen, readMoment, readNumber } from './cells.ts';
import type { Remark, RemarkCode } from './statement.ts';
import type { TableLine } from './table.ts';

/** A day ahead of us: clocks and time zones differ, next week does not. */
const AHEAD_MILLIS = 86_400_000;
/** A fee is written in up to five decimals of a yuan. */
const FEE_PLACES = 5;

/** What a remark repeats of a cell; enough to find it by. */
const SHOWN_MOST = 60;

function shortened(params: Remark['params']): Remark['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value !== 'string'
        ? value
        : value.length > SHOWN_MOST
          ? ownText(`${value.slice(0, SHOWN_MOST)}…`)
          : ownText(value),
    ]),
  );
}

/** A text of its own: a part of a file's text would keep all of that in memory. */
function ownText(text: string): string {
  return Buffer.from(text).toString();
}

/** So many different texts that come again and again are kept once: projects, merchants, products. */
const TEXTS_MOST = 1_000;

/** Reads cells of rows by field, and collects what is wrong with them. */
export class RowReader<Field extends string> {
  readonly problems: Remark[] = [];
  readonly notes: Remark[] = [];
  readonly #places: ReadonlyMap<Field, number>;
  readonly #latest: number;
  readonly #width: number;
  readonly #texts = new Map<string, string>();

  constructor(places: ReadonlyMap<Field, number>, now: Date) {
    this.#places = places;
    this.#latest = now.getTime() + AHEAD_MILLIS;
    this.#width = Math.max(...places.values()) + 1;
  }

  /** The text of a cell; empty when the table has no such column. */
  cell(line: TableLine, field: Field): string {
    const place = this.#places.get(field);
    return place === undefined ? '' : (line.cells[place] ?? '');
  }

  has(line: TableLine, field: Field): boolean {
    return plainCell(this.cell(line, field)) !== '';
  }

  /** False, with a problem, for a row that ends before its last column. */
  isWhole(line: TableLine): boolean {
    if (line.cells.length >= this.#width) return true;
    this.refuse(line, 'cells_missing', { found: line.cells.length, wanted: this.#width });
    return false;
  }

  refuse(line: TableLine, code: RemarkCode, params: Remark['params'] = {}): null {
    this.problems.push({ line: line.line, code, params: shortened(params) });
    return null;
  }

  note(line: TableLine, code: RemarkCode, params: Remark['params'] = {}): void {
    this.notes.push({ line: line.line, code, params: shortened(params) });
  }

  /** An order number; null, with a problem, when there is none or a spreadsheet rounded it. */
  order(line: TableLine, field: Field): string | null {
    const order = readNumber(this.cell(line, field));
    if (order === null)
      return this.refuse(line, 'number_spoiled', { text: plainCell(this.cell(line, field)) });
    return order === '' ? this.refuse(line, 'order_missing') : ownText(order);
  }

  /** A number of the channel's, to be kept; null for none and for one that a spreadsheet rounded. */
  number(line: TableLine, field: Field): string | null {
    const number = readNumber(this.cell(line, field));
    return number === null || number === '' ? null : ownText(number);
  }

  /** The text of a cell, to be kept; null for an empty one. `most` signs of it. */
  text(line: TableLine, field: Field, most: number): string | null {
    return this.own(plainCell(this.cell(line, field)).slice(0, most));
  }

  /** A text to be kept, once however often it comes; null for an empty one. */
  own(text: string | null): string | null {
    if (text === null || text === '') return null;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const kept = ownText(text);
    if (this.#texts.size < TEXTS_MOST) this.#texts.set(kept, kept);
    return kept;
  }

  /** An amount above zero. */
  amount(line: TableLine, field: Field): number | null {
    const text = this.cell(line, field);
    const fen = readFen(text);
    if (fen === 0) return this.refuse(line, 'amount_zero');
    return fen === null || fen < 0 ? this.#refuseAmount(line, text) : fen;
  }

  /** What went back, with or without a sign; not zero. */
  refunded(line: TableLine, field: Field): number | null {
    const text = this.cell(line, field);
    const fen = readFen(text);
    if (fen === 0) return this.refuse(line, 'amount_zero');
    return fen === null ? this.#refuseAmount(line, text) : Math.abs(fen);
  }

  /** An amount that may be absent or zero. */
  optionalAmount(line: TableLine, field: Field): number | null | 'bad' {
    const text = this.cell(line, field);
    if (plainCell(text) === '') return null;
    const fen = readFen(text);
    if (fen !== null && fen >= 0) return fen;
    this.#refuseAmount(line, text);
    return 'bad';
  }

  /** A fee in parts of a fen, with its sign; null, with a problem, for none. */
  feeParts(line: TableLine, field: Field): number | null {
    const text = this.cell(line, field);
    const parts = readDecimal(text, FEE_PLACES);
    return parts ?? this.refuse(line, 'fee_invalid', { text: plainCell(text) });
  }

  optionalFee(line: TableLine, field: Field): number | null | 'bad' {
    if (!this.has(line, field)) return null;
    const parts = this.feeParts(line, field);
    return parts === null ? 'bad' : partsToFen(Math.abs(parts));
  }

  moment(line: TableLine, field: Field): Date | null {
    const text = this.cell(line, field);
    const at = readMoment(text);
    if (at === null) return this.refuse(line, 'time_invalid', { text: plainCell(text) });
    return at.getTime() > this.#latest
      ? this.refuse(line, 'time_ahead', { text: plainCell(text) })
      : at;
  }

  #refuseAmount(line: TableLine, text: string): null {
    const finer = readFen(text) === null && readDecimal(text, FEE_PLACES) !== null;
    return this.refuse(line, finer ? 'amount_too_fine' : 'amount_invalid', {
      text: plainCell(text),
    });
  }
}
