import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { roles, type Language, type Role } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { accessHandlers } from './access.routes.ts';
import type { AccessNeeds } from './access.needs.ts';
import { addRole, openResidentAccounts } from './access.service.ts';
import { findAccount, listAccounts, listHolders, listRoles, readNames } from './access.store.ts';
import { actorOf, actorOfToken } from './actors.ts';
import { findByTelephone, findFacts, readTelephones } from './contact.ts';
import { hashPassword, maskTelephone, telephoneKey } from './credentials.ts';
import {
  createAccount,
  openStaffAccounts,
  sandboxCodes,
  type StaffInput,
} from './staff.service.ts';

export { SESSION_COOKIE } from './access.routes.ts';
export type { AccountFacts } from './contact.ts';
export type { DemoSignIns, StaffInput } from './staff.service.ts';
export { totpCode } from './credentials.ts';
export type Access = ReturnType<typeof createAccess>;

/** Accounts, sign-in, roles in areas, deputies, audit. */
export function createAccess(needs: AccessNeeds) {
  return {
    handlers: accessHandlers(needs),
    maskTelephone,
    telephoneKey,
    /** The actor behind a session cookie; a visitor without one. */
    actorOfToken: (token: string | undefined, language: Language) =>
      actorOfToken(needs, token, language),
    /** Display names of accounts. */
    names: (tx: Scoped, accountIds: readonly Id[]) => readNames(tx, accountIds),
    /** Who holds a role today in one of the areas, deputies included. */
    holders: (tx: Scoped, role: Role, areaIds: readonly number[]) =>
      listHolders(tx, { role, areaIds, today: dateInShanghai(tx.now) }),
    /** Opens staff accounts with given passwords (commands, demo, tests); system login. */
    async openStaff(tx: Writing, inputs: readonly StaffInput[]) {
      const hashes = new Map<string, string>();
      for (const { password } of inputs)
        if (!hashes.has(password)) hashes.set(password, await hashPassword(password));
      return await openStaffAccounts(
        needs,
        tx,
        inputs.map((input) => ({ ...input, passwordHash: hashes.get(input.password)! })),
      );
    },
    /** Opens a resident's account as a first sign-in would; returns the account id. System login. */
    async openResident(tx: Writing, input: NewResident) {
      const [id] = await openResidents(needs, tx, [input]);
      return id!;
    },
    /** The same for many, in order. */
    openResidents: (tx: Writing, inputs: readonly NewResident[]) =>
      openResidents(needs, tx, inputs),
    /** Telephone numbers of accounts; system login. */
    telephones: (tx: Scoped, accountIds: readonly Id[]) =>
      readTelephones(needs.vault, tx, accountIds),
    /** Telephone, name, home area and age of an account; system login. */
    facts: (tx: Scoped, accountId: Id) => findFacts(needs.vault, tx, accountId),
    /** The account of a telephone number, or undefined; system login. */
    findByTelephone: (tx: Scoped, telephone: string) => findByTelephone(needs.vault, tx, telephone),
    /** Opens one staff account with a fresh password and TOTP secret; refuses an unknown role or area. */
    createStaff(
      actor: Actor,
      input: { name: string; displayName: string; role: string; areaCode: string | null },
    ) {
      const role = roles.find((one) => one === input.role);
      if (!role) throw new Refusal('role_not_held', {}, 'role');
      return createAccount(needs, actor, { ...input, role });
    },
    /** Sandbox only: whom one can sign in as in a demo district. */
    demoSignIns: () => sandboxCodes(needs),
    addRole: (tx: Writing, grant: Parameters<typeof addRole>[2]) => addRole(needs, tx, grant),
    /** The actor an account is in one of its roles, without a session: commands, demo, tests. System login. */
    async actorFor(tx: Scoped, accountId: Id, role: Role) {
      const account = (await findAccount(tx, { id: accountId }))!;
      const held = (await listRoles(tx, [accountId])).find((one) => one.role === role)!;
      return actorOf(needs.place, account, held, 'zh');
    },
    /** The actors that accounts with one role each are, in order. System login. */
    async actorsFor(tx: Scoped, accountIds: readonly Id[]): Promise<Actor[]> {
      const accounts = new Map((await listAccounts(tx, accountIds)).map((one) => [one.id, one]));
      const roles = new Map((await listRoles(tx, accountIds)).map((one) => [one.accountId, one]));
      return accountIds.map((id) => actorOf(needs.place, accounts.get(id)!, roles.get(id)!, 'zh'));
    },
  };
}

interface NewResident {
  telephone: string;
  homeAreaId: number | null;
}

function openResidents(needs: AccessNeeds, tx: Writing, inputs: readonly NewResident[]) {
  return openResidentAccounts(
    needs,
    tx,
    inputs.map(({ homeAreaId, ...input }) => {
      const telephone = telephoneKey(input.telephone);
      return { telephone, telephoneHash: needs.vault.hash('telephone', telephone), homeAreaId };
    }),
  );
}
