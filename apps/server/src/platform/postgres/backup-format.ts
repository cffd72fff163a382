import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { PlainError } from './plain-error.ts';

/**
 * A backup file: a mark, then frames. A frame is one letter of type, the length of its content (four
 * bytes), the content and sixteen bytes of a digest over everything up to here. So a changed, lost, added
 * or moved byte is found at the first frame it touches, before anything is restored.
 */
const MARK = Buffer.from('WENNUAN BACKUP 1\n');
const FRAME_BYTES_MAX = 64 * 1_048_576;
const DIGEST_BYTES = 16;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export interface TableShape {
  name: string;
  columns: string[];
}

export interface BackupHeader {
  format: 1;
  madeAt: string;
  schema: string;
  migrations: string[];
  tables: TableShape[];
  /** Tells if a secret is the one this district was encrypted with, without telling the secret. */
  secretFingerprint: string;
}

export interface BackupTrailer {
  /** By table: rows, and the SHA-256 of their text in the order of the file. */
  tables: Record<string, { rows: number; sha256: string }>;
  files: { count: number; bytes: number };
  sequences: { name: string; last: number }[];
}

/** What a frame says. `rows` belong to the table last named, `bytes` to the attachment last named. */
export type Frame =
  | { type: 'header'; header: BackupHeader }
  | { type: 'keys'; secret: string }
  | { type: 'table'; index: number }
  /** The rows of this table so far do not count: they follow once more, whole. */
  | { type: 'again'; index: number }
  | { type: 'rows'; text: Buffer }
  | { type: 'file'; path: string }
  | { type: 'bytes'; bytes: Buffer }
  | { type: 'end'; trailer: BackupTrailer };

const LETTERS = {
  header: 'H',
  keys: 'K',
  table: 'T',
  again: 'A',
  rows: 'R',
  file: 'F',
  bytes: 'B',
  end: 'E',
} as const;
const TYPES = new Map(Object.entries(LETTERS).map(([type, letter]) => [letter as string, type]));

export interface BackupWriter {
  write(frame: Frame): Promise<void>;
  /** Size so far. */
  readonly bytes: number;
}

/** Writes frames to an open, empty file. */
export async function createWriter(file: FileHandle): Promise<BackupWriter> {
  let chain: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  let bytes = MARK.length;
  await file.writeFile(MARK);
  return {
    get bytes() {
      return bytes;
    },
    async write(frame) {
      const content = await encode(frame);
      const head = Buffer.alloc(5);
      head.write(LETTERS[frame.type], 0, 'latin1');
      head.writeUInt32BE(content.length, 1);
      chain = createHash('sha256').update(chain).update(head).update(content).digest();
      const whole = Buffer.concat([head, content, chain.subarray(0, DIGEST_BYTES)]);
      await file.writeFile(whole);
      bytes += whole.length;
    },
  };
}

/**
 * Reads the frames of a file in order with the position after each. Throws a PlainError that names the
 * place when the file is no backup, damaged, cut off or longer than it should be.
 */
export async function* readFrames(path: string): AsyncGenerator<{ frame: Frame; at: number }> {
  const file = await open(path, 'r').catch(() => {
    throw new PlainError(`无法读取文件 ${path}。`, `The file ${path} cannot be read.`);
  });
  try {
    const { size } = await file.stat();
    const mark = await exactly(file, 0, Math.min(MARK.length, size));
    if (!mark.equals(MARK)) {
      throw new PlainError(`${path} 不是温暖的备份文件。`, `${path} is not a backup of Wennuan.`);
    }
    let at = MARK.length;
    let chain: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    for (;;) {
      if (at === size) throw cutOff(at);
      const read = await readFrame(file, { at, size, chain });
      chain = read.chain;
      at = read.next;
      yield { frame: read.frame, at };
      if (read.frame.type !== 'end') continue;
      if (at !== size) throw damaged(at, '末尾有多余内容', 'something follows the end');
      return;
    }
  } finally {
    await file.close();
  }
}

async function readFrame(file: FileHandle, place: { at: number; size: number; chain: Buffer }) {
  const { at, size } = place;
  if (at + 5 > size) throw cutOff(size);
  const head = await exactly(file, at, 5);
  const type = TYPES.get(head.toString('latin1', 0, 1));
  const length = head.readUInt32BE(1);
  if (!type || length > FRAME_BYTES_MAX) {
    throw damaged(at, '结构无法识别', 'its structure cannot be read');
  }
  const next = at + 5 + length + DIGEST_BYTES;
  if (next > size) throw cutOff(size);
  const rest = await exactly(file, at + 5, length + DIGEST_BYTES);
  const content = rest.subarray(0, length);
  const chain = createHash('sha256').update(place.chain).update(head).update(content).digest();
  if (!chain.subarray(0, DIGEST_BYTES).equals(rest.subarray(length))) {
    throw damaged(at, '内容与校验值不符', 'the content does not match its digest');
  }
  return { frame: await decode(type as Frame['type'], content), next, chain };
}

async function exactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw cutOff(position + filled);
    filled += bytesRead;
  }
  return buffer;
}

async function encode(frame: Frame): Promise<Buffer> {
  if (frame.type === 'rows') return compress(frame.text);
  if (frame.type === 'bytes') return frame.bytes;
  const { type: _type, ...content } = frame;
  return compress(JSON.stringify(content));
}

async function decode(type: Frame['type'], content: Buffer): Promise<Frame> {
  if (type === 'bytes') return { type, bytes: content };
  const plain = await decompress(content, { maxOutputLength: 16 * FRAME_BYTES_MAX });
  if (type === 'rows') return { type, text: plain };
  return { type, ...(JSON.parse(plain.toString()) as object) } as Frame;
}

function cutOff(at: number): PlainError {
  return new PlainError(
    `备份文件不完整：在第 ${at} 字节处中断。没有恢复任何内容。`,
    `The backup is not complete: it breaks off at byte ${at}. Nothing was restored.`,
  );
}

/** The refusal of a file whose content at a place is not what was written. */
export function damaged(at: number, chinese: string, english: string): PlainError {
  return new PlainError(
    `备份文件已损坏：第 ${at} 字节处，${chinese}。没有恢复任何内容。`,
    `The backup is damaged: at byte ${at}, ${english}. Nothing was restored.`,
  );
}

/** Recognises a secret without revealing it. */
export function fingerprintOf(secret: string): string {
  return createHash('sha256')
    .update(`wennuan backup fingerprint:${secret}`)
    .digest('hex')
    .slice(0, 32);
}
