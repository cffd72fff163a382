import { addDays, dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import { normaliseIdNumber, readIdNumber, type Gender } from './id-number.ts';

export type ConsentForm = 'own_account' | 'spoken' | 'paper' | 'guardian' | 'not_possible';
export type ConsentPurpose =
  | 'need_handling'
  | 'visit_record'
  | 'share_with_federation'
  | 'award'
  | 'health_data'
  | 'special_status'
  | 'child_data'
  | 'story_public'
  | 'face_public';
export type IdentityField = 'name' | 'telephone' | 'id_number' | 'address' | 'birth_date';
export type VisitPurpose = 'need_registration' | 'verification' | 'care_check' | 'feedback';
export type BindingMethod = 'face_to_face' | 'id_check';
export type RequestKind = 'correct' | 'delete' | 'explain' | 'transfer';
/** Why the federation may see a person. */
export type ShareBasis = 'consent' | 'proposal';

/** Below this age a guardian consents (PIPL 31). */
const GUARDIAN_BELOW_YEARS = 14;
/** Days in which a person answers a request about one's own data. */
export const ANSWER_DAYS = 15;
/** Fewer letters than this are no reason. */
const REASON_LEAST_LETTERS = 2;

/** What a worker writes down of a person. */
export interface NewPerson {
  readonly name: string;
  readonly gender: Gender;
  readonly birthDate: PlainDate | null;
  readonly idNumber: string | null;
  readonly telephone: string | null;
  readonly address: string;
  readonly areaId: number;
  readonly consentForm: ConsentForm;
  readonly consentNote: string;
}

/** The personal facts of a person, checked and as they are kept. */
export interface Identity {
  readonly name: string;
  readonly gender: Gender;
  readonly birthDate: PlainDate | null;
  readonly idNumber: string | null;
  readonly telephone: string | null;
  readonly address: string | null;
}

/**
 * Checks what was written down and fills in what the ID number says. `telephoneKey` normalises a
 * number or refuses. Refuses `id_number_invalid` (also when it contradicts date or gender),
 * `born_in_future`.
 */
export function checkIdentity(
  person: NewPerson,
  now: Date,
  telephoneKey: (typed: string) => string,
): Identity {
  const idNumber = normaliseIdNumber(person.idNumber);
  const facts = idNumber === null ? null : readIdNumber(idNumber);
  const contradicts =
    facts !== null &&
    ((person.birthDate !== null && person.birthDate !== facts.birthDate) ||
      (person.gender !== 'unknown' && person.gender !== facts.gender));
  if ((idNumber !== null && facts === null) || contradicts)
    throw new Refusal('id_number_invalid', {}, 'idNumber');
  const birthDate = person.birthDate ?? facts?.birthDate ?? null;
  if (birthDate !== null && birthDate > dateInShanghai(now))
    throw new Refusal('born_in_future', {}, person.birthDate ? 'birthDate' : 'idNumber');
  return {
    name: person.name.trim(),
    gender: facts?.gender ?? person.gender,
    birthDate,
    idNumber,
    telephone: person.telephone?.trim() ? telephoneKey(person.telephone) : null,
    address: person.address.trim() || null,
  };
}

/** Whole years of age on a date. */
export function ageOn(date: PlainDate, birthDate: PlainDate): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/**
 * Checks how somebody agreed: when it was not possible the note says why; for a child under 14 a
 * guardian speaks; "through her own account" is said only by the account itself. Refuses
 * `consent_required`.
 */
export function checkConsent(
  consent: { form: ConsentForm; note: string; birthDate: PlainDate | null; byHerself: boolean },
  now: Date,
): void {
  const isChild =
    consent.birthDate !== null &&
    ageOn(dateInShanghai(now), consent.birthDate) < GUARDIAN_BELOW_YEARS;
  const fits =
    (consent.form === 'own_account') === consent.byHerself &&
    (consent.form !== 'not_possible' || hasReason(consent.note)) &&
    (!isChild || consent.form === 'guardian' || consent.form === 'not_possible');
  if (!fits) throw new Refusal('consent_required', {}, 'consentForm');
}

/** True when a text says something: two letters or digits at least. */
export function hasReason(text: string): boolean {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= REASON_LEAST_LETTERS;
}

/** The last day on which a request made at `now` may be answered. */
export function answerBy(now: Date): PlainDate {
  return addDays(dateInShanghai(now), ANSWER_DAYS);
}

/** A person as other modules know her. */
export interface KnownPerson {
  readonly id: Id;
  readonly name: string;
  readonly maskedName: string;
  readonly gender: Gender;
  readonly bornYear: number | null;
  readonly areaId: number;
  readonly building: string | null;
  /** The account bound to her, face to face or by ID check. */
  readonly accountId: Id | null;
}
