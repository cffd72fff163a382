import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseCheckpoint, parseNote } from '@wennuan/log';

/**
 * The last head this machine has published, kept outside the database: after a restore the database knows
 * nothing of what was signed since the backup, this file does.
 */
export interface HeadMemory {
  /** The signed checkpoint, or null when none was published from here. Throws when the file is damaged. */
  read(): string | null;
  write(checkpoint: string): void;
}

/** A head memory in a file of the data folder. */
export function createHeadMemory(file: string): HeadMemory {
  return {
    read() {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch (thrown) {
        if ((thrown as { code?: string }).code === 'ENOENT') return null;
        throw thrown;
      }
      const note = parseNote(text);
      if (!note || !parseCheckpoint(note.text)) throw new Error(`${file} holds no checkpoint`);
      return text;
    },
    write(checkpoint) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.${process.pid}`, checkpoint);
      renameSync(`${file}.${process.pid}`, file);
    },
  };
}
