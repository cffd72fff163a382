import { newId } from '@wennuan/basics';
import { encodeFact } from '@wennuan/policy';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testHanding } from '../../../test-support/handing.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { systemActor } from '../../platform/actor.ts';
import { writeSheet } from '../../platform/sheet.ts';

const { things, handlers, at, people, draft, add, list, submit } = await testHanding();
afterAll(() => things.close());
beforeEach(() => things.clock.set('2026-11-23T09:00:00+08:00'));

describe('a list', () => {
  it('has nobody twice, and says whom it left out and why', async () => {
    const [one, two] = await people(['王小芳', '王小芳']);
    const [far] = await people(['远方人'], '410103002001');
    const plan = await draft();
    expect(await add(plan.id, { from: 'persons', personIds: [one, two, one] })).toMatchObject({
      added: 2,
      problems: [{ line: 3, problem: 'already_listed' }],
    });
    expect(await add(plan.id, { from: 'persons', personIds: [far] })).toMatchObject({
      added: 0,
      problems: [{ problem: 'not_in_area' }],
    });
    const names = { from: 'names', unitName: '环卫三班', names: ['张三', '张三 ', '李四'] };
    expect(await add(plan.id, names)).toMatchObject({ added: 2 });
    const shown = await list(plan.id);
    expect(shown.map((row) => [row.serial, row.maskedName, row.initials, row.sameName])).toEqual([
      [1, '王*芳', 'wxf', true],
      [2, '王*芳', 'wxf', true],
      [3, '张*', 'zs', false],
      [4, '李*', 'ls', false],
    ]);
    expect(shown[2]).toMatchObject({ hasFile: false, unitName: '环卫三班' });
    expect(JSON.stringify(shown)).not.toContain('小芳');
  });

  it('counts a household once, with its heads', async () => {
    const [head, child] = await people(['赵一', '赵二']);
    await things.database.write(systemActor('test'), 'test.household', async (tx) => {
      const id = newId();
      const areaId = things.areaId();
      await tx.db
        .insertInto('household')
        .values({ id, area_id: areaId, source: 'hand', created_at: tx.now })
        .execute();
      await tx.db
        .insertInto('household_member')
        .values(
          [head!, child!].map((personId, index) => ({
            household_id: id,
            person_id: personId,
            area_id: areaId,
            is_head: index === 0,
          })),
        )
        .execute();
    });
    const lines = [{ itemId: things.items.rice, quantity: 1, perHead: true }];
    const plan = await draft({ basis: 'household', lines });
    expect(await add(plan.id, { from: 'persons', personIds: [head, child] })).toMatchObject({
      added: 1,
      problems: [{ line: 2, problem: 'already_listed' }],
    });
    const view = await handlers().read(at(plan.id));
    expect(view.needed).toMatchObject([{ needed: 2 }]);
  });

  it('comes from a group of the area, the living only, and from another list', async () => {
    const ids = await people(['低保甲', '低保乙', '低保丙']);
    const fact = encodeFact('group', 'minimum_living')!;
    const died = encodeFact('died_on', '2026-11-01')!;
    await things.database.write(systemActor('test'), 'test.facts', async (tx) => {
      const areaId = things.areaId();
      const rows = [
        ...ids.map((personId) => ({ personId, ...fact, until: null })),
        { personId: ids[2]!, ...died, until: null },
      ];
      await tx.db
        .insertInto('person_fact')
        .values(
          rows.map(({ personId, field, value, until }) => ({
            person_id: personId,
            area_id: areaId,
            field,
            value,
            until,
            noted_at: tx.now,
          })),
        )
        .execute();
    });
    const plan = await draft();
    const group = { from: 'group', areaCode: '410103001001', group: 'minimum_living' };
    expect(await add(plan.id, group)).toMatchObject({ added: 2, problems: [] });
    expect(await refusalOf(add(plan.id, { ...group, group: 'rich' }))).toBe('group_unknown');
    const copy = await draft();
    await add(plan.id, { from: 'names', unitName: '环卫一班', names: ['钱七'] });
    expect(await add(copy.id, { from: 'plan', planId: plan.id })).toMatchObject({ added: 3 });
    const unknown = { from: 'programme', programmeCode: 'P99', areaCode: '410103001001' };
    expect(await refusalOf(add(copy.id, unknown))).toBe('programme_unknown');
  });

  it('reads a sheet, with a report by line', async () => {
    await people(['孙有一', '孙同名', '孙同名']);
    const plan = await draft();
    const rows = [
      ['孙有一', ''],
      ['孙同名', ''],
      ['没有人', ''],
      ['', '环卫二班'],
      ['孙有一', ''],
      ['周扫街', '环卫二班'],
    ];
    const bytes = await writeSheet<string[]>({
      name: '名单',
      rows,
      columns: [
        { title: '姓名', width: 10, kind: 'text', of: (row) => row[0]! },
        { title: '单位', width: 10, kind: 'text', of: (row) => row[1]! },
      ],
    });
    const upload = (file: Buffer) =>
      handlers().addSheet({
        ...(at(plan.id) as object),
        request: { isMultipart: () => true, file: async () => ({ toBuffer: async () => file }) },
      } as never);
    const report = await upload(bytes);
    expect(report.added).toBe(2);
    expect(report.problems.map((one) => [one.line, one.problem, one.choices.length])).toEqual([
      [3, 'several_found', 2],
      [4, 'nobody_found', 0],
      [5, 'name_missing', 0],
      [6, 'twice_in_file', 0],
    ]);
    const nameless = await writeSheet({
      name: 'x',
      rows: [1],
      columns: [{ title: '编号', width: 5, kind: 'count', of: (row: number) => row }],
    });
    expect(await refusalOf(upload(nameless))).toBe('sheet_without_names');
  });

  it('shows who is on another list of the month', async () => {
    const ids = await people(['郑两份']);
    const first = await draft({ name: '第一次' });
    await add(first.id, { from: 'persons', personIds: ids });
    await submit(first.id);
    const second = await draft({ name: '第二次', onDay: '2026-11-30' });
    expect(await add(second.id, { from: 'persons', personIds: ids })).toMatchObject({
      elsewhere: 1,
    });
    const [row] = await list(second.id);
    expect(row!.elsewhere).toEqual([{ planName: '第一次', onDay: '2026-11-23', received: false }]);
    await handlers().cancel(at(first.id, { reason: '重复了' }));
  });
});
