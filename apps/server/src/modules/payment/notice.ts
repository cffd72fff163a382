import { hash, type KeyObject } from 'node:crypto';
import { AMOUNT_FEN_MAX, Refusal } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import { isSigned } from './rsa.ts';

export type PlatformNotice = z.output<typeof shapes.platformNotice>;

/** The header that carries the platform's signature, base64. */
export const SIGNATURE_HEADER = 'wennuan-sandbox-signature';

const PAST_MILLIS = 15 * 60_000;
const AHEAD_MILLIS = 5 * 60_000;

/** Says whether a signature over the bytes is that of the key. */
export type SignatureCheck = (
  bytes: Buffer,
  signature: string,
  publicKey: KeyObject,
) => boolean | Promise<boolean>;

/** A body as it came, and what came as its signature. */
export interface SignedBody {
  body: Buffer | undefined;
  signature: string | string[] | undefined;
}

/** Refuses a body whose RSA signature (PKCS #1, SHA-256) over its exact bytes is not the platform's. */
export async function checkSignature(
  { body, signature }: SignedBody,
  publicKey: KeyObject,
  check: SignatureCheck = isSigned,
): Promise<void> {
  const valid = body && typeof signature === 'string' && (await check(body, signature, publicKey));
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
