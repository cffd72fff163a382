import { Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage, pageBySerial } from '../../platform/page.ts';
import { links } from '../fund/index.ts';
import { listCampaigns } from './campaign.store.ts';
import { giftNumber, orderNumber, type TargetKind } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { listGifts, type GiftRow } from './gift.store.ts';
import { listItems } from './item.store.ts';
import { listPlatformProjects } from './project.store.ts';
import { giftToken, tokenHash } from './order.service.ts';
import {
  findByToken,
  isOwnOrder,
  keepByToken,
  listOwnOrders,
  listSealedNames,
  type OwnOrder,
} from './order.store.ts';
import { giverName } from './words.ts';

export type GiftView = z.output<typeof shapes.gift>;

interface TargetView {
  label: string;
  link: string | null;
  remainderRule: string | null;
}

/** What gifts were given for, as pages name and link it. */
async function targetViews(
  needs: DonationNeeds,
  tx: Scoped,
  targets: readonly { kind: TargetKind; id: Id }[],
): Promise<Map<Id, TargetView>> {
  const ofKind = (kind: TargetKind) => [
    ...new Set(targets.filter((one) => one.kind === kind).map((one) => one.id)),
  ];
  const ids = { item: ofKind('item'), campaign: ofKind('campaign'), fund: ofKind('fund') };
  const items = ids.item.length > 0 ? await listItems(tx, { ids: ids.item }) : [];
  const campaignIds = [...new Set([...ids.campaign, ...items.map((item) => item.campaignId)])];
  const campaigns = campaignIds.length > 0 ? await listCampaigns(tx, { ids: campaignIds }) : [];
  const funds = ids.fund.length > 0 ? await needs.fund.listFunds(tx, { ids: ids.fund }) : [];
  const rules = new Map(campaigns.map((one) => [one.id, one.remainderRule]));
  const projectIds = ofKind('project');
  const projects = projectIds.length > 0 ? await listPlatformProjects(tx, { ids: projectIds }) : [];
  const pots = await needs.fund.purposes(tx, ofKind('pot'));
  return new Map<Id, TargetView>([
    ...[...pots].map(([id, { label }]): [Id, TargetView] => [
      id,
      { label, link: null, remainderRule: null },
    ]),
    ...campaigns.map((campaign): [Id, TargetView] => [
      campaign.id,
      {
        label: campaign.name,
        link: links.campaign(campaign.code),
        remainderRule: campaign.remainderRule,
      },
    ]),
    ...items.map((item): [Id, TargetView] => [
      item.id,
      {
        label: item.title,
        link: item.needId === null ? null : links.wish(item.needId),
        remainderRule: rules.get(item.campaignId) ?? null,
      },
    ]),
    ...projects.map((project): [Id, TargetView] => [
      project.id,
      {
        label: [project.code, project.name].filter(Boolean).join(' '),
        link: null,
        remainderRule: null,
      },
    ]),
    ...funds.map((fund): [Id, TargetView] => [
      fund.id,
      { label: fund.name, link: links.fund(fund.code), remainderRule: null },
    ]),
  ]);
}

/** The giver's own gift by her token: where every fen went. Refuses an unknown token with `not_found`. */
export async function readGift(needs: DonationNeeds, tx: Scoped, token: string) {
  const order = await findByToken(tx, tokenHash(token));
  if (!order) throw new Refusal('not_found');
  const [view] = await ownViews(needs, tx, [order]);
  const [gift] = await listGifts(tx, { ids: [order.id] });
  const target = (
    await targetViews(needs, tx, [{ kind: order.targetKind, id: order.targetId }])
  ).get(order.targetId);
  const traced = gift
    ? await needs.fund.trace(tx, { transferIds: [gift.transferId], direction: 'forward' })
    : null;
  return {
    ...view!,
    trace: traced?.view ?? null,
    waits: traced?.waits ?? null,
    remainderRule: target?.remainderRule ?? null,
    platformName: needs.payment.channels.offered[0]?.name ?? '',
    platformOrder: order.platformOrder,
    kept: tx.actor.login === 'resident' && (await isOwnOrder(tx, order.id)),
  };
}

