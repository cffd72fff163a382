import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import { clerk } from '../catalogue/index.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { clearStray, listStrays } from './seller-notice.store.ts';
import { listMoneyBack } from './seller-refund.store.ts';

const LIST_MOST = 100;

/** What in sellers' numbers waits for a person: sums nobody ordered, refunds that were refused. */
export function sellerMoneyHandlers(needs: SaleNeeds): Handlers<typeof routes.sellerMoney> {
  const { database } = needs;
  return {
    list: ({ actor }) =>
      database.read(clerk(actor), async (tx) => {
        const strays = await listStrays(tx, LIST_MOST);
        const back = await listMoneyBack(tx, { states: ['refused'], limit: LIST_MOST });
        const names = await needs.access.names(
          tx,
          strays.flatMap((one) => one.clearedBy ?? []),
        );
        return {
          strays: strays.map(({ orderId: _orderId, clearedAt, clearedBy, clearedHow, ...one }) => ({
            ...one,
            receivedAt: one.receivedAt.toISOString(),
            cleared: clearedAt && {
              at: clearedAt.toISOString(),
              by: names.get(clearedBy!) ?? '',
              how: clearedHow!,
            },
          })),
          refunds: back.map((one) => ({
            number: one.number,
            orderNumber: one.orderNumber,
            seller: one.seller,
            amountFen: one.amountFen,
            at: one.at.toISOString(),
            refusal: one.refusal ?? '',
          })),
        };
      }),
    clear: async ({ actor, params, body }) => {
      await database.write(clerk(actor), 'sale.clear_stray', async (tx) => {
        if (!(await clearStray(tx, params.noticeId, body.how))) throw new Refusal('busy_elsewhere');
        tx.touched('seller_notice', params.noticeId, body.how);
      });
      return { ok: true as const };
    },
  };
}
