import { newId, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  facts,
  programScene,
  samplePolicy,
  type ProgramScene,
} from '../../../test-support/program.ts';
import { type Actor, paymentsActor, visitor } from '../../platform/actor.ts';
import { listCards } from './program.card.ts';
import { entitlementsOf } from './program.entitlement.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { preview, whatIf } from './program.preview.ts';
import { pageOfCandidates } from './program.candidates.ts';
import { listRows } from './program.view.ts';
import { reportOn } from './program.report.ts';
import { programHandlers } from './program.routes.ts';

let scene: ProgramScene;
let needs: ProgramNeeds;
let she: Actor;
let department: Actor;
const [here, there, mine] = [newId(), newId(), newId()];
const DISABLED = facts({ group: 3, disability_grade: 1 });

beforeAll(async () => {
  scene = await programScene();
  needs = {
    ...scene,
    askAboutData: scene.resident.ask,
    openQuestions: async () => [],
    countQuestions: async () => 0,
  };
  she = await scene.signUp('19900000071');
  await scene.put([
    { personId: here, facts: DISABLED },
    { personId: there, facts: DISABLED, areaCode: '410103002001' },
    {
      personId: mine,
      facts: [...DISABLED, ...facts({ born_on: 19600101 })],
      accountId: she.accountId!,
    },
  ]);
  await scene.program.importDecided([
    samplePolicy(),
    samplePolicy({ code: 'T02', criteria: { field: 'age', operator: 'at_least', value: 80 } }),
  ]);
  await scene.owner.query(`update program set department_id = $1 where code = 'T01'`, [
    scene.departmentId,
  ]);
  await scene.program.evaluate();
  await scene.noteChanged([here, there, mine]);
  await scene.program.evaluate();
  department = {
    ...scene.actors['worker']!,
    login: 'department',
    role: 'department_officer',
    areaId: null,
    areaIds: [],
    organizationId: scene.departmentId,
  };
});
afterAll(() => scene.close());

const as = (name: string) => scene.actors[name]!;

/** People seen in a table by bare SQL, or the reason why PostgreSQL says no. */
async function seen(actor: Actor, table: string, column = 'person_id'): Promise<Id[] | 'no right'> {
  return await scene.database
    .read(actor, async (tx) => {
      const { rows } = await sql<{ id: Id }>`
        select distinct ${sql.ref(column)} as id from ${sql.table(table)} order by 1`.execute(
        tx.db,
      );
      return rows.map(({ id }) => id);
    })
    .catch((thrown: { code?: string }) => {
      if (thrown.code === '42501') return 'no right' as const;
      throw thrown;
    });
}

