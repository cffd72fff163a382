import { seededRandom } from '../../packages/basics/src/index.ts';
import { encodeFact } from '../../packages/policy/src/index.ts';

/** A fact row of a generated person, by the catalogue's numbers. */
export interface MadeFact {
  field: number;
  value: number;
  since: string | null;
  until: string | null;
}

export interface MadePerson {
  id: string;
  /** What is known of everybody. */
  base: MadeFact[];
  /** What rosters say. */
  rosters: MadeFact[];
  household: { id: string; isHead: boolean } | null;
}

/** Rows of a hundred of each roster in the sample, and the youngest and oldest in it. */
const GROUPS = [
  ['disabled', 232, 3, 95],
  ['elderly', 228, 80, 101],
  ['minimum_living', 163, 1, 90],
  ['serious_illness', 73, 5, 90],
  ['woman', 69, 20, 70],
  ['worker', 67, 22, 60],
  ['student', 67, 6, 22],
  ['veteran', 46, 30, 95],
  ['bereaved_family', 22, 45, 90],
  ['destitute', 16, 18, 90],
  ['child', 12, 0, 17],
] as const;
const WEIGHT = GROUPS.reduce((sum, [, weight]) => sum + weight, 0);

const SEED = 20_261_101;

/** The person of that number among so many: always the same one. */
export function madePerson(number: number): MadePerson {
  const random = seededRandom(SEED ^ Math.imul(number + 1, 0x9e3779b1));
  const below = (count: number) => Math.floor(random() * count);
  const id = idOf(number, 'a');
  const groups = new Set([pick(below(WEIGHT))]);
  while (random() < 0.18 && groups.size < 5) groups.add(pick(below(WEIGHT)));
  const [, , youngest, oldest] = [...groups][0]!;
  const year = 2026 - youngest - below(oldest - youngest + 1);
  const month = String(1 + below(12)).padStart(2, '0');
  const born = `${year}-${month}-${String(1 + below(28)).padStart(2, '0')}`;
  const base = [
    fact('born_on', born),
    fact('sex', random() < 0.5 ? 'male' : 'female'),
    fact('living_area', areaOf(below)),
    fact('registered_area', areaOf(below)),
  ];
  const rosters = [...groups].flatMap(([group]) => {
    const since = `${2010 + below(16)}-0${1 + below(9)}-01`;
    const until = random() < 0.02 ? '2026-06-01' : null;
    const rows = [fact('group', group), ...detailsOf(group, below)];
    return rows.map(({ field, value }): MadeFact => ({ field, value, since, until }));
  });
  if (random() < 0.012) rosters.push(fact('died_on', '2026-05-20'));
  const isHoused = [...groups].some(([group]) => group === 'minimum_living');
  // Neighbours by number share a household of up to four.
  const household = isHoused ? { id: idOf(number >> 2, 'b'), isHead: number % 4 === 0 } : null;
  return { id, base, rosters, household };
}

function areaOf(below: (count: number) => number): string {
  return `4101030${10 + below(6)}0${10 + below(11)}`;
}

function pick(place: number): (typeof GROUPS)[number] {
  let left = place;
  for (const group of GROUPS) {
    left -= group[1];
    if (left < 0) return group;
  }
  return GROUPS[0];
}

/** What the sample's rosters say of a person beside that she stands in them. */
function detailsOf(group: string, below: (count: number) => number): MadeFact[] {
  const one = (field: string, ...codes: string[]) => fact(field, codes[below(codes.length)]!);
  const money = (field: string, least: number, steps: number) => fact(field, least + below(steps));
  switch (group) {
    case 'minimum_living':
      return [money('household_allowance_fen', 50_000, 100_000)];
    case 'destitute':
      return [
        one('support_way', 'at_home', 'in_institution'),
        one('self_care', 'full', 'partial', 'none'),
      ];
    case 'disabled':
      return [
        one('disability_grade', 'grade_1', 'grade_2', 'grade_3', 'grade_3', 'grade_4'),
        one('disability_category', 'sight', 'hearing', 'limb', 'mind', 'mental'),
      ];
    case 'elderly':
      return [money('elderly_allowance_fen', 10_000, 20_000)];
    case 'student':
      return [
        one('student_stage', 'primary', 'junior', 'senior', 'university'),
        money('student_grant_fen', 60_000, 240_000),
      ];
    case 'child':
      return [one('child_hardship', 'orphan', 'left_behind', 'parent_in_prison', 'parent_ill')];
    case 'woman':
      return [one('woman_hardship', 'two_cancers', 'single_mother', 'disabled', 'gravely_ill')];
    case 'worker':
      return [
        one('worker_hardship', 'deep', 'relative', 'accident'),
        money('income_per_head_fen', 100_000, 150_000),
      ];
    case 'serious_illness':
      return [
        one('illness', 'cancer', 'dialysis', 'leukaemia', 'stroke'),
        money('medical_total_fen', 6_000_000, 14_000_000),
        money('own_payment_fen', 300_000, 6_000_000),
      ];
    case 'veteran':
      return [one('veteran_category', 'disabled_soldier', 'martyr_kin', 'war_participant')];
    default:
      return [one('bereavement', 'child_died', 'child_disabled')];
  }
}

function fact(field: string, value: string | number): MadeFact {
  return { ...encodeFact(field, value)!, since: null, until: null };
}

/** Ids in the order of numbers, as ids made one after another are, with a tail that looks random. */
function idOf(number: number, kind: 'a' | 'b'): string {
  const tail = (Math.imul(number + 1, 0x85ebca6b) >>> 0).toString(16).padStart(8, '0');
  const time = number.toString(16).padStart(8, '0');
  return `019a${time.slice(0, 4)}-${time.slice(4)}-7${kind}00-8000-0000${tail}`;
}
