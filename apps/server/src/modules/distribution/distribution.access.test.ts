import { newId, type Id } from '@wennuan/basics';
import { roles, roleMay, routes, type RouteDefinition } from '@wennuan/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { callOf, testThings, type TestThings } from '../../../test-support/things.ts';
import type { Actor } from '../../platform/actor.ts';

let things: TestThings;
let planId: Id;
beforeAll(async () => {
  things = await testThings();
  await things.bring(things.items.rice, 10);
  const { worker } = things.actors as Record<string, Actor>;
  const plan = await things.distribution.handlers.create(
    callOf(worker!, {
      body: {
        name: '冬日慰问',
        areaCode: '410103001001',
        basis: 'person',
        onDay: '2026-11-23',
        fromTime: null,
        untilTime: null,
        way: 'place',
        placeId: things.counter.id,
        stockPlaceId: things.store.id,
        giverLabel: '慈善总会',
        lines: [{ itemId: things.items.rice, quantity: 1, perHead: false }],
        formId: newId(),
      },
    }),
  );
  planId = plan.id;
  await things.distribution.handlers.addRecipients(
    callOf(worker!, {
      params: { planId },
      body: { from: 'names', unitName: '环卫三班', names: ['张三', '李四'] },
    }),
  );
});
afterAll(() => things.close());

const count = (actor: Actor, table: string) =>
  things.database.read(actor, async (tx) => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx.db);
    return rows[0]!.n;
  });

describe('who is on a list, tried in SQL', () => {
  it.each([
    ['worker', 2],
    ['street', 2],
    ['district', 2],
    ['worker-elsewhere', 0],
    ['street-elsewhere', 0],
  ] as const)('%s sees %d rows', async (name, rows) => {
    expect(await count(things.actors[name]!, 'distribution_recipient')).toBe(rows);
  });

  it.each(['federation', 'approver', 'accountant', 'auditor'])(
    '%s has no right to look',
    async (name) => {
      await expect(count(things.actors[name]!, 'distribution_recipient')).rejects.toThrow(
        /permission denied/,
      );
      const view = await things.distribution.handlers.read(
        callOf(things.actors[name]!, { params: { planId } }),
      );
      expect(view.figures.listed).toBe(2);
    },
  );

  it('a resident sees her own rows only, and nothing sealed', async () => {
    const resident = await things.signUp('19900007001');
    const read = (columns: string) =>
      things.database.read(
        resident,
        async (tx) =>
          (await sql`select ${sql.raw(columns)} from distribution_recipient`.execute(tx.db)).rows,
      );
    expect(await read('id, serial')).toEqual([]);
    await expect(read('name_sealed')).rejects.toThrow(/permission denied/);
  });

  it('who works elsewhere does not see the plan, and cannot tick', async () => {
    const elsewhere = things.actors['worker-elsewhere']!;
    const { handlers } = things.distribution;
    expect(await refusalOf(handlers.read(callOf(elsewhere, { params: { planId } })))).toBe(
      'not_found',
    );
    expect(await refusalOf(handlers.recipients(callOf(elsewhere, { params: { planId } })))).toBe(
      'not_found',
    );
    const body = {
      tickId: newId(),
      recipientId: newId(),
      outcome: 'absent',
      signatureId: null,
      pictureIds: [],
      proxy: null,
      note: '',
    };
    expect(
      await refusalOf(handlers.handOver(callOf(elsewhere, { params: { planId }, body }))),
    ).toBe('not_found');
  });
});

describe('gifts in kind, tried in SQL', () => {
  it('staff who move the goods do not see who gave', async () => {
    await expect(count(things.actors.worker!, 'kind_gift')).rejects.toThrow(/permission denied/);
    expect(await count(things.actors.federation!, 'kind_gift')).toBe(0);
  });
});

it('opens each operation to the roles that have the permission, and to nobody else', () => {
  const may = (route: RouteDefinition) => roles.filter((role) => roleMay(role, route.permission));
  const { distribution, goods, kindGift } = routes;
  expect(may(distribution.handOver)).toEqual([
    'community_worker',
    'street_officer',
    'district_officer',
  ]);
  expect(may(distribution.recipients)).toEqual(may(distribution.handOver));
  expect(may(distribution.decide)).toEqual([
    'street_officer',
    'district_officer',
    'federation_approver',
  ]);
  expect(may(distribution.mine)).toEqual(['resident', 'enterprise_agent']);
  expect(may(goods.transfer)).toEqual(['community_worker', 'street_officer', 'federation_officer']);
  expect(may(kindGift.value)).toEqual(['federation_officer', 'federation_accountant']);
  for (const route of [
    ...Object.values(goods),
    ...Object.values(distribution),
    ...Object.values(kindGift),
  ])
    expect((route as RouteDefinition).permission).not.toBe('public');
});
