import type { TransferEntry } from './entry.ts';

/** A public account as the log alone shows it. */
export interface PublicAccount {
  code: string;
  unit: string;
  inflow: number;
  outflow: number;
}

interface Book extends PublicAccount {
  isEdge: boolean;
  /** Everything before this position has left. */
  cursor: number;
  /** What left beyond the cursor, by its first position: where it ends. In order of position. */
  ahead: { from: number; until: number }[];
}

/**
 * The books of all public accounts, from the log's entries alone: what comes in lies end to end, what goes
 * out was there and had not left before, and no account is ever overdrawn.
 */
export class PublicBooks {
  readonly #books = new Map<string, Book>();

  /** Takes one transfer, in order of the log; answers what is wrong with it, or null. */
  add(entry: TransferEntry): string | null {
    return this.#leave(entry) ?? this.#enter(entry);
  }

  /** Totals of every account, by code. */
  totals(): PublicAccount[] {
    return [...this.#books.values()]
      .filter((book) => !book.isEdge)
      .map(({ code, unit, inflow, outflow }) => ({ code, unit, inflow, outflow }))
      .sort((one, other) => (one.code < other.code ? -1 : 1));
  }

  #find(code: string, unit: string, isEdge: boolean): Book | string {
    const fresh = { code, unit, isEdge, inflow: 0, outflow: 0, cursor: 0, ahead: [] };
    const book = this.#books.get(code) ?? fresh;
    if (book.unit !== unit) return `${code} counts ${book.unit}, not ${unit}`;
    if (book.isEdge !== isEdge) return `${code} has positions in some entries only`;
    this.#books.set(code, book);
    return book;
  }

  #enter({ to, unit, amount }: TransferEntry): string | null {
    if (!('code' in to)) return null;
    const book = this.#find(to.code, unit, to.at === null);
    if (typeof book === 'string') return book;
    if (to.at === null) return null;
    const expected = book.inflow;
    // Going on from what the entry says, so that one missing entry is one finding.
    book.inflow = to.at + amount;
    if (to.at === expected) return null;
    return `${to.code} has received ${expected} so far, but this enters at ${to.at}`;
  }

  #leave({ from, unit, amount }: TransferEntry): string | null {
    if (!('code' in from)) return null;
    const book = this.#find(from.code, unit, from.at === null);
    if (typeof book === 'string') return book;
    if (from.at === null) return null;
    const until = from.at + amount;
    if (until > book.inflow)
      return `${from.code} has received ${book.inflow} so far, but positions up to ${until} leave`;
    const next = book.ahead.findIndex((piece) => piece.from >= from.at!);
    const place = next < 0 ? book.ahead.length : next;
    const [before, after] = [book.ahead[place - 1], book.ahead[place]];
    const isTaken =
      from.at < book.cursor ||
      (before !== undefined && before.until > from.at) ||
      (after !== undefined && after.from < until);
    if (isTaken) return `of ${from.code} positions ${from.at} to ${until} leave a second time`;
    book.ahead.splice(place, 0, { from: from.at, until });
    book.outflow += amount;
    while (book.ahead[0]?.from === book.cursor) book.cursor = book.ahead.shift()!.until;
    return null;
  }
}
