import { type DonationNeeds, receiverBeside } from '../modules/donation/index.ts';
import { signaturesBeside } from '../modules/payment/index.ts';
import type { Later } from './later.ts';
import type { ComposeOptions } from './options.ts';

/**
 * What a server lets run beside the thread that answers requests. Commands and tests, which answer none, do
 * the same work in their own thread.
 */
export function besideThreads(options: ComposeOptions, later: Later) {
  if (!options.besideThread) return { donation: {}, close: async () => {} };
  const receiver = receiverBeside(options.connection);
  const signatures = signaturesBeside();
  const donation: Pick<DonationNeeds, 'isSigned' | 'receiveBeside'> = {
    isSigned: signatures.isSigned,
    async receiveBeside(notices) {
      const outcomes = await receiver.run({ commands: notices, now: options.clock.now() });
      later.events.nudge();
      return outcomes;
    },
  };
  return {
    donation,
    async close() {
      await Promise.all([receiver.close(), signatures.close()]);
    },
  };
}
