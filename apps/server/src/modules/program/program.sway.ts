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

/** An open link whose answer would change a number. */
export interface SwayingQuestion extends OpenQuestion {
  /** By how many, if the two files are one person's. */
  change: number;
}

/** What could still change the number of a programme's candidates without anybody's facts being wrong. */
export interface Sway {
  questions: SwayingQuestion[];
  /** People whose files have gaps that decide: nothing of what is asked, or a year of birth without its day. */
  gaps: number;
  /** With every answer and gap that lowers it, and with every one that raises it. */
  least: number;
  most: number;
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
      { questions: [], gaps: 0, least: 0, most: 0 },
    ]),
  );
  const asked = new Set(questions.flatMap(({ personA, personB }) => [personA, personB]));
  const facts = new Map<Id, Fact[]>();
  const normal = policies.map((policy) => ({ policy, asked: normalise(askedOf(policy)) }));
  await eachPerson(tx, ({ id, isGuessed, own }) => {
    if (asked.has(id)) facts.set(id, own);
    for (const one of normal) noteGap(sways.get(one.policy.code)!, one, { own, isGuessed, on });
  });
  for (const question of questions) {
    const pair = [question.personA, question.personB].map((id) => facts.get(id) ?? []);
    for (const policy of policies)
      noteQuestion(sways.get(policy.code)!, { question, pair }, (of) =>
        Number(evaluate(policy, personWith(of), on).isCandidate),
      );
    noteQuestion(sways.get(DEAD)!, { question, pair }, (of) => Number(isDeadInRoster(of)));
  }
  return sways;
}

function noteQuestion(
  sway: Sway,
  { question, pair }: { question: OpenQuestion; pair: readonly (readonly Fact[])[] },
  count: (of: readonly Fact[]) => number,
): void {
  const change = count(pair.flat()) - pair.reduce((sum, own) => sum + count(own), 0);
  if (change === 0) return;
  sway.questions.push({ ...question, change });
  widen(sway, change);
}

/** What is not on file, and what a day of birth could be of which only the year is known. */
function noteGap(
  sway: Sway,
  asked: { policy: Policy; asked: NormalCriteria },
  { own, isGuessed, on }: { own: readonly Fact[]; isGuessed: boolean; on: PlainDate },
): void {
  const isFound = (facts: readonly Fact[]) =>
    evaluate(asked.policy, personWith(facts), on).isCandidate;
  const change = isUnknown(asked, personWith(own), on)
    ? 1
    : isGuessed
      ? changeOf(
          isFound(own),
          ['0101', '1231'].map((day) => isFound(bornOnDay(own, day))),
        )
      : 0;
  if (change === 0) return;
  sway.gaps += 1;
  widen(sway, change);
}

function changeOf(now: boolean, others: readonly boolean[]): number {
  return others.every((other) => other === now) ? 0 : now ? -1 : 1;
}

/** The same facts with another day of the year of birth. */
function bornOnDay(facts: readonly Fact[], day: string): Fact[] {
  return facts.map((fact) =>
    fact.field === 'born_on'
      ? { ...fact, value: Math.floor(fact.value / 10_000) * 10_000 + Number(day) }
      : fact,
  );
}

function widen(sway: Sway, change: number): void {
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
  /** A birth is noted, and its day is not known. */
  is_guessed: boolean;
  field: number;
  value: number;
  since: PlainDate | null;
  until: PlainDate | null;
}

interface OnFile {
  id: Id;
  isGuessed: boolean;
  own: Fact[];
}

/** Between portions others are served. */
const ROWS_AT_ONCE = 2_000;

/** Everybody with her facts, one after another: never more than a few thousand rows in memory. */
async function eachPerson(tx: Scoped, look: (person: OnFile) => void): Promise<void> {
  await tx.sql.query(
    `declare fact no scroll cursor for
    select person_id, person.birth_date_sealed is null as is_guessed, field, value, since, until
    from person_fact join person on person.id = person_fact.person_id order by person_id`,
  );
  let own: Row[] = [];
  const done = () => {
    const [first] = own;
    if (first)
      look({
        id: first.person_id,
        isGuessed: first.is_guessed,
        own: readFacts(own.map(factOf)),
      });
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
