import { z } from 'zod';
import { route } from './route.ts';
import { id } from './values.ts';

/** Shown wherever a picture is: the re-encoded picture and its size in pixels. */
export const attachment = z.object({ id, widthPixels: z.int(), heightPixels: z.int() });

export const attachmentRoutes = {
  add: route({
    method: 'POST',
    path: '/api/attachments',
    permission: 'attachment.add',
    summary:
      'Takes one picture (JPG, PNG, WebP up to 12 MB), re-encodes it without its metadata and keeps it encrypted.',
    takes: 'upload',
    output: attachment,
    refusals: ['picture_unreadable', 'picture_too_large', 'picture_too_many_pixels', 'disk_full'],
  }),
  read: route({
    method: 'GET',
    path: '/api/attachments/:attachmentId',
    permission: 'session.own',
    summary: 'A picture one may see.',
    params: z.object({ attachmentId: id }),
    query: z.object({ size: z.enum(['small', 'full']).default('full') }),
    answers: 'file',
    output: z.any(),
    refusals: ['not_found'],
  }),
  readPublic: route({
    method: 'GET',
    path: '/api/public/pictures/:attachmentId',
    permission: 'public',
    summary: 'A picture that was published: the thing, never a person.',
    params: z.object({ attachmentId: id }),
    query: z.object({ size: z.enum(['small', 'full']).default('full') }),
    answers: 'file',
    output: z.any(),
    refusals: ['not_found'],
  }),
};
