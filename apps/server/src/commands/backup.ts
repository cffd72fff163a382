import { createBackup } from '../platform/postgres/backup.ts';
import { type CommonOptions, requireData, usingDatabase } from './using-database.ts';
import { showProgress } from './progress.ts';

export interface BackupOptions extends CommonOptions {
  withKeys: boolean;
}

/** `wennuan backup FILE`: the whole district in one file, while the server runs. */
export async function runBackup(file: string, options: BackupOptions): Promise<void> {
  requireData(options);
  await usingDatabase(options, async (database) => {
    const made = await createBackup({
      ...database,
      file,
      withKeys: options.withKeys,
      showProgress,
    });
    console.log(
      `${file}: ${made.rows} 行 · rows, ${made.files} 个附件 · attachments, ${made.bytes} 字节 · bytes`,
    );
  });
}
