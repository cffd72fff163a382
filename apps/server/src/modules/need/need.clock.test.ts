import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, wishRecord } from '../../../test-support/loop-inputs.ts';
import { testLoop, type TestLoop } from '../../../test-support/loop.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';

let loop: TestLoop;
beforeAll(async () => {
  loop = await testLoop();
});
afterAll(() => loop.close());
beforeEach(() => loop.clock.set('2026-11-23T09:00:00+08:00'));

const PICTURE = randomUUID();

describe('the clock of a need', () => {
  const clockOf = async (actor: Actor, id: Id) => (await loop.read(actor, id)).clock!;

  it('stops only while it waits for the asker', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const { id } = await loop.file(asker, {});
    loop.clock.set('2026-11-23T11:00:00+08:00');
    await loop.move(worker, id, { move: 'return_for_more', note: '要多大的风扇？' });
    expect(await clockOf(worker, id)).toMatchObject({ state: 'paused', workingMinutesLeft: 840 });
    loop.clock.set('2026-12-01T10:00:00+08:00');
    expect(await clockOf(worker, id)).toMatchObject({ state: 'paused', workingMinutesLeft: 840 });
    await loop.move(asker, id, { move: 'answer', note: '16 寸' });
    expect(await clockOf(worker, id)).toMatchObject({ state: 'running', workingMinutesLeft: 840 });
  });

  it('of a reopened need goes on with the first one', async () => {
    const asker = await loop.resident();
    const { worker, worker2 } = loop.staff;
    const id = await loop.wishOnWall(asker, loop.staff.worker);
    loop.clock.set('2026-11-24T09:00:00+08:00');
    const before = await clockOf(worker, id);
    expect(before).toMatchObject({ stage: 'match', workingMinutesLeft: 160 * 60 - 480 });
    await loop.tell('fund.proposed', {
      needId: id,
      proposalId: randomUUID(),
      amountFen: 1,
      number: 'BF-000004',
    });
    await loop.settle();
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(worker2, id, {
      move: 'paper_slip',
      met: 'yes',
      words: '签字',
      attachmentIds: [PICTURE],
    });
    await loop.move(worker, id, { move: 'close' });
    loop.clock.set('2026-12-15T09:00:00+08:00');
    await loop.move(asker, id, { move: 'reopen', note: '风扇坏了' });
    expect(await clockOf(worker, id)).toMatchObject({
      stage: 'match',
      workingMinutesLeft: 160 * 60 - 480,
    });
  });

  it('that ran out escalates to the street, then to the district, and the history says so', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const { id } = await loop.file(asker, {});
    const watch = () => loop.desk.ticks[0]!.run();
    loop.clock.set('2026-11-24T09:00:00+08:00');
    await watch();
    loop.clock.set('2026-11-25T09:00:00+08:00');
    await watch();
    await loop.settle();
    expect(await loop.read(worker, id)).toMatchObject({
      escalatedTo: 'street',
      clock: { state: 'overdue' },
    });
    // A machine clock that jumps back takes nothing back.
    loop.clock.set('2026-11-20T09:00:00+08:00');
    await watch();
    expect(await loop.read(worker, id)).toMatchObject({
      escalatedTo: 'street',
      clock: { state: 'overdue' },
    });
    loop.clock.set('2026-11-30T09:00:00+08:00');
    await watch();
    await loop.settle();
    const view = await loop.read(worker, id);
    expect(view.escalatedTo).toBe('district');
    expect(view.history.map(({ move }) => move)).toEqual([
      'file',
      'clock_warned',
      'escalate',
      'escalate',
    ]);
  });
});

describe('what everybody may know', () => {
  it('a slip’s code tells the state and nothing of whom or what for', async () => {
    const { worker } = loop.staff;
    const { id } = await loop.file(await loop.resident(), { title: '一台很特别的风扇' });
    const slip = await loop.need.handlers.slip(loop.call(worker, { params: { needId: id } }));
    expect(slip.qrSvg).toContain('<svg');
    const code = slip.lookUpPath.split('/').at(-1)!;
    const known = await loop.need.handlers.lookUp(loop.call(visitor(), { params: { code } }));
    expect(known).toMatchObject({
      number: slip.number,
      state: 'submitted',
      communityName: '绿云社区',
    });
    expect(JSON.stringify(known)).not.toContain('特别');
    for (const wrong of ['AAAAAAAAAAAAAAAA', "'; drop table need; --", ''])
      expect(
        await refusalOf(
          loop.need.handlers.lookUp(loop.call(visitor(), { params: { code: wrong } })),
        ),
      ).toBe('not_found');
  });

  it('medians per community, street and district, and none while fewer than five closed', async () => {
    const figuresOf = async (name: string) => {
      await loop.need.refreshFigures();
      const figures = await loop.need.handlers.responses(loop.call(visitor(), {}));
      return figures.areas.find(({ area }) => area.name === name)!;
    };
    for (let count = 1; count <= 5; count += 1) {
      const { id } = await loop.file(await loop.resident(), { areaCode: '410103002001' });
      expect(await figuresOf('建中街街道')).toMatchObject({
        filed: count,
        closed: count - 1,
        medianVerifyWorkingHours: null,
        medianCloseDays: null,
      });
      // As if each had been verified after so many working hours and closed after so many days.
      await loop.database.write(systemActor('test'), null, (tx) =>
        tx.db
          .updateTable('need')
          .set({
            state: 'closed',
            closed_at: new Date(tx.now.getTime() + count * 86_400_000),
            used_minutes: JSON.stringify({ verify: count * 240 }),
          })
          .where('id', '=', id)
          .execute(),
      );
    }
    // Five times 4 … 20 hours, of which 16 are allowed.
    expect(await figuresOf('建中街街道')).toMatchObject({
      closed: 5,
      unconfirmed: 0,
      medianVerifyWorkingHours: 12,
      medianCloseDays: 3,
      onTimeShare: 0.8,
    });
    expect(await figuresOf('兰台社区')).toMatchObject({ closed: 5, medianVerifyWorkingHours: 12 });
    expect(await figuresOf('二七区')).toMatchObject({ closed: 5 });
  });

  it('a community with fewer than five matters has no figures of its own', async () => {
    await loop.file(await loop.resident(), { areaCode: '410103001002' });
    await loop.need.refreshFigures();
    const { areas } = await loop.need.handlers.responses(loop.call(visitor(), {}));
    const codes = areas.map(({ area }) => area.code);
    expect(codes).toContain('410103001');
    expect(codes).not.toContain('410103001002');
  });

  it('C-17: neither wall nor steps nor figures hold what an asker wrote', async () => {
    const asker = await loop.resident();
    const { id } = await loop.file(asker, { title: '独一无二的标题', story: '独一无二的故事' });
    await loop.move(loop.staff.worker, id, wishRecord());
    await loop.settle();
    const everything = await loop.database.read(visitor(), async (tx) => {
      const cards = await tx.db.selectFrom('wish_card').selectAll().execute();
      const steps = await tx.db.selectFrom('wish_step').selectAll().execute();
      const figures = await tx.db.selectFrom('response_figure').selectAll().execute();
      return JSON.stringify([cards, steps, figures]);
    });
    expect(everything).toContain(id);
    for (const secret of ['独一无二', asker.accountId!, asker.displayName])
      expect(everything).not.toContain(secret);
  });
});
