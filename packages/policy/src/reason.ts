import type { PlainDate } from '@wennuan/basics';
import {
  holdsWith,
  type Leaf,
  type Literal,
  type Normal,
  type NormalCriteria,
  normalise,
} from './criteria.ts';
import type { Policy } from './definition.ts';
import {
  askedOf,
  isInForce,
  type Person,
  type State,
  valuesSeen,
  type Verdict,
} from './evaluate.ts';
import { getField } from './fields.ts';
import type { Words } from './values.ts';
import { leafWords, storedWords } from './words.ts';

/** One condition of an answer: what is asked, how it stands, what is on file. */
export interface Clause {
  /** The field that the condition reads; null for one about the household. */
  field: string | null;
  asked: Words;
  state: State;
  /** What is on file about it; null: nothing, or not looked up. */
  seen: Words | null;
}

/** Why somebody gets something or not. */
export interface Reason extends Words {
  isCandidate: boolean;
  /** For a yes: what it rests on. Empty for a no. */
  because: readonly Clause[];
  /** For a no: the fewest conditions that would have to stand otherwise for a yes. Empty for a yes. */
  missing: readonly Clause[];
}

/** The reason for one person's verdict, with what is on file. */
export function explain(policy: Policy, verdict: Verdict, person: Person, on: PlainDate): Reason {
  return explainMasked(policy, verdict, { person, on, hidden: new Set() });
}

/** The same for somebody who must not read what is on file of the `hidden` fields; how each condition stands stays. */
export function explainMasked(
  policy: Policy,
  verdict: Verdict,
  { person, on, hidden }: { person: Person; on: PlainDate; hidden: ReadonlySet<string> },
): Reason {
  const normal = normalise(askedOf(policy));
  const clauseOf = (index: number): Clause => {
    const literal = normal.literals[index]!;
    const { leaf, negated } = literal;
    const known = seenWords(literal, person, on);
    const seen = known && hidden.has(fieldOf(leaf) ?? '') ? MASKED : known;
    const state = verdict.states[index]!;
    return { field: fieldOf(leaf), asked: leafWords(leaf, negated), state, seen };
  };
  const holds = (index: number) => verdict.states[index] === 'met';
  const reason = reasonOf({ policy, normal, holds, clauseOf, on });
  const hasNothing = !reason.isCandidate ? false : !verdict.isCandidate && verdict.isInForce;
  return hasNothing ? nothingOnFile(policy, reason) : reason;
}

/** The reason for a candidate from the bits of the result alone; without what is on file. */
export function explainHeld(policy: Policy, held: number, on: PlainDate): Reason {
  const normal = normalise(askedOf(policy));
  const holds = (index: number) => Math.floor(held / 2 ** index) % 2 === 1;
  const clauseOf = (index: number): Clause => {
    const { leaf, negated } = normal.literals[index]!;
    const state = holds(index) ? 'met' : 'unmet';
    return { field: fieldOf(leaf), asked: leafWords(leaf, negated), state, seen: null };
  };
  return reasonOf({ policy, normal, holds, clauseOf, on });
}

const MASKED: Words = { zh: '已隐去的内容', en: 'masked' };

function fieldOf(leaf: Leaf): string | null {
  return 'household' in leaf ? null : leaf.field;
}

interface Asked {
  policy: Policy;
  normal: NormalCriteria;
  holds: (literal: number) => boolean;
  clauseOf: (literal: number) => Clause;
  on: PlainDate;
}

function reasonOf({ policy, normal, holds, clauseOf, on }: Asked): Reason {
  const { name, clause } = policy;
  if (!isInForce(policy, on)) {
    return {
      isCandidate: false,
      because: [],
      missing: [],
      zh: `${name.zh}在 ${on} 没有施行（${policy.validFrom} 起${policy.validUntil === null ? '' : `，${policy.validUntil} 止`}）。`,
      en: `${name.en} is not in force on ${on} (from ${policy.validFrom}${policy.validUntil === null ? '' : ` until ${policy.validUntil}`}).`,
    };
  }
  if (holdsWith(normal.tree, holds)) {
    const because = supporting(normal.tree, holds).filter((index) => !isImplied(normal, index));
    const clauses = because.map(clauseOf);
    return {
      isCandidate: true,
      because: clauses,
      missing: [],
      zh: `符合${name.zh}：${clauses.map(metZh).join('；')}。依据：${clause.zh}。`,
      en: `Meets ${name.en}: ${clauses.map(metEn).join('; ')}. By: ${clause.en}.`,
    };
  }
  const missing = smallestChange(normal, holds).map(clauseOf);
  return {
    isCandidate: false,
    because: [],
    missing,
    zh: `不符合${name.zh}：${missing.map(unmetZh).join('；')}。依据：${clause.zh}。`,
    en: `Does not meet ${name.en}: ${missing.map(unmetEn).join('; ')}. By: ${clause.en}.`,
  };
}

