import { type Random, seededRandom } from '@wennuan/basics';
import type { AreaNode, Cell, RosterRow } from '../../packages/linkage/src/index.ts';
import { drawPeople, type Person } from './people.ts';
import { NAME_SLIPS, NUMBER_SLIPS, slip, writeBirthDate, writeTelephone } from './slips.ts';

/** A made row and whose it is. */
export interface MadeRow {
  row: RosterRow;
  person: number;
}

/** What each made roster asks; the rest of the row is left out. */
const ROSTERS: readonly { source: string; columns: readonly (keyof RosterRow)[] }[] = [
  { source: '低保', columns: ['sex', 'street', 'area', 'address', 'telephone', 'householdNumber'] },
  { source: '残疾', columns: ['sex', 'telephone', 'address', 'certificateNumber'] },
  { source: '高龄', columns: ['sex', 'street', 'area', 'telephone'] },
  { source: '大病', columns: ['sex'] },
  { source: '学生', columns: ['birthDate', 'telephone'] },
  { source: '妇女', columns: ['sex', 'birthDate', 'area', 'telephone'] },
  { source: '职工', columns: ['telephone', 'area'] },
  { source: '优抚', columns: ['sex', 'street', 'area', 'telephone'] },
];
const HOW_MANY = [0.62, 0.87, 0.96, 0.99, 1];

/** Makes rows of rosters, seeded, with error kinds that no sample shows; the same seed gives the same rows. */
export function* makeRows(
  count: number,
  seed: number,
  areas: readonly AreaNode[],
): Generator<MadeRow> {
  const random = seededRandom(seed);
  const streets = new Map(
    areas.filter(({ level }) => level === 'street').map((area) => [area.code, area]),
  );
  const communities = areas.filter(({ level }) => level === 'community');
  const lines = new Map<string, number>();
  let made = 0;
  let number = 0;
  for (const person of drawPeople(random, { communities, streets })) {
    number++;
    for (const roster of rostersOf(random)) {
      const times = random() < 0.006 ? 2 : 1;
      for (let time = 0; time < times; time++) {
        const line = (lines.get(roster.source) ?? 0) + 1;
        lines.set(roster.source, line);
        const key = `${roster.source}#${String(line).padStart(7, '0')}`;
        yield {
          row: { key, source: roster.source, ...cellsOf(person, roster.columns, random) },
          person: number,
        };
        if (++made >= count) return;
      }
    }
  }
}

function rostersOf(random: Random): (typeof ROSTERS)[number][] {
  const chance = random();
  const count = 1 + HOW_MANY.findIndex((share) => chance <= share);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(random() * ROSTERS.length));
  return [...chosen].toSorted((a, b) => a - b).map((index) => ROSTERS[index]!);
}

function cellsOf(
  person: Person,
  columns: readonly (keyof RosterRow)[],
  random: Random,
): Partial<RosterRow> {
  const number = slip(NUMBER_SLIPS, person, { random, plain: person.number });
  const cells: Partial<Record<keyof RosterRow, Cell>> = {
    name: slip(NAME_SLIPS, person.name, { random, plain: person.name }),
  };
  const isCertificate = columns.includes('certificateNumber');
  if (isCertificate) {
    cells.certificateNumber =
      typeof number === 'string' && number.length === 18 ? `${number}43` : number;
  } else cells.idNumber = number;
  const place = placeOf(person, random);
  const values: Partial<Record<keyof RosterRow, () => Cell>> = {
    sex: () => (random() < 0.001 ? (person.sex === '男' ? '女' : '男') : person.sex),
    birthDate: () => writeBirthDate(person.birthDate, random),
    telephone: () => writeTelephone(person.telephone, random),
    street: () => place.street,
    area: () => (columns.includes('street') ? place.area : `${place.street}${place.area}`),
    address: () =>
      columns.includes('area') ? person.house : `${place.street}${place.area}${person.house}`,
    householdNumber: () => `DB${person.house.length}${person.telephone}`,
  };
  for (const column of columns) {
    const make = values[column];
    if (make) cells[column] = make();
  }
  return cells as Partial<RosterRow>;
}

function placeOf({ community, street }: Person, random: Random): { street: string; area: string } {
  const stem = community.name.replace(/(社区|村)$/, '');
  const end = community.name.slice(stem.length);
  const areas = [
    community.name,
    community.name,
    `${community.name}${end === '村' ? '村委会' : '居委会'}`,
    stem,
  ];
  const streets = [street.name, street.name, `${street.name}办事处`, `${street.name}筹备组`];
  return {
    area: areas[Math.floor(random() * areas.length)]!,
    street: street.name.endsWith('街道')
      ? streets[Math.floor(random() * streets.length)]!
      : street.name,
  };
}
