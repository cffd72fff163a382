import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpRecord, wishRecord } from '../../../test-support/loop-inputs.ts';
import { testLoop, type TestLoop } from '../../../test-support/loop.ts';
import { paymentsActor, systemActor, visitor, type Actor } from '../../platform/actor.ts';

let loop: TestLoop;
let asker: Actor;
let other: Actor;
let wishId: string;
let helpId: string;
beforeAll(async () => {
  loop = await testLoop();
  [asker, other] = [await loop.resident(), await loop.resident()];
  wishId = (await loop.file(asker, {})).id;
  helpId = (await loop.file(asker, { kind: 'help_request', title: '手术费', amountYuan: null })).id;
  await loop.move(loop.staff.worker, wishId, wishRecord());
  await loop.move(loop.staff.worker, helpId, helpRecord());
  await loop.settle();
});
afterAll(() => loop.close());

const PRIVATE = [
  'need',
  'need_event',
  'need_verification',
  'need_referral',
  'need_proposal',
  'pending_notice',
  'need_slip',
  'task',
  'offer',
] as const;
const PUBLIC = ['wish_card', 'wish_step', 'response_figure'] as const;

/** Rows an actor sees of a table by bare SQL, or the reason why PostgreSQL says no. */
async function seen(actor: Actor, table: string): Promise<number | 'no right'> {
  return await loop.database
    .read(actor, async (tx) => {
      const result = await sql<{ count: number }>`
        select count(*)::int as count from ${sql.table(table)}`.execute(tx.db);
      return result.rows[0]!.count;
    })
    .catch((thrown: { code?: string }) => {
      if (thrown.code === '42501') return 'no right' as const;
      throw thrown;
    });
}

describe('row-level security, tried in SQL', () => {
  it('the public and the payments login read the wall and nothing else', async () => {
    for (const actor of [visitor(), paymentsActor('platform')]) {
      for (const table of PRIVATE)
        expect([0, 'no right'], `${actor.login} ${table}`).toContain(await seen(actor, table));
      expect(await seen(actor, 'wish_card')).toBe(1);
    }
  });

  it('a resident sees her own matters only', async () => {
    expect(await seen(asker, 'need')).toBe(2);
    expect(await seen(other, 'need')).toBe(0);
    for (const table of ['need_event', 'pending_notice', 'need_slip', 'task'])
      expect(await seen(other, table), table).toBe(0);
    for (const table of ['need_verification', 'need_referral', 'need_proposal'])
      expect(await seen(asker, table), table).toBe('no right');
  });

  it('staff see their areas only', async () => {
    const { worker, elsewhere, street, streetElsewhere, district } = loop.staff;
    for (const inside of [worker, street, district]) {
      expect(await seen(inside, 'need')).toBe(2);
      expect(await seen(inside, 'task')).toBeGreaterThan(0);
    }
    for (const outside of [elsewhere, streetElsewhere])
      for (const table of PRIVATE) expect(await seen(outside, table), table).toBe(0);
  });

  it('the federation sees a need only from consent or a proposal on', async () => {
    const { federation } = loop.staff;
    for (const table of ['need', 'need_event', 'need_verification'])
      expect(await seen(federation, table), table).toBe(0);
    await loop.database.write(systemActor('test'), null, (tx) =>
      loop.need.shareWithFederation(tx, [helpId]),
    );
    expect(await seen(federation, 'need')).toBe(1);
    expect(await seen(federation, 'need_event')).toBeGreaterThan(0);
    expect(await seen(federation, 'need_verification')).toBe(1);
  });

  it('nobody but the system writes the wall, and nobody rewrites history', async () => {
    const people = [
      asker,
      loop.staff.worker,
      loop.staff.district,
      loop.staff.federation,
      visitor(),
    ];
    for (const actor of people) {
      const attempt = (statement: ReturnType<typeof sql>) =>
        loop.database.write(actor, null, (tx) => statement.execute(tx.db));
      await expect(attempt(sql`update wish_card set text = 'x'`)).rejects.toMatchObject({
        code: '42501',
      });
      await expect(attempt(sql`delete from wish_step`)).rejects.toMatchObject({ code: '42501' });
      await expect(attempt(sql`update need_event set move = 'x'`)).rejects.toMatchObject({
        code: '42501',
      });
      await expect(attempt(sql`delete from need_event`)).rejects.toMatchObject({ code: '42501' });
      await expect(attempt(sql`delete from need`)).rejects.toMatchObject({ code: '42501' });
    }
    const system = (statement: ReturnType<typeof sql>) =>
      loop.database.write(systemActor('test'), null, (tx) => statement.execute(tx.db));
    await expect(system(sql`update need_event set move = 'x'`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('a resident cannot make a need another’s, nor move its area', async () => {
    const attempt = (statement: ReturnType<typeof sql>) =>
      loop.database.write(asker, null, (tx) => statement.execute(tx.db));
    await expect(
      attempt(sql`update need set account_id = ${other.accountId}`),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(attempt(sql`update need set price_fen = 1`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('a slip shows itself to its code, and a search without it finds none', async () => {
    expect(await seen(visitor(), 'need_slip')).toBe(0);
    expect(await seen(visitor(), 'response_figure')).toBeGreaterThanOrEqual(0);
    for (const table of PUBLIC) expect(await seen(other, table)).not.toBe('no right');
  });
});

describe('who may not see may not move either', () => {
  it.each(['elsewhere', 'streetElsewhere', 'federation', 'auditor', 'administrator'] as const)(
    '%s',
    async (name) => {
      const work = loop.move(loop.staff[name], wishId, { move: 'note', note: '路过', version: 1 });
      await expect(work).rejects.toMatchObject({ name: 'Refusal' });
    },
  );
  it('another resident', async () => {
    const work = loop.move(other, wishId, { move: 'withdraw', note: '', version: 1 });
    await expect(work).rejects.toMatchObject({ code: 'not_found' });
  });
  it('nobody finds what does not exist', async () => {
    await expect(loop.read(loop.staff.worker, randomUUID())).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
