import pg from 'pg';
import { newId, seededRandom } from '@wennuan/basics';
import { isKeyRace, post, type TransferCommand } from '../../packages/ledger/src/index.ts';
import { sqlOf } from '../../packages/ledger/test-support/books.ts';

/**
 * A process that posts: `node ledger-poster.ts URL ROLE SCHEMA NAME BATCHES ACCOUNT…`. The first account is
 * the channel, the others are funds. After each commit it prints the keys it was answered, one JSON line;
 * what is not printed is unknown. When the database is away it tries the same batch again.
 */
const [url = '', role = '', schema = '', name = '', batches = '0', channel = '', ...funds] =
  process.argv.slice(2);

/** The same name and number give the same keys, so that a process started again repeats itself. */
function batchOf(number: number): TransferCommand[] {
  const random = seededRandom(number * 7_919 + name.length);
  const fund = () => funds[Math.floor(random() * funds.length)]!;
  const commands: TransferCommand[] = [];
  for (let n = 0; n < 8; n++) {
    const amount = 1 + Math.floor(random() * 500);
    const [from, to] = random() < 0.6 ? [channel, fund()] : [fund(), fund()];
    // Every other key is shared by all posters: only one of them may post it.
    const owner = n % 2 === 0 ? name : 'shared';
    const key = `${owner}:${number}:${n}`;
    const document = { kind: 'test', id: channel };
    const shared =
      owner === 'shared' ? { from: channel, to: funds[0]!, amount: number * 10 + n } : {};
    commands.push({ key, from, to, amount, reason: 'test', document, actor: null, ...shared });
  }
  return commands;
}

async function connected(): Promise<pg.Client> {
  for (;;) {
    const options = `-c search_path=${schema} -c role=${role}`;
    const client = new pg.Client({
      connectionString: url,
      options,
      connectionTimeoutMillis: 2_000,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

let client = await connected();
for (let number = 0; number < Number(batches);) {
  try {
    await client.query('begin');
    const commands = batchOf(number);
    const outcomes = await post(sqlOf(client), { commands, at: () => new Date(), newId });
    await client.query('commit');
    const answered = outcomes.map(({ key, status }) => [key, status]);
    process.stdout.write(`${JSON.stringify(answered)}\n`);
    number += 1;
  } catch (error) {
    if (isKeyRace(error) || (error as { code?: string }).code === '40P01') {
      const isUndone = await client.query('rollback').then(
        () => true,
        () => false,
      );
      if (isUndone) continue;
      // The database went away just now.
    }
    client.end().catch(() => {});
    client = await connected();
  }
}
await client.end();
