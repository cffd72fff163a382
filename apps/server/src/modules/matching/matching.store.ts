import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type Selectable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { MatchingPot } from '../../platform/database/types.ts';
import type { CutBy, GiftToMatch, Match } from './matching.ts';

export type PotRow = ReturnType<typeof potOf>;

function potOf(row: Selectable<MatchingPot>) {
  return {
    id: row.id,
    code: row.code,
    serial: row.serial,
    campaignId: row.campaign_id,
    organizationId: row.organization_id,
    enterpriseName: row.enterprise_name,
    agreementNumber: row.agreement_number,
    ratioPercent: row.ratio_percent,
    capPerGiftFen: Number(row.cap_per_gift_fen),
    capPerPayerFen: Number(row.cap_per_payer_fen),
    fromOn: row.from_on,
    untilOn: row.until_on,
    remainder: row.remainder as 'campaign' | 'fund',
    remainderFundId: row.remainder_fund_id,
    giftId: row.gift_id,
    amountFen: Number(row.amount_fen),
    endedOn: row.ended_on,
  };
}

interface Chosen {
  ids?: readonly Id[];
  campaignId?: Id;
  /** Not ended, and begun by this day. */
  openOn?: PlainDate;
  lock?: boolean;
}

/** Pots, newest first; locked ones in order of id. */
export async function listPots(tx: Scoped, chosen: Chosen): Promise<PotRow[]> {
  let query = tx.db.selectFrom('matching_pot').selectAll();
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.campaignId) query = query.where('campaign_id', '=', chosen.campaignId);
  if (chosen.openOn)
    query = query.where('ended_on', 'is', null).where('from_on', '<=', chosen.openOn);
  query = chosen.lock ? query.orderBy('id').forNoKeyUpdate() : query.orderBy('serial', 'desc');
  return (await query.execute()).map(potOf);
}

/** Adds a pot; answers its code, or null when its campaign has one already. */
export async function insertPot(
  tx: Writing,
  row: Omit<PotRow, 'serial' | 'code' | 'endedOn'>,
): Promise<string | null> {
  const added = await tx.db
    .insertInto('matching_pot')
    .values({
      id: row.id,
      campaign_id: row.campaignId,
      organization_id: row.organizationId,
      enterprise_name: row.enterpriseName,
      agreement_number: row.agreementNumber,
      ratio_percent: row.ratioPercent,
      cap_per_gift_fen: row.capPerGiftFen,
      cap_per_payer_fen: row.capPerPayerFen,
      from_on: row.fromOn,
      until_on: row.untilOn,
      remainder: row.remainder,
      remainder_fund_id: row.remainderFundId,
      gift_id: row.giftId,
      amount_fen: row.amountFen,
      opened_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict.column('campaign_id').where('ended_on', 'is', null).doNothing(),
    )
    .returning('code')
    .executeTakeFirst();
  return added?.code ?? null;
}

/** Marks pots as ended. */
export async function endPots(tx: Writing, ids: readonly Id[], on: PlainDate): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('matching_pot')
    .set({ ended_on: on })
    .where('id', '=', anyOf(ids))
    .execute();
}

/** So far behind the newest matched gift a quick look goes back: gifts may be written in another order than numbered. */
const LOOK_BACK = 20_000;

/** Gifts a pot is promised for that were not looked at yet, oldest first. System login. */
export async function listToMatch(
  tx: Scoped,
  pot: { potId: Id; quick: boolean; limit: number },
): Promise<GiftToMatch[]> {
  let after = 0;
  if (pot.quick) {
    const last = await tx.db
      .selectFrom('gift_match')
      .select((column) => column.fn.max('gift_serial').as('serial'))
      .where('pot_id', '=', pot.potId)
      .executeTakeFirst();
    after = Math.max(0, Number(last?.serial ?? 0) - LOOK_BACK);
  }
  const { rows } = await sql<{
    gift_id: Id;
    gift_serial: number;
    amount_fen: number;
    refunded_fen: number;
    account_id: Id | null;
  }>`select * from gifts_to_match(${pot.potId}, ${after}, ${pot.limit})`.execute(tx.db);
  return rows.map((row) => ({
    giftId: row.gift_id,
    giftSerial: Number(row.gift_serial),
    amountFen: Number(row.amount_fen),
    refundedFen: Number(row.refunded_fen),
    accountId: row.account_id,
  }));
}

/** What of payers' gifts a pot has matched and not taken back. System login. */
export async function sumPayers(
  tx: Scoped,
  potId: Id,
  accountIds: readonly Id[],
): Promise<Map<Id, number>> {
  if (accountIds.length === 0) return new Map();
  const { rows } = await sql<{ account_id: Id; fen: number }>`
    select account_id, sum(amount_fen - taken_back_fen)::bigint as fen from gift_match
    where pot_id = ${potId} and account_id = any(${accountIds}::uuid[]) group by account_id`.execute(
    tx.db,
  );
  return new Map(rows.map((row) => [row.account_id, Number(row.fen)]));
}

