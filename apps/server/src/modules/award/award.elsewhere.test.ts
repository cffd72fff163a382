import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { idNumberOf } from '../../../test-support/residents.ts';
import type { Actor } from '../../platform/actor.ts';
import { systemActor } from '../../platform/actor.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { readPaidLines } from './elsewhere.service.ts';

let scene: AidScene;
let officer: Actor;
const idNumber = idNumberOf('1951-03-08', '012');
beforeAll(async () => {
  scene = await aidScene();
  const departmentId = '0b9d3f0e-7a51-4c39-9a3e-111111111111';
  await scene.owner.query(
    `insert into organization (id, kind, name, public_name, created_at) values ($1, 'department', '测试残联', '测试残联', now())`,
    [departmentId],
  );
  await scene.database.write(systemActor('test'), 'test.department', (tx) =>
    scene.program.setDepartments(tx, new Map([['S01', departmentId]])),
  );
  officer = {
    ...scene.actors['auditor']!,
    login: 'department',
    role: 'department_officer',
    areaId: null,
    areaIds: [],
    organizationId: departmentId,
  };
});
afterAll(() => scene.close());

const who = (name: string) => scene.actors[name]!;
const csv = (...lines: string[]) =>
  Buffer.from(`姓名,身份证号,发放金额（元）\n${lines.join('\n')}\n`);
const send = (bytes: Buffer, actor = officer, month = '2026-10') =>
  scene.call('importPaid', actor, {
    query: { programmeCode: 'S01', month },
    request: {
      isMultipart: () => true,
      file: async () => ({ filename: '十月.csv', toBuffer: async () => bytes }),
    },
  } as never);

describe('a department’s payment list', () => {
  test('is found under banners, in either form of file, and its totals are nobody', async () => {
    const xlsx = await writeSheet({
      name: '发放表',
      columns: [
        { title: '公民身份号码', width: 20, kind: 'text', of: (row: { id: string }) => row.id },
        { title: '实发金额', width: 10, kind: 'yuan', of: () => 7_500 },
      ],
      rows: [{ id: idNumber }],
    });
    expect(await readPaidLines(xlsx, '表.xlsx')).toMatchObject([{ idNumber, amountFen: 7_500 }]);
    const banner = Buffer.from(
      `二七区残疾人补贴发放表,,\n姓名,身份证号,金额\n张三,${idNumber},¥75.00\n合计,,75\n`,
    );
    expect(await readPaidLines(banner, '表.csv')).toEqual([
      { line: 3, idNumber, name: '张三', amountFen: 7_500 },
    ]);
    expect(await refusalOf(readPaidLines(Buffer.from('一,二\n三,四\n'), '表.csv'))).toBe(
      'sheet_unreadable',
    );
    expect(await refusalOf(readPaidLines(Buffer.from(''), '表.csv'))).toBe('sheet_unreadable');
  });

  test('referred here, decided and paid there, read once; lines that fit nobody are shown', async () => {
    const { personId, account } = await scene.person({
      name: '沈玉兰',
      group: 'disabled',
      bound: true,
      idNumber,
    });
    await scene.person({ name: '韩梅', group: 'disabled' });
    const roundId = await scene.open('S01');
    const [first] = (await scene.awards(roundId)).filter((one) => one.personId === personId);
    await scene.visit(first!.id);
    expect(await refusalOf(scene.call('propose', who('street'), { params: { roundId } }))).toBe(
      'award_state_wrong',
    );
    expect(await scene.call('refer', who('street'), { params: { roundId } })).toEqual({
      referred: 1,
    });
    expect((await scene.awards(roundId, officer)).map((one) => one.state).toSorted()).toEqual([
      'candidate',
      'referred',
    ]);

    const file = csv(
      `沈玉兰,${idNumber},75`,
      '韩梅,,75.00',
      '没有这人,,75',
      `沈玉兰,${idNumber},75`,
      '韩梅,,七十五',
    );
    expect(await refusalOf(send(file, who('street')))).toBe('not_permitted');
    const read = await send(file);
    expect(read).toMatchObject({
      again: false,
      lines: 5,
      matched: 2,
      unmatched: [
        { line: 4, why: 'nobody' },
        { line: 5, why: 'twice' },
        { line: 6, why: 'amount' },
      ],
    });
    expect((await scene.awards(roundId)).map((one) => one.state)).toEqual([
      'paid_elsewhere',
      'paid_elsewhere',
    ]);
    const before = await scene.parts('S01');
    expect(before).toEqual([
      { period: '2026-10', state: 'delivered', amount: 7_500 },
      { period: '2026-10', state: 'delivered', amount: 7_500 },
    ]);
    expect(await send(file)).toMatchObject({ again: true, matched: 2 });
    // The same month in another file, and the same people: nobody has it twice.
    await send(csv(`沈玉兰,${idNumber},75`));
    expect(await scene.parts('S01')).toEqual(before);
    await send(csv(`沈玉兰,${idNumber},75`), officer, '2026-11');
    expect(await scene.parts('S01')).toHaveLength(3);
    expect((await scene.call('mine', account!)).items[0]).toMatchObject({
      state: 'paid_elsewhere',
      reviewOn: '2027-11-23',
      nextOn: '2026-12-01',
      periods: [{ period: '2026-11' }, { period: '2026-10' }],
    });
    expect((await scene.funds()).balance).toBe(1_000_000);
  });

  test('is the department’s own, and the district’s', async () => {
    const other = { ...officer, organizationId: '0b9d3f0e-7a51-4c39-9a3e-222222222222' };
    expect(await refusalOf(send(csv(`沈玉兰,${idNumber},76`), other))).toBe('not_permitted');
    expect((await scene.call('imports', other)).items).toEqual([]);
    expect((await scene.call('imports', officer)).items).toHaveLength(3);
  });

  test('two at once are read one after the other', async () => {
    const bytes = csv(`沈玉兰,${idNumber},80`);
    const both = await Promise.all([
      send(bytes, officer, '2026-09'),
      send(bytes, officer, '2026-09'),
    ]);
    expect(both.map((one) => String(one.again)).toSorted()).toEqual(['false', 'true']);
  });
});
