import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestDatabase } from '../../../tooling/test-database.ts';
import type { HandlerCall, Operations } from './operations.ts';
import type { Asked, Start, Told } from './server.ts';

const AGAIN_MILLIS = 30;

/** What the product said no to, by its code; `again` when the answer to an earlier try was lost. */
export class Refused extends Error {
  readonly code: string;
  readonly again: boolean;
  constructor(code: string, again: boolean, params: object) {
    super(`${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.again = again;
  }
}

interface Waiting {
  resolve(told: Told): void;
  lost(): void;
}
type Given<Name extends keyof Operations> = Parameters<Operations[Name]>[0];
type Answer<Name extends keyof Operations> = Awaited<ReturnType<Operations[Name]>>;

/**
 * Whoever asks the product: tills, telephones, channels. What is not answered, since the server or its connection was
 * killed, is asked again with the same key, as all of them do.
 */
export class Client {
  readonly #start: Omit<Start, 'now'>;
  readonly #owner: pg.Pool;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | null = null;
  #ready: Promise<void> = Promise.resolve();
  #next = 0;
  /** What time it is in the district. */
  now: Date;
  /** How often the server and its connections were killed, and how often something was asked again. */
  readonly told = { servers: 0, connections: 0, again: 0 };

  constructor(connection: TestDatabase, dataDir: string, now: Date) {
    const { ownerUrl, schema, secret } = connection;
    this.#start = { connection: { ownerUrl, schema, secret }, dataDir };
    this.#owner = new pg.Pool({
      max: 2,
      connectionString: ownerUrl,
      options: `-c search_path=${schema}`,
    });
    this.now = now;
  }

  async open(): Promise<void> {
    this.#launch();
    await this.#ready;
  }

  /** Asks until it is answered; throws `Refused` for a no, and an error for what should not be. */
  async ask<Name extends keyof Operations>(
    operation: Name,
    given: Given<Name>,
    { once = false } = {},
  ): Promise<Answer<Name>> {
    for (let again = false; ; again = true) {
      const told = await this.#send(operation, given);
      if (told && 'value' in told) return told.value as Answer<Name>;
      if (told && 'refusal' in told)
        throw new Refused(told.refusal.code, again, told.refusal.params);
      if (told && !told.away) throw new Error(told.error);
      this.told.again += 1;
      if (once) throw new Refused('answer_lost', true, {});
      await sleep(AGAIN_MILLIS);
    }
  }

  /** Calls a handler as the web server does. */
  async handle<Result>(call: HandlerCall, how?: { once: boolean }): Promise<Result> {
    return (await this.ask('handle', call, how)) as Result;
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#owner.query<Row>(text, values)).rows;
  }

  /** Kills the server with -9, whatever it is doing, and starts it again. */
  killServer(): void {
    this.told.servers += 1;
    this.#child!.kill('SIGKILL');
  }

  /** Cuts one of its connections in the middle of a transaction, if there is one that writes. */
  async killConnection(): Promise<void> {
    const rows = await this.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
        and pid <> pg_backend_pid() and backend_xid is not null order by xact_start limit 1`,
    );
    this.told.connections += rows.length;
  }

  async close(): Promise<void> {
    const child = this.#child!;
    this.#child = null;
    const end = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await end;
    await this.#owner.end();
  }

  #launch(): void {
    const child = fork(join(import.meta.dirname, 'server.ts'), { execArgv: [] });
    this.#child = child;
    const { promise, resolve: noteReady } = Promise.withResolvers<void>();
    this.#ready = promise;
    child.on('message', (message: Told | 'ready') => {
      if (message === 'ready') return noteReady();
      this.#waiting.get(message.id)?.resolve(message);
      this.#waiting.delete(message.id);
    });
    child.once('exit', () => {
      for (const one of this.#waiting.values()) one.lost();
      this.#waiting.clear();
      if (this.#child === child) this.#launch();
      noteReady();
    });
    // One that is killed before it reads this is followed by another one.
    child.send({ ...this.#start, now: this.now.toISOString() } satisfies Start, () => undefined);
  }

  async #send(operation: string, given: unknown): Promise<Told | null> {
    // A server that died before it was ready is followed by another one.
    let ready: Promise<void> | null = null;
    while (ready !== this.#ready) {
      ready = this.#ready;
      await ready;
    }
    const child = this.#child!;
    this.#next += 1;
    const asked: Asked = { id: this.#next, now: this.now.toISOString(), operation, given };
    return await new Promise((resolve) => {
      this.#waiting.set(asked.id, { resolve, lost: () => resolve(null) });
      if (child.connected) child.send(asked, (error) => error && resolve(null));
      else resolve(null);
    });
  }
}
