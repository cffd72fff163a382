import type { Formula } from './definition.ts';
import { findField, type FieldType } from './fields.ts';
import type { PartProblem } from './problems.ts';

const READS: Partial<Record<Formula['kind'], readonly FieldType[]>> = {
  difference: ['money'],
  share: ['money'],
  tiers: ['code'],
  bands: ['money', 'count'],
};

/** What a formula may not be: reading a field nobody has or of another type, a tier without such a value, bands out of order. */
export function checkFormula(formula: Formula): PartProblem[] {
  const types = READS[formula.kind];
  if (!types || !('field' in formula)) return [];
  const field = findField(formula.field);
  if (!field) {
    return [
      {
        path: ['field'],
        zh: `没有“${formula.field}”这个字段：谁的档案里都没有它`,
        en: `There is no field “${formula.field}”: nobody's file has it`,
      },
    ];
  }
  if (!types.includes(field.type)) {
    const words = { zh: `“${field.zh}”不能这样计算`, en: `“${field.en}” cannot be used so` };
    return [{ path: ['field'], ...words }];
  }
  if (formula.kind === 'tiers') return checkTiers(formula);
  if (formula.kind !== 'bands') return [];
  const isRising = formula.bands.every(({ from }, index, all) => {
    const before = all[index - 1];
    return before === undefined || before.from < from;
  });
  if (isRising) return [];
  return [{ path: ['bands'], zh: '各档应从低到高', en: 'Bands must rise' }];
}

function checkTiers(formula: Formula & { kind: 'tiers' }): PartProblem[] {
  const field = findField(formula.field);
  const codes = Object.keys(formula.amounts);
  if (codes.length === 0) {
    return [{ path: ['amounts'], zh: '至少要有一档', en: 'There must be at least one tier' }];
  }
  return codes
    .filter((code) => !field?.values?.some((one) => one.code === code))
    .map((code) => ({
      path: ['amounts', code],
      zh: `“${field?.zh}”没有“${code}”这个值`,
      en: `“${field?.en}” has no value “${code}”`,
    }));
}

/** What a formula needs to know about one person. */
export interface FormulaInput {
  /** The largest value of a field that holds on the day, or null. */
  largest: (field: string) => number | null;
  /** Codes of a coded field that hold on the day. */
  codes: (field: string) => readonly string[];
  members: number;
}

/**
 * The amount in the benefit's unit: whole, half up. What is not known adds nothing: a share of an unknown payment is 0,
 * the difference to an unknown income too.
 */
export function amountOf(formula: Formula, input: FormulaInput): number {
  switch (formula.kind) {
    case 'none':
      return 0;
    case 'fixed':
      return formula.amount;
    case 'times':
      return formula.amount * formula.times;
    case 'per_member':
      return formula.amount * Math.min(input.members, formula.mostMembers ?? input.members);
    case 'difference': {
      const value = input.largest(formula.field);
      const short = value === null ? 0 : Math.max(0, formula.lineFen - value);
      return Math.min(short * (formula.perMember ? input.members : 1), formula.mostFen ?? Infinity);
    }
    case 'share': {
      const value = input.largest(formula.field) ?? 0;
      const share = Math.floor((value * formula.percent + 50) / 100);
      return Math.min(share, formula.mostFen ?? Infinity);
    }
    case 'tiers': {
      const codes = input.codes(formula.field);
      const met = Object.entries(formula.amounts).filter(([code]) => codes.includes(code));
      if (met.length === 0) return formula.otherwise ?? 0;
      return Math.max(...met.map(([, amount]) => amount));
    }
    case 'bands': {
      const value = input.largest(formula.field);
      const band = value === null ? undefined : formula.bands.findLast(({ from }) => from <= value);
      return band?.amount ?? 0;
    }
  }
}
