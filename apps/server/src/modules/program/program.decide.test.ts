import { newId, Refusal, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programScene, samplePolicy, type ProgramScene } from '../../../test-support/program.ts';
import type { Actor } from '../../platform/actor.ts';
import { decideDraft, endVersion, submitDraft, tellDesk, withdrawDraft } from './program.decide.ts';
import { checkedPolicy, importPolicies, saveDraft } from './program.draft.ts';
import type { ProgramNeeds } from './program.needs.ts';

let scene: ProgramScene;
let needs: ProgramNeeds;
let department: Actor;
beforeAll(async () => {
  scene = await programScene();
  needs = {
    ...scene,
    askAboutData: scene.resident.ask,
    openQuestions: async () => [],
    countQuestions: async () => 0,
  };
  const worker = scene.actors['worker']!;
  department = {
    ...worker,
    login: 'department',
    role: 'department_officer',
    areaId: null,
    areaIds: [],
    organizationId: scene.departmentId,
  };
});
afterAll(() => scene.close());

const as = (name: string) => scene.actors[name]!;
const codeOf = (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown));
const write = <T>(actor: Actor, work: Parameters<typeof scene.database.write<T>>[2]) =>
  scene.database.write(actor, 'test.program', work).catch(codeOf) as Promise<T | string>;
const draft = (actor: Actor, change = {}, baseVersionId: Id | null = null) =>
  write(actor, (tx) =>
    saveDraft(needs, tx, {
      definition: samplePolicy(change),
      departmentId: actor.organizationId,
      baseVersionId,
    }),
  ) as Promise<{ code: string; versionId: Id }>;
const decide = (
  name: string,
  versionId: Id,
  decision: 'approve' | 'refuse' = 'approve',
  note = '',
) => write(as(name), (tx) => decideDraft(needs, tx, { versionId, decision, note }));

describe('a draft', () => {
  it('saved again is a further row, and the one on the screen must be the newest', async () => {
    const first = await draft(as('district'), { code: 'D01' });
    expect(await draft(as('district'), { code: 'D01' }, first.versionId)).toEqual(first);
    const again = { code: 'D01', cadence: 'yearly' as const };
    const second = await draft(as('district'), again, first.versionId);
    expect(second.versionId).not.toBe(first.versionId);
    expect(await draft(as('district'), { code: 'D01', cadence: 'once' }, first.versionId)).toBe(
      'busy_elsewhere',
    );
    const { rows } = await scene.owner.query(
      `select state from program_version where id = any($1) order by id`,
      [[first.versionId, second.versionId]],
    );
    expect(rows.map(({ state }) => state)).toEqual(['replaced', 'draft']);
  });

  it('that cannot be read is refused with how many problems there are', async () => {
    const wrong = { code: 'D02', criteria: { field: 'nobody', operator: 'is', value: 1 } };
    expect(await draft(as('district'), wrong as never)).toBe('definition_invalid');
  });

  it('that cannot be read is told in the reader’s language', () => {
    const said = (language: 'zh' | 'en') => {
      try {
        return checkedPolicy({ code: 'D02' }, language);
      } catch (thrown) {
        return String((thrown as Refusal).params['first']);
      }
    };
    expect(said('zh')).toMatch(/\p{Script=Han}/u);
    expect(said('en')).not.toMatch(/\p{Script=Han}/u);
  });

  it('of another department, or of charity, is not a department’s to write', async () => {
    await draft(as('district'), { code: 'D03' });
    expect(await draft(department, { code: 'D03' })).toBe('program_not_own');
    expect(await draft(department, { code: 'D04', source: 'charity' })).toBe('program_not_own');
    expect(await draft(department, { code: 'D05' })).toMatchObject({ code: 'D05' });
  });

  it('goes back when two officers save at the same moment: one of them looks again', async () => {
    const { versionId } = await draft(as('district'), { code: 'D06' });
    const saved = await Promise.all(
      (['yearly', 'once'] as const).map((cadence) =>
        draft(as('district'), { code: 'D06', cadence }, versionId),
      ),
    );
    expect(saved.filter((one) => typeof one === 'string')).toEqual(['busy_elsewhere']);
  });
});

