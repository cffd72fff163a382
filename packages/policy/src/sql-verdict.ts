import type { Atoms } from './atoms.ts';
import { type Criteria, type Literal, normalise } from './criteria.ts';
import type { Policy } from './definition.ts';
import { askedOf } from './evaluate.ts';
import type { Amounts } from './sql-amount.ts';
import type { Households } from './sql-household.ts';
import { anyBitSql, type BitTest, leastBits, type Test, testSql, treeSql } from './sql-tree.ts';

interface VerdictNeeds {
  policy: Policy;
  atoms: Atoms;
  households: Households;
  amounts: Amounts;
}

/** One policy over a mask: whether it holds, the bits of what of it does, and the amount. */
export interface VerdictColumns {
  holds: string;
  held: string;
  amount: string;
  /** Bits of which whoever meets it has one; null where they may have none. */
  least: readonly BitTest[] | null;
}

/** What stands for policies where there are none. */
const NOTHING_HOLDS: VerdictColumns = {
  holds: 'false',
  held: '0::bigint',
  amount: '0::bigint',
  least: null,
};

/** A policy over masks. */
export function verdictOf({ policy, atoms, households, amounts }: VerdictNeeds): VerdictColumns {
  const { tree, literals } = normalise(askedOf(policy));
  const tests = literals.map((literal) => literalTest(literal, atoms, households));
  const bits = tests.map(
    (test, place) => `case when ${testSql(test)} then ${2 ** place}::bigint else 0 end`,
  );
  return {
    holds: treeSql(tree, tests),
    held: bits.join(' + '),
    amount: amounts.ofMask(policy.benefit.formula),
    least: leastBits(tree, tests),
  };
}

function literalTest({ leaf, negated }: Literal, atoms: Atoms, households: Households): Test {
  if ('household' in leaf) return households.test({ leaf, negated }, 'kind', criteriaSql);
  return negated ? atoms.fails(leaf, 'kind') : atoms.holds(leaf, 'kind');
}

/** Criteria about one person as SQL over the mask columns of `alias`; for members of a household. */
function criteriaSql(criteria: Criteria, atoms: Atoms, alias: string): string {
  const { tree, literals } = normalise(criteria);
  const tests = literals.map(({ leaf, negated }) => {
    if ('household' in leaf) throw new Error('a household condition inside another');
    return negated ? atoms.fails(leaf, alias) : atoms.holds(leaf, alias);
  });
  return treeSql(tree, tests);
}

/**
 * The different masks, and for each the policies it meets: a row where one is met and nothing where it is not, for of twenty
 * policies a mask meets two. PostgreSQL would take a mask's twenty answers as arrays apart for longer than it decides them.
 */
export function verdicts(
  columns: readonly VerdictColumns[],
  atoms: Atoms,
  households: Households,
): string[] {
  const keys = keysOf(atoms, households).join(', ');
  const rows = columns.length === 0 ? [NOTHING_HOLDS] : columns;
  const met = rows.map(
    ({ holds, held, amount }, policy) =>
      `select ${keys}, ${policy} as policy, ${held} as held, ${amount} as amount from kind where ${holds}`,
  );
  return [
    `kind as materialized (select ${keys} from ${households.source} group by ${keys})`,
    `verdict as materialized (
  ${met.join('\n  union all\n  ')})`,
  ];
}

function keysOf(atoms: Atoms, households: Households): string[] {
  const masks = Array.from({ length: atoms.columns }, (_, column) => `m${column}`);
  return [...masks, ...households.maskColumns];
}

/** What the statement answers: of each person what she meets, of a household one of hers. */
export function results(
  policies: readonly Policy[],
  columns: readonly VerdictColumns[],
  { amounts, households }: { amounts: Amounts; households: Households },
): string {
  const numbersOf = (unit: Policy['unit']) =>
    policies.flatMap((policy, index) => (policy.unit === unit ? [index] : []));
  const [single, shared] = [numbersOf('person'), numbersOf('household')];
  const keys = keysOf(amounts.atoms, households).join(', ');
  const amount = amounts.ofPerson(policies);
  const found = `from ${households.source} everyone join verdict using (${keys})`;
  const alone = `select policy, person_id, null::uuid as household_id, ${amount} as amount, held
${found}${shared.length === 0 ? '' : ` where policy = any (array[${single.join(', ')}]::int[])`}`;
  if (shared.length === 0) return alone;
  const together = `(select distinct on (household_id, policy) policy, person_id, household_id, amount, held
from (
  select policy, everyone.person_id, coalesce(membership.household_id, everyone.person_id) as household_id,
    ${amount} as amount, held, coalesce(membership.is_head, true) as is_head
  ${found} left join membership on membership.person_id = everyone.person_id
  where policy = any (array[${shared.join(', ')}]::int[])${mayMeet(shared.map((index) => columns[index]!))}) fits
order by household_id, policy, is_head desc, person_id)`;
  return single.length === 0 ? together : `${alone}\nunion all\n${together}`;
}

/** Passes over people who cannot meet any of these, as SQL that follows another condition. */
function mayMeet(columns: readonly VerdictColumns[]): string {
  const known = columns.flatMap(({ least }) => least ?? []);
  if (columns.some(({ least }) => least === null)) return '';
  const theirs = known.map((test) => ({
    ...test,
    column: test.column.replace('kind.', 'everyone.'),
  }));
  return ` and ${anyBitSql(theirs)}`;
}
