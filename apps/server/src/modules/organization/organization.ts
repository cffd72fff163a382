import type { Id, PlainDate } from '@wennuan/basics';

export type OrganizationKind =
  | 'federation'
  | 'enterprise'
  | 'supplier'
  | 'social_organization'
  | 'department';

/** An organisation as others may know it. */
export interface Organization {
  readonly id: Id;
  readonly kind: OrganizationKind;
  readonly name: string;
  readonly publicName: string;
  readonly creditCode: string | null;
}

/** The paper on which an organisation agreed that its name as a giver is published (duty C-18). */
export interface NamingConsent {
  readonly paper: string;
  readonly consentedOn: PlainDate;
}

export interface NewOrganization {
  readonly name: string;
  readonly kind: OrganizationKind;
  readonly creditCode: string | null;
  readonly bankAccount: string | null;
  readonly namingConsent?: NamingConsent | null | undefined;
}

/** The 31 characters of GB 32100-2015: digits and capitals without I, O, S, V, Z; a character's value is its place. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * True for a unified social credit code: 18 characters of GB 32100-2015 whose last one fits the others
 * (weights are the powers of 3 modulo 31).
 */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] === code[17];
}

/** The last four characters of a bank account, as lists show it. */
export function bankAccountTail(account: string): string {
  return account.replace(/\s/g, '').slice(-4);
}
