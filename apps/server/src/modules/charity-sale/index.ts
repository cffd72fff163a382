import { dateInShanghai, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import { charitySaleHandlers } from './charity-sale.routes.ts';
import { listSales } from './charity-sale.store.ts';
import {
  addPapers,
  cancelSale,
  decideSale,
  planSale,
  setReceiver,
  submitSale,
} from './plan.service.ts';
import { closeSale, openSale, runDue, settleSale } from './run.service.ts';
import { readTerms, soldThings } from './terms.service.ts';
import { addThing } from './thing.service.ts';
import { publicView } from './view.ts';

export type { CharitySaleNeeds } from './charity-sale.needs.ts';
export type CharitySaleModule = ReturnType<typeof createCharitySale>;

/** Charity sales: donated goods, all of it for one fund or campaign; what they brought is published by itself. */
export function createCharitySale(needs: CharitySaleNeeds) {
  const ticks: Tick[] = [{ name: 'charity_sale.run', everySeconds: 60, run: () => runDue(needs) }];
  return {
    handlers: charitySaleHandlers(needs),
    ticks,
    /** Port of `catalogue`: charity sales as far as selling their things asks. System login. */
    terms: (tx: Scoped, ids: readonly Id[], lock = false) => readTerms(needs, tx, { ids, lock }),
    /** Port of `goods`: what became of lots that were sold. System login. */
    sold: (tx: Scoped, lotIds: readonly Id[]) => soldThings(needs, tx, lotIds),
    /** Charity sales that are over, for the calendar of what must be told. System login. */
    ended: async (tx: Scoped) =>
      (await listSales(tx, { states: ['closed'] })).map((sale) => ({
        ...sale,
        endedOn: sale.endedAt ? dateInShanghai(sale.endedAt) : sale.closesOn,
      })),
    /** The result of one in sentences, as the books have it now. System login. */
    words: async (tx: Scoped, saleId: Id): Promise<string[]> => {
      const [sale] = await listSales(tx, { ids: [saleId] });
      return sale ? (await publicView(needs, tx, sale)).sentences : [];
    },
    setReceiver: (tx: Writing, body: Parameters<typeof setReceiver>[2]) =>
      setReceiver(needs, tx, body),
    plan: (tx: Writing, body: Parameters<typeof planSale>[2]) => planSale(needs, tx, body),
    addPapers: (tx: Writing, command: Parameters<typeof addPapers>[2]) =>
      addPapers(needs, tx, command),
    addThing: (tx: Writing, command: Parameters<typeof addThing>[2]) =>
      addThing(needs, tx, command),
    submit: (tx: Writing, saleId: Id) => submitSale(needs, tx, saleId),
    decide: (tx: Writing, command: Parameters<typeof decideSale>[2]) =>
      decideSale(needs, tx, command),
    cancel: (tx: Writing, command: Parameters<typeof cancelSale>[2]) =>
      cancelSale(needs, tx, command),
    open: (tx: Writing, saleId: Id) => openSale(needs, tx, saleId),
    close: (tx: Writing, saleId: Id) => closeSale(needs, tx, saleId),
    settle: (tx: Writing, command: Parameters<typeof settleSale>[2]) =>
      settleSale(needs, tx, command),
  };
}
