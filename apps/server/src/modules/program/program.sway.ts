import type { Id, PlainDate } from '@wennuan/basics';
import { evaluate, type Fact, type Person, type Policy, readFacts } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import type { OpenQuestion } from './program.needs.ts';

/** What the answers to open questions could still change in the number of a programme's candidates. */
export interface Sway {
  /** Questions whose answer would change it. */
  questions: number;
  /** With every answer that lowers it, and with every one that raises it. */
  least: number;
  most: number;
}

interface Row {
  person_id: Id;
  field: number;
  value: number;
  since: PlainDate | null;
  until: PlainDate | null;
}

/**
 * For each open question the two files are reckoned as one person and as two: where the number of candidates differs, the
 * answer matters to that programme. Households are left as they are.
 */
export async function swayOf(
  tx: Scoped,
  given: { policies: readonly Policy[]; on: PlainDate; questions: readonly OpenQuestion[] },
): Promise<Map<string, Sway>> {
  const { policies, on, questions } = given;
  const ids = [...new Set(questions.flatMap(({ personA, personB }) => [personA, personB]))];
  const facts = await factsOf(tx, ids);
  const sways = new Map<string, Sway>(
    policies.map(({ code }) => [code, { questions: 0, least: 0, most: 0 }]),
  );
  for (const { personA, personB } of questions) {
    const [a, b] = [facts.get(personA) ?? [], facts.get(personB) ?? []];
    for (const policy of policies) {
      const count = (of: readonly Fact[]) =>
        Number(evaluate(policy, personWith(of), on).isCandidate);
      const change = count([...a, ...b]) - count(a) - count(b);
      if (change === 0) continue;
      const sway = sways.get(policy.code)!;
      sway.questions += 1;
      sway.least += Math.min(0, change);
      sway.most += Math.max(0, change);
    }
  }
  return sways;
}

function personWith(facts: readonly Fact[]): Person {
  return { personId: 'asked', facts, household: null };
}

async function factsOf(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, Fact[]>> {
  const rows = await tx.sql.query<Row>(
    'select person_id, field, value, since, until from person_fact where person_id = any ($1::uuid[])',
    [ids],
  );
  const byPerson = new Map<Id, Row[]>();
  for (const row of rows)
    byPerson.set(row.person_id, [...(byPerson.get(row.person_id) ?? []), row]);
  return new Map([...byPerson].map(([id, of]) => [id, readFacts(of)]));
}
