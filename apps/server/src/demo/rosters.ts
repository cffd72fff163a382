import { readdirSync, readFileSync } from 'node:fs';
import type { PlainDate } from '@wennuan/basics';
import { systemActor } from '../platform/actor.ts';
import { suspiciousDeliveries } from './findings.ts';
import { inventName } from './names.ts';
import type { Demo } from './index.ts';

const FOLDER = new URL('../../../../demo/rosters/', import.meta.url);
/** Beside the rosters lie the areas and what must come out; names of rosters say whose they are. */
const ROSTER = /^.+-.+\.(xlsx|csv)$/;
/** From this scale on all of them are read; a smaller demo takes the short ones. */
const WHOLE = 0.5;
const SMALL = /特困|困境儿童|火化/;
const ANSWERED = 3;
const OFFICERS: readonly [department: string, name: string][] = [
  ['民政局', 'department-civil-affairs'],
  ['残联', 'department-disabled'],
];

/** Imports the rosters of all departments as a department would, and opens accounts for two departments' officers. */
export async function importDemoRosters(demo: Demo, arrivesOn: PlainDate): Promise<void> {
  const files = readdirSync(FOLDER)
    .filter((file) => ROSTER.test(file) && (demo.scale >= WHOLE || SMALL.test(file)))
    .toSorted();
  const progress = demo.showProgress('各部门名册 · rosters', files.length + 1);
  const actor = systemActor('demo');
  const deliveryIds: string[] = [];
  for (const [index, fileName] of files.entries()) {
    const bytes = readFileSync(new URL(encodeURIComponent(fileName), FOLDER));
    deliveryIds.push((await demo.roster.read(actor, { fileName, bytes })).deliveryId);
    progress.to(index + 1);
  }
  for (const delivery of suspiciousDeliveries(demo, arrivesOn))
    deliveryIds.push((await demo.roster.read(actor, delivery)).deliveryId);
  await demo.roster.import(actor, deliveryIds);
  await openOfficers(demo);
  await answerSome(demo);
  progress.end();
}

/** The district office has answered the likeliest questions; the others are left for whoever tries it. */
async function answerSome(demo: Demo): Promise<void> {
  const officer = demo.staff.get('district')!;
  const { items } = await demo.roster.questions(officer, { limit: ANSWERED });
  for (const { id } of items) await demo.roster.answer(officer, { questionId: id, word: 'same' });
}

async function openOfficers(demo: Demo): Promise<void> {
  await demo.database.write(systemActor('demo'), 'demo.officers', async (tx) => {
    const departments = await demo.organization.departments(
      tx,
      OFFICERS.map(([department]) => department),
    );
    const opened = await demo.access.openStaff(
      tx,
      OFFICERS.map(([department, name]) => ({
        name,
        displayName: `${inventName(demo.random)}（${department}）`,
        role: 'department_officer' as const,
        areaId: null,
        organizationId: departments.get(department)!,
        ...demo.signIn(name),
      })),
    );
    for (const [index, [, name]] of OFFICERS.entries())
      demo.staff.set(
        name,
        await demo.access.actorFor(tx, opened[index]!.accountId, 'department_officer'),
      );
  });
}

/** Sign-in names of the departments' officers. */
export const DEPARTMENT_OFFICERS: readonly string[] = OFFICERS.map(([, name]) => name);
