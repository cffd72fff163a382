import { newId, type Id } from '@wennuan/basics';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { callOf, testThings, type TestThings } from '../../../test-support/things.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { handOver, setAside, type SetAside } from './issue.service.ts';

let things: TestThings;
let federation: Actor;
let donor: Actor;
let enterpriseId: Id;
beforeAll(async () => {
  things = await testThings();
  federation = things.actors.federation!;
  donor = await things.signUp('19900008001');
  enterpriseId = await things.database.write(systemActor('test'), 'test.enterprise', async (tx) => {
    const [made] = await things.organization.create(tx, [
      {
        name: '示范粮油有限公司',
        kind: 'enterprise',
        creditCode: null,
        bankAccount: null,
        namingConsent: { paper: '捐赠协议第六条', consentedOn: '2026-11-01' },
      },
    ]);
    return made!.id;
  });
});
afterAll(() => things.close());

const handlers = () => things.goods.kindGiftHandlers;
const paper = async (actor: Actor) =>
  (
    await things.attachment.add(
      actor,
      await sharp({ create: { width: 30, height: 30, channels: 3, background: '#eee' } })
        .jpeg()
        .toBuffer(),
    )
  ).id;
const offerBody = (change: Record<string, unknown> = {}) => ({
  lines: [{ title: '五常大米', quantity: 80, unit: '袋', expiresOn: '2027-05-01' }],
  purpose: '给困难家庭过冬',
  name: { displayName: null, hideFromPublic: true, hideFromRecipient: true, hideFromStaff: false },
  formId: newId(),
  ...change,
});
const register = (change: Record<string, unknown> = {}) =>
  handlers().register(
    callOf(federation, {
      body: { ...offerBody(), organizationId: enterpriseId, legalForm: 'agreed_gift', ...change },
    }),
  );
async function value(giftId: Id, lineId: Id, change: Record<string, unknown> = {}) {
  return await handlers().value(
    callOf(federation, {
      params: { giftId },
      body: {
        basis: 'invoice',
        paperNumber: 'FP-0001',
        lines: [{ lineId, itemId: things.items.rice, unitValueYuan: '65.50' }],
        attachmentIds: [await paper(federation)],
        ...change,
      },
    }),
  );
}
const receive = (giftId: Id, lineId: Id, received: number, reason = '') =>
  handlers().receive(
    callOf(federation, {
      params: { giftId },
      body: { placeId: things.store.id, lines: [{ lineId, received, batch: 'B7' }], reason },
    }),
  );

it('is offered, valued by a paper, taken in with a number, and never taken in twice', async () => {
  const gift = await register();
  expect(gift).toMatchObject({ state: 'offered', valueFen: null, publicName: '示范粮油有限公司' });
  const line = gift.lines[0]!.id;
  expect(await refusalOf(receive(gift.id, line, 80))).toBe('kind_gift_not_now');
  expect(await refusalOf(value(gift.id, line, { attachmentIds: [newId()] }))).toBe(
    'attachment_unknown',
  );
  expect(await value(gift.id, line)).toMatchObject({
    state: 'valued',
    valueFen: 524_000,
    basis: 'invoice',
  });
  expect(await refusalOf(receive(gift.id, line, 81))).toBe('pieces_too_many');
  expect(await refusalOf(receive(gift.id, line, 78))).toBe('reason_required');
  const taken = await receive(gift.id, line, 78, '两袋破损退回');
  expect(taken).toMatchObject({ state: 'received', valueFen: 510_900 });
  expect(taken.confirmationNumber).toMatch(/^SWQR\d{6}$/);
  expect(await refusalOf(receive(gift.id, line, 78))).toBe('kind_gift_not_now');
  const stock = await things.goods.handlers.stock(
    callOf(federation, { query: { itemId: things.items.rice } }),
  );
  expect(stock.items[0]!.lines[0]!.lot).toMatchObject({
    origin: 'given',
    originLabel: '示范粮油有限公司捐赠',
    batch: 'B7',
  });
});

it('is shown to whoever acts for the enterprise, and to no other', async () => {
  const gift = await register();
  const agent = { ...donor, organizationId: enterpriseId };
  const mine = async (actor: Actor) =>
    (await handlers().mine(callOf(actor))).items.map((one) => one.id);
  expect(await mine(agent)).toContain(gift.id);
  expect(await mine(donor)).not.toContain(gift.id);
  expect(await mine({ ...donor, organizationId: newId() })).not.toContain(gift.id);
  const path = await handlers().myPath(callOf(agent, { params: { giftId: gift.id } }));
  expect(path.gift.lines).toHaveLength(1);
});

