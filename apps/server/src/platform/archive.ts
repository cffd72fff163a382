import { createInflateRaw, inflateRawSync } from 'node:zlib';

/** One file in a zip archive, by the archive's own directory. */
interface Entry {
  name: string;
  method: number;
  start: number;
  size: number;
}

export type ArchiveFault = 'damaged' | 'too_large';

const ENTRIES_MOST = 4_000;
const INFLATED_BYTES_MOST = 400 * 1_048_576;
const LARGEST_BYTES_MOST = 64 * 1_048_576;
const PIECE_BYTES = 65_536;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const COMMENT_BYTES_MOST = 65_535;

/**
 * Says whether an archive may be unpacked: it unpacks every part and counts, keeping nothing, since what an
 * archive says of its own sizes may be a lie. Null when it may.
 */
export async function findArchiveFault(bytes: Buffer): Promise<ArchiveFault | null> {
  const entries = entriesOf(bytes);
  if (entries === null) return 'damaged';
  if (entries.length > ENTRIES_MOST) return 'too_large';
  let left = INFLATED_BYTES_MOST;
  for (const entry of entries) {
    const size = await inflatedSize(bytes, entry, left);
    if (size === null) return 'damaged';
    left -= size;
    if (left < 0) return 'too_large';
  }
  return null;
}

/** The names of all parts; none of a damaged archive. */
export function partNames(bytes: Buffer): Set<string> {
  return new Set((entriesOf(bytes) ?? []).map(({ name }) => name));
}

/** A part as it unpacks, piece by piece; nothing where there is none. Throws what unpacking throws. */
export async function* partPieces(bytes: Buffer, name: string): AsyncGenerator<Buffer> {
  const entry = entriesOf(bytes)?.find((one) => one.name === name);
  if (!entry) return;
  const packed = bytes.subarray(entry.start, entry.start + entry.size);
  if (entry.method === 0) {
    for (let at = 0; at < packed.length; at += PIECE_BYTES)
      yield packed.subarray(at, at + PIECE_BYTES);
    return;
  }
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  inflate.end(packed);
  try {
    for await (const piece of inflate) yield piece as Buffer;
  } finally {
    inflate.destroy();
  }
}

/** The bytes of the largest part, as of a bill that comes packed beside its summary; null for a damaged archive. */
export function largestPart(bytes: Buffer): Buffer | null {
  const entry = entriesOf(bytes)?.toSorted((a, b) => b.size - a.size)[0];
  if (!entry || (entry.method !== 0 && entry.method !== 8)) return null;
  try {
    const packed = bytes.subarray(entry.start, entry.start + entry.size);
    return entry.method === 0
      ? packed
      : inflateRawSync(packed, { maxOutputLength: LARGEST_BYTES_MOST });
  } catch {
    return null;
  }
}

/** Counts what a part unpacks to, up to a little above `most`; null for one that cannot be unpacked. */
async function inflatedSize(bytes: Buffer, entry: Entry, most: number): Promise<number | null> {
  if (entry.method === 0) return entry.size;
  if (entry.method !== 8) return null;
  const inflate = createInflateRaw();
  inflate.end(bytes.subarray(entry.start, entry.start + entry.size));
  let size = 0;
  try {
    for await (const chunk of inflate) {
      size += (chunk as Buffer).length;
      if (size > most) return size;
    }
    return size;
  } catch {
    return null;
  } finally {
    inflate.destroy();
  }
}

function entriesOf(bytes: Buffer): Entry[] | null {
  const end = findEnd(bytes);
  if (end < 0) return null;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let number = 0; number < count && number <= ENTRIES_MOST; number++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) return null;
    const nameBytes = bytes.readUInt16LE(at + 28);
    const header = bytes.readUInt32LE(at + 42);
    if (header + 30 > bytes.length) return null;
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const size = bytes.readUInt32LE(at + 20);
    if (start + size > bytes.length) return null;
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
      method: bytes.readUInt16LE(at + 10),
      start,
      size,
    });
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - COMMENT_BYTES_MOST);
  for (let at = bytes.length - END_BYTES; at >= first; at--)
    if (bytes.readUInt32LE(at) === END_SIGNATURE) return at;
  return -1;
}
