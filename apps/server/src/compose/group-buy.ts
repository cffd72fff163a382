import { dateInShanghai, Refusal, systemClock, type Clock, type Id } from '@wennuan/basics';
import type { Catalogue } from '../modules/catalogue/index.ts';
import { agreementOn, obstacleOf } from '../modules/catalogue/index.ts';
import {
  createGroupBuy,
  sandboxSeller,
  type GroupBuyNeeds,
  type GroupSale,
  type SellerChannel,
  type SellerNumbers,
} from '../modules/group-buy/index.ts';
import { ChannelAway, orderNumberOf } from '../modules/payment/index.ts';
import type { Resident } from '../modules/resident/index.ts';
import {
  beginWith,
  shareOf,
  type Sale,
  type SaleCommand,
  type SellerChannels,
} from '../modules/sale/index.ts';
import { systemActor } from '../platform/actor.ts';
import type { Scoped } from '../platform/database/database.ts';
import { newCode } from './codes.ts';

type Lower = Omit<
  GroupBuyNeeds,
  | 'newCode'
  | 'isLive'
  | 'householdOf'
  | 'offered'
  | 'promiseFen'
  | 'recordSales'
  | 'collectSale'
  | 'seller'
  | 'numbers'
> & {
  clock: Clock;
  catalogue: Pick<Catalogue, 'variants' | 'sellers' | 'sellingPlace' | 'merchantRows'>;
  resident: Pick<Resident, 'householdOf'>;
  sale: Pick<Sale, 'record' | 'collect' | 'askPaid'>;
  sellers: SellerChannels | null;
};

const CODE_LENGTH = 6;

/** Group-buys, with what they ask of the catalogue and of sales. `sandbox`: sellers' numbers are played, no money moves. */
export function composeGroupBuy(lower: Lower, { sandbox }: { sandbox: boolean }) {
  const { catalogue, sale } = lower;
  return createGroupBuy({
    ...lower,
    newCode: () => newCode(CODE_LENGTH),
    isLive: lower.clock === systemClock,
    householdOf: lower.resident.householdOf,
    offered: (tx, wanted) => readOffered(catalogue, tx, wanted),
    async promiseFen(tx, merchantId, amountFen) {
      const seller = (await catalogue.sellers(tx, [merchantId])).get(merchantId);
      const agreement = seller && agreementOn(seller.agreements, dateInShanghai(tx.now));
      return agreement ? shareOf(amountFen, agreement.shareBasisPoints) : 0;
    },
    async recordSales(tx, sales) {
      const outcomes = await sale.record(tx, sales.map(commandOf));
      return outcomes.filter((one) => one.status === 'refused').map((one) => one.key);
    },
    collectSale: (tx, shareId) => sale.collect(tx, shareId),
    seller: sellerOf(lower, sandbox),
    numbers: lower.sellers && numbersOf(lower, lower.sellers),
  });
}

const numberOf = (rows: Awaited<ReturnType<Catalogue['merchantRows']>>, merchantId: Id) =>
  rows.get(merchantId)?.payment_number as string | undefined;

/** Refunds: real numbers are asked, the sandbox plays the others. */
function sellerOf({ catalogue, sellers, database }: Lower, sandbox: boolean): SellerChannel | null {
  if (!sellers && !sandbox) return null;
  const played = sandbox ? sandboxSeller() : null;
  return {
    async refund(one) {
      const rows = await database.read(systemActor('group-buy'), (tx) =>
        catalogue.merchantRows(tx, [one.merchantId]),
      );
      const channel = sellers?.of(numberOf(rows, one.merchantId) ?? '');
      if (!channel || !one.transaction) return (await played?.refund(one)) ?? 'unknown';
      const asked = {
        orderNumber: orderNumberOf(one.shareId),
        refundNumber: orderNumberOf(one.refundId),
      };
      const { transaction, amountFen, totalFen } = one;
      const known =
        one.tries > 0 ? await channel.queryRefund(asked) : { state: 'unknown' as const };
      const answer =
        known.state === 'unknown'
          ? await channel.refund({ ...asked, transaction, amountFen, totalFen, reason: '拼团退款' })
          : known;
      if (answer.state === 'refused') return { refused: answer.refusal };
      return answer.state === 'done' ? 'done' : 'unknown';
    },
  };
}

function numbersOf({ catalogue, sale }: Lower, sellers: SellerChannels): SellerNumbers {
  return {
    async of(tx, merchantIds) {
      const rows = await catalogue.merchantRows(tx, merchantIds);
      const real = [...rows.keys()].flatMap((id) => {
        const number = numberOf(rows, id);
        return number && sellers.of(number) ? [[id, number] as const] : [];
      });
      return new Map(real);
    },
    async begin({ number, shareId, group, ...payment }) {
      return await beginWith(sellers.of(number)!, {
        ...payment,
        orderNumber: orderNumberOf(shareId),
        number: group.number,
        title: `慈善驿站拼团 ${group.title}`,
        returnUrl: sellers.groupUrl(group.code),
      }).catch((thrown: unknown) => {
        throw thrown instanceof ChannelAway ? new Refusal('channel_away') : thrown;
      });
    },
    ask: ({ shareId, number }) => sale.askPaid({ id: shareId, number }),
  };
}

async function readOffered(
  catalogue: Lower['catalogue'],
  tx: Scoped,
  { variantId, placeId }: { variantId: Id; placeId: Id },
) {
  await catalogue.sellingPlace(tx, placeId);
  const [variant] = await catalogue.variants(tx, { ids: [variantId] });
  const seller =
    variant && (await catalogue.sellers(tx, [variant.merchantId])).get(variant.merchantId);
  if (!variant || !seller || variant.charitySaleId)
    throw new Refusal('product_unknown', {}, 'variantId');
  const obstacle = obstacleOf(variant, seller, dateInShanghai(tx.now));
  if (obstacle) throw new Refusal(obstacle.code, obstacle.params, 'variantId');
  return {
    variantId,
    merchantId: seller.id,
    merchantName: seller.name,
    unit: variant.perQuantity === 1 ? variant.unit : `${variant.perQuantity}${variant.unit}`,
    perQuantity: variant.perQuantity,
    priceFen: variant.priceFen,
  };
}

/** A share as a sale: its goods come later and are handed over by the group's own code. */
function commandOf(share: GroupSale): SaleCommand {
  return {
    key: share.key,
    channel: 'group_buy',
    kind: 'pick_up',
    basket: {
      placeId: share.placeId,
      accountId: share.accountId,
      lines: [
        {
          variantId: share.variantId,
          quantity: share.pieces * share.perQuantity,
          agreedPriceFen: share.priceFen,
          pieces: [],
        },
      ],
    },
    payments: [
      {
        means: share.transaction ? 'wechat' : 'sandbox',
        amountFen: share.pieces * share.priceFen,
        reference: share.transaction?.number ?? share.key,
        ...(share.transaction && { transactionFen: share.transaction.paidFen }),
      },
    ],
    at: share.paidAt,
    handedOver: share.isPickedUp,
  };
}
