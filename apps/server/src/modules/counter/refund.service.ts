import { Refusal, type Id } from '@wennuan/basics';
import { type RouteOutput, type routes, shapes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { MoneyBack } from '../sale/index.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { type Means, sumByMeans, type Till } from './counter.ts';
import { allowedBy } from './supervisor.service.ts';
import { clerk, ownTill } from './till.service.ts';
import { type Entry, listEntries, openShiftOf, putEntry } from './till.store.ts';

type Told = RouteOutput<(typeof routes.counter)['refund']>;

const isTill = (means: string): means is Means =>
  (shapes.tillMeans as readonly string[]).includes(means);

/**
 * Gives lines of an order back at a till, with a supervisor's code and a reason; the same key is the same return. What goes
 * back in cash leaves this shift's drawer; what was paid by code is asked for at once from the seller's number, and told how
 * far it is.
 */
export async function refundAtTill(
  needs: CounterNeeds,
  actor: Actor,
  command: {
    tillId: Id;
    key: Id;
    orderId: Id;
    lines: readonly { lineId: Id; quantity: number }[];
    restock: boolean;
    reason: string;
    supervisorCode: string;
  },
): Promise<Told> {
  const { tillId, supervisorCode, ...asked } = command;
  const supervisor = await allowedBy(needs, actor, { tillId, code: supervisorCode });
  const refundId = await needs.database.write(clerk(actor), 'counter.refund', async (tx) => {
    const { till, shiftId } = await openTill(tx, tillId);
    const [outcome] = await needs.sale.refund(tx, [
      { ...asked, allowedBy: supervisor, at: tx.now },
    ]);
    const { number, amountFen, charityFen, shareFen, back } = outcome!;
    const entry = entryOf({ till, shiftId, supervisor, at: tx.now });
    await putEntry(
      tx,
      { ...entry, key: asked.key, orderId: asked.orderId, number, amountFen, charityFen, shareFen },
      sumByMeans(back.flatMap(({ means, ...one }) => (isTill(means) ? [{ means, ...one }] : []))),
    );
    tx.touched('sale_order', asked.orderId, asked.reason);
    return outcome!.refundId;
  });
  return toldOf(await needs.sale.askRefund(refundId));
}

/** The refunds of a till's station whose money is under way or was refused, oldest first. */
export async function openRefunds(
  needs: CounterNeeds,
  tx: Scoped,
  tillId: Id,
): Promise<RouteOutput<(typeof routes.counter)['refunds']>['items']> {
  const { placeId } = await ownTill(tx, tillId);
  const open = await needs.sale.listMoneyBack(tx, { placeId, states: ['asked', 'refused'] });
  return [...Map.groupBy(open, (one) => one.refundId).values()]
    .map((rows) => ({
      ...toldOf(rows),
      orderNumber: rows[0]!.orderNumber,
      at: rows[0]!.at.toISOString(),
    }))
    .toSorted((one, other) => (one.at + one.number < other.at + other.number ? -1 : 1));
}

/** Asks what became of a refund's money; refuses `not_found` for one of another station. */
export async function askRefund(
  needs: CounterNeeds,
  actor: Actor,
  asked: { tillId: Id; number: string },
): Promise<Told> {
  const [one] = await needs.database.read(clerk(actor), (tx) => ownRefund(needs, tx, asked));
  return toldOf(await needs.sale.askRefund(one!.refundId));
}

/**
 * Gives back in cash, out of this shift's drawer, what the payment service refused: with a supervisor's code, once (the same
 * key is the same act). Refuses `refund_not_refused` while it is under way, or done.
 */
export async function refundInCash(
  needs: CounterNeeds,
  actor: Actor,
  command: { tillId: Id; number: string; key: Id; reason: string; supervisorCode: string },
): Promise<Told> {
  const { tillId, key } = command;
  const supervisor = await allowedBy(needs, actor, { tillId, code: command.supervisorCode });
  return await needs.database.write(clerk(actor), 'counter.refund_in_cash', async (tx) => {
    const { till, shiftId } = await openTill(tx, tillId);
    const [one] = await ownRefund(needs, tx, command);
    const { refundId, orderId, number } = one!;
    const [before] = await listEntries(tx, { keys: [key] });
    if (!before) {
      const given = await needs.sale.giveInCash(tx, { refundId, allowedBy: supervisor });
      if (given.length === 0) throw new Refusal('refund_not_refused');
      const entry = entryOf({ till, shiftId, supervisor, at: tx.now });
      // The goods were counted when they came back; only the means changes: out of the drawer, into the seller's number.
      await putEntry(
        tx,
        { ...entry, key, orderId, number, amountFen: 0, charityFen: 0 },
        changeOf(given),
      );
      tx.touched('sale_order', orderId, command.reason);
    }
    return toldOf(await needs.sale.listMoneyBack(tx, { refundId }));
  });
}

function changeOf(given: Awaited<ReturnType<CounterNeeds['sale']['giveInCash']>>) {
  const cashFen = given.reduce((sum, one) => sum + one.amountFen, 0);
  return sumByMeans([
    { means: 'cash', amountFen: cashFen },
    ...given.flatMap(({ means, amountFen }) =>
      isTill(means) ? [{ means, amountFen: -amountFen }] : [],
    ),
  ]);
}

async function openTill(tx: Writing, tillId: Id): Promise<{ till: Till; shiftId: Id }> {
  const till = await ownTill(tx, tillId);
  const shift = await openShiftOf(tx, tillId, true);
  if (!shift) throw new Refusal('shift_not_open');
  return { till, shiftId: shift.id };
}

async function ownRefund(
  needs: CounterNeeds,
  tx: Scoped,
  { tillId, number }: { tillId: Id; number: string },
): Promise<MoneyBack[]> {
  const { placeId } = await ownTill(tx, tillId);
  const found = await needs.sale.listMoneyBack(tx, { placeId, number: number.toUpperCase() });
  if (found.length === 0) throw new Refusal('not_found');
  return found;
}

function toldOf(rows: readonly MoneyBack[]): Told {
  return {
    number: rows[0]!.number,
    amountFen: rows.reduce((sum, one) => sum + one.amountFen, 0),
    back: rows.map(({ means, amountFen, state, refusal }) => ({
      means,
      amountFen,
      state,
      refusal,
    })),
  };
}

function entryOf(of: {
  till: Till;
  shiftId: Id;
  supervisor: Id;
  at: Date;
}): Omit<Entry, 'key' | 'orderId' | 'number' | 'amountFen' | 'charityFen'> {
  return {
    kind: 'refund',
    tillId: of.till.id,
    shiftId: of.shiftId,
    areaId: of.till.areaId,
    shareFen: 0,
    rungAt: of.at,
    isOffline: false,
    refusal: null,
    refusalParams: null,
    allowedBy: of.supervisor,
  };
}
