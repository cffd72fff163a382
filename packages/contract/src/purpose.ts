import { z } from 'zod';
import { exchangeLine, fieldFacts, words } from './file.shapes.ts';
import { route } from './route.ts';
import { done, id, line, listOf, page, plainDate } from './values.ts';

/** For what a department may read other departments' facts: which, on what legal basis, until when. */
const departmentPurpose = z.object({
  id,
  departmentId: id,
  department: z.string(),
  purpose: z.string(),
  fields: z.array(z.object({ code: z.string(), title: words })),
  legalBasis: z.string(),
  validFrom: plainDate,
  validUntil: plainDate,
  isValid: z.boolean(),
});

export const purposeRoutes = {
  list: route({
    method: 'GET',
    path: '/api/purposes',
    permission: 'purpose.read',
    summary: 'Purposes of departments; a department sees its own.',
    output: z.object({ items: z.array(departmentPurpose) }),
    refusals: [],
  }),
  add: route({
    method: 'POST',
    path: '/api/purposes',
    permission: 'purpose.write',
    summary:
      'Allows a department named fields for a named purpose, with the legal basis (PIPL 23).',
    body: z.object({
      departmentId: id,
      purpose: line,
      fields: z.array(z.string().max(40)).min(1).max(30),
      legalBasis: z.string().trim().min(2).max(300),
      validFrom: plainDate,
      validUntil: plainDate,
    }),
    output: z.object({ id }),
    refusals: ['not_found', 'purpose_invalid'],
  }),
  end: route({
    method: 'POST',
    path: '/api/purposes/:purposeId/end',
    permission: 'purpose.write',
    summary: 'Ends a purpose from now on; what was exchanged stays on record.',
    params: z.object({ purposeId: id }),
    output: done,
    refusals: ['not_found'],
  }),
  ask: route({
    method: 'POST',
    path: '/api/exchanges',
    permission: 'exchange.ask',
    summary:
      'A department asks what others say of a person of its own rosters, for one of its purposes. Leaves a row she can see.',
    body: z.object({ purposeId: id, personId: id, reason: line }),
    output: z.object({ exchangeId: id, facts: z.array(fieldFacts) }),
    refusals: ['person_not_in_area', 'purpose_not_valid', 'reason_required'],
  }),
  exchanges: route({
    method: 'GET',
    path: '/api/exchanges',
    permission: 'purpose.read',
    summary: 'Who received data of whom, for what, on what legal basis; newest first.',
    query: page,
    output: listOf(exchangeLine),
    refusals: [],
  }),
};
