import { parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { RouteRequest, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { type Counted, countedFen, mustBeAnother, plainCount } from './cash.ts';
import type { CashNeeds } from './cash.needs.ts';
import {
  confirmCount as markConfirmed,
  type CounterRow,
  insertCashGift,
  insertCount,
  insertCounter,
  insertDeposit,
  listCounters,
  listCounts,
  listDeposits,
  sumCounters,
  voidDeposit as markVoid,
} from './cash.store.ts';

type GiftBody = RouteRequest<(typeof routes.cash)['takeGift']>['body'];

/** A counter held until the transaction ends, so that two hands cannot pay in the same cash. */
async function lockCounter(tx: Writing, id: Id): Promise<CounterRow> {
  const [counter] = await listCounters(tx, { ids: [id], lock: true });
  if (!counter) throw new Refusal('not_found');
  return counter;
}

/** Opens a counter. Refuses `not_found` for an area nobody knows, `counter_name_taken`. System login. */
export async function openCounter(
  needs: CashNeeds,
  tx: Writing,
  body: { name: string; areaCode: string },
): Promise<Id> {
  const area = needs.place.areaByCode(body.areaCode);
  if (!area) throw new Refusal('not_found', {}, 'areaCode');
  const id = needs.newId();
  const added = await insertCounter(tx, { id, name: body.name, areaId: area.id });
  if (!added) throw new Refusal('counter_name_taken', {}, 'name');
  tx.touched('cash_counter', id);
  return id;
}

/**
 * Notes a gift in cash over a counter. A giver's account is found by her telephone number; without a name the
 * gift is nobody's. The same form again changes nothing. System login.
 */
export async function takeGift(
  needs: CashNeeds,
  tx: Writing,
  command: GiftBody & { counterId: Id },
): Promise<Id> {
  const [counter] = await listCounters(tx, { ids: [command.counterId] });
  if (!counter) throw new Refusal('not_found');
  const amountFen = parseYuan(command.amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const giverId = command.telephone === '' ? null : await giverOf(needs, tx, command.telephone);
  const noted = await needs.donation.recordHandGift(tx, {
    formId: command.formId,
    channel: 'cash',
    target: command.target,
    amountFen,
    paidAt: tx.now,
    giverName: command.giverName || null,
    hideFromPublic: command.giverName === '' || command.hideFromPublic,
    giverId,
    bankReference: null,
    booking: null,
  });
  if (noted.isOld) return noted.giftId;
  await insertCashGift(tx, { giftId: noted.giftId, counter, boxOpeningId: null, amountFen });
  return noted.giftId;
}

async function giverOf(needs: CashNeeds, tx: Scoped, telephone: string): Promise<Id> {
  const key = needs.access.telephoneKey(telephone);
  const accountId = await needs.access.findByTelephone(tx, key);
  if (!accountId) throw new Refusal('cash_giver_unknown', {}, 'telephone');
  return accountId;
}

async function onHandFen(tx: Scoped, counterId: Id): Promise<number> {
  const sums = (await sumCounters(tx, [counterId])).get(counterId)!;
  return sums.takenFen - sums.paidInFen;
}

/**
 * Writes down what was counted of the cash on hand. What differs needs a note and waits for a second person.
 * Refuses `cash_note_required`, `cash_count_waits`. System login.
 */
export async function countCash(
  needs: CashNeeds,
  tx: Writing,
  command: { counterId: Id; counted: Counted; note: string },
): Promise<void> {
  const counter = await lockCounter(tx, command.counterId);
  await mustBeAgreed(tx, counter.id);
  const fen = countedFen(command.counted);
  const expectedFen = await onHandFen(tx, counter.id);
  const note = command.note.trim();
  if (fen !== expectedFen && note === '') throw new Refusal('cash_note_required', {}, 'note');
  const id = needs.newId();
  const counted = plainCount(command.counted);
  const added = await insertCount(tx, {
    id,
    counter,
    expectedFen,
    countedFen: fen,
    counted,
    note,
  });
  if (!added) throw new Refusal('cash_count_waits');
  tx.touched('cash_count', id);
}

async function mustBeAgreed(tx: Scoped, counterId: Id): Promise<void> {
  const [last] = await listCounts(tx, { counterIds: [counterId] });
  if (last && last.countedFen !== last.expectedFen && last.confirmedBy === null)
    throw new Refusal('cash_count_waits');
}

/**
 * The second person's own count of a difference. Refuses `second_person_required`, `cash_count_differs`.
 * Answers the counter. System login.
 */
export async function confirmCount(
  tx: Writing,
  command: { countId: Id; amountYuan: string },
): Promise<Id> {
  const [found] = await listCounts(tx, { ids: [command.countId] });
  if (!found) throw new Refusal('not_found');
  await lockCounter(tx, found.counterId);
  mustBeAnother(found.countedBy, tx.actor.accountId);
  const fen = Number(command.amountYuan) === 0 ? 0 : parseYuan(command.amountYuan);
  if (fen === null) throw new Refusal('amount_invalid', {}, 'amountYuan');
  if (fen !== found.countedFen) throw new Refusal('cash_count_differs', {}, 'amountYuan');
  await markConfirmed(tx, found.id);
  tx.touched('cash_count', found.id, 'confirmed');
  return found.counterId;
}

/**
 * Notes cash that was paid in at the bank. Refuses more than is on hand (`cash_not_on_hand`), a slip number
 * that is on record (`cash_slip_used`), and anything while a difference waits. System login.
 */
export async function payIn(
  needs: CashNeeds,
  tx: Writing,
  command: { counterId: Id; amountYuan: string; slipNumber: string; paidInOn: string },
): Promise<Id> {
  const amountFen = parseYuan(command.amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const counter = await lockCounter(tx, command.counterId);
  await mustBeAgreed(tx, counter.id);
  const available = await onHandFen(tx, counter.id);
  if (amountFen > available)
    throw new Refusal('cash_not_on_hand', { available: yuanNumber(available) }, 'amountYuan');
  const id = needs.newId();
  const { slipNumber, paidInOn } = command;
  const added = await insertDeposit(tx, { id, counter, amountFen, slipNumber, paidInOn });
  if (!added) throw new Refusal('cash_slip_used', {}, 'slipNumber');
  tx.touched('cash_deposit', id);
  return id;
}

/** Takes a paying-in slip back. Refuses `cash_deposit_at_bank` for one that the bank has met. System login. */
export async function voidDeposit(
  tx: Writing,
  command: { depositId: Id; reason: string },
): Promise<void> {
  const [row] = await listDeposits(tx, { ids: [command.depositId], limit: 1, lock: true });
  if (!row) throw new Refusal('not_found');
  if (row.isMet) throw new Refusal('cash_deposit_at_bank');
  if (row.voidReason !== null) return;
  await markVoid(tx, row.id, command.reason);
  tx.touched('cash_deposit', row.id, command.reason);
}
