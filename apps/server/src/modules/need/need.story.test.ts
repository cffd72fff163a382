import { newId, type Id } from '@wennuan/basics';
import { routes, shapes } from '@wennuan/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpRecord, refusalOf, wishRecord } from '../../../test-support/loop-inputs.ts';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { residentScene } from '../../../test-support/residents.ts';
import { visitor, type Actor } from '../../platform/actor.ts';
import type { Call } from '../../platform/http/mount.ts';

let town: MoneyDistrict;
beforeAll(async () => {
  town = await moneyDistrict();
});
afterAll(() => town.close());

const by = (name: string) => town.actors[name]!;
const call = <T>(actor: Actor, parts: object) =>
  ({
    actor,
    params: {},
    query: {},
    request: {} as FastifyRequest,
    reply: {} as FastifyReply,
    ...parts,
  }) as T;
const read = (actor: Actor, needId: Id) =>
  actor.login === 'resident'
    ? town.need.handlers.readMine(call(actor, { params: { needId } }))
    : town.need.handlers.read(call(actor, { params: { needId } }));
async function move(actor: Actor, needId: Id, body: Record<string, unknown>) {
  const { version } = await read(actor, needId);
  const parsed = shapes.moveBody.parse({ version, ...body });
  const parts = { params: { needId }, body: parsed };
  if (actor.login === 'resident') return await town.need.handlers.moveMine(call(actor, parts));
  const view = await town.need.handlers.move(call(actor, parts));
  routes.need.move.output.parse(view);
  return view;
}
const file = (actor: Actor, body: Record<string, unknown>) =>
  town.need.handlers.file(
    call<Call<typeof routes.need.file>>(actor, {
      body: routes.need.file.body.parse({
        kind: 'micro_wish',
        title: '一台风扇',
        story: '夏天太热',
        amountYuan: '150',
        areaCode: '410103001001',
        contactTelephone: null,
        acting: null,
        formId: newId(),
        ...body,
      }),
    }),
  );
const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await town.events.settle();
};
async function photo(actor: Actor): Promise<Id> {
  const picture = { width: 40, height: 30, channels: 3, background: '#a33' } as const;
  const bytes = await sharp({ create: picture }).jpeg().toBuffer();
  return (await town.attachment.add(actor, bytes)).id;
}
const wish = (needId: Id) => town.need.handlers.wish(call(visitor(), { params: { needId } }));
const projectCode = async (itemId: Id) =>
  await town.database.read(by('federation'), async (tx) => {
    const query = tx.db.selectFrom('campaign_item').select('project_code');
    return (await query.where('id', '=', itemId).executeTakeFirstOrThrow()).project_code;
  });
async function payFor(
  needId: Id,
  part: { source: object; payee: object; amountFen: number; actor: Actor },
) {
  const { actor, ...rest } = part;
  const { proposalId } = await town.database.write(actor, 'test.propose', (tx) =>
    town.fund.propose(tx, {
      ...(rest as Pick<Parameters<typeof town.fund.propose>[1], 'source' | 'payee' | 'amountFen'>),
      purpose: '满足需求',
      needId,
      attachmentIds: [],
      formId: newId(),
    }),
  );
  await settle();
  const { approval_id: approvalId } = await town.database.read(by('federation'), (tx) =>
    tx.db
      .selectFrom('proposal')
      .select('approval_id')
      .where('id', '=', proposalId)
      .executeTakeFirstOrThrow(),
  );
  for (const name of ['approver', 'approver2'])
    await town.database.write(by(name), 'test.approve', (tx) =>
      town.fund.decide(tx, { approvalId, decision: 'approve', note: '' }),
    );
  await town.database.write(by('accountant'), 'test.pay', (tx) =>
    town.fund.pay(tx, { proposalId, bankReference: '回单0001', paidOn: '2026-11-23' }),
  );
  await settle();
}

