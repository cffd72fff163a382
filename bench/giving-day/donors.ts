import { sign, type KeyObject } from 'node:crypto';
import { newId, seededRandom, type Random } from '@wennuan/basics';
import { SIGNATURE_HEADER } from '../../apps/server/src/modules/donation/index.ts';

/** One gift of the day: its notice as a whole HTTP request, and when it is sent. */
export interface Gift {
  platformOrder: string;
  amountFen: number;
  request: Buffer;
  /** Milliseconds after the day begins. */
  sentAfter: number;
}

/**
 * Amounts as donors give: most a few yuan, some hundreds, together exactly the sum of the day. Every donor gives at least
 * one fen.
 */
function drawAmounts(count: number, sumFen: number, random: Random): number[] {
  const weights = Array.from({ length: count }, () => {
    const bell = random() + random() + random() + random() - 2;
    return Math.exp(bell * 2.2);
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const amounts = weights.map((weight) => 1 + Math.floor((weight / whole) * (sumFen - count)));
  amounts[0]! += sumFen - amounts.reduce((sum, amount) => sum + amount, 0);
  return amounts;
}

/**
 * Moments of a day in bursts: five waves of very different height whose highest reaches `peakPerSecond`; what lies between is
 * a third of it. In order of time.
 */
function drawMoments(count: number, peakPerSecond: number, random: Random): number[] {
  const moments: number[] = [];
  let at = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const wave = Math.max(0, Math.sin(at / 3_000)) ** 3;
    const rate = (peakPerSecond / 1_000) * (0.33 + 0.67 * wave);
    at += -Math.log(1 - random()) / rate;
    moments.push(at);
  }
  return moments;
}

interface Plan {
  count: number;
  sumFen: number;
  peakPerSecond: number;
  projectCode: string;
  privateKey: KeyObject;
  seed: number;
  progress(done: number): void;
}

/** The gifts of a day, signed as the platform signs them. Signing takes most of the time: a quarter of a millisecond each. */
export function makeDay(plan: Plan): Gift[] {
  const random = seededRandom(plan.seed);
  const amounts = drawAmounts(plan.count, plan.sumFen, random);
  const moments = drawMoments(plan.count, plan.peakPerSecond, random);
  return amounts.map((amountFen, index) => {
    if (index % 10_000 === 0) plan.progress(index);
    const platformOrder = newId();
    const request = requestOf({ ...plan, platformOrder, amountFen });
    return { platformOrder, amountFen, request, sentAfter: moments[index]! };
  });
}

/** One notice as a whole HTTP request. */
export function requestOf(notice: {
  platformOrder: string;
  amountFen: number;
  projectCode: string;
  privateKey: KeyObject;
}): Buffer {
  const { platformOrder, amountFen, projectCode, privateKey } = notice;
  const now = new Date().toISOString();
  const body = Buffer.from(
    JSON.stringify({
      platformOrder,
      projectCode,
      amountFen,
      paidAt: now,
      sentAt: now,
      giftId: null,
      giverName: null,
    }),
  );
  const head = [
    'POST /api/platform/sandbox/notices HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `${SIGNATURE_HEADER}: ${sign('sha256', body, privateKey).toString('base64')}`,
    `content-length: ${body.length}`,
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
}
