import { addDays, type Random } from '@wennuan/basics';
import {
  type Criteria,
  type Fact,
  type Field,
  FIELDS,
  type Formula,
  type Member,
  type Operator,
  type Person,
  type Policy,
  type Value,
} from '../src/index.ts';
import { ageOn, dateNumber, dateOfNumber } from '../src/facts.ts';

/** The day on which random people are evaluated. */
export const ON = '2026-11-01';

/** Random people, definitions and choices, all from one source of chance. */
export class Chance {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  below(count: number): number {
    return Math.floor(this.random() * count);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }

  likely(share: number): boolean {
    return this.random() < share;
  }

  /** People, two thirds of them in households of up to four. */
  people(count: number): Person[] {
    const alone = Array.from({ length: count }, (_, index) => ({
      personId: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      facts: this.facts(),
    }));
    const people: Person[] = [];
    for (let at = 0; at < count;) {
      const size = this.likely(0.3) ? 0 : 1 + this.below(4);
      const some = alone.slice(at, at + Math.max(1, size));
      const head = this.likely(0.8) ? this.below(some.length) : -1;
      const seats: Member[] = some.map((one, index) => ({ ...one, isHead: index === head }));
      people.push(...some.map((one) => ({ ...one, household: size === 0 ? null : seats })));
      at += some.length;
    }
    return people;
  }

  private facts(): Fact[] {
    if (this.likely(0.03)) return [];
    const count = 2 + this.below(12);
    return Array.from({ length: count }, () => {
      const field = this.one(FIELDS.filter(({ number }) => number !== null));
      const since = this.likely(0.5) ? null : this.dayNear();
      const until = this.likely(0.7) ? null : this.dayNear();
      return { field: field.code, value: this.stored(field), since, until };
    });
  }

  private dayNear(): string {
    return addDays(ON, this.likely(0.2) ? 0 : this.below(800) - 600);
  }

  private stored(field: Field): number {
    switch (field.type) {
      case 'code':
        return this.one([...field.values!, { number: 0 }]).number;
      case 'date':
        return this.likely(0.05)
          ? dateNumber(addDays(ON, this.below(9)))
          : dateNumber(
              `${1940 + 5 * this.below(17)}-${this.one(['11-01', '11-02', '10-31', '02-28'])}`,
            );
      case 'area':
        return Number(`41010300${1 + this.below(3)}00${1 + this.below(3)}`);
      case 'benefit':
        return Number.parseInt(`P0${1 + this.below(4)}`, 36);
      default:
        return this.one([0, 1, 5, 99, 1_000, 2_105, 2_000_000, 6_058_768]);
    }
  }

  /** A value of a definition, near what people have. */
  private value(field: Field): Value {
    const stored = this.stored(field.type === 'age' ? { ...field, type: 'date' } : field);
    if (field.type === 'code') return this.one(field.values!).code;
    if (field.type === 'age') return Math.max(0, ageOn(stored, ON) ?? 0);
    if (field.type === 'date') return dateOfNumber(stored);
    if (field.type === 'benefit') return stored.toString(36).toUpperCase();
    if (field.type !== 'area') return Math.max(0, stored);
    return String(stored).slice(0, this.one([6, 9, 12]));
  }

  private compared(operator: Operator, make: () => Value): Value | Value[] {
    if (operator === 'between') {
      const [a, b] = [make(), make()];
      return a <= b ? [a, b] : [b, a];
    }
    if (operator !== 'one_of' && operator !== 'within') return make();
    return Array.from({ length: 1 + this.below(3) }, make);
  }

  /** A tree of at most that depth. */
  criteria(depth: number, isMember = false): Criteria {
    const kind = depth === 0 ? 9 : this.below(10);
    const of = () =>
      Array.from({ length: 1 + this.below(3) }, () => this.criteria(depth - 1, isMember));
    if (kind < 2) return { all: of() };
    if (kind < 4) return { any: of() };
    if (kind === 4) return { not: this.criteria(depth - 1, isMember) };
    if (kind === 5) {
      const some = of();
      return { atLeast: 1 + this.below(some.length), of: some };
    }
    if (kind === 6 && !isMember) return this.household();
    const field = this.one(this.likely(0.4) ? FIELDS.slice(0, 4) : FIELDS);
    const operator = this.one(field.operators);
    const leaf = {
      field: field.code,
      operator,
      value: this.compared(operator, () => this.value(field)),
    };
    return this.likely(0.15) ? { ...leaf, forMonths: 1 + this.below(18) } : leaf;
  }

  private household(): Criteria {
    const operator = this.one([
      'at_least',
      'at_most',
      'is',
      'between',
      'more_than',
      'less_than',
    ] as const);
    if (this.likely(0.4)) {
      const value = this.compared(operator, () => this.one([0, 99, 2_105, 2_000_000])) as number;
      return {
        household: 'total',
        field: this.one(['own_payment_fen', 'income_per_head_fen']),
        operator,
        value,
      };
    }
    const value = this.compared(operator, () => this.below(4)) as number;
    const where = this.likely(0.7) ? { where: this.criteria(1, true) } : {};
    return { household: 'members', ...where, operator, value };
  }

  private formula(): Formula {
    const amount = 100 * (1 + this.below(50));
    const most = this.likely(0.5) ? { mostFen: 200_000 } : {};
    return this.one<Formula>([
      { kind: 'none' },
      { kind: 'fixed', amount },
      { kind: 'times', amount, times: 1 + this.below(30), of: { zh: '餐', en: 'meals' } },
      { kind: 'per_member', amount, ...(this.likely(0.5) ? { mostMembers: 2 } : {}) },
      {
        kind: 'difference',
        lineFen: 5_000,
        field: 'income_per_head_fen',
        perMember: this.likely(0.5),
        ...most,
      },
      { kind: 'share', field: 'own_payment_fen', percent: 1 + this.below(100), ...most },
      {
        kind: 'tiers',
        field: 'sex',
        amounts: { male: amount, female: 2 * amount },
        otherwise: this.below(9),
      },
      {
        kind: 'bands',
        field: 'own_payment_fen',
        bands: [
          { from: 1, amount },
          { from: 2_105, amount: 7 },
        ],
      },
    ]);
  }

  /** A definition whose code has that number. */
  policy(number: number): Policy {
    return {
      code: `Q${number}`,
      name: { zh: '随机', en: 'Random' },
      source: 'charity',
      clause: { zh: '测试', en: 'Test' },
      criteria: this.criteria(3),
      unit: this.likely(0.3) ? 'household' : 'person',
      benefit: { what: { zh: '金额', en: 'Amount' }, unit: 'fen', formula: this.formula() },
      cadence: 'monthly',
      delivery: 'cash',
      fund: null,
      notice: { kind: 'none' },
      validFrom: this.likely(0.1) ? '2026-11-02' : ON,
      validUntil: this.one([null, null, '2026-11-03', '2027-01-01']),
      exclusiveWith: this.likely(0.3) ? ['P01'] : [],
    };
  }
}
