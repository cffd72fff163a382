import { createHash } from 'node:crypto';
import { dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteRequest } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import { listCampaigns, type CampaignRow } from './campaign.store.ts';
import { cleanName, takesGifts, type LegalForm } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { itemsWithMoney } from './item.service.ts';
import { listItemClaims, listItems } from './item.store.ts';
import {
  orderNumberOf,
  PAY_WITHIN_MILLIS,
  type PaymentToBegin,
  type PayStep,
} from '../payment/index.ts';
import { findByForm, insertOrder } from './order.store.ts';
import { momentWords } from './words.ts';

type StartBody = RouteRequest<(typeof routes.donation)['startGift']>['body'];

/** The token of a gift's own page: known from its id by us alone, so nothing but its hash is stored. */
export function giftToken(vault: Pick<Vault, 'hash'>, giftId: Id): string {
  return vault.hash('gift-token', giftId).toString('base64url');
}

/** What of a token is stored. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

interface Target {
  projectCode: string;
  name: string;
  legalForm: LegalForm;
}

/** A gift that is begun: the giver's own link, and what its channel is asked next. */
export interface BegunGift {
  giftId: Id;
  token: string;
  channel: string;
  toBegin: PaymentToBegin;
  /** Where to pay; null until the channel has been asked. */
  cashierUrl: string | null;
}

/**
 * Begins a gift and its payment. The same form again is the same gift. Refuses amounts, targets that take no
 * gifts now, wishes kept for somebody else, and channels that are not set up. A channel outside is asked
 * after this is committed (`payAt`), so that no call waits inside a transaction.
 */
