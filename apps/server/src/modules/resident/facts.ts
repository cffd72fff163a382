import { type Id, isPlainDate, parseYuan, type PlainDate } from '@wennuan/basics';
import {
  factsByHand,
  healthFacts,
  sensitiveFacts,
  specialStatusFacts,
  type RouteInput,
  type RouteOutput,
  type routes,
} from '@wennuan/contract';
import {
  encodeFact,
  FIELDS,
  type Field,
  fieldOfNumber,
  findField,
  storedWords,
  type Words,
} from '@wennuan/policy';
import { maskBirthDate } from './masks.ts';
import { ageOn, type ConsentPurpose } from './resident.ts';

export type FactByHand = (typeof factsByHand)[number];
export type FieldFacts = RouteOutput<typeof routes.resident.readPerson>['facts'][number];
export type FactValue = FieldFacts['values'][number];
export type FactSource = FactValue['source'];
export type SensitiveField = RouteInput<typeof routes.resident.openField>['body']['field'];
type SensitiveFact = (typeof sensitiveFacts)[number];

/** A row of `person_fact` with its source. */
export interface StatedFact {
  readonly id: number;
  readonly field: number;
  readonly value: number;
  readonly departmentId: Id | null;
  readonly since: PlainDate | null;
  readonly until: PlainDate | null;
  readonly source: FactSource;
  /** Noted by a worker beside the rosters: he may end it. */
  readonly isNote: boolean;
}

/** The number that stores a field, for reading one kind of facts. */
export const FIELD_NUMBER = {
  group: findField('group')!.number!,
  bornOn: findField('born_on')!.number!,
  diedOn: findField('died_on')!.number!,
  registeredArea: findField('registered_area')!.number!,
  livingArea: findField('living_area')!.number!,
} as const;

/** Fields that the file shows in places of their own. */
const SHOWN_APART = new Set(['group', 'registered_area', 'sex']);
const GUARDIAN_BELOW_YEARS = 14;

/** True for facts of health and special status (PIPL 28). */
export function isSensitiveFact(field: string): field is SensitiveFact {
  return (sensitiveFacts as readonly string[]).includes(field);
}

/** The consent that keeping a fact needs when a worker notes it himself; null for one that is not sensitive. */
export function consentFor(field: string, birthDate: PlainDate | null, today: PlainDate) {
  if (!isSensitiveFact(field)) return null;
  const isChild = birthDate !== null && ageOn(today, birthDate) < GUARDIAN_BELOW_YEARS;
  return isChild ? 'child_data' : purposeOf(field);
}

function purposeOf(field: SensitiveFact): ConsentPurpose {
  return (healthFacts as readonly string[]).includes(field) ? 'health_data' : 'special_status';
}

/** The facts that rest on a consent, as stored numbers: what goes when it is taken back. */
export function factsResting(purpose: string): number[] {
  const fields: readonly string[] =
    purpose === 'health_data'
      ? healthFacts
      : purpose === 'special_status'
        ? specialStatusFacts
        : purpose === 'child_data'
          ? sensitiveFacts
          : [];
  return fields.map((field) => findField(field)!.number!);
}

/** True when a row says something about that day. */
export function holdsOn(
  row: { since: PlainDate | null; until: PlainDate | null },
  day: PlainDate,
): boolean {
  return (row.since === null || row.since <= day) && (row.until === null || row.until > day);
}

/** Facts of one person by field, in words; sensitive ones without. A name of an area comes from `areaName`. */
export function fieldFactsOf(
  facts: readonly StatedFact[],
  context: {
    today: PlainDate;
    areaName: (code: string) => string | null;
    /** A file: sensitive facts and the birth date masked, groups and registered area left to places of their own. */
    isMasked: boolean;
  },
): FieldFacts[] {
  const numbers = [...new Set(facts.map((fact) => fact.field))];
  return numbers
    .toSorted((one, other) => one - other)
    .flatMap((number) => {
      const field = fieldOfNumber(number);
      if (!field || (context.isMasked && SHOWN_APART.has(field.code))) return [];
      const rows = facts.filter((fact) => fact.field === number);
      const isSensitive = isSensitiveFact(field.code);
      return [
        {
          field: field.code,
          title: { zh: field.zh, en: field.en },
          isSensitive,
          isConflict: isConflict(field, rows, context.today),
          values: rows.map((fact) => ({
            ...viewFact(fact, context.today),
            words: shownWords(field, fact.value, context),
          })),
        },
      ];
    });
}

/** The words of a value as a file shows them: none for a sensitive fact, the year of a birth date. */
function shownWords(
  field: Field,
  value: number,
  { areaName, isMasked }: { areaName: (code: string) => string | null; isMasked: boolean },
): Words | null {
  if (isMasked && isSensitiveFact(field.code)) return null;
  const words = wordsOf(field, value, areaName);
  if (!isMasked || field.code !== 'born_on') return words;
  return { zh: maskBirthDate(words.zh), en: maskBirthDate(words.en) };
}

/** A fact without its words. */
export function viewFact(fact: StatedFact, today: PlainDate): Omit<FactValue, 'words'> {
  const { id, since, until, source, isNote } = fact;
  return { id, since, until, source, isNote, isCurrent: holdsOn(fact, today) };
}

/** Two sources say different things about today, of a field that has one value. */
function isConflict(field: Field, rows: readonly StatedFact[], today: PlainDate): boolean {
  const said = rows.filter((row) => holdsOn(row, today)).map((row) => row.value);
  return !field.isSet && new Set(said).size > 1;
}

/** A value as people read it; an area by its name. */
export function wordsOf(
  field: Field,
  value: number,
  areaName: (code: string) => string | null,
): Words {
  if (field.type !== 'area') return plain(storedWords(field, value));
  const name = areaName(String(value).padStart(12, '0')) ?? String(value);
  return { zh: name, en: name };
}

const plain = ({ zh, en }: Words): Words => ({ zh, en });

/** What was typed for a fact as the number that stores it, or null: listed codes, dates, yuan. */
export function readFactValue(
  code: FactByHand,
  typed: string,
): { field: number; value: number } | null {
  const field = findField(code)!;
  if (field.type === 'money') {
    const fen = parseYuan(typed);
    return fen === null ? null : encodeFact(code, fen);
  }
  if (field.type === 'date' && !isPlainDate(typed)) return null;
  return encodeFact(code, field.type === 'count' ? Number(typed) : typed);
}

/** The fields as forms need them. */
export function factFields() {
  return FIELDS.map((field) => ({
    code: field.code,
    title: { zh: field.zh, en: field.en },
    type: field.type,
    values: (field.values ?? []).map(({ code, zh, en }) => ({ code, title: { zh, en } })),
    isSensitive: isSensitiveFact(field.code),
    isByHand: (factsByHand as readonly string[]).includes(field.code),
  }));
}
