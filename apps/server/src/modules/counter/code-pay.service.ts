import { Refusal, type Id } from '@wennuan/basics';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { readAuthCode, type CodeAnswer } from '../payment/index.ts';
import {
  type CodePaymentState,
  decideReversal,
  findCodePayment,
  insertCodePayment,
  noteCodePayment,
  openCodePayments,
} from './code-pay.store.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { clerk, ownTill } from './till.service.ts';
import { openShiftOf } from './till.store.ts';

interface Told {
  id: Id;
  state: CodePaymentState;
}

/**
 * Takes a payment with the code on the buyer's telephone. It is written down before the service is asked, so that an answer
 * that is lost is only unknown; the same id again asks what became of it. Refuses
 * `pay_code_invalid`, `pay_code_closed` for a seller without such payments, `pay_code_failed`.
 */
export async function payByCode(
  needs: CounterNeeds,
  actor: Actor,
  command: { tillId: Id; id: Id; amountFen: number; merchantId: Id; authCode: string },
): Promise<Told> {
  const authCode = readAuthCode(command.authCode);
  if (!needs.codeGateway) throw new Refusal('pay_code_closed');
  if (!authCode) throw new Refusal('pay_code_invalid', {}, 'authCode');
  const begun = await needs.database.write(clerk(actor), 'counter.code_pay', async (tx) => {
    const till = await ownTill(tx, command.tillId);
    const shift = await openShiftOf(tx, till.id);
    if (!shift) throw new Refusal('shift_not_open');
    const merchants = await needs.catalogue.merchantRows(tx, [command.merchantId]);
    const seller = merchants.get(command.merchantId)?.payment_number as string | undefined;
    if (!seller || !needs.codeGateway!.takes(seller)) throw new Refusal('pay_code_closed');
    const { id, amountFen } = command;
    tx.touched('code_payment', id);
    const isNew = await insertCodePayment(tx, {
      id,
      tillId: till.id,
      shiftId: shift.id,
      areaId: till.areaId,
      seller,
      amountFen,
    });
    return { isNew, seller };
  });
  if (!begun.isNew)
    return await askCodePayment(needs, actor, { tillId: command.tillId, paymentId: command.id });
  const answer = await needs.codeGateway
    .pay({ orderNumber: command.id, amountFen: command.amountFen, authCode, seller: begun.seller })
    .catch((): CodeAnswer => ({ state: 'unknown' }));
  const told = await note(needs, actor, command.id, answer);
  if (answer.state === 'failed') throw new Refusal('pay_code_failed', { reason: answer.reason });
  return told;
}

/** Asks what became of a payment by code; what cannot be reached stays unknown. */
export async function askCodePayment(
  needs: CounterNeeds,
  actor: Actor,
  { tillId, paymentId }: { tillId: Id; paymentId: Id },
): Promise<Told> {
  const known = await ownPayment(needs, actor, { tillId, paymentId });
  if (!['unknown', 'paying'].includes(known.state)) return { id: paymentId, state: known.state };
  const answer = await needs
    .codeGateway!.query({ ...known, orderNumber: paymentId })
    .catch((): CodeAnswer => ({ state: 'unknown' }));
  return await note(needs, actor, paymentId, answer);
}

/**
 * Reverses a payment by code whose end nobody knows: decided once, before the service is asked, so that it can never be
 * paid and given back both. Refuses `code_payment_differs` once it is paid, `code_payment_early` before the service takes
 * a reversal.
 */
export async function reverseCodePayment(
  needs: CounterNeeds,
  actor: Actor,
  { tillId, paymentId }: { tillId: Id; paymentId: Id },
): Promise<Told> {
  const known = await ownPayment(needs, actor, { tillId, paymentId });
  if (known.state === 'paid') throw new Refusal('code_payment_differs');
  if (known.state !== 'unknown' && known.state !== 'paying')
    return { id: paymentId, state: known.state };
  const waited = (needs.clock.now().getTime() - known.beganAt.getTime()) / 1_000;
  const seconds = Math.ceil(needs.codeGateway!.reverseAfterSeconds - waited);
  if (seconds > 0) throw new Refusal('code_payment_early', { seconds });
  const decided = await needs.database.write(clerk(actor), 'counter.code_reverse', async (tx) => {
    tx.touched('code_payment', paymentId, 'reversing');
    return await decideReversal(tx, paymentId);
  });
  // It was paid, or refused, in the moment between.
  if (!decided) return await reverseCodePayment(needs, actor, { tillId, paymentId });
  return await askReversal(needs, actor, known);
}

/** Asks the service to reverse; as often as it takes, since it is decided. */
async function askReversal(
  needs: CounterNeeds,
  actor: Actor,
  { id, seller }: { id: Id; seller: string },
): Promise<Told> {
  const reversed = await needs.codeGateway!.reverse({ orderNumber: id, seller }).catch(() => false);
  return await note(needs, actor, id, { state: reversed ? 'reversed' : 'unknown' });
}

/** Seconds that a till has to ask by itself before the clock does. */
const LEFT_TO_TILL_SECONDS = 30;

/** Looks after payments whose end nobody knows: asks about them, and goes on reversing those that are to be reversed. */
export async function watchCodePayments(needs: CounterNeeds): Promise<void> {
  const gateway = needs.codeGateway;
  if (!gateway) return;
  const actor = systemActor('counter.code_payments');
  const before = new Date(needs.clock.now().getTime() - LEFT_TO_TILL_SECONDS * 1_000);
  const open = await needs.database.read(actor, (tx) => openCodePayments(tx, before));
  for (const one of open) {
    if (one.reversingAt) await askReversal(needs, actor, one);
    else {
      const answer = await gateway
        .query({ ...one, orderNumber: one.id })
        .catch((): CodeAnswer => ({ state: 'unknown' }));
      await note(needs, actor, one.id, answer);
    }
  }
}

async function ownPayment(
  needs: CounterNeeds,
  actor: Actor,
  { tillId, paymentId }: { tillId: Id; paymentId: Id },
) {
  return await needs.database.read(clerk(actor), async (tx) => {
    await ownTill(tx, tillId);
    const found = await findCodePayment(tx, paymentId);
    if (!found || found.tillId !== tillId || !needs.codeGateway) throw new Refusal('not_found');
    return found;
  });
}

async function note(
  needs: CounterNeeds,
  actor: Actor,
  id: Id,
  answer: CodeAnswer | { state: 'reversed' },
): Promise<Told> {
  return await needs.database.write(clerk(actor), 'counter.code_pay_told', async (tx) => {
    const transaction = answer.state === 'paid' ? answer.transaction : null;
    await noteCodePayment(tx, id, { state: answer.state, transaction });
    tx.touched('code_payment', id, answer.state);
    // What is told is what is kept: a payment that is being reversed is not paid, whoever says so.
    return { id, state: (await findCodePayment(tx, id))!.state };
  });
}
