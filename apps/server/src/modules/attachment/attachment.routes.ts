import type {} from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { visitor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { add, read, type AttachmentNeeds } from './attachment.service.ts';
import { PICTURE_MOST_MEGABYTES } from './picture.ts';

/** One's own pages may show it again for ten minutes; a published thing may be kept for a week. */
const PRIVATE_CACHE = 'private, max-age=600';
const PUBLIC_CACHE = 'public, max-age=604800, immutable';

/** Taking pictures in and showing them. */
export function attachmentHandlers(needs: AttachmentNeeds): Handlers<typeof routes.attachment> {
  return {
    add: async ({ actor, request }) => await add(needs, actor, await uploaded(request)),
    read: async ({ actor, params, query, reply }) =>
      answer(
        reply,
        PRIVATE_CACHE,
        await read(needs, actor, { id: params.attachmentId, size: query.size }),
      ),
    // Always as a visitor: what a shared cache keeps must not depend on who asked first.
    readPublic: async ({ params, query, reply }) =>
      answer(
        reply,
        PUBLIC_CACHE,
        await read(needs, visitor(), { id: params.attachmentId, size: query.size }),
      ),
  };
}

function answer(reply: FastifyReply, cache: string, picture: Buffer): FastifyReply {
  return reply.type('image/jpeg').header('cache-control', cache).send(picture);
}

async function uploaded(request: FastifyRequest): Promise<Buffer> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new Refusal('picture_unreadable');
  try {
    return await part.toBuffer();
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Refusal('picture_too_large', { mostMegabytes: PICTURE_MOST_MEGABYTES });
    throw thrown;
  }
}
