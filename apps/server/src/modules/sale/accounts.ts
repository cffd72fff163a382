import { createHash } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import type { CharitySale } from '../catalogue/index.ts';
import type { ServicePoint } from '../place/index.ts';
import type { SaleNeeds } from './sale.needs.ts';

/**
 * The accounts of selling, always the same for the same thing: what a merchant promised (an edge of the
 * books), what of it is due at a station, what the fund owes a merchant for vouchers, and where sold pieces go.
 */
export function accountOf(
  kind: 'receivable' | 'payable' | 'due' | 'sold',
  of: Id,
  at: Id | null = null,
): Id {
  const hash = createHash('sha256')
    .update(`sale:${kind}:${of}:${at ?? ''}`)
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** A merchant at a station, and the items it sells there now. */
export interface Selling {
  merchant: { id: Id; code: string; name: string };
  charity: Pick<CharitySale, 'id' | 'name' | 'number'> | null;
  place: Pick<ServicePoint, 'id' | 'code' | 'name' | 'areaId'>;
  items: readonly { id: Id; title: string }[];
}

/** Opens what sales post to; opening again changes nothing. System login. */
export async function openSaleAccounts(
  needs: Pick<SaleNeeds, 'fund'>,
  tx: Writing,
  sellings: readonly Selling[],
): Promise<void> {
  const accounts = sellings.flatMap(({ merchant, charity, place, items }) => [
    ...(charity ? charityAccounts(charity, place) : moneyAccounts(merchant, place)),
    ...items.map((item) => ({
      id: accountOf('sold', item.id, place.id),
      kind: 'world' as const,
      unit: `piece:${item.id}`,
      code: null,
      purpose: {
        kind: 'person' as const,
        subjectId: item.id,
        label: `${place.name} · 售出`,
        areaId: place.areaId,
        isPublic: true,
      },
    })),
  ]);
  const once = [...new Map(accounts.map((one) => [one.id, one])).values()];
  await needs.fund.openAccounts(tx, once);
}

function moneyAccounts(merchant: Selling['merchant'], place: Selling['place']) {
  const common = { unit: 'fen', kind: 'inner' as const };
  return [
    {
      ...common,
      id: accountOf('receivable', merchant.id),
      kind: 'world' as const,
      code: null,
      purpose: {
        kind: 'receivable' as const,
        subjectId: merchant.id,
        label: `${merchant.name}（消费捐赠）`,
        areaId: null,
        isPublic: true,
      },
    },
    {
      ...common,
      id: accountOf('due', merchant.id, place.id),
      code: `YJ-${place.code}-${merchant.code}`,
      purpose: {
        kind: 'due' as const,
        subjectId: place.id,
        label: `${place.name} · ${merchant.name} 待缴爱心款`,
        areaId: place.areaId,
        isPublic: true,
      },
    },
    {
      ...common,
      id: accountOf('payable', merchant.id),
      code: null,
      purpose: {
        kind: 'payable' as const,
        subjectId: merchant.id,
        label: `${merchant.name} · 代金券应付`,
        areaId: null,
        isPublic: true,
      },
    },
  ];
}

/** Of a charity sale: what its buyers paid into the federation's number, and what of it is due at a station. */
function charityAccounts(charity: NonNullable<Selling['charity']>, place: Selling['place']) {
  return [
    {
      id: accountOf('receivable', charity.id),
      kind: 'world' as const,
      unit: 'fen',
      code: null,
      purpose: {
        kind: 'receivable' as const,
        subjectId: charity.id,
        label: `义卖“${charity.name}”`,
        areaId: null,
        isPublic: true,
      },
    },
    {
      id: accountOf('due', charity.id, place.id),
      kind: 'inner' as const,
      unit: 'fen',
      code: `YJ-${place.code}-${charity.number}`,
      purpose: {
        kind: 'due' as const,
        subjectId: place.id,
        label: `${place.name} · 义卖“${charity.name}”待入账`,
        areaId: place.areaId,
        isPublic: true,
      },
    },
  ];
}
