import type { Finding, Sql } from './types.ts';
import { LedgerFault } from './errors.ts';

/** Looks at every row and names each broken fact. An empty list means that the books are whole. */
export async function check(_sql: Sql): Promise<Finding[]> {
  throw new LedgerFault('not written yet');
}
