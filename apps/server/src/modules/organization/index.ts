import type { Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { NewOrganization, Organization } from './organization.ts';
import { organizationHandlers } from './organization.routes.ts';
import {
  createOrganizations,
  departmentsNamed,
  openBankAccounts,
  type OrganizationNeeds,
} from './organization.service.ts';
import { readGiverNames, readOrganizations, readPublicNames } from './organization.store.ts';

export type { NewOrganization, Organization, OrganizationKind } from './organization.ts';
export type OrganizationModule = ReturnType<typeof createOrganization>;

/** How an organisation appears that did not agree to be named. */
export function caringEnterprise(language: Language): string {
  return language === 'zh' ? '爱心企业' : 'a caring enterprise';
}

/** Enterprises, suppliers, social organisations, departments. */
export function createOrganization(needs: OrganizationNeeds) {
  return {
    handlers: organizationHandlers(needs),
    /** Puts organisations on file; refuses `credit_code_invalid`, `organization_name_taken`, `credit_code_taken`. Federation or system login. */
    create: (tx: Writing, commands: readonly NewOrganization[]): Promise<Organization[]> =>
      createOrganizations(needs, tx, commands),
    /** Departments by name, put on file where they are not yet. Federation or system login. */
    departments: (tx: Writing, names: readonly string[]): Promise<Map<string, Id>> =>
      departmentsNamed(needs, tx, names),
    /** Organisations by id; an unknown one is absent. Staff, federation and system login. */
    get: (tx: Scoped, ids: readonly Id[]): Promise<Map<Id, Organization>> =>
      readOrganizations(tx, ids),
    /** Public names by id, with any login. */
    names: (tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> => readPublicNames(tx, ids),
    /** Names of organisations that agreed to be named as givers, with any login; the others are absent. */
    giverNames: (tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> =>
      readGiverNames(tx, ids),
    /** Bank accounts in the clear, for a payment. Federation and system login. */
    bankAccounts: (tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> =>
      openBankAccounts(needs, tx, ids),
  };
}
