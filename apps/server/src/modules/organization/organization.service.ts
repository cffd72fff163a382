import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import { cutPage } from '../../platform/page.ts';
import {
  bankAccountTail,
  isCreditCode,
  type NamingConsent,
  type NewOrganization,
  type Organization,
  type OrganizationKind,
} from './organization.ts';
import {
  findByNames,
  insertOrganization,
  listOrganizations,
  nameExists,
  readBankAccounts,
  readConsents,
  updateConsent,
} from './organization.store.ts';

export interface OrganizationNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
}

/** As the list shows it; the tail of the bank account and the paper of a consent only to the federation. */
type OrganizationView = Organization & {
  bankAccountTail: string | null;
  namingConsent: NamingConsent | null;
};

/**
 * Puts organisations on file, bank accounts sealed. Refuses `credit_code_invalid`,
 * `organization_name_taken`, `credit_code_taken`. Federation or system login.
 */
export async function createOrganizations(
  needs: OrganizationNeeds,
  tx: Writing,
  commands: readonly NewOrganization[],
): Promise<Organization[]> {
  const ids = commands.map(() => needs.newId());
  const boxes = await needs.vault.boxes(
    tx,
    ids.filter((_, index) => commands[index]!.bankAccount),
  );
  const made: Organization[] = [];
  for (const [index, command] of commands.entries()) {
    const { name, kind, creditCode, bankAccount, namingConsent } = command;
    checkConsent(tx, namingConsent ?? null);
    if (creditCode !== null && !isCreditCode(creditCode))
      throw new Refusal('credit_code_invalid', {}, 'creditCode');
    const id = ids[index]!;
    const inserted = await insertOrganization(tx, {
      id,
      kind,
      name,
      public_name: name,
      credit_code: creditCode,
      bank_account_sealed: bankAccount ? boxes.get(id)!.seal(bankAccount) : null,
      naming_paper: namingConsent?.paper ?? null,
      naming_consented_on: namingConsent?.consentedOn ?? null,
      created_at: tx.now,
      created_by: tx.actor.accountId,
    });
    if (!inserted)
      throw (await nameExists(tx, name))
        ? new Refusal('organization_name_taken', {}, 'name')
        : new Refusal('credit_code_taken', {}, 'creditCode');
    tx.touched('organization', id);
    made.push({ id, kind, name, publicName: name, creditCode });
  }
  return made;
}

/**
 * Departments by name, put on file where none has the name yet. A name that another kind of organisation
 * has is given to the department with its kind behind it. Federation or system login.
 */
export async function departmentsNamed(
  needs: OrganizationNeeds,
  tx: Writing,
  names: readonly string[],
): Promise<Map<string, Id>> {
  const wanted = [...new Set(names)];
  const found = await findByNames(tx, wanted);
  const taken = new Set(found.filter(({ kind }) => kind !== 'department').map(({ name }) => name));
  const byName = new Map(
    found.filter(({ kind }) => kind === 'department').map(({ name, id }) => [name, id]),
  );
  for (const name of wanted.filter((one) => !byName.has(one))) {
    if (taken.has(name)) {
      const beside = `${name}（部门）`;
      byName.set(name, (await departmentsNamed(needs, tx, [beside])).get(beside)!);
      continue;
    }
    const lacking = { name, kind: 'department' as const, creditCode: null, bankAccount: null };
    byName.set(name, (await createOrganizations(needs, tx, [lacking]))[0]!.id);
  }
  return byName;
}

/** Puts one organisation on file, as the form does. */
export async function createOrganization(
  needs: OrganizationNeeds,
  actor: Actor,
  command: NewOrganization,
): Promise<OrganizationView> {
  return await needs.database.write(actor, 'organization.create', async (tx) => {
    const [made] = await createOrganizations(needs, tx, [command]);
    return {
      ...made!,
      bankAccountTail: command.bankAccount ? bankAccountTail(command.bankAccount) : null,
      namingConsent: command.namingConsent ?? null,
    };
  });
}

/** A day to come is no day on which anybody has agreed. */
function checkConsent(tx: Writing, consent: NamingConsent | null): void {
  if (consent && consent.consentedOn > dateInShanghai(tx.now))
    throw new Refusal('input_invalid', {}, 'consentedOn');
}

/**
 * Notes the paper on which an organisation agreed to be named as a giver, or that it took that back: from then on
 * public pages say “爱心企业”; what was published before stays. Refuses a day to come. Federation login.
 */
export async function setNaming(
  needs: OrganizationNeeds,
  actor: Actor,
  command: { organizationId: Id; consent: NamingConsent | null },
): Promise<void> {
  const { organizationId, consent } = command;
  await needs.database.write(actor, 'organization.set_naming', async (tx) => {
    checkConsent(tx, consent);
    if (!(await updateConsent(tx, organizationId, consent))) throw new Refusal('not_found');
    tx.touched('organization', organizationId, consent ? consent.paper : 'taken back');
  });
}

/** Bank accounts in the clear, for payments. Federation and system login. */
export async function openBankAccounts(
  needs: OrganizationNeeds,
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, string>> {
  const sealed = await readBankAccounts(tx, ids);
  const boxes = await needs.vault.findBoxes(tx, [...sealed.keys()]);
  return new Map(
    [...sealed].flatMap(([id, account]) => {
      const box = boxes.get(id);
      return box ? [[id, box.open(account)]] : [];
    }),
  );
}

/** A page of organisations by name, and the cursor of the next. */
export async function findOrganizations(
  needs: OrganizationNeeds,
  actor: Actor,
  search: {
    kind?: OrganizationKind | undefined;
    text?: string | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<{ items: OrganizationView[]; next: Id | null }> {
  return await needs.database.read(actor, async (tx) => {
    const rows = await listOrganizations(tx, search);
    const { shown, next } = cutPage(rows, search.limit, (last) => last.id);
    const seesPapers = actor.login === 'federation';
    const accounts = seesPapers
      ? await openBankAccounts(
          needs,
          tx,
          shown.map((row) => row.id),
        )
      : new Map<Id, string>();
    const consents = seesPapers
      ? await readConsents(
          tx,
          shown.map((row) => row.id),
        )
      : new Map<Id, NamingConsent>();
    return {
      items: shown.map((row) => {
        const account = accounts.get(row.id);
        return {
          ...row,
          bankAccountTail: account ? bankAccountTail(account) : null,
          namingConsent: consents.get(row.id) ?? null,
        };
      }),
      next,
    };
  });
}