export async function startGift(
  needs: DonationNeeds,
  tx: Writing,
  body: StartBody,
): Promise<BegunGift> {
  const amountFen = parseYuan(body.amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const again = await findByForm(tx, body.formId);
  if (again && (again.targetId !== body.target.id || again.amountFen !== amountFen))
    throw new Refusal('input_invalid', {}, 'formId');
  const channel = needs.payment.channels.choose(body.channel ?? null);
  const id = again?.id ?? needs.newId();
  const target = await targetOf(needs, tx, { ...body.target, giverId: tx.actor.accountId });
  const toBegin = paymentOf(needs, tx, { id, body, target, amountFen });
  let step: PayStep | null = null;
  if (!again) {
    await insertOrder(tx, await newOrder(needs, tx, { id, body, target, amountFen }));
    const { orderNumber, projectCode, projectName } = toBegin;
    const { code, merchant } = channel;
    const money = { orderNumber, projectCode, projectName, amountFen };
    await needs.payment.insertBegun(tx, { id, channel: code, merchant, ...money });
    step = (await channel.handOver?.(tx, toBegin)) ?? null;
    tx.touched('gift', id);
  }
  return {
    giftId: id,
    token: giftToken(needs.vault, id),
    channel: channel.code,
    toBegin,
    cashierUrl: step?.kind === 'redirect' ? step.url : null,
  };
}

function paymentOf(
  needs: DonationNeeds,
  tx: Writing,
  gift: { id: Id; body: StartBody; target: Target; amountFen: number },
): PaymentToBegin {
  const { id, body, target, amountFen } = gift;
  return {
    orderNumber: orderNumberOf(id),
    amountFen,
    projectCode: target.projectCode,
    projectName: target.name,
    scene: body.scene ?? 'page',
    payerId: body.payerId ?? null,
    clientAddress: null,
    expiresAt: new Date(tx.now.getTime() + PAY_WITHIN_MILLIS),
    returnUrl: `${needs.siteUrl()}/gifts/${giftToken(needs.vault, id)}`,
  };
}

async function newOrder(
  needs: DonationNeeds,
  tx: Writing,
  { id, body, target, amountFen }: { id: Id; body: StartBody; target: Target; amountFen: number },
) {
  const name = cleanName(body.name.displayName);
  const sealing = name && body.name.hideFromPublic;
  const box = sealing ? (await needs.vault.boxes(tx, [id])).get(id)! : null;
  return {
    id,
    formId: body.formId,
    tokenHash: tokenHash(giftToken(needs.vault, id)),
    accountId: tx.actor.login === 'resident' ? tx.actor.accountId : null,
    targetKind: body.target.kind,
    targetId: body.target.id,
    projectCode: target.projectCode,
    legalForm: target.legalForm,
    amountFen,
    publicName: body.name.hideFromPublic ? null : name,
    nameSealed: box && name ? box.seal(name) : null,
    hideFromRecipient: body.name.hideFromRecipient,
    hideFromStaff: body.name.hideFromStaff,
  };
}

/** What a gift may be given for now, by whom; `giverId` is her account. Refuses what takes no gifts now. */
export async function targetOf(
  needs: DonationNeeds,
  tx: Scoped,
  target: StartBody['target'] & { giverId?: Id | null },
): Promise<Target> {
  if (target.kind === 'fund')
    return await fundTarget(needs, tx, { fundId: target.id, giverId: target.giverId ?? null });
  if (target.kind === 'item') return await itemTarget(needs, tx, target.id);
  const [campaign] = await listCampaigns(tx, { ids: [target.id] });
  if (!campaign) throw new Refusal('not_found');
  await mustBeOpen(needs, tx, campaign);
  return { projectCode: campaign.code, name: campaign.name, legalForm: campaign.legalForm };
}

/** True while a campaign takes gifts: open, in its days, of a form for that, and not paused by a complaint. */
export async function acceptsGifts(
  needs: Pick<DonationNeeds, 'pausedCampaigns'>,
  tx: Scoped,
  campaign: CampaignRow,
): Promise<boolean> {
  if (!takesGifts(campaign, dateInShanghai(tx.now))) return false;
  const paused = await needs.pausedCampaigns?.(tx, [campaign.id]);
  return !paused?.has(campaign.id);
}

async function mustBeOpen(
  needs: DonationNeeds,
  tx: Scoped,
  campaign: CampaignRow | undefined,
): Promise<void> {
  if (!campaign || !takesGifts(campaign, dateInShanghai(tx.now)))
    throw new Refusal('campaign_not_open');
  const paused = await needs.pausedCampaigns?.(tx, [campaign.id]);
  if (paused?.has(campaign.id)) throw new Refusal('campaign_not_open');
}

async function itemTarget(needs: DonationNeeds, tx: Scoped, itemId: Id): Promise<Target> {
  const [item] = await listItems(tx, { ids: [itemId] });
  if (!item) throw new Refusal('not_found');
  const [campaign] = await listCampaigns(tx, { ids: [item.campaignId] });
  await mustBeOpen(needs, tx, campaign);
  const [money] = await itemsWithMoney(tx, [item]);
  if (money!.state === 'closed' || money!.state === 'complete') throw new Refusal('item_not_open');
  if (money!.neededFen === 0) {
    const claim = (await listItemClaims(tx, [itemId])).get(itemId);
    const until = claim ? momentWords(claim.lockedUntil, tx.actor.language) : '';
    throw new Refusal('claim_locked', { until });
  }
  return { projectCode: item.projectCode, name: item.title, legalForm: campaign!.legalForm };
}

/** A community's fund takes mutual aid of its own residents only, signed in and bound. */
async function fundTarget(
  needs: DonationNeeds,
  tx: Scoped,
  { fundId, giverId }: { fundId: Id; giverId: Id | null },
): Promise<Target> {
  const [fund] = await needs.fund.listFunds(tx, { ids: [fundId] });
  if (!fund || fund.kind !== 'mutual_aid') throw new Refusal('not_found');
  if (giverId === null) throw new Refusal('not_signed_in');
  const homes = await needs.homeAreas(tx, giverId);
  if (fund.areaId === null || !homes.includes(fund.areaId)) throw new Refusal('not_permitted');
  return { projectCode: fund.code, name: fund.name, legalForm: 'mutual_aid' };
}
