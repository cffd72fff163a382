import type { Id } from '@wennuan/basics';
import type { NeedState } from '@wennuan/contract';
import { type Scoped, writeUnhurried } from '../../platform/database/database.ts';
import type { JsonValue } from '../../platform/database/types.ts';
import type { Verified } from './need.guards.ts';
import type { Need } from './need.ts';

/** One line of a need's history. */
export interface NeedEvent {
  id: Id;
  needId: Id;
  at: Date;
  move: string;
  state: NeedState;
  actorId: Id | null;
  role: string | null;
  actorName: string | null;
  noteSealed: Buffer | null;
  detail: Record<string, JsonValue | undefined>;
  attachmentIds: Id[];
  before: Record<string, JsonValue | undefined> | null;
  undoUntil: Date | null;
}

/** Adds a line to the history: nothing of it is ever changed. */
export async function insertEvent(
  tx: Scoped,
  need: Need,
  event: Omit<NeedEvent, 'needId' | 'at' | 'actorId' | 'role' | 'actorName'>,
): Promise<void> {
  const { actor } = tx;
  await writeUnhurried(
    tx,
    tx.db.insertInto('need_event').values({
      id: event.id,
      need_id: need.id,
      at: tx.now,
      move: event.move,
      state: event.state,
      actor_id: actor.accountId,
      role: actor.role,
      actor_name: actor.accountId ? null : actor.displayName,
      note_sealed: event.noteSealed,
      detail: JSON.stringify(event.detail),
      attachment_ids: event.attachmentIds,
      before: event.before && JSON.stringify(event.before),
      undo_until: event.undoUntil,
      area_id: need.areaId,
      account_id: need.accountId,
      federation_since: need.federationSince,
    }),
  );
}

/** The histories of needs, oldest first. */
export async function listEvents(tx: Scoped, needIds: readonly Id[]): Promise<NeedEvent[]> {
  if (needIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('need_event')
    .select([
      'id',
      'need_id as needId',
      'at',
      'move',
      'state',
      'actor_id as actorId',
      'role',
      'actor_name as actorName',
      'note_sealed as noteSealed',
      'detail',
      'attachment_ids as attachmentIds',
      'before',
      'undo_until as undoUntil',
    ])
    .where('need_id', 'in', needIds)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...row,
    state: row.state as NeedState,
    detail: row.detail as NeedEvent['detail'],
    before: row.before as NeedEvent['before'],
  }));
}

/** A verification as it is kept. */
export interface Verification extends Verified {
  id: Id;
  needId: Id;
  at: Date;
  actorId: Id;
  level: 'community' | 'street';
  visitedAt: Date;
  placeSealed: Buffer;
  seenSealed: Buffer;
  secondSourceSealed: Buffer | null;
  priceFen: number | null;
  priceSource: string | null;
  validUntil: string;
  statutoryNotesSealed: Buffer | null;
}

/** Keeps the record of a verification. */
export async function insertVerification(
  tx: Scoped,
  need: Need,
  record: Omit<Verification, 'needId' | 'at' | 'actorId'>,
): Promise<void> {
  await tx.db
    .insertInto('need_verification')
    .values({
      id: record.id,
      need_id: need.id,
      at: tx.now,
      actor_id: tx.actor.accountId!,
      level: record.level,
      visited_at: record.visitedAt,
      place_sealed: record.placeSealed,
      seen_sealed: record.seenSealed,
      second_source_sealed: record.secondSourceSealed,
      finding: record.finding,
      price_fen: record.priceFen,
      price_source: record.priceSource,
      valid_until: record.validUntil,
      public_title: record.publicTitle,
      public_text: record.publicText,
      statutory: JSON.stringify(record.statutory),
      statutory_notes_sealed: record.statutoryNotesSealed,
      area_id: need.areaId,
      federation_since: need.federationSince,
    })
    .execute();
}

/** Verifications that were not undone, oldest first. */
export async function listVerifications(
  tx: Scoped,
  needIds: readonly Id[],
): Promise<Verification[]> {
  if (needIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('need_verification')
    .select([
      'id',
      'need_id as needId',
      'at',
      'actor_id as actorId',
      'level',
      'visited_at as visitedAt',
      'place_sealed as placeSealed',
      'seen_sealed as seenSealed',
      'second_source_sealed as secondSourceSealed',
      'finding',
      'price_fen as priceFen',
      'price_source as priceSource',
      'valid_until as validUntil',
      'public_title as publicTitle',
      'public_text as publicText',
      'statutory',
      'statutory_notes_sealed as statutoryNotesSealed',
    ])
    .where('need_id', 'in', needIds)
    .where('undone', '=', false)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...row,
    level: row.level as Verification['level'],
    finding: row.finding as Verification['finding'],
    statutory: row.statutory as unknown as Verification['statutory'],
  }));
}

/** A referral to another office. */
export interface Referral {
  id: Id;
  needId: Id;
  to: string;
  reasonSealed: Buffer;
  referredAt: Date;
  dueAt: Date;
  resultAt: Date | null;
  resultSealed: Buffer | null;
}

/** Notes that a need was referred. */
export async function insertReferral(
  tx: Scoped,
  need: Need,
  referral: Pick<Referral, 'id' | 'to' | 'reasonSealed' | 'dueAt'>,
): Promise<void> {
  await tx.db
    .insertInto('need_referral')
    .values({
      id: referral.id,
      need_id: need.id,
      referred_to: referral.to,
      reason_sealed: referral.reasonSealed,
      referred_at: tx.now,
      due_at: referral.dueAt,
      area_id: need.areaId,
      federation_since: need.federationSince,
    })
    .execute();
}

/** Referrals that were not undone, oldest first. */
export async function listReferrals(tx: Scoped, needIds: readonly Id[]): Promise<Referral[]> {
  if (needIds.length === 0) return [];
  return await tx.db
    .selectFrom('need_referral')
    .select([
      'id',
      'need_id as needId',
      'referred_to as to',
      'reason_sealed as reasonSealed',
      'referred_at as referredAt',
      'due_at as dueAt',
      'result_at as resultAt',
      'result_sealed as resultSealed',
    ])
    .where('need_id', 'in', needIds)
    .where('undone', '=', false)
    .orderBy('id')
    .execute();
}

/** Notes what came of a referral. */
export async function closeReferral(tx: Scoped, id: Id, resultSealed: Buffer): Promise<void> {
  await tx.db
    .updateTable('need_referral')
    .set({ result_at: tx.now, result_sealed: resultSealed })
    .where('id', '=', id)
    .execute();
}

/** Takes back the record that an undone move had made. */
export async function undoRecord(
  tx: Scoped,
  kind: 'need_verification' | 'need_referral',
  id: Id,
): Promise<void> {
  await tx.db.updateTable(kind).set({ undone: true }).where('id', '=', id).execute();
}
