import type { Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Writing } from '../../platform/database/database.ts';
import { visitor, type Actor } from '../../platform/actor.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Call, Handlers } from '../../platform/http/mount.ts';
import { beginMonth, endMonthly, readMonthly, skipMonth, startMonthly } from './monthly.service.ts';
import type { PledgeNeeds } from './pledge.needs.ts';
import {
  linkGift,
  openPledge,
  pledgeViews,
  promise,
  readCampaignPledges,
  readPledge,
  readPledges,
  recordPledge,
  release,
} from './pledge.service.ts';
import { insertLink, listPledges } from './pledge.store.ts';

type All = Handlers<typeof routes.pledge>;
type Begun = Awaited<ReturnType<PledgeNeeds['donation']['startGift']>>;
type MonthlyPages = 'myMonthly' | 'startMonthly' | 'endMonthly' | 'giveMonth' | 'skipMonth';
const done = { ok: true } as const;

/** The operations of `pledge`. */
export function pledgeHandlers(needs: PledgeNeeds): All {
  return { ...pledgePages(needs), ...monthlyPages(needs) };
}

function pledgePages(needs: PledgeNeeds): Omit<All, MonthlyPages> {
  const { database } = needs;
  const change = async (actor: Actor, action: string, work: (tx: Writing) => Promise<Id>) => {
    const id = await sentOnce(() => database.write(actor, action, work));
    return await database.read(actor, (tx) => readPledge(needs, tx, id));
  };
  return {
    // Who is signed in sees of others' promises what every visitor sees.
    ofCampaign: ({ actor, params }) =>
      database.read(visitor(actor.language), (tx) => readCampaignPledges(needs, tx, params.code)),
    pledges: ({ actor, query }) => database.read(actor, (tx) => readPledges(needs, tx, query)),
    record: ({ actor, body }) =>
      change(actor, 'pledge.record', async (tx) => (await recordPledge(needs, tx, body)).pledgeId),
    link: ({ actor, params, body }) =>
      change(actor, 'pledge.link', async (tx) => {
        await linkGift(needs, tx, { ...params, ...body });
        return params.pledgeId;
      }),
    release: ({ actor, params, body }) =>
      change(actor, 'pledge.release', async (tx) => {
        await release(needs, tx, { ...params, ...body });
        return params.pledgeId;
      }),
    myPledges: ({ actor }) =>
      database.read(actor, async (tx) => ({
        items: await pledgeViews(needs, tx, await listPledges(tx, {})),
      })),
    promise: ({ actor, body }) =>
      change(actor, 'pledge.promise', async (tx) => (await promise(needs, tx, body)).pledgeId),
    give: (call) =>
      begin(needs, call, 'pledge.give', async (tx) => {
        const pledge = await openPledge(tx, call.params.pledgeId);
        const begun = await needs.donation.startGift(tx, {
          ...call.body,
          target: { kind: 'campaign', id: pledge.campaignId },
          name: {
            displayName: pledge.publicName,
            hideFromPublic: pledge.publicName === null,
            hideFromRecipient: true,
            hideFromStaff: false,
          },
        });
        await insertLink(tx, { giftId: begun.giftId, pledgeId: pledge.id });
        return begun;
      }),
  };
}

/** Begins a gift and answers where to pay it; a channel outside is asked after the commit. */
async function begin(
  needs: PledgeNeeds,
  { actor, request }: Pick<Call<typeof routes.pledge.giveMonth>, 'actor' | 'request'>,
  action: string,
  work: (tx: Writing) => Promise<Begun>,
) {
  const begun = await sentOnce(() => needs.database.write(actor, action, work));
  const { giftId, token } = begun;
  if (begun.cashierUrl !== null) return { giftId, token, cashierUrl: begun.cashierUrl };
  begun.toBegin.clientAddress = request.ip;
  const step = await needs.donation.payAt(begun);
  return { giftId, token, cashierUrl: step.kind === 'redirect' ? step.url : `/gifts/${token}` };
}

function monthlyPages(needs: PledgeNeeds): Pick<All, MonthlyPages> {
  const { database } = needs;
  return {
    myMonthly: ({ actor }) =>
      database.read(actor, async (tx) => ({ items: await readMonthly(needs, tx) })),
    async startMonthly({ actor, body }) {
      const { monthlyId } = await sentOnce(() =>
        database.write(actor, 'pledge.start_monthly', (tx) => startMonthly(needs, tx, body)),
      );
      const [view] = await database.read(actor, (tx) =>
        readMonthly(needs, tx, { ids: [monthlyId] }),
      );
      return view!;
    },
    async endMonthly({ actor, params }) {
      await database.write(actor, 'pledge.end_monthly', (tx) => endMonthly(tx, params.monthlyId));
      return done;
    },
    giveMonth: (call) =>
      begin(needs, call, 'pledge.give_month', (tx) => beginMonth(needs, tx, call.params.turnId)),
    async skipMonth({ actor, params }) {
      await database.write(actor, 'pledge.skip_month', (tx) => skipMonth(tx, params.turnId));
      return done;
    },
  };
}
