import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { maskName } from '../resident/index.ts';
import { approvedConsumer } from './distribution.consumer.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import { distributionHandlers } from './distribution.routes.ts';
import { handOver } from './hand-over.service.ts';
import { addRecipients } from './list.service.ts';
import { ownSections } from './own.service.ts';
import { closePlan, createPlan, decidePlan, submitPlan } from './plan.service.ts';
import { listPlans } from './plan.store.ts';
import { listRecipients } from './recipient.store.ts';
import type { NoFile } from './views.ts';

export type { DistributionNeeds } from './distribution.needs.ts';
export type Distribution = ReturnType<typeof createDistribution>;

/** Goods handed to people: a plan, its list, the day, what is left, the paper for the file. */
export function createDistribution(needs: DistributionNeeds) {
  return {
    handlers: distributionHandlers(needs),
    consumers: [approvedConsumer(needs)],
    create: (tx: Writing, body: Parameters<typeof createPlan>[2]) => createPlan(needs, tx, body),
    addRecipients: (tx: Writing, command: Parameters<typeof addRecipients>[2]) =>
      addRecipients(needs, tx, command),
    /** Posts; call it last. */
    submit: (tx: Writing, command: Parameters<typeof submitPlan>[2]) =>
      submitPlan(needs, tx, command),
    /** May post; call it last. */
    decide: (tx: Writing, command: Parameters<typeof decidePlan>[2]) =>
      decidePlan(needs, tx, command),
    /** Posts; call it last. */
    handOver: (tx: Writing, command: Parameters<typeof handOver>[2]) =>
      handOver(needs, tx, command),
    /** Posts; call it last. */
    close: (tx: Writing, command: Parameters<typeof closePlan>[2]) => closePlan(needs, tx, command),
    /** Port of `goods`: who holds what was handed over, as far as the reader may see her. */
    receivers: (tx: Scoped, recipientIds: readonly Id[]) => readReceivers(needs, tx, recipientIds),
    /** Port of `resident`: what the caller was or will be handed, for her my-data page. */
    ownSections: (tx: Scoped) => ownSections(needs, tx),
  };
}

async function readReceivers(needs: DistributionNeeds, tx: Scoped, recipientIds: readonly Id[]) {
  if (tx.actor.login !== 'staff') return new Map<Id, never>();
  const recipients = await listRecipients(tx, { ids: [...new Set(recipientIds)] });
  const plans = await listPlans(tx, { ids: recipients.map((one) => one.planId) });
  const known = await needs.resident.people(
    tx,
    recipients.flatMap((one) => one.personId ?? []),
  );
  const boxes = await needs.vault.findBoxes(
    tx,
    recipients.filter((one) => one.nameSealed).map((one) => one.id),
  );
  return new Map(
    recipients.map((one) => {
      const box = boxes.get(one.id);
      const name = one.personId
        ? known.get(one.personId)?.name
        : box && (JSON.parse(box.open(one.nameSealed!)) as NoFile).name;
      const plan = plans.find(({ id }) => id === one.planId);
      return [
        one.id,
        {
          recipientId: one.id,
          planId: one.planId,
          planNumber: plan?.number ?? '',
          serial: one.serial,
          maskedName: name ? maskName(name) : '—',
          areaId: one.areaId,
        },
      ];
    }),
  );
}
