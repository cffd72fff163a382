import { newId, type Id, type Random } from '@wennuan/basics';
import { Refused } from './client.ts';
import { type KnownVoucher, priceOf, type Sold } from './model.ts';
import { below, chance, one, type TillOfSoak, type World } from './world.ts';

type Line = Sold['lines'][number];
/** What somebody pays with at a till. */
export interface Payment {
  means: 'cash' | 'wechat' | 'voucher';
  voucher: KnownVoucher | null;
  fen: number;
  codePaymentId: Id | null;
  scanId: Id | null;
}

const SCAN_LASTS_MILLIS = 14 * 60_000;
/** Of 100 sales how many are paid in part by a voucher, or with a telephone. */
const BY_VOUCHER = 0.35;
const BY_TELEPHONE = 0.2;

/** Calls an operation of tills as this till's cashier. */
export const handle = <Result>(
  world: World,
  till: TillOfSoak,
  { name, params = {}, body, once = false }: Handled,
): Promise<Result> =>
  world.client.handle<Result>(
    {
      module: 'counter',
      name,
      actor: till.cashier,
      request: { params: { tillId: till.id, ...params }, body },
    },
    { once },
  );
interface Handled {
  name: string;
  params?: object;
  body?: object;
  once?: boolean;
}

/** Things somebody buys: up to three, now and then with something off the price. */
export function basketOf(world: World, random: Random): Line[] {
  const { rice, oil, milk, tofu, eggs } = world.things;
  const chosen = [rice, oil, milk, tofu, eggs].filter(() => chance(random, 0.35)).slice(0, 3);
  return (chosen.length > 0 ? chosen : [rice]).map((thing) => {
    const quantity = thing === tofu ? 1 + below(random, 1_500) : 1 + below(random, 4);
    const discountFen = chance(random, 0.06) ? below(random, priceOf(thing, quantity)) : 0;
    return { thing, quantity, discountFen };
  });
}

/** What lines cost. */
export const totalOf = (lines: readonly Line[]) =>
  lines.reduce(
    (sum, { thing, quantity, discountFen }) => sum + priceOf(thing, quantity) - discountFen,
    0,
  );
const isOneMerchant = (lines: readonly Line[]) =>
  new Set(lines.map(({ thing }) => thing.merchantId)).size === 1;

/** One sale with network: shown codes are scanned, telephones pay, and it may be sent twice. */
export async function sellOnce(world: World, till: TillOfSoak, random: Random): Promise<void> {
  const lines = basketOf(world, random);
  const total = totalOf(lines);
  if (total === 0) return;
  const payments: Payment[] = [];
  let left = total;
  if (chance(random, BY_VOUCHER)) {
    const shown = await showVoucher(world, till, random);
    if (shown && shown.leftFen > 0 && !chance(random, 0.15)) {
      const fen = Math.min(shown.leftFen, chance(random, 0.6) ? left : 1 + below(random, left));
      left -= fen;
      const { voucher, scanId } = shown;
      payments.push({ means: 'voucher', voucher, fen, codePaymentId: null, scanId });
    } else if (shown) till.scanned.push({ ...shown, at: world.client.now.getTime() });
  }
  if (left > 0 && isOneMerchant(lines) && chance(random, BY_TELEPHONE)) {
    const codePaymentId = await payByTelephone(world, till, { lines, fen: left, random });
    if (codePaymentId) {
      payments.push({ means: 'wechat', voucher: null, fen: left, codePaymentId, scanId: null });
      left = 0;
    }
  }
  if (left > 0)
    payments.push({ means: 'cash', voucher: null, fen: left, codePaymentId: null, scanId: null });
  const sold = { key: newId(), station: till.station, lines, payments };
  const rung = rungOf(till, sold, { at: world.client.now, isOffline: false, payments });
  const sends = chance(random, 0.15) ? 2 : 1;
  const told = await Promise.all(Array.from({ length: sends }, () => send(world, till, [rung])));
  const [first] = told[0]!;
  if (new Set(told.map(([outcome]) => outcome!.number)).size > 1)
    world.problems.push(`two answers to one key: ${JSON.stringify(told)}`);
  if (first!.state === 'recorded') world.model.sold(sold, till.id);
  else world.model.refused(first!.refusal!);
}

interface Outcome {
  key: Id;
  state: 'recorded' | 'refused';
  number: string | null;
  refusal: string | null;
}

