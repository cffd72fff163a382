import type { shapes } from '@wennuan/contract';
import QRCode from 'qrcode';
import type { z } from 'zod';
import type { Channel, PayScene } from '../payment/index.ts';

/** What the buyer does next: go there, scan this, let WeChat's own window open, or say first who pays. */
export type SellerPayStep = z.output<typeof shapes.sellerPayStep>;

/** Where and by whom it is paid. `payerCode`: what WeChat sent the buyer back with. */
export interface SellerPaying {
  scene: PayScene;
  payerCode: string | null;
  clientAddress: string | null;
}

/** A payment to begin in a seller's own number; the same order number again is the same payment. */
export interface SellerPayment extends SellerPaying {
  orderNumber: string;
  amountFen: number;
  /** As the buyer reads it: what of ours it pays. */
  number: string;
  title: string;
  expiresAt: Date;
  returnUrl: string;
}

const NOTHING = { url: null, qrSvg: null, call: null };

/**
 * Begins a payment in a seller's own number. Inside WeChat the official account first says who pays, where that is set up;
 * else a code is shown there too. Throws `ChannelAway`, or what the channel refuses.
 */
export async function beginWith(
  channel: Channel,
  { payerCode, number, title, ...payment }: SellerPayment,
): Promise<SellerPayStep> {
  const payerId =
    payment.scene === 'wechat' && payerCode && channel.payer
      ? await channel.payer.idOf(payerCode)
      : null;
  if (payment.scene === 'wechat' && payerId === null && channel.payer)
    return { ...NOTHING, kind: 'payer', url: channel.payer.signInAt(payment.returnUrl) };
  const step = await channel.begin({
    ...payment,
    projectCode: number,
    projectName: title,
    payerId,
  });
  if (step.kind === 'redirect') return { ...NOTHING, kind: 'redirect', url: step.url };
  if (step.kind === 'call') return { ...NOTHING, kind: 'call', call: step.values };
  const qrSvg = await QRCode.toString(step.text, { type: 'svg', margin: 1 });
  return { ...NOTHING, kind: 'code', qrSvg };
}
