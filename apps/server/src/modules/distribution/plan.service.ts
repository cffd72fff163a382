import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { routes, shapes } from '@wennuan/contract';
import { appendEvents, balances } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { figuresOf, mustBe, neededOf, type Plan, type PlanView } from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import {
  insertPlan,
  insertReady,
  listLines,
  listPlans,
  listReady,
  readFigures,
  replaceLines,
  returnReady,
  updatePlan,
} from './plan.store.ts';
import { listRecipients, listRounds, planOfRound } from './recipient.store.ts';
import { openApproveTask, tellMaker } from './plan.tell.ts';
import { planView } from './views.ts';

type Body = z.output<typeof shapes.distributionBody>;

/** The plan when the actor may see it, held until the end; refuses `not_found`. */
export async function lockPlan(tx: Writing, planId: Id): Promise<Plan> {
  const [plan] = await listPlans(tx, { ids: [planId], lock: true });
  if (!plan) throw new Refusal('not_found');
  return plan;
}

/** The plan as pages show it, by its own id or that of a round to the door; refuses `not_found`. */
export async function readPlan(
  needs: DistributionNeeds,
  tx: Scoped,
  planId: Id,
): Promise<PlanView> {
  const [plan] = await listPlans(tx, { ids: [(await planOfRound(tx, planId)) ?? planId] });
  if (!plan) throw new Refusal('not_found');
  return await planView(needs, tx, plan);
}

/** What a form says, checked, as columns. */
async function columnsOf(needs: DistributionNeeds, tx: Scoped, body: Body) {
  const area = needs.place.areaByCode(body.areaCode);
  const areaIds = needs.place.below(area.id);
  if (tx.actor.login === 'staff' && !tx.actor.areaIds.includes(area.id))
    throw new Refusal('area_unknown', {}, 'areaCode');
  if (body.onDay < dateInShanghai(tx.now)) throw new Refusal('day_in_past', {}, 'onDay');
  const placeIds = [body.stockPlaceId, ...(body.placeId ? [body.placeId] : [])];
  const places = await needs.place.servicePoints(tx, placeIds);
  if (!places.has(body.stockPlaceId)) throw new Refusal('place_unknown', {}, 'stockPlaceId');
  if (body.placeId ? !places.has(body.placeId) : body.way === 'place')
    throw new Refusal('place_unknown', {}, 'placeId');
  const itemIds = new Set(body.lines.map((line) => line.itemId));
  if (itemIds.size < body.lines.length) throw new Refusal('line_twice', {}, 'lines');
  if ((await needs.goods.items(tx, [...itemIds])).size < itemIds.size)
    throw new Refusal('item_unknown', {}, 'lines');
  return {
    name: body.name,
    area_id: area.id,
    area_ids: [...areaIds],
    basis: body.basis,
    on_day: body.onDay,
    from_time: body.fromTime,
    until_time: body.untilTime,
    way: body.way,
    place_id: body.placeId,
    stock_place_id: body.stockPlaceId,
    giver_label: body.giverLabel,
  };
}

/** Begins a plan; the same form again answers the same plan. */
export async function createPlan(
  needs: DistributionNeeds,
  tx: Writing,
  body: Body & { formId: Id },
): Promise<PlanView> {
  const [again] = await listPlans(tx, { formId: body.formId });
  if (again) return await planView(needs, tx, again);
  const id = needs.newId();
  await insertPlan(tx, {
    ...(await columnsOf(needs, tx, body)),
    id,
    state: 'draft',
    made_at: tx.now,
    made_by: tx.actor.accountId!,
    form_id: body.formId,
  });
  await replaceLines(tx, id, body.lines);
  tx.touched('distribution', id);
  return await readPlan(needs, tx, id);
}

/** Changes a draft; refuses `busy_elsewhere` when somebody else changed it since. */
export async function changePlan(
  needs: DistributionNeeds,
  tx: Writing,
  command: Body & { planId: Id; version: number },
): Promise<PlanView> {
  const plan = await lockPlan(tx, command.planId);
  mustBe(plan, 'draft');
  if (plan.version !== command.version) throw new Refusal('busy_elsewhere');
  await updatePlan(tx, plan.id, await columnsOf(needs, tx, command));
  await replaceLines(tx, plan.id, command.lines);
  tx.touched('distribution', plan.id, 'change');
  return await readPlan(needs, tx, plan.id);
}

