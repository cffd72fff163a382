import type { Id } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { BenefitKind, BenefitState, Entitlement } from './benefit.ts';

const ROWS_AT_ONCE = 500;

/** Adds entitlements that were issued. */
export async function insertEntitlements(
  tx: Writing,
  rows: readonly (Omit<Entitlement, 'number' | 'serial' | 'state' | 'codeVersion' | 'endsAs'> & {
    subjectKind: string;
  })[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await tx.db
      .insertInto('entitlement')
      .values(
        rows.slice(start, start + ROWS_AT_ONCE).map((row) => ({
          id: row.id,
          kind: row.kind,
          unit: row.unit,
          subject_kind: row.subjectKind,
          subject_id: row.subjectId,
          label: row.label,
          person_id: row.personId,
          account_id: row.accountId,
          area_id: row.areaId,
          street_id: row.streetId,
          source_id: row.sourceId,
          issue_id: row.issueId,
          amount: row.amount,
          issued_on: row.issuedOn,
          expires_on: row.expiresOn,
          goods: [...row.goods],
          issued_at: tx.now,
        })),
      )
      .execute();
}

interface Chosen {
  ids?: readonly Id[];
  subjectIds?: readonly Id[];
  personIds?: readonly Id[];
  serials?: readonly number[];
  accountId?: Id;
  areaIds?: readonly number[];
  state?: BenefitState | undefined;
  /** Issued, and not to be used on this day any more. */
  overOn?: string;
  before?: number | undefined;
  limit?: number;
  lock?: boolean;
}

/** Entitlements the reader may see, newest first. */
export async function listEntitlements(tx: Scoped, chosen: Chosen): Promise<Entitlement[]> {
  let query = tx.db.selectFrom('entitlement').selectAll();
  query = chosen.lock ? query.orderBy('id').forUpdate() : query.orderBy('serial', 'desc');
  const any = (ids: readonly Id[]) => anyOf(ids);
  if (chosen.ids) query = query.where('id', '=', any(chosen.ids));
  if (chosen.subjectIds) query = query.where('subject_id', '=', any(chosen.subjectIds));
  if (chosen.personIds) query = query.where('person_id', '=', any(chosen.personIds));
  if (chosen.serials) query = query.where('serial', 'in', [...chosen.serials]);
  if (chosen.areaIds) query = query.where('area_id', 'in', [...chosen.areaIds]);
  if (chosen.accountId) query = query.where('account_id', '=', chosen.accountId);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.overOn)
    query = query
      .where('state', '=', 'issued')
      .where('expires_on', '<=', chosen.overOn)
      .where('ends_as', 'is', null);
  if (chosen.before) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    kind: row.kind as BenefitKind,
    unit: row.unit as 'fen' | 'minute',
    subjectId: row.subject_id,
    label: row.label,
    personId: row.person_id,
    accountId: row.account_id,
    areaId: row.area_id,
    streetId: row.street_id,
    sourceId: row.source_id,
    issueId: row.issue_id,
    amount: row.amount,
    state: row.state as BenefitState,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    goods: row.goods,
    codeVersion: row.code_version,
    endsAs: row.ends_as as Entitlement['endsAs'],
  }));
}

/** Moves entitlements to another state. */
export async function moveEntitlements(
  tx: Writing,
  ids: readonly Id[],
  state: BenefitState,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.updateTable('entitlement').set({ state }).where('id', '=', anyOf(ids)).execute();
}

/** Notes how entitlements end once their hold does. */
export async function noteEnding(
  tx: Writing,
  ids: readonly Id[],
  endsAs: 'expired' | 'cancelled',
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('entitlement')
    .set({ ends_as: endsAs })
    .where('id', '=', anyOf(ids))
    .execute();
}

/** Which of these persons have entitlements, of any state. System login. */
export async function personsWithEntitlements(
  tx: Scoped,
  personIds: readonly Id[],
): Promise<Set<Id>> {
  const rows = await tx.db
    .selectFrom('entitlement')
    .select('person_id')
    .distinct()
    .where('person_id', '=', anyOf(personIds))
    .execute();
  return new Set(rows.flatMap(({ person_id }) => person_id ?? []));
}

/** Puts an account beside a person's entitlements, so that she sees them; system login. */
export async function setAccount(tx: Writing, personId: Id, accountId: Id | null): Promise<void> {
  await tx.db
    .updateTable('entitlement')
    .set({ account_id: accountId })
    .where('person_id', '=', personId)
    .execute();
  await tx.db
    .updateTable('entitlement_use')
    .set({ account_id: accountId })
    .where(
      'entitlement_id',
      'in',
      tx.db.selectFrom('entitlement').select('id').where('person_id', '=', personId),
    )
    .execute();
}
