import { sameBytes, wholeNumber } from './bytes.ts';
import { PublicBooks, type PublicAccount } from './accounts.ts';
import {
  type Checkpoint,
  type CheckpointFault,
  type Keys,
  openCheckpoint,
  type OpenedCheckpoint,
  parseCheckpoint,
} from './checkpoint.ts';
import { type Entry, parseEntry } from './entry.ts';
import { EMPTY_ROOT, foldHashes, type Hash, leafHash } from './merkle.ts';
import { type NoteKey, parseNote } from './note.ts';
import { hashesAt, hashesIn, tilePath, tilesOf, TILE_WIDTH, unbundleEntries } from './tiles.ts';

/** Something that is not as it must be: what, where, and in one sentence how. */
export interface LogFinding {
  code:
    | CheckpointFault
    | 'file_missing'
    | 'bundle_malformed'
    | 'entry_malformed'
    | 'entry_differs'
    | 'tile_differs'
    | 'root_differs'
    | 'account_broken'
    | 'history_differs';
  /** A path below the log's prefix, with the entry's number where there is one. */
  where: string;
  detail: string;
}

export interface LogToVerify {
  /** The signed checkpoint, as text. */
  checkpoint: string;
  /** Gives the file of a path below the log's prefix (`tile/0/000.p/5`), or null when there is none. */
  tiles(path: string): Promise<Uint8Array | null>;
  keys: Keys;
  /**
   * Signed checkpoints seen before: each must be a beginning of this log. Their signatures are checked with the log's
   * key, or one of `earlierKeys`; of a log whose key is not given only the head is read.
   */
  earlier?: readonly string[];
  /** Keys of names that the log had before. */
  earlierKeys?: readonly NoteKey[];
  /** Told of every entry, in order. */
  entry?: (index: number, entry: Entry, bytes: Uint8Array) => void;
}

export interface LogVerified {
  /** Null when it could not be opened: then nothing else was looked at. */
  checkpoint: OpenedCheckpoint | null;
  /** Empty when the log is whole; at most 20 of each kind. */
  findings: LogFinding[];
  /** Totals of public accounts, as the entries alone show them. */
  accounts: PublicAccount[];
}

const FINDINGS_MAX = 20;

/**
 * Verifies a whole log offline: the checkpoint's signatures, every entry against its hash, every tile, the
 * root, the books of every public account, and that checkpoints seen before are beginnings of it.
 */
export async function verifyLog(log: LogToVerify): Promise<LogVerified> {
  const opened = openCheckpoint(log.checkpoint, log.keys);
  if ('fault' in opened) {
    const finding = { code: opened.fault, where: 'checkpoint', detail: opened.detail };
    return { checkpoint: null, findings: [finding], accounts: [] };
  }
  const walk = new Walk(log, opened.checkpoint);
  await walk.entries();
  await walk.upperTiles();
  walk.head();
  return {
    checkpoint: opened.checkpoint,
    findings: walk.findings,
    accounts: walk.books.totals(),
  };
}

/** One pass over a log. Hashes come from the entries; what is served as tiles is compared with them. */
class Walk {
  readonly findings: LogFinding[] = [];
  readonly books = new PublicBooks();
  readonly #log: LogToVerify;
  readonly #head: OpenedCheckpoint;
  /** Hashes by level of tiles; of level 0 only the bundle at hand. */
  readonly #levels: Hash[][] = [[]];
  readonly #suspects: LogFinding[] = [];
  #earlier: { size: number; root: Hash; origin: string }[];

  constructor(log: LogToVerify, head: OpenedCheckpoint) {
    this.#log = log;
    this.#head = head;
    this.#earlier = (log.earlier ?? [])
      .flatMap((text, place) => this.#openEarlier(text, place) ?? [])
      .sort((one, other) => one.size - other.size);
  }

  /** The head of a checkpoint seen before; null, and found, when it is none or its signature is not right. */
  #openEarlier(text: string, place: number): Checkpoint | null {
    const head = parseCheckpoint(parseNote(text)?.text ?? '');
    const where = head ? `checkpoint of ${head.size} entries` : `earlier checkpoint ${place + 1}`;
    if (!head) return this.#none('checkpoint_malformed', where, 'not a signed checkpoint');
    const { keys, earlierKeys = [] } = this.#log;
    const key = [keys.log, ...earlierKeys].find((one) => one.name === head.origin);
    const opened = key && openCheckpoint(text, { log: key });
    return opened && 'fault' in opened ? this.#none(opened.fault, where, opened.detail) : head;
  }

