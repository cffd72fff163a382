import { isRefusal } from '@wennuan/basics';
import { type RefusalCode, refusals, refusalSentence } from '@wennuan/contract';
import { PlainError } from '../platform/postgres/plain-error.ts';

/** A failure that the person at the command line can understand and act on, in both languages. */
export class CommandError extends PlainError {}

/** What to print for anything thrown: a sentence when it is an expected failure, else message and place. */
export function describeFailure(thrown: unknown): string {
  if (thrown instanceof PlainError) return withoutPasswords(thrown.message);
  if (thrown instanceof AggregateError && !thrown.message) {
    return withoutPasswords(thrown.errors.map(String).join('\n'));
  }
  const said = saidByRefusal(thrown) ?? saidOfSystem(thrown);
  if (said) return withoutPasswords(said);
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return withoutPasswords(text);
}

/** What the machine refuses, as a sentence: by the error's code. */
const SYSTEM: Readonly<Record<string, readonly [chinese: string, english: string]>> = {
  EACCES: ['没有权限读写', 'No permission to read or write'],
  EPERM: ['没有权限读写', 'No permission to read or write'],
  EROFS: ['这个位置只能读、不能写', 'This place can only be read, not written'],
  ENOSPC: ['磁盘已满，请腾出空间后再试', 'The disk is full; make room and try again'],
  // What PostgreSQL calls it.
  '53100': ['磁盘已满，请腾出空间后再试', 'The disk is full; make room and try again'],
  ENOENT: ['没有这个文件或文件夹', 'There is no such file or folder'],
  EEXIST: ['已有同名的文件，不能在这里建立', 'A file of that name is in the way'],
  EDQUOT: ['磁盘配额已满，请腾出空间后再试', 'The disk quota is used up; make room and try again'],
  EMFILE: ['同时打开的文件太多', 'Too many files are open at once'],
  EADDRINUSE: ['这个端口已被占用，请换一个', 'The port is in use; choose another'],
  EISDIR: ['这是文件夹，不是文件', 'This is a folder, not a file'],
  ENOTDIR: ['路径中有一段不是文件夹', 'A part of the path is no folder'],
  ERR_FS_FILE_TOO_LARGE: [
    '文件超过 2 GB，无法整个读入，请分成几个文件',
    'The file is larger than 2 GB and cannot be read whole; split it',
  ],
};

/** What a use case refused, in the sentences pages have for it. */
function saidByRefusal(thrown: unknown): string | null {
  if (!isRefusal(thrown) || !Object.hasOwn(refusals, thrown.code)) return null;
  const code = thrown.code as RefusalCode;
  const sentence = (language: 'zh' | 'en') => refusalSentence(code, language, thrown.params);
  const field = thrown.field ? ` (${thrown.field})` : '';
  return `${sentence('zh')}\n${sentence('en')}${field}`;
}

function saidOfSystem(thrown: unknown): string | null {
  const { code, path } = (thrown ?? {}) as { code?: string; path?: string };
  const words = code ? SYSTEM[code] : undefined;
  if (!words) return null;
  const [chinese, english] = words;
  return path ? `${chinese}：${path}\n${english}: ${path}` : `${chinese}。\n${english}.`;
}

/** The text with the password of every database address in it made unreadable. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/(postgres(?:ql)?:\/\/[^\s:/@]*):[^\s/]*@/gi, '$1:***@');
}
