import type { RouteOutput, routes } from '@wennuan/contract';
import type { Node } from './tree.ts';

export type Catalogue = RouteOutput<typeof routes.program.catalogue>;
export type FactField = Catalogue['fields'][number];
export type ProgramView = RouteOutput<typeof routes.program.read>;
export type VersionView = ProgramView['versions'][number];

export interface Both {
  zh: string;
  en: string;
}

/** A number that may not be written yet. */
type Written = number | null;

export type Formula =
  | { kind: 'none' }
  | { kind: 'fixed'; amount: Written; upTo?: boolean }
  | { kind: 'times'; amount: Written; times: Written; of: Both }
  | { kind: 'per_member'; amount: Written; mostMembers?: Written }
  | { kind: 'difference'; lineFen: Written; field: string; perMember?: boolean; mostFen?: Written }
  | { kind: 'share'; field: string; percent: Written; mostFen?: Written }
  | { kind: 'tiers'; field: string; amounts: Record<string, Written>; otherwise?: Written }
  | { kind: 'bands'; field: string; bands: { from: Written; amount: Written }[] };

/** A definition while it is being written: anything may still be missing. The server says what. */
export interface Definition {
  code: string;
  name: Both;
  source: 'statutory' | 'department' | 'charity';
  clause: Both;
  criteria: Node;
  unit: 'person' | 'household';
  benefit: { what: Both; unit: 'fen' | 'minutes' | 'times'; formula: Formula };
  cadence: 'once' | 'yearly' | 'monthly' | 'weekly' | 'on_change';
  delivery: string;
  fund: string | null;
  notice: { kind: 'none'; because?: Both } | { kind: 'paper_board'; days: Written; clause: Both };
  validFrom: string;
  validUntil: string | null;
  exclusiveWith: string[];
}

export const formulaKinds = [
  'fixed',
  'times',
  'per_member',
  'tiers',
  'bands',
  'share',
  'difference',
  'none',
] as const satisfies readonly Formula['kind'][];

const nothing: Both = { zh: '', en: '' };

/** What the editor begins with. */
export function emptyDefinition(today: string): Definition {
  return {
    code: '',
    name: nothing,
    source: 'department',
    clause: nothing,
    criteria: { all: [{ field: 'group', operator: 'one_of', value: [] }] },
    unit: 'person',
    benefit: { what: nothing, unit: 'fen', formula: { kind: 'fixed', amount: null } },
    cadence: 'monthly',
    delivery: 'cash',
    fund: null,
    notice: { kind: 'none' },
    validFrom: today,
    validUntil: null,
    exclusiveWith: [],
  };
}

/** A formula of a kind, still to be written. */
export function emptyFormula(kind: Formula['kind']): Formula {
  switch (kind) {
    case 'none':
      return { kind };
    case 'fixed':
    case 'per_member':
      return { kind, amount: null };
    case 'times':
      return { kind, amount: null, times: null, of: { zh: '次', en: 'times' } };
    case 'difference':
      return { kind, lineFen: null, field: 'income_per_head_fen' };
    case 'share':
      return { kind, field: 'own_payment_fen', percent: null, mostFen: null };
    case 'tiers':
      return { kind, field: 'disability_grade', amounts: {} };
    case 'bands':
      return { kind, field: 'own_payment_fen', bands: [{ from: null, amount: null }] };
  }
}

/** As it is sent: what has no English yet is told in Chinese, and a limit that is not written is none. */
export function complete(definition: Definition): Record<string, unknown> {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).flatMap(([key, inner]) =>
      inner === null && OPTIONAL.includes(key) ? [] : [[key, fill(inner)] as const],
    );
    const filled = Object.fromEntries(entries);
    return 'zh' in filled && filled['en'] === '' ? { ...filled, en: filled['zh'] } : filled;
  };
  return fill(definition) as Record<string, unknown>;
}

const OPTIONAL = ['mostFen', 'mostMembers', 'otherwise', 'forMonths'];
