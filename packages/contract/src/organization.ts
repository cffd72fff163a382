import { z } from 'zod';
import { route } from './route.ts';
import { id, line, listOf, page } from './values.ts';

export const organizationKinds = [
  'federation',
  'enterprise',
  'supplier',
  'social_organization',
  'department',
] as const;
export const organization = z.object({
  id,
  name: z.string(),
  kind: z.enum(organizationKinds),
  creditCode: z.string().nullable(),
  bankAccountTail: z.string().nullable(),
  publicName: z.string(),
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
    }),
    output: organization,
    refusals: ['organization_name_taken', 'credit_code_invalid', 'credit_code_taken'],
  }),
};
