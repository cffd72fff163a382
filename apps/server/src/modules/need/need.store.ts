import type { Id } from '@wennuan/basics';
import type { NeedKindCode, NeedState } from '@wennuan/contract';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import { type Scoped, writeUnhurried } from '../../platform/database/database.ts';
import { openStates, type Need, type NeedChange } from './need.ts';

const columns = [
  'id',
  'number',
  'kind',
  'state',
  'area_id as areaId',
  'account_id as accountId',
  'person_id as personId',
  'filed_by_id as filedById',
  'filed_at as filedAt',
  'version',
  'amount_fen as amountFen',
  'level',
  'assessed',
  'handled_by_id as handledById',
  'finding',
  'price_fen as priceFen',
  'verified_at as verifiedAt',
  'expires_on as expiresOn',
  'delivered_at as deliveredAt',
  'delivered_by_id as deliveredById',
  'refused_at as refusedAt',
  'refused_level as refusedLevel',
  'appeal',
  'merged_into as mergedInto',
  'item_id as itemId',
  'closed_at as closedAt',
  'reopened',
  'used_minutes as usedMinutes',
  'due_at as dueAt',
  'federation_since as federationSince',
] as const;

/** Needs as the loop sees them. */
export const selectNeeds = (tx: Scoped) => tx.db.selectFrom('need').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof selectNeeds>['execute']>>[number];

/** A row as the loop sees it. */
export const needOf = (row: Row): Need => ({
  ...row,
  kind: row.kind as NeedKindCode,
  state: row.state as NeedState,
  level: row.level as Need['level'],
  finding: row.finding as Need['finding'],
  refusedLevel: row.refusedLevel as Need['refusedLevel'],
  appeal: row.appeal as Need['appeal'],
  usedMinutes: row.usedMinutes as Need['usedMinutes'],
});

