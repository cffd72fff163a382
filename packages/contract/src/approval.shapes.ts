import { z } from 'zod';
import { instant } from './values.ts';

/** What somebody says of what another proposed. */
export const decisionWord = z.enum(['approve', 'refuse']);
/** One of those whose word is asked, in order; without one until she has said it. */
export const approvalStep = z.object({
  order: z.int(),
  decision: decisionWord.nullable(),
  byName: z.string().nullable(),
  at: instant.nullable(),
  note: z.string().nullable(),
});
/** Why somebody's word is not taken, whatever it is about. */
export const decisionRefusals = [
  'not_found',
  'approver_is_proposer',
  'approver_already_decided',
  'approver_related',
  'approval_closed',
  'reason_required',
] as const;
