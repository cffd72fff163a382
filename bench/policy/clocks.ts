import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { median } from '../ledger/server.ts';

/** What a piece of work took. */
export interface Took {
  /** By the clock. */
  seconds: number;
  /** On the processor; null where the system does not tell. */
  processor: number | null;
}

/** Measures work of some processes by both clocks. */
export interface Clocks {
  took(work: () => Promise<unknown>): Promise<Took>;
}

/** Clocks of one connection's process. Parallel workers are not seen: they are off. */
export async function clocksOf(sql: pg.Client): Promise<Clocks> {
  const { rows } = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
  const { pid } = rows[0]!;
  return clocks(async () => onProcessor(pid));
}

/** Clocks of this process. */
export function clocksOfThis(): Clocks {
  return clocks(async () => ofThis());
}

/** Clocks of all connections of a server together and of this process; connections must not come or go meanwhile. */
export function clocksOfAll(sql: pg.Client): Clocks {
  return clocks(async () => {
    const { rows } = await sql.query<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'client backend'`,
    );
    const each = rows.map(({ pid }) => onProcessor(pid));
    return each.reduce<number | null>(
      (sum, one) => (sum === null || one === null ? null : sum + one),
      ofThis(),
    );
  });
}

function ofThis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function clocks(read: () => Promise<number | null>): Clocks {
  return {
    async took(work) {
      const before = await read();
      const begin = process.hrtime.bigint();
      await work();
      const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
      const after = await read();
      return { seconds, processor: before === null || after === null ? null : after - before };
    },
  };
}

/** Seconds that a process was on the processor; Linux tells it in nanoseconds. */
function onProcessor(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
  } catch {
    return null;
  }
}

/** The middle of each clock. */
export function middle(all: readonly Took[]): Took {
  const processors = all.flatMap(({ processor }) => (processor === null ? [] : [processor]));
  return {
    seconds: median(all.map(({ seconds }) => seconds)),
    processor: processors.length === all.length ? median(processors) : null,
  };
}

/** So many times as much. */
export function times({ seconds: all, processor }: Took, factor: number): Took {
  return { seconds: all * factor, processor: processor === null ? null : processor * factor };
}

/** How one relates to another: by the clock, and on the processor. */
export function ratio(name: string, one: Took, other: Took): Record<string, number | null> {
  const { processor: a } = one;
  const { processor: b } = other;
  return {
    [name]: one.seconds / other.seconds,
    [`${name}_processor`]: a === null || b === null ? null : a / b,
  };
}

/** Both clocks as figures. */
export function seconds(name: string, took: Took): Record<string, number | null> {
  return { [`${name}_seconds`]: took.seconds, [`${name}_processor_seconds`]: took.processor };
}
