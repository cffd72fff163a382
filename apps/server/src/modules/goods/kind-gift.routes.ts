import type { routes } from '@wennuan/contract';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { readPath } from './kind-gift.path.ts';
import {
  declineKindGift,
  kindGiftViews,
  offerKindGift,
  receiveKindGift,
  registerKindGift,
  valueKindGift,
  withdrawKindGift,
} from './kind-gift.service.ts';
import { listKindGifts } from './kind-gift.store.ts';

/** The operations of gifts in kind. */
export function kindGiftHandlers(needs: GoodsNeeds): Handlers<typeof routes.kindGift> {
  const { database } = needs;
  return {
    list: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const rows = await listKindGifts(tx, query);
        const { shown, next } = cutPage(rows, query.limit, (last) => last.id);
        return {
          items: await kindGiftViews(needs, tx, shown),
          next,
        };
      }),
    register: ({ actor, body }) =>
      sentOnce(() =>
        database.write(actor, 'kind_gift.register', (tx) => registerKindGift(needs, tx, body)),
      ),
    value: ({ actor, params, body }) =>
      database.write(actor, 'kind_gift.value', (tx) =>
        valueKindGift(needs, tx, { ...params, ...body }),
      ),
    receive: ({ actor, params, body }) =>
      database.write(actor, 'kind_gift.receive', (tx) =>
        receiveKindGift(needs, tx, { ...params, ...body }),
      ),
    decline: ({ actor, params, body }) =>
      database.write(actor, 'kind_gift.decline', (tx) =>
        declineKindGift(needs, tx, { ...params, ...body }),
      ),
    path: ({ actor, params }) => readPath(needs, actor, params.giftId),
    offer: ({ actor, body }) =>
      sentOnce(() =>
        database.write(actor, 'kind_gift.offer', (tx) => offerKindGift(needs, tx, body)),
      ),
    mine: ({ actor }) =>
      database.read(actor, async (tx) => ({
        items: await kindGiftViews(needs, tx, await listKindGifts(tx, {})),
      })),
    myPath: ({ actor, params }) => readPath(needs, actor, params.giftId),
    withdraw: ({ actor, params }) =>
      database.write(actor, 'kind_gift.withdraw', async (tx) => {
        await withdrawKindGift(tx, params.giftId);
        return { ok: true as const };
      }),
  };
}
