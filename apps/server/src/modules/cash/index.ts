import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { confirmOpening, openBox, sealBox } from './box.service.ts';
import type { CashNeeds } from './cash.needs.ts';
import { cashHandlers } from './cash.routes.ts';
import { confirmCount, countCash, openCounter, payIn, takeGift } from './counter.service.ts';

export type { CashNeeds } from './cash.needs.ts';
export type Cash = ReturnType<typeof createCash>;

/** Cash for the federation: counters, donation boxes, counting by two, and the way to the bank. */
export function createCash(needs: CashNeeds) {
  return {
    handlers: cashHandlers(needs),
    /** Opens a counter. This and what follows: system login in somebody's name. */
    openCounter: (tx: Writing, body: Parameters<typeof openCounter>[2]) =>
      openCounter(needs, tx, body),
    /** Notes a gift over a counter; answers its id. Posts: call it last. */
    takeGift: (tx: Writing, command: Parameters<typeof takeGift>[2]): Promise<Id> =>
      takeGift(needs, tx, command),
    countCash: (tx: Writing, command: Parameters<typeof countCash>[2]) =>
      countCash(needs, tx, command),
    confirmCount,
    payIn: (tx: Writing, command: Parameters<typeof payIn>[2]) => payIn(needs, tx, command),
    sealBox: (tx: Writing, body: Parameters<typeof sealBox>[2]) => sealBox(needs, tx, body),
    openBox: (tx: Writing, command: Parameters<typeof openBox>[2]) => openBox(needs, tx, command),
    confirmOpening: (tx: Writing, command: Parameters<typeof confirmOpening>[2]) =>
      confirmOpening(needs, tx, command),
  };
}
