import { createHash, type Hash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { type BackupHeader, type BackupTrailer, damaged, readFrames } from './backup-format.ts';
import { PlainError, type ShowProgress } from './plain-error.ts';

/** A backup that was read from beginning to end and found whole. */
export interface CheckedBackup {
  file: string;
  header: BackupHeader;
  trailer: BackupTrailer;
  /** The district's secret when the backup holds it. */
  secret: string | null;
  /** By table: the place in the file before which its rows are to be passed over, as they follow again. */
  passOver: ReadonlyMap<number, number>;
}

/**
 * Reads a whole backup and compares every digest and count, changing nothing. Throws a PlainError that
 * says what is wrong and where.
 */
export async function checkBackup(
  file: string,
  showProgress: ShowProgress,
): Promise<CheckedBackup> {
  const size = existsSync(file) ? statSync(file).size : 0;
  const progress = showProgress('检查 · Checking', size);
  let header: BackupHeader | null = null;
  let trailer: BackupTrailer | null = null;
  let secret: string | null = null;
  const sums = new Map<number, { rows: number; hash: Hash }>();
  const passOver = new Map<number, number>();
  let table = -1;
  for await (const { frame, at } of readFrames(file)) {
    progress.to(at);
    if (frame.type === 'header') header = acceptable(frame.header);
    else if (!header) throw damaged(at, '缺少文件头', 'the header is missing');
    else if (frame.type === 'keys') secret = frame.secret;
    else if (frame.type === 'table') table = frame.index;
    else if (frame.type === 'again') {
      sums.delete(frame.index);
      passOver.set(frame.index, at);
    } else if (frame.type === 'rows') addRows(sums, table, frame.text);
    else if (frame.type === 'file') refuseStrayPath(frame.path, at);
    else if (frame.type === 'end') trailer = frame.trailer;
  }
  if (!header || !trailer) throw damaged(size, '缺少结尾', 'the end is missing');
  compareSums(header, trailer, sums);
  progress.end();
  return { file, header, trailer, secret, passOver };
}

function acceptable(header: BackupHeader): BackupHeader {
  if (header.format === 1 && Array.isArray(header.tables)) return header;
  throw new PlainError(
    '备份由更新的版本制作，此版本无法读取。',
    'The backup was made by a later version that this one cannot read.',
  );
}

function addRows(
  sums: Map<number, { rows: number; hash: Hash }>,
  table: number,
  text: Buffer,
): void {
  let sum = sums.get(table);
  if (!sum) sums.set(table, (sum = { rows: 0, hash: createHash('sha256') }));
  sum.hash.update(text);
  // Line ends inside values are written as \n, so that every line end is the end of a row.
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) sum.rows += 1;
}

function compareSums(
  header: BackupHeader,
  trailer: BackupTrailer,
  sums: Map<number, { rows: number; hash: Hash }>,
): void {
  for (const [index, { name }] of header.tables.entries()) {
    const sum = sums.get(index) ?? { rows: 0, hash: createHash('sha256') };
    const written = trailer.tables[name];
    if (written?.rows === sum.rows && written.sha256 === sum.hash.digest('hex')) continue;
    throw new PlainError(
      `备份文件中表 ${name} 的内容与校验值不符。没有恢复任何内容。`,
      `In the backup the content of the table ${name} does not match its digest. Nothing was restored.`,
    );
  }
}

/** A path from a file must stay below the folder it is for. */
function refuseStrayPath(path: string, at: number): void {
  const parts = path.split('/');
  const stray = parts.some((part) => part === '' || part === '.' || part === '..');
  if (stray || /[\\:\0]/.test(path))
    throw damaged(at, '附件名称无效', 'an attachment has a bad name');
}
