import type { Id } from '@wennuan/basics';
import { balances } from '@wennuan/ledger';
import type { RouteOutput, routes } from '@wennuan/contract';
import { maskName } from '../resident/index.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { wordsOf } from '../approval/index.ts';
import {
  figuresOf,
  initialsOf,
  mayHandOver,
  monthOf,
  neededOf,
  type Figures,
  type Line,
  type Plan,
  type PlanView,
  type Recipient,
  type RecipientView,
  type Tick,
} from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import { listLines, listReady, readFigures } from './plan.store.ts';
import { listElsewhere } from './recipient.store.ts';

type PlanRow = RouteOutput<typeof routes.distribution.list>['items'][number];

/** What a worker told when she ticked somebody. */
export interface Told {
  proxy: Tick['proxy'];
  note: string;
}

/** Plans as a list shows them. */
export async function planRows(
  needs: DistributionNeeds,
  tx: Scoped,
  plans: readonly Plan[],
): Promise<PlanRow[]> {
  const ids = plans.map((plan) => plan.id);
  const lines = await listLines(tx, ids);
  const counts = ids.length > 0 ? await readFigures(tx, ids) : [];
  const items = await needs.goods.items(
    tx,
    lines.map((line) => line.itemId),
  );
  const places = await needs.place.servicePoints(
    tx,
    plans.flatMap((plan) => plan.placeId ?? []),
  );
  return plans.map((plan) => ({
    id: plan.id,
    number: plan.number,
    name: plan.name,
    state: plan.state,
    area: needs.place.ref(plan.areaId),
    onDay: plan.onDay,
    way: plan.way,
    placeName: plan.placeId ? (places.get(plan.placeId)?.name ?? null) : null,
    basis: plan.basis,
    figures: figuresOf(counts.filter((count) => count.planId === plan.id)),
    goods: lines
      .filter((line) => line.planId === plan.id)
      .map((line) => {
        const { name, unit } = items.get(line.itemId)!;
        return { name, unit, quantity: line.quantity, perHead: line.perHead };
      }),
  }));
}

/** A plan with its goods, what is needed and there, and who agreed. */
export async function planView(
  needs: DistributionNeeds,
  tx: Scoped,
  plan: Plan,
): Promise<PlanView> {
  const [row] = await planRows(needs, tx, [plan]);
  const lines = await listLines(tx, [plan.id]);
  const items = await needs.goods.itemViews(
    tx,
    lines.map((line) => line.itemId),
  );
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const places = await needs.place.servicePoints(tx, [
    plan.stockPlaceId,
    ...(plan.placeId ? [plan.placeId] : []),
  ]);
  const placeOf = (id: Id) => {
    const { areaId, ...point } = places.get(id)!;
    return { ...point, area: needs.place.ref(areaId) };
  };
  const approval = plan.approvalId
    ? (await needs.approval.read(tx, [plan.approvalId])).get(plan.approvalId)
    : undefined;
  const names = await needs.access.names(tx, [plan.madeBy]);
  return {
    ...row!,
    fromTime: plan.fromTime,
    untilTime: plan.untilTime,
    place: plan.placeId ? placeOf(plan.placeId) : null,
    stockPlace: placeOf(plan.stockPlaceId),
    giverLabel: plan.giverLabel,
    lines: lines.map((line) => ({
      item: itemOf.get(line.itemId)!,
      quantity: line.quantity,
      perHead: line.perHead,
    })),
    needed: await neededView(needs, tx, { plan, lines, figures: row!.figures }),
    ready: await readyView(needs, tx, plan.id),
    valueFen: plan.valueFen,
    madeBy: names.get(plan.madeBy) ?? '—',
    approvalId: plan.approvalId,
    ...wordsOf(tx, approval, plan.state === 'submitted'),
    mayHandOver: mayHandOver(plan, tx.now),
    closedAt: plan.closedAt?.toISOString() ?? null,
    version: plan.version,
  };
}

