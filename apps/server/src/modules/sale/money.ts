/**
 * What half a fen more or less comes to, so that everybody who reckons it comes to the same: amounts and the
 * merchant's share are rounded half up once, on the sum of an order and merchant, and then spread.
 */

const BASIS = 10_000;

/** What so many pieces cost when `perQuantity` of them cost `priceFen`: half up to the fen. */
export function amountOf(quantity: number, priceFen: number, perQuantity: number): number {
  return divideHalfUp(BigInt(quantity) * BigInt(priceFen), BigInt(perQuantity));
}

/** The merchant's share of what goods cost, in fen, half up; 200 basis points are 2 %. */
export function shareOf(goodsFen: number, basisPoints: number): number {
  return divideHalfUp(BigInt(goodsFen) * BigInt(basisPoints), BigInt(BASIS));
}

/** Of a merchant's share, what stands against what vouchers paid of the goods: shown apart, half up. */
export function shareApart(
  shareFen: number,
  { voucherFen, goodsFen }: { voucherFen: number; goodsFen: number },
): number {
  return goodsFen === 0 ? 0 : divideHalfUp(BigInt(shareFen) * BigInt(voucherFen), BigInt(goodsFen));
}

/**
 * Spreads a sum over weights by largest remainder: whole parts first, then one fen each to the largest
 * remainders, of equal ones to the earlier line. Weights of zero get nothing. The parts add up to the sum.
 */
export function spread(sumFen: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const parts = weights.map((weight, index) => {
    const exact = BigInt(sumFen) * BigInt(weight);
    return { index, whole: Number(exact / BigInt(total)), rest: exact % BigInt(total) };
  });
  const missing = sumFen - parts.reduce((sum, part) => sum + part.whole, 0);
  const first = parts
    .toSorted((one, other) =>
      one.rest === other.rest ? one.index - other.index : one.rest > other.rest ? -1 : 1,
    )
    .slice(0, missing);
  const more = new Set(first.map((part) => part.index));
  return parts.map((part) => part.whole + (more.has(part.index) ? 1 : 0));
}

/** What a line is worth after pieces were given back: its amount in share of the pieces that stay, half up. */
export function remainingAmount(line: {
  amountFen: number;
  quantity: number;
  staying: number;
}): number {
  return divideHalfUp(BigInt(line.amountFen) * BigInt(line.staying), BigInt(line.quantity));
}

/** Rounded half up; both above or at zero. */
function divideHalfUp(over: bigint, under: bigint): number {
  return Number((2n * over + under) / (2n * under));
}
