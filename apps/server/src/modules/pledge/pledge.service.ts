import { addDays, dateInShanghai, parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { kindHeartedGiver } from '../fund/index.ts';
import { WORKING_DAY_MINUTES } from '../place/index.ts';
import { REMIND_DAYS, standing, type Instalment } from './pledge.ts';
import type { PledgeNeeds } from './pledge.needs.ts';
import {
  findByForm,
  insertLink,
  insertPledge,
  listDue,
  listInstalments,
  listPledges,
  listPrivate,
  noteDue,
  releasePledge,
  sumGiven,
  sumMonthly,
  type PledgeRow,
} from './pledge.store.ts';

export type PledgeView = RouteOutput<typeof routes.pledge.promise>;
type PromiseBody = RouteRequest<(typeof routes.pledge)['promise']>['body'];
type RecordBody = RouteRequest<(typeof routes.pledge)['record']>['body'];

/**
 * Promises to give, for the actor or her enterprise. The same form again is the same pledge. Refuses amounts
 * that are none, instalments that do not add up, and campaigns that take no gifts.
 */
export async function promise(
  needs: PledgeNeeds,
  tx: Writing,
  body: PromiseBody,
): Promise<{ pledgeId: Id }> {
  const { accountId, organizationId } = tx.actor;
  if (accountId === null) throw new Refusal('not_signed_in');
  const [campaign] = await needs.donation.campaigns(tx, { ids: [body.campaignId] });
  if (!campaign) throw new Refusal('not_found', {}, 'campaignId');
  if (!(await needs.donation.acceptsGifts(tx, campaign))) throw new Refusal('campaign_not_open');
  const names = organizationId ? await needs.organization.giverNames(tx, [organizationId]) : null;
  const publicName = organizationId
    ? (names!.get(organizationId) ?? null)
    : body.displayName?.trim() || null;
  return await add(needs, tx, { ...body, accountId, organizationId, publicName });
}

/** Records a pledge that an enterprise made on paper. Refuses as `promise` does. Federation login. */
export async function recordPledge(
  needs: PledgeNeeds,
  tx: Writing,
  body: RecordBody,
): Promise<{ pledgeId: Id }> {
  const { organizationId } = body;
  const known = await needs.organization.names(tx, [organizationId]);
  if (!known.has(organizationId)) throw new Refusal('not_found', {}, 'organizationId');
  const [campaign] = await needs.donation.campaigns(tx, { ids: [body.campaignId] });
  if (!campaign) throw new Refusal('not_found', {}, 'campaignId');
  const agreed = await needs.organization.giverNames(tx, [organizationId]);
  const publicName = agreed.get(organizationId) ?? null;
  return await add(needs, tx, { ...body, accountId: null, publicName });
}

interface ToAdd extends Omit<RecordBody, 'organizationId'> {
  accountId: Id | null;
  organizationId: Id | null;
  publicName: string | null;
}

async function add(needs: PledgeNeeds, tx: Writing, asked: ToAdd): Promise<{ pledgeId: Id }> {
  const again = await findByForm(tx, asked.formId);
  if (again !== null) return { pledgeId: again };
  const amountFen = parseYuan(asked.amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const instalments = asked.instalments.map((one, index): Instalment => {
    const fen = parseYuan(one.amountYuan);
    if (!fen) throw new Refusal('amount_invalid', {}, `instalments.${index}.amountYuan`);
    return { place: index + 1, dueOn: one.dueOn, amountFen: fen };
  });
  const sum = instalments.reduce((total, one) => total + one.amountFen, 0);
  if (sum !== amountFen)
    throw new Refusal('pledge_sum_differs', { sum: yuanNumber(sum) }, 'amountYuan');
  const id = needs.newId();
  const { campaignId, accountId, organizationId, publicName, agreementNumber, formId } = asked;
  await insertPledge(tx, {
    id,
    campaignId,
    accountId,
    organizationId,
    publicName,
    agreementNumber: agreementNumber || null,
    formId,
    amountFen,
    instalments,
  });
  tx.touched('pledge', id);
  return { pledgeId: id };
}

/**
 * Counts a gift that has come in towards a pledge. Refuses an unknown number, a gift for something else, and
 * one that counts already. Federation login.
 */
export async function linkGift(
  needs: PledgeNeeds,
  tx: Writing,
  command: { pledgeId: Id; giftNumber: string },
): Promise<void> {
  const pledge = await openPledge(tx, command.pledgeId);
  const [gift] = await needs.donation.giftsByNumber(tx, [command.giftNumber]);
  if (!gift) throw new Refusal('gift_unknown', {}, 'giftNumber');
  if (gift.campaignId !== pledge.campaignId)
    throw new Refusal('pledge_gift_differs', {}, 'giftNumber');
  if (!(await insertLink(tx, { giftId: gift.id, pledgeId: pledge.id })))
    throw new Refusal('pledge_gift_taken', {}, 'giftNumber');
  tx.touched('pledge', pledge.id, command.giftNumber);
  await closeWhenMet(needs, tx, pledge.id);
}

/** Ends a pledge that will not be kept. Federation login. */
export async function release(
  needs: PledgeNeeds,
  tx: Writing,
  command: { pledgeId: Id; reason: string },
): Promise<void> {
  const pledge = await openPledge(tx, command.pledgeId);
  await releasePledge(tx, pledge.id, command.reason);
  await needs.desk.close(tx, [{ subjectId: pledge.id }]);
  tx.touched('pledge', pledge.id, 'released');
}

/** A pledge that is not released; refuses `not_found` and `pledge_ended`. */
export async function openPledge(tx: Scoped, pledgeId: Id): Promise<PledgeRow> {
  const [pledge] = await listPledges(tx, { ids: [pledgeId] });
  if (!pledge) throw new Refusal('not_found');
  if (pledge.state === 'released') throw new Refusal('pledge_ended');
  return pledge;
}

/** The desk's task about what is overdue ends once nothing is. */
async function closeWhenMet(needs: PledgeNeeds, tx: Writing, pledgeId: Id): Promise<void> {
  const [view] = await pledgeViews(needs, tx, await listPledges(tx, { ids: [pledgeId] }));
  if (view!.overdueFen === 0) await needs.desk.close(tx, [{ subjectId: pledgeId }]);
}

/** Pledges with their instalments as they stand today; what only both sides know is left out for others. */
export async function pledgeViews(
  needs: PledgeNeeds,
  tx: Scoped,
  rows: readonly PledgeRow[],
): Promise<PledgeView[]> {
  const ids = rows.map((row) => row.id);
  const today = dateInShanghai(tx.now);
  const instalments = await listInstalments(tx, ids);
  const given = await sumGiven(tx, ids);
  const known: Awaited<ReturnType<typeof listPrivate>> =
    tx.actor.login === 'public' ? new Map() : await listPrivate(tx, ids);
  const campaignIds = [...new Set(rows.map((row) => row.campaignId))];
  const campaigns = new Map(
    (await needs.donation.campaigns(tx, { ids: campaignIds })).map((one) => [one.id, one]),
  );
  // The office knows who promised, whether or not the name may be published.
  const names = await needs.organization.names(
    tx,
    tx.actor.login === 'federation' || tx.actor.login === 'system'
      ? [...known.values()].flatMap((one) => one.organizationId ?? [])
      : [],
  );
  return rows.map((row) => {
    const { gifts, givenFen } = given.get(row.id) ?? { gifts: 0, givenFen: 0 };
    const stand = standing(instalments.get(row.id) ?? [], givenFen, today);
    const open = stand.filter((one) => one.state !== 'met');
    const isOpen = row.state === 'open' && givenFen < row.amountFen;
    return {
      id: row.id,
      number: row.number,
      campaignId: row.campaignId,
      campaignCode: campaigns.get(row.campaignId)?.code ?? '',
      campaignName: campaigns.get(row.campaignId)?.name ?? '',
      promisedBy:
        names.get(known.get(row.id)?.organizationId ?? '') ??
        row.publicName ??
        kindHeartedGiver(tx.actor.language),
      promisedFen: row.amountFen,
      givenFen,
      gifts,
      state: row.state === 'released' ? 'released' : isOpen ? 'open' : 'fulfilled',
      overdueFen: isOpen
        ? open
            .filter((one) => one.state === 'overdue')
            .reduce((sum, one) => sum + one.amountFen - one.givenFen, 0)
        : 0,
      nextDueOn: isOpen ? (open[0]?.dueOn ?? null) : null,
      agreementNumber: known.get(row.id)?.agreementNumber ?? null,
      releasedReason: known.get(row.id)?.releasedReason ?? null,
      promisedAt: row.promisedAt.toISOString(),
      instalments: stand,
    };
  });
}

/** A pledge that waits for money, as a credit of the bank is compared with it. */
export interface AwaitedPledge {
  id: Id;
  number: string;
  agreementNumber: string | null;
  campaignId: Id;
  label: string;
  publicName: string | null;
  accountId: Id | null;
  organizationName: string | null;
  /** The next instalment, and all that is left. */
  awaitedFen: number[];
}

/** Pledges that still wait for money. Federation or system login. */
export async function awaitedPledges(needs: PledgeNeeds, tx: Scoped): Promise<AwaitedPledge[]> {
  const rows = (await listPledges(tx, {})).filter((row) => row.state === 'open');
  const views = await pledgeViews(needs, tx, rows);
  const known = await listPrivate(
    tx,
    rows.map((row) => row.id),
  );
  return views.flatMap((view, index): AwaitedPledge[] => {
    if (view.state !== 'open') return [];
    const { publicName } = rows[index]!;
    const { accountId, organizationId, agreementNumber } = known.get(view.id)!;
    const next = view.instalments.find((one) => one.state !== 'met');
    return [
      {
        id: view.id,
        number: view.number,
        agreementNumber,
        campaignId: view.campaignId,
        label: `${view.number} ${view.promisedBy} · ${view.campaignName}`,
        publicName,
        accountId,
        organizationName: organizationId === null ? null : view.promisedBy,
        awaitedFen: [
          ...(next ? [next.amountFen - next.givenFen] : []),
          view.promisedFen - view.givenFen,
        ],
      },
    ];
  });
}

/** One pledge as its reader may see it. */
export async function readPledge(needs: PledgeNeeds, tx: Scoped, id: Id): Promise<PledgeView> {
  const [view] = await pledgeViews(needs, tx, await listPledges(tx, { ids: [id] }));
  if (!view) throw new Refusal('not_found');
  return view;
}

/** A page of pledges, newest first; those overdue stand before the others of their page. */
export async function readPledges(
  needs: PledgeNeeds,
  tx: Scoped,
  page: { after?: string | undefined; limit: number },
) {
  const before = page.after === undefined ? undefined : Number(page.after) || 0;
  const rows = await listPledges(tx, { before, limit: page.limit + 1 });
  const { shown, next } = cutPage(rows, page.limit, (last) => last.serial);
  const views = await pledgeViews(needs, tx, shown);
  return {
    items: views.toSorted((one, other) => other.overdueFen - one.overdueFen),
    next,
  };
}

/** Promised and given for a campaign, apart, and how many give each month. Reads as a visitor. */
export async function readCampaignPledges(needs: PledgeNeeds, tx: Scoped, code: string) {
  const [campaign] = await needs.donation.campaigns(tx, { code });
  if (!campaign) throw new Refusal('not_found');
  const rows = await listPledges(tx, { campaignId: campaign.id });
  const views = (await pledgeViews(needs, tx, rows)).filter((one) => one.state !== 'released');
  const sum = (of: (view: PledgeView) => number) =>
    views.reduce((total, view) => total + of(view), 0);
  const monthly = await sumMonthly(tx, campaign.id);
  return {
    promisedFen: sum((view) => view.promisedFen),
    givenFen: sum((view) => view.givenFen),
    overdueFen: sum((view) => view.overdueFen),
    items: views,
    monthlyGivers: monthly.givers,
    monthlyFen: monthly.monthFen,
    asOf: tx.now.toISOString(),
  };
}

/**
 * Reminds of instalments that are due within a week, and puts those that are overdue on the desk; each once.
 * Answers how many it told of. System login.
 */
export async function watchPledges(needs: PledgeNeeds, tx: Writing): Promise<number> {
  const today = dateInShanghai(tx.now);
  const due = await listDue(tx, addDays(today, REMIND_DAYS));
  if (due.length === 0) return 0;
  const ids = [...new Set(due.map((one) => one.pledgeId))];
  const rows = await listPledges(tx, { ids });
  const views = new Map((await pledgeViews(needs, tx, rows)).map((view) => [view.id, view]));
  const known = await listPrivate(tx, ids);
  const open = due.filter(({ pledgeId, place }) =>
    views.get(pledgeId)!.instalments.some((one) => one.place === place && one.state !== 'met'),
  );
  const coming = open.filter((one) => one.dueOn >= today && !one.isReminded);
  const overdue = open.filter((one) => one.dueOn < today);
  await needs.message.send(
    tx,
    [...coming, ...overdue].flatMap(({ pledgeId, place, dueOn }) => {
      const accountId = known.get(pledgeId)?.accountId;
      const view = views.get(pledgeId)!;
      const one = view.instalments.find((each) => each.place === place)!;
      return accountId
        ? [
            {
              accountId,
              topic: 'gift_moved' as const,
              title: dueOn < today ? '您的一笔认捐已过约定日期' : '您的一笔认捐快到约定日期了',
              body: `“${view.campaignName}”第 ${place} 期 ¥${yuanNumber(one.amountFen - one.givenFen)}，约定 ${dueOn} 前。`,
              link: '/my/pledges',
            },
          ]
        : [];
    }),
  );
  await openOverdueTasks(needs, tx, [...new Set(overdue.map((one) => views.get(one.pledgeId)!))]);
  await noteDue(tx, coming, 'reminded_at');
  await noteDue(tx, overdue, 'overdue_at');
  for (const id of new Set([...coming, ...overdue].map((one) => one.pledgeId)))
    tx.touched('pledge', id, 'due');
  return coming.length + overdue.length;
}

const CHASE_MINUTES = 5 * WORKING_DAY_MINUTES;

async function openOverdueTasks(
  needs: PledgeNeeds,
  tx: Writing,
  views: readonly PledgeView[],
): Promise<void> {
  const district = needs.place.district();
  if (!district) return;
  const { workingTime } = needs.place;
  await needs.desk.open(
    tx,
    views.map((view) => ({
      kind: 'pledge_overdue' as const,
      subjectKind: 'pledge' as const,
      subjectId: view.id,
      number: view.number,
      title: `¥${yuanNumber(view.overdueFen)}`,
      detail: `${view.promisedBy} · ${view.campaignName}`,
      areaId: district.id,
      building: null,
      roles: ['federation_officer' as const],
      level: 'district' as const,
      dueAt: workingTime.add(tx.now, CHASE_MINUTES),
      warnAt: workingTime.add(tx.now, CHASE_MINUTES / 2),
      urgent: false,
      askerAccountId: null,
    })),
  );
}
