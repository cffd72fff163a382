import { z } from 'zod';
import * as shape from './award.shapes.ts';
import { route } from './route.ts';
import {
  areaRef,
  done,
  id,
  instant,
  line,
  listOf,
  optionalParagraph,
  page,
  sumFen,
} from './values.ts';

const roundId = z.object({ roundId: id });
const periodId = z.object({ periodId: id });

/** How help arrives: from the federation, or from the department that decides. */
export const awardDeliveryRoutes = {
  refer: route({
    method: 'POST',
    path: '/api/aid/rounds/:roundId/referrals',
    permission: 'award.propose',
    summary: 'Refers all who are ready to the department that decides.',
    params: roundId,
    output: z.object({ referred: z.int() }),
    refusals: ['not_found', 'nobody_ready', 'award_state_wrong'],
  }),
  referralSheet: route({
    method: 'GET',
    path: '/api/aid/rounds/:roundId/referrals.xlsx',
    permission: 'award.refer',
    summary: 'The people referred to the department, as its sheet.',
    params: roundId,
    answers: 'file',
    output: z.any(),
    refusals: ['not_found'],
  }),
  deliveries: route({
    method: 'GET',
    path: '/api/aid/deliveries',
    permission: 'award.read',
    summary: 'Parts that are due or on their way, by programme, and what keeps them.',
    output: z.object({
      asOf: instant,
      items: z.array(
        z.object({
          programme: shape.aidProgramme,
          due: z.int(),
          dueAmount: sumFen,
          sent: z.int(),
          delivered: z.int(),
          confirmed: z.int(),
          waits: z.enum(['balance', 'fund', 'rejected', 'not_received']).nullable(),
          fund: z.object({ word: z.string(), name: z.string().nullable() }).nullable(),
          mayPay: z.boolean(),
        }),
      ),
    }),
    refusals: [],
  }),
  nameFund: route({
    method: 'PUT',
    path: '/api/aid/funds/:word',
    permission: 'award.pay',
    summary: 'Says which fund a word in programmes means.',
    params: z.object({ word: z.string().min(1).max(60) }),
    body: z.object({ fundId: id }),
    output: done,
    refusals: ['not_found'],
  }),
  payOut: route({
    method: 'POST',
    path: '/api/aid/deliveries/:programmeCode/payout',
    permission: 'award.pay',
    summary: 'Puts all cash parts of a programme that are due and approved into one payment list.',
    params: z.object({ programmeCode: z.string().max(20) }),
    output: z.object({ proposalIds: z.array(id), lines: z.int(), amountFen: sumFen }),
    refusals: ['nobody_ready', 'balance_too_low', 'fund_missing'],
  }),
  confirmations: route({
    method: 'GET',
    path: '/api/aid/confirmations',
    permission: 'award.read',
    summary:
      'Parts given of which nobody has said that they arrived, and visits and services still to be done.',
    query: page.extend({ kind: z.enum(['to_do', 'unconfirmed']).default('unconfirmed') }),
    output: listOf(
      shape.awardPeriod.extend({ maskedName: z.string(), area: areaRef, days: z.int() }),
    ),
    refusals: [],
  }),
  doPart: route({
    method: 'POST',
    path: '/api/aid/parts/:periodId/done',
    permission: 'award.visit',
    summary: 'Records that a visit, a service or promised hours were given.',
    params: periodId,
    body: z.object({ note: optionalParagraph }),
    output: done,
    refusals: ['not_found', 'award_state_wrong'],
  }),
  confirmFor: route({
    method: 'POST',
    path: '/api/aid/parts/:periodId/confirmation',
    permission: 'award.visit',
    summary: 'Records her word: a call by a second worker, or a signed slip with its photo.',
    params: periodId,
    body: z.object({
      way: z.enum(['call_back', 'paper_slip']),
      words: line,
      attachmentId: id.nullable(),
    }),
    output: done,
    refusals: [
      'not_found',
      'award_state_wrong',
      'second_worker_required',
      'slip_photo_required',
      'attachment_unknown',
    ],
  }),
  importPaid: route({
    method: 'POST',
    path: '/api/aid/imports',
    permission: 'award.refer',
    summary:
      'Reads a department’s payment list (.xlsx or .csv); the same file again changes nothing.',
    takes: 'upload',
    query: z.object({
      programmeCode: z.string().max(20),
      month: z.string().regex(/^\d{4}-\d{2}$/),
    }),
    output: z.object({
      importId: id,
      again: z.boolean(),
      lines: z.int(),
      matched: z.int(),
      unmatched: z.array(z.object({ line: z.int(), why: z.string() })),
    }),
    refusals: ['not_found', 'sheet_unreadable', 'not_permitted'],
  }),
  imports: route({
    method: 'GET',
    path: '/api/aid/imports',
    permission: 'award.refer',
    summary: 'Payment lists read so far.',
    output: z.object({
      items: z.array(
        z.object({
          id,
          at: instant,
          fileName: z.string(),
          programmeCode: z.string(),
          month: z.string(),
          lines: z.int(),
          matched: z.int(),
          unmatched: z.array(z.object({ line: z.int(), why: z.string() })),
        }),
      ),
    }),
    refusals: [],
  }),
};
