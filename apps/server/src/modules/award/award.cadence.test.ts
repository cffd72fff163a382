import { seededRandom } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';

let scene: AidScene;
beforeAll(async () => {
  scene = await aidScene();
});
afterAll(() => scene.close());

const PEOPLE = 6;
const FULL_MONTHS = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'];

/**
 * Runs the tick as several processes at once do, with clocks that differ by days, connections that are cut in the middle of it,
 * and days that pass: whatever happens, each month is there once for each, and paid once out of the fund.
 */
test('a month’s entitlement is given once, whoever runs the clock, however often, and whatever dies in between', async () => {
  for (let place = 0; place < PEOPLE; place += 1)
    await scene.person({ name: `钱${place}`, group: 'elderly' });
  const before = (await scene.funds()).balance;
  await scene.grant(await scene.open('M01'));
  const random = seededRandom(11);
  for (let day = 0; day < 150; day += Math.ceil(random() * 9)) {
    scene.clock.set(new Date(Date.parse('2026-11-23T09:00:00+08:00') + day * 86_400_000));
    const turns = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
      scene.award.runDue().catch(cutOff),
    );
    if (random() < 0.4) await cutConnections();
    await Promise.all(turns);
  }
  scene.clock.set('2027-04-28T09:00:00+08:00');
  // Each of the pool's connections may have been cut last, and be noticed only when it is used.
  for (let connection = 0; connection < 4; connection += 1)
    await scene.award.runDue().catch(cutOff);
  await scene.award.runDue();

  const parts = await scene.parts('M01');
  const expected = FULL_MONTHS.flatMap((period) =>
    Array.from({ length: PEOPLE }, () => ({ period, state: 'delivered', amount: 9_000 })),
  );
  expect(parts).toEqual(expected);
  expect(before - (await scene.funds()).balance).toBe(PEOPLE * FULL_MONTHS.length * 9_000);
  const { rows } = await scene.owner.query<{ count: number }>(
    `select count(*)::int as count from entitlement where subject_kind = 'award_part'`,
  );
  expect(rows[0]!.count).toBe(PEOPLE * FULL_MONTHS.length);
});

/** A turn that lost its connection is a turn that died; the next one goes on. */
function cutOff(thrown: unknown): void {
  const { code = '', message = '' } = thrown as { code?: string; message?: string };
  if (
    !['57P01', '08006', '08003', 'ECONNRESET', 'EPIPE'].includes(code) &&
    !/terminat|connection/i.test(message)
  )
    throw thrown;
}

async function cutConnections(): Promise<void> {
  await scene.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename like '%\\_system' and pid <> pg_backend_pid()`,
  );
}

test('an award that was ended and found again in the same period is not given it twice', async () => {
  const { personId } = await scene.person({ name: '吴家宝', group: 'minimum_living' });
  const roundId = await scene.open('V01');
  await scene.grant(roundId);
  await scene.owner.query(`update award set may_be_named = false where person_id = $1`, [personId]);
  const [award] = await scene.awards(roundId);
  await scene.owner.query(
    `insert into award_part (id, award_id, program_code, beneficiary_id, period, person_id, area_id, with_federation,
      delivery, amount, unit, state, due_on)
    select gen_random_uuid(), id, program_code, beneficiary_id, '2027', person_id, area_id, true, 'voucher', 30000, 'fen', 'cancelled', '2027-01-01'
    from award where id = $1`,
    [award!.id],
  );
  await expect(
    scene.owner.query(
      `insert into award_part (id, award_id, program_code, beneficiary_id, period, person_id, area_id, with_federation,
        delivery, amount, unit, state, due_on)
      select gen_random_uuid(), id, program_code, beneficiary_id, '2027', person_id, area_id, true, 'voucher', 30000, 'fen', 'due', '2027-02-01'
      from award where id = $1`,
      [award!.id],
    ),
  ).rejects.toThrow('award_part_once');
});
