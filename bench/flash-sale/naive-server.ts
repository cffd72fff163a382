import pg from 'pg';
import { visitor } from '../../apps/server/src/platform/actor.ts';
import { createServer } from '../../apps/server/src/platform/http/server.ts';
import { readTicket } from '../../apps/server/src/modules/group-buy/index.ts';
import { createVault } from '../../apps/server/src/platform/vault.ts';
import { naiveBuy } from './naive.ts';

/**
 * The peer: the product's own server, the same request, the same ticket checked, then one transaction a request with the plain
 * UPDATE. `node naive-server.ts OWNER_URL SCHEMA SECRET CONNECTIONS`. Says its port to the parent.
 */
const [ownerUrl, schema, secret, connections] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const { hash } = createVault(secret);
const pool = new pg.Pool({
  connectionString: ownerUrl,
  max: Number(connections),
  options: `-c search_path=${schema}`,
});
const app = await createServer({
  actorOf: () => Promise.resolve(visitor()),
  limitRates: false,
  log: false,
});
const options = { config: { permission: 'signed_notice' }, helmet: false } as const;
app.post<{ Body: { ticket: string } }>('/api/mall/joins', options, async (request) => {
  const ticket = readTicket(hash, request.body.ticket, new Date());
  if (!ticket) throw new Error('no ticket');
  const client = await pool.connect();
  try {
    return { outcome: await naiveBuy(client, ticket.householdKey) };
  } finally {
    client.release();
  }
});
app.get('/hello', options, async () => ({ outcome: 'hello' }));
await app.listen({ port: 0, host: '127.0.0.1' });
const address = app.server.address();
if (typeof address !== 'object' || !address) throw new Error('no port');
process.send?.({ port: address.port });
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
