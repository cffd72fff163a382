import { isRefusal, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { RefusalCode, RouteRequest, routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { BasketLine, PricedBasket, SaleCommand } from '../sale/index.ts';
import { paidByCode } from './code-pay.store.ts';
import { sentenceOf, sumByMeans, takeFrom, type Till } from './counter.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { openReserve } from './reserve.store.ts';
import { allowedBy } from './supervisor.service.ts';
import { clerk, ownTill } from './till.service.ts';
import { type Entry, listEntries, openShiftOf, putEntry } from './till.store.ts';

type Rung = RouteRequest<(typeof routes.counter)['sell']>['body']['sales'][number];
interface Told {
  key: Id;
  state: 'recorded' | 'refused';
  number: string | null;
  refusal: string | null;
  sentence: string | null;
}

/** A till's clock may be off; a sale is never in the future. */
const AHEAD_MILLIS = 0;

/**
 * Takes what a till rang up, one after the other: each is recorded once under its key. A refused one that was rung up
 * without network is kept with its reason for somebody to look at; the others go on.
 */
export async function sell(
  needs: CounterNeeds,
  actor: Actor,
  command: { tillId: Id; sales: readonly Rung[] },
): Promise<Told[]> {
  const told: Told[] = [];
  for (const rung of command.sales) {
    const supervisor = await supervisorOf(needs, actor, { tillId: command.tillId, rung });
    told.push(await sellOne(needs, actor, { tillId: command.tillId, rung, supervisor }));
  }
  return told;
}

async function supervisorOf(
  needs: CounterNeeds,
  actor: Actor,
  { tillId, rung }: { tillId: Id; rung: Rung },
): Promise<Id | null> {
  if (rung.lines.every((line) => line.discountFen === 0)) return null;
  return await allowedBy(needs, actor, { tillId, code: rung.supervisorCode ?? '' });
}

async function sellOne(
  needs: CounterNeeds,
  actor: Actor,
  given: { tillId: Id; rung: Rung; supervisor: Id | null },
): Promise<Told> {
  const { rung } = given;
  try {
    const number = await needs.database.write(clerk(actor), 'counter.sell', (tx) =>
      record(needs, tx, given),
    );
    return { key: rung.key, state: 'recorded', number, refusal: null, sentence: null };
  } catch (thrown) {
    // Nobody can say yet whose till this is, or whether it is open: nothing is kept of that.
    if (!isRefusal(thrown) || ['till_unknown', 'shift_not_open'].includes(thrown.code))
      throw thrown;
    if (rung.isOffline) await keepRefused(needs, actor, { ...given, refusal: thrown });
    const sentence = sentenceOf(thrown.code, thrown.params, actor.language);
    return { key: rung.key, state: 'refused', number: null, refusal: thrown.code, sentence };
  }
}

async function record(
  needs: CounterNeeds,
  tx: Writing,
  { tillId, rung, supervisor }: { tillId: Id; rung: Rung; supervisor: Id | null },
): Promise<string> {
  const till = await ownTill(tx, tillId);
  const shift = await openShiftOf(tx, tillId, true);
  if (!shift) throw new Refusal('shift_not_open');
  const [before] = await listEntries(tx, { keys: [rung.key] });
  if (before?.number) return before.number;
  const command = await commandOf(needs, tx, { till, rung });
  const priced = await needs.sale.price(tx, pricing(command));
  if (!rung.isOffline) checkPrices(priced, rung);
  const [outcome] = await needs.sale.record(tx, [command]);
  if (outcome!.status === 'refused')
    throw new Refusal(outcome!.code as RefusalCode, outcome!.params);
  await putEntry(
    tx,
    {
      ...entryOf({ till, rung, supervisor }),
      shiftId: shift.id,
      orderId: outcome!.orderId,
      number: outcome!.number,
      amountFen: priced.goodsFen,
      shareFen: priced.parts
        .filter((part) => part.charity === null)
        .reduce((sum, part) => sum + part.shareFen, 0),
      charityFen: priced.parts
        .filter((part) => part.charity !== null)
        .reduce((sum, part) => sum + part.goodsFen, 0),
      refusal: null,
      refusalParams: null,
    },
    sumByMeans(rung.payments),
  );
  tx.touched('sale_order', outcome!.orderId, supervisor ? rung.reason : null);
  return outcome!.number;
}

async function commandOf(
  needs: CounterNeeds,
  tx: Writing,
  { till, rung }: { till: Till; rung: Rung },
): Promise<SaleCommand> {
  const accountId = rung.memberCode
    ? await needs.catalogue.member(tx, rung.memberCode.trim().toUpperCase())
    : null;
  const now = tx.now.getTime();
  const at = rung.isOffline ? Math.min(new Date(rung.at).getTime(), now + AHEAD_MILLIS) : now;
  return {
    key: rung.key,
    channel: 'till',
    kind: 'counter',
    basket: {
      placeId: till.placeId,
      accountId,
      lines: await linesOf(needs, tx, { till, rung }),
    },
    payments: await paymentsOf(tx, { till, rung }),
    at: new Date(at),
    handedOver: true,
    ...(rung.isOffline && {
      rungUp: rung.lines.map(({ variantId, priceFen }) => ({ variantId, priceFen })),
    }),
  };
}

/** Lines with the pieces the till took along, as far as it has them; the rest leaves the shelf. */
async function linesOf(
  needs: CounterNeeds,
  tx: Writing,
  { till, rung }: { till: Till; rung: Rung },
): Promise<BasketLine[]> {
  const { pieces } = await openReserve(tx, till.id, true);
  const variants = new Map(
    (await needs.catalogue.variants(tx, { ids: rung.lines.map((line) => line.variantId) })).map(
      (one) => [one.id, one],
    ),
  );
  return rung.lines.map(({ variantId, quantity, discountFen }) => {
    const variant = variants.get(variantId);
    // What a till took along is a merchant's; a thing of a charity sale is a lot of its own.
    const itemId = variant?.charitySaleId ? null : variant?.itemId;
    const taken = itemId ? takeFrom(pieces, itemId, quantity) : null;
    return { variantId, quantity, discountFen, ...(taken && { pieces: taken }) };
  });
}

async function paymentsOf(
  tx: Writing,
  { till, rung }: { till: Till; rung: Rung },
): Promise<SaleCommand['payments']> {
  const payments: SaleCommand['payments'][number][] = [];
  for (const [index, payment] of rung.payments.entries()) {
    const common = { means: payment.means, amountFen: payment.amountFen };
    if (payment.means === 'cash') payments.push({ ...common, reference: '' });
    else if (payment.means === 'wechat')
      payments.push({ ...common, reference: await paidByCode(tx, till.id, payment) });
    else
      payments.push({
        ...common,
        reference: `${rung.key}:${index}`,
        entitlementId: payment.entitlementId!,
        proof: payment.scanId ? { scanId: payment.scanId } : { tillId: till.id },
      });
  }
  return payments;
}

/** What the buyer was shown offline is what is reckoned with. */
function pricing({ basket, rungUp }: SaleCommand) {
  const prices = new Map(rungUp?.map((one) => [one.variantId, one.priceFen]));
  return {
    ...basket,
    lines: basket.lines.map((line) => {
      const agreedPriceFen = prices.get(line.variantId);
      return agreedPriceFen === undefined ? line : { ...line, agreedPriceFen };
    }),
  };
}

/** The buyer pays what she was shown, or is shown the new price first. */
function checkPrices(priced: PricedBasket, rung: Rung): void {
  for (const line of priced.parts.flatMap((part) => part.lines)) {
    const shown = rung.lines[line.position]!;
    if (shown.priceFen !== line.priceFen)
      throw new Refusal('price_changed', { name: line.title, price: yuanNumber(line.priceFen) });
  }
}

function entryOf({ till, rung, supervisor }: { till: Till; rung: Rung; supervisor: Id | null }) {
  return {
    key: rung.key,
    kind: 'sale' as const,
    tillId: till.id,
    areaId: till.areaId,
    rungAt: new Date(rung.at),
    isOffline: rung.isOffline,
    allowedBy: supervisor,
  };
}

async function keepRefused(
  needs: CounterNeeds,
  actor: Actor,
  given: { tillId: Id; rung: Rung; supervisor: Id | null; refusal: Refusal },
): Promise<void> {
  await needs.database.write(clerk(actor), 'counter.sell_refused', async (tx) => {
    const till = await ownTill(tx, given.tillId);
    const shift = await openShiftOf(tx, till.id);
    if (!shift) return;
    const entry: Entry = {
      ...entryOf({ ...given, till }),
      shiftId: shift.id,
      orderId: null,
      number: null,
      amountFen: given.rung.payments.reduce((sum, one) => sum + one.amountFen, 0),
      shareFen: 0,
      charityFen: 0,
      refusal: given.refusal.code,
      refusalParams: given.refusal.params,
    };
    await putEntry(tx, entry, []);
    tx.touched('till', till.id, given.refusal.code);
  });
}

/** The member prices of lines; never why. Refuses `not_found` for a code nobody has. */
export async function priceFor(
  needs: CounterNeeds,
  tx: Scoped,
  command: {
    tillId: Id;
    memberCode: string;
    lines: readonly { variantId: Id; quantity: number }[];
  },
): Promise<{ variantId: Id; priceFen: number }[]> {
  const till = await ownTill(tx, command.tillId);
  const accountId = await needs.catalogue.member(tx, command.memberCode.trim().toUpperCase());
  if (!accountId) throw new Refusal('not_found', {}, 'memberCode');
  const basket = { placeId: till.placeId, accountId, lines: command.lines };
  const priced = await needs.sale.price(tx, basket);
  return priced.parts
    .flatMap((part) => part.lines)
    .toSorted((one, other) => one.position - other.position)
    .map(({ variantId, priceFen }) => ({ variantId, priceFen }));
}
