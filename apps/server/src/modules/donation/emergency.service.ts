import { dateInShanghai, type Id } from '@wennuan/basics';
import type { RouteRequest, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { draftCampaign, openCampaign, setTick } from './campaign.service.ts';
import { listCampaigns } from './campaign.store.ts';
import type { DonationNeeds } from './donation.needs.ts';
import plans from './emergency-plans.json' with { type: 'json' };

type OpenBody = RouteRequest<(typeof routes.campaign)['openEmergency']>['body'];
export type EmergencyKind = OpenBody['kind'];

/** Ready plans, and the certificate, platform and account that the newest campaign with them was opened with. */
export async function readEmergencyPlans(tx: Scoped) {
  const [last] = (await listCampaigns(tx, {})).filter(
    (one) => one.legalForm === 'public_fundraising' && one.openedOn !== null,
  );
  return {
    plans: (Object.keys(plans) as EmergencyKind[]).map((kind) => ({ kind, plan: plans[kind] })),
    certificateNumber: last?.certificateNumber ?? '',
    listing: last?.listing ?? '',
    ownAccount: last?.ownAccount ?? '',
  };
}

/**
 * Opens an emergency campaign in one go: plan, three ticks, open. Filing follows within ten days (Charity Law
 * 72); the clocks for it and for publishing every five days are duties of disclosure. Federation login.
 */
export async function openEmergency(
  needs: DonationNeeds,
  tx: Writing,
  body: OpenBody,
): Promise<{ campaignId: Id }> {
  const { kind, certificateNumber, listing, ownAccount, ...plan } = body;
  const today = dateInShanghai(tx.now);
  const { campaignId } = await draftCampaign(needs, tx, {
    ...plan,
    legalForm: 'public_fundraising',
    opensOn: today,
    isEmergency: true,
    emergencyKind: kind,
  });
  const ticks = [
    ['qualified_charity', certificateNumber],
    ['live_listing', listing],
    ['own_account', ownAccount],
  ] as const;
  for (const [tick, detail] of ticks)
    await setTick(tx, { campaignId, tick, detail, filedOn: null });
  await openCampaign(tx, campaignId);
  return { campaignId };
}
