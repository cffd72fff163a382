import { check } from '@wennuan/ledger';
import { join } from 'node:path';
import { fingerprintOf } from '../platform/postgres/backup-format.ts';
import { realDataFolder, writeOnce } from '../platform/postgres/cluster.ts';
import { type CheckedBackup, checkBackup } from '../platform/postgres/check-backup.ts';
import { restoreBackup } from '../platform/postgres/restore.ts';
import { requireReadable } from './files.ts';
import { type CommonOptions, migrateDatabase, usingDatabase } from './using-database.ts';
import { existingSecret } from './database.ts';
import { CommandError } from './errors.ts';
import { asSql } from './ledger.ts';
import { showProgress } from './progress.ts';

/**
 * `wennuan restore FILE`: checks the whole file first, then loads it into an empty district. A backup of an older version
 * is loaded into the structure of that time and brought to this version afterwards.
 */
export async function runRestore(file: string, options: CommonOptions): Promise<void> {
  requireReadable(file);
  const backup = await checkBackup(file, showProgress);
  settleSecret(backup, realDataFolder(options.data));
  await usingDatabase(options, async (database) => {
    const { ownerUrl, schema, dataDir } = database;
    await migrateDatabase(database, () => {}, backup.header.migrations);
    const { rows } = await restoreBackup({
      ownerUrl,
      schema,
      dataDir,
      backup,
      showProgress,
      check: async (client) =>
        (await check(asSql(client))).map((found) => Object.values(found).join('  ')),
    });
    const upgraded = await migrateDatabase(database, () => {});
    const { count } = backup.trailer.files;
    console.log(
      `已恢复 ${rows} 行、${count} 个附件 · restored: ${rows} rows, ${count} attachments`,
    );
    if (upgraded.length > 0)
      console.log(
        `已升级到此版本（${upgraded.length} 步） · brought to this version (${upgraded.length} steps)`,
      );
  });
}

/** Makes sure that the data folder has the secret the backup's content was encrypted with. */
function settleSecret({ header, secret }: CheckedBackup, dataDir: string): void {
  const file = join(dataDir, 'secret');
  const here = existingSecret(dataDir) ?? (secret && writeOnce(file, () => secret));
  if (here && fingerprintOf(here) === header.secretFingerprint) return;
  if (here) {
    throw new CommandError(
      `数据文件夹中的密钥 ${file} 不是这个备份的密钥。请用 --data 指定新的文件夹，并放入原来的密钥文件。`,
      `The secret in the data folder, ${file}, is not the one of this backup. ` +
        `Name a new folder with --data and put the original secret file there.`,
    );
  }
  throw new CommandError(
    `备份中没有密钥。请先把原来的密钥文件放到 ${file}，否则加密的内容无法读取。`,
    `The backup does not hold the secret. Put the original secret file to ${file} first; ` +
      `without it what is encrypted cannot be read.`,
  );
}
