import type { Scoped } from '../../platform/database/database.ts';
import type { SoldVariant } from './catalogue.ts';
import type { CatalogueNeeds } from './catalogue.needs.ts';
import { listVariants } from './product.store.ts';

/**
 * Variants by id, product or bar code, with their charity sales. With `lock` no charity sale of them ends before this
 * transaction does. System login when there are any; every login else.
 */
export async function readVariants(
  needs: Pick<CatalogueNeeds, 'charitySales'>,
  tx: Scoped,
  { lock, ...chosen }: Parameters<typeof listVariants>[1] & { lock?: boolean },
): Promise<SoldVariant[]> {
  const rows = await listVariants(tx, chosen);
  const ids = [...new Set(rows.flatMap((row) => row.charitySaleId ?? []))];
  const sales = ids.length > 0 ? await needs.charitySales(tx, ids, lock) : null;
  return rows.map((row) => ({
    ...row,
    charity: (row.charitySaleId && sales?.get(row.charitySaleId)) || null,
  }));
}
