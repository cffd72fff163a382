import { randomInt } from 'node:crypto';
import { routes } from '@wennuan/contract';
import { createCatalogue, type CatalogueNeeds } from '../modules/catalogue/index.ts';
import { type Sandbox, SIGNATURE_HEADER } from '../modules/payment/index.ts';
import { createSale, type SaleNeeds, type SellerSandbox } from '../modules/sale/index.ts';
import { createSettlement, type SettlementNeeds } from '../modules/settlement/index.ts';

type Lower = CatalogueNeeds &
  Omit<SaleNeeds, 'catalogue' | 'randomBelow' | 'sandbox' | 'given'> &
  Omit<SettlementNeeds, 'catalogue'>;

/** The shop: goods on sale, buying, settling. `sandbox` plays the sellers' payment numbers; null elsewhere. */
export function composeShop(
  lower: Lower,
  sandbox: { platform: Sandbox; ownAddress(): string } | null,
) {
  const catalogue = createCatalogue(lower);
  const settlement = createSettlement({ ...lower, catalogue });
  const sale = createSale({
    ...lower,
    catalogue,
    randomBelow: (bound) => randomInt(bound),
    sandbox: sandbox && sellerSandbox(sandbox),
    given: (tx, partIds) => settlement.given(tx, partIds),
  });
  return { catalogue, sale, settlement };
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