  #found(code: LogFinding['code'], where: string, detail: string): void {
    const alike = this.findings.filter((one) => one.code === code).length;
    if (alike < FINDINGS_MAX) this.findings.push({ code, where, detail });
  }

  async entries(): Promise<void> {
    const { size } = this.#head;
    for (let n = 0; n * TILE_WIDTH < size; n += 1) {
      const first = n * TILE_WIDTH;
      const width = Math.min(TILE_WIDTH, size - first);
      const path = tilePath({ level: 'entries', n, width });
      const entries = await this.#bundle(path, width);
      const hashes = entries?.map(leafHash) ?? null;
      const tile = await this.#tile(tilePath({ level: 0, n, width }), width);
      if (entries && tile) this.#compareLeaves(hashes!, tile, { path, first });
      entries?.forEach((bytes, place) => this.#entry(first + place, bytes, path));
      this.#levels[0] = hashes ?? tile ?? [];
      if (width === TILE_WIDTH) this.#raise(1, foldHashes(this.#levels[0]));
      this.#compareEarlier(first + width);
    }
  }

  async #bundle(path: string, width: number): Promise<Uint8Array[] | null> {
    const bytes = await this.#log.tiles(path);
    if (!bytes) return this.#none('file_missing', path, 'there is no such file');
    const entries = unbundleEntries(bytes);
    if (!entries) return this.#none('bundle_malformed', path, 'the lengths do not come out');
    if (entries.length === width) return entries;
    return this.#none('bundle_malformed', path, `holds ${entries.length} entries, not ${width}`);
  }

  async #tile(path: string, width: number): Promise<Hash[] | null> {
    const bytes = await this.#log.tiles(path);
    if (!bytes) return this.#none('file_missing', path, 'there is no such file');
    const hashes = hashesIn(bytes);
    if (bytes.length % 32 === 0 && hashes.length === width) return hashes;
    return this.#none('tile_differs', path, `has ${bytes.length} bytes, not ${width * 32}`);
  }

  #none(code: LogFinding['code'], where: string, detail: string): null {
    this.#found(code, where, detail);
    return null;
  }

  /** Which of the two is wrong shows only at the root. */
  #compareLeaves(own: readonly Hash[], tile: readonly Hash[], at: { path: string; first: number }) {
    own.forEach((hash, place) => {
      if (sameBytes(hash, tile[place]!)) return;
      const where = `${at.path} entry ${at.first + place}`;
      const tilePart = at.path.replace('entries', '0');
      const detail = `the entry does not have the hash that ${tilePart} has at place ${place}`;
      if (this.#suspects.length < FINDINGS_MAX)
        this.#suspects.push({ code: 'entry_differs', where, detail });
    });
  }

  #entry(index: number, bytes: Uint8Array, path: string): void {
    const where = `${path} entry ${index}`;
    const entry = parseEntry(bytes);
    if (!entry) return this.#found('entry_malformed', where, 'not an entry of this log');
    const wrong = entry.kind === 'transfer' ? this.books.add(entry) : null;
    if (wrong) this.#found('account_broken', where, wrong);
    this.#log.entry?.(index, entry, bytes);
  }

  #raise(level: number, hash: Hash | null): void {
    const hashes = (this.#levels[level] ??= []);
    hashes.push(hash ?? EMPTY_ROOT);
    if (hashes.length % TILE_WIDTH === 0)
      this.#raise(level + 1, foldHashes(hashes.slice(-TILE_WIDTH)));
  }

  /** The root of the first `size` entries, of which the last stand in the bundle at hand. */
  #rootAt(size: number): Hash {
    let ragged: Hash | null = null;
    for (let level = 0; hashesAt(level, size) > 0; level += 1) {
      const count = hashesAt(level, size);
      const width = count % TILE_WIDTH;
      const hashes = this.#levels[level] ?? [];
      const tile = level === 0 ? hashes.slice(0, width) : hashes.slice(count - width, count);
      ragged = foldHashes(ragged ? [...tile, ragged] : tile);
    }
    return ragged ?? EMPTY_ROOT;
  }

  #compareEarlier(reached: number): void {
    while (this.#earlier[0] && this.#earlier[0].size <= reached) {
      const { origin, size, root } = this.#earlier.shift()!;
      if (size > 0 && !sameBytes(this.#rootAt(size), root))
        this.#found(
          'history_differs',
          `checkpoint of ${size} entries`,
          `the first ${size} entries are not those that ${origin} signed then`,
        );
    }
  }

  async upperTiles(): Promise<void> {
    for (const { level, n, width } of tilesOf(this.#head.size)) {
      if (level === 0) continue;
      const path = tilePath({ level, n, width });
      const tile = await this.#tile(path, width);
      tile?.forEach((hash, place) => {
        const index = n * TILE_WIDTH + place;
        const own = this.#levels[level]?.[index];
        if (own && sameBytes(own, hash)) return;
        const span = TILE_WIDTH ** level;
        const entries = `entries ${index * span} to ${(index + 1) * span - 1}`;
        this.#found('tile_differs', `${path} place ${place}`, `not the hash over ${entries}`);
      });
    }
  }

  head(): void {
    const { size, root } = this.#head;
    const isRight = sameBytes(this.#rootAt(size), root);
    for (const { where, detail } of this.#suspects)
      if (isRight) this.#found('tile_differs', tileOf(where), 'not the hash of the entry');
      else this.#found('entry_differs', where, detail);
    if (!isRight)
      this.#found('root_differs', 'checkpoint', `not the root of the ${size} entries served`);
    for (const { origin, size: lost } of this.#earlier)
      this.#found(
        'history_differs',
        `checkpoint of ${lost} entries`,
        `${origin} has signed ${lost} entries, this log has ${size}`,
      );
  }
}

/** `tile/entries/000 entry 5` as the place of its hash. */
function tileOf(where: string): string {
  const [path, , index] = where.split(' ');
  const place = (wholeNumber(index ?? '') ?? 0) % TILE_WIDTH;
  return `${path!.replace('entries', '0')} place ${place}`;
}