/** The ledger's transfer of the gift behind a token: null while it is not received. Refuses an unknown token. */
export async function transferByToken(tx: Scoped, token: string): Promise<Id | null> {
  const order = await findByToken(tx, tokenHash(token));
  if (!order) throw new Refusal('not_found');
  const [gift] = await listGifts(tx, { ids: [order.id] });
  return gift?.transferId ?? null;
}

/** Puts a gift into the caller's list; refuses `not_found` also for one in somebody else's. */
export async function keepGift(needs: DonationNeeds, tx: Writing, token: string): Promise<Id> {
  const id = await keepByToken(tx, tokenHash(token));
  if (id === null) throw new Refusal('not_found');
  tx.touched('gift', id);
  return id;
}

/** A page of the caller's own gifts, newest first, each with its link. */
export async function readMyGifts(
  needs: DonationNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
) {
  const orders = await listOwnOrders(tx, { before: page.after, limit: page.limit + 1 });
  const { shown, next } = cutPage(orders, page.limit, (last) => last.id);
  return {
    items: await ownViews(needs, tx, shown),
    next,
  };
}

/** Gifts as their own giver sees them, under the name she chose even where others do not see it. */
async function ownViews(
  needs: DonationNeeds,
  tx: Scoped,
  orders: readonly OwnOrder[],
): Promise<GiftView[]> {
  const ids = orders.map((order) => order.id);
  const gifts = new Map((await listGifts(tx, { ids })).map((gift) => [gift.id, gift]));
  const targets = await targetViews(
    needs,
    tx,
    orders.map((order) => ({ kind: order.targetKind, id: order.targetId })),
  );
  const sealed = orders.filter((order) => order.nameSealed);
  const boxes = await needs.vault.findBoxes(
    tx,
    sealed.map((order) => order.id),
  );
  return orders.map((order) => {
    const gift = gifts.get(order.id);
    const hidden = order.nameSealed ? boxes.get(order.id)?.open(order.nameSealed) : undefined;
    return {
      id: order.id,
      number: gift ? giftNumber(gift.serial) : orderNumber(order.id),
      amountFen: order.amountFen,
      at: (gift?.at ?? order.createdAt).toISOString(),
      targetLabel: targets.get(order.targetId)?.label ?? '',
      targetLink: targets.get(order.targetId)?.link ?? null,
      legalForm: order.legalForm,
      displayName: hidden ?? gift?.publicName ?? giverName(tx.actor.language),
      state: gift ? 'received' : order.state,
      token: giftToken(needs.vault, order.id),
    };
  });
}

/** A page of gifts as the federation reads them; who hides from staff stays 爱心人士 here too. */
export async function readGifts(
  needs: DonationNeeds,
  tx: Scoped,
  page: { after?: string; limit: number; campaignCode?: string },
) {
  const campaignId = await campaignOf(tx, page.campaignCode);
  const { shown, next } = await pageBySerial(page, (part) =>
    listGifts(tx, { campaignId, ...part }),
  );
  const names = await staffNames(needs, tx, shown);
  const targets = await targetViews(
    needs,
    tx,
    shown.map((gift) => ({ kind: gift.targetKind, id: gift.targetId })),
  );
  return {
    items: shown.map((gift) => ({
      id: gift.id,
      number: giftNumber(gift.serial),
      amountFen: gift.amountFen,
      at: gift.at.toISOString(),
      targetLabel: targets.get(gift.targetId)?.label ?? '',
      targetLink: targets.get(gift.targetId)?.link ?? null,
      legalForm: gift.legalForm,
      displayName: names.get(gift.id) ?? gift.publicName ?? giverName(tx.actor.language),
      state: 'received' as const,
      token: null,
    })),
    next,
  };
}

async function campaignOf(tx: Scoped, code: string | undefined): Promise<Id | undefined> {
  if (code === undefined) return undefined;
  const [campaign] = await listCampaigns(tx, { code });
  if (!campaign) throw new Refusal('not_found');
  return campaign.id;
}

async function staffNames(
  needs: DonationNeeds,
  tx: Scoped,
  gifts: readonly GiftRow[],
): Promise<Map<Id, string>> {
  const sealed = await listSealedNames(
    tx,
    gifts.map((gift) => gift.id),
  );
  const boxes = await needs.vault.findBoxes(tx, [...sealed.keys()]);
  return new Map(
    [...sealed].flatMap(([id, name]) => {
      const box = boxes.get(id);
      return box ? [[id, box.open(name)] as const] : [];
    }),
  );
}
