import { systemClock } from '@wennuan/basics';
import { compose } from '../../apps/server/src/compose/index.ts';
import { startTicks } from '../../apps/server/src/platform/tick.ts';

/**
 * The product's own server in a process of its own, as `wennuan start` runs it, on a migrated district:
 * `node http-server.ts OWNER_URL SCHEMA SECRET DATA_DIR`. Says its port to the parent.
 */
const [ownerUrl, schema, secret, dataDir] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const application = await compose({
  connection: { ownerUrl, schema, secret },
  dataDir,
  clock: systemClock,
  sandbox: true,
  limitRates: true,
  federationContact: '0371-00002727',
  log: false,
  besideThread: true,
});
await application.events.start();
await application.app.listen({ port: 0, host: '127.0.0.1' });
const address = application.app.server.address();
if (typeof address !== 'object' || !address) throw new Error('no port');
application.ownAddress(`http://127.0.0.1:${address.port}`);
const ticks = startTicks(application.ticks, () => undefined);
process.send?.({ port: address.port });
process.on('SIGTERM', () => {
  void ticks
    .stop()
    .then(() => application.close())
    .then(() => process.exit(0));
});
