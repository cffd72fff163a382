import { type CounterNeeds, createCounter } from '../modules/counter/index.ts';
import { sandboxCodeGateway } from '../modules/payment/index.ts';

/** Tills. `sandbox`: payments by code are played, no money moves; outside it none is set up yet. */
export function composeCounter(
  lower: Omit<CounterNeeds, 'codeGateway'>,
  { sandbox }: { sandbox: boolean },
) {
  return createCounter({
    ...lower,
    codeGateway: sandbox ? sandboxCodeGateway(lower.clock) : null,
  });
}