describe('a decision', () => {
  it('of the district office puts a department’s draft in the place of what held before', async () => {
    const one = await draft(department, { code: 'E01' });
    await write(department, (tx) => submitDraft(needs, tx, one.versionId));
    await tellDesk(needs);
    expect(await decide('approver', one.versionId)).toBe('not_permitted');
    expect(await decide('district', one.versionId)).toBe('decided');
    const two = await draft(department, {
      code: 'E01',
      cadence: 'yearly',
      validFrom: '2027-01-01',
    });
    expect(await decide('district', two.versionId)).toBe('decided');
    const { rows } = await scene.owner.query(
      `select number, ends_on::text from program_version where state = 'decided'
        and program_id = (select id from program where code = 'E01') order by number`,
    );
    expect(rows).toEqual([
      { number: 1, ends_on: '2027-01-01' },
      { number: 2, ends_on: null },
    ]);
  });

  it('on charity needs two people of the federation', async () => {
    const { versionId } = await draft(as('district'), { code: 'E02', source: 'charity' });
    expect(await decide('district', versionId)).toBe('not_permitted');
    await write(as('district'), (tx) => submitDraft(needs, tx, versionId));
    expect(await draft(as('district'), { code: 'E02', source: 'charity' }, versionId)).toBe(
      'program_proposed',
    );
    expect(await decide('approver', versionId)).toBe('proposed');
    expect(await decide('approver', versionId)).toBe('approver_already_decided');
    expect(await decide('approver2', versionId)).toBe('decided');
    // The database itself keeps what nobody approved from being decided.
    await expect(
      scene.owner.query(
        `insert into program_version (id, program_id, area_id, source, definition, state, number, valid_from, drafted_at, drafted_by, decided_at)
        select $1, program_id, area_id, 'charity', definition, 'decided', 9, valid_from, now(), drafted_by, now()
        from program_version where id = $2`,
        [newId(), versionId],
      ),
    ).rejects.toMatchObject({ constraint: 'program_version_charity_approved' });
  });

  it('against it needs a reason; a draft can be taken back; an end is not in the past', async () => {
    const one = await draft(as('district'), { code: 'E03' });
    expect(await decide('district', one.versionId, 'refuse')).toBe('reason_required');
    expect(await decide('district', one.versionId, 'refuse', '资金未落实')).toBe('refused');
    const two = await draft(as('district'), { code: 'E03' });
    await write(as('district'), (tx) => withdrawDraft(needs, tx, two.versionId));
    expect(await decide('district', two.versionId)).toBe('busy_elsewhere');
    const three = await draft(as('district'), { code: 'E03' });
    await decide('district', three.versionId);
    const end = (on: string) =>
      write(as('district'), (tx) =>
        endVersion(tx, { versionId: three.versionId, on, note: '到期' }),
      );
    expect(await end('2026-11-22')).toBe('end_in_past');
    expect(await end('2026-11-30')).toBeUndefined();
    expect(await end('2026-12-30')).toBe('busy_elsewhere');
  });

  it('waits on the desk of who decides, and leaves it', async () => {
    const { versionId } = await draft(department, { code: 'E04' });
    await write(department, (tx) => submitDraft(needs, tx, versionId));
    await tellDesk(needs);
    const open = () =>
      scene.database.read(as('district'), async (tx) => {
        const rows = await tx.db
          .selectFrom('task')
          .select(['number', 'roles'])
          .where('subject_id', '=', versionId)
          .where('closed_at', 'is', null)
          .execute();
        return rows;
      });
    expect(await open()).toEqual([{ number: 'E04', roles: ['district_officer'] }]);
    await decide('district', versionId);
    await tellDesk(needs, [versionId]);
    expect(await open()).toEqual([]);
  });
});

describe('definitions', () => {
  it('come in all or none, and twice changes nothing', async () => {
    const good = [samplePolicy({ code: 'F01' }), samplePolicy({ code: 'F02' })];
    const bad = [...good, { ...samplePolicy({ code: 'F03' }), unit: 'street' }];
    const refused = await scene.program.importDecided(bad);
    expect(refused.problems).toEqual([
      expect.objectContaining({ path: '2.unit', zh: expect.stringContaining('person') }),
    ]);
    const count = async () =>
      (await scene.owner.query(`select count(*)::int as n from program where code like 'F%'`))
        .rows[0].n;
    expect(await count()).toBe(0);
    expect((await scene.program.importDecided(good)).done).toMatchObject({ added: ['F01', 'F02'] });
    expect((await scene.program.importDecided(good)).done).toMatchObject({
      unchanged: ['F01', 'F02'],
    });
    const again = await write(as('district'), (tx) =>
      importPolicies(needs, tx, { policies: good, as: 'draft' }),
    );
    expect(again).toMatchObject({ unchanged: ['F01', 'F02'] });
  });

  it('that were decided cannot be changed by anybody', async () => {
    for (const actor of [as('district'), department, as('approver')])
      await expect(
        scene.database.write(actor, 'test', (tx) =>
          sql`update program_version set definition = '{}'`.execute(tx.db),
        ),
      ).rejects.toMatchObject({ code: '42501' });
    await expect(
      scene.database.write(as('worker'), 'test', async (tx) => {
        const done = await sql`update program_version set state = 'withdrawn'`.execute(tx.db);
        expect(Number(done.numAffectedRows)).toBe(0);
      }),
    ).resolves.toBeUndefined();
  });
});
