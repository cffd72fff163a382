import { Refusal, type Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { type Means, sumByMeans } from './counter.ts';
import { allowedBy } from './supervisor.service.ts';
import { clerk, ownTill } from './till.service.ts';
import { openShiftOf, putEntry } from './till.store.ts';

/**
 * Gives lines of an order back at a till, with a supervisor's code and a reason; the same key is the same return. What goes
 * back in cash leaves this shift's drawer.
 */
export async function refundAtTill(
  needs: CounterNeeds,
  actor: Actor,
  command: {
    tillId: Id;
    key: Id;
    orderId: Id;
    lines: readonly { lineId: Id; quantity: number }[];
    restock: boolean;
    reason: string;
    supervisorCode: string;
  },
) {
  const { tillId, supervisorCode, ...asked } = command;
  const supervisor = await allowedBy(needs, actor, { tillId, code: supervisorCode });
  return await needs.database.write(clerk(actor), 'counter.refund', async (tx) => {
    const till = await ownTill(tx, tillId);
    const shift = await openShiftOf(tx, tillId, true);
    if (!shift) throw new Refusal('shift_not_open');
    const [outcome] = await needs.sale.refund(tx, [
      { ...asked, allowedBy: supervisor, at: tx.now },
    ]);
    const { number, amountFen, back } = outcome!;
    const isTill = (means: string): means is Means =>
      ['cash', 'wechat', 'voucher', 'coupon'].includes(means);
    await putEntry(
      tx,
      {
        key: asked.key,
        kind: 'refund',
        tillId,
        shiftId: shift.id,
        areaId: till.areaId,
        orderId: asked.orderId,
        number,
        amountFen,
        shareFen: 0,
        rungAt: tx.now,
        isOffline: false,
        refusal: null,
        refusalParams: null,
        allowedBy: supervisor,
      },
      sumByMeans(
        back.flatMap(({ means, amountFen: fen }) =>
          isTill(means) ? [{ means, amountFen: fen }] : [],
        ),
      ),
    );
    tx.touched('sale_order', asked.orderId, asked.reason);
    return { number, amountFen, back };
  });
}