async function neededView(
  needs: DistributionNeeds,
  tx: Scoped,
  { plan, lines, figures }: { plan: Plan; lines: readonly Line[]; figures: Figures },
): Promise<PlanView['needed']> {
  if (plan.state !== 'draft') return [];
  const itemIds = lines.map((line) => line.itemId);
  const items = await needs.goods.items(tx, itemIds);
  const available = await needs.goods.available(tx, plan.stockPlaceId, itemIds);
  return neededOf(lines, figures).map(({ itemId, quantity }) => ({
    itemId,
    name: items.get(itemId)!.name,
    unit: items.get(itemId)!.unit,
    needed: quantity,
    available: available.get(itemId) ?? 0,
  }));
}

async function readyView(
  needs: DistributionNeeds,
  tx: Scoped,
  planId: Id,
): Promise<PlanView['ready']> {
  const ready = (await listReady(tx, [planId])).filter((one) => one.returned !== one.quantity);
  const lots = await needs.goods.lots(
    tx,
    ready.map((one) => one.lotId),
  );
  const counters = new Map(
    (
      await balances(
        tx.sql,
        ready.map((one) => one.id),
      )
    ).map((row) => [row.accountId, row]),
  );
  return ready.map((one) => {
    const lot = lots.get(one.lotId)!;
    const left = counters.get(one.id)?.balance ?? 0;
    return {
      id: one.id,
      itemId: one.itemId,
      itemName: lot.itemName,
      unit: lot.unit,
      batch: lot.batch,
      expiresOn: lot.expiresOn,
      taken: one.quantity,
      handed: one.returned === null ? one.quantity - left : one.quantity - one.returned,
      left: one.returned ?? left,
    };
  });
}

/** Those on a list as lists show them: masked, with initials, and what else they get this month. */
export async function recipientViews(
  needs: DistributionNeeds,
  tx: Scoped,
  { plan, recipients }: { plan: Pick<Plan, 'id' | 'onDay'>; recipients: readonly Recipient[] },
): Promise<RecipientView[]> {
  const known = await needs.resident.people(
    tx,
    recipients.flatMap((one) => one.personId ?? []),
  );
  const boxes = await needs.vault.findBoxes(
    tx,
    recipients.filter((one) => one.nameSealed ?? one.toldSealed).map((one) => one.id),
  );
  const staff = await needs.access.names(
    tx,
    recipients.flatMap((one) => one.outcomeBy ?? []),
  );
  const pictures = await needs.attachment.of(
    tx,
    recipients.flatMap((one) => (one.tickId ? [one.id, one.tickId] : [])),
  );
  const { first, last } = monthOf(plan.onDay);
  const elsewhere = Map.groupBy(
    await listElsewhere(tx, { planId: plan.id, first, last }),
    (one) => one.recipientId,
  );
  const nameCounts = new Map<string, number>();
  for (const one of recipients) {
    const key = one.nameKey.toString('hex');
    nameCounts.set(key, (nameCounts.get(key) ?? 0) + 1);
  }
  return recipients.map((one) => {
    const box = boxes.get(one.id);
    const opened = one.nameSealed && box ? (JSON.parse(box.open(one.nameSealed)) as NoFile) : null;
    const name = opened?.name ?? (one.personId ? known.get(one.personId)?.name : undefined);
    const told = one.toldSealed && box ? (JSON.parse(box.open(one.toldSealed)) as Told) : null;
    return {
      id: one.id,
      serial: one.serial,
      maskedName: name ? maskName(name) : '—',
      initials: name ? initialsOf(name) : '',
      word: one.word,
      area: needs.place.ref(one.areaId),
      building: one.building,
      unitName: opened?.unitName ?? null,
      hasFile: one.personId !== null,
      heads: one.heads,
      outcome: one.outcome,
      at: one.outcomeAt?.toISOString() ?? null,
      byName: one.outcomeBy ? (staff.get(one.outcomeBy) ?? '—') : null,
      proxy: told?.proxy ?? null,
      note: told?.note || null,
      signature: one.tickId ? (pictures.get(one.tickId)?.[0] ?? null) : null,
      pictures: pictures.get(one.id) ?? [],
      elsewhere: (elsewhere.get(one.id) ?? []).map(({ planName, onDay, received }) => ({
        planName,
        onDay,
        received,
      })),
      sameName: nameCounts.get(one.nameKey.toString('hex'))! > 1,
    };
  });
}

/** What is sealed of people without a file. */
export interface NoFile {
  name: string;
  unitName: string;
}
