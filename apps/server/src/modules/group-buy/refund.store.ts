import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** A wait of more than a century is long enough. */
const DOUBLINGS_MOST = 30;

/** Why a seller's channel sends money back: all of it, what it was above the price, or it came when nothing was left. */
export type RefundKind = 'whole' | 'difference' | 'late';

export interface GroupRefund {
  /** The refund number at the channel: asking twice is one refund. */
  id: Id;
  shareId: Id;
  groupId: Id;
  areaId: number;
  kind: RefundKind;
  amountFen: number;
}

/** Adds refunds; the same kind of the same share again changes nothing. */
export async function insertRefunds(tx: Writing, refunds: readonly GroupRefund[]): Promise<void> {
  if (refunds.length === 0) return;
  await tx.db
    .insertInto('group_refund')
    .values(
      refunds.map((one) => ({
        id: one.id,
        share_id: one.shareId,
        group_id: one.groupId,
        area_id: one.areaId,
        kind: one.kind,
        amount_fen: one.amountFen,
        asked_at: tx.now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['share_id', 'kind']).doNothing())
    .execute();
}

/** A refund that is under way, with the payment it is of. */
export type UnderWay = GroupRefund & {
  paidFen: number;
  merchantId: Id;
  transaction: string | null;
  tries: number;
};

/** A refund of a share by its number at the channel. */
export async function findRefund(tx: Scoped, refundId: Id) {
  return await tx.db
    .selectFrom('group_refund')
    .innerJoin('group_buy', 'group_buy.id', 'group_refund.group_id')
    .select([
      'group_refund.id',
      'group_refund.amount_fen as amountFen',
      'group_buy.merchant_id as merchantId',
    ])
    .where('group_refund.id', '=', refundId)
    .executeTakeFirst();
}

/**
 * Refunds to ask for, oldest first; those tried least come first. What was refused is asked for again ever more seldom:
 * its reason may go, but asking every few seconds does not make it.
 */
export async function listUnderWay(tx: Scoped, limit: number): Promise<UnderWay[]> {
  const { rows } = await sql<UnderWay>`
    select r.id, r.share_id as "shareId", r.group_id as "groupId", r.area_id as "areaId", r.kind,
      r.amount_fen as "amountFen", r.tries, s.paid_fen as "paidFen", s.transaction, g.merchant_id as "merchantId"
    from group_refund r join group_share s on s.id = r.share_id join group_buy g on g.id = r.group_id
    where r.state = 'asked'
      and (r.refusal is null
        or r.asked_at + interval '5 s' * power(2, least(r.tries, ${DOUBLINGS_MOST})) <= ${tx.now}::timestamptz)
    order by r.tries, r.asked_at limit ${limit}`.execute(tx.db);
  return rows;
}

/** Notes what channels answered: done, or tried in vain. A share whose whole payment went back is returned. */
export async function noteAnswers(
  tx: Writing,
  answers: readonly { refundId: Id; done: boolean; refusal?: string | null }[],
): Promise<void> {
  if (answers.length === 0) return;
  const done = answers.filter((one) => one.done).map((one) => one.refundId);
  const tried = answers.filter((one) => !one.done);
  await sql`update group_refund r set tries = r.tries + 1, refusal = n.refusal
    from unnest(${tried.map((one) => one.refundId)}::uuid[], ${tried.map((one) => one.refusal ?? null)}::text[])
      as n(id, refusal)
    where r.id = n.id and r.state = 'asked'`.execute(tx.db);
  await sql`update group_refund set state = 'done', done_at = ${tx.now}, refusal = null
    where id = any(${done}::uuid[]) and state = 'asked'`.execute(tx.db);
  await endReturning(tx, done);
}

async function endReturning(tx: Writing, refundIds: readonly Id[]): Promise<void> {
  await sql`update group_share s set state = 'returned' from group_refund r
    where r.share_id = s.id and r.id = any(${refundIds}::uuid[]) and r.kind <> 'difference'
      and s.state = 'returning'`.execute(tx.db);
}

/** A refund that was refused when it was last asked for. */
export interface RefusedRefund {
  id: Id;
  shareId: Id;
  groupId: Id;
  groupNumber: string;
  title: string;
  merchantName: string;
  /** The share's place in its group. */
  place: number;
  amountFen: number;
  refusal: string;
  askedAt: Date;
}

/** Refunds that sellers' numbers refused, oldest first: of a group, of shares, or all that one may see. */
export async function listRefused(
  tx: Scoped,
  chosen: { groupId?: Id; shareIds?: readonly Id[]; limit: number },
): Promise<RefusedRefund[]> {
  const { groupId = null, limit } = chosen;
  const shareIds = chosen.shareIds ? [...chosen.shareIds] : null;
  const { rows } = await sql<RefusedRefund>`
    select r.id, r.share_id as "shareId", r.group_id as "groupId", g.number as "groupNumber", g.title,
      g.merchant_name as "merchantName", s.place, r.amount_fen as "amountFen", r.refusal, r.asked_at as "askedAt"
    from group_refund r join group_share s on s.id = r.share_id join group_buy g on g.id = r.group_id
    where r.state = 'asked' and r.refusal is not null
      and (${groupId}::uuid is null or r.group_id = ${groupId})
      and (${shareIds}::uuid[] is null or r.share_id = any(${shareIds}::uuid[]))
    order by r.asked_at, s.place limit ${limit}`.execute(tx.db);
  return rows;
}

/** Ends a refused refund by how the seller gave it back; false when it is not refused any more. System login. */
export async function noteGiven(
  tx: Writing,
  { refundId, how }: { refundId: Id; how: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update group_refund
    set state = 'done', done_at = ${tx.now}, given_how = ${how}, given_by = ${tx.actor.accountId}
    where id = ${refundId} and state = 'asked' and refusal is not null`.execute(tx.db);
  if (numAffectedRows !== 1n) return false;
  await endReturning(tx, [refundId]);
  return true;
}
