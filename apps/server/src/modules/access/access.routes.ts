import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Handlers } from '../../platform/http/mount.ts';
import type { AccessNeeds } from './access.needs.ts';
import {
  asSystem,
  requestCode,
  signInByPassword,
  signInByTelephone,
  signOut,
  switchRole,
  type BegunSession,
} from './access.service.ts';
import { viewSession } from './actors.ts';
import { listAudit } from './audit.ts';
import {
  addDeputy,
  createAccount,
  endDeputy,
  leaveAccount,
  listAccounts,
  listDeputies,
  sandboxCodes,
} from './staff.service.ts';

export const SESSION_COOKIE = 'session';
const done = { ok: true } as const;

/** The session operations of the contract. */
export function accessHandlers(needs: AccessNeeds): Handlers<typeof routes.session> {
  return {
    current: async ({ actor }) => ({
      session: actor.accountId
        ? await needs.database.read(asSystem(actor), (tx) => viewSession(needs, tx, actor))
        : null,
    }),
    requestCode: ({ body }) => requestCode(needs, body.telephone),
    signInByTelephone: async ({ body, actor, request, reply }) =>
      keep(request, reply, await signInByTelephone(needs, { ...body, language: actor.language })),
    signInByPassword: async ({ body, actor, request, reply }) =>
      keep(request, reply, await signInByPassword(needs, { ...body, language: actor.language })),
    signOut: async ({ actor, request, reply }) => {
      await signOut(needs, actor, tokenOf(request));
      void reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return done;
    },
    switchRole: ({ actor, body, request }) =>
      switchRole(needs, actor, { token: tokenOf(request), roleId: body.roleId }),
    setHomeArea: async ({ actor, body }) => {
      const area = needs.place.areaByCode(body.areaCode);
      if (area.level !== 'community') throw new Refusal('area_unknown', {}, 'areaCode');
      return await needs.database.write(asSystem(actor), 'session.set_area', async (tx) => {
        await tx.db
          .updateTable('account')
          .set({ home_area_id: area.id })
          .where('id', '=', actor.accountId)
          .execute();
        tx.touched('account', actor.accountId!);
        return await viewSession(needs, tx, { ...actor, areaId: area.id });
      });
    },
    addDeputy: ({ actor, body }) => addDeputy(needs, actor, body),
    deputies: ({ actor }) => listDeputies(needs, actor),
    endDeputy: async ({ actor, params }) => {
      await endDeputy(needs, actor, params.deputyId);
      return done;
    },
    accounts: ({ actor, query }) => listAccounts(needs, actor, query),
    createAccount: ({ actor, body }) => createAccount(needs, actor, body),
    leaveAccount: async ({ actor, params, body }) => {
      await leaveAccount(needs, actor, { ...params, ...body });
      return done;
    },
    audit: ({ actor, query }) => listAudit(needs, actor, query),
    sandboxCodes: () => sandboxCodes(needs),
  };
}

function tokenOf(request: FastifyRequest): string {
  return request.cookies[SESSION_COOKIE] ?? '';
}

/** Sets the cookie: not readable by scripts, not sent from other sites, secure when the page is. */
function keep(request: FastifyRequest, reply: FastifyReply, begun: BegunSession) {
  void reply.setCookie(SESSION_COOKIE, begun.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: begun.hours * 3_600,
  });
  return begun.view;
}