/** A need locked for a move; undefined when it is not there or out of scope. */
export async function lockNeed(tx: Scoped, id: Id): Promise<Need | undefined> {
  const row = await selectNeeds(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  return row && needOf(row);
}

/** Needs by id, those in scope. */
export async function listByIds(tx: Scoped, ids: readonly Id[]): Promise<Need[]> {
  if (ids.length === 0) return [];
  const rows = await selectNeeds(tx)
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    .execute();
  return rows.map(needOf);
}

/** The need with this number, when it is in scope. */
export async function findByNumber(tx: Scoped, number: string): Promise<Need | undefined> {
  const row = await selectNeeds(tx).where('number', '=', number).executeTakeFirst();
  return row && needOf(row);
}

/** The need a form has filed already. */
export async function findByForm(
  tx: Scoped,
  form: { filedById: Id; formId: Id },
): Promise<Need | undefined> {
  const row = await selectNeeds(tx)
    .where('filed_by_id', '=', form.filedById)
    .where('form_id', '=', form.formId)
    .executeTakeFirst();
  return row && needOf(row);
}

/** How many open needs of a kind an asker has, and the number of one of them. */
export async function countOpenOf(
  tx: Scoped,
  asker: { askerKey: Buffer; kind: NeedKindCode },
): Promise<{ open: number; number: string }> {
  const row = await tx.db
    .selectFrom('need')
    .select([
      sql<number>`count(*)::int`.as('open'),
      sql<string>`coalesce(max(number), '')`.as('number'),
    ])
    .where('asker_key', '=', asker.askerKey)
    .where('kind', '=', asker.kind)
    .where('state', 'in', openStates)
    .executeTakeFirstOrThrow();
  return row;
}

/** The next number of a kind, from the locked counter. */
export async function nextNumber(tx: Scoped, kind: NeedKindCode): Promise<number> {
  const row = await tx.db
    .insertInto('need_counter')
    .values({ kind, last: 1 })
    .onConflict((conflict) =>
      conflict.column('kind').doUpdateSet({ last: sql`need_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}

/** What is written when a need is filed; texts are sealed. */
export interface FiledNeed {
  id: Id;
  number: string;
  kind: NeedKindCode;
  areaId: number;
  accountId: Id | null;
  personId: Id | null;
  askerKey: Buffer;
  nameSealed: Buffer;
  titleSealed: Buffer;
  storySealed: Buffer;
  contactSealed: Buffer | null;
  contactHash: Buffer | null;
  titleHash: Buffer;
  relation: string;
  filedById: Id;
  consentForm: string;
  consentNoteSealed: Buffer | null;
  formId: Id;
  amountFen: number | null;
  dueAt: Date;
  slipCode: string;
}

/** Files a need. Two open wishes of one asker break the unique index. */
export async function insertNeed(tx: Scoped, need: FiledNeed): Promise<void> {
  await tx.db
    .insertInto('need')
    .values({
      id: need.id,
      number: need.number,
      kind: need.kind,
      state: 'submitted',
      area_id: need.areaId,
      account_id: need.accountId,
      person_id: need.personId,
      asker_key: need.askerKey,
      name_sealed: need.nameSealed,
      title_sealed: need.titleSealed,
      story_sealed: need.storySealed,
      contact_sealed: need.contactSealed,
      contact_hash: need.contactHash,
      title_hash: need.titleHash,
      relation: need.relation,
      filed_by_id: need.filedById,
      consent_form: need.consentForm,
      consent_note_sealed: need.consentNoteSealed,
      form_id: need.formId,
      amount_fen: need.amountFen,
      filed_at: tx.now,
      due_at: need.dueAt,
      slip_code: need.slipCode,
    })
    .execute();
  await writeUnhurried(
    tx,
    tx.db.insertInto('need_slip').values({
      need_id: need.id,
      code: need.slipCode,
      number: need.number,
      state: 'submitted',
      answer_by: need.dueAt,
      area_id: need.areaId,
      account_id: need.accountId,
    }),
  );
}

const COLUMN_OF: Record<keyof NeedChange, string> = {
  level: 'level',
  assessed: 'assessed',
  handledById: 'handled_by_id',
  finding: 'finding',
  priceFen: 'price_fen',
  verifiedAt: 'verified_at',
  expiresOn: 'expires_on',
  deliveredAt: 'delivered_at',
  deliveredById: 'delivered_by_id',
  refusedAt: 'refused_at',
  refusedLevel: 'refused_level',
  appeal: 'appeal',
  mergedInto: 'merged_into',
  itemId: 'item_id',
  closedAt: 'closed_at',
  reopened: 'reopened',
  usedMinutes: 'used_minutes',
  dueAt: 'due_at',
};

/**
 * Writes what a move changed on the locked need, one version on, and the state on its slip. Only what
 * differs is written: each login may change only the columns its moves need.
 */
export async function saveNeed(tx: Scoped, before: Need, after: Need): Promise<void> {
  const set: Record<string, unknown> = { state: after.state, version: before.version + 1 };
  for (const [field, column] of Object.entries(COLUMN_OF)) {
    const value = after[field as keyof NeedChange];
    if (!same(before[field as keyof NeedChange], value))
      set[column] = field === 'usedMinutes' ? JSON.stringify(value) : value;
  }
  await writeUnhurried(tx, tx.db.updateTable('need').set(set).where('id', '=', before.id));
  await writeUnhurried(
    tx,
    tx.db
      .updateTable('need_slip')
      .set({ state: after.state, answer_by: after.dueAt })
      .where('need_id', '=', before.id),
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What of a need is sealed, with the key of the need. */
export interface SealedNeed {
  id: Id;
  name: Buffer;
  title: Buffer;
  story: Buffer;
  contact: Buffer | null;
  consentNote: Buffer | null;
  relation: string;
  consentForm: string;
  slipCode: string;
}

/** The sealed parts of needs. */
export async function readSealed(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, SealedNeed>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('need')
    .select([
      'id',
      'name_sealed as name',
      'title_sealed as title',
      'story_sealed as story',
      'contact_sealed as contact',
      'consent_note_sealed as consentNote',
      'relation',
      'consent_form as consentForm',
      'slip_code as slipCode',
    ])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which of these persons have needs that no account speaks for. System login. */
export async function personsWithoutVoice(tx: Scoped, personIds: readonly Id[]): Promise<Set<Id>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('need')
    .select('person_id')
    .distinct()
    .where('person_id', '=', anyOf(personIds))
    .where('account_id', 'is', null)
    .execute();
  return new Set(rows.flatMap(({ person_id }) => person_id ?? []));
}

/** Gives the needs of a person that no account speaks for to the account bound to her; returns their ids. */
export async function claimNeeds(tx: Scoped, personId: Id, accountId: Id): Promise<Id[]> {
  const rows = await tx.db
    .updateTable('need')
    .set({ account_id: accountId })
    .where('person_id', '=', personId)
    .where('account_id', 'is', null)
    .returning('id')
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await tx.db
      .updateTable('need_event')
      .set({ account_id: accountId })
      .where('need_id', 'in', ids)
      .execute();
  return ids;
}
