import { base64, fromBase64, wholeNumber } from './bytes.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';

/** A proof that an entry is in a log, as a file (C2SP tlog-proof). */
export interface LogProof {
  index: number;
  hashes: readonly Hash[];
  /** The signed checkpoint, word for word. */
  checkpoint: string;
  /** What the proof says besides; it is not covered by any signature of its own. */
  extra: Uint8Array | null;
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const HASHES_MAX = 64;

/** A proof as text. */
export function formatProof({ index, hashes, checkpoint, extra }: LogProof): string {
  const lines = [
    FIRST_LINE,
    ...(extra ? [`extra ${base64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(base64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof; null when it is malformed. */
export function parseProof(text: string): LogProof | null {
  const at = text.indexOf('\n\n');
  if (at < 0) return null;
  const [first, ...lines] = text.slice(0, at).split('\n');
  if (first !== FIRST_LINE) return null;
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift()! : null;
  const extra = extraLine === null ? null : fromBase64(extraLine.slice('extra '.length));
  const indexLine = lines.shift();
  if ((extraLine !== null && !extra) || !indexLine?.startsWith('index ')) return null;
  const index = wholeNumber(indexLine.slice('index '.length));
  const hashes = lines.map(fromBase64);
  if (index === null || hashes.length > HASHES_MAX) return null;
  if (!hashes.every((hash): hash is Hash => hash?.length === HASH_BYTES)) return null;
  return { index, hashes, checkpoint: text.slice(at + 2), extra };
}
