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

/** Database roles that may post, read and sequence. */
export interface LedgerRoles {
  post: readonly string[];
  read: readonly string[];
  sequence: readonly string[];
}

/** SQL that lets these roles run the ledger's functions. No role ever gets a right on a table. */
export function ledgerGrants(_roles: LedgerRoles): string {
  return '';
}
