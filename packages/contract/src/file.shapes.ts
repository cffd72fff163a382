import { z } from 'zod';
import { entitlement } from './program.shapes.ts';
import { areaCode, id, instant, plainDate } from './values.ts';

/** A name or sentence in both languages. */
export const words = z.object({ zh: z.string(), en: z.string() });

/** Facts that are as sensitive as an ID number (PIPL 28): masked in files, opened with a reason. */
export const healthFacts = [
  'disability_category',
  'disability_grade',
  'self_care',
  'illness',
  'medical_total_fen',
  'own_payment_fen',
  'bedridden',
] as const;
export const specialStatusFacts = ['child_hardship', 'woman_hardship', 'bereavement'] as const;
export const sensitiveFacts = [...healthFacts, ...specialStatusFacts] as const;

/** What a worker may note himself; what is granted or recognised by a department comes from its roster. */
export const factsByHand = [
  'died_on',
  'living_alone',
  'employment',
  'student_stage',
  'income_per_head_fen',
  ...sensitiveFacts,
] as const;

/** Who says so: a department's roster of a day, or a worker. What a login may not know of it is null. */
export const factSource = z.object({
  kind: z.enum(['roster', 'worker']),
  department: z.string().nullable(),
  roster: z.string().nullable(),
  on: plainDate,
});
const factValue = z.object({
  id: z.int(),
  /** Null while it is masked. */
  words: words.nullable(),
  since: plainDate.nullable(),
  until: plainDate.nullable(),
  isCurrent: z.boolean(),
  /** Noted by a worker beside the rosters: he may end it. */
  isNote: z.boolean(),
  source: factSource,
});
/** A field with all that is said of it; a conflict is when two sources say different things of the same day. */
export const fieldFacts = z.object({
  field: z.string(),
  title: words,
  isSensitive: z.boolean(),
  isConflict: z.boolean(),
  values: z.array(factValue),
});
/** What different sources say of who she is, side by side; masked like the rest. */
const identityClaim = z.object({
  field: z.enum(['name', 'telephone', 'id_number', 'address', 'birth_date']),
  values: z.array(z.object({ masked: z.string(), sources: z.array(factSource) })),
});

const householdMember = z.object({
  personId: id,
  /** Empty for one whom the caller may not see. */
  maskedName: z.string(),
  bornYear: z.int().nullable(),
  relation: z.string(),
  isHead: z.boolean(),
  since: plainDate.nullable(),
  until: plainDate.nullable(),
  isSelf: z.boolean(),
});
export const household = z.object({
  id,
  source: z.enum(['roster', 'hand']),
  version: z.int(),
  department: z.string().nullable(),
  members: z.array(householdMember),
});

/** Aid a person got: from the ledger, a list that a department confirmed, or by hand. */
export const aidLine = z.object({
  id: z.string(),
  at: instant,
  title: words,
  from: z.string(),
  /** Null for what is no money. */
  amountFen: z.int().nullable(),
  amountWords: z.string().nullable(),
  state: words,
});
export const moveStates = ['proposed', 'accepted', 'refused', 'withdrawn'] as const;
export const personMove = z.object({
  id,
  personId: id,
  maskedName: z.string(),
  bornYear: z.int().nullable(),
  from: z.string(),
  to: z.string(),
  state: z.enum(moveStates),
  reason: z.string(),
  proposedAt: instant,
  byName: z.string(),
  decidedAt: instant.nullable(),
  note: z.string(),
  /** What the caller may do with it now. */
  may: z.array(z.enum(['accept', 'refuse', 'withdraw'])),
});

export const exchangeLine = z.object({
  id,
  at: instant,
  kind: z.enum(['asked', 'roster_in', 'list_out']),
  /** Who received; null: the programme itself. */
  department: z.string().nullable(),
  from: z.string().nullable(),
  purpose: z.string(),
  legalBasis: z.string(),
  fields: z.array(words),
  people: z.int(),
  byName: z.string(),
});

/** What a file has beyond who she is. */
export const fileParts = z.object({
  /** `own_rosters`: a department sees what its own rosters say, and asks for the rest. */
  scope: z.enum(['whole', 'own_rosters']),
  isErased: z.boolean(),
  /** Registered community as rosters say; `name` is null for a code that no place has now. */
  registered: z.array(z.object({ code: areaCode, name: z.string().nullable() })),
  groups: z.array(factValue),
  facts: z.array(fieldFacts),
  claims: z.array(identityClaim),
  households: z.array(household),
  aid: z.array(aidLine),
  /** What every programme comes to for her, what she is entitled to first. */
  entitlements: z.array(entitlement),
  /** Staff who declared that she is their relative. */
  relatives: z.array(z.object({ name: z.string(), declaredAt: instant })),
  moves: z.array(personMove),
  exchanges: z.array(exchangeLine),
});
