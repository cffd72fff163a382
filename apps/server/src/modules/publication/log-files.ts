import type { FastifyInstance, FastifyReply } from 'fastify';
import { parseTilePath, TILE_WIDTH, tileWidth } from '@wennuan/log';
import { visitor } from '../../platform/actor.ts';
import type { Database } from '../../platform/database/database.ts';
import { readHead, readTileFile } from './publication.store.ts';
import { listCosignatures, readWitnessedHead } from './witness.store.ts';

const PREFIX = '/log/';
const FOR_GOOD = 'public, max-age=31536000, immutable';

/**
 * Serves the log's files below `/log`, as C2SP tlog-tiles wants them: the head, with the cosignatures it has, is asked
 * for each time (`witnessed` is the one that most witnesses have signed), everything else never changes and may be kept for good. Readable from every site: it is public.
 */
export function serveLogFiles(app: FastifyInstance, { database }: { database: Database }): void {
  const schema = { hide: true };
  app.get(`${PREFIX}checkpoint`, { schema }, async (_request, reply) => {
    const head = await database.read(visitor(), async (tx) => {
      const found = await readHead(tx);
      return found && found.checkpoint + (await listCosignatures(tx, found)).join('');
    });
    return head === null ? await missing(reply) : await reply.headers(HEAD).send(head);
  });
  app.get(`${PREFIX}witnessed`, { schema }, async (_request, reply) => {
    const head = await database.read(visitor(), readWitnessedHead);
    return head === null ? await missing(reply) : await reply.headers(HEAD).send(head);
  });
  app.get(`${PREFIX}tile/*`, { schema }, async (request, reply) => {
    const tile = parseTilePath(new URL(request.url, 'http://log').pathname.slice(PREFIX.length));
    const bytes = tile && (await database.read(visitor(), (tx) => readPublished(tx, tile)));
    if (!bytes) return await missing(reply);
    return await reply
      .headers({ 'content-type': 'application/octet-stream', 'cache-control': FOR_GOOD, ...OPEN })
      .send(Buffer.from(bytes));
  });
}

const OPEN = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

const HEAD = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'public, max-age=1, must-revalidate',
  ...OPEN,
};

/** A file as far as the signed head reaches. */
async function readPublished(
  tx: Parameters<typeof readTileFile>[0],
  tile: Parameters<typeof readTileFile>[1],
): Promise<Uint8Array | null> {
  const head = await readHead(tx);
  const level = tile.level === 'entries' ? 0 : tile.level;
  const reaches = tileWidth({ level, n: tile.n }, head?.size ?? 0);
  if (tile.width > reaches || tile.width > TILE_WIDTH) return null;
  return await readTileFile(tx, tile);
}

function missing(reply: FastifyReply) {
  return reply
    .status(404)
    .headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...OPEN })
    .send('no such file in the log\n');
}
