import type { Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import type { Tick } from '../../platform/tick.ts';
import {
  ALIPAY_CHANNEL,
  BANK_ACCOUNT,
  CASH_DESK,
  CHANNEL_FEES,
  PLATFORM_CHANNEL,
  PLATFORM_MATCHING,
  REFUNDS_OWED,
  SANDBOX_CHANNEL,
  WECHAT_CHANNEL,
} from '../fund/index.ts';
import { attachProject } from './attach.service.ts';
import { fillPot, recordAgreedGifts, type AgreedGift } from './agreed.service.ts';
import {
  campaignViews,
  closeEnded,
  draftCampaign,
  openCampaign,
  remainderRule,
  setTick,
} from './campaign.service.ts';
import { campaignHandlers } from './campaign.routes.ts';
import { listCampaigns, type CampaignRow } from './campaign.store.ts';
import { openEmergency } from './emergency.service.ts';
import { publishNews, tellNews } from './news.service.ts';
import { recordGiving } from './recorded.service.ts';
import { settleRemainder } from './result.service.ts';
import {
  claimItem,
  closeClaimTasks,
  expireClaimsDue,
  recordClaimPayment,
} from './claim.service.ts';
import { giftPaymentHandlers } from './payment.routes.ts';
import type { Sandbox, StatementFile, WechatSandbox } from '../payment/index.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { donationHandlers, type GiftDoors } from './donation.routes.ts';
import {
  giftByToken,
  giftFacts,
  giverAccounts,
  largeGifts,
  openedCampaigns,
  unlinkGiver,
} from './facts.service.ts';
import { transferByToken } from './gift.service.ts';
import { campaignsOfItems, filingOf, giftsByNumber } from './gift.find.ts';
import { giftNumbers, listGiverNames, listGifts } from './gift.store.ts';
import { closeItems, sweepClosedItems } from './close.service.ts';
import { itemsOf, itemsToGiveFor, openItems } from './item.service.ts';
import { askChannels, noticeTaker, payAt, recordRefunds } from './channel.service.ts';
import { fetchBills } from './daily-bill.service.ts';
import { cashPurposes, readHandGifts, recordHandGift } from './hand.service.ts';
import { acceptsGifts, giftToken, startGift, type BegunGift } from './order.service.ts';
import { type PaidNotice, receiveGifts } from './receive.service.ts';
import { importStatements } from './statement.service.ts';

export type { LegalForm } from './donation.ts';
export type { DonationNeeds } from './donation.needs.ts';
export { WISH_CAMPAIGN } from './campaign.service.ts';
export type { CampaignFacts, GiftFacts } from './facts.service.ts';
export type { ItemMoney } from './item.service.ts';
export { SIGNATURE_HEADER, type PlatformNotice } from '../payment/index.ts';
export { listGiverNames } from './gift.store.ts';
export { receiverBeside } from './receive.beside.ts';
export { signNotice, type Sandbox } from '../payment/index.ts';
export type Donation = ReturnType<typeof createDonation>;

/** Campaigns, items, gifts, claims, and the designated platform that takes the money. */
export function createDonation(
  needs: DonationNeeds,
  sandbox: Sandbox | null = null,
  wechat: WechatSandbox | null = null,
) {
  const taker = noticeTaker(needs);
  const consumers: Consumer[] = [
    {
      name: 'donation.tell_news',
      topics: ['donation.news_published'],
      consume: (tx, events) => tellNews(needs, tx, events),
    },
    {
      name: 'donation.close_claim_tasks',
      topics: ['donation.claim_expired'],
      consume: (tx, events) => closeClaimTasks(needs, tx, events),
    },
  ];
  return {
    handlers: donationHandlers(needs, { sandbox, taker }),
    /** The operations about news, results, emergencies and what is written down beside gifts. */
    campaignHandlers: campaignHandlers(needs),
    /** The operations about payments that make or move gifts. */
    paymentHandlers: giftPaymentHandlers(needs, taker, wechat),
    /** The numbers people read out of gifts. */
    giftNumbers: (tx: Scoped, ids: readonly Id[]) => giftNumbers(tx, ids),
    ticks: ticksOf(needs, { sandbox, taker }),
    consumers,
    /** Opens the edge of the books once: the platform's channel and the bank. System login, at start. */
    openWorldAccounts: (tx: Writing) => openWorldAccounts(needs, tx),
    ...campaignUses(needs),
    /** Opens items for verified wishes; refuses while no campaign holds wishes. */
    openItems: (tx: Writing, commands: Parameters<typeof openItems>[2]) =>
      openItems(needs, tx, commands),
    /** Closes items; what is left goes on by the filed rule. Posts: call it last. */
    closeItems: (tx: Writing, commands: Parameters<typeof closeItems>[2]) =>
      closeItems(needs, tx, commands),
    /** Items that still wait for money, oldest first, by the number their page shows. */
    itemsToGiveFor,
    /** The items of needs with what was given and claimed. */
    itemsOf: (tx: Scoped, needIds: readonly Id[]) => itemsOf(tx, needIds),
    startGift: (tx: Writing, body: Parameters<typeof startGift>[2]) => startGift(needs, tx, body),
    /** Notes a gift in cash or one the bank’s statement told of, behind the gates of its legal form. System login. */
    recordHandGift: (tx: Writing, gift: Parameters<typeof recordHandGift>[2]) =>
      recordHandGift(needs, tx, gift),
    /** Gifts noted by hand as their slips show them. System login. */
    handGifts: (tx: Scoped, ids: readonly Id[]) => readHandGifts(needs, tx, ids),
    /** What cash may be given for now. */
    cashPurposes: (tx: Scoped, areaIds: readonly number[]) => cashPurposes(needs, tx, areaIds),
    /** Receives what checked notices tell, many at once. Payments or system login. */
    receiveGifts: (tx: Writing, notices: readonly PaidNotice[]) => receiveGifts(needs, tx, notices),
    /** Records bank transfers under an agreement into general and special funds. Federation login. */
    recordAgreedGifts: (tx: Writing, gifts: readonly AgreedGift[]) =>
      recordAgreedGifts(needs, tx, gifts),
    /** Records the agreed gift that fills a matching pot. Federation login. */
    fillPot: (tx: Writing, gift: Parameters<typeof fillPot>[2]) => fillPot(needs, tx, gift),
    /** Imports statements of the platform and of WeChat Pay: all or none, and again changes nothing. */
    importStatements: (tx: Writing, files: readonly StatementFile[]) =>
      importStatements(needs, tx, files),
    /** Notes that a gift was given back and posted, so that a bill's word about it is no second refund. */
    noteReturned: (tx: Writing, returned: Parameters<typeof needs.payment.noteReturned>[1]) =>
      needs.payment.noteReturned(tx, returned),
    /** Records and posts refunds that channels made; the same again changes nothing. System login. */
    recordRefunds: (tx: Writing, facts: Parameters<typeof recordRefunds>[2]) =>
      recordRefunds(needs, tx, facts),
    /** Attaches a project number of the platform to a campaign. */
    attachProject: (tx: Writing, command: { projectId: Id; campaignId: Id }) =>
      attachProject(needs, tx, command),
    claimItem: (tx: Writing, body: Parameters<typeof claimItem>[2]) => claimItem(needs, tx, body),
    recordClaimPayment: (tx: Writing, command: Parameters<typeof recordClaimPayment>[2]) =>
      recordClaimPayment(needs, tx, command),
    /** The filed rule for what is left over of a wish, as givers are shown it. */
    remainderRule: (tx: Scoped) => remainderRule(tx),
    /** The ledger's transfer of a gift by its giver's token, for the public log. */
    transferByToken: (tx: Scoped, token: string) => transferByToken(tx, token),
    /** Received gifts with all that documents about them say, newest first. System login. */
    giftFacts: (tx: Scoped, chosen: Parameters<typeof giftFacts>[2]) =>
      giftFacts(needs, tx, chosen),
    /** The gift of a giver's token, null while it is not received; refuses an unknown token. System login. */
    giftByToken: (tx: Scoped, token: string) => giftByToken(needs, tx, token),
    /** Gifts of at least an amount since a moment. */
    largeGifts,
    /** Accounts that gave to a campaign. System login. */
    giverAccounts,
    /** Forgets whose gifts these were. System login. */
    unlinkGiver: (tx: Writing, giver: { accountId: Id; giftIds: readonly Id[] }) =>
      unlinkGiver(tx, giver),
    /** Gifts by the numbers people read out; unknown ones are absent. */
    giftsByNumber: (tx: Scoped, numbers: readonly string[]) => giftsByNumber(tx, numbers),
    /** Gifts by id. */
    giftsById: (tx: Scoped, ids: readonly Id[]) => listGifts(tx, { ids }),
    /** The campaign of each item. */
    campaignsOfItems: (tx: Scoped, itemIds: readonly Id[]) => campaignsOfItems(tx, itemIds),
    /** The filing number the money of a campaign or item came in under. */
    filingOf: (tx: Scoped, accountId: Id) => filingOf(tx, accountId),
    /** Public names of gifts, for the port of `fund`. */
    giverNames: (tx: Scoped, giftIds: readonly Id[]) => listGiverNames(tx, giftIds),
  };
}

/** What others do with campaigns. */
function campaignUses(needs: DonationNeeds) {
  return {
    draftCampaign: (tx: Writing, body: Parameters<typeof draftCampaign>[2]) =>
      draftCampaign(needs, tx, body),
    setTick: (tx: Writing, command: Parameters<typeof setTick>[1]) => setTick(tx, command),
    openCampaign: (tx: Writing, campaignId: Id) => openCampaign(tx, campaignId),
    publishNews: (tx: Writing, command: Parameters<typeof publishNews>[2]) =>
      publishNews(needs, tx, command),
    openEmergency: (tx: Writing, body: Parameters<typeof openEmergency>[2]) =>
      openEmergency(needs, tx, body),
    recordGiving: (tx: Writing, body: Parameters<typeof recordGiving>[2]) =>
      recordGiving(needs, tx, body),
    settleRemainder: (tx: Writing, command: Parameters<typeof settleRemainder>[2]) =>
      settleRemainder(needs, tx, command),
    /** True while a campaign takes gifts and no complaint pauses it. */
    acceptsGifts: (tx: Scoped, campaign: CampaignRow) => acceptsGifts(needs, tx, campaign),
    /** Asks a channel outside where a begun gift is paid; after the commit. */
    payAt: (begun: BegunGift) => payAt(needs, begun),
    /** The token of a gift's own page. */
    tokenOf: (giftId: Id) => giftToken(needs.vault, giftId),
    /** Campaigns that have opened, with what their disclosures are reckoned from. */
    openedCampaigns,
    /** Every campaign the reader may see, as pages show it. */
    publicCampaigns: async (tx: Scoped) => campaignViews(tx, await listCampaigns(tx, {})),
    /** Campaigns by id or code. */
    campaigns: async (tx: Scoped, chosen: { ids?: readonly Id[]; code?: string }) =>
      chosen.ids?.length === 0 ? [] : await listCampaigns(tx, chosen),
  };
}

/** What time brings: claims run out, campaigns end, what came late is handed on, the platform is asked. */
function ticksOf(needs: DonationNeeds, { sandbox, taker }: GiftDoors): Tick[] {
  const { database } = needs;
  const tick = (name: string, everySeconds: number, work: (tx: Writing) => Promise<unknown>) => ({
    name,
    everySeconds,
    run: async () => void (await database.write(systemActor(name), null, work)),
  });
  const ticks: Tick[] = [
    tick('donation.expire_claims', 30, (tx) => expireClaimsDue(needs, tx)),
    tick('donation.close_campaigns', 600, closeEnded),
    tick('donation.sweep_items', 300, (tx) => sweepClosedItems(needs, tx)),
    {
      name: 'donation.ask_platform',
      everySeconds: 20,
      run: async () => void (await askChannels(needs, taker.receiveOne)),
    },
    {
      name: 'donation.fetch_bills',
      everySeconds: 900,
      run: async () => void (await fetchBills(needs)),
    },
  ];
  if (sandbox)
    ticks.push({
      name: 'sandbox.send_notices',
      everySeconds: 5,
      run: async () => void (await sandbox.sendDue()),
    });
  return ticks;
}

async function openWorldAccounts(needs: DonationNeeds, tx: Writing): Promise<void> {
  const world = (id: Id, kind: 'channel' | 'bank' | 'receivable', label: string) => ({
    id,
    kind: 'world' as const,
    unit: 'fen',
    code: null,
    purpose: { kind, subjectId: id, label, areaId: null, isPublic: true },
  });
  await needs.fund.openAccounts(tx, [
    world(SANDBOX_CHANNEL, 'channel', '公益捐赠平台（沙箱）'),
    world(BANK_ACCOUNT, 'bank', '区慈善总会银行账户'),
    world(PLATFORM_CHANNEL, 'channel', '指定平台'),
    world(WECHAT_CHANNEL, 'channel', '微信支付'),
    world(ALIPAY_CHANNEL, 'channel', '支付宝'),
    world(CASH_DESK, 'channel', '现金'),
    world(PLATFORM_MATCHING, 'channel', '指定平台的企业配捐'),
    world(CHANNEL_FEES, 'channel', '支付渠道手续费'),
    world(REFUNDS_OWED, 'receivable', '待追回的退款'),
  ]);
}
