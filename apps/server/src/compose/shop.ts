import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { createCatalogue, type CatalogueNeeds } from '../modules/catalogue/index.ts';
import {
  type PaymentConfig,
  type Sandbox,
  SIGNATURE_HEADER,
  wechatChannel,
} from '../modules/payment/index.ts';
import {
  createSale,
  type GroupPayments,
  type SaleNeeds,
  type SellerChannels,
  type SellerSandbox,
} from '../modules/sale/index.ts';
import { createSettlement, type SettlementNeeds } from '../modules/settlement/index.ts';

type Lower = CatalogueNeeds &
  Omit<SaleNeeds, 'catalogue' | 'randomBelow' | 'sandbox' | 'sellers' | 'groups' | 'given'> &
  Omit<SettlementNeeds, 'catalogue'>;

/**
 * The shop: goods on sale, buying, settling. `payments` has the sellers' own numbers; `sandbox` plays the others, and is
 * null elsewhere.
 */
export function composeShop(
  lower: Lower,
  {
    sandbox,
    payments,
    groups,
  }: {
    groups: GroupPayments;
    sandbox: { platform: Sandbox; ownAddress(): string } | null;
    payments: PaymentConfig | undefined;
  },
) {
  const catalogue = createCatalogue(lower);
  const settlement = createSettlement({ ...lower, catalogue });
  const sellers = payments?.sellers.size ? sellerChannels(lower.clock, payments) : null;
  const sale = createSale({
    ...lower,
    catalogue,
    randomBelow: (bound) => randomInt(bound),
    sandbox: sandbox && sellerSandbox(sandbox),
    sellers,
    groups,
    given: (tx, partIds) => settlement.given(tx, partIds),
  });
  return { catalogue, sale, settlement, sellers };
}

const NONCE_BYTES = 16;

/** A channel for each seller's own number, with its own keys. */
function sellerChannels(clock: Clock, { sellers, siteUrl }: PaymentConfig): SellerChannels {
  const nonce = () => randomBytes(NONCE_BYTES).toString('hex');
  const channels = new Map(
    [...sellers].map(([number, settings]) => [
      number,
      wechatChannel(settings, { clock, fetch, nonce }),
    ]),
  );
  return {
    of: (number) => channels.get(number) ?? null,
    numbers: [...channels.keys()],
    groupUrl: (code) => new URL(`/mall/groups/${code}`, siteUrl!).href,
    orderUrl: (orderId) => new URL(`/mall/orders/${orderId}`, siteUrl!).href,
  };
}

function sellerSandbox({
  platform,
  ownAddress,
}: {
  platform: Sandbox;
  ownAddress(): string;
}): SellerSandbox {
  return {
    publicKey: platform.publicKey,
    privateKey: platform.privateKey,
    send: (body, signature) =>
      fetch(new URL(routes.sale.notice.path, ownAddress()), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(SEND_TIMEOUT_MILLIS),
      })
        .then((answer) => answer.ok)
        .catch(() => false),
  };
}

const SEND_TIMEOUT_MILLIS = 10_000;
