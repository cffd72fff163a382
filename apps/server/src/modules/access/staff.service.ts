import { addDays, dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { roleLevel, type Role } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { DEPUTY_MOST_DAYS, inForce } from './access.ts';
import type { AccessNeeds } from './access.needs.ts';
import { addRole, addRoles, asSystem, openTotp } from './access.service.ts';
import { findAccount, listRoles, readNames } from './access.store.ts';
import { viewRoles } from './actors.ts';
import { hashPassword, newPassword, newTotpSecret, totpCode } from './credentials.ts';

export interface StaffInput {
  name: string;
  displayName: string;
  role: Role;
  areaId: number | null;
  organizationId?: Id | null;
  password: string;
  totpSecret: string;
}

/** Opens staff accounts in the caller's transaction (system login); returns account and role ids in order. */
export async function openStaffAccounts(
  needs: Pick<AccessNeeds, 'vault' | 'newId'>,
  tx: Writing,
  inputs: readonly (StaffInput & { passwordHash: string })[],
): Promise<{ accountId: Id; roleId: Id }[]> {
  const ids = inputs.map(() => needs.newId());
  const boxes = await needs.vault.boxes(tx, ids);
  const inserted = await tx.db
    .insertInto('account')
    .values(
      inputs.map((input, index) => ({
        id: ids[index]!,
        name: input.name,
        display_name: input.displayName,
        password_hash: input.passwordHash,
        totp_sealed: boxes.get(ids[index]!)!.seal(input.totpSecret),
        created_at: tx.now,
      })),
    )
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== BigInt(inputs.length))
    throw new Refusal('account_name_taken', {}, 'name');
  const grants = inputs.map((input, index) => ({ ...input, accountId: ids[index]! }));
  const roleIds = await addRoles(needs, tx, grants);
  for (const accountId of ids) tx.touched('account', accountId);
  return ids.map((accountId, index) => ({ accountId, roleId: roleIds[index]! }));
}

/** What a new account is: staff have an area, an enterprise's agent has an organisation instead. */
interface NewAccount {
  name: string;
  displayName: string;
  role: Role;
  areaCode: string | null;
  organizationId?: Id | null;
}

/**
 * Opens one staff or agent account; its first password and TOTP secret are answered once and never again.
 * Refuses `area_unknown`, `organization_wrong_kind`, `account_name_taken`.
 */
export async function createAccount(needs: AccessNeeds, actor: Actor, input: NewAccount) {
  const level = roleLevel[input.role];
  const area = input.areaCode === null ? null : needs.place.areaByCode(input.areaCode);
  if (level !== (area?.level ?? null)) throw new Refusal('area_unknown', {}, 'areaCode');
  const password = newPassword();
  const totpSecret = newTotpSecret();
  const passwordHash = await hashPassword(password);
  const [opened] = await needs.database.write(
    asSystem(actor),
    'access.create_account',
    async (tx) => {
      await checkOrganization(needs, tx, input);
      return await openStaffAccounts(needs, tx, [
        { ...input, areaId: area?.id ?? null, password, totpSecret, passwordHash },
      ]);
    },
  );
  const issuer = encodeURIComponent(needs.place.brand());
  const label = encodeURIComponent(input.name);
  return {
    id: opened!.accountId,
    password,
    totpUri: `otpauth://totp/${issuer}:${label}?secret=${totpSecret}&issuer=${issuer}`,
  };
}

async function checkOrganization(
  needs: AccessNeeds,
  tx: Writing,
  { role, organizationId = null }: NewAccount,
): Promise<void> {
  const names = organizationId ? await needs.organizationNames(tx, [organizationId]) : new Map();
  if (names.size !== (role === 'enterprise_agent' || role === 'department_officer' ? 1 : 0))
    throw new Refusal('organization_wrong_kind', {}, 'organizationId');
}

/** Staff accounts by name. */
export async function listAccounts(
  needs: AccessNeeds,
  actor: Actor,
  query: { text?: string | undefined; after?: string | undefined; limit: number },
) {
  return await needs.database.read(asSystem(actor), async (tx) => {
    let select = tx.db
      .selectFrom('account')
      .select(['id', 'name', 'display_name', 'locked_until', 'left_on'])
      .where('name', 'is not', null)
      .where('name', '>', query.after ?? '')
      .orderBy('name')
      .limit(query.limit + 1);
    if (query.text) {
      const text = `%${query.text.replace(/[%_\\]/g, '\\$&')}%`;
      select = select.where((where) =>
        where.or([where('name', 'like', text), where('display_name', 'like', text)]),
      );
    }
    const rows = await select.execute();
    const { shown: page, next } = cutPage(rows, query.limit, (last) => last.name!);
    const roles = await listRoles(
      tx,
      page.map((row) => row.id),
    );
    const views = await viewRoles(needs, tx, roles);
    return {
      items: page.map((row) => ({
        id: row.id,
        name: row.name!,
        displayName: row.display_name,
        roles: views.filter((_, index) => roles[index]!.accountId === row.id),
        lockedUntil: row.locked_until?.toISOString() ?? null,
        leftOn: row.left_on,
      })),
      next,
    };
  });
}

