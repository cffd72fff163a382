import { parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { expectedOf, type Means, sentenceOf, type Shift, type Till } from './counter.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { openReserve } from './reserve.store.ts';
import { ownTill, viewShift } from './till.service.ts';
import { endShift, insertShift, listEntries, meansOf, openShiftOf } from './till.store.ts';

type Report = RouteOutput<(typeof routes.counter)['shift']>;

/** An amount that was counted, zero allowed; refuses `amount_invalid`. */
function countedFen(text: string, field: string): number {
  const fen = /^[0.\s]+$/.test(text) ? 0 : parseYuan(text);
  if (fen === null) throw new Refusal('amount_invalid', {}, field);
  return fen;
}

/** Opens a shift; refuses `shift_open_already`, `amount_invalid`. */
export async function openShift(
  needs: CounterNeeds,
  tx: Writing,
  command: { tillId: Id; floatYuan: string },
) {
  const till = await ownTill(tx, command.tillId);
  const shift: Shift = {
    id: needs.newId(),
    tillId: till.id,
    accountId: tx.actor.accountId!,
    floatFen: countedFen(command.floatYuan, 'floatYuan'),
    openedAt: tx.now,
    closedAt: null,
  };
  if (!(await insertShift(tx, shift, till.areaId))) {
    const open = await openShiftOf(tx, till.id);
    const names = await needs.access.names(tx, open ? [open.accountId] : []);
    throw new Refusal('shift_open_already', {
      name: open ? (names.get(open.accountId) ?? '') : '',
    });
  }
  tx.touched('till_shift', shift.id, 'open');
  return await viewShift(needs, tx, shift);
}

/** What the open shift sold, as slips to print again; or the slip of a number, whichever shift of the station it was. */
export async function slipsAt(
  needs: CounterNeeds,
  tx: Scoped,
  { tillId, number }: { tillId: Id; number?: string | undefined },
): Promise<RouteOutput<(typeof routes.counter)['slips']>['items']> {
  const { placeId } = await ownTill(tx, tillId);
  if (number) return await needs.sale.slips(tx, { placeId, number: number.toUpperCase() });
  const shift = await openShiftOf(tx, tillId);
  const entries = shift ? await listEntries(tx, { shiftId: shift.id }) : [];
  const ids = entries.flatMap((one) => (one.kind === 'sale' && one.orderId ? [one.orderId] : []));
  return ids.length > 0 ? await needs.sale.slips(tx, { placeId, ids }) : [];
}

/** The open shift so far; refuses `shift_not_open`. */
export async function reportShift(needs: CounterNeeds, tx: Scoped, tillId: Id): Promise<Report> {
  const till = await ownTill(tx, tillId);
  const shift = await openShiftOf(tx, tillId);
  if (!shift) throw new Refusal('shift_not_open');
  return await reportOf(needs, tx, { till, shift, counted: null });
}

/**
 * Closes a shift: what was counted stands beside what was rung up, and the difference stays. Refuses `shift_not_open`, and
 * `till_away` while the till has goods or vouchers with it.
 */
export async function closeShift(
  needs: CounterNeeds,
  tx: Writing,
  command: { tillId: Id; counted: readonly { means: Means; yuan: string }[]; note: string },
): Promise<Report> {
  const till = await ownTill(tx, command.tillId);
  const shift = await openShiftOf(tx, till.id, true);
  if (!shift) throw new Refusal('shift_not_open');
  const reserve = await openReserve(tx, till.id);
  const held = await needs.benefit.heldBy(tx, till.id);
  if (reserve.since || held.length > 0) throw new Refusal('till_away');
  const counted = new Map(
    command.counted.map(({ means, yuan }) => [means, countedFen(yuan, `counted.${means}`)]),
  );
  const report = await reportOf(needs, tx, { till, shift, counted });
  await endShift(tx, shift.id, {
    note: command.note,
    counts: report.sums.map((one) => ({ ...one, countedFen: one.countedFen ?? one.expectedFen })),
  });
  tx.touched('till_shift', shift.id, 'close');
  return { ...report, closedAt: tx.now.toISOString() };
}

async function reportOf(
  needs: CounterNeeds,
  tx: Scoped,
  { till, shift, counted }: { till: Till; shift: Shift; counted: Map<Means, number> | null },
): Promise<Report> {
  const place = (await needs.place.servicePoints(tx, [till.placeId])).get(till.placeId);
  const entries = await listEntries(tx, { shiftId: shift.id });
  const good = entries.filter((one) => one.refusal === null);
  const sales = good.filter((one) => one.kind === 'sale');
  // What only changed its means (cash for what the payment service refused) was counted when the goods came back.
  const refunds = good.filter((one) => one.kind === 'refund' && one.amountFen > 0);
  const total = (list: typeof good, of: 'amountFen' | 'shareFen' | 'charityFen') =>
    list.reduce((sum, one) => sum + one[of], 0);
  const expected = expectedOf(shift.floatFen, await meansOf(tx, shift.id));
  return {
    ...(await viewShift(needs, tx, shift)),
    tillName: till.name,
    placeName: place?.name ?? '',
    closedAt: shift.closedAt?.toISOString() ?? null,
    sales: sales.length,
    refunds: refunds.length,
    offline: sales.filter((one) => one.isOffline).length,
    goodsFen: total(sales, 'amountFen') - total(refunds, 'amountFen'),
    charityFen: total(sales, 'charityFen') - total(refunds, 'charityFen'),
    shareFen: total(sales, 'shareFen') - total(refunds, 'shareFen'),
    sums: [...expected].map(([means, expectedFen]) => ({
      means,
      expectedFen,
      // What nobody counts (vouchers) is what was rung up.
      countedFen: counted ? (counted.get(means) ?? expectedFen) : null,
    })),
    refused: entries
      .filter((one) => one.refusal !== null)
      .map((one) => ({
        key: one.key,
        at: one.rungAt.toISOString(),
        amountFen: one.amountFen,
        sentence: sentenceOf(one.refusal, one.refusalParams ?? {}, tx.actor.language) ?? '',
      })),
  };
}
