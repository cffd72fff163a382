import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { addItem, receive, type ReceiveCommand } from './catalogue.service.ts';
import { donatedLots, keepLot, lotsAvailable } from './donated.service.ts';
import { mayMove } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { goodsHandlers } from './goods.routes.ts';
import { listParts, readItems, readLots } from './goods.store.ts';
import { giveBack, handOver, setAside, takeOut, type SetAside } from './issue.service.ts';
import { kindGiftHandlers } from './kind-gift.routes.ts';
import {
  offerKindGift,
  receiveKindGift,
  registerKindGift,
  takeDownKindGift,
  valueKindGift,
} from './kind-gift.service.ts';
import { assemble } from './kit.service.ts';
import { availableAt } from './lot.service.ts';
import { boughtWith } from './order.service.ts';
import { toldThings } from './told-things.ts';
import { itemViews } from './views.ts';

export type { ReceiveCommand } from './catalogue.service.ts';
export type { DonatedLot } from './donated.service.ts';
export { unitOf, type Item, type Lot, type Want } from './goods.ts';
export type { GoodsNeeds, PayingProposal, Receiver, SoldThing } from './goods.needs.ts';
export type { Paper, SetAside } from './issue.service.ts';
export type Goods = ReturnType<typeof createGoods>;

/** Kinds of things, where they lie, how they move, gifts in kind. Every quantity is the ledger's. */
export function createGoods(needs: GoodsNeeds) {
  return {
    handlers: goodsHandlers(needs),
    kindGiftHandlers: kindGiftHandlers(needs),
    addItem: (tx: Writing, body: Parameters<typeof addItem>[2]) => addItem(needs, tx, body),
    /** Takes things in as new lots; posts, so call it last. */
    receive: (tx: Writing, commands: readonly ReceiveCommand[]) => receive(needs, tx, commands),
    /** Packs kits; posts, so call it last. */
    assemble: (tx: Writing, command: Parameters<typeof assemble>[2]) =>
      assemble(needs, tx, command),
    items: (tx: Scoped, ids: readonly Id[]) => readItems(tx, ids),
    itemViews: async (tx: Scoped, ids: readonly Id[]) =>
      await itemViews(needs, tx, [...(await readItems(tx, ids)).values()]),
    lots: (tx: Scoped, ids: readonly Id[]) => readLots(tx, ids),
    parts: (tx: Scoped, kitIds: readonly Id[]) => listParts(tx, kitIds),
    /** Free pieces of items at a place. */
    available: (tx: Scoped, placeId: Id, itemIds: readonly Id[]) =>
      availableAt(tx, placeId, itemIds),
    /** Free pieces of lots at a place, also of lots kept for a charity sale. */
    lotsAvailable,
    /** Donated lots with their giver and where they lie. System login. */
    donated: (tx: Scoped, chosen: Parameters<typeof donatedLots>[2]) =>
      donatedLots(needs, tx, chosen),
    /** Keeps a lot for a charity sale, or frees it. System login. */
    keepLot,
    /** Whose goods an actor may move. */
    mayMove,
    /** Sets goods aside in accounts of their own; `note` writes them down before the posting. Call it last. */
    setAside: (
      tx: Writing,
      command: Parameters<typeof setAside>[2],
      note: (pieces: readonly SetAside[]) => Promise<void>,
    ) => setAside(needs, tx, command, note),
    /** Puts what is left of it back; what is missing is lost. Call it last. */
    giveBack: (tx: Writing, command: Parameters<typeof giveBack>[2]) =>
      giveBack(needs, tx, command),
    /** Records that pieces reached people. Call it last. */
    handOver: (tx: Writing, commands: Parameters<typeof handOver>[2]) =>
      handOver(needs, tx, commands),
    /** For `shop`: the movements that take goods out of a place; the caller posts them with its money. */
    takeOut: (tx: Writing, commands: Parameters<typeof takeOut>[1]) => takeOut(tx, commands),
    /** For `fund`: what money becomes when proposals are paid; posted together with the payments. */
    boughtWith: (tx: Writing, payments: readonly { proposalId: Id; link: string }[]) =>
      boughtWith(tx, payments),
    /** For `fund`: the things that money became, in sentences of the reader's language. */
    toldThings: (tx: Scoped, pieces: Parameters<typeof toldThings>[2]) =>
      toldThings(needs, tx, pieces),
    /** Gifts in kind, for the demo and imports. */
    kindGifts: {
      offer: (tx: Writing, body: Parameters<typeof offerKindGift>[2]) =>
        offerKindGift(needs, tx, body),
      /** Takes down what somebody brings to a counter. System login. */
      takeDown: (tx: Writing, body: Parameters<typeof takeDownKindGift>[2]) =>
        takeDownKindGift(needs, tx, body),
      register: (tx: Writing, body: Parameters<typeof registerKindGift>[2]) =>
        registerKindGift(needs, tx, body),
      value: (tx: Writing, command: Parameters<typeof valueKindGift>[2]) =>
        valueKindGift(needs, tx, command),
      receive: (tx: Writing, command: Parameters<typeof receiveKindGift>[2]) =>
        receiveKindGift(needs, tx, command),
    },
  };
}