/** Sends what was rung up; each has its own answer. */
export async function send(world: World, till: TillOfSoak, sales: object[]): Promise<Outcome[]> {
  const { outcomes } = await handle<{ outcomes: Outcome[] }>(world, till, {
    name: 'sell',
    body: { sales },
  });
  return outcomes;
}

/** A sale as a till sends it. */
export function rungOf(
  till: TillOfSoak,
  { key, lines }: Sold,
  { at, isOffline, payments }: { at: Date; isOffline: boolean; payments: readonly Payment[] },
) {
  const isReduced = lines.some((line) => line.discountFen > 0);
  return {
    key,
    at: at.toISOString(),
    lines: lines.map(({ thing, quantity, discountFen }) => ({
      variantId: thing.variantId,
      quantity,
      priceFen: thing.fen,
      discountFen,
    })),
    payments: payments.map(({ means, fen, voucher, codePaymentId, scanId }) => ({
      means,
      amountFen: fen,
      codePaymentId,
      entitlementId: voucher?.id ?? null,
      scanId,
    })),
    isOffline,
    memberCode: null,
    supervisorCode: isReduced ? till.supervisorCode : null,
    reason: isReduced ? '临期' : '',
  };
}

/** Somebody shows her code; the same picture at another till must be refused. Null when it may not pay here and now. */
async function showVoucher(world: World, till: TillOfSoak, random: Random) {
  const now = world.client.now.getTime();
  const kept = till.scanned.shift();
  if (kept && now - kept.at < SCAN_LASTS_MILLIS) return kept;
  const voucher = one(random, world.model.vouchers.slice(-200));
  try {
    const { text } = await world.client.handle<{ text: string }>({
      module: 'benefit',
      name: 'myCode',
      actor: voucher.actor,
      request: { params: { entitlementId: voucher.id } },
    });
    const body = { text, proof: '' };
    const scanned = await handle<{ scanId: Id; leftFen: number }>(world, till, {
      name: 'scan',
      body,
    });
    if (chance(random, 0.3)) await showPicture(world, one(random, world.tills), { till, body });
    return { voucher, ...scanned };
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    world.model.refused(thrown.code);
    return null;
  }
}

async function showPicture(
  world: World,
  other: TillOfSoak,
  { till, body }: { till: TillOfSoak; body: object },
): Promise<void> {
  if (other.id === till.id) return;
  const code = await handle(world, other, { name: 'scan', body }).then(
    () => 'taken',
    (thrown: unknown) => {
      if (thrown instanceof Refused) return thrown.code;
      throw thrown;
    },
  );
  world.model.refused(code);
  if (code === 'taken') world.problems.push('a code was taken at two tills');
}

/** Pays with the code on a telephone; what nobody knows the end of is reversed, and then it is cash. */
async function payByTelephone(
  world: World,
  till: TillOfSoak,
  { lines, fen, random }: { lines: readonly Line[]; fen: number; random: Random },
): Promise<Id | null> {
  const id = newId();
  const end = one(random, ['00', '00', '00', '01', '02', '03']);
  try {
    const { state } = await handle<{ state: string }>(world, till, {
      name: 'payByCode',
      body: {
        id,
        amountFen: fen,
        merchantId: lines[0]!.thing.merchantId,
        authCode: `13${String(below(random, 1e9)).padStart(14, '0')}${end}`,
      },
    });
    if (state === 'paid') return id;
    if (state === 'paying' || state === 'unknown')
      await handle(world, till, { name: 'reverseCodePayment', params: { paymentId: id } });
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    world.model.refused(thrown.code);
  }
  return null;
}

/** Lines of an order by the key it was rung up with, or its id. */
export async function linesOf(world: World, key: Id): Promise<{ id: Id; orderId: Id }[]> {
  return await world.client.query<{ id: Id; orderId: Id }>(
    `select l.id, o.id as "orderId" from sale_order o join sale_line l on l.order_id = o.id
      where o.key = $1 or o.id = $1 order by l.position`,
    [key],
  );
}

/** A plain sale in cash. */
export async function sellPlain(world: World, till: TillOfSoak, sold: Sold): Promise<void> {
  const payments = sold.payments.map(
    (payment) => ({ ...payment, codePaymentId: null, scanId: null }) as Payment,
  );
  const rung = rungOf(till, sold, { at: world.client.now, isOffline: false, payments });
  const [outcome] = await send(world, till, [rung]);
  if (outcome!.state === 'recorded') world.model.sold(sold, till.id);
  else world.problems.push(`not sold: ${outcome!.refusal}`);
}
