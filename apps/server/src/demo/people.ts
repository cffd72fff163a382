import { seededRandom, type Id, type Random } from '@wennuan/basics';
import type { Area } from '../modules/place/index.ts';
import type { NewPerson } from '../modules/resident/index.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { between, inventFullName, inventIdNumber, inventTelephone, pick } from './names.ts';
import { sideBySide } from './walk.ts';
import content from '../../../../demo/requests.json' with { type: 'json' };

/** Somebody on file, as the demo's scripts know her. */
export interface Neighbour {
  personId: Id;
  name: string;
  telephone: string | null;
  bornYear: number;
  /** Her account, bound face to face; null without one. */
  account: Actor | null;
}
/** Who lives where: by area id, those with an account first. */
export type People = Map<number, Neighbour[]>;

const PERSONS_IN_ALL = 3_000;

interface Planned {
  area: Area;
  persons: NewPerson[];
  bound: number;
}

/** Opens files in every community, by its own worker, and binds the accounts of those who have one. */
export async function meetPeople(demo: Demo): Promise<People> {
  const plans = planPersons(demo);
  const progress = demo.showProgress('居民档案 · files of residents', plans.length);
  const people: People = new Map();
  await sideBySide(demo, plans, async (plan) => {
    people.set(plan.area.id, await meetCommunity(demo, plan));
    progress.to(people.size);
  });
  progress.end();
  // In the order of the plans, not in that in which the lanes came to an end.
  return new Map(plans.map(({ area }) => [area.id, people.get(area.id)!]));
}

/** The first worker of a community, or the second. */
export function workerOf(demo: Demo, area: Area, which: 'a' | 'b' = 'a'): Actor {
  return demo.staff.get(`worker-${area.code}${which}`)!;
}

function planPersons(demo: Demo): Planned[] {
  const { random, scale } = demo;
  const communities = demo.place.all().filter(({ level }) => level === 'community');
  const rich = Math.round(200 * Math.max(scale, 0.5));
  const usual = ((PERSONS_IN_ALL - 200) / (communities.length - 1)) * scale;
  let serial = 0;
  return communities.map((area, index) => {
    const count =
      index === 0
        ? rich
        : Math.max(4, between(random, Math.round(usual * 0.7), Math.round(usual * 1.3)));
    const persons = Array.from({ length: count }, (_, place) =>
      planPerson(random, area, { serial: (serial += 1), isBound: place < rich / 2 && place < 3 }),
    );
    return { area, persons, bound: index === 0 ? Math.round(rich * 0.45) : between(random, 1, 2) };
  });
}

function planPerson(
  random: Random,
  area: Area,
  { serial, isBound }: { serial: number; isBound: boolean },
): NewPerson {
  const bornYear =
    isBound || random() < 0.66 ? between(random, 1932, 1964) : between(random, 1965, 2018);
  const month = String(between(random, 1, 12)).padStart(2, '0');
  const birthDate = `${bornYear}-${month}-${String(between(random, 1, 28)).padStart(2, '0')}`;
  const idNumber = inventIdNumber(birthDate, serial % 1_000);
  const isChild = bornYear > 2011;
  const building = `${between(random, 1, 9)}号院${between(random, 1, 12)}号楼`;
  return {
    name: inventFullName(random),
    gender: serial % 2 ? 'male' : 'female',
    birthDate,
    idNumber: random() < 0.9 ? idNumber : null,
    telephone: isChild ? null : inventTelephone(serial),
    address: `${area.name}${building}${between(random, 1, 4)}单元${between(random, 1, 6)}0${between(random, 1, 4)}`,
    areaId: area.id,
    consentForm: isChild ? 'guardian' : random() < 0.8 ? 'spoken' : 'paper',
    consentNote: isChild ? '监护人当面同意建档。' : '入户时当面说明用途后同意。',
  };
}

async function meetCommunity(demo: Demo, { area, persons, bound }: Planned): Promise<Neighbour[]> {
  const worker = workerOf(demo, area);
  const ids = await demo.database.write(worker, 'resident.create_person', (tx) =>
    demo.resident.create(tx, persons),
  );
  const adults = persons
    .map((person, index) => ({ person, id: ids[index]! }))
    .filter(({ person }) => person.telephone !== null)
    .slice(0, bound);
  const accounts = await demo.database.write(systemActor('demo'), 'session.sign_in', async (tx) => {
    const accountIds = await demo.access.openResidents(
      tx,
      adults.map(({ person }) => ({ telephone: person.telephone!, homeAreaId: area.id })),
    );
    for (const accountId of accountIds) tx.touched('account', accountId);
    return await demo.access.actorsFor(tx, accountIds);
  });
  await demo.database.write(worker, 'resident.bind_account', (tx) =>
    demo.resident.bind(
      tx,
      adults.map(({ id }, index) => ({
        personId: id,
        accountId: accounts[index]!.accountId!,
        method: 'face_to_face',
      })),
    ),
  );
  const accountOf = new Map(adults.map(({ id }, index) => [id, accounts[index]!]));
  return persons
    .map((person, index) => ({
      personId: ids[index]!,
      name: person.name,
      telephone: person.telephone,
      bornYear: Number(person.birthDate!.slice(0, 4)),
      account: accountOf.get(ids[index]!) ?? null,
    }))
    .toSorted((one, other) => Number(other.account !== null) - Number(one.account !== null));
}

/** One worker's rounds: visits, fields opened with their reason, a relative declared, consent to share. */
export async function makeRounds(demo: Demo, area: Area, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const worker = workerOf(demo, area, random() < 0.7 ? 'a' : 'b');
  const { handlers } = demo.resident;
  const met = pick(random, demo.people.get(area.id)!);
  demo.moment();
  await handlers.recordVisit(
    callOf(worker, {
      body: {
        personId: met.personId,
        purpose: pick(random, ['care_check', 'care_check', 'need_registration', 'feedback']),
        visitedAt: new Date(demo.clock.now().getTime() - 1_800_000).toISOString(),
        note: pick(random, content.visitNotes),
      },
    }),
  );
  if (random() < 0.3)
    await handlers.openField(
      callOf(worker, {
        params: { personId: met.personId },
        body: { field: pick(random, ['telephone', 'address']), reason: '联系上门走访' },
      }),
    );
  if (random() < 0.08)
    await handlers.declareRelative(
      callOf(worker, { body: { personId: met.personId, relation: '表亲' } }),
    );
}
