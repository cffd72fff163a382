import { isPlainDate } from '@wennuan/basics';
import { z } from 'zod';
import { checkCriteria } from './check-criteria.ts';
import type { Criteria } from './criteria.ts';
import { benefitNumber } from './facts.ts';
import { checkFormula } from './formula.ts';
import { type Problem, problemOf } from './problems.ts';

const words = z.strictObject({
  zh: z.string().trim().min(1).max(200),
  en: z.string().trim().min(1).max(400),
});
const fen = z.int().min(0).max(1_000_000_000);
const code = z.string().refine((text) => benefitNumber(text) !== null, {
  params: {
    zh: '代码应以大写字母开头，只含大写字母和数字，最多 10 位',
    en: 'A code begins with a capital letter and has at most 10 capital letters and digits',
  },
});
const date = z.string().refine(isPlainDate, {
  params: {
    zh: '日期应写成 2026-11-01 这样，而且历法上存在',
    en: 'A date is written like 2026-11-01 and exists',
  },
});
const fieldCode = z.string().min(1).max(60);

/** What one award comes to, in the benefit's unit. Fields it reads that have several values count with the largest. */
const formula = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('fixed'), amount: fen, upTo: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('times'),
    amount: fen,
    times: z.int().min(1).max(366),
    of: words,
  }),
  z.strictObject({
    kind: z.literal('per_member'),
    amount: fen,
    mostMembers: z.int().min(1).max(50).optional(),
  }),
  z.strictObject({
    kind: z.literal('difference'),
    lineFen: fen,
    field: fieldCode,
    perMember: z.boolean().optional(),
    mostFen: fen.optional(),
  }),
  z.strictObject({
    kind: z.literal('share'),
    field: fieldCode,
    percent: z.int().min(1).max(100),
    mostFen: fen.optional(),
  }),
  z.strictObject({
    kind: z.literal('tiers'),
    field: fieldCode,
    amounts: z.record(z.string(), fen),
    otherwise: fen.optional(),
  }),
  z.strictObject({
    kind: z.literal('bands'),
    field: fieldCode,
    bands: z
      .array(z.strictObject({ from: z.int().min(0), amount: fen }))
      .min(1)
      .max(20),
  }),
]);

const criteria = z.unknown().superRefine((tree, context) => {
  for (const { path, zh, en } of checkCriteria(tree)) {
    context.addIssue({ code: 'custom', path: [...path], message: en, params: { zh, en } });
  }
});

const notice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), because: words.optional() }),
  z.strictObject({ kind: z.literal('paper_board'), days: z.int().min(1).max(60), clause: words }),
]);

const policySchema = z
  .strictObject({
    code,
    name: words,
    source: z.enum(['statutory', 'department', 'charity']),
    /** What the policy rests on, cited in every reason. */
    clause: words,
    criteria,
    /** Once a household: one of its members who meets the criteria gets it, the head before others. */
    unit: z.enum(['person', 'household']),
    benefit: z.strictObject({
      what: words,
      /** What the amount counts. */
      unit: z.enum(['fen', 'minutes', 'times']),
      formula,
    }),
    cadence: z.enum(['once', 'yearly', 'monthly', 'weekly', 'on_change']),
    delivery: z.enum([
      'cash',
      'voucher',
      'meal_card',
      'health_check',
      'service',
      'volunteer_hours',
      'visit',
      'goods',
    ]),
    /** Code of the fund that pays; null where no fund of the federation does. */
    fund: z.string().min(1).max(60).nullable(),
    notice,
    validFrom: date,
    /** The first day on which it no longer holds; null: open. */
    validUntil: date.nullable(),
    /** Programmes whose benefit she must not be receiving. */
    exclusiveWith: z.array(code).max(20).default([]),
  })
  .superRefine((policy, context) => {
    const refuse = (path: (string | number)[], zh: string, en: string) =>
      context.addIssue({ code: 'custom', path, message: en, params: { zh, en } });
    if (policy.validUntil !== null && policy.validUntil <= policy.validFrom) {
      refuse(['validUntil'], '失效日期应晚于生效日期', 'It must end after it begins');
    }
    if (policy.exclusiveWith.includes(policy.code)) {
      refuse(['exclusiveWith'], '不能与自己互斥', 'It cannot exclude itself');
    }
    for (const { path, zh, en } of checkFormula(policy.benefit.formula)) {
      refuse(['benefit', 'formula', ...path], zh, en);
    }
  });

/** A policy as data. */
export type Policy = Omit<z.infer<typeof policySchema>, 'criteria'> & { criteria: Criteria };
export type Formula = z.infer<typeof formula>;

export type Reading = { policy: Policy; problems: [] } | { policy: null; problems: Problem[] };

/** Reads one definition. Refuses with every problem at once: where (a path) and a sentence in Chinese and English. */
export function readPolicy(input: unknown): Reading {
  const result = policySchema.safeParse(input, { reportInput: true });
  if (result.success) return { policy: result.data as Policy, problems: [] };
  return { policy: null, problems: result.error.issues.map(problemOf) };
}

/** Reads a file of definitions; also refuses a code that stands twice. */
export function readPolicies(
  input: unknown,
): { policies: Policy[]; problems: [] } | { policies: null; problems: Problem[] } {
  if (!Array.isArray(input)) {
    const words = { zh: '文件应是一个政策列表', en: 'The file must be a list of policies' };
    return { policies: null, problems: [{ path: '', ...words }] };
  }
  const readings = input.map(readPolicy);
  const problems = readings.flatMap(({ problems: found }, index) =>
    found.map((one) => ({ ...one, path: one.path ? `${index}.${one.path}` : `${index}` })),
  );
  const policies = readings.flatMap(({ policy }) => policy ?? []);
  const seen = new Set<string>();
  for (const [index, { policy }] of readings.entries()) {
    if (policy === null) continue;
    if (seen.has(policy.code)) {
      const words = {
        zh: `代码 ${policy.code} 出现了两次`,
        en: `The code ${policy.code} stands twice`,
      };
      problems.push({ path: `${index}.code`, ...words });
    }
    seen.add(policy.code);
  }
  return problems.length > 0 ? { policies: null, problems } : { policies, problems: [] };
}
