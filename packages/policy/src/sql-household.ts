import type { Atoms, Parameters } from './atoms.ts';
import { type Criteria, type HouseholdMembers, type HouseholdTotal, rangeOf } from './criteria.ts';
import { storedNumber } from './facts.ts';

type HouseholdLeaf = HouseholdMembers | HouseholdTotal;
type CriteriaSql = (criteria: Criteria, atoms: Atoms, alias: string) => string;

/**
 * What policies ask about households, as SQL: members who meet something are counted, amounts added up, both compared,
 * one bit each in the column `hm`. Nothing of it stands in a statement whose policies do not ask.
 */
export class Households {
  private readonly atoms: Atoms;
  private readonly parameters: Parameters;
  private readonly day: string;
  private readonly counts: string[] = [];
  private readonly tests: string[] = [];
  private readonly fields: number[] = [];
  private readonly totals: number[] = [];
  private asksSize = false;

  constructor(needs: { atoms: Atoms; parameters: Parameters; day: string }) {
    this.atoms = needs.atoms;
    this.parameters = needs.parameters;
    this.day = needs.day;
  }

  /** Whether anything about households decides who gets what. */
  get isUsed(): boolean {
    return this.tests.length > 0 || this.asksSize;
  }

  /** The name of what has one row a person. */
  get source(): string {
    return this.isUsed ? 'everyone_home' : 'pivot';
  }

  get maskColumns(): string[] {
    return this.tests.length === 0 ? [] : ['hm'];
  }

  /** Aggregates of the pivot: the largest value of each field that is added up or reckoned with. */
  get numberColumns(): string[] {
    return this.fields.map(
      (field, index) => `max(case when field = ${field} then greatest(value, 0) end) as n${index}`,
    );
  }

  /** Stored numbers of the fields that are added up or reckoned with. */
  get numberFields(): readonly number[] {
    return this.fields;
  }

  /** The column with the largest value of a field; null in it: not known. */
  number(fieldCode: string): string {
    const field = storedNumber(fieldCode);
    const index = this.fields.indexOf(field);
    return `n${index >= 0 ? index : this.fields.push(field) - 1}`;
  }

  /** The column with the number of members. */
  size(): string {
    this.asksSize = true;
    return 'members';
  }

  /** A household condition as SQL over the masks of `alias`. */
  test(
    literal: { leaf: HouseholdLeaf; negated: boolean },
    alias: string,
    sql: CriteriaSql,
  ): string {
    const { leaf, negated } = literal;
    const value = leaf.household === 'total' ? this.total(leaf.field) : this.count(leaf, sql);
    const ends = Array.isArray(leaf.value) ? (leaf.value as number[]) : [leaf.value as number];
    const range = this.between(value, rangeOf(leaf.operator, ends));
    const test = negated ? `not (${range})` : range;
    const known = this.tests.indexOf(test);
    const index = known >= 0 ? known : this.tests.push(test) - 1;
    return `(${alias}.hm & ${1n << BigInt(index)}::bigint <> 0)`;
  }

  private between(value: string, [from, to]: readonly [number, number]): string {
    const low = from === -Infinity ? [] : [`${value} >= ${this.parameters.add(from, 'bigint')}`];
    const high = to === Infinity ? [] : [`${value} <= ${this.parameters.add(to, 'bigint')}`];
    return [...low, ...high].join(' and ');
  }

  private count(leaf: HouseholdMembers, sql: CriteriaSql): string {
    if (leaf.where === undefined) return this.size();
    const test = sql(leaf.where, this.atoms, 'pivot');
    const known = this.counts.indexOf(test);
    return `c${known >= 0 ? known : this.counts.push(test) - 1}`;
  }

  private total(field: string): string {
    const index = Number(this.number(field).slice(1));
    if (!this.totals.includes(index)) this.totals.push(index);
    return `t${index}`;
  }

  /** What is read of a member; one of whom nothing is on file has empty masks, not unknown ones. */
  private memberColumns(): string {
    const masks = Array.from(
      { length: this.atoms.columns },
      (_, column) => `coalesce(pivot.m${column}, 0) as m${column}`,
    );
    return [...masks, ...this.totals.map((index) => `pivot.n${index}`)].join(', ');
  }

  /**
   * Who is of which household on the day, `membership` of everybody where it is not made yet. Of somebody in two, figures count
   * the one with the lower id (`home`); a benefit that comes once a household looks at each.
   */
  home(ofEverybody: boolean): string[] {
    const membership = `membership as not materialized (
  select person_id, household_id, is_head from household_member
  where (since is null or since <= ${this.day}) and (until is null or until > ${this.day}))`;
    const home = `home as materialized (
  select distinct on (person_id) person_id, household_id, is_head from membership
  order by person_id, household_id)`;
    return [...(ofEverybody ? [membership] : []), ...(this.isUsed ? [home] : [])];
  }

  /** The common table expressions that put household figures beside every person; none where none is asked. */
  everyone(): string[] {
    if (!this.isUsed) return [];
    const counted = this.counts.map((test, index) => ({
      many: `count(*) filter (where ${test}) as c${index}`,
      one: `coalesce(household.c${index}, (${test})::int) as c${index}`,
    }));
    const added = this.totals.map((index) => ({
      many: `sum(pivot.n${index})::bigint as t${index}`,
      one: `coalesce(household.t${index}, pivot.n${index}) as t${index}`,
    }));
    const figures = [...counted, ...added];
    const bits = this.tests.map(
      (test, index) => `case when ${test} then ${1n << BigInt(index)}::bigint else 0 end`,
    );
    const mask = bits.length === 0 ? '' : `, ${bits.join(' + ')} as hm`;
    return [
      `household as materialized (
  select ${['household_id', 'count(*) as members', ...figures.map(({ many }) => many)].join(', ')}
  from (
    select home.household_id, ${this.memberColumns()}
    from home left join pivot on pivot.person_id = home.person_id) pivot
  group by household_id)`,
      `everyone_home as materialized (
  select *${mask} from (
    select ${['pivot.*', 'coalesce(household.members, 1) as members', ...figures.map(({ one }) => one)].join(', ')}
    from pivot left join home on home.person_id = pivot.person_id
    left join household on household.household_id = home.household_id) figures)`,
    ];
  }
}
