import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { balances, post } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { mustBeOpen } from '../fund/index.ts';
import {
  insertRate,
  insertSplits,
  listRates,
  listToSplit,
  sumSplits,
  type GiftToSplit,
} from './management.store.ts';
import { basisPointsOf, managementPart } from './payout.ts';
import type { PayoutNeeds } from './payout.needs.ts';

const MOST_BASIS_POINTS = 1_000;
const SPLIT_AT_ONCE = 500;

/** The account of management cost; null before any rate was filed. */
export async function managementFund(needs: PayoutNeeds, tx: Scoped): Promise<Id | null> {
  const [fund] = await needs.fund.listFunds(tx, { kind: 'management' });
  return fund?.id ?? null;
}

/**
 * Sets which part of each gift to a fund or campaign goes to management cost from a day on, as filed. Opens
 * the account of management cost with the first rate. Refuses more than ten percent (`rate_too_high`).
 */
export async function setManagementRate(
  needs: PayoutNeeds,
  tx: Writing,
  command: { accountId: Id; percent: string; filingNumber: string; sinceOn: PlainDate },
): Promise<void> {
  const rateBasisPoints = basisPointsOf(command.percent);
  if (rateBasisPoints > MOST_BASIS_POINTS) throw new Refusal('rate_too_high', {}, 'percent');
  const purpose = (await needs.fund.purposes(tx, [command.accountId])).get(command.accountId);
  const own = await managementFund(needs, tx);
  if ((purpose?.kind !== 'fund' && purpose?.kind !== 'campaign') || own === command.accountId)
    throw new Refusal('not_found', {}, 'accountId');
  // A rate is never dated back: gifts that are here were given under the rate their givers read.
  if (command.sinceOn < dateInShanghai(tx.now)) throw new Refusal('input_invalid', {}, 'sinceOn');
  await mustBeOpen(tx, [command.sinceOn], 'sinceOn');
  if (own === null)
    await needs.fund.createFunds(tx, [{ name: '管理费账户', kind: 'management', areaId: null }]);
  await insertRate(tx, { ...command, rateBasisPoints });
  tx.touched('management_rate', command.accountId, command.filingNumber);
}

/**
 * Takes the filed part out of gifts that came in since the last time: out of each gift's own entry, so that
 * nobody else's gift and no purpose's queue pays for it. Once per gift. Answers how many gifts it split.
 */
export async function splitManagement(needs: PayoutNeeds, tx: Writing): Promise<number> {
  const gifts = await listToSplit(tx, SPLIT_AT_ONCE);
  if (gifts.length === 0) return 0;
  const fundId = await managementFund(needs, tx);
  if (fundId === null) return 0;
  const parts = gifts.map((gift) => ({
    gift,
    amountFen: managementPart(gift.amountFen, gift.rateBasisPoints),
  }));
  const taking = parts.filter((part) => part.amountFen > 0);
  const outcomes = await post(tx.sql, {
    commands: taking.map(({ gift, amountFen }) => splitCommand(gift, amountFen, fundId)),
    at: tx.now,
    newId: needs.newId,
  });
  const transfersOf = new Map(
    taking.map(({ gift }, index): [Id, Id[]] => {
      const outcome = outcomes[index]!;
      if (outcome.status !== 'refused') return [gift.giftId, outcome.transferIds];
      // Spent or held before its turn came: the purpose keeps the whole gift.
      if (outcome.refusal === 'already_spent' || outcome.refusal === 'balance_too_low')
        return [gift.giftId, []];
      throw new Error(`split refused: ${outcome.refusal}`);
    }),
  );
  await insertSplits(
    tx,
    parts.map(({ gift, amountFen }) => {
      const transferIds = transfersOf.get(gift.giftId) ?? [];
      return { ...gift, amountFen: transferIds.length > 0 ? amountFen : 0, transferIds };
    }),
  );
  return gifts.length;
}

function splitCommand(gift: GiftToSplit, amount: number, to: Id) {
  return {
    key: `management:${gift.giftId}`,
    from: gift.accountId,
    to,
    amount,
    of: gift.transferId,
    reason: 'management',
    document: { kind: 'gift', id: gift.giftId },
    actor: null,
  };
}

/** The account of management cost and what fills it. */
export async function readManagement(
  needs: PayoutNeeds,
  tx: Scoped,
): Promise<RouteOutput<typeof routes.payout.management>> {
  const accountId = await managementFund(needs, tx);
  const [held] = accountId === null ? [] : await balances(tx.sql, [accountId]);
  const today = dateInShanghai(tx.now);
  const rates = await listRates(tx);
  // Of each account the rate that holds today, else the one to come.
  const current = [...Map.groupBy(rates, (rate) => rate.accountId).values()].map(
    (ofAccount) => ofAccount.find((rate) => rate.sinceOn <= today) ?? ofAccount.at(-1)!,
  );
  const purposes = await needs.fund.purposes(
    tx,
    current.map((rate) => rate.accountId),
  );
  const sums = await sumSplits(tx);
  return {
    accountId,
    inFen: held?.inflow ?? 0,
    outFen: held?.outflow ?? 0,
    balanceFen: held?.balance ?? 0,
    rates: current.map((rate) => ({
      accountId: rate.accountId,
      label: purposes.get(rate.accountId)?.label ?? '',
      rateBasisPoints: rate.rateBasisPoints,
      filingNumber: rate.filingNumber,
      sinceOn: rate.sinceOn,
      splitFen: sums.get(rate.accountId) ?? 0,
    })),
  };
}
