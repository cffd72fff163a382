import type { Held } from './basket.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const STEP_MILLIS = 30_000;

/** What a code shown without network is: a step of a voucher this till holds, or why it is not taken. */
export type Checked =
  | { held: Held; step: number }
  | { refused: 'paper_offline' | 'not_held' | 'code_old' };

/**
 * Checks a changing code where there is no network, with the key of a voucher held for this till. `at` is the server's time
 * as the till knows it; one step before and after is taken, as the server does.
 */
export async function checkCode(
  text: string,
  vouchers: readonly Held[],
  at: number,
): Promise<Checked> {
  const read = /^WN(\d{1,10})-([A-Z2-9]{8})$/.exec(text);
  if (!read) return { refused: text.startsWith('WP') ? 'paper_offline' : 'not_held' };
  const held = vouchers.find((one) => one.serial === Number(read[1]));
  if (!held) return { refused: 'not_held' };
  const now = Math.floor(at / STEP_MILLIS);
  for (const step of [now, now - 1, now + 1])
    if ((await codeAt(held, step)) === read[2]) return { held, step };
  return { refused: 'code_old' };
}

async function codeAt(held: Held, step: number): Promise<string> {
  const bytes = Uint8Array.from(held.key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const key = await crypto.subtle.importKey(
    'raw',
    bytes,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const text = new TextEncoder().encode(`${held.entitlementId}:${step}`);
  const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, text));
  return Array.from(hash.subarray(0, 8), (byte) => LETTERS[byte & 31]).join('');
}
