import { dateInShanghai, parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import {
  addTurns,
  endMonthlyGifts,
  findTurn,
  insertMonthly,
  listMonthly,
  listTurns,
  noteTurnGift,
  skipTurn,
  type MonthlyRow,
} from './monthly.store.ts';
import { asksNow, nextAskOn } from './pledge.ts';
import type { PledgeNeeds } from './pledge.needs.ts';

export type MonthlyView = RouteOutput<typeof routes.pledge.startMonthly>;
type StartBody = RouteRequest<(typeof routes.pledge)['startMonthly']>['body'];

/**
 * Sets up a monthly gift of the actor: an intention, no debit. The same form again is the same one. Refuses a
 * campaign that takes no gifts, and a second one to the same campaign.
 */
export async function startMonthly(
  needs: PledgeNeeds,
  tx: Writing,
  body: StartBody,
): Promise<{ monthlyId: Id }> {
  const { accountId } = tx.actor;
  if (accountId === null) throw new Refusal('not_signed_in');
  const amountFen = parseYuan(body.amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const [campaign] = await needs.donation.campaigns(tx, { ids: [body.campaignId] });
  if (!campaign) throw new Refusal('not_found', {}, 'campaignId');
  if (!(await needs.donation.acceptsGifts(tx, campaign))) throw new Refusal('campaign_not_open');
  const own = await listMonthly(tx, {});
  const again = own.find((one) => one.formId === body.formId);
  if (again) return { monthlyId: again.id };
  if (own.some((one) => one.campaignId === campaign.id && one.state === 'running'))
    throw new Refusal('monthly_running');
  const id = needs.newId();
  await insertMonthly(tx, {
    id,
    accountId,
    campaignId: campaign.id,
    amountFen,
    dayOfMonth: body.dayOfMonth,
    publicName: body.displayName?.trim() || null,
    startedOn: dateInShanghai(tx.now),
    formId: body.formId,
  });
  tx.touched('monthly_gift', id);
  return { monthlyId: id };
}

/** Ends a monthly gift of the actor; again changes nothing. Refuses another's with `not_found`. */
export async function endMonthly(tx: Writing, monthlyId: Id): Promise<void> {
  const [row] = await listMonthly(tx, { ids: [monthlyId] });
  if (!row) throw new Refusal('not_found');
  if (row.state === 'ended') return;
  await endMonthlyGifts(tx, [row.id], dateInShanghai(tx.now));
  tx.touched('monthly_gift', row.id, 'ended');
}

/**
 * Asks for this month's gifts whose day has come, each once, by a message with a link to pay. An intention
 * for a campaign that takes no gifts any more ends, and its giver is told. System login.
 */
export async function askForMonth(needs: PledgeNeeds, tx: Writing): Promise<number> {
  const today = dateInShanghai(tx.now);
  const running = await listMonthly(tx, { notAskedIn: today.slice(0, 7) });
  const due = running.filter((one) => asksNow(one, today));
  if (due.length === 0) return 0;
  const campaignIds = [...new Set(due.map((one) => one.campaignId))];
  const campaigns = new Map(
    (await needs.donation.campaigns(tx, { ids: campaignIds })).map((one) => [one.id, one]),
  );
  const taking = new Set<Id>();
  for (const campaign of campaigns.values())
    if (await needs.donation.acceptsGifts(tx, campaign)) taking.add(campaign.id);
  const asking = due.filter((one) => taking.has(one.campaignId));
  const over = due.filter((one) => !taking.has(one.campaignId));
  const turns = asking.map((one) => ({ ...one, turnId: needs.newId() }));
  await addTurns(
    tx,
    turns.map(({ turnId, id, accountId }) => ({ id: turnId, monthlyId: id, accountId })),
    today.slice(0, 7),
  );
  await endMonthlyGifts(
    tx,
    over.map((one) => one.id),
    today,
  );
  const nameOf = (one: MonthlyRow) => campaigns.get(one.campaignId)?.name ?? '';
  await needs.message.send(tx, [
    ...turns.map((one) => ({
      accountId: one.accountId,
      topic: 'gift_moved' as const,
      title: '这个月的月捐',
      body: `“${nameOf(one)}”¥${yuanNumber(one.amountFen)}。点开就能付，也可以跳过这个月；我们不会自动扣款。`,
      link: `/my/monthly?turn=${one.turnId}`,
    })),
    ...over.map((one) => ({
      accountId: one.accountId,
      topic: 'gift_moved' as const,
      title: '您的月捐已经结束',
      body: `“${nameOf(one)}”已结束，不再接受捐赠。谢谢您一直以来的支持。`,
      link: '/my/monthly',
    })),
  ]);
  for (const one of due) tx.touched('monthly_gift', one.id, 'asked');
  return due.length;
}

/**
 * Begins a month's gift; the same one again while it waits. Refuses a month that was given or skipped, and
 * another's with `not_found`.
 */
export async function beginMonth(needs: PledgeNeeds, tx: Writing, turnId: Id) {
  const turn = await openTurn(tx, turnId);
  const [monthly] = await listMonthly(tx, { ids: [turn.monthlyId] });
  const begun = await needs.donation.startGift(tx, {
    target: { kind: 'campaign', id: monthly!.campaignId },
    amountYuan: yuanNumber(monthly!.amountFen).replaceAll(',', ''),
    name: {
      displayName: monthly!.publicName,
      hideFromPublic: monthly!.publicName === null,
      hideFromRecipient: true,
      hideFromStaff: false,
    },
    // One month is one form, however often the button is pressed.
    formId: turn.id,
  });
  await noteTurnGift(tx, turn.id, begun.giftId);
  tx.touched('monthly_turn', turn.id);
  return begun;
}

/** Leaves a month out. Refuses one that was given or skipped. */
export async function skipMonth(tx: Writing, turnId: Id): Promise<void> {
  const turn = await openTurn(tx, turnId);
  await skipTurn(tx, turn.id);
  tx.touched('monthly_turn', turn.id, 'skipped');
}

async function openTurn(tx: Scoped, turnId: Id) {
  const turn = await findTurn(tx, turnId);
  if (!turn) throw new Refusal('not_found');
  if (turn.isSkipped || turn.isGiven) throw new Refusal('monthly_turn_ended');
  return turn;
}

/** The caller's monthly gifts with every month asked, newest first. */
export async function readMonthly(
  needs: PledgeNeeds,
  tx: Scoped,
  chosen: { ids?: readonly Id[] } = {},
): Promise<MonthlyView[]> {
  const rows = await listMonthly(tx, chosen);
  const turns = await listTurns(
    tx,
    rows.map((row) => row.id),
  );
  const campaignIds = [...new Set(rows.map((row) => row.campaignId))];
  const campaigns = new Map(
    (await needs.donation.campaigns(tx, { ids: campaignIds })).map((one) => [one.id, one]),
  );
  const today = dateInShanghai(tx.now);
  return rows.map((row) => {
    const own = turns.get(row.id) ?? [];
    const asked = own.some((turn) => turn.month === today.slice(0, 7));
    const nextFrom = asked ? `${today.slice(0, 7)}-29` : today;
    return {
      id: row.id,
      campaignCode: campaigns.get(row.campaignId)?.code ?? '',
      campaignName: campaigns.get(row.campaignId)?.name ?? '',
      amountFen: row.amountFen,
      dayOfMonth: row.dayOfMonth,
      state: row.state,
      startedOn: row.startedOn,
      endedOn: row.endedOn,
      nextOn: row.state === 'ended' ? null : nextAskOn(row.dayOfMonth, nextFrom),
      givenFen: own.reduce((sum, turn) => sum + (turn.isGiven ? row.amountFen : 0), 0),
      turns: own.map((turn) => ({
        id: turn.id,
        month: turn.month,
        askedAt: turn.askedAt.toISOString(),
        state: turn.isGiven ? 'given' : turn.isSkipped ? 'skipped' : 'asked',
        giftToken: turn.isGiven ? needs.donation.tokenOf(turn.giftId!) : null,
      })),
    };
  });
}
