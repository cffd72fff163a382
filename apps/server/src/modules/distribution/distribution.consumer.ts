import type { Id } from '@wennuan/basics';
import type { Consumer } from '../../platform/events.ts';
import type { Writing } from '../../platform/database/database.ts';
import { piecesFor, type Line, type Plan, type Recipient } from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import { dayTask } from './plan.tell.ts';
import { listLines, listPlans } from './plan.store.ts';
import { joinRound, listRecipients, openRounds } from './recipient.store.ts';

/** Once a plan is agreed to, its people hear of it and its workers get their tasks: one a building, or one for the place. */
export function approvedConsumer(needs: DistributionNeeds): Consumer {
  return {
    name: 'distribution.approved',
    topics: ['distribution.approved'],
    consume: async (tx, events) => {
      const plans = await listPlans(tx, { ids: events.map((event) => event.subjectId) });
      for (const plan of plans.filter((one) => one.state === 'approved')) {
        const recipients = await listRecipients(tx, { planId: plan.id });
        await tellRecipients(needs, tx, { plan, recipients });
        await openDay(needs, tx, { plan, recipients });
        tx.touched('distribution', plan.id, 'announce');
      }
    },
  };
}

interface Announced {
  plan: Plan;
  recipients: readonly Recipient[];
}

async function tellRecipients(
  needs: DistributionNeeds,
  tx: Writing,
  { plan, recipients }: Announced,
): Promise<void> {
  const lines = await listLines(tx, [plan.id]);
  const items = await needs.goods.items(
    tx,
    lines.map((line) => line.itemId),
  );
  const places = plan.placeId ? await needs.place.servicePoints(tx, [plan.placeId]) : new Map();
  const place = plan.placeId ? places.get(plan.placeId)?.name : null;
  const goodsFor = (one: Recipient) =>
    lines
      .map((line: Line) => {
        const item = items.get(line.itemId)!;
        return `${item.name}${piecesFor(line, one.heads)}${item.unit}`;
      })
      .join('、');
  await needs.message.send(
    tx,
    recipients
      .filter((one) => one.accountId !== null)
      .map((one) => ({
        accountId: one.accountId!,
        topic: 'service' as const,
        title: plan.way === 'place' ? '请来领取慰问品' : '慰问品将送到您家',
        body:
          plan.way === 'place'
            ? `${whenOf(plan)}，请到${place}领取${goodsFor(one)}。请报编号 ${one.serial}、暗语“${one.word}”。不收任何费用；本人不便，可请人代领。`
            : `${whenOf(plan)}，社区工作人员将把${goodsFor(one)}送到您家。来人会说暗语“${one.word}”（编号 ${one.serial}）。不收任何费用。`,
        link: '/my/handouts',
        text: null,
      })),
  );
}

function whenOf(plan: Plan): string {
  const [, month, day] = plan.onDay.split('-').map(Number);
  const hours = plan.fromTime && plan.untilTime ? ` ${plan.fromTime}—${plan.untilTime}` : '';
  return `${month} 月 ${day} 日${hours}`;
}

async function openDay(
  needs: DistributionNeeds,
  tx: Writing,
  { plan, recipients }: Announced,
): Promise<void> {
  if (plan.way === 'place') {
    const count = recipients.length;
    const whole = { id: plan.id, areaId: plan.areaId, building: null, count };
    return await needs.desk.open(tx, [dayTask(plan, whole, tx.now)]);
  }
  const groups = Map.groupBy(recipients, (one) => `${one.areaId} ${one.building ?? ''}`);
  const rounds = await openRounds(
    tx,
    [...groups.values()].map(([first]) => ({
      id: needs.newId(),
      distribution_id: plan.id,
      area_id: first!.areaId,
      building: first!.building ?? '',
    })),
  );
  for (const round of rounds) await joinRound(tx, { ...round, planId: plan.id });
  const countOf = (id: Id) => {
    const round = rounds.find((one) => one.id === id)!;
    return groups.get(`${round.areaId} ${round.building}`)?.length ?? 0;
  };
  await needs.desk.open(
    tx,
    rounds.map((round) =>
      dayTask(
        plan,
        { ...round, building: round.building || null, count: countOf(round.id) },
        tx.now,
      ),
    ),
  );
}
