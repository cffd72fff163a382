import type { Atoms, Parameters } from './atoms.ts';
import type { Formula, Policy } from './definition.ts';
import type { Households } from './sql-household.ts';

/** The benefits' formulas as SQL: what follows from the mask alone is reckoned once a mask, the rest once a candidate. */
export class Amounts {
  readonly atoms: Atoms;
  private readonly parameters: Parameters;
  private readonly households: Households;
  private readonly perPerson = new Map<Formula, string>();

  constructor(needs: { atoms: Atoms; parameters: Parameters; households: Households }) {
    this.atoms = needs.atoms;
    this.parameters = needs.parameters;
    this.households = needs.households;
  }

  /** The amount over `kind`; of a formula that needs the person's own numbers, 0, and `ofPerson` has it. */
  ofMask(formula: Formula): string {
    switch (formula.kind) {
      case 'none':
        return '0::bigint';
      case 'fixed':
        return this.place(formula.amount);
      case 'times':
        return this.place(formula.amount * formula.times);
      case 'tiers':
        return this.tiers(formula);
      default:
        this.perPerson.set(formula, this.ownAmount(formula));
        return '0::bigint';
    }
  }

  /** The amount of a candidate row of `everyone join verdict`. */
  ofPerson(policies: readonly Policy[]): string {
    const arms = policies.flatMap(({ benefit }, index) => {
      const own = this.perPerson.get(benefit.formula);
      return own === undefined ? [] : [`when ${index} then ${own}`];
    });
    if (arms.length === 0) return 'verdict.amount';
    return `case policy ${arms.join(' ')} else verdict.amount end`;
  }

  private place(value: number): string {
    return this.parameters.add(value, 'bigint');
  }

  /** The highest tier that she is in. */
  private tiers(formula: Formula & { kind: 'tiers' }): string {
    const arms = Object.entries(formula.amounts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([code, amount]) => {
        const test = this.atoms.hasCode(formula.field, code, 'kind');
        return `when ${test} then ${this.place(amount)}`;
      });
    return `case ${arms.join(' ')} else ${this.place(formula.otherwise ?? 0)} end`;
  }

  private ownAmount(formula: Formula): string {
    switch (formula.kind) {
      case 'per_member': {
        const members = `everyone.${this.households.size()}`;
        const counted =
          formula.mostMembers === undefined
            ? members
            : `least(${members}, ${this.place(formula.mostMembers)})`;
        return `${this.place(formula.amount)} * ${counted}`;
      }
      case 'difference': {
        const short = `greatest(0, ${this.place(formula.lineFen)} - everyone.${this.households.number(formula.field)})`;
        const known = `case when everyone.${this.households.number(formula.field)} is null then 0 else ${short} end`;
        const times = formula.perMember ? ` * everyone.${this.households.size()}` : '';
        return this.capped(`${known}${times}`, formula.mostFen);
      }
      case 'share': {
        const value = `coalesce(everyone.${this.households.number(formula.field)}, 0)`;
        const percent = this.place(formula.percent);
        return this.capped(`(${value} * ${percent} + 50) / 100`, formula.mostFen);
      }
      case 'bands': {
        const value = `everyone.${this.households.number(formula.field)}`;
        const arms = formula.bands
          .toReversed()
          .map(
            ({ from, amount }) => `when ${value} >= ${this.place(from)} then ${this.place(amount)}`,
          );
        return `case ${arms.join(' ')} else 0 end`;
      }
      default:
        throw new Error(`${formula.kind} follows from the mask`);
    }
  }

  private capped(amount: string, most: number | undefined): string {
    return most === undefined ? `(${amount})` : `least(${amount}, ${this.place(most)})`;
  }
}