/**
 * Sets the goods for the whole list aside and asks a second person. Refuses `list_empty`, `stock_too_low`,
 * `papers_required` (imported food without its papers), `approver_related` (the maker has a relative on it).
 */
export async function submitPlan(
  needs: DistributionNeeds,
  tx: Writing,
  command: { planId: Id; version: number },
): Promise<void> {
  const plan = await lockPlan(tx, command.planId);
  mustBe(plan, 'draft');
  if (plan.version !== command.version) throw new Refusal('busy_elsewhere');
  const figures = figuresOf(await readFigures(tx, [plan.id]));
  if (figures.listed === 0) throw new Refusal('list_empty');
  const lines = await listLines(tx, [plan.id]);
  const items = await needs.goods.items(
    tx,
    lines.map((line) => line.itemId),
  );
  for (const item of items.values())
    if (item.imported && !item.papers) throw new Refusal('papers_required', { name: item.name });
  const wants = neededOf(lines, figures).map((one) => ({ ...one, placeId: plan.stockPlaceId }));
  await needs.goods.setAside(
    tx,
    {
      wants,
      label: `发放 ${plan.number}`,
      areaId: plan.areaId,
      paper: { kind: 'distribution', id: plan.id },
    },
    async (pieces) => {
      await insertReady(
        tx,
        plan,
        pieces.map(({ accountId, ...one }) => ({ ...one, id: accountId })),
      );
      const lots = await needs.goods.lots(
        tx,
        pieces.map((one) => one.lotId),
      );
      const valueFen = pieces.reduce(
        (sum, one) => sum + one.quantity * lots.get(one.lotId)!.unitValueFen,
        0,
      );
      const approvalId = await askSecondPerson(needs, tx, { plan, valueFen });
      await updatePlan(tx, plan.id, {
        state: 'submitted',
        value_fen: valueFen,
        approval_id: approvalId,
      });
      await openApproveTask(needs, tx, plan);
      tx.touched('distribution', plan.id, 'submit');
    },
  );
}

/** Opens the approval: its subject is this submission, as a plan may be submitted again after a refusal. */
async function askSecondPerson(
  needs: DistributionNeeds,
  tx: Writing,
  { plan, valueFen }: { plan: Plan; valueFen: number },
): Promise<Id> {
  const persons = (await listRecipients(tx, { planId: plan.id })).flatMap(
    (one) => one.personId ?? [],
  );
  const [opened] = await needs.approval.open(tx, [
    {
      subjectKind: 'distribution',
      subjectId: needs.newId(),
      amountFen: valueFen,
      proposerId: tx.actor.accountId!,
      personIds: persons,
      organizationIds: [],
      areaId: plan.areaId,
      approvers: 1,
    },
  ]);
  return opened!.approvalId;
}

/** The second person's word. A refusal gives the goods back and the plan to its maker, as a draft. */
export async function decidePlan(
  needs: DistributionNeeds,
  tx: Writing,
  command: { planId: Id } & z.output<(typeof routes.distribution.decide)['body']>,
): Promise<void> {
  const plan = await lockPlan(tx, command.planId);
  if (plan.state !== 'submitted' || !plan.approvalId) throw new Refusal('approval_closed');
  const { decision, note } = command;
  const store = (await needs.place.servicePoints(tx, [plan.stockPlaceId])).get(plan.stockPlaceId)!;
  if (!needs.goods.mayMove(tx.actor, store)) throw new Refusal('place_not_yours');
  const { state } = await needs.approval.decide(tx, {
    approvalId: plan.approvalId,
    decision,
    note,
  });
  await needs.desk.close(tx, [{ subjectId: plan.id, kinds: ['approve'] }]);
  tx.touched('distribution', plan.id, decision);
  if (state === 'approved') {
    await updatePlan(tx, plan.id, { state: 'approved', approved_at: tx.now });
    await tellMaker(needs, tx, plan, { title: `${plan.number} 已批准`, body: plan.name });
    await appendEvents(tx.sql, [
      {
        id: needs.newId(),
        topic: 'distribution.approved',
        subjectKind: 'distribution',
        subjectId: plan.id,
        areaId: plan.areaId,
        body: { planId: plan.id },
      },
    ]);
    return;
  }
  await updatePlan(tx, plan.id, { state: 'draft', approval_id: null });
  await tellMaker(needs, tx, plan, { title: `${plan.number} 未获批准`, body: note });
  await putBackAll(needs, tx, plan);
}

