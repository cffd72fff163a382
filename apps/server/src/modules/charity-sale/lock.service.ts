import { instantInShanghai, Refusal, addDays, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { dueOn, stateWords, type Sale, type State } from './charity-sale.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import { listPlaces, listSales } from './charity-sale.store.ts';

/** The charity sale, locked, in one of these states; refuses `not_found`, `charity_sale_not_now`. */
export async function lockSale(tx: Writing, saleId: Id, states: readonly State[]): Promise<Sale> {
  const [sale] = await listSales(tx, { ids: [saleId], lock: 'update' });
  if (!sale) throw new Refusal('not_found');
  if (!states.includes(sale.state))
    throw new Refusal('charity_sale_not_now', { state: stateWords(sale.state) });
  return sale;
}

/** Areas of a charity sale's stations. */
async function areasOf(tx: Scoped, saleId: Id): Promise<number[]> {
  return (await listPlaces(tx, [saleId])).map((one) => one.areaId);
}

/** Whoever works at one of its stations, and the federation. Refuses `place_not_yours`. */
export async function checkYours(tx: Scoped, saleId: Id): Promise<void> {
  const { role, areaIds } = tx.actor;
  if (role === null || role === 'federation_officer') return;
  if (!(await areasOf(tx, saleId)).some((areaId) => areaIds.includes(areaId)))
    throw new Refusal('place_not_yours');
}

type TaskKind = 'charity_agree' | 'charity_settle';

/** Puts a charity sale on the desk of who must act on it. System login. */
export async function openTask(
  needs: Pick<CharitySaleNeeds, 'desk' | 'place'>,
  tx: Writing,
  { sale, kind }: { sale: Sale; kind: TaskKind },
): Promise<void> {
  await needs.desk.open(tx, [
    {
      kind,
      subjectKind: 'charity_sale',
      subjectId: sale.id,
      number: sale.number,
      title: sale.name,
      detail: null,
      areaId: needs.place.district()!.id,
      building: null,
      roles: [kind === 'charity_agree' ? 'federation_approver' : 'federation_accountant'],
      level: 'district',
      ...clockOf(tx, sale, kind),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

const DAY_MILLIS = 86_400_000;
/** Days for two people to agree. */
const DAYS_TO_AGREE = 3;

function clockOf(tx: Writing, sale: Sale, kind: TaskKind): { dueAt: Date; warnAt: Date } {
  const now = tx.now.getTime();
  const dueAt =
    kind === 'charity_agree'
      ? new Date(now + DAYS_TO_AGREE * DAY_MILLIS)
      : instantInShanghai(addDays(dueOn(sale), 1));
  return { dueAt, warnAt: new Date((now + dueAt.getTime()) / 2) };
}
