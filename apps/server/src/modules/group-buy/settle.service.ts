import type { Id } from '@wennuan/basics';
import { post, type TransferCommand } from '@wennuan/ledger';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { type GroupBuy, sellerEdge, type Share, type ShareState } from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { listGroups } from './group.store.ts';
import {
  type GroupRefund,
  insertRefunds,
  listUnderWay,
  noteAnswers,
  type RefundKind,
} from './refund.store.ts';
import { listShares, noteSettled, setStates } from './share.store.ts';

const SHARES_AT_ONCE = 500;
const REFUNDS_AT_ONCE = 100;
const ACTOR = systemActor('group-buy');

interface Settled {
  share: Share;
  group: GroupBuy;
}

/**
 * Brings money where the end of its group says: out of a group that was reached as sales with their 2 %, out of one that
 * failed back to who paid. In steps that may each be repeated: a crash between two of them loses and doubles nothing.
 * Answers how many shares it settled.
 */
export async function settleShares(needs: GroupBuyNeeds): Promise<number> {
  let settled = 0;
  for (;;) {
    // Only what was recorded as a sale leaves as one: a group that is decided in between waits for the next turn.
    const sold = await needs.database.write(ACTOR, null, async (tx) => {
      const out = await listUnsettled(tx, { states: ['paid', 'picked_up'], decided: true });
      if (out.length === 0) return [];
      // What may not be sold any more, as the seller's licence lapsed meanwhile, goes back to who paid.
      const refused = await needs.recordSales(tx, out.map(saleOf));
      await setStates(tx, refused, 'returning');
      return out.map(({ share }) => share.id);
    });
    const count = await needs.database.write(ACTOR, null, async (tx) => {
      const out = [
        ...(await listUnsettled(tx, { states: ['paid', 'picked_up'], ids: sold })),
        ...(await listUnsettled(tx, { states: ['returning'] })),
      ];
      await postOut(needs, tx, out);
      return out.length;
    });
    settled += count;
    if (count < SHARES_AT_ONCE) return settled;
  }
}

/** Shares whose money still stands in their group's account, locked. */
async function listUnsettled(
  tx: Writing,
  chosen: { states: readonly ShareState[]; ids?: readonly Id[]; decided?: boolean },
): Promise<Settled[]> {
  const waiting = await listShares(tx, {
    ...chosen,
    unsettled: true,
    limit: SHARES_AT_ONCE,
    lock: true,
  });
  const groups = new Map(
    (await listGroups(tx, { ids: waiting.map((share) => share.groupId) })).map((group) => [
      group.id,
      group,
    ]),
  );
  return waiting.map((share) => ({ share, group: groups.get(share.groupId)! }));
}

function saleOf({ share, group }: Settled) {
  return {
    key: share.id,
    placeId: group.placeId,
    variantId: group.variantId,
    accountId: share.accountId,
    pieces: share.pieces,
    perQuantity: group.perQuantity,
    priceFen: group.priceFen!,
    paidAt: share.paidAt!,
    transaction:
      share.transaction === null ? null : { number: share.transaction, paidFen: share.paidFen },
    isPickedUp: share.state === 'picked_up',
  };
}

/** What of a payment is the seller's in the end; the rest goes back. */
function keptFen({ share, group }: Settled): number {
  return share.state === 'returning' ? 0 : share.pieces * group.priceFen!;
}

async function postOut(needs: GroupBuyNeeds, tx: Writing, out: readonly Settled[]): Promise<void> {
  if (out.length === 0) return;
  const commands: TransferCommand[] = [];
  const refunds: GroupRefund[] = [];
  for (const one of out) {
    const kept = keptFen(one);
    const back = one.share.paidFen - kept;
    if (kept > 0) commands.push(leaving(one, { what: 'sold', amount: kept }));
    if (back > 0) {
      commands.push(leaving(one, { what: 'back', amount: back }));
      refunds.push(refundOf(needs, one, back));
    }
  }
  await insertRefunds(tx, refunds);
  await noteSettled(
    tx,
    out.map(({ share }) => share.id),
  );
  for (const outcome of await post(tx.sql, { commands, at: tx.now, newId: needs.newId }))
    if (outcome.status === 'refused') throw new Error(`${outcome.key}: ${outcome.refusal}`);
  for (const { share } of out) tx.touched('group_share', share.id, 'settled');
}

/** Out of the group's account to its seller's number: as the seller's own, or on its way back to who paid. */
function leaving(
  { share, group }: Settled,
  { what, amount }: { what: 'sold' | 'back'; amount: number },
): TransferCommand {
  return {
    key: `group-${what}:${share.id}`,
    from: group.id,
    to: sellerEdge(group.merchantId),
    amount,
    of: share.entryId!,
    reason: what === 'sold' ? 'group_sold' : 'return',
    document: { kind: 'group_share', id: share.id },
    actor: null,
  };
}

function refundOf(needs: GroupBuyNeeds, { share, group }: Settled, amountFen: number): GroupRefund {
  const kind: RefundKind =
    share.state !== 'returning' ? 'difference' : group.state === 'failed' ? 'whole' : 'late';
  return {
    id: needs.newId(),
    shareId: share.id,
    groupId: group.id,
    areaId: group.areaId,
    kind,
    amountFen,
  };
}

/** Asks sellers' channels to send back what is under way; answers how many are done. Each may be asked again and again. */
export async function askRefunds(needs: GroupBuyNeeds): Promise<number> {
  const { seller } = needs;
  if (!seller) return 0;
  let done = 0;
  for (;;) {
    const waiting = await needs.database.read(ACTOR, (tx) => listUnderWay(tx, REFUNDS_AT_ONCE));
    const answers: Parameters<typeof noteAnswers>[1][number][] = [];
    for (const one of waiting) {
      const answer = await seller
        .refund({ ...one, refundId: one.id, totalFen: one.paidFen })
        .catch(() => 'unknown' as const);
      const refusal = typeof answer === 'object' ? answer.refused.slice(0, 200) : null;
      answers.push({ refundId: one.id, done: answer === 'done', refusal });
    }
    if (answers.length > 0)
      await needs.database.write(ACTOR, null, (tx) => noteAnswers(tx, answers));
    const now = answers.filter((one) => one.done).length;
    done += now;
    if (now < REFUNDS_AT_ONCE) return done;
  }
}
