import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import { listDeliveries } from './delivery.store.ts';
import { isFree } from './order.store.ts';
import type { SaleNeeds } from './sale.needs.ts';

const CODES_MOST = 1_000_000;
const CODE_TRIES = 20;

/** Six digits that no order or delivery waiting at a place has. System login. */
export async function freeCode(needs: SaleNeeds, tx: Scoped, placeId: Id): Promise<string> {
  for (let tries = 0; tries < CODE_TRIES; tries += 1) {
    const code = String(needs.randomBelow(CODES_MOST)).padStart(6, '0');
    const [taken] = await listDeliveries(tx, { placeId, fetchCode: code, states: ['taken'] });
    if (!taken && (await isFree(tx, placeId, code))) return code;
  }
  throw new Error('no free pick-up code');
}
