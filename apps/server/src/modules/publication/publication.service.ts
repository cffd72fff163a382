import { dateInShanghai, type Id } from '@wennuan/basics';
import { type Leaf, leavesFrom } from '@wennuan/ledger';
import {
  type Checkpoint,
  edgeTiles,
  EMPTY_ROOT,
  formatEntry,
  growTiles,
  leafHash,
  parseCheckpoint,
  parseNote,
  type ReadTile,
  rootFromTiles,
  SALT_BYTES,
  saltedHash,
} from '@wennuan/log';
import { signCheckpoint, type Signer } from '@wennuan/log/sign';
import { systemActor } from '../../platform/actor.ts';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { HeadMemory } from './head-memory.ts';
import { entryOf, freshSalts, nextOrigin } from './publication.ts';
import {
  countOrigins,
  eraseSalts,
  findCheckpoint,
  type Head,
  insertEntries,
  keepCheckpoint,
  listEntries,
  lockHead,
  type NewEntry,
  readTiles,
  writeHead,
  writeTiles,
} from './publication.store.ts';

export interface PublicationNeeds {
  database: Database;
  /** Random bytes that nobody can guess. */
  random(bytes: number): Uint8Array;
  /** Signs under a name of the log; one key, whatever the name. */
  signer(origin: string): Signer;
  /** The name of a log that is opened for the first time. */
  origin: string;
  memory: HeadMemory;
  /** The ledger transfer of a gift by its giver's token: null while it is not received; refuses an unknown token. */
  giftTransfer(tx: Scoped, token: string): Promise<Id | null>;
}

/** Why nothing is published: the database is older than, or other than, what was published from here. */
export interface Halt {
  /** The head that is not part of the database's log. */
  lost: Checkpoint;
  note: string;
  /** Entries the database's log has. */
  size: number;
}

const ACTOR = systemActor('publication');
const BATCH = 1_000;

/**
 * Publishes every leaf of the ledger that waits: batch by batch, entries, tiles and the signed head in one
 * transaction. Answers how many, or why it must not: a head that has been published is not part of this log.
 */
export async function publish(needs: PublicationNeeds): Promise<number | Halt> {
  for (let count = 0; ;) {
    const turn = await needs.database.write(ACTOR, null, (tx) => publishBatch(needs, tx));
    if ('lost' in turn) return turn;
    if (turn.checkpoint) needs.memory.write(turn.checkpoint);
    count += turn.count;
    if (turn.count < BATCH) return count;
  }
}

interface Turn {
  count: number;
  /** The head to remember; null when it is remembered already. */
  checkpoint: string | null;
}

async function publishBatch(needs: PublicationNeeds, tx: Writing): Promise<Turn | Halt> {
  const head = await lockLog(needs, tx);
  const halt = await haltOf(needs, tx, head);
  if (halt) return halt;
  const leaves = await leavesFrom(tx.sql, head.leaves, BATCH);
  if (leaves.length === 0) {
    const known = needs.memory.read() === head.checkpoint;
    return { count: 0, checkpoint: known ? null : head.checkpoint };
  }
  const entries = leaves.map((leaf) => newEntry(leaf, needs.random));
  return { count: leaves.length, checkpoint: await append(needs, tx, { head, entries }) };
}

/** The head, locked; a log that does not exist yet begins with a signed head of nothing. */
export function lockLog(needs: PublicationNeeds, tx: Writing): Promise<Head> {
  return lockHead(tx, () => {
    const { origin } = needs;
    const checkpoint = signCheckpoint({ origin, size: 0, root: EMPTY_ROOT }, needs.signer(origin));
    return { origin, size: 0, leaves: 0, root: EMPTY_ROOT, checkpoint };
  });
}

function newEntry(leaf: Leaf, random: PublicationNeeds['random']): NewEntry {
  const salts = freshSalts(leaf, random);
  const entry = formatEntry(entryOf(leaf, salts));
  return { entry, leaf: leaf.leaf, transferId: leaf.transfer.id, salts };
}

