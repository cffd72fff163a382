import { mkdtempSync, rmSync } from 'node:fs';
import { totalmem, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../apps/server/src/platform/postgres/embedded.ts';
import { migrations, type Sql } from '../../packages/ledger/src/index.ts';

/** A PostgreSQL of this benchmark's own, with fsync on, and as many districts in it as asked for. */
export interface BenchServer {
  url: string;
  /** A connection whose search_path is that district. */
  connect(schema: string): Promise<pg.Client>;
  /** Makes a district with an empty ledger. */
  makeDistrict(schema: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts it. With `large`, shared_buffers is a quarter of the memory. */
export async function benchServer(options: {
  large: boolean;
  /** Connections it takes at most, when not the usual number. */
  connections?: number;
}): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-bench-'));
  const quarter = `${Math.floor(totalmem() / 4 / 1_048_576)}MB`;
  const settings = {
    max_wal_size: '8GB',
    ...(options.large ? { shared_buffers: quarter } : {}),
    ...(options.connections ? { max_connections: String(options.connections) } : {}),
  };
  const server = await startEmbedded({ dataDir, settings });
  const removeData = () => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', removeData);
  const close = async () => {
    await server.stop();
    removeData();
  };
  // A benchmark that is interrupted must not leave its server behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => process.exit(1)));
  }
  const connect = async (schema: string) => {
    const client = new pg.Client({
      connectionString: server.url,
      options: `-c search_path=${schema}`,
    });
    // When a benchmark fails, the server goes away under connections still open; its own error is what counts.
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  const probe = await connect('public');
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await probe.query<Record<string, string>>(`show ${name}`);
    if (rows[0]![name] !== 'on') throw new Error(`${name} must be on`);
  }
  await probe.end();
  return {
    url: server.url,
    connect,
    makeDistrict: async (schema) => {
      const client = await connect(schema);
      await client.query(`create schema ${schema}`);
      await client.query('begin');
      for (const name of Object.keys(migrations).sort()) await client.query(migrations[name]!);
      await client.query('commit');
      await client.end();
    },
    close,
  };
}

const names = new Map<string, string>();

/** The ledger's view of a client; statements are prepared once a connection. */
export function sqlOf(client: pg.Client): Sql {
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) => {
      const name = names.get(text) ?? `statement_${names.size}`;
      names.set(text, name);
      return (await client.query({ name, text, values: [...values] })).rows as Row[];
    },
  };
}

/** Seconds a piece of work takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that 99 of 100 do not exceed. */
export function percentile99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.99) - 1)]!;
}
