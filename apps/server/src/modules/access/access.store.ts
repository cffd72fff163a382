import type { Id } from '@wennuan/basics';
import type { Role } from '@wennuan/contract';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Account, HeldRole } from './access.ts';
import { nameIn } from './display-name.ts';

const accountColumns = [
  'id',
  'name',
  'display_name as displayName',
  'home_area_id as homeAreaId',
  'password_hash as passwordHash',
  'totp_sealed as totpSealed',
  'telephone_sealed as telephoneSealed',
  'failures',
  'locked_until as lockedUntil',
  'left_on as leftOn',
] as const;

/** The account with this sign-in name or telephone hash, locked for update; undefined when there is none. */
export function findAccount(
  tx: Scoped,
  by: { name: string } | { telephoneHash: Buffer } | { id: Id },
): Promise<Account | undefined> {
  const query = tx.db.selectFrom('account').select(accountColumns).forUpdate();
  if ('name' in by) return query.where('name', '=', by.name).executeTakeFirst();
  if ('id' in by) return query.where('id', '=', by.id).executeTakeFirst();
  return query.where('telephone_hash', '=', by.telephoneHash).executeTakeFirst();
}

/** Accounts by id. */
export async function listAccounts(tx: Scoped, ids: readonly Id[]): Promise<Account[]> {
  return await tx.db
    .selectFrom('account')
    .select(accountColumns)
    .where('id', '=', anyOf(ids))
    .execute();
}

/** Roles of accounts, also those no longer in force. */
export async function listRoles(tx: Scoped, accountIds: readonly Id[]): Promise<HeldRole[]> {
  if (accountIds.length === 0) return [];
  const rows = await selectRoles(tx)
    .where('account_id', '=', anyOf(accountIds))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

/** Who holds a role today in one of the areas. */
export async function listHolders(
  tx: Scoped,
  search: { role: Role; areaIds: readonly number[]; today: string },
): Promise<HeldRole[]> {
  if (search.areaIds.length === 0) return [];
  const rows = await selectRoles(tx)
    .where('role', '=', search.role)
    .where('area_id', 'in', search.areaIds)
    .where('since', '<=', search.today)
    .where((where) => where.or([where('until', 'is', null), where('until', '>=', search.today)]))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}

function selectRoles(tx: Scoped) {
  return tx.db
    .selectFrom('account_role')
    .select([
      'id',
      'account_id as accountId',
      'role',
      'area_id as areaId',
      'organization_id as organizationId',
      'deputy_for as deputyFor',
      'since',
      'until',
    ]);
}

/** Display names of accounts. */
export async function readNames(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account')
    .select(['id', 'display_name'])
    .where('id', 'in', [...new Set(accountIds)])
    .execute();
  return new Map(rows.map((row) => [row.id, nameIn(row.display_name, tx.actor.language)]));
}

/** The session with this token that has not ended, with its account. */
export function findSession(tx: Scoped, tokenHash: Buffer) {
  return tx.db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select([
      'session.account_id as accountId',
      'session.role_id as roleId',
      'session.expires_at as expiresAt',
      'session.last_seen_at as lastSeenAt',
      'account.display_name as displayName',
      'account.home_area_id as homeAreaId',
      'account.left_on as leftOn',
    ])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', tx.now)
    .executeTakeFirst();
}
