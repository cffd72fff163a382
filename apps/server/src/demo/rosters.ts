import { readdirSync, readFileSync } from 'node:fs';
import type { Id, PlainDate } from '@wennuan/basics';
import { systemActor, type Actor } from '../platform/actor.ts';
import { suspiciousDeliveries } from './findings.ts';
import { inventName } from './names.ts';
import type { Registrar } from './registry.ts';
import { DEPARTMENT_OFFICERS, signInOf } from './staff.ts';

const FOLDER = new URL('../../../../demo/rosters/', import.meta.url);
/** Beside the rosters lie the areas and what must come out; names of rosters say whose they are. */
const ROSTER = /^.+-.+\.(xlsx|csv)$/;
/** From this scale on all of them are read; a smaller demo takes the short ones. */
const WHOLE = 0.5;
const SMALL = /特困|困境儿童|火化/;
const ANSWERED = 3;

/** Reads the rosters of all departments as a department would; answers the deliveries, which wait. */
export async function readDemoRosters(registrar: Registrar, arrivesOn: PlainDate): Promise<Id[]> {
  const files = readdirSync(FOLDER)
    .filter((file) => ROSTER.test(file) && (registrar.scale >= WHOLE || SMALL.test(file)))
    .toSorted()
    .map((fileName) => ({
      fileName,
      bytes: readFileSync(new URL(encodeURIComponent(fileName), FOLDER)),
    }));
  const deliveryIds: Id[] = [];
  for (const file of [...files, ...suspiciousDeliveries(registrar, arrivesOn)])
    deliveryIds.push((await registrar.roster.read(systemActor('demo'), file)).deliveryId);
  return deliveryIds;
}

/** Brings deliveries into force, opens accounts for two departments' officers, who are answered by name, and answers questions. */
export async function takeRostersIn(
  registrar: Registrar,
  { deliveryIds, district }: { deliveryIds: readonly Id[]; district: Actor },
): Promise<[name: string, officer: Actor][]> {
  await registrar.roster.import(systemActor('demo'), deliveryIds);
  const officers = await openOfficers(registrar);
  await answerSome(registrar, district);
  return officers;
}

/** The district office has answered the likeliest questions; the others are left for whoever tries it. */
async function answerSome({ roster }: Registrar, officer: Actor): Promise<void> {
  const { items } = await roster.questions(officer, { limit: ANSWERED });
  for (const { id } of items) await roster.answer(officer, { questionId: id, word: 'same' });
}

async function openOfficers(registrar: Registrar): Promise<[string, Actor][]> {
  const { access, database, organization, random } = registrar;
  return await database.write(systemActor('demo'), 'demo.officers', async (tx) => {
    const departments = await organization.departments(
      tx,
      DEPARTMENT_OFFICERS.map(([department]) => department),
    );
    const opened = await access.openStaff(
      tx,
      DEPARTMENT_OFFICERS.map(([department, name]) => ({
        name,
        displayName: `${inventName(random)}（${department}）`,
        role: 'department_officer' as const,
        areaId: null,
        organizationId: departments.get(department)!,
        ...signInOf(name),
      })),
    );
    const officers: [string, Actor][] = [];
    for (const [index, [, name]] of DEPARTMENT_OFFICERS.entries()) {
      const { accountId } = opened[index]!;
      officers.push([name, await access.actorFor(tx, accountId, 'department_officer')]);
    }
    return officers;
  });
}
