import type { Tick } from '../../platform/tick.ts';
import { watchCodePayments } from './code-pay.service.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { counterHandlers } from './counter.routes.ts';

export type { CounterNeeds } from './counter.needs.ts';
export type Counter = ReturnType<typeof createCounter>;

/** Tills of stations: shifts, selling with and without network, vouchers by scan, payment by code, returns. */
export function createCounter(needs: CounterNeeds) {
  const ticks: Tick[] = [
    { name: 'counter.code_payments', everySeconds: 15, run: () => watchCodePayments(needs) },
  ];
  return { handlers: counterHandlers(needs), ticks };
}
