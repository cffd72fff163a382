import type {} from '@fastify/multipart';
import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { FastifyRequest } from 'fastify';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { LIST_MOST, type PlanState } from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import { handOver } from './hand-over.service.ts';
import { wantedOfSheet } from './list.sheet.ts';
import { addRecipients, addWanted, lockDraft, removeRecipient } from './list.service.ts';
import { listOwn } from './own.service.ts';
import {
  cancelPlan,
  changePlan,
  closePlan,
  createPlan,
  decidePlan,
  readPlan,
  submitPlan,
} from './plan.service.ts';
import { listPlans } from './plan.store.ts';
import { fileSheet } from './print.ts';
import { listRecipients } from './recipient.store.ts';
import { planRows, recipientViews } from './views.ts';

type Routes = typeof routes.distribution;

/** The operations of distributions. */
export function distributionHandlers(needs: DistributionNeeds): Handlers<Routes> {
  return { ...planHandlers(needs), ...listHandlers(needs) };
}

function planHandlers(needs: DistributionNeeds) {
  const { database } = needs;
  /** A change, then the plan as it is after it: what the ledger holds is read once it is posted. */
  const changed = async (
    actor: Parameters<typeof database.write>[0],
    action: string,
    planId: Id,
    work: Parameters<typeof database.write>[2],
  ) => {
    await database.write(actor, action, work);
    return await database.read(actor, (tx) => readPlan(needs, tx, planId));
  };
  return {
    list: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const plans = await listPlans(tx, {
          state: query.state as PlanState | undefined,
          before: readCursor(query.after),
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(plans, query.limit, (last) => `${last.onDay}_${last.id}`);
        return {
          items: await planRows(needs, tx, shown),
          next,
        };
      }),
    create: ({ actor, body }) =>
      sentOnce(() =>
        database.write(actor, 'distribution.create', (tx) => createPlan(needs, tx, body)),
      ),
    read: ({ actor, params }) => database.read(actor, (tx) => readPlan(needs, tx, params.planId)),
    change: ({ actor, params, body }) =>
      database.write(actor, 'distribution.change', (tx) =>
        changePlan(needs, tx, { ...params, ...body }),
      ),
    submit: ({ actor, params, body }) =>
      changed(actor, 'distribution.submit', params.planId, (tx) =>
        submitPlan(needs, tx, { ...params, ...body }),
      ),
    decide: ({ actor, params, body }) =>
      changed(actor, 'distribution.decide', params.planId, (tx) =>
        decidePlan(needs, tx, { ...params, ...body }),
      ),
    cancel: ({ actor, params, body }) =>
      changed(actor, 'distribution.cancel', params.planId, (tx) =>
        cancelPlan(needs, tx, { ...params, ...body }),
      ),
    close: ({ actor, params, body }) =>
      changed(actor, 'distribution.close', params.planId, (tx) =>
        closePlan(needs, tx, { ...params, ...body }),
      ),
  } satisfies Partial<Handlers<Routes>>;
}

function listHandlers(needs: DistributionNeeds) {
  const { database } = needs;
  const readList = (actor: Parameters<typeof database.read>[0], planId: Id) =>
    database.read(actor, async (tx) => {
      const [plan] = await listPlans(tx, { ids: [planId] });
      if (!plan) throw new Refusal('not_found');
      const recipients = await listRecipients(tx, { planId });
      return {
        items: await recipientViews(needs, tx, { plan, recipients }),
        asOf: tx.now.toISOString(),
      };
    });
  return {
    recipients: ({ actor, params }) => readList(actor, params.planId),
    addRecipients: ({ actor, params, body }) =>
      database.write(actor, 'distribution.add_recipients', (tx) =>
        addRecipients(needs, tx, { ...params, source: body }),
      ),
    addSheet: async ({ actor, params, request }) => {
      const bytes = await uploaded(request);
      return await database.write(actor, 'distribution.add_sheet', async (tx) => {
        const plan = await lockDraft(tx, params.planId);
        return await addWanted(needs, tx, { plan, ...(await wantedOfSheet(needs, tx, bytes)) });
      });
    },
    removeRecipient: ({ actor, params }) =>
      database.write(actor, 'distribution.remove_recipient', async (tx) => {
        await removeRecipient(tx, params);
        return { ok: true as const };
      }),
    handOver: ({ actor, params, body }) =>
      database.write(actor, 'distribution.hand_over', (tx) =>
        handOver(needs, tx, { ...params, tick: body }),
      ),
    sheet: async ({ actor, params, reply }) => {
      const { items } = await readList(actor, params.planId);
      const plan = await database.read(actor, (tx) => readPlan(needs, tx, params.planId));
      reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="${plan.number}.xlsx"`);
      return reply.send(await fileSheet(plan, items));
    },
    mine: ({ actor }) => database.read(actor, async (tx) => ({ items: await listOwn(needs, tx) })),
  } satisfies Partial<Handlers<Routes>>;
}

async function uploaded(request: FastifyRequest): Promise<Buffer> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new Refusal('sheet_unreadable', { mostRows: LIST_MOST });
  try {
    return await part.toBuffer();
  } catch {
    throw new Refusal('sheet_unreadable', { mostRows: LIST_MOST });
  }
}

function readCursor(text: string | undefined) {
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text ?? '');
  return match ? { onDay: match[1]!, id: match[2]! } : null;
}
