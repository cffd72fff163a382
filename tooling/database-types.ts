import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../apps/server/src/platform/database/migrate.ts';
import { startEmbedded } from '../apps/server/src/platform/postgres/embedded.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = 'apps/server/src/platform/database/types.ts';
const SCHEMA = 'district';

/** The ledger's own tables: the application has no right on them, so it gets no types for them either. */
const LEDGER_OWN = '{ledger_*,outbox,event,log_state}';

/** Writes the types of all tables from a freshly migrated database; `--verify` only compares. */
async function main(verify: boolean): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-types-'));
  const server = await startEmbedded({ dataDir, durable: false });
  try {
    await migrate({ ownerUrl: server.url, schema: SCHEMA, secret: '00'.repeat(32) });
    process.exitCode = generate(server.url, verify);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function generate(url: string, verify: boolean): number {
  const { status } = spawnSync(
    join(ROOT, 'node_modules/.bin/kysely-codegen'),
    [
      '--dialect=postgres',
      '--date-parser=string',
      '--type-mapping={"int8":"number"}',
      `--default-schema=${SCHEMA}`,
      `--include-pattern=${SCHEMA}.*`,
      `--exclude-pattern=${SCHEMA}.${LEDGER_OWN}`,
      `--out-file=${OUT}`,
      '--log-level=warn',
      ...(verify ? ['--verify'] : []),
    ],
    // By the environment, as arguments can be seen by every user of the machine.
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } },
  );
  return status ?? 1;
}

await main(process.argv.includes('--verify'));
