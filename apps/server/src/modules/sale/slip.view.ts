import type { Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { listOrders } from './order.store.ts';
import { orderViews } from './order.view.ts';
import type { SaleNeeds } from './sale.needs.ts';

/**
 * Slips of a place's till sales: of these orders, or the one of a number; newest first. What they were paid with is not in
 * them, so that a slip printed again looks like any other. System login.
 */
export async function slipsOf(
  needs: SaleNeeds,
  tx: Scoped,
  { placeId, ...chosen }: { placeId: Id; ids: readonly Id[] } | { placeId: Id; number: string },
): Promise<z.output<typeof shapes.tillSlip>[]> {
  const found = await listOrders(tx, { placeId, ...chosen, limit: 200 });
  const rows = found.filter((row) => row.kind === 'counter' && row.paid_at !== null);
  const views = await orderViews(needs, tx, { rows, own: false });
  return views.map((order) => ({
    number: order.number,
    placeName: order.placeName,
    at: order.paidAt ?? order.placedAt,
    lines: order.lines.map(({ title, unit, quantity, amountFen }) => ({
      title,
      unit,
      quantity,
      amountFen,
    })),
    goodsFen: order.goodsFen,
    refundedFen: order.refundedFen,
    shareWords: order.shareWords,
  }));
}
