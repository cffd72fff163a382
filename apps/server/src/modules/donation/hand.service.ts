import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { appendEvents, post } from '@wennuan/ledger';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { type ChannelCode, orderNumberOf } from '../payment/index.ts';
import { channelAccount } from './books.ts';
import { listCampaigns } from './campaign.store.ts';
import { cleanName, formSentence, giftNumber, takesGifts } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import {
  giftNumbers,
  insertGifts,
  listGifts,
  listProjects,
  markOrdersReceived,
  type Project,
} from './gift.store.ts';
import { tellComplete } from './item.service.ts';
import { lockItems } from './item.store.ts';
import { giftToken, targetOf, tokenHash } from './order.service.ts';
import { findByForm, insertOrder } from './order.store.ts';
import { fullyGiven, giftEvent } from './receive.service.ts';
import { giverName } from './words.ts';

/** A gift that a person of ours notes: cash over a counter or out of a box, or a line of the bank. */
export interface HandGift {
  /** The same form again is the same gift. */
  formId: Id;
  channel: Extract<ChannelCode, 'cash' | 'box' | 'bank'>;
  target: { kind: 'campaign' | 'item' | 'fund'; id: Id };
  amountFen: number;
  paidAt: Date;
  /** The giver's own name, null for nobody's; shown only when it is not hidden. */
  giverName: string | null;
  hideFromPublic: boolean;
  /** The giver's account, so that the gift is in her own list. */
  giverId: Id | null;
  /** The bank's own reference; null for cash. */
  bankReference: string | null;
  booking: { bookedOn: string; note: string | null } | null;
  /** True for money a campaign took while it was open: out of a sealed box. */
  alreadyCollected?: boolean;
}

export interface NotedGift {
  giftId: Id;
  giftNumber: string;
  token: string;
  targetLabel: string;
  formSentence: string;
  /** True when the same form was noted before; nothing was posted again. */
  isOld: boolean;
}

/**
 * Notes one gift that came by hand, behind the gates of its legal form as everywhere, and posts it: out of the
 * cash or the bank into its purpose. Refuses what takes no gifts now. System login, as it opens what a giver's
 * own login would. Posts: call it last.
 */
export async function recordHandGift(
  needs: DonationNeeds,
  tx: Writing,
  gift: HandGift,
): Promise<NotedGift> {
  const target = gift.alreadyCollected
    ? await campaignTarget(tx, gift.target.id)
    : await targetOf(needs, tx, { ...gift.target, giverId: gift.giverId });
  const again = await findByForm(tx, gift.formId);
  if (again && (again.targetId !== gift.target.id || again.amountFen !== gift.amountFen))
    throw new Refusal('input_invalid', {}, 'formId');
  const giftId = again?.id ?? needs.newId();
  const noted = {
    giftId,
    token: giftToken(needs.vault, giftId),
    targetLabel: target.name,
    formSentence: formSentence(target.legalForm, tx.actor.language),
  };
  if (again) {
    const numbers = await giftNumbers(tx, [giftId]);
    return { ...noted, giftNumber: numbers.get(giftId) ?? '', isOld: true };
  }
  const project = (await listProjects(tx, [target.projectCode])).get(target.projectCode)!;
  await writeOrder(needs, tx, { gift, giftId, project });
  const serial = await postHandGift(needs, tx, { gift, giftId, project });
  tx.touched('gift', giftId, gift.channel);
  return { ...noted, giftNumber: giftNumber(serial), isOld: false };
}

async function campaignTarget(tx: Scoped, campaignId: Id) {
  const [campaign] = await listCampaigns(tx, { ids: [campaignId] });
  if (!campaign) throw new Refusal('not_found');
  return { projectCode: campaign.code, name: campaign.name, legalForm: campaign.legalForm };
}

interface Noting {
  gift: HandGift;
  giftId: Id;
  project: Project;
}

async function writeOrder(needs: DonationNeeds, tx: Writing, { gift, giftId, project }: Noting) {
  const name = cleanName(gift.giverName);
  const isSealed = name !== null && gift.hideFromPublic;
  const box = isSealed ? (await needs.vault.boxes(tx, [giftId])).get(giftId)! : null;
  await insertOrder(tx, {
    id: giftId,
    formId: gift.formId,
    tokenHash: tokenHash(giftToken(needs.vault, giftId)),
    accountId: gift.giverId,
    targetKind: gift.target.kind,
    targetId: gift.target.id,
    projectCode: project.code,
    legalForm: project.legalForm,
    amountFen: gift.amountFen,
    publicName: gift.hideFromPublic ? null : name,
    nameSealed: box && name ? box.seal(name) : null,
    hideFromRecipient: gift.hideFromPublic,
    hideFromStaff: false,
  });
  await markOrdersReceived(tx, [giftId]);
}

