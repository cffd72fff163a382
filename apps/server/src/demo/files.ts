import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Area } from '../modules/place/index.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import { type Demo } from './index.ts';
import { workerOf } from './people.ts';

/** What the rosters' departments may read of others', and why. */
const PURPOSES: readonly {
  department: string;
  purpose: string;
  fields: string[];
  legalBasis: string;
}[] = [
  {
    department: '民政局',
    purpose: '核定低保家庭的残疾人分类施保',
    fields: ['group', 'disability_category', 'disability_grade', 'employment'],
    legalBasis: '《社会救助暂行办法》第五十八条',
  },
  {
    department: '残联',
    purpose: '核对困难残疾人生活补贴资格',
    fields: ['group', 'household_allowance_fen', 'died_on'],
    legalBasis: '《残疾人保障法》第四十六条',
  },
];
const HOUSEHOLDS = 3;

/**
 * What workers and offices keep in files beyond rosters: purposes of departments, households by hand, what was found out on
 * a visit, a person who moved and one whose move waits, look-ups at a counter, a department that asked.
 */
export async function keepDemoFiles(demo: Demo): Promise<void> {
  await allowPurposes(demo);
  const [first, second] = demo.place.all().filter(({ level }) => level === 'community');
  const people = demo.people.get(first!.id)!.map(({ personId }) => personId);
  const worker = workerOf(demo, first!);
  await putHouseholds(demo, worker, people);
  await noteFacts(demo, worker, people);
  await moveIn(demo, first!, second!);
  await lookUp(demo, worker, first!);
  await askAcross(demo);
}

async function allowPurposes(demo: Demo): Promise<void> {
  const office = demo.staff.get('district')!;
  const year = demo.clock.now().getFullYear();
  const departments = await demo.database.write(systemActor('demo'), null, (tx) =>
    demo.organization.departments(
      tx,
      PURPOSES.map(({ department }) => department),
    ),
  );
  for (const { department, ...purpose } of PURPOSES)
    await demo.resident.purposeHandlers.add(
      callOf(office, {
        body: {
          ...purpose,
          departmentId: departments.get(department)!,
          validFrom: `${year}-01-01`,
          validUntil: `${year + 1}-12-31`,
        },
      }),
    );
}

/** Three in each of the first households: a head, a spouse and a child. */
async function putHouseholds(demo: Demo, worker: Actor, people: readonly Id[]): Promise<void> {
  await demo.database.write(worker, 'resident.create_household', async (tx) => {
    for (let order = 0; order < HOUSEHOLDS; order += 1) {
      const [head, spouse, child] = people.slice(order * 3, order * 3 + 3);
      if (!head || !spouse || !child) return;
      const [householdId] = await demo.resident.createHouseholds(tx, [
        { personId: head, since: null },
      ]);
      const member = { householdId: householdId!, since: null, version: null };
      await demo.resident.addMembers(tx, [
        { ...member, personId: spouse, relation: 'spouse' },
        { ...member, personId: child, relation: 'child' },
      ]);
    }
  });
}

async function noteFacts(demo: Demo, worker: Actor, people: readonly Id[]): Promise<void> {
  const [one, two, three] = people;
  const plain = { since: null, consentForm: null, consentNote: '' } as const;
  const sensitive = {
    ...plain,
    consentForm: 'spoken',
    consentNote: '说明用于申请帮扶后同意',
  } as const;
  const facts = [
    { ...plain, personId: one, field: 'living_alone', value: 'yes' },
    { ...plain, personId: two, field: 'income_per_head_fen', value: '860' },
    { ...sensitive, personId: three, field: 'self_care', value: 'partial' },
  ] as const;
  await demo.database.write(worker, 'resident.note_fact', (tx) =>
    demo.resident.noteFacts(
      tx,
      facts.flatMap((fact) => (fact.personId ? [{ ...fact, personId: fact.personId }] : [])),
    ),
  );
}

/** Of the second community one has moved to the first, and of another it is waited for. */
async function moveIn(demo: Demo, to: Area, from: Area): Promise<void> {
  const { fileHandlers } = demo.resident;
  const movers = demo.people.get(from.id)!.slice(-2);
  for (const [order, { personId }] of movers.entries()) {
    const { id } = await fileHandlers.proposeMove(
      callOf(workerOf(demo, from), {
        params: { personId },
        body: {
          areaCode: to.code,
          address: `${to.name}${order + 3}号院2号楼101`,
          reason: '随子女居住，已实际搬入',
        },
      }),
    );
    if (order > 0) return;
    await fileHandlers.decideMove(
      callOf(workerOf(demo, to), {
        params: { moveId: id },
        body: { decision: 'accept', note: '已上门核实' },
      }),
    );
  }
}

async function lookUp(demo: Demo, worker: Actor, area: Area): Promise<void> {
  for (const { telephone } of demo.people.get(area.id)!.slice(0, 3))
    if (telephone)
      await demo.resident.fileHandlers.lookUp(
        callOf(worker, { body: { text: telephone, purpose: 'benefit_question' } }),
      );
}

/** The federation of the disabled asks about somebody who is on two departments' rosters. */
async function askAcross(demo: Demo): Promise<void> {
  const officer = demo.staff.get('department-disabled')!;
  const { items } = await demo.resident.purposeHandlers.list(callOf(officer));
  const shared = await demo.database.read(systemActor('demo'), async (tx) => {
    const { rows } = await sql<{ id: Id }>`
      select id from person where ${officer.organizationId}::uuid = any(department_ids)
        and cardinality(department_ids) > 1 and merged_into is null
      order by id_number_sealed is null, id limit 2`.execute(tx.db);
    return rows;
  });
  for (const { id } of shared)
    await demo.resident.purposeHandlers.ask(
      callOf(officer, {
        body: { purposeId: items[0]!.id, personId: id, reason: '年度复核补贴资格' },
      }),
    );
}
