import { hash, type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { AMOUNT_FEN_MAX, Refusal } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';

export type PlatformNotice = z.output<typeof shapes.platformNotice>;

/** The header that carries the platform's signature, base64. */
export const SIGNATURE_HEADER = 'wennuan-sandbox-signature';

const PAST_MILLIS = 15 * 60_000;
const AHEAD_MILLIS = 5 * 60_000;

const verifyAside = promisify(verify) as (
  algorithm: string,
  data: Buffer,
  key: KeyObject,
  signature: Buffer,
) => Promise<boolean>;

/**
 * Refuses a body whose RSA signature (PKCS #1, SHA-256) over its exact bytes is not the platform's. Checked on a
 * thread of Node's pool: on a giving day this is the largest piece of work that the event loop can be spared.
 */
export async function checkSignature(
  body: Buffer | undefined,
  signature: string | string[] | undefined,
  publicKey: KeyObject,
): Promise<void> {
  const given = typeof signature === 'string' ? Buffer.from(signature, 'base64') : null;
  const valid = body && given && (await verifyAside('sha256', body, publicKey, given));
  if (!valid) throw new Refusal('signature_invalid');
}

/** Refuses what no retry of the same notice can mend: a clock far off, an amount that is none. */
export function checkNotice(notice: PlatformNotice, now: Date): void {
  const sent = Date.parse(notice.sentAt);
  const paid = Date.parse(notice.paidAt);
  const latest = now.getTime() + AHEAD_MILLIS;
  if (sent < now.getTime() - PAST_MILLIS || sent > latest || paid > latest)
    throw new Refusal('notice_too_old');
  const { amountFen } = notice;
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0 || amountFen > AMOUNT_FEN_MAX)
    throw new Refusal('amount_invalid', {}, 'amountFen');
}

/** What must be the same when a notice is repeated; only the time of sending may differ. */
export function noticeHash(notice: Omit<PlatformNotice, 'sentAt'>): string {
  const content = [
    notice.platformOrder,
    notice.projectCode,
    notice.amountFen,
    Date.parse(notice.paidAt),
    notice.giftId,
    notice.giverName,
  ];
  return hash('sha256', JSON.stringify(content));
}
