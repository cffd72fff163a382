import { formatYuan, Refusal, type Id } from '@wennuan/basics';
import { post, type TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import type { CharitySale } from '../catalogue/index.ts';
import { accountOf, openSaleAccounts } from './accounts.ts';
import type { Shelf } from './price.service.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { insertRows } from './sale.store.ts';

/** What of a paid order is posted: its pieces, each merchant's share, and what vouchers paid. */
export interface ToPost {
  orderId: Id;
  placeId: Id;
  areaId: number;
  parts: readonly {
    id: Id;
    merchantId: Id;
    goodsFen: number;
    shareFen: number;
    /** The charity sale it is of: its own accounts take the whole. */
    charity: Pick<CharitySale, 'id' | 'name' | 'number'> | null;
  }[];
  lines: readonly {
    id: Id;
    itemId: Id;
    lotId: Id | null;
    title: string;
    merchantId: Id;
    quantity: number;
    /** Null: off the shelf; an empty list: not in stock yet, moved by whoever hands it over. */
    pieces: readonly { accountId: Id | null; stockId: Id; lotId: Id; quantity: number }[] | null;
  }[];
  vouchers: readonly { merchantId: Id; amountFen: number; entitlementId: Id }[];
  /** What `benefit.redeem` wants moved for it. */
  redemptions: readonly TransferCommand[];
}

/**
 * Posts paid orders: pieces out, the share from the merchant's receivable to what is due at the station,
 * vouchers to what the fund owes the merchant; one posting for all. Refuses `stock_too_low`. Call it last.
 */
export async function postSales(
  needs: SaleNeeds,
  tx: Writing,
  { orders, shelf }: { orders: readonly ToPost[]; shelf: Pick<Shelf, 'places' | 'sellers'> },
): Promise<void> {
  await openFor(needs, tx, orders, shelf);
  const goods = await goodsMovements(needs, tx, orders);
  const shares = orders.flatMap((order) =>
    order.parts
      .filter((part) => part.shareFen > 0)
      .map((part) => ({ order, part, command: shareMovement(tx, order, part) })),
  );
  const commands = [
    ...goods,
    ...orders.flatMap((order) => order.redemptions),
    ...shares.map((share) => share.command),
  ];
  if (commands.length === 0) return;
  const outcomes = await post(tx.sql, { commands, at: tx.now, newId: needs.newId });
  const transferIds = new Map<string, Id>();
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'refused') throw refusalOf(outcome, commands[index]!);
    transferIds.set(outcome.key, outcome.transferIds[0]!);
  }
  await insertRows(tx, 'sale_posting', [
    ...shares.map(({ order, part, command }) => ({
      ...postingRow(needs, tx, order, part),
      kind: 'share',
      amount_fen: part.shareFen,
      goods_fen: part.goodsFen,
      transfer_id: transferIds.get(command.key)!,
    })),
    ...orders.flatMap((order) =>
      order.vouchers.map((voucher) => ({
        ...postingRow(
          needs,
          tx,
          order,
          order.parts.find((part) => part.merchantId === voucher.merchantId)!,
        ),
        kind: 'voucher',
        amount_fen: voucher.amountFen,
        goods_fen: 0,
        entitlement_id: voucher.entitlementId,
      })),
    ),
  ]);
}

function refusalOf(
  outcome: { refusal: string; key: string; available?: number },
  command: TransferCommand & { name?: string },
): Error {
  if (['balance_too_low', 'hold_too_low'].includes(outcome.refusal) && command.reason === 'sale')
    return new Refusal('stock_too_low', {
      name: command.name ?? '',
      needed: command.amount,
      available: outcome.available ?? 0,
    });
  // What a till holds of a voucher can be less than what is on it: something came back meanwhile.
  if (outcome.refusal === 'hold_too_low' && command.reason === 'redeem')
    return new Refusal('voucher_too_little', { left: formatYuan(outcome.available ?? 0) });
  return new Error(`a sale was not posted: ${outcome.refusal} ${outcome.key}`);
}

function postingRow(
  needs: SaleNeeds,
  tx: Writing,
  order: ToPost,
  part: Pick<ToPost['parts'][number], 'id' | 'merchantId' | 'charity'>,
) {
  return {
    id: needs.newId(),
    part_id: part.id,
    merchant_id: part.merchantId,
    charity_sale_id: part.charity?.id ?? null,
    place_id: order.placeId,
    area_id: order.areaId,
    at: tx.now,
  };
}

function shareMovement(tx: Writing, order: ToPost, part: ToPost['parts'][number]): TransferCommand {
  const owner = part.charity?.id ?? part.merchantId;
  return {
    key: `share:${part.id}`,
    from: accountOf('receivable', owner),
    to: accountOf('due', owner, order.placeId),
    amount: part.shareFen,
    reason: part.charity ? 'proceeds' : 'share',
    document: { kind: 'sale_order', id: order.orderId },
    actor: tx.actor.accountId,
  };
}

/** Pieces out of the places' shelves, first to expire first, or out of where they were set aside. */
async function goodsMovements(
  needs: SaleNeeds,
  tx: Writing,
  orders: readonly ToPost[],
): Promise<TransferCommand[]> {
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ order, line })));
  const commandOf = (order: ToPost, line: ToPost['lines'][number]) => ({
    to: accountOf('sold', line.itemId, order.placeId),
    reason: 'sale',
    paper: { kind: 'sale_order', id: order.orderId },
  });
  const offShelf = lines.filter(({ line }) => line.pieces === null);
  const taken = await needs.goods.takeOut(
    tx,
    offShelf.map(({ order, line }) => ({
      ...commandOf(order, line),
      key: `sale:${line.id}`,
      placeId: order.placeId,
      itemId: line.itemId,
      lotId: line.lotId,
      quantity: line.quantity,
    })),
  );
  await insertRows(
    tx,
    'sale_piece',
    taken.map((piece) => ({
      line_id: piece.key.split(':')[1]!,
      stock_id: piece.from,
      lot_id: piece.lotId,
      area_id: offShelf.find(({ line }) => piece.key.includes(line.id))!.order.areaId,
      account_id: null,
      quantity: piece.amount,
    })),
  );
  const aside = lines.flatMap(({ order, line }) =>
    (line.pieces ?? []).map((piece) => {
      const { paper, ...command } = commandOf(order, line);
      return {
        ...command,
        key: `sale:${line.id}:${piece.stockId}`,
        from: piece.accountId ?? piece.stockId,
        amount: piece.quantity,
        document: paper,
        actor: tx.actor.accountId,
      };
    }),
  );
  return [...taken.map(({ lotId: _lot, name: _name, ...command }) => command), ...aside];
}

/** Every account the orders post to: a merchant at a place once, with the items it sells there. */
async function openFor(
  needs: SaleNeeds,
  tx: Writing,
  orders: readonly ToPost[],
  shelf: Pick<Shelf, 'places' | 'sellers'>,
): Promise<void> {
  const sellings = new Map<string, Parameters<typeof openSaleAccounts>[2][number]>();
  for (const order of orders)
    for (const part of order.parts) {
      const items = order.lines
        .filter((line) => line.merchantId === part.merchantId)
        .map((line) => ({ id: line.itemId, title: line.title }));
      const key = `${order.placeId}:${part.charity?.id ?? part.merchantId}`;
      const known = sellings.get(key);
      sellings.set(key, {
        merchant: shelf.sellers.get(part.merchantId)!,
        charity: part.charity,
        place: shelf.places.get(order.placeId)!,
        items: [...(known?.items ?? []), ...items],
      });
    }
  await openSaleAccounts(needs, tx, [...sellings.values()]);
}
