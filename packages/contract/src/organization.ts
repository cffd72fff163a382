import { z } from 'zod';
import { route } from './route.ts';
import { done, id, line, listOf, page, plainDate } from './values.ts';

export const organizationKinds = [
  'federation',
  'enterprise',
  'supplier',
  'social_organization',
  'department',
] as const;
/** That an organisation agreed to be named as a giver: which paper says so, and since when. */
export const namingConsent = z.object({ paper: line, consentedOn: plainDate });
export const organization = z.object({
  id,
  name: z.string(),
  kind: z.enum(organizationKinds),
  creditCode: z.string().nullable(),
  bankAccountTail: z.string().nullable(),
  publicName: z.string(),
  /** The paper on which it agreed to be named as a giver (duty C-18); null without one, and for all but the federation. */
  namingConsent: namingConsent.nullable(),
});

export const organizationRoutes = {
  list: route({
    method: 'GET',
    path: '/api/organizations',
    permission: 'organization.read',
    summary: 'Organisations on file.',
    query: page.extend({
      kind: z.enum(organizationKinds).optional(),
      text: z.string().max(60).optional(),
    }),
    output: listOf(organization),
    refusals: [],
  }),
  create: route({
    method: 'POST',
    path: '/api/organizations',
    permission: 'organization.write',
    summary: 'Puts an organisation on file.',
    body: z.object({
      name: line,
      kind: z.enum(organizationKinds),
      creditCode: z
        .string()
        .trim()
        .regex(/^[0-9A-Z]{18}$/)
        .nullable(),
      bankAccount: z.string().trim().max(40).nullable(),
      namingConsent: namingConsent.nullish(),
    }),
    output: organization,
    refusals: ['organization_name_taken', 'credit_code_invalid', 'credit_code_taken'],
  }),
  setNaming: route({
    method: 'PUT',
    path: '/api/organizations/:organizationId/naming-consent',
    permission: 'organization.write',
    summary:
      'Notes the paper on which an organisation agreed to be named as a giver, or that it took that back.',
    params: z.object({ organizationId: id }),
    body: z.object({ consent: namingConsent.nullable() }),
    output: done,
    refusals: ['not_found'],
  }),
};