/** Writes what became of gifts. System login. */
export async function insertMatches(
  tx: Writing,
  rows: readonly (Match & { potId: Id; transferId: Id | null })[],
): Promise<void> {
  if (rows.length === 0) return;
  const column = <T>(of: (row: (typeof rows)[number]) => T) => rows.map(of);
  await sql`
    insert into gift_match (gift_id, gift_serial, pot_id, account_id, rule_fen, amount_fen, cut_by, transfer_id,
      refund_seen_fen, at)
    select m.*, ${tx.now}::timestamptz from unnest(
      ${column((row) => row.giftId)}::uuid[], ${column((row) => row.giftSerial)}::bigint[],
      ${column((row) => row.potId)}::uuid[], ${column((row) => row.accountId)}::uuid[],
      ${column((row) => row.ruleFen)}::bigint[], ${column((row) => row.matchFen)}::bigint[],
      ${column((row) => row.cutBy)}::text[], ${column((row) => row.transferId)}::uuid[],
      ${column((row) => row.refundedFen)}::bigint[]) as m`.execute(tx.db);
}

export interface MatchToTakeBack {
  giftId: Id;
  potId: Id;
  campaignId: Id;
  matchFen: number;
  takenBackFen: number;
  transferId: Id | null;
  giftFen: number;
  refundedFen: number;
  ratioPercent: number;
  capPerGiftFen: number;
}

/** Matched gifts of which more went back than was seen. System login. */
export async function listToTakeBack(tx: Scoped, limit: number): Promise<MatchToTakeBack[]> {
  const { rows } = await sql<Record<string, string & number>>`
    select * from matches_to_take_back(${limit})`.execute(tx.db);
  return rows.map((row) => ({
    giftId: row['gift_id']!,
    potId: row['pot_id']!,
    campaignId: row['campaign_id']!,
    matchFen: Number(row['amount_fen']),
    takenBackFen: Number(row['taken_back_fen']),
    transferId: row['transfer_id'] ?? null,
    giftFen: Number(row['gift_fen']),
    refundedFen: Number(row['refunded_fen']),
    ratioPercent: Number(row['ratio_percent']),
    capPerGiftFen: Number(row['cap_per_gift_fen']),
  }));
}

/** Notes what was taken back of matches, and for how much of their gifts. System login. */
export async function noteTakenBack(
  tx: Writing,
  rows: readonly { giftId: Id; takenFen: number; refundedFen: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update gift_match m set taken_back_fen = m.taken_back_fen + t.taken, refund_seen_fen = t.seen
    from unnest(${rows.map((row) => row.giftId)}::uuid[], ${rows.map((row) => row.takenFen)}::bigint[],
      ${rows.map((row) => row.refundedFen)}::bigint[]) as t(gift_id, taken, seen)
    where m.gift_id = t.gift_id`.execute(tx.db);
}

export interface PotSums {
  gifts: number;
  matchedFen: number;
  takenBackFen: number;
  /** Gifts that got less than the ratio gives because the pot was empty by then. */
  cutByPot: number;
}

/** What pots have matched so far. */
export async function sumMatches(tx: Scoped, potIds: readonly Id[]): Promise<Map<Id, PotSums>> {
  if (potIds.length === 0) return new Map();
  const { rows } = await sql<{
    pot_id: Id;
    gifts: number;
    matched: number;
    back: number;
    cut: number;
  }>`
    select pot_id, count(*) filter (where amount_fen > 0)::int as gifts, sum(amount_fen)::bigint as matched,
      sum(taken_back_fen)::bigint as back, count(*) filter (where cut_by = 'pot')::int as cut
    from gift_match where pot_id = any(${potIds}::uuid[]) group by pot_id`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.pot_id,
      {
        gifts: row.gifts,
        matchedFen: Number(row.matched),
        takenBackFen: Number(row.back),
        cutByPot: row.cut,
      },
    ]),
  );
}

export interface MatchRow {
  giftId: Id;
  giftSerial: number;
  ruleFen: number;
  matchFen: number;
  takenBackFen: number;
  cutBy: CutBy | null;
  at: Date;
}

/** A pot's matches, newest gift first. */
export async function listMatches(
  tx: Scoped,
  chosen: { potId: Id; before?: number | undefined; limit: number },
): Promise<MatchRow[]> {
  let query = tx.db
    .selectFrom('gift_match')
    .select(['gift_id', 'gift_serial', 'rule_fen', 'amount_fen', 'taken_back_fen', 'cut_by', 'at'])
    .where('pot_id', '=', chosen.potId)
    .orderBy('gift_serial', 'desc')
    .limit(chosen.limit);
  if (chosen.before !== undefined) query = query.where('gift_serial', '<', chosen.before);
  return (await query.execute()).map((row) => ({
    giftId: row.gift_id,
    giftSerial: Number(row.gift_serial),
    ruleFen: Number(row.rule_fen),
    matchFen: Number(row.amount_fen),
    takenBackFen: Number(row.taken_back_fen),
    cutBy: row.cut_by as CutBy | null,
    at: row.at,
  }));
}
