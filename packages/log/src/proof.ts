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

/** Which part of a text keeps it from being a proof, by its line; null when it is one. */
export function malformedPart(text: string): string | null {
  if (parseProof(text)) return null;
  const at = text.indexOf('\n\n');
  if (at < 0) return 'there is no empty line before the checkpoint';
  const lines = text.slice(0, at).split('\n');
  if (lines[0] !== FIRST_LINE) return `line 1 is not ${FIRST_LINE}`;
  const first = lines[1]?.startsWith('index ') ? 1 : 2;
  if (first === 2 && !lines[1]?.startsWith('extra ')) return 'line 2 is neither extra nor index';
  if (first === 2 && !fromBase64(lines[1]!.slice('extra '.length)))
    return 'line 2 (extra) is not Base 64';
  const index = /^index (\d+)$/.exec(lines[first] ?? '');
  if (!index || wholeNumber(index[1]!) === null) return `line ${first + 1} is not an index`;
  const bad = lines.findIndex(
    (line, place) => place > first && fromBase64(line)?.length !== HASH_BYTES,
  );
  return bad < 0 ? 'there are more hashes than any tree has' : `line ${bad + 1} is not a hash`;
}