/** Adds entries to the locked log and signs the new head; answers the checkpoint. */
async function append(
  needs: PublicationNeeds,
  tx: Writing,
  { head, entries, origin = head.origin }: { head: Head; entries: NewEntry[]; origin?: string },
): Promise<string> {
  const stored = await readTiles(tx, edgeTiles(head.size));
  const hashes = entries.map((one) => leafHash(one.entry));
  const grown = growTiles(head.size, hashes, readerOf(stored));
  for (const tile of grown) stored.set(`${tile.level}/${tile.n}`, tile.hashes);
  const size = head.size + entries.length;
  const root = rootFromTiles(size, readerOf(stored));
  const checkpoint = signCheckpoint({ origin, size, root }, needs.signer(origin));
  const leaves = head.leaves + entries.filter((one) => one.leaf !== null).length;
  await insertEntries(tx, head.size, entries);
  await writeTiles(tx, grown);
  await writeHead(tx, { origin, size, leaves, root, checkpoint });
  return checkpoint;
}

/** Tiles read before, for the functions of the log; one that is missing is an error of ours. */
export function readerOf(tiles: ReadonlyMap<string, Uint8Array>): ReadTile {
  return (level, n) => {
    const tile = tiles.get(`${level}/${n}`);
    if (!tile) throw new Error(`tile ${level}/${n} is missing`);
    return tile;
  };
}

/** Whether the head remembered outside the database is a beginning of the log in it. */
export async function haltOf(needs: PublicationNeeds, tx: Scoped, head: Head | null) {
  const note = needs.memory.read();
  const known = note === null ? null : parseCheckpoint(parseNote(note)!.text)!;
  if (!known || note === head?.checkpoint) return null;
  const isOurs = head !== null && (await isBeginning(tx, head, known));
  return isOurs ? null : { lost: known, note: note!, size: head?.size ?? 0 };
}

async function isBeginning(tx: Scoped, head: Head, known: Checkpoint): Promise<boolean> {
  if (known.origin !== head.origin)
    return (await findCheckpoint(tx, known.origin, known.size)) !== null;
  if (known.size > head.size) return false;
  const tiles = await readTiles(tx, edgeTiles(known.size));
  const root = rootFromTiles(known.size, readerOf(tiles));
  return Buffer.compare(root, known.root) === 0;
}

/**
 * Goes on after a restore from before a published head: under a new name, beginning with an entry that names
 * the head that was lost. Answers the old and the new name; null when nothing was lost.
 */
export async function continueLog(
  needs: PublicationNeeds,
): Promise<{ lost: Checkpoint; origin: string } | null> {
  const done = await needs.database.write(ACTOR, 'publication.continue', async (tx) => {
    const head = await lockLog(needs, tx);
    const halt = await haltOf(needs, tx, head);
    if (!halt) return null;
    const { lost, note } = halt;
    await keepCheckpoint(tx, { ...lost, checkpoint: note, lost: true });
    const origin = nextOrigin(lost.origin, await countOrigins(tx));
    const day = dateInShanghai(tx.now);
    const entry = formatEntry({ kind: 'continuation', day, ...lost });
    const entries = [{ entry, leaf: null, transferId: null, salts: null }];
    const checkpoint = await append(needs, tx, { head, entries, origin });
    tx.touched('log', origin, `continues ${lost.origin} at ${lost.size}`);
    return { lost, origin, checkpoint };
  });
  if (!done) return null;
  needs.memory.write(done.checkpoint);
  return { lost: done.lost, origin: done.origin };
}

/**
 * Forgets what opens the entries of these transfers: their salts are deleted, and an entry says that it was
 * done. The log verifies as before. Answers how many were forgotten. System login.
 */
export async function forget(
  needs: PublicationNeeds,
  tx: Writing,
  { transferIds, reason }: { transferIds: readonly Id[]; reason: string },
): Promise<number> {
  const head = await lockLog(needs, tx);
  if (await haltOf(needs, tx, head)) throw new Error('the log is halted: continue it first');
  const found = await listEntries(tx, { transferIds });
  const numbers = found.filter((one) => one.salts).map((one) => one.number);
  if (numbers.length === 0) return 0;
  const text = `${numbers.map((number) => `entry ${number}\n`).join('')}reason ${reason}\n`;
  const salt = needs.random(SALT_BYTES);
  const day = dateInShanghai(tx.now);
  const rest = saltedHash(salt, text);
  const entry = formatEntry({ kind: 'erasure', day, leaves: numbers.length, rest });
  await eraseSalts(tx, { numbers, at: head.size, text, salt });
  const entries = [{ entry, leaf: null, transferId: null, salts: null }];
  await append(needs, tx, { head, entries });
  for (const number of numbers) tx.touched('log_entry', String(number), reason);
  return numbers.length;
}
