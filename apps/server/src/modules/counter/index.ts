import type { CounterNeeds } from './counter.needs.ts';
import { counterHandlers } from './counter.routes.ts';

export type { CounterNeeds } from './counter.needs.ts';
export type Counter = ReturnType<typeof createCounter>;

/** Tills of stations: shifts, selling with and without network, vouchers by scan, payment by code, returns. */
export function createCounter(needs: CounterNeeds) {
  return { handlers: counterHandlers(needs) };
}