async function postHandGift(
  needs: DonationNeeds,
  tx: Writing,
  { gift, giftId, project }: Noting,
): Promise<number> {
  const { channel, amountFen, booking } = gift;
  const { legalForm, targetKind, targetId, campaignId, needId } = project;
  const items = await lockItems(tx, targetKind === 'item' ? [targetId] : []);
  const [outcome] = await post(tx.sql, {
    commands: [
      {
        key: `payment:${giftId}`,
        from: channelAccount[channel],
        to: targetId,
        amount: amountFen,
        reason: 'gift',
        document: { kind: 'gift', id: giftId },
        actor: tx.actor.accountId,
      },
    ],
    at: tx.now,
    newId: needs.newId,
  });
  if (outcome!.status === 'refused') throw new Error(`gift not posted: ${outcome!.refusal}`);
  const transferId = outcome!.transferIds[0]!;
  const serials = await insertGifts(tx, [
    {
      id: giftId,
      amountFen,
      paidAt: gift.paidAt.toISOString(),
      legalForm,
      targetKind,
      targetId,
      campaignId,
      transferId,
      publicName: gift.hideFromPublic ? null : cleanName(gift.giverName),
      organizationId: null,
      claimId: null,
      platformOrder: null,
      noticeHash: null,
      ...(booking && { booking: { ...booking, bankReference: gift.bankReference ?? '' } }),
    },
  ]);
  await needs.payment.insertNoted(tx, {
    id: giftId,
    channel,
    orderNumber: orderNumberOf(giftId),
    transaction: gift.bankReference,
    amountFen,
    projectCode: project.code,
    paidAt: gift.paidAt,
    accountId: targetId,
    transferId,
  });
  await tellComplete(needs, tx, await fullyGiven(tx, items));
  await appendEvents(tx.sql, [
    giftEvent(needs, {
      giftId,
      itemId: targetKind === 'item' ? targetId : null,
      needId,
      areaId: items[0]?.areaId ?? null,
      amountFen,
    }),
  ]);
  return serials.get(giftId)!;
}

/** A gift noted by hand, as its slip shows it. */
export interface HandGiftView {
  giftNumber: string;
  token: string;
  targetLabel: string;
  formSentence: string;
  giverName: string;
  inAccount: boolean;
}

/** Gifts noted by hand, by id, with the names their givers gave over the counter. System login. */
export async function readHandGifts(
  needs: DonationNeeds,
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, HandGiftView>> {
  const gifts = await listGifts(tx, { ids });
  const orders = await tx.db
    .selectFrom('gift_order')
    .select(['id', 'account_id', 'name_sealed'])
    .where('id', '=', anyOf(ids))
    .execute();
  const orderOf = new Map(orders.map((order) => [order.id, order]));
  const boxes = await needs.vault.findBoxes(tx, ids);
  const purposes = await needs.fund.purposes(
    tx,
    gifts.map((gift) => gift.targetId),
  );
  return new Map(
    gifts.map((gift) => {
      const order = orderOf.get(gift.id);
      const hidden = order?.name_sealed ? boxes.get(gift.id)?.open(order.name_sealed) : undefined;
      return [
        gift.id,
        {
          giftNumber: giftNumber(gift.serial),
          token: giftToken(needs.vault, gift.id),
          targetLabel: purposes.get(gift.targetId)?.label ?? '',
          formSentence: formSentence(gift.legalForm, tx.actor.language),
          giverName: hidden ?? gift.publicName ?? giverName(tx.actor.language),
          inAccount: Boolean(order?.account_id),
        },
      ];
    }),
  );
}

/** What cash may be given for now: open campaigns, and communities' funds for their own residents. */
export async function cashPurposes(needs: DonationNeeds, tx: Scoped, areaIds: readonly number[]) {
  const today = dateInShanghai(tx.now);
  const campaigns = (await listCampaigns(tx, {})).filter((one) => takesGifts(one, today));
  const paused = await needs.pausedCampaigns?.(
    tx,
    campaigns.map((one) => one.id),
  );
  const funds = (await needs.fund.listFunds(tx, { kind: 'mutual_aid' })).filter(
    (fund) => fund.areaId !== null && areaIds.includes(fund.areaId),
  );
  const { language } = tx.actor;
  return [
    ...campaigns
      .filter((one) => !paused?.has(one.id))
      .map((one) => ({
        kind: 'campaign' as const,
        id: one.id,
        label: one.name,
        formSentence: formSentence(one.legalForm, language),
        residentsOnly: false,
      })),
    ...funds.map((fund) => ({
      kind: 'fund' as const,
      id: fund.id,
      label: fund.name,
      formSentence: formSentence('mutual_aid', language),
      residentsOnly: true,
    })),
  ];
}
