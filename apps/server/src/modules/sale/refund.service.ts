import { Refusal, type Id } from '@wennuan/basics';
import { post, type TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { accountOf } from './accounts.ts';
import { endDelivery } from './delivery.service.ts';
import { useKeyOf } from './record.service.ts';
import { linesBack, partsBack, paymentsBack, type LineBack, type PartBack } from './refund.ts';
import type { Means, RefundCommand, RefundOutcome } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import {
  backOf,
  charityBack,
  insertRefund,
  insertRows,
  lockOrder,
  lockPostings,
  readInside,
  readPieces,
  refundByKey,
  updateLines,
  updateOrder,
  updatePart,
  updatePayment,
  updatePieces,
  type PaymentRow,
} from './sale.store.ts';

/** What a refund moves, gathered before anything is written. */
interface Gathered {
  movements: TransferCommand[];
  postings: Parameters<typeof insertRows<'sale_posting'>>[2][number][];
  outcome: RefundOutcome;
}

/**
 * Gives lines back in part: recomputes what remains of each merchant's part and posts the difference of its
 * share, from what is due while that is not settled; what is settled waits for the next batch. Vouchers get
 * their part back before money does, so that nobody turns a voucher into cash. The same key again answers the
 * same refund. Refuses `order_not_now`, `refund_too_high`. System login; one posting, call it last.
 */
export async function refund(
  needs: SaleNeeds,
  tx: Writing,
  commands: readonly RefundCommand[],
): Promise<RefundOutcome[]> {
  const all: Gathered[] = [];
  for (const command of commands) all.push(await gather(needs, tx, command));
  const movements = all.flatMap((one) => one.movements);
  const transferIds = new Map<string, Id>();
  if (movements.length > 0) {
    const outcomes = await post(tx.sql, { commands: movements, at: tx.now, newId: needs.newId });
    for (const outcome of outcomes) {
      if (outcome.status === 'refused')
        throw new Error(`a refund was not posted: ${outcome.refusal} ${outcome.key}`);
      transferIds.set(outcome.key, outcome.transferIds[0]!);
    }
  }
  await insertRows(
    tx,
    'sale_posting',
    all.flatMap((one) =>
      one.postings.map((row) => ({
        ...row,
        transfer_id: transferIds.get(`share_back:${row.refund_id}:${row.part_id}`) ?? null,
      })),
    ),
  );
  return all.map((one) => one.outcome);
}

async function gather(needs: SaleNeeds, tx: Writing, command: RefundCommand): Promise<Gathered> {
  const order = await lockOrder(tx, command.orderId);
  if (!order) throw new Refusal('not_found');
  const before = await refundByKey(tx, command.key);
  if (before)
    return {
      movements: [],
      postings: [],
      outcome: {
        status: 'already_refunded',
        key: command.key,
        refundId: before.id,
        number: before.number,
        amountFen: before.amount_fen,
        charityFen: await charityBack(tx, before.id),
        shareFen: before.promise_fen,
        back: (await backOf(tx, before.id)) as RefundOutcome['back'],
      },
    };
  if (!['paid', 'ready', 'collected'].includes(order.state))
    throw new Refusal('order_not_now', { state: order.state });
  const inside = await readInside(tx, [order.id]);
  await checkNotSettled(needs, tx, inside.parts);
  const lines = linesBack(inside.lines, command);
  const parts = partsBack(inside, lines);
  const refundId = needs.newId();
  const amountFen = lines.reduce((sum, line) => sum + line.backFen, 0);
  if (amountFen === 0) throw new Refusal('refund_too_high', { name: '', most: 0 });
  const number = await insertRefund(tx, {
    id: refundId,
    key: command.key,
    order_id: order.id,
    area_id: order.area_id,
    account_id: order.account_id,
    amount_fen: amountFen,
    promise_fen: parts.reduce((sum, part) => sum + part.shareBackFen, 0),
    reason: command.reason,
    at: command.at,
    by_account_id: tx.actor.accountId,
    allowed_by: command.allowedBy ?? null,
  });
  const payments = paymentsBack(inside.payments, parts);
  const shares = await sharesBack(needs, tx, { refundId, order, parts });
  const vouchers = await vouchersBack(needs, tx, { refundId, order, payments, parts });
  const pieces = command.restock ? await piecesBack(tx, { refundId, order, lines }) : [];
  await writeDown(needs, tx, { refundId, order, command, lines, parts, payments });
  tx.touched('sale_order', order.id, 'refund');
  return {
    movements: [...pieces, ...vouchers.movements, ...shares.movements],
    postings: [...shares.postings, ...vouchers.postings],
    outcome: {
      status: 'refunded',
      key: command.key,
      refundId,
      number,
      amountFen,
      charityFen: parts
        .filter((one) => one.part.charity_sale_id !== null)
        .reduce((sum, one) => sum + one.backFen, 0),
      shareFen: parts
        .filter((one) => one.part.charity_sale_id === null)
        .reduce((sum, one) => sum + one.shareBackFen, 0),
      back: payments.map(({ payment, backFen }) => ({
        means: payment.means as Means,
        amountFen: backFen,
      })),
    },
  };
}

/** What is in a fund is given back out of the fund, by two people's word, and no more by a till. */
async function checkNotSettled(
  needs: SaleNeeds,
  tx: Writing,
  parts: readonly { id: Id; charity_sale_id: Id | null }[],
): Promise<void> {
  const ids = parts.flatMap((part) => part.charity_sale_id ?? []);
  if (ids.length === 0) return;
  // Who settles holds these rows: what was settled meanwhile is seen afterwards.
  await lockPostings(
    tx,
    parts.map((part) => part.id),
  );
  const sales = await needs.catalogue.charitySales(tx, ids);
  if (ids.some((id) => sales.get(id)?.isSettled)) throw new Refusal('charity_sale_settled');
}

type Order = NonNullable<Awaited<ReturnType<typeof lockOrder>>>;
const postingOf = (needs: SaleNeeds, tx: Writing, refundId: Id, part: PartBack['part']) => ({
  id: needs.newId(),
  part_id: part.id,
  merchant_id: part.merchant_id,
  charity_sale_id: part.charity_sale_id,
  place_id: part.place_id,
  area_id: part.area_id,
  refund_id: refundId,
  at: tx.now,
});

async function sharesBack(
  needs: SaleNeeds,
  tx: Writing,
  { refundId, order, parts }: { refundId: Id; order: Order; parts: readonly PartBack[] },
) {
  const locked = await lockPostings(
    tx,
    parts.map(({ part }) => part.id),
  );
  const movements: TransferCommand[] = [];
  const postings = parts
    .filter((one) => one.shareBackFen > 0)
    .map((one) => {
      const posted = locked.find((row) => row.part_id === one.part.id && row.kind === 'share')!;
      const owner = one.part.charity_sale_id ?? one.part.merchant_id;
      if (posted.batch_id === null)
        movements.push({
          key: `share_back:${refundId}:${one.part.id}`,
          from: accountOf('due', owner, one.part.place_id),
          to: accountOf('receivable', owner),
          amount: one.shareBackFen,
          of: posted.transfer_id!,
          reason: one.part.charity_sale_id ? 'proceeds_back' : 'share_back',
          document: { kind: 'sale_order', id: order.id },
          actor: tx.actor.accountId,
        });
      return {
        ...postingOf(needs, tx, refundId, one.part),
        kind: 'share',
        amount_fen: -one.shareBackFen,
        goods_fen: -one.goodsBackFen,
      };
    });
  return { movements, postings };
}

async function vouchersBack(
  needs: SaleNeeds,
  tx: Writing,
  {
    refundId,
    payments,
    parts,
  }: {
    refundId: Id;
    order: Order;
    payments: readonly { payment: PaymentRow; backFen: number }[];
    parts: readonly PartBack[];
  },
) {
  const vouchers = payments.filter(({ payment }) => payment.entitlement_id !== null);
  const movements = await needs.benefit.giveBackRedeemed(
    tx,
    vouchers.map(({ payment, backFen }) => ({
      key: `${refundId}:${payment.id}`,
      useKey: useKeyOf(payment.id),
      amountFen: backFen,
      receivableId: accountOf('receivable', payment.merchant_id),
    })),
  );
  const locked = await lockPostings(
    tx,
    parts.map(({ part }) => part.id),
  );
  const postings = vouchers.map(({ payment, backFen }) => {
    const { part } = parts.find((one) => one.part.merchant_id === payment.merchant_id)!;
    return {
      ...postingOf(needs, tx, refundId, part),
      kind: 'voucher',
      amount_fen: -backFen,
      goods_fen: 0,
      entitlement_id: payment.entitlement_id,
    };
  });
  return {
    // What is in a batch is promised to the merchant's account: it owes what comes back afterwards.
    movements: movements.map((movement, index) => {
      const { payment } = vouchers[index]!;
      const isSettled = locked.some(
        (row) =>
          row.kind === 'voucher' &&
          row.entitlement_id === payment.entitlement_id &&
          row.merchant_id === payment.merchant_id &&
          row.batch_id !== null,
      );
      const { of: _of, ...rest } = movement;
      return isSettled ? { ...rest, from: accountOf('receivable', payment.merchant_id) } : movement;
    }),
    postings,
  };
}

/** Pieces back on the shelf they came from, the last taken first. */
async function piecesBack(
  tx: Writing,
  { refundId, order, lines }: { refundId: Id; order: Order; lines: readonly LineBack[] },
): Promise<TransferCommand[]> {
  const back = lines.filter((one) => one.quantity > 0);
  const pieces = await readPieces(
    tx,
    back.map(({ line }) => line.id),
  );
  const moved: { lineId: Id; stockId: Id; itemId: Id; quantity: number; returned: number }[] = [];
  for (const { line, quantity } of back) {
    let left = quantity;
    for (const piece of pieces.filter((one) => one.line_id === line.id).toReversed()) {
      const count = Math.min(left, piece.quantity - piece.returned);
      if (count <= 0) continue;
      left -= count;
      moved.push({
        lineId: line.id,
        stockId: piece.stock_id,
        itemId: line.item_id,
        quantity: count,
        returned: piece.returned + count,
      });
    }
  }
  await updatePieces(tx, moved);
  return moved.map((one) => ({
    key: `sale_back:${refundId}:${one.lineId}:${one.stockId}`,
    from: accountOf('sold', one.itemId, order.place_id),
    to: one.stockId,
    amount: one.quantity,
    reason: 'returned',
    document: { kind: 'sale_order', id: order.id },
    actor: tx.actor.accountId,
  }));
}

interface ToWrite {
  refundId: Id;
  order: Order;
  command: RefundCommand;
  lines: readonly LineBack[];
  parts: readonly PartBack[];
  payments: readonly { payment: PaymentRow; backFen: number }[];
}

async function writeDown(needs: SaleNeeds, tx: Writing, written: ToWrite): Promise<void> {
  const { refundId, order, command, lines, parts, payments } = written;
  const owned = { area_id: order.area_id, account_id: order.account_id };
  const lefts = new Map(parts.flatMap((part) => [...part.lefts]));
  const back = lines.filter((one) => one.quantity > 0);
  await updateLines(
    tx,
    lines
      .filter(({ line }) => lefts.has(line.id))
      .map(({ line, quantity, backFen }) => ({
        id: line.id,
        refundedQuantity: line.refunded_quantity + quantity,
        refundedFen: line.refunded_fen + backFen,
        promiseLeftFen: lefts.get(line.id)!,
      })),
  );
  for (const { part, backFen } of parts) await updatePart(tx, part.id, part.refunded_fen + backFen);
  for (const { payment, backFen } of payments)
    await updatePayment(tx, payment.id, { refunded_fen: payment.refunded_fen + backFen });
  await insertRows(
    tx,
    'sale_refund_line',
    back.map(({ line, quantity, backFen }) => ({
      ...owned,
      refund_id: refundId,
      line_id: line.id,
      quantity,
      amount_fen: backFen,
      promise_fen: line.promise_left_fen - (lefts.get(line.id) ?? 0),
      restocked: command.restock,
    })),
  );
  await insertRows(
    tx,
    'sale_refund_payment',
    payments.map(({ payment, backFen }) => ({
      ...owned,
      refund_id: refundId,
      payment_id: payment.id,
      amount_fen: backFen,
      ...(payment.means === 'cash' || payment.entitlement_id !== null
        ? { state: 'done' }
        : { state: 'asked', ask_id: needs.newId() }),
    })),
  );
  const refunded = order.refunded_fen + lines.reduce((sum, line) => sum + line.backFen, 0);
  if (refunded === order.goods_fen) await endDelivery(needs, tx, order);
  await updateOrder(tx, order.id, {
    refunded_fen: refunded,
    ...(refunded === order.goods_fen && { state: 'refunded' }),
  });
}
