import type { RouteInput, RouteOutput, routes } from '@wennuan/contract';

export type TillData = RouteOutput<typeof routes.counter.load>;
export type Good = TillData['goods'][number];
export type Held = TillData['vouchers'][number];
export type Rung = RouteInput<typeof routes.counter.sell>['body']['sales'][number];

/** A line of what is being rung up. */
export interface Line {
  variantId: string;
  /** Pieces of the item: bags, or grams. */
  quantity: number;
  priceFen: number;
  discountFen: number;
}

/** What is paid with, as the till knows it. */
export interface Paid {
  means: 'cash' | 'wechat' | 'voucher' | 'coupon';
  amountFen: number;
  codePaymentId?: string;
  entitlementId?: string;
  scanId?: string | null;
  label?: string;
}

/** What so many pieces cost: half up to the fen, as the server reckons it. */
export function amountOf(quantity: number, priceFen: number, perQuantity: number): number {
  return Math.floor((2 * quantity * priceFen + perQuantity) / (2 * perQuantity));
}

/** A line's amount after its discount. */
export function lineFen(line: Line, good: Good | undefined): number {
  return good ? amountOf(line.quantity, line.priceFen, good.perQuantity) - line.discountFen : 0;
}

/** What a basket comes to, what its merchants give because of it, and what of it is a charity sale's. */
export function totalsOf(lines: readonly Line[], goods: readonly Good[]) {
  const byId = new Map(goods.map((good) => [good.variantId, good]));
  const merchants = new Map<string, { fen: number; basisPoints: number }>();
  let goodsFen = 0;
  let charityFen = 0;
  let charityWords: string | null = null;
  for (const line of lines) {
    const good = byId.get(line.variantId);
    const fen = lineFen(line, good);
    goodsFen += fen;
    if (!good) continue;
    if (good.charity) {
      charityFen += fen;
      charityWords = good.charity.words;
      continue;
    }
    const known = merchants.get(good.merchantId) ?? { fen: 0, basisPoints: good.shareBasisPoints };
    merchants.set(good.merchantId, { ...known, fen: known.fen + fen });
  }
  let shareFen = 0;
  for (const { fen, basisPoints } of merchants.values())
    shareFen += Math.floor((2 * fen * basisPoints + 10_000) / 20_000);
  return { goodsFen, shareFen, charityFen, charityWords };
}

/** What an entitlement may pay of a basket: the goods it was issued for, never alcohol or tobacco, nothing of a charity sale. */
export function payableBy(
  allowed: readonly string[],
  lines: readonly Line[],
  goods: readonly Good[],
): number {
  const byId = new Map(goods.map((good) => [good.variantId, good]));
  return lines.reduce((sum, line) => {
    const good = byId.get(line.variantId);
    if (!good || good.charity || good.category === 'alcohol' || good.category === 'tobacco')
      return sum;
    const fits = allowed.length === 0 || allowed.includes(good.category);
    return fits ? sum + lineFen(line, good) : sum;
  }, 0);
}

export type Entered =
  | { kind: 'good'; good: Good; quantity: number }
  | { kind: 'several'; goods: Good[] }
  | { kind: 'voucher'; text: string }
  | { kind: 'pay_code'; text: string }
  | { kind: 'member'; text: string }
  | { kind: 'unknown'; text: string };

const SHOWN = 9;
const COUNTED = /^(\d{1,4})[*×xX](.+)$/;
/** A scale's label: 22, five digits of the goods, five digits of grams, a check digit. */
const WEIGHED = /^22(\d{5})(\d{5})\d$/;

/**
 * What was typed or scanned: a bar code, a scale's label, `3*` before either, words of a name, a voucher, or a payment code.
 */
export function readEntry(typed: string, goods: readonly Good[]): Entered {
  const counted = COUNTED.exec(typed.trim());
  const text = (counted ? counted[2]! : typed).trim();
  const plain = text.replace(/\s/g, '').toUpperCase();
  if (/^W[NP]/.test(plain)) return { kind: 'voucher', text: plain };
  if (/^HY\d{6,}$/.test(plain)) return { kind: 'member', text: plain };
  if (/^1[0-5]\d{16}$/.test(plain)) return { kind: 'pay_code', text: plain };
  const weighed = WEIGHED.exec(plain);
  if (weighed) {
    const good = goods.find((one) => one.barCode?.startsWith(`22${weighed[1]}00000`));
    if (good) return { kind: 'good', good, quantity: Number(weighed[2]) };
  }
  const exact = goods.find((one) => one.barCode === plain);
  const times = counted ? Number(counted[1]) : 1;
  if (exact) return { kind: 'good', good: exact, quantity: exact.perQuantity * times };
  const words = plain.toLowerCase();
  const nameOf = (one: Good) => `${one.title}${one.label}`.replace(/\s/g, '').toLowerCase();
  const found = words ? goods.filter((one) => nameOf(one).includes(words)) : [];
  if (found.length === 1) {
    const good = found[0]!;
    return { kind: 'good', good, quantity: good.perQuantity * times };
  }
  return found.length > 1
    ? { kind: 'several', goods: found.slice(0, SHOWN) }
    : { kind: 'unknown', text };
}

/** Adds goods to lines: the same goods again count up. */
export function addLine(lines: readonly Line[], good: Good, quantity: number): Line[] {
  const known = lines.find((line) => line.variantId === good.variantId && line.discountFen === 0);
  if (known)
    return lines.map((line) =>
      line === known ? { ...line, quantity: line.quantity + quantity } : line,
    );
  const { variantId, priceFen } = good;
  return [...lines, { variantId, quantity, priceFen, discountFen: 0 }];
}
