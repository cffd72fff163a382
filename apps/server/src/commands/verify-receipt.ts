import { inflateSync } from 'node:zlib';
import {
  checkSeal,
  formatKey,
  type NoteKey,
  parseProof,
  type ProofFault,
  readReceiptContent,
  type SealFault,
  type TransferEntry,
  verifyProof,
} from '@wennuan/log';
import { CommandError } from './errors.ts';

/** What each fault of a sealed file is called in Chinese. */
const SEAL_WORDS: Record<SealFault | 'proof_missing', string> = {
  seal_missing: '文件末尾没有封签',
  seal_malformed: '文件末尾的封签损坏',
  seal_invalid: '封签不是账本签的',
  file_altered: '文件被改动',
  proof_missing: '文件里没有凭证附件',
};
/** What the lines of a confirmation are called. */
const FIELD_WORDS: Record<string, string> = {
  number: '编号',
  code: '校验码',
  donor: '捐赠人',
  kind: '捐赠种类',
  amount: '金额',
  amountWords: '大写',
  target: '捐赠项目',
  purpose: '用途',
  charity: '接受捐赠单位',
  handler: '经办人',
  givenOn: '捐赠日期',
  madeOn: '开具日期',
  form: '法律形式',
};

interface Checking {
  /** The log's key; without it the receipt's own is taken, and said so. */
  key: NoteKey | null;
  /** What each fault of a proof is called in Chinese. */
  words: Record<ProofFault, string>;
}

/**
 * Checks a downloaded receipt offline: a `.tlog-proof`, or a donation confirmation (PDF) with its seal and the proof
 * attached to it. Prints what it says, or fails with what is wrong and where.
 */
export function verifyReceiptFile(file: Buffer, checking: Checking): void {
  const isPaper = file.subarray(0, 5).toString('latin1') === '%PDF-';
  const proof = isPaper ? openPaper(file, checking.key) : file.toString('utf8');
  const { key } = checking;
  const checked = verifyProof({ proof, ...(key ? { keys: { log: key } } : {}) });
  if (checked.fault !== null) {
    const { fault, detail } = checked;
    throw new CommandError(
      `凭证核对未通过：${checking.words[fault]}（${detail}）。`,
      `The receipt does not verify: ${detail}.`,
    );
  }
  const { index, checkpoint, entry, opening, fields } = checked;
  console.log(
    `凭证核对无误 · The receipt verifies: ${checkpoint.origin} #${index} / ${checkpoint.size}`,
  );
  for (const { name, value } of fields) console.log(`  ${FIELD_WORDS[name] ?? name} · ${value}`);
  console.log(`  ${describe(entry)}`);
  for (const line of opening.rest.text.trimEnd().split('\n')) console.log(`  ${line}`);
  const used = key ?? keyIn(proof)!;
  console.log(
    key
      ? `  公钥 · key ${formatKey(used)}`
      : `  公钥取自凭证本身，请与公布的公钥核对 · the key is the receipt’s own, compare it with the published one:\n  ${formatKey(used)}`,
  );
}

/** The proof in a confirmation, after its seal was checked byte for byte. */
function openPaper(file: Buffer, key: NoteKey | null): string {
  // First the bytes alone, so that a changed one is placed even when it spoils the attachment.
  const bytes = checkSeal(file, null);
  if (bytes.fault !== null) throw sealError(bytes.fault, bytes.detail);
  const proof = attachmentOf(file);
  if (proof === null) throw sealError('proof_missing', 'no proof is attached to the file');
  const own = keyIn(proof);
  const sealed = checkSeal(file, key ?? own);
  if (sealed.fault !== null) throw sealError(sealed.fault, sealed.detail);
  return proof;
}

function sealError(fault: SealFault | 'proof_missing', detail: string): CommandError {
  return new CommandError(
    `凭证核对未通过：${SEAL_WORDS[fault]}（${detail}）。`,
    `The confirmation does not verify: ${detail}.`,
  );
}

const STREAM = /stream\r?\n/g;

/** The text of the proof that a PDF of ours carries as an embedded file. */
function attachmentOf(file: Buffer): string | null {
  const text = file.toString('latin1');
  for (const match of text.matchAll(STREAM)) {
    const start = match.index + match[0].length;
    const head = text.slice(Math.max(0, match.index - 400), match.index);
    const length = /\/Length (\d+)/.exec(head.slice(head.lastIndexOf(' obj')))?.[1];
    if (!head.slice(head.lastIndexOf(' obj')).includes('/EmbeddedFile') || !length) continue;
    const found = inflated(file.subarray(start, start + Number(length)));
    if (found !== null && parseProof(found)) return found;
  }
  return null;
}

function inflated(bytes: Buffer): string | null {
  try {
    return inflateSync(bytes).toString('utf8');
  } catch {
    return null;
  }
}

function keyIn(proof: string): NoteKey | null {
  return readReceiptContent(parseProof(proof)?.extra ?? null)?.key ?? null;
}

function describe({ unit, amount, day, from, to }: TransferEntry): string {
  const side = (one: TransferEntry['from']) => ('code' in one ? one.code : '（不公开 · private）');
  return `${day}  ${amount} ${unit}  ${side(from)} → ${side(to)}`;
}
