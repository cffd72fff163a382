import { z } from 'zod';
import { route } from './route.ts';
import { instant } from './values.ts';

/** How far the log has got with a gift: not paid yet, not yet in a signed head, there, or its salts were deleted. */
export const proofStates = ['waiting', 'pending', 'ready', 'erased'] as const;

export const publicationRoutes = {
  publicLog: route({
    method: 'GET',
    path: '/api/public/log',
    permission: 'public',
    summary:
      'The public log: whose it is, its key, its head. Its files (C2SP tlog-tiles) are below `/log`.',
    output: z.object({
      origin: z.string(),
      key: z.string(),
      size: z.int(),
      signedAt: instant,
      checkpoint: z.string(),
      /** True when a restored database is older than a head already published: nothing is added until a person decides. */
      halted: z.boolean(),
      /** Others who sign the heads: how far each has, when, and what was wrong when it was last asked. */
      witnesses: z.array(
        z.object({
          name: z.string(),
          key: z.string(),
          size: z.int(),
          signedAt: instant.nullable(),
          fault: z.string().nullable(),
        }),
      ),
    }),
    refusals: [],
  }),
  giftProof: route({
    method: 'GET',
    path: '/api/gifts/:token/proof',
    permission: 'public',
    summary: 'The proof that a gift is in the public log, by its giver’s link (C2SP tlog-proof).',
    params: z.object({ token: z.string().max(80) }),
    output: z.object({
      state: z.enum(proofStates),
      /** The entry’s number in the log, once it is there. */
      number: z.int().nullable(),
      proof: z.string().nullable(),
    }),
    refusals: ['not_found'],
  }),
};
