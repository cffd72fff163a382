import type { Id } from '@wennuan/basics';
import type { SequencedEvent } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { actWords, type ComplaintAct } from './complaint.ts';
import type { ComplaintNeeds } from './complaint.needs.ts';
import { lastPauses } from './complaint.store.ts';

/** Tells the givers of campaigns what was done with them, once for each time and account. System login. */
export async function tellDonors(
  needs: ComplaintNeeds,
  tx: Writing,
  events: readonly SequencedEvent[],
): Promise<void> {
  for (const event of events) {
    const { campaignId, act: done } = event.body as { campaignId: Id; act: ComplaintAct };
    if (done === 'none') continue;
    const accounts = await needs.donation.giverAccounts(tx, campaignId);
    const { title, body } = actWords[done];
    await needs.message.send(
      tx,
      accounts.map((accountId) => ({
        accountId,
        topic: 'service' as const,
        title,
        body,
        link: '/my/gifts',
      })),
    );
  }
}

/** Whether a campaign is paused or taken down, since when and why. */
export async function readPause(needs: ComplaintNeeds, tx: Scoped, code: string) {
  const campaign = (await needs.donation.openedCampaigns(tx)).find((one) => one.code === code);
  const last = campaign && (await lastPauses(tx, [campaign.id])).get(campaign.id);
  if (!last || last.act === 'resume' || last.act === 'none')
    return { act: null, since: null, reason: null };
  return { act: last.act, since: last.at.toISOString(), reason: last.reason.slice(0, 100) };
}

/** Campaigns that take no gifts now because of a complaint. Port of `donation`. */
export async function pausedCampaigns(tx: Scoped, campaignIds: readonly Id[]): Promise<Set<Id>> {
  const last = await lastPauses(tx, campaignIds);
  return new Set([...last].flatMap(([id, { act: done }]) => (done === 'resume' ? [] : [id])));
}
