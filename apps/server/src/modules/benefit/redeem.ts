import { formatYuan, type Id } from '@wennuan/basics';
import type { GoodsCategory, RefusalCode } from '@wennuan/contract';
import type { Entitlement } from './benefit.ts';
import { cover, type Payer } from './cover.ts';
import type { EntitlementHold } from './hold.store.ts';
import type { Scan } from './redeem.store.ts';

/** Minutes between a scan and the payment that uses it. */
const SCAN_MINUTES = 15;

/** A purchase that an entitlement pays for, or a part of it. */
export interface RedeemCommand {
  /** Of the till or page; the same key is the same use. */
  key: string;
  entitlementId: Id;
  amountFen: number;
  merchantId: Id;
  /** The inner account that says what the fund owes the merchant; opened by the caller. */
  payableId: Id;
  placeId: Id;
  /** What is bought, by category, whoever pays for it. */
  goods: readonly { category: GoodsCategory; amountFen: number }[];
  /** The purchase this is a part of: entitlements of one together never pay for more than they may. */
  purchase?: string | undefined;
  /** The code that was shown, or the hold of the counter that took the entitlement along, or of the cart. */
  proof: { scanId: Id } | { tillId: Id };
  /** When it was shown; a counter away from the network tells it later. */
  at?: Date | undefined;
}

export type RedeemOutcome =
  | { status: 'redeemed' | 'already_redeemed'; useId: Id; leftFen: number }
  | { status: 'refused'; refusal: RefusalCode; params: Record<string, string | number> };

/** What deciding one use needs to know; rows are locked. */
export interface Standing {
  entitlement: Entitlement | undefined;
  leftFen: number;
  scan: Scan | undefined;
  hold: EntitlementHold | undefined;
  holdPlace: string;
  /** Entitlements that pay for the same purchase already. */
  beside: readonly Payer[];
  today: string;
  now: Date;
}

/** Why an entitlement may not pay for a purchase; null when it may. Pure. */
export function whyNot(
  command: RedeemCommand,
  standing: Standing,
): Extract<RedeemOutcome, { status: 'refused' }> | null {
  const { entitlement, hold } = standing;
  const no = (refusal: RefusalCode, params: Record<string, string | number> = {}) =>
    ({ status: 'refused', refusal, params }) as const;
  if (!entitlement) return no('voucher_unknown');
  if (entitlement.unit !== 'fen') return no('voucher_not_goods');
  const isHolder =
    hold !== undefined && 'tillId' in command.proof && hold.tillId === command.proof.tillId;
  if (hold && !isHolder) {
    const { code, params } = heldWords(hold, standing.holdPlace);
    return no(code, params);
  }
  if (!hold && 'tillId' in command.proof) return no('voucher_scan_old');
  if (entitlement.state !== 'issued') return no('voucher_over');
  // A counter that holds it may tell later what it sold in time: the hold is the promise.
  if (!isHolder && (entitlement.expiresOn <= standing.today || entitlement.endsAs !== null))
    return no('voucher_over');
  if ('scanId' in command.proof && !isFresh(standing, command)) return no('voucher_scan_old');
  const self = { goods: entitlement.goods, mostFen: command.amountFen };
  const payable = cover([...standing.beside, self], command.goods)
    .at(-1)!
    .reduce((sum, fen) => sum + fen, 0);
  if (payable < command.amountFen)
    return no('voucher_goods_wrong', { payable: formatYuan(payable) });
  if (standing.leftFen < command.amountFen)
    return no('voucher_too_little', { left: formatYuan(standing.leftFen) });
  return null;
}

function isFresh({ scan, entitlement, now }: Standing, command: RedeemCommand): boolean {
  return (
    scan !== undefined &&
    scan.entitlementId === entitlement!.id &&
    scan.placeId === command.placeId &&
    scan.usedAt === null &&
    now.getTime() - scan.at.getTime() <= SCAN_MINUTES * 60_000
  );
}

/** Why an entitlement that somebody holds cannot be used: a counter away with it, or an order not paid yet. */
export function heldWords(
  hold: Pick<EntitlementHold, 'forOrder' | 'heldAt'>,
  place: string,
): { code: RefusalCode; params: Record<string, string> } {
  const since = minutesOf(hold.heldAt);
  return hold.forOrder
    ? { code: 'voucher_in_order', params: { since } }
    : { code: 'voucher_held', params: { place, since } };
}

/** A moment for a sentence, in Zhengzhou. */
export function minutesOf(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
}
