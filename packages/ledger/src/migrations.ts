import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../migrations/', import.meta.url);

/** The ledger's migrations by name (`0000-ledger-0001-create-ledger`), as SQL text, to run in order of name. */
export const migrations: Record<string, string> = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => [
      `0000-ledger-${file.slice(0, -'.sql'.length)}`,
      readFileSync(new URL(file, folder), 'utf8'),
    ]),
);

/** Database roles that may post (and read), read, sequence (and read events, leaves and findings), and sum periods. */
export interface LedgerRoles {
  post: readonly string[];
  read: readonly string[];
  sequence: readonly string[];
  total?: readonly string[];
}

const POST = [
  'ledger_open_accounts',
  'ledger_look',
  'ledger_write',
  'ledger_write_holds',
  'ledger_release_holds',
  'ledger_expired_holds',
  'ledger_append_events',
];
const READ = [
  'ledger_balances',
  'ledger_transfers',
  'ledger_statement',
  'ledger_world_statement',
  'ledger_world_totals',
  'ledger_trace',
  'ledger_trace_entries',
];
const TOTAL = ['ledger_turnover'];
const SEQUENCE = ['ledger_sequence', 'ledger_events_after', 'ledger_leaves_from', 'ledger_check'];

/**
 * SQL that lets these roles run the ledger's functions, to be run by the owner with the district's
 * search_path. No role gets a right on a table. Roles that post may also read.
 */
export function ledgerGrants(roles: LedgerRoles): string {
  const grant = (functions: readonly string[], to: readonly string[]) =>
    to.length === 0
      ? ''
      : `grant execute on function ${functions.join(', ')} to ${to.map(quoted).join(', ')};\n`;
  const readers = [...new Set([...roles.read, ...roles.post])];
  return (
    grant(POST, roles.post) +
    grant(READ, readers) +
    grant(SEQUENCE, roles.sequence) +
    grant(TOTAL, roles.total ?? [])
  );
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
