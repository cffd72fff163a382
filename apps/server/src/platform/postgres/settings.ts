import { statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';

export type Settings = Record<string, string | number | boolean>;

const MEBIBYTE = 1_048_576;

/** Settings that hold for every embedded server: one address, nothing personal in the log. */
const ALWAYS: Settings = {
  listen_addresses: '127.0.0.1',
  password_encryption: 'scram-sha-256',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  log_min_messages: 'warning',
  // Statements and row values would carry names and telephone numbers into the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: false,
  max_connections: 120,
  random_page_cost: 1.1,
  jit: false,
};

/** What a server that may be thrown away can do without. Never for a district's data. */
const THROWAWAY: Settings = {
  fsync: false,
  synchronous_commit: 'off',
  full_page_writes: false,
  wal_level: 'minimal',
  max_wal_senders: 0,
  autovacuum_naptime: '5min',
};

/**
 * The settings of an embedded server for this machine's memory; `own` overrules them.
 * Without `durable` a power cut may destroy the cluster: tests only.
 */
export function settingsFor(durable: boolean, own: Settings = {}): Settings {
  const memoryMebibytes = Math.max(256, Math.floor(totalmem() / MEBIBYTE));
  const share = (part: number, least: number, most: number) =>
    `${Math.min(most, Math.max(least, Math.floor(memoryMebibytes / part)))}MB`;
  return {
    ...ALWAYS,
    shared_buffers: share(8, 64, durable ? 1024 : 128),
    effective_cache_size: share(2, 128, 16_384),
    maintenance_work_mem: share(32, 32, 256),
    work_mem: '8MB',
    max_wal_size: '2GB',
    min_wal_size: '160MB',
    checkpoint_timeout: '10min',
    dynamic_shared_memory_type: freeBytes('/dev/shm') > 256 * MEBIBYTE ? 'posix' : 'mmap',
    ...(durable ? {} : THROWAWAY),
    ...own,
  };
}

/** Free space of the file system that holds a folder, in bytes; 0 when there is no such folder. */
export function freeBytes(folder: string): number {
  try {
    const space = statfsSync(folder);
    return space.bavail * space.bsize;
  } catch {
    return 0;
  }
}

/** Free space in memory-backed `/dev/shm` that is really backed by memory, in bytes. */
export function freeSharedMemoryBytes(): number {
  return Math.min(freeBytes('/dev/shm'), freemem());
}

/** Settings as the arguments `-c name=value` of the `postgres` program. */
export function asArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value === true ? 'on' : value === false ? 'off' : value}`,
  ]);
}