/** Ends an account: roles stop, sessions end, open tasks go to the successor. */
export async function leaveAccount(
  needs: AccessNeeds,
  actor: Actor,
  input: { accountId: Id; successorName: string },
): Promise<void> {
  await needs.database.write(asSystem(actor), 'access.leave', async (tx) => {
    const leaving = await findAccount(tx, { id: input.accountId });
    const successor = await findAccount(tx, { name: input.successorName.trim() });
    if (!leaving || !successor || successor.leftOn !== null || successor.id === leaving.id)
      throw new Refusal('not_found', {}, 'successorName');
    const today = dateInShanghai(tx.now);
    await needs.handOver(tx, leaving.id, successor.id);
    await tx.db
      .updateTable('account')
      .set({ left_on: today })
      .where('id', '=', leaving.id)
      .execute();
    await tx.db
      .updateTable('account_role')
      .set({ until: addDays(today, -1) })
      .where('account_id', '=', leaving.id)
      .execute();
    await tx.db.deleteFrom('session').where('account_id', '=', leaving.id).execute();
    tx.touched('account', leaving.id);
    tx.touched('account', successor.id);
  });
}

/** Lets another account act in one's active role until a date within ninety days. */
export async function addDeputy(
  needs: AccessNeeds,
  actor: Actor,
  input: { accountName: string; until: string },
) {
  return await needs.database.write(asSystem(actor), 'access.add_deputy', async (tx) => {
    const deputy = await findAccount(tx, { name: input.accountName.trim() });
    if (!deputy || deputy.leftOn !== null) throw new Refusal('not_found', {}, 'accountName');
    if (deputy.id === actor.accountId) throw new Refusal('deputy_not_self', {}, 'accountName');
    const today = dateInShanghai(tx.now);
    if (input.until <= today || input.until > addDays(today, DEPUTY_MOST_DAYS))
      throw new Refusal('deputy_until_invalid', {}, 'until');
    const own = (await listRoles(tx, [actor.accountId!])).find((one) => one.id === actor.roleId)!;
    const id = await addRole(needs, tx, {
      ...own,
      accountId: deputy.id,
      deputyFor: own.id,
      until: input.until,
    });
    tx.touched('account', deputy.id);
    return { id };
  });
}

/** Deputies of the active role that are in force. */
export async function listDeputies(needs: AccessNeeds, actor: Actor) {
  return await needs.database.read(asSystem(actor), async (tx) => {
    const rows = await tx.db
      .selectFrom('account_role')
      .select(['id', 'account_id', 'until'])
      .where('deputy_for', '=', actor.roleId)
      .where('until', '>=', dateInShanghai(tx.now))
      .orderBy('id')
      .execute();
    const names = await readNames(
      tx,
      rows.map((row) => row.account_id),
    );
    return {
      items: rows.map((row) => ({
        id: row.id,
        displayName: names.get(row.account_id) ?? '',
        until: row.until!,
      })),
    };
  });
}

/** Ends a deputy of one's own role at once. */
export async function endDeputy(needs: AccessNeeds, actor: Actor, deputyId: Id): Promise<void> {
  await needs.database.write(asSystem(actor), 'access.end_deputy', async (tx) => {
    const ended = await tx.db
      .updateTable('account_role')
      .set({ until: addDays(dateInShanghai(tx.now), -1) })
      .where('id', '=', deputyId)
      .where('deputy_for', '=', actor.roleId)
      .executeTakeFirst();
    if (!ended.numUpdatedRows) throw new Refusal('not_found');
    tx.touched('account_role', deputyId);
  });
}

/** The demo district's sign-ins, as the demo wrote them into `setting.demo_sign_ins`. */
export interface DemoSignIns {
  password: string;
  staff: string[];
  residents: { telephone: string; displayName: string; note: string }[];
}

/** Sandbox only: demo sign-ins with the one-time codes of this moment; refuses `not_found` elsewhere. */
export async function sandboxCodes(needs: AccessNeeds) {
  if (!needs.sandbox) throw new Refusal('not_found');
  return await needs.database.write(systemActor('sandbox'), null, async (tx) => {
    const setting = await tx.db
      .selectFrom('setting')
      .select('value')
      .where('name', '=', 'demo_sign_ins')
      .executeTakeFirst();
    if (!setting) return { items: [], residents: [] };
    const demo = JSON.parse(setting.value) as DemoSignIns;
    const items = [];
    for (const name of demo.staff) {
      const account = await findAccount(tx, { name });
      if (!account) continue;
      const today = dateInShanghai(tx.now);
      const held = (await listRoles(tx, [account.id])).find((one) => inForce(one, today));
      if (!held) continue;
      items.push({
        name,
        displayName: account.displayName,
        role: held.role,
        areaName: held.areaId === null ? null : needs.place.area(held.areaId).name,
        password: demo.password,
        code: totpCode(await openTotp(needs, tx, account), tx.now),
      });
    }
    return { items, residents: demo.residents };
  });
}
