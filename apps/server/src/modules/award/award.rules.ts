import { dateInShanghai } from '@wennuan/basics';
import type { Criteria, Policy } from '@wennuan/policy';
import type { Proof } from './award.ts';

const CHILD_BELOW = 18;
/** Fields that tell an illness, a disability, or what befell a child or a woman. */
const SENSITIVE_FIELDS = new Set([
  'disability_category',
  'disability_grade',
  'illness',
  'medical_total_fen',
  'own_payment_fen',
  'child_hardship',
  'woman_hardship',
  'self_care',
  'bedridden',
]);
/** Groups whose name alone tells it, when everybody on the list must be in them. */
const SENSITIVE_GROUPS = new Set(['disabled', 'serious_illness', 'child', 'woman']);

interface Leaf {
  field: string;
  value: unknown;
}

/** Every comparison of a criteria tree, and those alone which everybody on the list must meet. */
function leavesOf(criteria: Criteria): { all: Leaf[]; required: Leaf[] } {
  const all: Leaf[] = [];
  const required: Leaf[] = [];
  const walk = (node: unknown, isRequired: boolean): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach((one) => walk(one, isRequired));
    const { field, value } = node as { field?: unknown; value?: unknown };
    if (typeof field === 'string') {
      all.push({ field, value });
      if (isRequired) required.push({ field, value });
      return;
    }
    for (const [key, below] of Object.entries(node)) walk(below, isRequired && key === 'all');
  };
  walk(criteria, true);
  return { all, required };
}

/**
 * True when a name on this programme's board would tell of illness, disability, violence or prison: such a
 * programme posts counts and sums only.
 */
export function isSensitive(policy: Pick<Policy, 'criteria'>): boolean {
  const { all, required } = leavesOf(policy.criteria);
  return (
    all.some(({ field }) => SENSITIVE_FIELDS.has(field)) ||
    required.some(
      ({ field, value }) =>
        field === 'group' && [value].flat().every((group) => SENSITIVE_GROUPS.has(String(group))),
    )
  );
}

/** Whether her name may stand on a paper board: the programme has one, tells nothing by it, and she is of age. */
export function mayBeNamed(
  policy: Pick<Policy, 'criteria' | 'notice'>,
  person: { bornYear: number | null },
  now: Date,
): boolean {
  if (policy.notice.kind !== 'paper_board' || isSensitive(policy)) return false;
  const year = Number(dateInShanghai(now).slice(0, 4));
  // The year alone is known in the clear: whoever may still be seventeen is not named.
  return person.bornYear !== null && year - person.bornYear > CHILD_BELOW;
}

const PAPER_OF_FIELD: Readonly<Record<string, Proof>> = {
  disability_category: 'disability_card',
  disability_grade: 'disability_card',
  household_allowance_fen: 'allowance_paper',
  support_way: 'allowance_paper',
  self_care: 'allowance_paper',
  student_stage: 'school_paper',
  student_grant_fen: 'school_paper',
  illness: 'medical_paper',
  medical_total_fen: 'medical_bill',
  own_payment_fen: 'medical_bill',
  veteran_category: 'veteran_card',
  worker_hardship: 'work_paper',
  income_per_head_fen: 'work_paper',
  employment: 'work_paper',
  bereavement: 'bereavement_paper',
  woman_hardship: 'medical_paper',
};
const PAPER_OF_GROUP: Readonly<Record<string, Proof>> = {
  minimum_living: 'allowance_paper',
  destitute: 'allowance_paper',
  disabled: 'disability_card',
  child: 'household_book',
  student: 'school_paper',
  serious_illness: 'medical_paper',
  veteran: 'veteran_card',
  worker: 'work_paper',
  bereaved_family: 'bereavement_paper',
};

/**
 * Papers a worker looks at: the ID card always, what the programme's conditions rest on where everybody must meet
 * them, the household book for a household, the bank card for cash. Seen and ticked, not photographed.
 */
export function proofsFor(
  policy: Pick<Policy, 'criteria' | 'unit' | 'delivery' | 'source'>,
): Proof[] {
  const { required } = leavesOf(policy.criteria);
  const asked = required.flatMap(({ field, value }) => {
    const paper = field === 'group' ? PAPER_OF_GROUP[String(value)] : PAPER_OF_FIELD[field];
    return paper ? [paper] : [];
  });
  return [
    ...new Set<Proof>([
      'id_card',
      ...(policy.unit === 'household' ? (['household_book'] as const) : []),
      ...asked,
      ...(policy.delivery === 'cash' && policy.source === 'charity'
        ? (['bank_card'] as const)
        : []),
    ]),
  ];
}
