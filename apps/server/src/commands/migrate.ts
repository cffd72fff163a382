import { type CommonOptions, migrateDatabase, say, usingDatabase } from './using-database.ts';

/** `wennuan migrate`: brings the database to this version. */
export async function runMigrate(options: CommonOptions): Promise<void> {
  await usingDatabase(options, async (database) => {
    const ran = await migrateDatabase(database, () => {});
    for (const name of ran) console.log(name);
    say(
      ran.length > 0
        ? `已完成 ${ran.length} 项 · ${ran.length} migrations run`
        : '已是最新 · up to date',
    );
  });
}
