import type { Id } from '@wennuan/basics';
import type { Role } from '@wennuan/contract';

/** A role an account holds, with the area or organisation it is held in. */
export interface HeldRole {
  readonly id: Id;
  readonly accountId: Id;
  readonly role: Role;
  readonly areaId: number | null;
  readonly organizationId: Id | null;
  readonly deputyFor: Id | null;
  readonly since: string;
  readonly until: string | null;
}

export interface Account {
  readonly id: Id;
  readonly name: string | null;
  readonly displayName: string;
  readonly homeAreaId: number | null;
  readonly passwordHash: string | null;
  readonly totpSealed: Buffer | null;
  readonly telephoneSealed: Buffer | null;
  readonly failures: number;
  readonly lockedUntil: Date | null;
  readonly leftOn: string | null;
}

/** Days a session lasts without use (a resident's phone) or at all (an office computer: one working day). */
export const SESSION_HOURS: Record<'resident' | 'staff', number> = { resident: 24 * 30, staff: 12 };
export const CODE_VALID_MINUTES = 10;
export const CODE_RESEND_SECONDS = 60;
export const CODE_TRIES = 5;
export const FAILURES_BEFORE_LOCK = 5;
export const LOCK_MINUTES = 15;
export const DEPUTY_MOST_DAYS = 90;

/** True while a held role is in force. */
export function inForce(held: HeldRole, today: string): boolean {
  return held.since <= today && (held.until === null || held.until >= today);
}
