import { Refusal, yuanNumber, type Id } from '@wennuan/basics';
import { balances, post, type TransferCommand } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { links } from '../fund/index.ts';
import { transfersOf } from './books.ts';
import { campaignViews } from './campaign.service.ts';
import { listCampaigns, readCampaignBooks } from './campaign.store.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { acceptsGifts } from './order.service.ts';
import { insertRemainder, listNews, listRemainders, sumGifts } from './news.store.ts';
import { newsViews } from './news.service.ts';

/**
 * What a campaign came to, from the books: what came in, whom it paid, what is left and where rests went. All
 * parts add up to the campaign's own totals.
 */
export async function readResult(needs: DonationNeeds, tx: Scoped, code: string) {
  const [campaign] = await listCampaigns(tx, { code });
  if (!campaign) throw new Refusal('not_found');
  const [view] = await campaignViews(tx, [campaign]);
  const books = await readCampaignBooks(tx, [campaign.id]);
  const accounts = [campaign.id, ...(books.get(campaign.id)?.itemIds ?? [])];
  const payments = await needs.fund.paidTo(tx, accounts);
  const remainders = await listRemainders(tx, campaign.id);
  const purposes = await needs.fund.purposes(
    tx,
    remainders.map((one) => one.toAccountId),
  );
  const linkOf = await linksOf(
    needs,
    tx,
    remainders.map((one) => one.toAccountId),
  );
  const giftsFen = await sumGifts(tx, campaign.id);
  const paidFen = payments.reduce((sum, one) => sum + one.amountFen, 0);
  const restFen = remainders.reduce((sum, one) => sum + one.amountFen, 0);
  const news = await listNews(tx, { campaignId: campaign.id });
  const result = news.find((one) => one.isResult);
  const [told] = result ? await newsViews(needs, tx, [result]) : [];
  return {
    campaign: view!,
    news: told ?? null,
    giftsFen,
    otherInFen: view!.inFen - giftsFen,
    payments,
    otherOutFen: view!.outFen - paidFen - restFen,
    remainders: remainders.map((one) => ({
      label: purposes.get(one.toAccountId)?.label ?? '',
      link: linkOf.get(one.toAccountId) ?? null,
      amountFen: one.amountFen,
      at: one.at.toISOString(),
    })),
    leftFen: view!.balanceFen,
    remainderRule: campaign.remainderRule,
    asOf: tx.now.toISOString(),
  };
}

async function linksOf(
  needs: DonationNeeds,
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map();
  const campaigns = await listCampaigns(tx, { ids });
  const funds = await needs.fund.listFunds(tx, { ids });
  return new Map([
    ...campaigns.map((one) => [one.id, links.campaign(one.code)] as const),
    ...funds.map((one) => [one.id, links.fund(one.code)] as const),
  ]);
}

/**
 * Sends what is left of an ended campaign where its filed rule says, whole, and writes it down for everybody: what was
 * set aside for persons and is neither spent nor committed goes along. Refuses a campaign that runs, one with nothing
 * left, and itself as the target. Federation login.
 */
export async function settleRemainder(
  needs: DonationNeeds,
  tx: Writing,
  command: { campaignId: Id; target: { kind: 'campaign' | 'fund'; id: Id } },
): Promise<void> {
  const { campaignId, target } = command;
  const [campaign] = await listCampaigns(tx, { ids: [campaignId], lock: true });
  if (!campaign) throw new Refusal('not_found');
  if (campaign.state !== 'closed') throw new Refusal('campaign_not_ended');
  const found =
    target.kind === 'campaign'
      ? await listCampaigns(tx, { ids: [target.id] })
      : await needs.fund.listFunds(tx, { ids: [target.id] });
  if (found.length === 0 || target.id === campaignId) throw new Refusal('not_found', {}, 'target');
  const books = await readCampaignBooks(tx, [campaignId]);
  const besideIds = books.get(campaignId)?.itemIds ?? [];
  const pots = await needs.fund.emptyPots(tx, {
    sourceId: campaignId,
    besideIds,
    targetId: target.id,
  });
  const [held] = await balances(tx.sql, [campaignId]);
  const amountFen = (held?.available ?? 0) + pots.backFen;
  if (amountFen === 0 && pots.commands.length === 0)
    throw new Refusal('balance_too_low', { available: yuanNumber(0) });
  tx.touched('campaign', campaignId, 'remainder');
  const rest: TransferCommand = {
    key: `remainder:${campaignId}:${held?.outflow ?? 0}`,
    from: campaignId,
    to: target.id,
    amount: amountFen,
    reason: 'hand_on',
    document: { kind: 'campaign', id: campaignId },
    actor: tx.actor.accountId,
  };
  const commands = [...pots.commands, ...(amountFen > 0 ? [rest] : [])];
  const outcomes = await post(tx.sql, { commands, at: tx.now, newId: needs.newId });
  // Somebody took of it or committed it at the same moment: nothing of this stays.
  if (outcomes.some((outcome) => outcome.status !== 'posted')) throw new Refusal('busy_elsewhere');
  if (amountFen === 0) return;
  await insertRemainder(tx, {
    transferId: transfersOf(outcomes.at(-1)!)[0]!,
    campaignId,
    toAccountId: target.id,
    amountFen,
  });
}

/** All campaigns together, and the one that one yuan goes to from the home page: the wishes first. */
export async function readTotals(needs: DonationNeeds, tx: Scoped) {
  const rows = (await listCampaigns(tx, {})).filter((one) => one.openedOn !== null);
  const views = await campaignViews(tx, rows);
  const sum = (of: (view: (typeof views)[number]) => number) =>
    views.reduce((total, view) => total + of(view), 0);
  const open = rows.filter((one) => one.state === 'open');
  const inOrder = open.toSorted(
    (one, other) =>
      Number(other.holdsWishes) - Number(one.holdsWishes) || one.serial - other.serial,
  );
  let taking: (typeof rows)[number] | null = null;
  for (const one of inOrder) if (!taking && (await acceptsGifts(needs, tx, one))) taking = one;
  return {
    open: open.length,
    ended: rows.length - open.length,
    gifts: sum((view) => view.gifts),
    inFen: sum((view) => view.inFen),
    outFen: sum((view) => view.outFen),
    balanceFen: sum((view) => view.balanceFen),
    oneYuan: taking && {
      campaignId: taking.id,
      code: taking.code,
      name: taking.name,
      formSentence: views.find((view) => view.id === taking.id)!.formSentence,
      remainderRule: taking.remainderRule,
    },
    asOf: tx.now.toISOString(),
  };
}
