import { dateInShanghai, parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import type { TransferCommand } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { edge, unitOf, type Item } from './goods.ts';
import type { GoodsNeeds, PayingProposal } from './goods.needs.ts';
import { insertLots, readLots, updateLot } from './goods.store.ts';
import {
  insertOrder,
  listOrderLines,
  listOrders,
  moveOrders,
  receiveLine,
  type OrderRow,
} from './movement.store.ts';
import { knownItem, openSources, ownPlace, postPieces } from './stock.service.ts';
import { countArrived, takeInMoves } from './take-in.ts';
import { lotView } from './views.ts';

type OrderView = RouteOutput<typeof routes.goods.order>;
type OrderBody = z.output<(typeof routes.goods.order)['body']>;

interface Line {
  lotId: Id;
  accountId: Id;
  item: Item;
  quantity: number;
  unitValueFen: number;
}

/**
 * Says which goods a proposal pays for; their value is its amount. One order for a proposal. Refuses
 * `not_found`, `payment_already_made`, `order_value_differs`, `amount_invalid`, `item_unknown`.
 */
export async function placeOrder(
  needs: GoodsNeeds,
  tx: Writing,
  body: OrderBody,
): Promise<OrderView> {
  const [again] = await listOrders(tx, { formId: body.formId });
  if (again) return (await orderViews(needs, tx, [again]))[0]!;
  const place = await ownPlace(needs, tx, body.placeId);
  const proposal = await needs.proposal(tx, body.proposalId);
  if (!proposal) throw new Refusal('not_found', {}, 'proposalId');
  if (proposal.state === 'paid') throw new Refusal('payment_already_made');
  const lines = await readLines(needs, tx, body);
  checkValue(lines, proposal);
  const id = needs.newId();
  await insertLots(
    tx,
    lines.map((line) => ({
      id: line.lotId,
      item_id: line.item.id,
      batch: '',
      expires_on: null,
      origin: 'bought',
      origin_label: proposal.payeeLabel,
      unit_value_fen: line.unitValueFen,
      source_id: id,
      created_at: tx.now,
      created_by: tx.actor.accountId,
      form_id: null,
    })),
  );
  await insertOrder(
    tx,
    {
      id,
      proposal_id: body.proposalId,
      proposal_number: proposal.number,
      supplier_name: proposal.payeeLabel,
      place_id: place.id,
      area_id: place.areaId,
      state: 'waiting',
      ordered_at: tx.now,
      ordered_by: tx.actor.accountId,
      form_id: body.formId,
    },
    lines.map((line) => ({
      order_id: id,
      lot_id: line.lotId,
      account_id: line.accountId,
      ordered: line.quantity,
    })),
  );
  await openOrderAccounts(needs, tx, { lines, label: proposal.payeeLabel, areaId: place.areaId });
  tx.touched('goods_order', id);
  const [made] = await listOrders(tx, { id });
  return (await orderViews(needs, tx, [made!]))[0]!;
}

async function readLines(needs: GoodsNeeds, tx: Writing, body: OrderBody): Promise<Line[]> {
  const lines: Line[] = [];
  for (const line of body.lines) {
    const unitValueFen = parseYuan(line.unitValueYuan);
    if (!unitValueFen) throw new Refusal('amount_invalid', {}, 'lines');
    const item = await knownItem(tx, line.itemId);
    const { quantity } = line;
    lines.push({ lotId: needs.newId(), accountId: needs.newId(), item, quantity, unitValueFen });
  }
  return lines;
}

function checkValue(lines: readonly Line[], proposal: PayingProposal): void {
  const value = lines.reduce((sum, line) => sum + line.quantity * line.unitValueFen, 0);
  if (value !== proposal.amountFen)
    throw new Refusal(
      'order_value_differs',
      { value: yuanNumber(value), amount: yuanNumber(proposal.amountFen) },
      'lines',
    );
}

async function openOrderAccounts(
  needs: GoodsNeeds,
  tx: Writing,
  order: { lines: readonly Line[]; label: string; areaId: number },
): Promise<void> {
  const { lines, label, areaId } = order;
  await openSources(
    needs,
    tx,
    lines.map(({ lotId, item }) => ({ id: lotId, itemId: item.id, label, isGiven: false })),
  );
  await needs.fund.openAccounts(
    tx,
    lines.map(({ accountId, lotId, item }) => ({
      id: accountId,
      kind: 'inner',
      unit: unitOf(item.id),
      code: null,
      purpose: {
        kind: 'organization',
        subjectId: lotId,
        label: `${item.name}（已付款，待收货）`,
        areaId,
        isPublic: false,
      },
    })),
  );
}

/**
 * What money becomes when proposals are paid: the movements to post together with each payment, under
 * its link, so that a trace goes on from the yuan to the things. Posts nothing itself.
 */
export async function boughtWith(
  tx: Writing,
  payments: readonly { proposalId: Id; link: string }[],
): Promise<TransferCommand[]> {
  const orders = await listOrders(tx, {
    proposalIds: payments.map((payment) => payment.proposalId),
    lock: true,
  });
  const waiting = orders.filter((order) => order.state === 'waiting');
  const lines = await listOrderLines(
    tx,
    waiting.map((order) => order.id),
  );
  await moveOrders(
    tx,
    waiting.map((order) => order.id),
    { state: 'paid' },
  );
  return lines.map((line) => {
    const order = waiting.find(({ id }) => id === line.order_id)!;
    return {
      key: `order:${line.lot_id}`,
      from: edge('source', line.lot_id),
      to: line.account_id,
      amount: line.ordered,
      link: payments.find(({ proposalId }) => proposalId === order.proposal_id)!.link,
      reason: 'order',
      document: { kind: 'goods_order', id: order.id },
      actor: tx.actor.accountId,
    };
  });
}

/** Takes in what was paid. What the supplier did not bring is a difference with its reason. */
export async function receiveOrder(
  needs: GoodsNeeds,
  tx: Writing,
  command: { orderId: Id } & z.output<(typeof routes.goods.receiveOrder)['body']>,
): Promise<OrderView> {
  const [order] = await listOrders(tx, { id: command.orderId });
  if (!order) throw new Refusal('not_found');
  const place = await ownPlace(needs, tx, order.place_id);
  const [locked] = await listOrders(tx, { id: order.id, lock: true });
  if (locked?.state !== 'paid') throw new Refusal('order_not_paid');
  const ordered = await listOrderLines(tx, [order.id]);
  const today = dateInShanghai(tx.now);
  if (command.lines.some(({ expiresOn }) => expiresOn && expiresOn < today))
    throw new Refusal('goods_expired', {}, 'lines');
  const arrived = await countArrived(
    tx,
    ordered.map((line) => ({ lotId: line.lot_id, accountId: line.account_id, due: line.ordered })),
    command,
  );
  for (const { lot, received } of arrived) {
    const told = command.lines.find((line) => line.lotId === lot.id);
    await receiveLine(tx, lot.id, received);
    await updateLot(tx, lot.id, { batch: told?.batch ?? '', expiresOn: told?.expiresOn ?? null });
  }
  await moveOrders(tx, [order.id], { state: 'received', reason: command.reason.trim() });
  const moves = await takeInMoves(needs, tx, {
    place,
    arrived,
    document: { kind: 'goods_order', id: order.id },
    key: ({ lot }) => ({ word: 'order', id: lot.id }),
    reason: 'receipt',
  });
  tx.touched('goods_order', order.id, 'receive');
  const [after] = await listOrders(tx, { id: order.id });
  const view = (await orderViews(needs, tx, [after!]))[0]!;
  await postPieces(needs, tx, moves);
  return view;
}

/** Orders as pages show them. */
export async function orderViews(
  needs: GoodsNeeds,
  tx: Scoped,
  rows: readonly OrderRow[],
): Promise<OrderView[]> {
  const lines = await listOrderLines(
    tx,
    rows.map((row) => row.id),
  );
  const lots = await readLots(
    tx,
    lines.map((line) => line.lot_id),
  );
  const places = await needs.place.servicePoints(
    tx,
    rows.map((row) => row.place_id),
  );
  return rows.map((row) => ({
    id: row.id,
    proposalNumber: row.proposal_number,
    supplierName: row.supplier_name,
    placeId: row.place_id,
    placeName: places.get(row.place_id)!.name,
    state: row.state as OrderView['state'],
    orderedAt: row.ordered_at.toISOString(),
    lines: lines
      .filter((line) => line.order_id === row.id)
      .map((line) => ({
        lot: lotView(lots.get(line.lot_id)!),
        ordered: line.ordered,
        received: line.received,
      })),
  }));
}
