import type { Language, routes } from '@wennuan/contract';
import { visitor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { readCampaign } from './campaign.service.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { openEmergency, readEmergencyPlans } from './emergency.service.ts';
import { publishNews, readNews } from './news.service.ts';
import { readRecorded, recordGiving } from './recorded.service.ts';
import { readResult, readTotals, settleRemainder } from './result.service.ts';

const done = { ok: true } as const;

const KEEP_MILLIS = 5_000;

/**
 * The totals of the home page, reckoned at most every few seconds for each language: they add up every item's
 * account, and the page says from when they are. Read as a visitor, so that everybody sees the same.
 */
function keptTotals(needs: DonationNeeds) {
  type Totals = Awaited<ReturnType<typeof readTotals>>;
  const kept = new Map<Language, { at: number; totals: Promise<Totals> }>();
  return (language: Language): Promise<Totals> => {
    const now = needs.clock.now().getTime();
    const known = kept.get(language);
    if (known && now >= known.at && now - known.at < KEEP_MILLIS) return known.totals;
    const totals = needs.database.read(visitor(language), (tx) => readTotals(needs, tx));
    kept.set(language, { at: now, totals });
    totals.catch(() => kept.delete(language));
    return totals;
  };
}

/** The operations about how campaigns go on and end. */
export function campaignHandlers(needs: DonationNeeds): Handlers<typeof routes.campaign> {
  const { database } = needs;
  const totals = keptTotals(needs);
  return {
    totals: ({ actor }) => totals(actor.language),
    news: ({ actor, params }) => database.read(actor, (tx) => readNews(needs, tx, params.code)),
    result: ({ actor, params }) => database.read(actor, (tx) => readResult(needs, tx, params.code)),
    async publish({ actor, params, body }) {
      await database.write(actor, 'donation.publish_news', (tx) =>
        publishNews(needs, tx, { ...params, ...body }),
      );
      return done;
    },
    async settle({ actor, params, body }) {
      await database.write(actor, 'donation.settle_remainder', (tx) =>
        settleRemainder(needs, tx, { ...params, ...body }),
      );
      return done;
    },
    emergencyPlans: ({ actor }) => database.read(actor, readEmergencyPlans),
    async openEmergency({ actor, body }) {
      const { campaignId } = await database.write(actor, 'donation.open_emergency', (tx) =>
        openEmergency(needs, tx, body),
      );
      return await database.read(actor, (tx) => readCampaign(tx, campaignId));
    },
    recorded: ({ actor, query }) => database.read(actor, (tx) => readRecorded(tx, query)),
    async record({ actor, body }) {
      await database.write(actor, 'donation.record_giving', (tx) => recordGiving(needs, tx, body));
      return done;
    },
  };
}
