import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError } from './errors.ts';

/** Refuses a place where no file can be written, before any work begins. */
export function requireWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
    if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
  } catch {
    // Said below.
  }
  throw new CommandError(
    `无法写入 ${file}：没有这个文件夹，或不能在里面写文件。`,
    `${file} cannot be written: the folder is not there or takes no files.`,
  );
}

/** Refuses a file that is not there or cannot be read, before any work begins. */
export function requireReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new CommandError(`无法读取文件 ${file}。`, `The file ${file} cannot be read.`);
  }
}