it('refuses forms that do not fit goods, and departments as givers', async () => {
  expect(await refusalOf(register({ legalForm: 'mutual_aid' }))).toBe('legal_form_not_for_goods');
  const department = await things.database.write(
    systemActor('test'),
    'test.department',
    async (tx) => {
      const [made] = await things.organization.create(tx, [
        { name: '某局', kind: 'department', creditCode: null, bankAccount: null },
      ]);
      return made!.id;
    },
  );
  expect(await refusalOf(register({ organizationId: department }))).toBe('organization_wrong_kind');
});

it('of a resident shows her where her things went in general words, never who', async () => {
  const gift = await handlers().offer(
    callOf(donor, {
      body: offerBody({ lines: [{ title: '棉被', quantity: 12, unit: '床', expiresOn: null }] }),
    }),
  );
  expect(gift).toMatchObject({
    donorKind: 'resident',
    publicName: '爱心人士',
    legalForm: 'direct_gift',
  });
  const line = gift.lines[0]!.id;
  await value(gift.id, line, {
    basis: 'fair_value',
    lines: [{ lineId: line, itemId: things.items.quilt, unitValueYuan: '120' }],
  });
  await receive(gift.id, line, 12);
  await handOut(6);
  await things.events.settle();
  const path = await handlers().myPath(callOf(donor, { params: { giftId: gift.id } }));
  expect(path.steps).toMatchObject([
    { state: 'handed_over', place: '绿云社区', month: '2026-11', receivers: 6, quantity: 6 },
    { state: 'set_aside', quantity: 2 },
    { state: 'in_store', place: '慈善总会仓库', quantity: 4 },
  ]);
  expect(path.sentences[0]).toBe('6 床棉被于 2026 年 11 月送到绿云社区 6 户（人）手中。');
  const english = await handlers().myPath(
    callOf({ ...donor, language: 'en' }, { params: { giftId: gift.id } }),
  );
  expect(english.sentences[0]).toContain('in 绿云社区 in November 2026.');
  const other = await things.signUp('19900008002');
  expect(await refusalOf(handlers().myPath(callOf(other, { params: { giftId: gift.id } })))).toBe(
    'not_found',
  );
  const inbox = await things.message.handlers.inbox(callOf(donor, { query: { limit: 5 } }));
  expect(inbox.items[0]!.body).toContain('捐赠确认号 SWQR');
});

it('is taken back by its giver before it is taken in, not after', async () => {
  const gift = await handlers().offer(callOf(donor, { body: offerBody() }));
  const withdraw = () => handlers().withdraw(callOf(donor, { params: { giftId: gift.id } }));
  expect(await refusalOf(withdraw())).toBe('done');
  expect(await refusalOf(withdraw())).toBe('kind_gift_not_now');
});

it('hides the giver from staff when she wants it', async () => {
  const name = {
    displayName: '老王',
    hideFromPublic: false,
    hideFromRecipient: true,
    hideFromStaff: true,
  };
  const gift = await handlers().offer(callOf(donor, { body: offerBody({ name }) }));
  expect(gift.publicName).toBe('老王');
  const line = gift.lines[0]!.id;
  await value(gift.id, line);
  await receive(gift.id, line, 80);
  const stock = await things.goods.handlers.stock(
    callOf(things.actors.worker!, { query: { itemId: things.items.rice } }),
  );
  expect(JSON.stringify(stock)).not.toContain('老王');
  expect(stock.items[0]!.lines.map(({ lot }) => lot.originLabel)).toContain('爱心人士捐赠');
});

/** Eight quilts are set aside; six persons of 绿云社区 get one each. */
async function handOut(count: number) {
  const needs = { ...things, newId } as never;
  const pieces: SetAside[] = [];
  const plan = newId();
  await things.database.write(systemActor('test'), 'test.set_aside', (tx) =>
    setAside(
      needs,
      tx,
      {
        wants: [{ placeId: things.store.id, itemId: things.items.quilt, quantity: 8 }],
        label: '发放 FF000001',
        areaId: things.areaId(),
        paper: { kind: 'distribution', id: plan },
      },
      async (made) => void pieces.push(...made),
    ),
  );
  await things.database.write(systemActor('test'), 'test.hand_over', (tx) =>
    handOver(
      needs,
      tx,
      Array.from({ length: count }, (_, n) => ({
        key: `test:${n}`,
        accountId: pieces[0]!.accountId,
        itemId: things.items.quilt,
        name: '棉被',
        quantity: 1,
        areaId: things.areaId(),
        paper: { kind: 'hand_over', id: newId() },
      })),
    ),
  );
}
