import { isId, type Clock } from '@wennuan/basics';
import { APPEND_EVENTS, isKeyRace, LOOK, type Sql, WRITE } from '@wennuan/ledger';
import {
  type Compilable,
  CompiledQuery,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import type { Actor } from '../actor.ts';
import {
  BEGIN,
  prepared,
  RememberingClient,
  ScopedClient,
  unhurried,
  unhurriedOnce,
} from './client.ts';
import { type Connection, type Login, logins, loginUrl } from './roles.ts';
import type { DB } from './types.ts';

export { prepared, unhurried } from './client.ts';

/**
 * One transaction in the scope of one actor. Stores take it for reads and writes alike; there is no
 * other way to the database, so row-level security always knows who asks.
 */
export interface Scoped {
  readonly db: Transaction<DB>;
  /** The same connection as the ledger's library wants it; also for texts that are `prepared`. */
  readonly sql: Sql;
  readonly actor: Actor;
  /** The moment of the use case: one for all its rows. */
  readonly now: Date;
}

/** A transaction that may write. What it touches is audited when it commits. */
export interface Writing extends Scoped {
  /** Names something this use case changed (or a sensitive thing it opened), for the audit. */
  touched(subjectKind: string, subjectId: string, reason?: string | null): void;
}

export interface Database {
  /** Reads in one snapshot; a write inside is refused by PostgreSQL. */
  read<T>(actor: Actor, work: (tx: Scoped) => Promise<T>): Promise<T>;
  /**
   * Writes; leaves one audit row for each thing touched (at least one), or nothing at all. `action` is
   * null for the machinery's own turns (sequencer, consumers): then only what is touched is audited.
   */
  write<T>(actor: Actor, action: string | null, work: (tx: Writing) => Promise<T>): Promise<T>;
  /** A connection of its own for LISTEN, as the system login. */
  listen(channel: string, heard: () => void): Promise<{ stop(): Promise<void> }>;
  close(): Promise<void>;
}

const POOL_SIZE: Record<Login, number> = {
  resident: 6,
  staff: 6,
  department: 3,
  station: 2,
  federation: 4,
  public: 6,
  payments: 4,
  system: 4,
};
const TRIES = 3;
const RECONNECT_MILLIS = 1_000;

/** int8 as a number (sums stay below 2^53), date as its text. */
const types = new pg.TypeOverrides();
types.setTypeParser(20, Number);
types.setTypeParser(1082, (text: string) => text);

interface DatabaseOptions {
  clock: Clock;
  /**
   * True while nobody outside is waiting for an answer (the demo): commits do not wait for the disk, and
   * whoever opened the database so makes its last one wait (`set local synchronous_commit to on`). Texts are parsed once a
   * connection, which saves a third of both sides' work where few texts come again and again.
   */
  relaxed?: boolean;
  /** Told after each commit of a use case (not of the machinery's own turns). */
  wrote?: () => void;
}

/** Opens one small pool per login role. Connections are made when first needed. */
export function openDatabase(connection: Connection & DatabaseOptions): Database {
  const pools = new Map<Login, { kysely: Kysely<DB>; pool: pg.Pool }>();
  for (const login of logins) pools.set(login, openPool(connection, login));
  const run = <T>(actor: Actor, mode: 'read' | 'write', work: (tx: Scoped) => Promise<T>) =>
    withRetry(() =>
      pools
        .get(actor.login)!
        .kysely.transaction()
        .execute(async (db) => {
          await db.executeQuery(CompiledQuery.raw(scopeStatement(actor, mode)));
          return await work({ db, sql: ledgerSql(db), actor, now: connection.clock.now() });
        }),
    );
  return {
    read: (actor, work) => run(actor, 'read', work),
    write: async (actor, action, work) => {
      const result = await run(actor, 'write', async (tx) => {
        const subjects: Subject[] = [];
        const worked = await work({
          ...tx,
          touched: (kind, id, reason = null) => void subjects.push({ kind, id, reason }),
        });
        await writeAudit(tx, action, subjects);
        return worked;
      });
      if (action !== null) connection.wrote?.();
      return result;
    },
    listen: (channel, heard) => listen(connection, channel, heard),
    close: async () => {
      for (const { kysely } of pools.values()) await kysely.destroy();
    },
  };
}

/** Leaves `begin` to the scope's own statement: one round trip less for every use case. */
class ScopedDriver extends PostgresDriver {
  override async beginTransaction(): Promise<void> {}
}

class ScopedDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): PostgresDriver {
    return new ScopedDriver({ pool: this.#pool });
  }
}

/** What a connection has prepared for days and decisions that are over goes with it. */
const CONNECTION_SECONDS = 3_600;

function openPool(connection: Connection & DatabaseOptions, login: Login) {
  const pool = new pg.Pool({
    Client: connection.relaxed ? RememberingClient : ScopedClient,
    pipeline: true,
    connectionString: loginUrl(connection, login),
    max: POOL_SIZE[login],
    connectionTimeoutMillis: 5_000,
    maxLifetimeSeconds: CONNECTION_SECONDS,
    types,
    options: `-c search_path=${connection.schema} -c statement_timeout=60000${connection.relaxed ? ' -c synchronous_commit=off' : ''}`,
  });
  // A connection that breaks while nobody waits for it is nobody's error: whoever holds it next learns
  // it from his own statement, and the pool makes a new one.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return { pool, kysely: new Kysely<DB>({ dialect: new ScopedDialect(pool) }) };
}

/**
 * Begins the transaction and sets its scope, in one message: `SET LOCAL` statements end with the transaction, so nothing leaks to the pool's
 * next borrower. Built from integers and a checked UUID only, as SET takes no parameters.
 */
function scopeStatement(actor: Actor, mode: 'read' | 'write'): string {
  const areas = actor.areaIds.map((id) => {
    if (!Number.isSafeInteger(id)) throw new Error('an area id is not an integer');
    return id;
  });
  for (const id of [actor.accountId, actor.organizationId])
    if (id !== null && !isId(id)) throw new Error('not an id');
  return [
    mode === 'read' ? `${BEGIN} isolation level repeatable read read only` : BEGIN,
    `set local app.areas = '{${areas.join(',')}}'`,
    `set local app.account = '${actor.accountId ?? ''}'`,
    `set local app.organization = '${actor.organizationId ?? ''}'`,
  ].join('; ');
}

function ledgerSql(db: Transaction<DB>): Sql {
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) => {
      const result = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
      return result.rows;
    },
  };
}

