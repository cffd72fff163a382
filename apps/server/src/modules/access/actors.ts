import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { databaseLogin, rolePermissions, type Language } from '@wennuan/contract';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Place } from '../place/index.ts';
import { inForce, type HeldRole } from './access.ts';
import { findSession, listRoles, readNames } from './access.store.ts';
import { hashToken } from './credentials.ts';
import type { AccessNeeds } from './access.needs.ts';
import { nameIn } from './display-name.ts';

export type SessionView = z.output<typeof shapes.session>;

/** Who a held role makes of an account: the area tree below it, the login that serves it. */
export function actorOf(
  place: Pick<Place, 'below'>,
  account: { id: Id; displayName: string; homeAreaId: number | null },
  held: HeldRole,
  language: Language,
): Actor {
  return {
    login: databaseLogin[held.role],
    accountId: account.id,
    displayName: account.displayName,
    role: held.role,
    roleId: held.id,
    areaId: held.areaId ?? account.homeAreaId,
    areaIds: held.areaId === null ? [] : place.below(held.areaId),
    organizationId: held.organizationId,
    language,
  };
}

/** The actor of a session token; a visitor when there is none, it has ended, or the role has. */
export async function actorOfToken(
  needs: AccessNeeds,
  token: string | undefined,
  language: Language,
): Promise<Actor> {
  if (!token) return visitor(language);
  return await needs.database.read(systemActor('sign-in'), async (tx) => {
    const session = await findSession(tx, hashToken(token));
    if (!session || session.leftOn !== null) return visitor(language);
    const today = dateInShanghai(tx.now);
    const held = (await listRoles(tx, [session.accountId])).find(
      (one) => one.id === session.roleId,
    );
    if (!held || !inForce(held, today)) return visitor(language);
    const account = { ...session, id: session.accountId };
    return actorOf(needs.place, account, held, language);
  });
}

/** The session as the page shows it: account, roles to switch between, permissions of the active one. */
export async function viewSession(
  needs: AccessNeeds,
  tx: Scoped,
  actor: Actor,
): Promise<SessionView> {
  if (!actor.accountId || !actor.roleId || !actor.role) throw new Refusal('not_signed_in');
  const today = dateInShanghai(tx.now);
  const held = (await listRoles(tx, [actor.accountId])).filter((one) => inForce(one, today));
  return {
    accountId: actor.accountId,
    displayName: nameIn(actor.displayName, actor.language),
    roles: await viewRoles(needs, tx, held),
    activeRoleId: actor.roleId,
    activeRole: actor.role,
    permissions: [...rolePermissions[actor.role]],
    area: actor.areaId === null ? null : needs.place.ref(actor.areaId),
  };
}

/** Held roles with the names of their area, organisation and whom they deputise for. */
export async function viewRoles(needs: AccessNeeds, tx: Scoped, held: readonly HeldRole[]) {
  const principals = held.flatMap((one) => (one.deputyFor ? [one.deputyFor] : []));
  const owners = await ownersOf(tx, principals);
  const names = await readNames(tx, [...owners.values()]);
  const organizations = await needs.organizationNames(
    tx,
    held.flatMap((one) => (one.organizationId ? [one.organizationId] : [])),
  );
  return held.map((one) => ({
    id: one.id,
    role: one.role,
    area: one.areaId === null ? null : needs.place.ref(one.areaId),
    organizationName: one.organizationId ? (organizations.get(one.organizationId) ?? null) : null,
    deputyFor: one.deputyFor ? (names.get(owners.get(one.deputyFor) ?? '') ?? null) : null,
    until: one.until,
  }));
}

async function ownersOf(tx: Scoped, roleIds: readonly Id[]): Promise<Map<Id, Id>> {
  if (roleIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account_role')
    .select(['id', 'account_id'])
    .where('id', 'in', roleIds)
    .execute();
  return new Map(rows.map((row) => [row.id, row.account_id]));
}
