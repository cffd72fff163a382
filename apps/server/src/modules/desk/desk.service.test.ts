import { newId } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testLoop, type TestLoop } from '../../../test-support/loop.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { TaskInput } from './desk.ts';

let loop: TestLoop;
beforeAll(async () => {
  loop = await testLoop();
});
afterAll(() => loop.close());
beforeEach(() => loop.clock.set('2026-11-23T09:00:00+08:00'));

const system = systemActor('test');
/** Opens a task of two working days in 绿云社区, or as told; returns its subject. */
async function open(change: Partial<TaskInput> = {}, areaCode = '410103001001') {
  const now = loop.clock.now();
  const { add } = loop.place.workingTime;
  const input: TaskInput = {
    kind: 'verify',
    subjectKind: 'need',
    subjectId: newId(),
    number: 'XY-900001',
    title: '微心愿',
    detail: null,
    areaId: loop.place.areaByCode(areaCode).id,
    building: '3号楼',
    roles: ['community_worker'],
    level: 'community',
    dueAt: add(now, 960),
    warnAt: add(now, 480),
    urgent: false,
    askerAccountId: null,
    ...change,
  };
  await loop.database.write(system, null, (tx) => loop.desk.open(tx, [input]));
  return input.subjectId;
}
const list = async (actor: Actor, query: Record<string, unknown> = {}) =>
  (await loop.desk.handlers.tasks(loop.call(actor, { query: { limit: 100, ...query } }))).items;
const subjects = async (actor: Actor, query = {}) =>
  (await list(actor, query)).map(({ subjectId }) => subjectId);

describe('a desk', () => {
  it('shows a worker what waits for her role in her area, soonest first, page by page', async () => {
    const { worker, elsewhere, street } = loop.staff;
    const now = loop.clock.now();
    const later = await open({ dueAt: loop.place.workingTime.add(now, 1_500) });
    const sooner = await open();
    expect(await subjects(worker)).toEqual([sooner, later]);
    expect(await subjects(elsewhere)).toEqual([]);
    expect(await subjects(street)).toEqual([]);
    const first = await loop.desk.handlers.tasks(loop.call(worker, { query: { limit: 1 } }));
    const second = await loop.desk.handlers.tasks(
      loop.call(worker, { query: { limit: 1, after: first.next } }),
    );
    expect([first.items[0]!.subjectId, second.items[0]!.subjectId]).toEqual([sooner, later]);
    expect(second.next).toBeNull();
    routes.desk.tasks.output.parse(first);
  });

  it('shows the street what is late in its communities, and the district everything', async () => {
    const { street, streetElsewhere, district } = loop.staff;
    const late = await open();
    const punctual = await open({}, '410103002001');
    loop.clock.set('2026-11-25T10:00:00+08:00');
    expect(await subjects(street)).toContain(late);
    expect(await subjects(streetElsewhere)).not.toContain(late);
    expect(await subjects(district)).toEqual(expect.arrayContaining([late, punctual]));
    const counts = await loop.desk.handlers.counts(loop.call(street, {}));
    expect(counts.overdue).toBeGreaterThan(0);
    expect(counts.byArea.map(({ area }) => area.name)).toContain('绿云社区');
    const whole = await loop.desk.handlers.counts(loop.call(district, {}));
    expect(whole.byArea.map(({ area }) => area.level)).toContain('street');
    expect(whole.total).toBeGreaterThanOrEqual(2);
  });

  it('keeps the clock of a task that is open already', async () => {
    const subjectId = await open();
    loop.clock.advance({ hours: 1 });
    await open({ subjectId });
    const [task] = (await list(loop.staff.worker)).filter((one) => one.subjectId === subjectId);
    expect(task!.clock!.workingMinutesLeft).toBe(900);
  });

  it('says what a closed task used of its clock', async () => {
    const subjectId = await open();
    loop.clock.set('2026-11-24T09:00:00+08:00');
    const close = () =>
      loop.database.write(loop.staff.worker, 'test.close', (tx) =>
        loop.desk.close(tx, [{ subjectId }]),
      );
    expect(await close()).toEqual([{ subjectId, kind: 'verify', usedMinutes: 480 }]);
    expect(await close()).toEqual([]);
  });

  it('lets a task be taken, handed to a colleague of the area, and to nobody else', async () => {
    const { worker, worker2, district } = loop.staff;
    const subjectId = await open();
    const { id } = (await list(worker)).find((one) => one.subjectId === subjectId)!;
    const take = (actor: Actor, toAccountName: string | null) =>
      loop.desk.handlers.take(
        loop.call(actor, { params: { taskId: id }, body: { toAccountName } }),
      );
    expect(await take(worker, null)).toMatchObject({ mine: true, ownerName: 'worker' });
    expect(await take(worker, 'worker2')).toMatchObject({ mine: false, ownerName: 'worker2' });
    expect(await subjects(worker2, { mine: true })).toEqual([subjectId]);
    await expect(take(worker, 'elsewhere')).rejects.toMatchObject({ code: 'role_not_held' });
    await expect(take(district, null)).rejects.toMatchObject({ code: 'role_not_held' });
    await expect(take(loop.staff.elsewhere, null)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tells those who hold the role at half-time, the street at zero, each step audited once', async () => {
    const subjectId = await open();
    loop.clock.set('2026-11-25T10:00:00+08:00');
    const watch = () => loop.desk.ticks[0]!.run();
    await Promise.all([watch(), watch()]);
    await watch();
    const inbox = async (actor: Actor) =>
      (
        await loop.database.read(actor, (tx) =>
          tx.db.selectFrom('message').select('link').execute(),
        )
      ).filter(({ link }) => link?.endsWith(subjectId)).length;
    expect(await inbox(loop.staff.worker)).toBe(1);
    expect(await inbox(loop.staff.street)).toBe(1);
    expect(await inbox(loop.staff.streetElsewhere)).toBe(0);
    const task = (await list(loop.staff.street)).find((one) => one.subjectId === subjectId)!;
    const audited = await loop.database.read(loop.staff.district, (tx) =>
      tx.db.selectFrom('audit_entry').select('reason').where('subject_id', '=', task.id).execute(),
    );
    expect(audited.map(({ reason }) => reason)).toEqual(['warned', 'street']);
  });

  it('lets an asker’s own move stop and start the clock, and no other resident’s', async () => {
    const [asker, other] = [await loop.resident(), await loop.resident()];
    const subjectId = await open({ askerAccountId: asker.accountId });
    const write = (actor: Actor, work: 'pause' | 'resume') =>
      loop.database.write(actor, 'test', async (tx) => void (await loop.desk[work](tx, subjectId)));
    await write(other, 'pause');
    const clock = async () =>
      (await loop.database.read(loop.staff.worker, (tx) => loop.desk.clockOf(tx, [subjectId]))).get(
        subjectId,
      )!.state;
    expect(await clock()).toBe('running');
    await write(asker, 'pause');
    expect(await clock()).toBe('paused');
    await write(asker, 'resume');
    expect(await clock()).toBe('running');
  });

  it('gives the list as a sheet', async () => {
    await open();
    const sent: unknown[] = [];
    const reply = {
      type: () => reply,
      header: () => reply,
      send: (bytes: unknown) => sent.push(bytes),
    };
    await loop.desk.handlers.sheet(loop.call(loop.staff.worker, { reply }));
    expect((sent[0] as Buffer).subarray(0, 2).toString()).toBe('PK');
  });
});
