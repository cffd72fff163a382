import { dateInShanghai, Refusal, systemClock, type Clock, type Id } from '@wennuan/basics';
import type { Catalogue } from '../modules/catalogue/index.ts';
import { agreementOn, obstacleOf } from '../modules/catalogue/index.ts';
import {
  createGroupBuy,
  sandboxSeller,
  type GroupBuyNeeds,
  type GroupSale,
} from '../modules/group-buy/index.ts';
import type { Resident } from '../modules/resident/index.ts';
import { shareOf, type Sale, type SaleCommand } from '../modules/sale/index.ts';
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
> & {
  clock: Clock;
  catalogue: Pick<Catalogue, 'variants' | 'sellers' | 'sellingPlace'>;
  resident: Pick<Resident, 'householdOf'>;
  sale: Pick<Sale, 'record' | 'collect'>;
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
    seller: sandbox ? sandboxSeller() : null,
  });
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
      { means: 'sandbox', amountFen: share.pieces * share.priceFen, reference: share.key },
    ],
    at: share.paidAt,
    handedOver: share.isPickedUp,
  };
}
