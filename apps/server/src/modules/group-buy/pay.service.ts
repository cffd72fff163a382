import type { Id } from '@wennuan/basics';
import { post, type TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { goOn, groupsOf, type UnderLock } from './decide.service.ts';
import {
  type GroupBuy,
  type PriceStep,
  priceOnJoining,
  SELLER_UNIT,
  sellerEdge,
  type Share,
} from './group-buy.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { readSteps } from './group.store.ts';
import { listLive, listShares, lockShelves, noteEntries, notePaid } from './share.store.ts';
import { endHold, freePieces } from './shelf.ts';

/** A payment that a seller's channel has proved. The share's id is its order number. */
export interface PaidShare {
  shareId: Id;
  amountFen: number;
  paidAt: Date;
  /** The payment service's number of it; null in the sandbox. */
  transaction?: string | null;
}

/** `late`: nothing was set aside any more, and it goes back. `altered`: not the amount that was asked for. */
export type PaidOutcome = 'paid' | 'already_paid' | 'late' | 'altered' | 'not_found';

/**
 * Takes payments into the books. Each stands in the group's account, which mirrors what the seller's own number holds
 * for it; the same payment again changes nothing. Money that arrives is always taken, also what must go back. Posts.
 */
export async function takePayments(
  needs: GroupBuyNeeds,
  tx: Writing,
  payments: readonly PaidShare[],
): Promise<PaidOutcome[]> {
  const ids = payments.map((one) => one.shareId);
  const known = await listShares(tx, { ids });
  const { shelves, databaseNow } = await lockShelves(
    tx,
    known.map((share) => share.groupId),
  );
  const at = needs.isLive ? databaseNow : tx.now;
  const groups = await groupsOf(tx, shelves);
  const steps = await readSteps(tx, [...groups.keys()]);
  const shares = new Map((await listShares(tx, { ids, lock: true })).map((one) => [one.id, one]));
  const live = new Map(
    (await listLive(tx, [...shares.values()])).map((one) => [householdIn(one), one.id]),
  );
  const taken: Taken[] = [];
  const outcomes = payments.map((payment): PaidOutcome => {
    const share = shares.get(payment.shareId);
    const group = share && groups.get(share.groupId);
    if (!share || !group) return 'not_found';
    const locked = { group, shelf: shelves.get(group.id)!, at };
    const outcome = decidePayment({ payment, share, locked, steps: steps.get(group.id)!, live });
    if (outcome === 'paid' || outcome === 'late') {
      const state = outcome === 'paid' ? ('paid' as const) : ('returning' as const);
      taken.push({ ...payment, id: share.id, state, group });
      share.state = state;
      share.paidAt = payment.paidAt;
    }
    return outcome;
  });
  await notePaid(tx, taken);
  for (const group of groups.values())
    if (taken.some((one) => one.group.id === group.id))
      await goOn(needs, tx, { group, shelf: shelves.get(group.id)!, at });
  await postPayments(needs, tx, taken);
  return outcomes;
}

type Taken = PaidShare & { id: Id; state: 'paid' | 'returning'; group: GroupBuy };

interface Decide {
  payment: PaidShare;
  share: Share;
  locked: UnderLock;
  steps: readonly PriceStep[];
  /** By which share each household takes part, so that none does so twice. */
  live: Map<string, Id>;
}

const householdIn = (share: Pick<Share, 'groupId' | 'householdKey'>) =>
  `${share.groupId} ${share.householdKey}`;

function decidePayment({ payment, share, locked, steps, live }: Decide): PaidOutcome {
  if (share.paidAt !== null) return 'already_paid';
  if (share.pieces === 0 || payment.amountFen !== share.pieces * priceOnJoining(steps))
    return 'altered';
  const { shelf } = locked;
  if (share.state === 'held') {
    endHold(shelf, share.pieces, true);
    return 'paid';
  }
  // Her time was over. What is still free is hers; else, or when the household joined anew, the money goes back.
  const takesPart = live.get(householdIn(share));
  if (shelf.isClosed || freePieces(shelf) < share.pieces || (takesPart && takesPart !== share.id))
    return 'late';
  shelf.paidPieces += share.pieces;
  live.set(householdIn(share), share.id);
  return 'paid';
}

async function postPayments(
  needs: GroupBuyNeeds,
  tx: Writing,
  taken: readonly Taken[],
): Promise<void> {
  if (taken.length === 0) return;
  await openMirrors(
    needs,
    tx,
    taken.map((one) => one.group),
  );
  const outcomes = await post(tx.sql, {
    commands: taken.map((one): TransferCommand => ({
      key: `group-pay:${one.id}`,
      from: sellerEdge(one.group.merchantId),
      to: one.group.id,
      amount: one.amountFen,
      reason: 'group_pay',
      document: { kind: 'group_share', id: one.id },
      actor: null,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  await noteEntries(
    tx,
    outcomes.map((outcome, index) => {
      if (outcome.status === 'refused') throw new Error(`payment refused: ${outcome.refusal}`);
      return { id: taken[index]!.id, entryId: outcome.transferIds[0]! };
    }),
  );
  for (const one of taken) tx.touched('group_share', one.id, one.state);
}

/** The group's account and the edge that is its seller's number; opening them again changes nothing. */
async function openMirrors(needs: GroupBuyNeeds, tx: Writing, groups: readonly GroupBuy[]) {
  const byId = new Map(groups.map((group) => [group.id, group]));
  await needs.fund.openAccounts(
    tx,
    [...byId.values()].flatMap((group) => [
      {
        id: sellerEdge(group.merchantId),
        kind: 'world' as const,
        unit: SELLER_UNIT,
        code: null,
        purpose: {
          kind: 'channel' as const,
          subjectId: group.merchantId,
          label: `商户收款号：${group.merchantName}`,
          areaId: null,
          isPublic: false,
        },
      },
      {
        id: group.id,
        kind: 'inner' as const,
        unit: SELLER_UNIT,
        code: null,
        purpose: {
          kind: 'channel' as const,
          subjectId: group.id,
          label: `拼团 ${group.number} 在商户收款号中的款`,
          areaId: group.areaId,
          isPublic: false,
        },
      },
    ]),
  );
}
