const PLAIN = /^[A-Za-z0-9_:./@#-]+$/;
const NULL = /^null$/i;

/** A PostgreSQL array literal of numbers, uuids or null, which never need quoting. */
export function plainArray(values: readonly (string | number | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ',';
    text += values[index] ?? 'null';
  }
  return `${text}}`;
}

/** A PostgreSQL array literal of texts or null; quotes whatever could be read otherwise. */
export function textArray(values: readonly (string | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ',';
    const value = values[index] ?? null;
    if (value === null) text += 'null';
    else if (PLAIN.test(value) && !(value.length === 4 && NULL.test(value))) text += value;
    else text += `"${value.replace(/[\\"]/g, '\\$&')}"`;
  }
  return `${text}}`;
}

/** The literal of one column of rows, or null when it holds nothing: an absent array is a column of nulls. */
export function sparse<Row, T>(
  rows: readonly Row[],
  pick: (row: Row) => T | null | undefined,
  literal: (values: readonly (T | null)[]) => string,
): string | null {
  const values: (T | null)[] = [];
  let found = false;
  for (const row of rows) {
    const value = pick(row) ?? null;
    if (value !== null) found = true;
    values.push(value);
  }
  return found ? literal(values) : null;
}

/** What one query takes of many rows: each column as an array literal, or null for a column of nulls. */
export interface Columns<Row> {
  /** Numbers, ids, times as ISO text, true and false: what never needs quoting. */
  plain(pick: (row: Row) => string | number | null): string | null;
  text(pick: (row: Row) => string | null): string | null;
}

/**
 * The columns of rows for `unnest($1::uuid[], $2::text[], …)`. Drivers turn arrays into literals value by value,
 * which for a thousand rows costs more than writing them; here it costs next to nothing.
 */
export function columnsOf<Row>(rows: readonly Row[]): Columns<Row> {
  return {
    plain: (pick) => sparse(rows, pick, plainArray),
    text: (pick) => sparse(rows, pick, textArray),
  };
}

/** A JSON value as drivers give it: parsed, or as its text. */
export function fromJson<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T;
}

/** A bigint or numeric as drivers give it (number, text or bigint), as a number. */
export function toNumber(value: unknown): number {
  return Number(value);
}

/** The same for a column that may be null. */
export function toNumberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** A timestamp as drivers give it. */
export function toDate(value: unknown): Date {
  return value instanceof Date ? value : new Date(String(value));
}
