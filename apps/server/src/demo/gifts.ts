import { randomUUID } from 'node:crypto';
import { isRefusal, type Id } from '@wennuan/basics';
import type { PlatformNotice } from '../modules/donation/index.ts';
import { paymentsActor, visitor, type Actor } from '../platform/actor.ts';
import type { HalfDay } from './calendar.ts';
import type { Demo } from './index.ts';
import { sideBySide } from './walk.ts';

/** A gift that will arrive. */
export interface ComingGift {
  /** Code of the item, campaign or fund as the platform knows it. */
  projectCode: string;
  amountFen: number;
  /** The name for the public; null for 爱心人士. */
  giverName: string | null;
  /** With a target it is begun on our own page, by this account or by a visitor. */
  begun?: { kind: 'item' | 'campaign' | 'fund'; id: Id; actor: Actor | null };
  /** Begun and never paid: the platform ends the order after half an hour. */
  isAbandoned?: boolean;
}

export interface GiftDesk {
  /** Lets gifts arrive in a half-day; those past the end of the story never come. */
  plan(halfDay: number, gifts: readonly ComingGift[]): void;
  /** Takes in what arrives in this half-day, by notices as the designated platform sends them. */
  arrive(demo: Demo, half: HalfDay): Promise<void>;
}

const AT_ONCE = 200;

export function createGiftDesk(): GiftDesk {
  const coming = new Map<number, ComingGift[]>();
  let orders = 0;
  return {
    plan(halfDay, gifts) {
      coming.set(halfDay, [...(coming.get(halfDay) ?? []), ...gifts]);
    },
    async arrive(demo, half) {
      const gifts = (coming.get(half.index) ?? []).toSorted((one, other) =>
        keyOf(one) < keyOf(other) ? -1 : 1,
      );
      coming.delete(half.index);
      for (let from = 0; from < gifts.length; from += AT_ONCE) {
        demo.moment();
        const some = gifts.slice(from, from + AT_ONCE);
        const begun = new Map<ComingGift, Id | null>();
        await sideBySide(demo, some, async (gift) => begun.set(gift, await begin(demo, gift)));
        const notices = some
          .filter((gift) => !gift.isAbandoned)
          .map((gift) =>
            noticeOf(demo, gift, { order: (orders += 1), giftId: begun.get(gift) ?? null }),
          );
        await demo.database.write(paymentsActor('公益捐赠平台（沙箱）'), 'donation.receive', (tx) =>
          demo.donation.receiveGifts(tx, notices),
        );
      }
    },
  };
}

const keyOf = (gift: ComingGift) =>
  `${gift.projectCode} ${String(gift.amountFen).padStart(9, '0')} ${gift.giverName}`;

/** Begins a gift on our own page, so that its giver has a link of her own; null for one begun on the platform. */
async function begin(demo: Demo, gift: ComingGift): Promise<Id | null> {
  const { begun } = gift;
  if (!begun) return null;
  const started = demo.database.write(begun.actor ?? visitor(), 'donation.start_gift', (tx) =>
    demo.donation.startGift(tx, {
      target: { kind: begun.kind, id: begun.id },
      amountYuan: String(gift.amountFen / 100),
      name: {
        displayName: gift.giverName,
        hideFromPublic: gift.giverName === null,
        hideFromRecipient: true,
        hideFromStaff: false,
      },
      formId: randomUUID(),
    }),
  );
  try {
    return (await started).giftId;
  } catch (thrown) {
    // Somebody was faster: whoever is on the platform's own page already gives all the same.
    if (isRefusal(thrown)) return null;
    throw thrown;
  }
}

function noticeOf(
  demo: Demo,
  gift: ComingGift,
  { order, giftId }: { order: number; giftId: Id | null },
): PlatformNotice {
  const at = demo.clock.now().toISOString();
  return {
    platformOrder: `SBXDEMO${String(order).padStart(6, '0')}`,
    projectCode: gift.projectCode,
    amountFen: gift.amountFen,
    paidAt: at,
    sentAt: at,
    giftId,
    giverName: gift.giverName,
  };
}
