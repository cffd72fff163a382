import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from './database/database.ts';

/** Seals and opens the personal data of one owner. */
export interface Box {
  seal(text: string): Buffer;
  /** The text, or throws when the bytes were altered. */
  open(sealed: Buffer): string;
  sealBytes(plain: Buffer): Buffer;
  openBytes(sealed: Buffer): Buffer;
}

/**
 * Personal data is sealed with a key per person, account, need or file (AES-256-GCM); the keys are
 * wrapped with one derived from the installation's secret. Erasing somebody is destroying her key.
 */
export interface Vault {
  /** Boxes for owners, made on first use. Owners whose key was destroyed are made anew only here. */
  boxes(tx: Scoped, owners: readonly Id[]): Promise<Map<Id, Box>>;
  /** Boxes that exist; an erased owner is absent from the map. */
  findBoxes(tx: Scoped, owners: readonly Id[]): Promise<Map<Id, Box>>;
  /** Destroys keys: what they sealed can never be read again. System login only. */
  destroy(tx: Scoped, owners: readonly Id[]): Promise<void>;
  /** A keyed hash for finding a value by equality (`telephone`, `id_number`). */
  hash(kind: string, text: string): Buffer;
}

/** A vault on the installation's secret (hexadecimal text). */
export function createVault(secret: string): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const wrapping = createBox(derive('wrap data keys'));
  // As a key object: Node looks at bare bytes anew each time, which takes five times as long as hashing a name.
  const hashing = createSecretKey(derive('hash for equality'));

  // Boxes found in a transaction, kept as long as it lives: one use case opens the same ones many times.
  const opened = new WeakMap<Scoped['db'], Map<Id, Box>>();
  const openedIn = (tx: Scoped) => {
    const known = opened.get(tx.db) ?? new Map<Id, Box>();
    opened.set(tx.db, known);
    return known;
  };
  const findBoxes = async (tx: Scoped, owners: readonly Id[]) => {
    const known = openedIn(tx);
    const asked = [...new Set(owners)];
    const unknown = asked.filter((owner) => !known.has(owner));
    if (unknown.length > 0) {
      const { rows } = await sql<{ owner: Id; wrapped: Buffer }>`
        select owner, wrapped from data_key where owner = any(${unknown}::uuid[])`.execute(tx.db);
      for (const row of rows) known.set(row.owner, createBox(wrapping.openBytes(row.wrapped)));
    }
    const found = boxesOf(known, asked);
    // A use case about everybody does not keep everybody's.
    if (known.size > BOXES_KEPT) known.clear();
    return found;
  };
  return {
    findBoxes,
    async boxes(tx, owners) {
      const found = await findBoxes(tx, owners);
      const missing = [...new Set(owners)].filter((owner) => !found.has(owner));
      if (missing.length === 0) return found;
      const drawnKeys = randomBytes(KEY_BYTES * missing.length);
      const keys = new Map(
        missing.map((owner, place) => [
          owner,
          drawnKeys.subarray(place * KEY_BYTES, (place + 1) * KEY_BYTES),
        ]),
      );
      const wrapped = missing.map((owner) => wrapping.sealBytes(keys.get(owner)!));
      const { rows } = await sql<{ owner: Id }>`insert into data_key (owner, wrapped)
        select * from unnest(${missing}::uuid[], ${wrapped}::bytea[])
        on conflict do nothing returning owner`.execute(tx.db);
      const known = openedIn(tx);
      for (const { owner } of rows) known.set(owner, createBox(keys.get(owner)!));
      // Somebody else may have made a key for one of them at the same moment.
      return new Map([...found, ...(await findBoxes(tx, missing))]);
    },
    async destroy(tx, owners) {
      if (owners.length) await tx.db.deleteFrom('data_key').where('owner', 'in', owners).execute();
      for (const owner of owners) openedIn(tx).delete(owner);
    },
    hash: (kind, text) => createHmac('sha256', hashing).update(`${kind}:${text}`).digest(),
  };
}

/** Boxes found in a transaction that are kept for its next question. */
const BOXES_KEPT = 4_096;
const KEY_BYTES = 32;

function boxesOf(known: ReadonlyMap<Id, Box>, owners: readonly Id[]): Map<Id, Box> {
  return new Map(
    owners.flatMap((owner) => {
      const box = known.get(owner);
      return box ? [[owner, box] as const] : [];
    }),
  );
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

// Random bytes are drawn for many nonces at once; each is used for one.
let drawn = Buffer.alloc(0);
let used = 0;

function freshNonce(): Buffer {
  if (used + NONCE_BYTES > drawn.length) {
    drawn = randomBytes(NONCE_BYTES * 256);
    used = 0;
  }
  return drawn.subarray(used, (used += NONCE_BYTES));
}

function createBox(bytes: Buffer): Box {
  const key = createSecretKey(bytes);
  const sealBytes = (plain: Buffer) => {
    const nonce = freshNonce();
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  };
  const openBytes = (sealed: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([
      decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
  };
  return {
    sealBytes,
    openBytes,
    seal: (text) => sealBytes(Buffer.from(text, 'utf8')),
    open: (sealed) => openBytes(sealed).toString('utf8'),
  };
}
