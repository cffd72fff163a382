import type { Id } from '@wennuan/basics';
import { columnsOf } from '@wennuan/ledger';
import { bundleEntries, type GrownTile, type TileName } from '@wennuan/log';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import { prepared, type Scoped, type Writing } from '../../platform/database/database.ts';
import type { Salts } from './publication.ts';

/** The head of the log as it is stored. */
export interface Head {
  origin: string;
  /** Entries in the tree. */
  size: number;
  /** Leaves of the ledger among them. */
  leaves: number;
  root: Uint8Array;
  checkpoint: string;
  at: Date;
}

/** The head, or null before the first turn. */
export async function readHead(tx: Scoped): Promise<Head | null> {
  const row = await tx.db.selectFrom('publication').selectAll().executeTakeFirst();
  return row ? headOf(row) : null;
}

/** The head, locked until the transaction ends; made when there is none. */
export async function lockHead(tx: Writing, first: () => Omit<Head, 'at'>): Promise<Head> {
  const find = () =>
    tx.db.selectFrom('publication').selectAll().forNoKeyUpdate().executeTakeFirst();
  const found = await find();
  if (found) return headOf(found);
  const { origin, size, leaves, root, checkpoint } = first();
  await tx.db
    .insertInto('publication')
    .values({ origin, size, leaves, root: Buffer.from(root), checkpoint, at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return headOf((await find())!);
}

function headOf(row: {
  origin: string;
  size: number;
  leaves: number;
  root: Buffer;
  checkpoint: string;
  at: Date;
}): Head {
  return { ...row, size: Number(row.size), leaves: Number(row.leaves) };
}

/** Writes a new head and keeps it for good. */
export async function writeHead(tx: Writing, head: Omit<Head, 'at'>): Promise<void> {
  await tx.db
    .updateTable('publication')
    .set({ ...head, root: Buffer.from(head.root), at: tx.now })
    .execute();
  await keepCheckpoint(tx, { ...head, lost: false });
}

/** Keeps a signed head; `lost` when it is known from outside only. Again changes nothing. */
export async function keepCheckpoint(
  tx: Writing,
  head: { origin: string; size: number; checkpoint: string; lost: boolean },
): Promise<void> {
  const { origin, size, checkpoint, lost } = head;
  await tx.db
    .insertInto('publication_checkpoint')
    .values({ origin, size, note: checkpoint, at: tx.now, lost })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Every head signed that is a beginning of this log, oldest first. */
export async function listCheckpoints(tx: Scoped): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('publication_checkpoint')
    .select('note')
    .where('lost', '=', false)
    .orderBy('size')
    .execute();
  return rows.map((row) => row.note);
}

/** A head signed before, by its name and size; null when this database never had it. */
export async function findCheckpoint(tx: Scoped, origin: string, size: number) {
  const row = await tx.db
    .selectFrom('publication_checkpoint')
    .select('note')
    .where('origin', '=', origin)
    .where('size', '=', size)
    .executeTakeFirst();
  return row?.note ?? null;
}

/** Under how many names the log has signed. */
export async function countOrigins(tx: Scoped): Promise<number> {
  const row = await tx.db
    .selectFrom('publication_checkpoint')
    .select((count) => count.fn.count<number>('origin').distinct().as('origins'))
    .executeTakeFirstOrThrow();
  return Number(row.origins);
}

/** An entry to add. */
export interface NewEntry {
  entry: Uint8Array;
  leaf: number | null;
  transferId: Id | null;
  salts: Salts | null;
}

/** Adds entries from a number on, with their salts, in two statements. */
export async function insertEntries(
  tx: Writing,
  first: number,
  entries: readonly NewEntry[],
): Promise<void> {
  const numbered = entries.map((one, index) => ({ ...one, number: first + index }));
  const bytes = new PackedBytes();
  const columns = columnsOf(numbered);
  const entryParts = bytes.add(numbered.map((one) => one.entry));
  await tx.sql.query(INSERT_ENTRIES, [
    columns.plain((one) => one.number),
    ...entryParts,
    columns.plain((one) => one.leaf),
    columns.plain((one) => one.transferId),
    bytes.whole(),
  ]);
  const salted = numbered.flatMap(({ number, salts }) => (salts ? [{ number, salts }] : []));
  if (salted.length === 0) return;
  const salts = new PackedBytes();
  const saltParts = (['from', 'to', 'rest'] as const).flatMap((name) =>
    salts.add(salted.map((one) => one.salts[name])),
  );
  await tx.sql.query(INSERT_SALTS, [
    columnsOf(salted).plain((one) => one.number),
    ...saltParts,
    salts.whole(),
  ]);
}

const INSERT_ENTRIES = prepared(`insert into publication_entry (number, entry, leaf, transfer_id)
  select e.number, substring($6::bytea from e.start for e.length), e.leaf, e.transfer_id
  from unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[], $5::uuid[])
    as e(number, start, length, leaf, transfer_id)`);

const INSERT_SALTS = prepared(`insert into publication_salt (number, from_salt, to_salt, rest_salt)
  select s.number, substring($8::bytea from s.from_start for s.from_length),
    substring($8::bytea from s.to_start for s.to_length), substring($8::bytea from s.rest_start for s.rest_length)
  from unnest($1::bigint[], $2::integer[], $3::integer[], $4::integer[], $5::integer[], $6::integer[],
    $7::integer[]) as s(number, from_start, from_length, to_start, to_length, rest_start, rest_length)`);

/**
 * Many short byte strings as one parameter, with where each begins and how long it is: the one goes to the database
 * as it is, where an array of them would be spelled out in hexadecimal digits and read back one by one.
 */
class PackedBytes {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  /** Adds a column; answers its starts (from 1, as SQL counts) and lengths as array literals. */
  add(column: readonly (Uint8Array | null)[]): [string | null, string | null] {
    const starts: (number | null)[] = [];
    for (const piece of column) {
      starts.push(piece && this.#length + 1);
      if (!piece) continue;
      this.#pieces.push(piece);
      this.#length += piece.length;
    }
    const lengths = columnsOf(column).plain((piece) => piece && piece.length);
    return [columnsOf(starts).plain((start) => start), lengths];
  }

  whole(): Buffer {
    return Buffer.concat(this.#pieces, this.#length);
  }
}

/** Tiles by name, each as far as it has grown; one that is not there is absent. */
export async function readTiles(
  tx: Scoped,
  tiles: readonly { level: number; n: number }[],
): Promise<Map<string, Uint8Array>> {
  if (tiles.length === 0) return new Map();
  const { rows } = await sql<{ level: number; n: number; hashes: Buffer }>`
    select t.level, t.n, t.hashes from publication_tile t
    join unnest(${tiles.map((tile) => tile.level)}::smallint[], ${tiles.map((tile) => tile.n)}::bigint[])
      as asked(level, n) on asked.level = t.level and asked.n = t.n`.execute(tx.db);
  return new Map(rows.map((row) => [`${row.level}/${row.n}`, new Uint8Array(row.hashes)]));
}

/** Writes tiles that are new or have grown. */
export async function writeTiles(tx: Writing, tiles: readonly GrownTile[]): Promise<void> {
  if (tiles.length === 0) return;
  await sql`insert into publication_tile (level, n, hashes)
    select * from unnest(${tiles.map((tile) => tile.level)}::smallint[],
      ${tiles.map((tile) => tile.n)}::bigint[], ${tiles.map((tile) => Buffer.from(tile.hashes))}::bytea[])
    on conflict (level, n) do update set hashes = excluded.hashes`.execute(tx.db);
}

/** The file of a tile or bundle, exactly as wide as it was asked for; null while it has not grown that far. */
export async function readTileFile(tx: Scoped, tile: TileName): Promise<Uint8Array | null> {
  const { level, n, width } = tile;
  if (level !== 'entries') {
    const stored = (await readTiles(tx, [{ level, n }])).get(`${level}/${n}`);
    return stored && stored.length >= width * 32 ? stored.slice(0, width * 32) : null;
  }
  const first = n * 256;
  const rows = await tx.db
    .selectFrom('publication_entry')
    .select('entry')
    .where('number', '>=', first)
    .where('number', '<', first + width)
    .orderBy('number')
    .execute();
  return rows.length === width ? bundleEntries(rows.map((row) => row.entry)) : null;
}

/** An entry about a transfer, with its salts while they exist. System login. */
export interface StoredEntry {
  number: number;
  entry: Uint8Array;
  leaf: number;
  transferId: Id;
  salts: Salts | null;
}

/** Entries by transfer, or by leaf of the ledger in [from, until). System login. */
export async function listEntries(
  tx: Scoped,
  chosen: { transferIds: readonly Id[] } | { from: number; until: number },
): Promise<StoredEntry[]> {
  let query = tx.db
    .selectFrom('publication_entry as e')
    .leftJoin('publication_salt as s', 's.number', 'e.number')
    .select(['e.number', 'e.entry', 'e.leaf', 'e.transfer_id', 's.from_salt', 's.to_salt'])
    .select('s.rest_salt')
    .orderBy('e.number');
  if ('transferIds' in chosen) query = query.where('e.transfer_id', '=', anyOf(chosen.transferIds));
  else query = query.where('e.leaf', '>=', chosen.from).where('e.leaf', '<', chosen.until);
  const rows = await query.execute();
  return rows.map((row) => ({
    number: Number(row.number),
    entry: row.entry,
    leaf: Number(row.leaf),
    transferId: row.transfer_id!,
    salts: row.rest_salt && { from: row.from_salt, to: row.to_salt, rest: row.rest_salt },
  }));
}

/** Deletes salts, and keeps what opens the entry that says so. System login. */
export async function eraseSalts(
  tx: Writing,
  erased: { numbers: readonly number[]; at: number; text: string; salt: Uint8Array },
): Promise<void> {
  await tx.db
    .deleteFrom('publication_salt')
    .where('number', '=', sql<number>`any(${erased.numbers}::bigint[])`)
    .execute();
  await tx.db
    .insertInto('publication_erasure')
    .values({ number: erased.at, text: erased.text, salt: Buffer.from(erased.salt) })
    .execute();
}
