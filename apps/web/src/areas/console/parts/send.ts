import type { RouteDefinition, RouteInput, RouteOutput } from '@wennuan/contract';
import type { InputArguments } from '../../../shared/api/client.ts';
import { useCall } from '../../../shared/api/query.ts';
import { ApiRefusal } from '../../../shared/api/refusal.ts';

/**
 * Sends a form's change. `run(input, then)` calls `then` with the answer after a success; a refusal is
 * left in `refusal` for the form to show beside its field, and what was typed stays.
 */
export function useSend<R extends RouteDefinition>(route: R) {
  const call = useCall(route);
  async function run(input: RouteInput<R>, then?: (answer: RouteOutput<R>) => void) {
    let answer: RouteOutput<R>;
    try {
      answer = await call.send(...([input] as unknown as InputArguments<R>));
    } catch (thrown) {
      if (thrown instanceof ApiRefusal) return;
      throw thrown;
    }
    then?.(answer);
  }
  return {
    run: (input: RouteInput<R>, then?: (answer: RouteOutput<R>) => void) => void run(input, then),
    busy: call.busy,
    refusal: call.refusal,
    reset: call.reset,
  };
}