function nothingOnFile(policy: Policy, reason: Reason): Reason {
  return {
    ...reason,
    isCandidate: false,
    because: [],
    zh: `不符合${policy.name.zh}：当天档案中没有任何有效记录。依据：${policy.clause.zh}。`,
    en: `Does not meet ${policy.name.en}: nothing on file holds on that day. By: ${policy.clause.en}.`,
  };
}

/** Being alive, and not receiving what is excluded, go without saying in a yes. */
function isImplied(normal: NormalCriteria, index: number): boolean {
  const { leaf, negated } = normal.literals[index]!;
  return negated && 'field' in leaf && (leaf.field === 'died_on' || leaf.field === 'benefit');
}

/** Literals that make a tree hold: of each choice the first branches that do. */
function supporting(tree: Normal, holds: (literal: number) => boolean): number[] {
  if (tree.kind === 'literal') return [tree.index];
  const met = tree.of.filter((part) => holdsWith(part, holds));
  return [...new Set(met.slice(0, tree.least).flatMap((part) => supporting(part, holds)))];
}

/** Beyond so many different unmet conditions the answer is sufficient, and smallest but for conditions named twice. */
const SEARCHED_MAX = 12;

/**
 * The fewest literals that would have to hold for the tree to hold, the first such set in order of writing. Literals that
 * say the same change together and count once.
 */
export function smallestChange(
  { tree, literals }: NormalCriteria,
  holds: (literal: number) => boolean,
): number[] {
  const keyOf = (index: number) => literals[index]!.key;
  const rough = cheapest(tree, holds, keyOf);
  const firsts = new Map<string, number>();
  for (let index = literals.length - 1; index >= 0; index -= 1) {
    if (!holds(index)) firsts.set(keyOf(index), index);
  }
  const unmet = [...firsts.values()].toSorted((a, b) => a - b);
  if (unmet.length > SEARCHED_MAX) return rough;
  for (let size = 1; size < rough.length; size += 1) {
    const found = subsets(unmet, size).find((set) => {
      const keys = new Set(set.map(keyOf));
      return holdsWith(tree, (index) => holds(index) || keys.has(keyOf(index)));
    });
    if (found) return found;
  }
  return rough;
}

/** For each choice the branches that need least. */
function cheapest(
  tree: Normal,
  holds: (literal: number) => boolean,
  keyOf: (index: number) => string,
): number[] {
  if (tree.kind === 'literal') return holds(tree.index) ? [] : [tree.index];
  const of = tree.of.map((part) => cheapest(part, holds, keyOf));
  const best = of.toSorted((a, b) => a.length - b.length).slice(0, tree.least);
  const byKey = new Map(best.flat().map((index) => [keyOf(index), index]));
  return [...byKey.values()].toSorted((a, b) => a - b);
}

/** Every set of that size, in order. */
function subsets(of: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return of.flatMap((first, place) =>
    subsets(of.slice(place + 1), size - 1).map((rest) => [first, ...rest]),
  );
}

function seenWords({ leaf }: Literal, person: Person, on: PlainDate): Words | null {
  if ('household' in leaf) return null;
  const field = getField(leaf.field);
  const values = valuesSeen(leaf.field, person.facts, on);
  const words = [...new Set(values.map(({ value }) => value))].map((value) =>
    storedWords(field, value),
  );
  if (words.length === 0) return null;
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
}

const metZh = ({ asked, seen }: Clause) => (seen ? `${asked.zh}（档案：${seen.zh}）` : asked.zh);
const metEn = ({ asked, seen }: Clause) => (seen ? `${asked.en} (on file: ${seen.en})` : asked.en);

function unmetZh({ asked, state, seen }: Clause): string {
  if (state === 'unknown') return `要求${asked.zh}，档案中没有这一项`;
  return seen ? `要求${asked.zh}，档案为${seen.zh}` : `要求${asked.zh}，现不具备`;
}

function unmetEn({ asked, state, seen }: Clause): string {
  if (state === 'unknown') return `asks for ${asked.en}, and nothing is on file`;
  return seen
    ? `asks for ${asked.en}; on file: ${seen.en}`
    : `asks for ${asked.en}, which is not so`;
}
