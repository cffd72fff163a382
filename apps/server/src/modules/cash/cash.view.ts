import { Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import QRCode from 'qrcode';
import type { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { listBoxes, listOpenings, type BoxRow, type OpeningRow } from './box.store.ts';
import type { CashNeeds } from './cash.needs.ts';
import {
  type CashGiftRow,
  type CountRow,
  listCashGifts,
  listCounters,
  listCounts,
  listDeposits,
  sumCounters,
} from './cash.store.ts';

type CounterView = z.output<typeof shapes.cashCounter>;
type GiftView = z.output<typeof shapes.cashGift>;
type SlipView = z.output<typeof shapes.cashSlip>;
type DepositView = z.output<typeof shapes.cashDeposit>;
type BoxView = z.output<typeof shapes.donationBox>;
type OpeningView = z.output<typeof shapes.boxOpening>;

/** The caller with the house's own login: what it opens was found under the caller's login before. */
export function asHouse(actor: Actor): Actor {
  return { ...actor, login: 'system' };
}

/** Counters the reader may see, with the cash on hand and on its way. */
export async function counterViews(
  needs: CashNeeds,
  tx: Scoped,
  ids?: readonly Id[],
): Promise<CounterView[]> {
  const rows = await listCounters(tx, ids ? { ids } : {});
  const all = rows.map((row) => row.id);
  const sums = await sumCounters(tx, all);
  const counts = await listCounts(tx, { counterIds: all });
  const names = await needs.names(tx, [
    ...new Set(
      counts.flatMap((one) =>
        one.confirmedBy ? [one.countedBy, one.confirmedBy] : [one.countedBy],
      ),
    ),
  ]);
  const lastOf = new Map(counts.map((count) => [count.counterId, count]));
  return rows.map((row) => {
    const sum = sums.get(row.id)!;
    const last = lastOf.get(row.id);
    return {
      id: row.id,
      name: row.name,
      area: needs.place.ref(row.areaId),
      gifts: sum.gifts,
      takenFen: sum.takenFen,
      onHandFen: sum.takenFen - sum.paidInFen,
      onWayFen: sum.onWayFen,
      lastCount: last ? countView(tx, last, names) : null,
    };
  });
}

function countView(tx: Scoped, count: CountRow, names: ReadonlyMap<Id, string>) {
  const differenceFen = count.countedFen - count.expectedFen;
  const waits = differenceFen !== 0 && count.confirmedBy === null;
  return {
    id: count.id,
    countedAt: count.countedAt.toISOString(),
    countedBy: names.get(count.countedBy) ?? '',
    expectedFen: count.expectedFen,
    countedFen: count.countedFen,
    differenceFen,
    note: count.note,
    confirmedBy: count.confirmedBy ? (names.get(count.confirmedBy) ?? '') : null,
    mayConfirm: waits && count.countedBy !== tx.actor.accountId,
  };
}

/** One counter; refuses `not_found`. */
export async function counterView(needs: CashNeeds, tx: Scoped, id: Id): Promise<CounterView> {
  const [view] = await counterViews(needs, tx, [id]);
  if (!view) throw new Refusal('not_found');
  return view;
}

/** Gifts in cash as lists show them; the names are opened with the house's login. */
export async function giftViews(
  needs: CashNeeds,
  actor: Actor,
  rows: readonly CashGiftRow[],
): Promise<(GiftView & { token: string; formSentence: string })[]> {
  return await needs.database.read(asHouse(actor), async (tx) => {
    const gifts = await needs.donation.handGifts(
      tx,
      rows.map((row) => row.giftId),
    );
    const names = await needs.names(tx, [...new Set(rows.map((row) => row.takenBy))]);
    const counters = new Map((await listCounters(tx)).map((one) => [one.id, one.name]));
    return rows.flatMap((row) => {
      const gift = gifts.get(row.giftId);
      if (!gift) return [];
      const { giftNumber, targetLabel, giverName, inAccount, token, formSentence } = gift;
      return [
        {
          giftId: row.giftId,
          number: row.number,
          giftNumber,
          counter: counters.get(row.counterId) ?? '',
          amountFen: row.amountFen,
          takenAt: row.takenAt.toISOString(),
          takenBy: names.get(row.takenBy) ?? '',
          giverName,
          inAccount,
          targetLabel,
          boxNumber: row.boxNumber,
          token,
          formSentence,
        },
      ];
    });
  });
}

/** A page of gifts in cash that the reader may see. */
export async function readGifts(
  needs: CashNeeds,
  actor: Actor,
  page: { counterId?: Id | undefined; after?: string | undefined; limit: number },
): Promise<{ items: GiftView[]; next: string | null }> {
  const rows = await needs.database.read(actor, (tx) =>
    listCashGifts(tx, {
      ...(page.counterId && { counterId: page.counterId }),
      ...(page.after !== undefined && { before: Number(page.after) || 0 }),
      limit: page.limit + 1,
    }),
  );
  const { shown, next } = cutPage(rows, page.limit, (last) => last.serial);
  const items = await giftViews(needs, actor, shown);
  return {
    items: items.map(({ token: _token, formSentence: _form, ...item }) => item),
    next,
  };
}

/** The slip of one gift; refuses `not_found` also for one of a counter elsewhere. */
export async function readSlip(needs: CashNeeds, actor: Actor, giftId: Id): Promise<SlipView> {
  const rows = await needs.database.read(actor, (tx) =>
    listCashGifts(tx, { ids: [giftId], limit: 1 }),
  );
  const [view] = await giftViews(needs, actor, rows);
  if (!view) throw new Refusal('not_found');
  const { token, ...slip } = view;
  const path = `/gifts/${token}`;
  const qrSvg = await QRCode.toString(needs.siteUrl() + path, { type: 'svg', margin: 1 });
  return { ...slip, path, qrSvg };
}

/** Paying-in slips as pages show them. */
export async function depositViews(
  needs: CashNeeds,
  tx: Scoped,
  chosen: Parameters<typeof listDeposits>[1],
): Promise<(DepositView & { serial: number })[]> {
  const rows = await listDeposits(tx, chosen);
  const names = await needs.names(tx, [...new Set(rows.map((row) => row.madeBy))]);
  const counters = new Map((await listCounters(tx)).map((one) => [one.id, one.name]));
  return rows.map((row) => ({
    serial: row.serial,
    id: row.id,
    number: row.number,
    counter: counters.get(row.counterId) ?? '',
    amountFen: row.amountFen,
    slipNumber: row.slipNumber,
    paidInOn: row.paidInOn,
    madeBy: names.get(row.madeBy) ?? '',
    state: row.voidReason !== null ? 'void' : row.isMet ? 'at_bank' : 'on_way',
    bankDay: row.bankDay,
    voidReason: row.voidReason,
  }));
}

/** Boxes the reader may see; what she may not open herself of them is opened with the house's login. */
export async function readBoxes(
  needs: CashNeeds,
  actor: Actor,
  ids?: readonly Id[],
): Promise<BoxView[]> {
  const rows = await needs.database.read(actor, (tx) => listBoxes(tx, ids ? { ids } : {}));
  return await needs.database.read(asHouse(actor), (tx) => boxViews(needs, tx, rows));
}

/** Boxes with every opening; what the first person counted is hidden from who still has to count. */
async function boxViews(needs: CashNeeds, tx: Scoped, rows: readonly BoxRow[]): Promise<BoxView[]> {
  const openings = await listOpenings(tx, { boxIds: rows.map((row) => row.id) });
  const people = [...rows.map((row) => row.sealedBy), ...openings.flatMap(peopleOf)];
  const names = await needs.names(tx, [...new Set(people)]);
  // The protocol is signed by two of the community or the federation: no paper of a station's operator.
  const pictures =
    tx.actor.role === 'station_operator'
      ? new Map<Id, { id: Id }[]>()
      : await needs.attachment.of(
          tx,
          openings.map((opening) => opening.id),
        );
  const counters = new Map((await listCounters(tx)).map((one) => [one.id, one.name]));
  const campaigns = await needs.donation.campaigns(tx, {
    ids: [...new Set(rows.map((row) => row.campaignId))],
  });
  const campaignName = new Map(campaigns.map((one) => [one.id, one.name]));
  const byBox = Map.groupBy(openings, (opening) => opening.boxId);
  return rows.map((row) => {
    const own = byBox.get(row.id) ?? [];
    return {
      id: row.id,
      number: row.number,
      place: row.place,
      area: needs.place.ref(row.areaId),
      counterId: row.counterId,
      counter: counters.get(row.counterId) ?? '',
      campaign: campaignName.get(row.campaignId) ?? '',
      state: row.state,
      sealNumber: row.sealNumber,
      sealedAt: row.sealedAt.toISOString(),
      sealedBy: names.get(row.sealedBy) ?? '',
      givenFen: own.reduce((sum, one) => sum + (one.confirmedBy ? one.amountFen : 0), 0),
      openings: own.map((one) =>
        openingView(tx, one, { names, pictures: (pictures.get(one.id) ?? []).map((p) => p.id) }),
      ),
    };
  });
}

function peopleOf(opening: OpeningRow): Id[] {
  return opening.confirmedBy ? [opening.countedBy, opening.confirmedBy] : [opening.countedBy];
}

function openingView(
  tx: Scoped,
  row: OpeningRow,
  more: { names: ReadonlyMap<Id, string>; pictures: Id[] },
): OpeningView {
  const waits = row.confirmedBy === null;
  const hidden = waits && row.countedBy !== tx.actor.accountId;
  return {
    id: row.id,
    openedAt: row.openedAt.toISOString(),
    sealFound: row.sealFound,
    sealIntact: row.sealIntact,
    sealNext: row.sealNext,
    amountFen: hidden ? null : row.amountFen,
    counted: hidden ? null : row.counted,
    note: row.note,
    countedBy: more.names.get(row.countedBy) ?? '',
    confirmedBy: row.confirmedBy ? (more.names.get(row.confirmedBy) ?? '') : null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    mayConfirm: hidden,
    pictures: more.pictures,
  };
}