describe('with the real campaign, funds, files and pictures', () => {
  it('a wish is given for, bought, delivered, confirmed, and its rest handed on', async () => {
    const asker = await town.signUp('19900000071');
    const worker = by('worker');
    const { id } = await file(asker, { attachmentIds: [await photo(asker)] });
    expect((await read(worker, id)).attachments).toHaveLength(1);
    await move(worker, id, wishRecord());
    const view = await move(worker, id, { move: 'match', way: 'item', offerId: null });
    await settle();
    const item = 'matches' in view ? view.matches.find(({ kind }) => kind === 'item')! : null;
    const code = await projectCode(item!.id);
    expect((await town.notify({ projectCode: code, amountFen: 100 })).status).toBe(200);
    await settle();
    expect(await wish(id)).toMatchObject({ state: 'open', givenFen: 100, targetFen: 13_900 });
    await town.notify({ projectCode: code, amountFen: 14_000 });
    await settle();
    expect((await read(asker, id)).state).toBe('matched');
    await payFor(id, {
      source: { kind: 'item', id: item!.id },
      payee: { kind: 'organization', id: town.supplierId },
      amountFen: 13_900,
      actor: by('federation'),
    });
    expect((await read(asker, id)).state).toBe('under_way');
    const thing = await photo(worker);
    await move(worker, id, { move: 'deliver', attachmentIds: [thing] });
    await settle();
    expect((await wish(id)).pictureIds).toEqual([thing]);
    expect((await read(asker, id)).history.at(-1)!.attachments.map(({ id: seen }) => seen)).toEqual(
      [thing],
    );
    await move(asker, id, { move: 'confirm', met: 'yes', words: '凉快了' });
    await move(worker, id, { move: 'close' });
    await settle();
    const told = await wish(id);
    expect(told.state).toBe('closed');
    expect(told.steps.map(({ step }) => step)).toEqual([
      'verified',
      'gift',
      'gift',
      'complete',
      'paid',
      'delivered',
      'confirmed',
    ]);
    const items = await town.database.read(visitor(), (tx) => town.donation.itemsOf(tx, [id]));
    expect(items.get(id)).toMatchObject({ state: 'closed' });
    expect(await refusalOf(read(by('federation'), id))).toBe('not_found');
  });

  it('a help request of a person on file is met from the mutual-aid fund and never public', async () => {
    const { id: fundId } = await town.communityFund();
    const files = await residentScene(town);
    const personId = await files.meet();
    // The district's own fund knows payees from a list of its own.
    town.persons.set(personId, {
      id: personId,
      name: '王秀芳',
      maskedName: '王*芳',
      gender: 'female',
      bornYear: 1951,
      areaId: town.areaId(),
      building: null,
      accountId: null,
    });
    const asker = await town.signUp('19900000074');
    await files.bind(personId, asker.accountId!);
    await files.owner.end();
    const acting = {
      relation: 'worker',
      personId,
      personName: '',
      consentForm: 'spoken',
      consentNote: '',
    };
    const { id } = await file(by('worker'), {
      kind: 'help_request',
      title: '手术费',
      amountYuan: '800',
      acting,
      attachmentIds: [await photo(by('worker'))],
    });
    const own = await read(asker, id);
    expect(own).toMatchObject({ state: 'submitted', maskedName: '王*芳' });
    expect(own.attachments).toHaveLength(1);
    expect((await file(asker, {})).number).toMatch(/^XY/);
    await move(by('worker'), id, helpRecord());
    await move(by('worker'), id, { move: 'send_up', note: '属实' });
    await move(by('street'), id, { move: 'assess', note: '同意' });
    await move(by('street'), id, { move: 'match', way: 'fund', offerId: null });
    await town.notify({ projectCode: 'HD0001', amountFen: 100 });
    await giveToFund(fundId, 80_000);
    await payFor(id, {
      source: { kind: 'fund', id: fundId },
      payee: { kind: 'person', id: personId },
      amountFen: 80_000,
      actor: by('street'),
    });
    const seen = await read(by('federation'), id);
    expect(seen).toMatchObject({ state: 'under_way', maskedName: '王*芳' });
    await move(by('worker'), id, { move: 'deliver', attachmentIds: [await photo(by('worker'))] });
    await move(asker, id, { move: 'confirm', met: 'yes', words: '已收到' });
    expect((await move(by('street'), id, { move: 'close' })).state).toBe('closed');
    expect(await refusalOf(wish(id))).toBe('not_found');
    const lines = await town.database.read(by('worker'), (tx) => town.need.needsOf(tx, personId));
    expect(lines.map((line) => line.title).toSorted()).toEqual(['一台风扇', '手术费']);
    const [section] = await town.database.read(asker, (tx) => town.need.ownSections(tx));
    expect(section!.rows).toHaveLength(2);
  });
});

async function giveToFund(fundId: Id, amountFen: number) {
  const fundRow = await town.database.read(
    by('federation'),
    async (tx) => (await town.fund.listFunds(tx, { ids: [fundId] }))[0]!,
  );
  const answer = await town.notify({ projectCode: fundRow.code, amountFen });
  expect(answer.status).toBe(200);
}
