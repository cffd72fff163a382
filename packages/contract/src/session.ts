import { z } from 'zod';
import { roles } from './access.ts';
import { route } from './route.ts';
import { areaRef, done, id, instant, line, listOf, page, plainDate, telephone } from './values.ts';

export const heldRole = z.object({
  id,
  role: z.enum(roles),
  area: areaRef.nullable(),
  organizationName: z.string().nullable(),
  /** Name of who is deputised for, when this role is held as deputy. */
  deputyFor: z.string().nullable(),
  until: plainDate.nullable(),
});
export const session = z.object({
  accountId: id,
  displayName: z.string(),
  roles: z.array(heldRole),
  activeRoleId: id,
  activeRole: z.enum(roles),
  permissions: z.array(z.string()),
  /** The community of the resident or the area of the role; null when unknown. */
  area: areaRef.nullable(),
});
export const accountRow = z.object({
  id,
  name: z.string(),
  displayName: z.string(),
  roles: z.array(heldRole),
  lockedUntil: instant.nullable(),
  leftOn: plainDate.nullable(),
});
export const auditRow = z.object({
  id: z.string(),
  at: instant,
  actorName: z.string(),
  role: z.enum(roles).nullable(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  reason: z.string().nullable(),
});

export const sessionRoutes = {
  current: route({
    method: 'GET',
    path: '/api/session',
    permission: 'public',
    summary: 'Who is signed in, or null.',
    output: z.object({ session: session.nullable() }),
    refusals: [],
  }),
  requestCode: route({
    method: 'POST',
    path: '/api/session/codes',
    permission: 'public',
    summary: 'Sends a sign-in code to a telephone number.',
    body: z.object({ telephone }),
    output: z.object({ sentTo: z.string(), validMinutes: z.int(), resendSeconds: z.int() }),
    refusals: ['telephone_invalid', 'too_many_requests'],
  }),
  signInByTelephone: route({
    method: 'POST',
    path: '/api/session/telephone',
    permission: 'public',
    summary: 'Signs a resident in with the code she was sent.',
    body: z.object({ telephone, code: z.string().trim().max(12) }),
    output: session,
    refusals: ['telephone_invalid', 'code_wrong', 'code_expired', 'too_many_requests'],
  }),
  signInByPassword: route({
    method: 'POST',
    path: '/api/session/password',
    permission: 'public',
    summary: 'Signs staff in with name, password and one-time code (TOTP).',
    body: z.object({
      name: line,
      password: z.string().min(1).max(200),
      code: z.string().trim().max(12),
    }),
    output: session,
    refusals: ['sign_in_failed', 'sign_in_locked', 'too_many_requests'],
  }),
  signOut: route({
    method: 'DELETE',
    path: '/api/session',
    permission: 'session.own',
    summary: 'Ends the session.',
    output: done,
    refusals: [],
  }),
  switchRole: route({
    method: 'POST',
    path: '/api/session/role',
    permission: 'session.own',
    summary: 'Makes another of the account’s roles the active one.',
    body: z.object({ roleId: id }),
    output: session,
    refusals: ['role_not_held'],
  }),
  setHomeArea: route({
    method: 'PUT',
    path: '/api/session/area',
    permission: 'person.own',
    summary: 'States the community a resident lives in.',
    body: z.object({ areaCode: z.string() }),
    output: session,
    refusals: ['area_unknown'],
  }),
  addDeputy: route({
    method: 'POST',
    path: '/api/deputies',
    permission: 'deputy.own',
    summary: 'Lets another account act in one’s role until a date.',
    body: z.object({ accountName: line, until: plainDate }),
    output: z.object({ id }),
    refusals: ['deputy_not_self', 'deputy_until_invalid', 'not_found'],
  }),
  deputies: route({
    method: 'GET',
    path: '/api/deputies',
    permission: 'deputy.own',
    summary: 'Deputies of one’s own active role.',
    output: z.object({
      items: z.array(z.object({ id, displayName: z.string(), until: plainDate })),
    }),
    refusals: [],
  }),
  endDeputy: route({
    method: 'DELETE',
    path: '/api/deputies/:deputyId',
    permission: 'deputy.own',
    summary: 'Ends a deputy’s role at once.',
    params: z.object({ deputyId: id }),
    output: done,
    refusals: ['not_found'],
  }),
  accounts: route({
    method: 'GET',
    path: '/api/accounts',
    permission: 'account.write',
    summary: 'Staff accounts and their roles.',
    query: page.extend({ text: z.string().max(60).optional() }),
    output: listOf(accountRow),
    refusals: [],
  }),
  createAccount: route({
    method: 'POST',
    path: '/api/accounts',
    permission: 'account.write',
    summary:
      'Opens a staff account with one role; answers the first password and TOTP secret once.',
    body: z.object({
      name: line,
      displayName: line,
      role: z.enum(roles),
      areaCode: z.string().nullable(),
      /** For whom an enterprise's agent acts; null for staff. */
      organizationId: id.nullable().default(null),
    }),
    output: z.object({ id, password: z.string(), totpUri: z.string() }),
    refusals: ['account_name_taken', 'area_unknown', 'organization_wrong_kind'],
  }),
  leaveAccount: route({
    method: 'POST',
    path: '/api/accounts/:accountId/leave',
    permission: 'account.write',
    summary: 'Ends an account and hands its open tasks to a successor.',
    params: z.object({ accountId: id }),
    body: z.object({ successorName: line }),
    output: done,
    refusals: ['not_found'],
  }),
  audit: route({
    method: 'GET',
    path: '/api/audit',
    permission: 'audit.read',
    summary: 'Who did and who looked at what, newest first.',
    query: page.extend({
      subjectId: z.string().max(80).optional(),
      action: z.string().max(60).optional(),
    }),
    output: listOf(auditRow),
    refusals: [],
  }),
  sandboxCodes: route({
    method: 'GET',
    path: '/api/sandbox/codes',
    permission: 'public',
    summary: 'Sandbox only: demo staff sign-ins with their one-time codes of this moment.',
    output: z.object({
      items: z.array(
        z.object({
          name: z.string(),
          displayName: z.string(),
          role: z.enum(roles),
          areaName: z.string().nullable(),
          password: z.string(),
          code: z.string(),
        }),
      ),
      residents: z.array(
        z.object({ telephone: z.string(), displayName: z.string(), note: z.string() }),
      ),
    }),
    refusals: ['not_found'],
  }),
};