// What is posted and told by the hundred thousand, and of whose writing nobody looks at the answer.
prepared(LOOK);
prepared(unhurried(WRITE));
prepared(unhurried(APPEND_EVENTS));

/**
 * Writes what nobody needs an answer of: it is sent with the transaction's next statement, which fails when this does.
 * Not for what may break a constraint that somebody turns into a refusal.
 */
export async function writeUnhurried(tx: Scoped, query: Compilable): Promise<void> {
  const compiled = query.compile();
  unhurriedOnce(compiled.parameters);
  await tx.db.executeQuery(compiled);
}

interface Subject {
  kind: string;
  id: string;
  reason: string | null;
}

const AUDIT = prepared(
  unhurried(`insert into audit_entry
      (at, account_id, role_id, role, actor_name, action, subject_kind, subject_id, reason)
    select $1, $2::uuid, $3::uuid, $4, $5, $6, kind, id, reason
    from unnest($7::text[], $8::text[], $9::text[]) as subject(kind, id, reason)`),
);

async function writeAudit(tx: Scoped, action: string | null, subjects: Subject[]): Promise<void> {
  if (action === null && subjects.length === 0) return;
  const named = subjects.length ? subjects : [{ kind: 'none', id: '', reason: null }];
  const { now, actor } = tx;
  await tx.sql.query(AUDIT, [
    now,
    actor.accountId,
    actor.roleId,
    actor.role,
    actor.accountId ? null : actor.displayName,
    action ?? actor.displayName,
    named.map((one) => one.kind),
    named.map((one) => one.id),
    named.map((one) => one.reason),
  ]);
}

/** Deadlocks, serialisation failures and two batches racing for one ledger key are run once more, three tries in all. */
async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      const code = (thrown as { code?: string }).code;
      const again = code === '40001' || code === '40P01' || isKeyRace(thrown);
      if (!again || attempt === TRIES) throw thrown;
    }
  }
}

/** Listens until stopped; after the database was away it connects again. */
async function listen(connection: Connection, channel: string, heard: () => void) {
  let stopped = false;
  let client: pg.Client | null = null;
  let again: NodeJS.Timeout | null = null;
  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: loginUrl(connection, 'system'),
      options: `-c search_path=${connection.schema}`,
    });
    fresh.on('error', () => undefined);
    fresh.on('notification', heard);
    fresh.on('end', retry);
    await fresh.connect();
    await fresh.query(`listen "${channel}"`);
    client = fresh;
  };
  const retry = () => {
    if (stopped || again) return;
    again = setTimeout(() => {
      again = null;
      connect().catch(retry);
    }, RECONNECT_MILLIS);
  };
  await connect().catch(retry);
  return {
    async stop() {
      stopped = true;
      if (again) clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };
}
