import { createHmac } from 'node:crypto';
import type { Id } from '@wennuan/basics';

/** How long one code is shown. */
export const STEP_SECONDS = 30;
/** Steps before and after the present one in which a code is taken: clocks differ, hands are slow. */
const TOLERANCE_STEPS = 1;
/** Letters and digits that nobody takes for one another; thirty-two of them. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE_LETTERS = 8;
const ROTATING = /^WN(\d{1,10})-([A-Z2-9]{8})$/;
const PAPER = /^WP([A-Z2-9]{12})$/;

/** What a scanner or a hand typed: a rotating code of an entitlement, a printed one, or neither. */
export type CodeText =
  | { kind: 'rotating'; serial: number; code: string }
  | { kind: 'paper'; code: string }
  | null;

/** The step of thirty seconds that a moment lies in. */
export function stepOf(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS);
}

/** The code of an entitlement in a step: eight letters made with its own key, which nobody can guess or go on. */
export function codeAt(key: Buffer, entitlementId: Id, step: number): string {
  const hash = createHmac('sha256', key).update(`${entitlementId}:${step}`).digest();
  return lettersOf(hash, CODE_LETTERS);
}

/** The step a code was shown in, one before or after now allowed; null for an old, early or invented code. */
export function stepOfCode(
  key: Buffer,
  entitlementId: Id,
  shown: { code: string; at: Date },
): number | null {
  const now = stepOf(shown.at);
  for (const step of [now, now - TOLERANCE_STEPS, now + TOLERANCE_STEPS])
    if (codeAt(key, entitlementId, step) === shown.code) return step;
  return null;
}

/** What stands in the picture of a rotating code. */
export function rotatingText(serial: number, code: string): string {
  return `WN${serial}-${code}`;
}

/** What stands on a printed code, from random bytes. */
export function paperText(random: Buffer): string {
  return `WP${lettersOf(random, 12)}`;
}

/** Reads what a scanner gave; spaces and small letters do no harm. */
export function readCode(text: string): CodeText {
  const plain = text.replace(/\s/g, '').toUpperCase();
  const rotating = ROTATING.exec(plain);
  if (rotating) return { kind: 'rotating', serial: Number(rotating[1]), code: rotating[2]! };
  const paper = PAPER.exec(plain);
  return paper ? { kind: 'paper', code: paper[0] } : null;
}

function lettersOf(bytes: Buffer, count: number): string {
  return Array.from(bytes.subarray(0, count), (byte) => LETTERS[byte & 31]).join('');
}
