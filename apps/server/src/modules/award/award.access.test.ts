import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';
import { visitor, type Actor } from '../../platform/actor.ts';

let scene: AidScene;
let account: Actor;
beforeAll(async () => {
  scene = await aidScene();
  ({ account } = (await scene.person({ name: '许甲', group: 'elderly', bound: true })) as {
    account: Actor;
  });
  await scene.person({ name: '许乙', group: 'elderly', areaCode: '410103001002' });
  await scene.person({ name: '许丙', group: 'minimum_living' });
  const roundId = await scene.open('M01');
  const mine = (await scene.awards(roundId)).filter(
    (one) => one.maskedName === '许*' && one.area.code.endsWith('1'),
  );
  for (const award of mine) await scene.visit(award.id);
  const { listIds } = await scene.call('propose', scene.actors['street']!, { params: { roundId } });
  for (const name of ['approver', 'approver2'])
    await scene.call('decideList', scene.actors[name]!, {
      params: { listId: listIds[0]! },
      body: { decision: 'approve', note: '' },
    });
  await scene.open('V01');
});
afterAll(() => scene.close());

const TABLES = [
  'award',
  'award_step',
  'award_visit',
  'award_part',
  'award_list',
  'entitlement',
  'award_recusal',
  'award_notice',
  'award_objection',
];

/** How many rows of each table somebody sees in SQL; null where she may not ask at all. */
async function seen(actor: Actor): Promise<Record<string, number | null>> {
  const counts: Record<string, number | null> = {};
  for (const table of TABLES)
    counts[table] = await scene.database
      .read(actor, async (tx) => {
        const { rows } = await sql<{
          count: number;
        }>`select count(*)::int as count from ${sql.table(table)}`.execute(tx.db);
        return rows[0]!.count;
      })
      .catch((thrown: { code?: string }) => {
        if (thrown.code === '42501') return null;
        throw thrown;
      });
  return counts;
}

describe('who sees what, asked in SQL', () => {
  test('a worker her community, a street its own, elsewhere nothing', async () => {
    // In her community: 许甲 (meals) and 许丙 (voucher); 许乙 lives in the next one.
    expect(await seen(scene.actors['worker']!)).toMatchObject({
      award: 2,
      award_visit: 1,
      award_part: 1,
      entitlement: 1,
    });
    expect(await seen(scene.actors['street']!)).toMatchObject({ award: 3, award_list: 1 });
    for (const name of ['worker-elsewhere', 'street-elsewhere'])
      expect(Object.values(await seen(scene.actors[name]!))).toEqual(TABLES.map(() => 0));
  });

  test('the federation only who was proposed, and no visit', async () => {
    expect(await seen(scene.actors['approver']!)).toMatchObject({
      award: 1,
      award_part: 1,
      award_visit: null,
    });
    const persons = await scene.database.read(scene.actors['approver']!, (tx) =>
      tx.db.selectFrom('person').select('id').execute(),
    );
    expect(persons).toHaveLength(1);
  });

  test('a resident her own, a visitor and a department without programmes nothing', async () => {
    expect(await seen(account)).toMatchObject({
      award: 1,
      award_part: 1,
      entitlement: 1,
      award_list: null,
      award_recusal: null,
    });
    expect(new Set(Object.values(await seen(visitor())))).toEqual(new Set([null]));
    const department: Actor = {
      ...scene.actors['auditor']!,
      login: 'department',
      role: 'department_officer',
      organizationId: '0b9d3f0e-7a51-4c39-9a3e-333333333333',
    };
    const counts = Object.values(await seen(department));
    expect(counts.every((count) => count === null || count === 0)).toBe(true);
  });

  test('a resident cannot make herself an award, nor change what it comes to', async () => {
    const change = (statement: string) =>
      scene.database
        .write(account, 'test.steal', (tx) => sql.raw(statement).execute(tx.db))
        .then(
          () => 'done',
          (thrown: { code?: string }) => thrown.code,
        );
    expect(await change('update award set amount = amount * 10')).toBe('42501');
    expect(await change(`update award_part set amount = 1000000`)).toBe('42501');
    expect(await change(`insert into award_part select * from award_part`)).toBe('42501');
  });
});
