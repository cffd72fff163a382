import { sql } from 'kysely';
import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import type { FiscalState } from './fiscal.store.ts';

/** What papers gifts have: a confirmation, a fiscal receipt. System login. */
export async function listPapers(
  tx: Scoped,
  giftIds: readonly Id[],
): Promise<
  Map<Id, { confirmed: boolean; fiscal: FiscalState | 'none'; fiscalNumber: string | null }>
> {
  if (giftIds.length === 0) return new Map();
  const { rows } = await sql<{
    id: Id;
    confirmed: boolean;
    state: FiscalState | null;
    receipt_number: string | null;
  }>`select g.id, c.gift_id is not null as confirmed, f.state, f.receipt_number
    from unnest(${[...giftIds]}::uuid[]) as g(id)
    left join confirmation c on c.gift_id = g.id
    left join fiscal_receipt f on f.gift_id = g.id`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        confirmed: row.confirmed,
        fiscal: row.state ?? ('none' as const),
        fiscalNumber: row.receipt_number,
      },
    ]),
  );
}
