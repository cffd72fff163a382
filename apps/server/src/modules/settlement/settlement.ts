import type { Id, PlainDate } from '@wennuan/basics';

/** A row of `sale_posting` as settling reads it. */
export interface Posting {
  id: Id;
  kind: 'share' | 'voucher';
  partId: Id;
  merchantId: Id;
  placeId: Id;
  areaId: number;
  amountFen: number;
  goodsFen: number;
  refundId: Id | null;
  transferId: Id | null;
  /** True when it gives back of an earlier batch. */
  isCarried: boolean;
}

/** What of one merchant's share at one station comes to in a batch. */
export interface PlaceSum {
  placeId: Id;
  areaId: number;
  orders: number;
  goodsFen: number;
  grossFen: number;
  returnedFen: number;
  carriedFen: number;
  netFen: number;
  /** Given back of earlier batches, more than there is to take it from: waits for the next one. */
  leftOverFen: number;
}

export interface MerchantSum {
  merchantId: Id;
  orders: number;
  goodsFen: number;
  shareFen: number;
  voucherFen: number;
  voucherCarriedFen: number;
  voucherLeftOverFen: number;
  places: PlaceSum[];
}

/** Days after the end of a month within which merchants pay their share. */
export const DAYS_TO_PAY = 10;

/** Sums postings of a batch by merchant and station. Pure. */
export function sumPostings(postings: readonly Posting[]): MerchantSum[] {
  const merchants = Map.groupBy(postings, (one) => one.merchantId);
  return [...merchants].map(([merchantId, mine]) => {
    const places = [...Map.groupBy(mine, (one) => one.placeId).values()].map(sumPlace);
    const vouchers = mine.filter((one) => one.kind === 'voucher');
    const fresh = sumOf(vouchers.filter((one) => !one.isCarried));
    const carried = -sumOf(vouchers.filter((one) => one.isCarried));
    return {
      merchantId,
      orders: places.reduce((sum, one) => sum + one.orders, 0),
      goodsFen: places.reduce((sum, one) => sum + one.goodsFen, 0),
      shareFen: places.reduce((sum, one) => sum + one.netFen, 0),
      voucherFen: Math.max(0, fresh - carried),
      voucherCarriedFen: Math.min(fresh, carried),
      voucherLeftOverFen: Math.max(0, carried - fresh),
      places,
    };
  });
}

const sumOf = (rows: readonly Posting[]) => rows.reduce((sum, row) => sum + row.amountFen, 0);

function sumPlace(mine: readonly Posting[]): PlaceSum {
  const shares = mine.filter((one) => one.kind === 'share');
  const sold = shares.filter((one) => one.refundId === null);
  const grossFen = sumOf(sold);
  const returnedFen = -sumOf(shares.filter((one) => one.refundId !== null && !one.isCarried));
  const carried = -sumOf(shares.filter((one) => one.isCarried));
  const there = grossFen - returnedFen;
  return {
    placeId: mine[0]!.placeId,
    areaId: mine[0]!.areaId,
    orders: new Set(sold.map((one) => one.partId)).size,
    goodsFen: shares.reduce((sum, one) => sum + one.goodsFen, 0),
    grossFen,
    returnedFen,
    carriedFen: Math.min(there, carried),
    netFen: Math.max(0, there - carried),
    leftOverFen: Math.max(0, carried - there),
  };
}

/** What each sale's entry still holds: its share less what was given back of it before the batch. */
export function entriesOf(postings: readonly Posting[]): { transferId: Id; leftFen: number }[] {
  const shares = postings.filter((one) => one.kind === 'share' && !one.isCarried);
  return [...Map.groupBy(shares, (one) => one.partId).values()].flatMap((mine) => {
    const entry = mine.find((one) => one.refundId === null);
    const leftFen = sumOf(mine);
    return entry?.transferId && leftFen > 0 ? [{ transferId: entry.transferId, leftFen }] : [];
  });
}

/**
 * Divides entries between the fund and what goes back to the merchant: the fund gets `netFen` out of them
 * in their order, the rest was given back already. Pure.
 */
export function divideEntries(
  entries: readonly { transferId: Id; leftFen: number }[],
  netFen: number,
): { transferId: Id; givenFen: number; returnedFen: number }[] {
  let left = netFen;
  return entries.map(({ transferId, leftFen }) => {
    const givenFen = Math.min(left, leftFen);
    left -= givenFen;
    return { transferId, givenFen, returnedFen: leftFen - givenFen };
  });
}

/** The first moment after a month in Zhengzhou, as its day. */
export function dayAfter(month: string): PlainDate {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
