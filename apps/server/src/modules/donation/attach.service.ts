import { Refusal, type Id } from '@wennuan/basics';
import { balances, type TransferCommand } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Posted } from '../payment/index.ts';
import { postAll, transfersOf } from './books.ts';
import { listCampaigns } from './campaign.store.ts';
import type { DonationNeeds } from './donation.needs.ts';
import {
  listPlatformProjects,
  markAttached,
  sumProjectGifts,
  type ProjectRow,
} from './project.store.ts';

const FORMS_OF_THE_PLATFORM = new Set(['public_fundraising', 'designated_form']);

/**
 * Attaches a project number of the platform to a campaign. What was held under it moves there gift by gift,
 * so that each gift's path stays its own; what comes later goes there at once. The same again changes
 * nothing; another campaign is refused (`project_attached`), as is one of another legal form.
 */
export async function attachProject(
  needs: DonationNeeds,
  tx: Writing,
  { projectId, campaignId }: { projectId: Id; campaignId: Id },
): Promise<void> {
  const [project] = await listPlatformProjects(tx, { ids: [projectId], lock: true });
  const [campaign] = await listCampaigns(tx, { ids: [campaignId] });
  if (!project || !campaign) throw new Refusal('not_found');
  if (project.campaignId === campaignId) return;
  if (project.campaignId !== null) {
    const [other] = await listCampaigns(tx, { ids: [project.campaignId] });
    throw new Refusal('project_attached', { campaign: other?.name ?? '' });
  }
  if (!FORMS_OF_THE_PLATFORM.has(campaign.legalForm)) throw new Refusal('campaign_form_differs');
  await markAttached(tx, projectId, campaignId);
  await moveHeld(needs, tx, { projectId, campaignId });
  tx.touched('platform_project', projectId, campaign.code);
}

/** Moves what is left of every gift and match on a project's account. */
async function moveHeld(
  needs: DonationNeeds,
  tx: Writing,
  { projectId, campaignId }: { projectId: Id; campaignId: Id },
): Promise<void> {
  const held = await needs.payment.lockEntries(tx, projectId);
  const move = (entry: { paymentId: Id; entryId: Id; leftFen: number }, key: string) => ({
    key: `${key}:${entry.paymentId}`,
    from: projectId,
    to: campaignId,
    amount: entry.leftFen,
    of: entry.entryId,
    reason: 'attached',
    document: { kind: 'attached', id: entry.paymentId },
    actor: tx.actor.accountId,
  });
  const commands: TransferCommand[] = held.map((entry) =>
    move(entry, entry.isMatch ? 'attach-match' : 'attach'),
  );
  const transferIds = (await postAll(needs, tx, commands)).map((one) => transfersOf(one)[0]!);
  const posted: Posted = { entries: [], postings: [], lacking: [] };
  held.forEach(({ paymentId, isMatch }, index) => {
    const transferId = transferIds[index]!;
    posted.entries.push({
      paymentId,
      accountId: campaignId,
      transferId: null,
      entryId: isMatch ? null : transferId,
      matchEntryId: isMatch ? transferId : null,
    });
    posted.postings.push({ transferId, paymentId, refundId: null, kind: 'attached' });
  });
  await needs.payment.notePosted(tx, posted);
  const [left] = await balances(tx.sql, [projectId]);
  if (left && left.balance > 0)
    throw new Error(`project ${projectId} still holds ${left.balance} fen after it was attached`);
}

/** Projects of the platform as the accountant sees them, those attached to nothing first. */
export async function readPlatformProjects(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; after?: number; limit: number },
) {
  const rows = await listPlatformProjects(tx, chosen.ids ? { ids: chosen.ids } : {});
  const begin = chosen.after ?? 0;
  const shown = rows.slice(begin, begin + chosen.limit);
  return {
    items: await projectViews(tx, shown),
    next: rows.length > begin + shown.length ? String(begin + shown.length) : null,
  };
}

async function projectViews(tx: Scoped, rows: readonly ProjectRow[]) {
  const ids = rows.map((row) => row.id);
  const gifts = await sumProjectGifts(tx, ids);
  const held = new Map((await balances(tx.sql, ids)).map((one) => [one.accountId, one.balance]));
  const campaignIds = rows.flatMap((row) => row.campaignId ?? []);
  const campaigns = new Map(
    (campaignIds.length > 0 ? await listCampaigns(tx, { ids: campaignIds }) : []).map((one) => [
      one.id,
      one,
    ]),
  );
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    gifts: gifts.get(row.id)?.gifts ?? 0,
    givenFen: gifts.get(row.id)?.givenFen ?? 0,
    heldFen: held.get(row.id) ?? 0,
    campaignCode: campaigns.get(row.campaignId ?? '')?.code ?? null,
    campaignName: campaigns.get(row.campaignId ?? '')?.name ?? null,
    attachedAt: row.attachedAt?.toISOString() ?? null,
  }));
}
