import { newId, type Id } from '@wennuan/basics';
import sharp from 'sharp';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { callOf, testThings } from './things.ts';

/** The test district with rice in the store, and short ways to plan, list, agree and hand out. */
export async function testHanding() {
  const things = await testThings();
  const { worker, worker2, approver } = things.actors as Record<string, Actor> &
    Record<'worker' | 'worker2' | 'approver', Actor>;
  const picture = await sharp({
    create: { width: 20, height: 20, channels: 3, background: '#fff' },
  })
    .png()
    .toBuffer();
  await things.bring(things.items.rice, 500);
  let serial = 0;

  const handlers = () => things.distribution.handlers;
  const at = (planId: Id, body?: unknown, actor: Actor = worker) =>
    callOf(actor, { params: { planId }, body });

  async function people(names: readonly string[], areaCode?: string): Promise<Id[]> {
    return await things.database.write(systemActor('test'), 'test.people', (tx) =>
      things.resident.create(
        tx,
        names.map((name) => ({
          name,
          gender: 'unknown',
          birthDate: null,
          idNumber: null,
          telephone: `1990000${String((serial += 1)).padStart(4, '0')}`,
          address: '绿云社区 3号院2号楼 1单元101',
          areaId: things.areaId(areaCode),
          consentForm: 'spoken',
          consentNote: '当面同意',
        })),
      ),
    );
  }

  async function draft(change: Record<string, unknown> = {}) {
    return await handlers().create(
      callOf(worker, {
        body: {
          name: '冬日慰问',
          areaCode: '410103001001',
          basis: 'person',
          onDay: '2026-11-23',
          fromTime: '09:00',
          untilTime: '11:00',
          way: 'place',
          placeId: things.counter.id,
          stockPlaceId: things.store.id,
          giverLabel: '爱心企业捐赠',
          lines: [{ itemId: things.items.rice, quantity: 1, perHead: false }],
          formId: newId(),
          ...change,
        },
      }),
    );
  }
  const add = (planId: Id, source: unknown, actor = worker) =>
    handlers().addRecipients(at(planId, source, actor));
  const list = async (planId: Id, actor = worker) =>
    (await handlers().recipients(at(planId, undefined, actor))).items;
  const decide = (
    planId: Id,
    decision: 'approve' | 'refuse' = 'approve',
    actor = approver,
    note = '',
  ) => handlers().decide(at(planId, { decision, note }, actor));
  async function submit(planId: Id) {
    const { version } = await handlers().read(at(planId));
    return await handlers().submit(at(planId, { version }));
  }
  async function approved(names: readonly string[], change: Record<string, unknown> = {}) {
    const plan = await draft(change);
    await add(plan.id, { from: 'persons', personIds: await people(names) });
    await submit(plan.id);
    await decide(plan.id);
    await things.events.settle();
    return plan.id;
  }
  const sign = async (actor: Actor) => (await things.attachment.add(actor, picture)).id;
  async function tickOf(recipientId: Id, change: Record<string, unknown> = {}, actor = worker) {
    return {
      tickId: newId(),
      recipientId,
      outcome: 'handed',
      signatureId: await sign(actor),
      pictureIds: [],
      proxy: null,
      note: '',
      ...change,
    };
  }
  const tick = (planId: Id, body: unknown, actor = worker) =>
    handlers().handOver(at(planId, body, actor));
  const rice = async () => (await things.held(approver, things.items.rice)).quantity;
  return {
    things,
    worker,
    worker2,
    approver,
    handlers,
    at,
    people,
    draft,
    add,
    list,
    decide,
    submit,
    approved,
    tickOf,
    tick,
    rice,
  };
}
