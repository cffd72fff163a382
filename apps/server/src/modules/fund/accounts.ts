import type { Id } from '@wennuan/basics';
import { openAccounts as openInLedger } from '@wennuan/ledger';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export type PurposeKind =
  | 'fund'
  | 'campaign'
  | 'item'
  | 'channel'
  | 'supplier'
  | 'person'
  | 'organization'
  | 'need'
  | 'receivable'
  | 'bank'
  /** What a merchant promised of its sales at a station and has not paid yet. */
  | 'due'
  /** What is owed to a merchant for vouchers it took. */
  | 'payable'
  /** What was there before the record began. */
  | 'before'
  /** An enterprise's money that is locked to match gifts; its subject is the campaign. */
  | 'matching_pot'
  /** What a fund, campaign or item has set aside for persons; its subject is that account. */
  | 'aid_pot';

/** What an account of the ledger is for. The label never names a person. */
export interface Purpose {
  kind: PurposeKind;
  /** The wish of an item, else the record of the same kind. */
  subjectId: Id;
  label: string;
  areaId: number | null;
  isPublic: boolean;
}

export interface AccountToOpen {
  id: Id;
  kind: 'inner' | 'world';
  unit: string;
  /** Public code in the log, null for a private account. */
  code: string | null;
  purpose: Purpose;
}

const WELL_KNOWN = '00000000-0000-7000-8';

/** The federation's bank account, as an edge of the books: agreed gifts come in over it. */
export const BANK_ACCOUNT: Id = `${WELL_KNOWN}000-000000000001`;
/** The sandbox of the designated platform, as an edge of the books. */
export const SANDBOX_CHANNEL: Id = `${WELL_KNOWN}000-000000000002`;

/** Where givers' money comes in and refunds go out, by channel, as edges of the books. */
export const PLATFORM_CHANNEL: Id = `${WELL_KNOWN}000-000000000011`;
export const WECHAT_CHANNEL: Id = `${WELL_KNOWN}000-000000000012`;
export const ALIPAY_CHANNEL: Id = `${WELL_KNOWN}000-000000000013`;
export const CASH_DESK: Id = `${WELL_KNOWN}000-000000000014`;
/** What enterprises add to gifts on the platform. */
export const PLATFORM_MATCHING: Id = `${WELL_KNOWN}000-000000000015`;
/** What the channels keep for themselves. */
export const CHANNEL_FEES: Id = `${WELL_KNOWN}000-000000000016`;
/** What went back to givers and no gift could give: somebody owes it. */
export const REFUNDS_OWED: Id = `${WELL_KNOWN}000-000000000017`;

/** What funds held before the record began, as an edge of the books. */
export const BEFORE_RECORD: Id = `${WELL_KNOWN}000-0000000000a1`;
/** Interest of the federation's bank, and its fees. */
export const BANK_INTEREST: Id = `${WELL_KNOWN}000-0000000000a2`;
export const BANK_FEES: Id = `${WELL_KNOWN}000-0000000000a3`;
/** Money the bank received and nobody can explain yet: owed, not income. */
export const UNKNOWN_MONEY: Id = `${WELL_KNOWN}000-0000000000a4`;

/** The world account "aid paid" of a street: a person has no account of her own in these books. */
export function aidAccount(streetId: number): Id {
  return `${WELL_KNOWN}001-${streetId.toString(16).padStart(12, '0')}`;
}

/**
 * Opens ledger accounts and notes what each is for. Opening the same account again changes nothing.
 * Staff, federation and system logins.
 */
export async function openAccounts(tx: Writing, accounts: readonly AccountToOpen[]): Promise<void> {
  if (accounts.length === 0) return;
  await openInLedger(
    tx.sql,
    accounts.map(({ id, kind, unit, code }) => ({ id, kind, unit, code })),
  );
  await tx.db
    .insertInto('account_purpose')
    .values(
      accounts.map(({ id, purpose }) => ({
        account_id: id,
        kind: purpose.kind,
        subject_id: purpose.subjectId,
        label: purpose.label,
        area_id: purpose.areaId,
        is_public: purpose.isPublic,
      })),
    )
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
}

/** What accounts are for, those the reader may know. */
export async function readPurposes(
  tx: Scoped,
  accountIds: readonly Id[],
): Promise<Map<Id, Purpose>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account_purpose')
    .selectAll()
    .where('account_id', '=', anyOf(accountIds))
    .execute();
  return new Map(
    rows.map((row) => [
      row.account_id,
      {
        kind: row.kind as PurposeKind,
        subjectId: row.subject_id,
        label: row.label,
        areaId: row.area_id,
        isPublic: row.is_public,
      },
    ]),
  );
}
