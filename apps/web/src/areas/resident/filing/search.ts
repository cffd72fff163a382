import type { NeedKindCode } from '@wennuan/contract';

/** The pages of a filing, one question each; in the address, so that the back button is always right. */
const filingSteps = [
  'rules',
  'who',
  'what',
  'amount',
  'why',
  'where',
  'photos',
  'check',
  'done',
] as const;
export type FilingStep = (typeof filingSteps)[number];

export interface FilingSearch {
  kind?: NeedKindCode;
  step?: FilingStep;
  /** Filed for somebody else. */
  other?: boolean;
  /** On the last page: what the server answered. */
  needId?: string;
  number?: string;
  answerBy?: string;
}

/** Reads the address of the filing pages; whatever is not known is left out. */
export function readFilingSearch(search: Record<string, unknown>): FilingSearch {
  const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
  const step = filingSteps.find((known) => known === search.step);
  const kind =
    search.kind === 'micro_wish' || search.kind === 'help_request' ? search.kind : undefined;
  return {
    kind,
    step,
    other: search.other === true ? true : undefined,
    needId: text(search.needId),
    number: text(search.number),
    answerBy: text(search.answerBy),
  };
}

/** The questions of a kind in their order. A wish begins with what; a help request with its rules. */
export function stepsOf(kind: NeedKindCode, other: boolean): readonly FilingStep[] {
  const asked: FilingStep[] = ['what', 'amount', 'why', 'where', 'photos', 'check'];
  if (other) asked.unshift('who');
  if (kind === 'help_request') asked.unshift('rules');
  return asked;
}
