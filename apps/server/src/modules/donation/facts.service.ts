import { Refusal, type Id } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { links } from '../fund/index.ts';
import { listCampaigns } from './campaign.store.ts';
import { giftNumber, type LegalForm, type TargetKind } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { listItems } from './item.store.ts';
import { giftToken, tokenHash } from './order.service.ts';
import { findByToken } from './order.store.ts';

/** A received gift with all that a document about it says. */
export interface GiftFacts {
  id: Id;
  number: string;
  token: string;
  amountFen: number;
  at: Date;
  legalForm: LegalForm;
  targetId: Id;
  /** The wish, campaign or fund. */
  targetLabel: string;
  targetLink: string | null;
  /** The campaign or fund as a year is told by. */
  campaignLabel: string;
  /** The filed use of the money. */
  purpose: string;
  transferId: Id;
  publicName: string | null;
  /** The name the giver chose, sealed with the gift's key; null when it is public or she chose none. */
  nameSealed: Buffer | null;
  accountId: Id | null;
  organizationId: Id | null;
}

interface Chosen {
  ids?: readonly Id[];
  accountId?: Id;
  /** Begins after this gift, newest first. */
  before?: Id;
  limit?: number;
}

/** Received gifts with what documents about them say, newest first. System login. */
export async function giftFacts(
  needs: Pick<DonationNeeds, 'vault' | 'fund'>,
  tx: Scoped,
  chosen: Chosen,
): Promise<GiftFacts[]> {
  const rows = await selectGifts(tx, chosen);
  const ofKind = (kind: TargetKind) => [
    ...new Set(rows.filter((row) => row.target_kind === kind).map((row) => row.target_id)),
  ];
  const itemIds = ofKind('item');
  const items = new Map(
    (itemIds.length > 0 ? await listItems(tx, { ids: itemIds }) : []).map((one) => [one.id, one]),
  );
  const campaignIds = [
    ...new Set([...ofKind('campaign'), ...[...items.values()].map((item) => item.campaignId)]),
  ];
  const campaigns = new Map(
    (campaignIds.length > 0 ? await listCampaigns(tx, { ids: campaignIds }) : []).map((one) => [
      one.id,
      one,
    ]),
  );
  const fundIds = ofKind('fund');
  const funds = new Map(
    (fundIds.length > 0 ? await needs.fund.listFunds(tx, { ids: fundIds }) : []).map((one) => [
      one.id,
      one,
    ]),
  );
  const pots = await needs.fund.purposes(tx, ofKind('pot'));
  return rows.map((row) => {
    const item = items.get(row.target_id);
    const campaign = campaigns.get(item?.campaignId ?? row.target_id);
    const fund = funds.get(row.target_id);
    const whole = campaign?.name ?? fund?.name ?? pots.get(row.target_id)?.label ?? '';
    const link = item?.needId
      ? links.wish(item.needId)
      : campaign
        ? links.campaign(campaign.code)
        : fund && links.fund(fund.code);
    return {
      id: row.id,
      number: giftNumber(Number(row.serial)),
      token: giftToken(needs.vault, row.id),
      amountFen: Number(row.amount_fen),
      at: row.at,
      legalForm: row.legal_form as LegalForm,
      targetId: row.target_id,
      targetLabel: item ? item.title : whole,
      targetLink: link ?? null,
      campaignLabel: whole,
      purpose: item ? item.title : (campaign?.useOfMoney ?? '按基金章程使用'),
      transferId: row.transfer_id,
      publicName: row.public_name,
      nameSealed: row.name_sealed,
      accountId: row.account_id,
      organizationId: row.organization_id,
    };
  });
}

function selectGifts(tx: Scoped, chosen: Chosen) {
  let query = tx.db
    .selectFrom('gift as g')
    .leftJoin('gift_order as o', 'o.id', 'g.id')
    .select(['g.id', 'g.serial', 'g.amount_fen', 'g.at', 'g.legal_form', 'g.target_kind'])
    .select(['g.target_id', 'g.transfer_id', 'g.public_name', 'g.organization_id'])
    .select(['o.name_sealed', 'o.account_id'])
    .orderBy('g.id', 'desc');
  if (chosen.ids) query = query.where('g.id', '=', anyOf(chosen.ids));
  if (chosen.accountId) query = query.where('o.account_id', '=', chosen.accountId);
  if (chosen.before) query = query.where('g.id', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  return query.execute();
}

/** A campaign with what its disclosures are reckoned from. */
export interface CampaignFacts {
  id: Id;
  code: string;
  name: string;
  openedOn: string;
  closesOn: string;
  isClosed: boolean;
  isEmergency: boolean;
  filedOn: string | null;
}

/** Campaigns that have opened. */
export async function openedCampaigns(tx: Scoped): Promise<CampaignFacts[]> {
  const campaigns = await listCampaigns(tx, {});
  return campaigns.flatMap((one) =>
    one.openedOn === null
      ? []
      : [
          {
            id: one.id,
            code: one.code,
            name: one.name,
            openedOn: one.openedOn,
            closesOn: one.closesOn,
            isClosed: one.state === 'closed',
            isEmergency: one.isEmergency,
            filedOn: one.filedOn,
          },
        ],
  );
}

/** Accounts that gave to a campaign or its items, each once. System login. */
export async function giverAccounts(tx: Scoped, campaignId: Id): Promise<Id[]> {
  const rows = await tx.db
    .selectFrom('gift as g')
    .innerJoin('gift_order as o', 'o.id', 'g.id')
    .select('o.account_id')
    .distinct()
    .where('g.campaign_id', '=', campaignId)
    .where('o.account_id', 'is not', null)
    .execute();
  return rows.map((row) => row.account_id!);
}

/** Gifts of at least an amount since a moment, by number. */
export async function largeGifts(
  tx: Scoped,
  asked: { fromFen: number; since: Date },
): Promise<{ number: string; amountFen: number; at: Date }[]> {
  const rows = await tx.db
    .selectFrom('gift')
    .select(['serial', 'amount_fen', 'at'])
    .where('amount_fen', '>=', asked.fromFen)
    .where('at', '>=', asked.since)
    .orderBy('serial')
    .execute();
  return rows.map((row) => ({
    number: giftNumber(Number(row.serial)),
    amountFen: Number(row.amount_fen),
    at: row.at,
  }));
}

/** The gift of a giver's token; null while it is not received. Refuses an unknown token. System login. */
export async function giftByToken(
  needs: Pick<DonationNeeds, 'vault' | 'fund'>,
  tx: Scoped,
  token: string,
): Promise<GiftFacts | null> {
  const order = await findByToken(tx, tokenHash(token));
  if (!order) throw new Refusal('not_found');
  const [gift] = await giftFacts(needs, tx, { ids: [order.id] });
  return gift ?? null;
}

/**
 * Forgets whose gifts these were: the links to the account and the public names. Amount, day and use stay, as the
 * books must. The sealed names go with their keys, which the caller destroys. System login.
 */
export async function unlinkGiver(
  tx: Writing,
  { accountId, giftIds }: { accountId: Id; giftIds: readonly Id[] },
): Promise<void> {
  await tx.db
    .updateTable('gift_order')
    .set({ account_id: null, public_name: null, name_sealed: null })
    .where('account_id', '=', accountId)
    .execute();
  await tx.db
    .updateTable('gift')
    .set({ public_name: null })
    .where('id', '=', anyOf(giftIds))
    .execute();
  for (const id of giftIds) tx.touched('gift', id, 'forgotten');
}
