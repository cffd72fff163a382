import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import { telephoneKey } from './credentials.ts';

/** What an account is known by, for its owner's own pages. */
export interface AccountFacts {
  readonly telephone: string;
  readonly displayName: string;
  readonly since: Date;
  readonly homeAreaId: number | null;
}

/** Telephone numbers of accounts that have one and were not erased. System login. */
export async function readTelephones(
  vault: Vault,
  tx: Scoped,
  accountIds: readonly Id[],
): Promise<Map<Id, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account')
    .select(['id', 'telephone_sealed'])
    .where('id', 'in', [...new Set(accountIds)])
    .where('telephone_sealed', 'is not', null)
    .execute();
  const boxes = await vault.findBoxes(
    tx,
    rows.map((row) => row.id),
  );
  return new Map(
    rows.flatMap((row) => {
      const box = boxes.get(row.id);
      return box ? [[row.id, box.open(row.telephone_sealed!)]] : [];
    }),
  );
}

/** What is on file about an account, or undefined. System login. */
export async function findFacts(
  vault: Vault,
  tx: Scoped,
  accountId: Id,
): Promise<AccountFacts | undefined> {
  const row = await tx.db
    .selectFrom('account')
    .select(['display_name', 'created_at', 'home_area_id'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!row) return undefined;
  const telephones = await readTelephones(vault, tx, [accountId]);
  return {
    telephone: telephones.get(accountId) ?? '',
    displayName: row.display_name,
    since: row.created_at,
    homeAreaId: row.home_area_id,
  };
}

/** The account that signs in with a telephone number, or undefined; refuses `telephone_invalid`. System login. */
export async function findByTelephone(
  vault: Vault,
  tx: Scoped,
  telephone: string,
): Promise<Id | undefined> {
  const row = await tx.db
    .selectFrom('account')
    .select('id')
    .where('telephone_hash', '=', vault.hash('telephone', telephoneKey(telephone)))
    .executeTakeFirst();
  return row?.id;
}
