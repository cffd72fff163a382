import { dateInShanghai, formatYuan, type Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { CharitySale } from '../catalogue/index.ts';
import type { SoldThing } from '../goods/index.ts';
import { isSelling, type Sale } from './charity-sale.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import { listPlaces, listSales, listThings, readEntries, readSold } from './charity-sale.store.ts';

/** Whom everything goes to, as pages name it. */
export interface Target {
  kind: 'fund' | 'campaign';
  id: Id;
  name: string;
  code: string;
  /** A public fundraising that is open behind its four conditions, in its days, not paused by a complaint. */
  mayBeOnline: boolean;
}

type Aim = Pick<Sale, 'targetKind' | 'targetId'>;

/** Funds and campaigns by id. System login. */
export async function readTargets(
  needs: Pick<CharitySaleNeeds, 'fund' | 'donation'>,
  tx: Scoped,
  aims: readonly Aim[],
): Promise<Map<Id, Target>> {
  const idsOf = (kind: Aim['targetKind']) =>
    aims.filter((one) => one.targetKind === kind).map((one) => one.targetId);
  const fundIds = idsOf('fund');
  const funds = fundIds.length > 0 ? await needs.fund.listFunds(tx, { ids: fundIds }) : [];
  const found = new Map<Id, Target>(
    funds.map(({ id, name, code }) => [id, { kind: 'fund', id, name, code, mayBeOnline: false }]),
  );
  for (const campaign of await needs.donation.campaigns(tx, { ids: idsOf('campaign') })) {
    const { id, name, code, legalForm } = campaign;
    const mayBeOnline =
      legalForm === 'public_fundraising' && (await needs.donation.acceptsGifts(tx, campaign));
    found.set(id, { kind: 'campaign', id, name, code, mayBeOnline });
  }
  return found;
}

/** Charity sales as far as selling their things asks. With `lock` none ends before this transaction. System login. */
export async function readTerms(
  needs: CharitySaleNeeds,
  tx: Scoped,
  { ids, lock }: { ids: readonly Id[]; lock: boolean },
): Promise<Map<Id, CharitySale>> {
  if (ids.length === 0) return new Map();
  const sales = await listSales(tx, { ids, lock: lock ? 'share' : undefined });
  const places = await listPlaces(tx, ids);
  const points = await needs.place.servicePoints(
    tx,
    places.map((one) => one.placeId),
  );
  const targets = await readTargets(needs, tx, sales);
  // From the first part that is in the account on, it is given back out of the account and no more by a till.
  const settled = new Set(
    [
      ...(await needs.settlement.settledProceeds(tx, ids)),
      ...(await needs.settlement.proceedsReceipts(tx, ids)),
    ].map((one) => one.saleId),
  );
  const today = dateInShanghai(tx.now);
  return new Map(
    sales.map((sale) => [
      sale.id,
      {
        id: sale.id,
        number: sale.number,
        name: sale.name,
        isSelling: isSelling(sale, today),
        sellsOnline: sale.isOnline && targets.get(sale.targetId)?.mayBeOnline === true,
        places: new Map(
          places
            .filter((one) => one.saleId === sale.id)
            .map((one) => [one.placeId, points.get(one.placeId)?.name ?? '']),
        ),
        targetId: sale.targetId,
        targetName: targets.get(sale.targetId)?.name ?? '',
        isSettled: settled.has(sale.id),
      },
    ]),
  );
}

/** Where a fund's or campaign's money goes, for everybody. */
export function linkOf({ kind, code }: Pick<Target, 'kind' | 'code'>): string {
  return kind === 'fund' ? `/funds/${code}` : `/campaigns/${code}`;
}

/** What became of lots that were sold for charity: what they brought, and what that became. System login. */
export async function soldThings(
  needs: CharitySaleNeeds,
  tx: Scoped,
  lotIds: readonly Id[],
): Promise<SoldThing[]> {
  const things = await listThings(tx, { lotIds });
  const saleIds = [...new Set(things.map((one) => one.saleId))];
  if (saleIds.length === 0) return [];
  const sales = new Map((await listSales(tx, { ids: saleIds })).map((one) => [one.id, one]));
  const targets = await readTargets(needs, tx, [...sales.values()]);
  const sold = new Map((await readSold(tx, saleIds)).map((one) => [one.variantId, one]));
  const settled = new Map(
    (await needs.settlement.settledProceeds(tx, saleIds)).map((one) => [one.saleId, one]),
  );
  const told: SoldThing[] = [];
  for (const thing of things) {
    const { sold: quantity = 0, fen = 0 } = sold.get(thing.variantId) ?? {};
    if (quantity === 0) continue;
    const sale = sales.get(thing.saleId)!;
    const target = targets.get(sale.targetId)!;
    const arrivedOn = settled.get(sale.id)?.paidOn ?? null;
    told.push({
      lotId: thing.lotId,
      quantity,
      saleNumber: sale.number,
      saleName: sale.name,
      amountFen: fen,
      targetName: target.name,
      targetLink: arrivedOn ? linkOf(target) : null,
      arrivedOn,
      became: arrivedOn ? await becameOf(needs, tx, thing.variantId) : [],
    });
  }
  return told;
}

/** What the orders became that bought it: true of the whole of each order, as money in one order cannot be told apart. */
async function becameOf(needs: CharitySaleNeeds, tx: Scoped, variantId: Id): Promise<string[]> {
  const transferIds = (await readEntries(tx, [variantId])).map((one) => one.transferId);
  const traced = await needs.fund.trace(tx, { transferIds, direction: 'forward' });
  const ends = traced?.view.stations.filter(({ kind }) => ENDS.has(kind)) ?? [];
  const say = becameWords[tx.actor.language];
  if (ends.length === 0) return [say.waits];
  return ends.slice(0, ENDS_MOST).map((end) => say.paid(formatYuan(end.amountFen), end.label));
}

const ENDS_MOST = 3;
const ENDS: ReadonlySet<string> = new Set(['supplier', 'organization', 'person']);
const becameWords = {
  zh: {
    waits: '这笔钱还在那里，没有用出去。',
    paid: (sum: string, payee: string) => `买它的订单所付的钱，已有 ${sum} 付给${payee}。`,
  },
  en: {
    waits: 'The money is still there, not spent yet.',
    paid: (sum: string, payee: string) => `Of what its orders paid, ${sum} went to ${payee}.`,
  },
} satisfies Record<Language, unknown>;
