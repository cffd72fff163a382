import type { Id, PlainDate } from '@wennuan/basics';
import {
  askedOf,
  encodeFact,
  evaluate,
  type Fact,
  holdsWith,
  normalise,
  type NormalCriteria,
  type Person,
  type Policy,
  readFacts,
} from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import type { OpenQuestion } from './program.needs.ts';

/** What could still change the number of a programme's candidates without anybody's facts being wrong. */
export interface Sway {
  /** Open links whose answer would change it. */
  questions: number;
  /** With every answer that lowers it, and with every one that raises it. */
  least: number;
  most: number;
  /** People of whom something that is asked is not on file, so that nobody can say. */
  unknown: number;
}

/** Stands for the people in a cremation register who still stand in another roster. */
export const DEAD = 'DEAD_IN_ROSTERS';

interface Given {
  policies: readonly Policy[];
  on: PlainDate;
  questions: readonly OpenQuestion[];
}

/**
 * For each open link its two files are reckoned as one person and as two: where the number of candidates differs, the
 * answer matters to that programme. Beside it, of how many people too little is on file to say. Households stay as they are.
 */
export async function swayOf(tx: Scoped, given: Given): Promise<Map<string, Sway>> {
  const { policies, on, questions } = given;
  const sways = new Map<string, Sway>(
    [...policies.map(({ code }) => code), DEAD].map((code) => [
      code,
      { questions: 0, least: 0, most: 0, unknown: 0 },
    ]),
  );
  const asked = new Set(questions.flatMap(({ personA, personB }) => [personA, personB]));
  const facts = new Map<Id, Fact[]>();
  const normal = policies.map((policy) => ({ policy, asked: normalise(askedOf(policy)) }));
  await eachPerson(tx, (id, own) => {
    if (asked.has(id)) facts.set(id, own);
    for (const one of normal)
      if (isUnknown(one, personWith(own), on)) sways.get(one.policy.code)!.unknown += 1;
  });
  for (const { personA, personB } of questions) {
    const [a, b] = [facts.get(personA) ?? [], facts.get(personB) ?? []];
    for (const policy of policies)
      note(sways.get(policy.code)!, [a, b], (of) =>
        Number(evaluate(policy, personWith(of), on).isCandidate),
      );
    note(sways.get(DEAD)!, [a, b], (of) => Number(isDeadInRoster(of)));
  }
  return sways;
}

function note(
  sway: Sway,
  [a, b]: readonly [readonly Fact[], readonly Fact[]],
  count: (of: readonly Fact[]) => number,
): void {
  const change = count([...a, ...b]) - count(a) - count(b);
  if (change === 0) return;
  sway.questions += 1;
  sway.least += Math.min(0, change);
  sway.most += Math.max(0, change);
}

const isDeadInRoster = (facts: readonly Fact[]) =>
  facts.some(({ field }) => field === 'died_on') && facts.some(({ field }) => field === 'group');

/** Neither met nor known not to be: what is missing decides. */
function isUnknown(
  { policy, asked }: { policy: Policy; asked: NormalCriteria },
  person: Person,
  on: PlainDate,
): boolean {
  const { states } = evaluate(policy, person, on);
  if (!states.includes('unknown')) return false;
  const { tree } = asked;
  return (
    holdsWith(tree, (literal) => states[literal] !== 'unmet') &&
    !holdsWith(tree, (literal) => states[literal] === 'met')
  );
}

function personWith(facts: readonly Fact[]): Person {
  return { personId: 'asked', facts, household: null };
}

interface Row {
  person_id: Id;
  field: number;
  value: number;
  since: PlainDate | null;
  until: PlainDate | null;
}

const ROWS_AT_ONCE = 20_000;

/** Everybody with her facts, one after another: never more than a few thousand rows in memory. */
async function eachPerson(tx: Scoped, look: (personId: Id, facts: Fact[]) => void): Promise<void> {
  await tx.sql.query(
    `declare fact no scroll cursor for select person_id, field, value, since, until from person_fact order by person_id`,
  );
  let own: Row[] = [];
  const done = () => {
    if (own[0]) look(own[0].person_id, readFacts(own.map(factOf)));
    own = [];
  };
  for (;;) {
    const rows = await tx.sql.query<Row>(`fetch ${ROWS_AT_ONCE} from fact`);
    if (rows.length === 0) break;
    for (const row of rows) {
      if (own[0] && own[0].person_id !== row.person_id) done();
      own.push(row);
    }
  }
  done();
}

function factOf({ field, value, since, until }: Row) {
  return { field, value: Number(value), since, until };
}

/** The stored number of a field; it must be one of the catalogue. */
export function fieldNumber(code: string, example: string): number {
  return encodeFact(code, example)!.field;
}