describe('row-level security, tried in SQL', () => {
  it('staff see candidates of their areas, a department of its programmes, she herself', async () => {
    expect(await seen(as('worker'), 'candidate')).toEqual([here, mine].toSorted());
    expect(await seen(as('worker-elsewhere'), 'candidate')).toEqual([there]);
    expect(await seen(as('district'), 'candidate')).toEqual([here, there, mine].toSorted());
    expect(await seen(department, 'candidate')).toEqual([here, there, mine].toSorted());
    expect(await seen({ ...department, organizationId: newId() }, 'candidate')).toEqual([]);
    expect(await seen(she, 'candidate')).toEqual([mine]);
  });

  it('the federation, the public and platforms see nobody', async () => {
    for (const actor of [as('federation'), as('approver'), visitor(), paymentsActor('platform')])
      for (const table of ['candidate', 'changed_person'])
        expect(await seen(actor, table), `${actor.login} ${table}`).toBe('no right');
  });

  it('sums below five stay with the offices', async () => {
    expect(await seen(visitor(), 'program_figure', 'program_id')).toEqual([]);
    expect(await seen(as('federation'), 'program_figure', 'program_id')).toHaveLength(1);
    const [card] = await scene.database.read(visitor(), (tx) => listCards(needs, tx));
    expect(card).toMatchObject({ code: 'T01', candidates: null });
  });

  it('facts come out through the reason only to her worker and herself', async () => {
    const facts = (actor: Actor, personId: Id) =>
      scene.database.read(actor, async (tx) => {
        const { rows } = await sql`select * from entitlement_facts(${personId}::uuid)`.execute(
          tx.db,
        );
        return rows.length;
      });
    expect(await facts(as('worker'), here)).toBe(2);
    expect(await facts(as('worker'), there)).toBe(0);
    expect(await facts(she, mine)).toBe(3);
    expect(await facts(she, here)).toBe(0);
    await expect(facts(department, here)).rejects.toMatchObject({ code: '42501' });
    await expect(facts(as('federation'), here)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('C-21: what the machine found can be understood', () => {
  it('and doubted: her question waits on her community’s desk for a person', async () => {
    const handlers = programHandlers(needs);
    const asked = { actor: she, params: { code: 'T02' }, body: { text: '我今年八十一了' } };
    const { id, answerBy } = await handlers.ask(asked as never);
    expect(answerBy > '2026-11-23').toBe(true);
    const tasks = await scene.database.read(as('worker'), (tx) =>
      tx.db.selectFrom('task').select(['kind', 'roles']).where('subject_id', '=', id).execute(),
    );
    expect(tasks).toEqual([{ kind: 'answer_request', roles: ['community_worker'] }]);
    const unknown = { ...asked, params: { code: 'NONE' } };
    await expect(handlers.ask(unknown as never)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a yes names what it rests on with source and date, a no what is missing', async () => {
    const [yes, no] = await scene.database.read(she, (tx) => entitlementsOf(needs, tx, mine));
    expect(yes).toMatchObject({ code: 'T01', isCandidate: true, since: '2026-11-23' });
    expect(yes!.because[0]!.sources).toEqual([
      { name: { zh: '测试残联', en: '测试残联' }, notedOn: '2026-11-23' },
    ]);
    expect(no).toMatchObject({ code: 'T02', isCandidate: false });
    expect(no!.missing[0]).toMatchObject({ state: 'unmet', seen: { zh: '66 岁' } });
  });

  it('of what is not on file a no says so, and nobody is refused', async () => {
    const items = await scene.database.read(as('worker'), (tx) => entitlementsOf(needs, tx, here));
    const no = items.find(({ code }) => code === 'T02')!;
    expect(no.missing[0]).toMatchObject({ state: 'unknown', seen: null });
    expect(items.map(({ reason }) => `${reason.zh}${reason.en}`).join()).not.toMatch(/拒绝|refus/);
  });
});

describe('numbers', () => {
  it('while a definition is written are those of a direct count', async () => {
    const found = await preview(needs, as('district'), samplePolicy({ code: 'N01' }));
    expect(found).toMatchObject({ problems: [], candidates: 3, amount: 30_000, yearly: 360_000 });
    const half = { criteria: { field: 'group', operator: 'is', value: 'disabled' } };
    const partly = await preview(needs, as('district'), half);
    expect(partly).toMatchObject({ candidates: 3, amount: null });
    expect(partly.problems.map(({ path }) => path)).toContain('code');
    expect(await preview(needs, department, half)).toMatchObject({ candidates: null });
    const wrong = { criteria: { all: [{ field: 'nobody', operator: 'is', value: 1 }] } };
    const refused = await preview(needs, as('district'), wrong);
    expect(refused.problems.map(({ path }) => path)).toContain('criteria.all.0.field');
    expect(refused).toMatchObject({ candidates: null, sentence: null });
  });

  it('of moving a threshold come by street, before anything is decided', async () => {
    const definition = samplePolicy({
      criteria: { field: 'age', operator: 'at_least', value: 80 },
    });
    const asked = { definition: { ...definition }, path: ['criteria', 'value'], value: 60 };
    const answer = await whatIf(needs, as('district'), asked);
    expect(answer.total).toMatchObject({ before: 0, after: 1, gained: 1, lost: 0 });
    expect(answer.yearlyDifference).toBe(120_000);
    expect(answer.byStreet).toMatchObject([{ area: { name: '淮河路街道' }, gained: 1 }]);
    expect(await whatIf(needs, department, asked)).toMatchObject({ byStreet: [] });
    const nowhere = await whatIf(needs, as('district'), {
      ...asked,
      path: ['criteria', 'nowhere'],
    });
    expect(nowhere).toMatchObject({ total: null, problems: [{ path: 'criteria.nowhere' }] });
  });

  it('of a report are those of the candidates, each line with its reason', async () => {
    const lines: string[] = [];
    const report = await reportOn(needs, '2026-11-23', {
      write: async (some) =>
        void lines.push(
          ...some.map(({ code, personId, reason }) => `${code} ${personId} ${reason}`),
        ),
      withSway: true,
    });
    expect(lines.map((line) => line.split(' ')[1])).toEqual([here, there, mine].toSorted());
    expect(lines[0]).toContain('符合测试补贴');
    expect(report.rows[0]).toMatchObject({ code: 'T01', candidates: 3, amount: 30_000 });
    expect(report.sway!.get('T02')).toMatchObject({ gaps: 2, least: 0, most: 2 });
  });

  it('of people stay within a worker’s area, masked, page by page', async () => {
    const page = await scene.database.read(as('district'), (tx) =>
      pageOfCandidates(needs, tx, { code: 'T01', areaCode: '410103001', limit: 1 }),
    );
    expect(page.items).toHaveLength(1);
    expect(page.next).not.toBeNull();
    const rest = await scene.database.read(as('district'), (tx) =>
      pageOfCandidates(needs, tx, {
        code: 'T01',
        areaCode: '410103001',
        limit: 5,
        after: page.next!,
      }),
    );
    expect(rest.items).toHaveLength(1);
    expect(rest.items[0]!.reason.zh).toContain('测试补贴');
    const own = await scene.database.read(department, (tx) =>
      pageOfCandidates(needs, tx, { code: 'T01', limit: 5 }),
    );
    expect(own.items).toHaveLength(3);
    expect((await scene.database.read(department, (tx) => listRows(needs, tx))).items).toHaveLength(
      2,
    );
  });
});

it('a reason tells an office nothing that is masked in her file, and herself all of it', async () => {
  const criteria = { field: 'disability_grade', operator: 'one_of', value: ['grade_1', 'grade_2'] };
  await scene.program.importDecided([samplePolicy({ code: 'T09', criteria } as never)]);
  const seenBy = async (actor: Actor, personId: Id) => {
    const items = await scene.database.read(actor, (tx) => entitlementsOf(needs, tx, personId));
    return items.find(({ code }) => code === 'T09')!.because[0]!.seen!.zh;
  };
  expect(await seenBy(as('worker'), here)).toBe('已隐去的内容');
  expect(await seenBy(she, mine)).toBe('一级');
});
