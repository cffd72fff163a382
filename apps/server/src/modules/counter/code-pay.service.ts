import { Refusal, type Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import { readAuthCode, type CodeAnswer } from '../payment/index.ts';
import {
  type CodePaymentState,
  findCodePayment,
  insertCodePayment,
  noteCodePayment,
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
 * that is lost is only unknown; the same id again asks what became of it. Refuses `pay_code_invalid`, `pay_code_failed`.
 */
export async function payByCode(
  needs: CounterNeeds,
  actor: Actor,
  command: { tillId: Id; id: Id; amountFen: number; merchantId: Id; authCode: string },
): Promise<Told> {
  const authCode = readAuthCode(command.authCode);
  if (!needs.codeGateway) throw new Refusal('pay_code_failed', { reason: '没有开通付款码收款' });
  if (!authCode) throw new Refusal('pay_code_invalid', {}, 'authCode');
  const begun = await needs.database.write(clerk(actor), 'counter.code_pay', async (tx) => {
    const till = await ownTill(tx, command.tillId);
    const shift = await openShiftOf(tx, till.id);
    if (!shift) throw new Refusal('shift_not_open');
    const merchants = await needs.catalogue.merchantRows(tx, [command.merchantId]);
    const seller = merchants.get(command.merchantId)?.payment_number as string | undefined;
    if (!seller) throw new Refusal('pay_code_failed', { reason: '商家没有登记商户号' });
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
  await note(needs, actor, command.id, answer);
  if (answer.state === 'failed') throw new Refusal('pay_code_failed', { reason: answer.reason });
  return { id: command.id, state: answer.state };
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
    .codeGateway!.query({ orderNumber: paymentId, seller: known.seller })
    .catch((): CodeAnswer => ({ state: 'unknown' }));
  await note(needs, actor, paymentId, answer);
  return { id: paymentId, state: answer.state };
}

/** Reverses a payment by code whose end nobody knows; refuses `code_payment_differs` once it belongs to a sale. */
export async function reverseCodePayment(
  needs: CounterNeeds,
  actor: Actor,
  { tillId, paymentId }: { tillId: Id; paymentId: Id },
): Promise<Told> {
  const known = await ownPayment(needs, actor, { tillId, paymentId });
  if (known.state === 'paid') throw new Refusal('code_payment_differs');
  if (known.state !== 'unknown' && known.state !== 'paying')
    return { id: paymentId, state: known.state };
  const reversed = await needs
    .codeGateway!.reverse({ orderNumber: paymentId, seller: known.seller })
    .catch(() => false);
  if (!reversed) return { id: paymentId, state: 'unknown' };
  await note(needs, actor, paymentId, { state: 'reversed' });
  return { id: paymentId, state: 'reversed' };
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
): Promise<void> {
  await needs.database.write(clerk(actor), 'counter.code_pay_told', async (tx) => {
    const transaction = answer.state === 'paid' ? answer.transaction : null;
    await noteCodePayment(tx, id, { state: answer.state, transaction });
    tx.touched('code_payment', id, answer.state);
  });
}
