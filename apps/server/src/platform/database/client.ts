import type { Duplex } from 'node:stream';
import pg from 'pg';

const preparedNames = new Map<string, string>();

/**
 * Marks a constant text for `Scoped.sql` to be parsed and planned once a connection instead of at every call, which
 * for a wide insert costs as much as a dozen of its rows. Only for statements whose plan does not hang on how full
 * a table is, as it is kept while tables grow: inserts, calls of functions.
 */
export function prepared(text: string): string {
  if (!preparedNames.has(text)) preparedNames.set(text, `prepared_${preparedNames.size}`);
  return text;
}

const unhurriedTexts = new Set<string>();
const unhurriedValues = new WeakSet<object>();

/**
 * Marks a constant text whose answer nobody looks at, as what comes after it in its transaction fails when it does: it
 * travels with the next statement instead of being waited for.
 */
export function unhurried(text: string): string {
  unhurriedTexts.add(text);
  return text;
}

/** The same for one statement, known by its list of values. */
export function unhurriedOnce(values: readonly unknown[]): void {
  unhurriedValues.add(values);
}

/** What begins a transaction and sets its scope, in one text. */
export const BEGIN = 'begin';

type Asked = readonly unknown[];

const isBeginning = ([text]: Asked) => typeof text === 'string' && text.startsWith(BEGIN);
const isUnhurried = (asked: Asked) => {
  const [text, values] = asked;
  if (typeof text !== 'string') return false;
  const isOnce = Array.isArray(values) && unhurriedValues.has(values);
  return isOnce || unhurriedTexts.has(text) || isBeginning(asked);
};

/**
 * A connection that keeps what is `prepared`, and sends statements whose answer nobody waits for with the next one, in
 * one message: a transaction's beginning goes with its first statement and its audit with the commit, which spares each
 * use case two round trips. When one of them fails, so does the statement it went with: in a transaction that has failed
 * PostgreSQL does nothing more, and makes a commit a rollback. Needs `pipeline`.
 */
export class ScopedClient extends pg.Client {
  #waiting: Asked[] = [];

  override query(...asked: unknown[]): never {
    return this.#ask(asked) as never;
  }

  #ask(asked: Asked): unknown {
    if (isUnhurried(asked)) {
      this.#waiting.push(asked);
      return answered('');
    }
    if (this.#waiting.length === 0) return this.#send(asked);
    const waiting = this.#waiting;
    this.#waiting = [];
    const [text] = asked;
    // A transaction in which nothing was done was never begun.
    const isUnbegun = waiting.some(isBeginning);
    if (text === 'rollback') return isUnbegun ? answered('ROLLBACK') : this.#send(asked);
    if (text === 'commit' && isUnbegun && waiting.length === 1) return answered('COMMIT');
    return this.#sendTogether([...waiting, asked]);
  }

  /** The answer of the last; the failure of the first that fails. */
  #sendTogether(all: readonly Asked[]): Promise<unknown> {
    const { stream } = (this as unknown as { connection: { stream: Duplex } }).connection;
    stream.cork();
    try {
      return Promise.all(all.map((asked) => this.#send(asked))).then((answers) => answers.at(-1));
    } finally {
      stream.uncork();
    }
  }

  #send(asked: Asked): unknown {
    const [text, values, ...rest] = asked;
    const name = typeof text === 'string' ? this.nameOf(text, values) : undefined;
    const query = super.query as (...asked: readonly unknown[]) => unknown;
    return name === undefined
      ? query.apply(this, [...asked])
      : query.apply(this, [{ name, text, values }, ...rest]);
  }

  /** The name under which this connection keeps a text; undefined for one that it does not keep. */
  protected nameOf(text: string, _values: unknown): string | undefined {
    return preparedNames.get(text);
  }
}

const answered = (command: string) => Promise.resolve({ command, rowCount: null, rows: [] });

/** Longer texts list rows one by one, so that hardly any comes twice. */
const LONGEST_REMEMBERED = 3_000;

/** Keeps every text with values, for as long as its connection lives. */
export class RememberingClient extends ScopedClient {
  static readonly #names = new Map<string, string>();

  protected override nameOf(text: string, values: unknown): string | undefined {
    const names = RememberingClient.#names;
    if (!Array.isArray(values) || values.length === 0 || text.length > LONGEST_REMEMBERED)
      return super.nameOf(text, values);
    if (!names.has(text)) names.set(text, `remembered_${names.size}`);
    return names.get(text);
  }
}