/** Ends a plan of which nothing was handed over; the goods go back. */
export async function cancelPlan(
  needs: DistributionNeeds,
  tx: Writing,
  command: { planId: Id; reason: string },
): Promise<void> {
  await listReady(tx, [command.planId], true);
  const plan = await lockPlan(tx, command.planId);
  mustBe(plan, 'draft', 'submitted', 'approved');
  const figures = figuresOf(await readFigures(tx, [plan.id]));
  const handed = figures.handed + figures.proxy;
  if (handed > 0) throw new Refusal('handed_over_already', { count: handed });
  if (plan.approvalId && plan.state === 'submitted')
    await needs.approval.cancel(tx, [plan.approvalId]);
  await closeTasks(needs, tx, plan);
  await updatePlan(tx, plan.id, {
    state: 'cancelled',
    reason: command.reason,
    closed_at: tx.now,
    closed_by: tx.actor.accountId,
  });
  tx.touched('distribution', plan.id, 'cancel');
  await putBackAll(needs, tx, plan);
}

async function closeTasks(needs: DistributionNeeds, tx: Writing, plan: Plan): Promise<void> {
  const rounds = await listRounds(tx, plan.id);
  await needs.desk.close(
    tx,
    [plan.id, ...rounds].map((subjectId) => ({ subjectId })),
  );
}

/** Everything that was set aside and is not yet put back goes to where it came from. */
async function putBackAll(needs: DistributionNeeds, tx: Writing, plan: Plan): Promise<void> {
  const ready = (await listReady(tx, [plan.id], true)).filter((one) => one.returned === null);
  await returnReady(
    tx,
    ready.map((one) => ({ id: one.id, returned: one.quantity })),
  );
  await needs.goods.giveBack(tx, {
    lines: ready.map((one) => ({
      accountId: one.id,
      stockId: one.stockId,
      itemId: one.itemId,
      returned: one.quantity,
      missing: 0,
    })),
    paper: { kind: 'distribution', id: plan.id },
  });
}

/**
 * Counts what is left and puts it back: no more than the ledger has, and what is missing needs a reason.
 * The lock on what is ready lets the last tick come first or not at all.
 */
export async function closePlan(
  needs: DistributionNeeds,
  tx: Writing,
  command: { planId: Id } & z.output<(typeof routes.distribution.close)['body']>,
): Promise<void> {
  const ready = (await listReady(tx, [command.planId], true)).filter(
    (one) => one.returned === null,
  );
  const plan = await lockPlan(tx, command.planId);
  mustBe(plan, 'approved');
  const lots = await needs.goods.lots(
    tx,
    ready.map((one) => one.lotId),
  );
  const counters = await balances(
    tx.sql,
    ready.map((one) => one.id),
  );
  const lines = ready.map((one) => {
    const left = counters.find((row) => row.accountId === one.id)?.balance ?? 0;
    const returned = command.lines.find((line) => line.readyId === one.id)?.returned ?? 0;
    if (returned > left)
      throw new Refusal(
        'pieces_too_many',
        { name: lots.get(one.lotId)!.itemName, most: left },
        'lines',
      );
    return { ...one, accountId: one.id, returned, missing: left - returned };
  });
  if (lines.some((line) => line.missing > 0) && command.reason.trim().length < 2)
    throw new Refusal('reason_required', {}, 'reason');
  await returnReady(tx, lines);
  await closeTasks(needs, tx, plan);
  await updatePlan(tx, plan.id, {
    state: 'closed',
    reason: command.reason.trim() || null,
    closed_at: tx.now,
    closed_by: tx.actor.accountId,
  });
  tx.touched('distribution', plan.id, 'close');
  await needs.goods.giveBack(tx, { lines, paper: { kind: 'distribution', id: plan.id } });
}
