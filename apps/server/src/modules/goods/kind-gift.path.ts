import { Refusal, type Id } from '@wennuan/basics';
import type { TraceEntry } from '@wennuan/ledger';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import type { Lot } from './goods.ts';
import { listLots } from './goods.store.ts';
import {
  handedSteps,
  pathSentences,
  type Handed,
  type KindGiftPath,
  type Step,
} from './kind-gift.ts';
import { kindGiftViews } from './kind-gift.service.ts';
import { listKindGifts } from './kind-gift.store.ts';
import { followLots } from './lot.service.ts';

/**
 * Where a gift's things are and went, in general words. The gift is read as its reader may, its way by
 * the system, and nothing of it leaves but kind, month and place. Refuses `not_found`.
 */
export async function readPath(needs: GoodsNeeds, actor: Actor, giftId: Id): Promise<KindGiftPath> {
  const gift = await needs.database.read(actor, async (tx) => {
    const [row] = await listKindGifts(tx, { id: giftId });
    if (!row) throw new Refusal('not_found');
    return (await kindGiftViews(needs, tx, [row]))[0]!;
  });
  const reader = { ...systemActor('goods.path'), language: actor.language };
  const steps = await needs.database.read(reader, (tx) => stepsOf(needs, tx, gift.id));
  return { gift, steps, sentences: pathSentences(steps, actor.language) };
}

async function stepsOf(needs: GoodsNeeds, tx: Scoped, giftId: Id): Promise<Step[]> {
  const steps: Step[] = [];
  const handed: Handed[] = [];
  const lots = await listLots(tx, { sourceIds: [giftId] });
  const sold = await needs.sold(
    tx,
    lots.map((lot) => lot.id),
  );
  for (const lot of lots) {
    const { ends, resting } = await followLots(tx, [lot.id]);
    const places = await purposesOf(tx, [
      ...resting.map((one) => one.accountId),
      ...ends.map(({ transfer }) => transfer.to),
    ]);
    for (const one of resting) {
      const purpose = places.get(one.accountId);
      steps.push({
        ...thing(lot),
        state: restingState(purpose?.label ?? ''),
        quantity: Math.max(1, Math.round(one.share)),
        place: purpose?.placeName ?? null,
      });
    }
    handed.push(...handedOf(lot, ends, places));
    for (const { lotId, quantity, ...told } of sold)
      if (lotId === lot.id) steps.push({ ...thing(lot), state: 'sold', quantity, sold: told });
    const lost = ends.filter(({ transfer }) =>
      ['write_off', 'count', 'difference'].includes(transfer.reason),
    );
    const quantity = lost.reduce((sum, entry) => sum + Math.round(entry.share), 0);
    if (quantity > 0) steps.push({ ...thing(lot), state: 'written_off', quantity });
  }
  const above = (areaId: number) => {
    const area = needs.place.area(areaId);
    if (area.level !== 'community') return [area, needs.place.district()!];
    return [area, needs.place.streetOf(areaId), needs.place.district()!];
  };
  return [...handedSteps(handed, above), ...merged(steps)];
}

function thing(lot: Lot): Omit<Step, 'state' | 'quantity'> {
  return {
    title: lot.itemName,
    unit: lot.unit,
    place: null,
    month: null,
    receivers: null,
    sold: null,
  };
}

/** Told apart by the words their accounts were opened with. */
function restingState(label: string): Step['state'] {
  if (label.includes('（途中）') || label.includes('待收货')) return 'on_the_way';
  return label.startsWith('发放') ? 'set_aside' : 'in_store';
}

function handedOf(
  lot: Lot,
  ends: readonly TraceEntry[],
  places: ReadonlyMap<Id, { areaId: number | null }>,
): Handed[] {
  return ends
    .filter(({ transfer }) => transfer.reason === 'handed_over')
    .flatMap(({ transfer, share }) => {
      const areaId = places.get(transfer.to)?.areaId ?? null;
      return areaId === null
        ? []
        : [
            {
              title: lot.itemName,
              unit: lot.unit,
              receiverId: transfer.document.id,
              areaId,
              at: transfer.at,
              quantity: Math.max(1, Math.round(share)),
            },
          ];
    });
}

async function purposesOf(tx: Scoped, accountIds: readonly Id[]) {
  if (accountIds.length === 0) return new Map<Id, never>();
  const rows = await tx.db
    .selectFrom('account_purpose')
    .leftJoin('service_point', 'service_point.id', 'account_purpose.subject_id')
    .select([
      'account_purpose.account_id as accountId',
      'account_purpose.label',
      'account_purpose.area_id as areaId',
      'service_point.name as placeName',
    ])
    .where('account_purpose.account_id', 'in', [...new Set(accountIds)])
    .execute();
  return new Map(rows.map((row) => [row.accountId, row]));
}

/** What came furthest is told first. */
const ORDER = ['sold', 'set_aside', 'on_the_way', 'in_store', 'in_kits', 'written_off'];

/** Steps of one thing in one state and place are one. */
function merged(steps: readonly Step[]): Step[] {
  const groups = Map.groupBy(
    steps,
    (step) => `${step.state} ${step.title} ${step.place} ${step.sold?.saleNumber ?? ''}`,
  );
  return [...groups.values()]
    .map((group) => ({
      ...group[0]!,
      quantity: group.reduce((sum, step) => sum + step.quantity, 0),
    }))
    .toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
}
