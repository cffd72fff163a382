import { randomBytes } from 'node:crypto';
import { type CounterNeeds, createCounter } from '../modules/counter/index.ts';
import {
  codeGatewayOf,
  type PaymentConfig,
  sandboxCodeGateway,
  wechatCodeGateway,
} from '../modules/payment/index.ts';

const NONCE_BYTES = 16;

/** Tills. Payments by code go into sellers' own numbers, as far as they are set up; `sandbox` plays the others. */
export function composeCounter(
  lower: Omit<CounterNeeds, 'codeGateway'>,
  { sandbox, payments }: { sandbox: boolean; payments?: PaymentConfig },
) {
  const { clock } = lower;
  const sellers = payments?.sellers;
  const nonce = () => randomBytes(NONCE_BYTES).toString('hex');
  const real = sellers?.size ? wechatCodeGateway(sellers, { clock, fetch, nonce }) : null;
  return createCounter({
    ...lower,
    codeGateway: codeGatewayOf(real, sandbox ? sandboxCodeGateway(clock) : null),
  });
}
