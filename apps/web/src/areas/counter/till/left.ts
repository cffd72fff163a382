import type { Line, Rung, TillData } from './basket.ts';
import type { Entry } from './journal.ts';

/** Pieces of an item that the till took along and has not sold yet, also in sales that wait to be sent. */
export function reserveLeft(data: TillData, journal: readonly Entry[], itemId: string): number {
  const taken = data.reserve.find((one) => one.itemId === itemId)?.left ?? 0;
  const items = new Map(data.goods.map((good) => [good.variantId, good.itemId]));
  const sold = journal.reduce(
    (sum, { sale }) => sum + soldOf(sale, (line) => items.get(line.variantId) === itemId),
    0,
  );
  return Math.max(0, taken - sold);
}

function soldOf(sale: Rung, fits: (line: Rung['lines'][number]) => boolean): number {
  return sale.lines.filter(fits).reduce((sum, line) => sum + line.quantity, 0);
}

/** What a voucher held for the till still has, without what waits to be sent. */
export function voucherLeft(
  data: TillData,
  journal: readonly Entry[],
  entitlementId: string,
): number {
  const held = data.vouchers.find((one) => one.entitlementId === entitlementId)?.leftFen ?? 0;
  const used = journal.reduce(
    (sum, { sale }) =>
      sum +
      sale.payments
        .filter((one) => one.entitlementId === entitlementId)
        .reduce((total, one) => total + one.amountFen, 0),
    0,
  );
  return Math.max(0, held - used);
}

/** The first goods of a basket that the till did not take along enough of; null when all can be sold without network. */
export function missingOffline(
  data: TillData,
  journal: readonly Entry[],
  lines: readonly Line[],
): { title: string; left: number } | null {
  const wanted = new Map<string, number>();
  for (const line of lines) {
    const good = data.goods.find((one) => one.variantId === line.variantId);
    // A charity sale may be over by the time it is sent: it is sold with network only.
    if (good?.charity) return { title: good.title, left: 0 };
    if (good) wanted.set(good.itemId, (wanted.get(good.itemId) ?? 0) + line.quantity);
  }
  for (const [itemId, quantity] of wanted) {
    const left = reserveLeft(data, journal, itemId);
    const good = data.goods.find((one) => one.itemId === itemId)!;
    if (left < quantity) return { title: good.title, left };
  }
  return null;
}

/** What the till has once sales are recorded: the server took them out of its reserve and held vouchers. */
export function afterSent(data: TillData, sent: readonly Entry[]): TillData {
  return {
    ...data,
    reserve: data.reserve.map(({ itemId }) => ({ itemId, left: reserveLeft(data, sent, itemId) })),
    vouchers: data.vouchers.map((one) => ({
      ...one,
      leftFen: voucherLeft(data, sent, one.entitlementId),
    })),
  };
}
