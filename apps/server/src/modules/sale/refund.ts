import { Refusal, type Id } from '@wennuan/basics';
import { remainingAmount, shareOf, spread } from './money.ts';
import { ENTITLEMENTS, type Means, type RefundCommand } from './sale.ts';
import type { Inside, LineRow, PaymentRow } from './sale.store.ts';

/** A line with what is given back of it and what stays. */
export interface LineBack {
  line: LineRow;
  quantity: number;
  backFen: number;
  remainingFen: number;
}
export interface PartBack {
  part: Inside['parts'][number];
  backFen: number;
  shareBackFen: number;
  goodsBackFen: number;
  /** Of every line of the part, what is left of its share. */
  lefts: Map<Id, number>;
}

/** What is given back of each line of an order. Refuses `refund_too_high`, `not_found` (a line of another order). */
export function linesBack(rows: readonly LineRow[], command: RefundCommand): LineBack[] {
  const wanted = new Map(command.lines.map((line) => [line.lineId, line.quantity]));
  if (wanted.size !== command.lines.length || command.lines.length === 0)
    throw new Refusal('input_invalid', {}, 'lines');
  const known = new Set(rows.map((row) => row.id));
  for (const id of wanted.keys()) if (!known.has(id)) throw new Refusal('not_found', {}, 'lines');
  return rows.map((line) => {
    const quantity = wanted.get(line.id) ?? 0;
    const most = line.quantity - line.refunded_quantity;
    if (quantity > most) throw new Refusal('refund_too_high', { name: line.title, most }, 'lines');
    const remainingFen = remainingAmount({
      amountFen: line.amount_fen,
      quantity: line.quantity,
      staying: most - quantity,
    });
    const backFen = line.amount_fen - line.refunded_fen - remainingFen;
    return { line, quantity, backFen, remainingFen };
  });
}

/** What is given back of each merchant's part, its share reckoned anew on what remains. */
export function partsBack(inside: Inside, lines: readonly LineBack[]): PartBack[] {
  return inside.parts.flatMap((part) => {
    const mine = lines.filter(({ line }) => line.part_id === part.id);
    const backFen = mine.reduce((sum, one) => sum + one.backFen, 0);
    if (backFen === 0) return [];
    const remaining = mine.map((one) => one.remainingFen);
    const shareFen = shareOf(
      remaining.reduce((sum, fen) => sum + fen, 0),
      part.share_basis_points,
    );
    const shares = spread(shareFen, remaining);
    const before = mine.reduce((sum, { line }) => sum + line.promise_left_fen, 0);
    return [
      {
        part,
        backFen,
        goodsBackFen: backFen,
        shareBackFen: before - shareFen,
        lefts: new Map(mine.map(({ line }, index) => [line.id, shares[index]!])),
      },
    ];
  });
}

/** Which payments give back how much: vouchers first, the last payment of each kind before the earlier. */
export function paymentsBack(rows: readonly PaymentRow[], parts: readonly PartBack[]) {
  return parts.flatMap(({ part, backFen }) => {
    const mine = rows.filter((row) => row.merchant_id === part.merchant_id).toReversed();
    const isVoucher = (row: PaymentRow) => ENTITLEMENTS.has(row.means as Means);
    const inTurn = [...mine.filter(isVoucher), ...mine.filter((row) => !isVoucher(row))];
    let left = backFen;
    return inTurn.flatMap((payment) => {
      const fen = Math.min(left, payment.amount_fen - payment.refunded_fen);
      if (fen <= 0) return [];
      left -= fen;
      return [{ payment, backFen: fen }];
    });
  });
}
