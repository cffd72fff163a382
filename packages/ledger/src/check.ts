import type { Finding, Sql } from './types.ts';

/**
 * Looks at every row and names each broken fact, in the order of the facts. An empty list means that the
 * books are whole. Reads the whole ledger: minutes on tens of millions of rows.
 */
export async function check(sql: Sql): Promise<Finding[]> {
  return sql.query<Finding>('select fact, subject, detail from ledger_check()');
}
