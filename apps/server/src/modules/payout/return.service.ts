import { Refusal, yuanNumber, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteRequest, routes, shapes } from '@wennuan/contract';
import { post, transfers } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { pageBySerial } from '../../platform/page.ts';
import { BANK_ACCOUNT, CASH_DESK, mustBeOpen } from '../fund/index.ts';
import {
  type DecideMany,
  decideAgreements,
  mustBeAll,
  proposeAgreed,
  readAgreed,
} from './agreement.ts';
import { amountOf, whereItLies } from './gift-rest.ts';
import {
  endReturn,
  insertReturn,
  listReturns,
  moveReturns,
  type ReturnRow,
} from './return.store.ts';
import { mayOf, refundView } from './refund.service.ts';
import type { PayoutNeeds } from './payout.needs.ts';

export type ReturnView = z.output<typeof shapes.giftReturn>;
type ReturnBody = RouteRequest<(typeof routes.payout)['proposeReturn']>['body'];

/**
 * Proposes that a gift, or a part of it that is not spent, goes back on a named ground; a public-interest
 * gift is not returned at will, so there is no ground "the giver changed her mind". Refuses `gift_unknown`,
 * `already_spent` with what is left, `return_open`.
 */
export async function proposeReturn(
  needs: PayoutNeeds,
  tx: Writing,
  body: ReturnBody,
): Promise<{ returnId: Id }> {
  const [gift] = await needs.donation.giftsByNumber(tx, [body.giftNumber]);
  if (!gift) throw new Refusal('gift_unknown', {}, 'giftNumber');
  const { restFen, accountId } = await whereItLies(needs, tx, gift);
  const amountFen = amountOf(body.amountYuan, restFen);
  const id = await proposeAgreed(needs, tx, {
    subjectKind: 'gift_return',
    amountFen,
    title: '退还捐赠待审批',
    attachmentIds: body.attachmentIds,
    async insert({ box, ...row }) {
      const number = await insertReturn(tx, {
        ...row,
        giftId: gift.id,
        giftNumber: body.giftNumber,
        accountId,
        amountFen,
        ground: body.ground,
        noteSealed: box.seal(body.note),
      });
      if (number === null) throw new Refusal('return_open', {}, 'giftNumber');
      return number;
    },
  });
  tx.touched('gift_return', id, body.ground);
  return { returnId: id };
}

/** One approver's word about returns. */
export async function decideReturns(
  needs: PayoutNeeds,
  tx: Writing,
  command: DecideMany,
): Promise<void> {
  const rows = await listReturns(tx, { approvalIds: command.approvalIds, lock: true });
  mustBeAll(rows, command);
  const ended = await decideAgreements(needs, tx, command);
  const ids = (approved: boolean) =>
    ended.filter((one) => one.approved === approved).map((one) => one.subjectId);
  await moveReturns(tx, ids(true), 'approved');
  await moveReturns(tx, ids(false), 'refused');
  for (const row of rows) tx.touched('gift_return', row.id);
}

/**
 * Records that the money went back and posts it: out of the gift's own entry, out of turn, to where the gift
 * came from. Refuses `already_spent` when less of the gift is left by now.
 */
export async function payReturn(
  needs: PayoutNeeds,
  tx: Writing,
  command: { returnId: Id; bankReference: string; paidOn: PlainDate },
): Promise<void> {
  const [row] = await listReturns(tx, { ids: [command.returnId], lock: true });
  if (!row) throw new Refusal('not_found');
  if (row.state === 'done') throw new Refusal('payment_already_made');
  if (row.state !== 'approved') throw new Refusal('proposal_not_approved');
  // While its channel may still give it back, nobody else does.
  if (row.refundState !== null && row.refundState !== 'failed')
    throw new Refusal('refund_under_way');
  await mustBeOpen(tx, [command.paidOn], 'paidOn');
  const [gift] = await needs.donation.giftsById(tx, [row.giftId]);
  const lies = await whereItLies(needs, tx, gift!);
  const [came] = await transfers(tx.sql, [gift!.transferId]);
  tx.touched('gift_return', row.id);
  const [outcome] = await post(tx.sql, {
    commands: [
      {
        key: `return:${row.id}`,
        from: lies.accountId,
        // Cash has been banked: what goes back of it goes over the bank.
        to: came!.from === CASH_DESK ? BANK_ACCOUNT : came!.from,
        amount: row.amountFen,
        of: lies.entryId,
        reason: 'return',
        document: { kind: 'gift_return', id: row.id },
        actor: tx.actor.accountId,
      },
    ],
    at: tx.now,
    newId: needs.newId,
  });
  const transferIds = postedOrRefused(outcome);
  await endReturn(tx, row.id, { ...command, transferIds });
  await needs.donation.noteReturned(tx, {
    refundId: row.id,
    paymentId: row.giftId,
    amountFen: row.amountFen,
    transferIds,
  });
}

/** The transfers of a posting; refuses `already_spent` or `balance_too_low` with what is left. */
export function postedOrRefused(
  outcome: Awaited<ReturnType<typeof post>>[number] | undefined,
): Id[] {
  if (!outcome) throw new Error('the ledger answered nothing');
  if (outcome.status !== 'refused') return outcome.transferIds;
  const left = yuanNumber(outcome.available ?? 0);
  if (outcome.refusal === 'already_spent') throw new Refusal('already_spent', { left });
  if (outcome.refusal === 'balance_too_low')
    throw new Refusal('balance_too_low', { available: left });
  throw new Error(`refused by the ledger: ${outcome.refusal}`);
}

/** A page of returns, newest first. */
export async function readReturns(
  needs: PayoutNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
): Promise<{ items: ReturnView[]; next: string | null }> {
  const { shown, next } = await pageBySerial(page, (part) => listReturns(tx, part));
  return {
    items: await returnViews(needs, tx, shown),
    next,
  };
}

/** One return; refuses `not_found`. */
export async function readReturn(needs: PayoutNeeds, tx: Scoped, id: Id): Promise<ReturnView> {
  const [view] = await returnViews(needs, tx, await listReturns(tx, { ids: [id] }));
  if (!view) throw new Refusal('not_found');
  return view;
}

async function returnViews(
  needs: PayoutNeeds,
  tx: Scoped,
  rows: readonly ReturnRow[],
): Promise<ReturnView[]> {
  const agreed = await readAgreed(needs, tx, rows);
  const purposes = await needs.fund.purposes(
    tx,
    rows.map((row) => row.accountId),
  );
  const payments = await needs.payment.paymentsToReturn(
    tx,
    rows.map((row) => row.giftId),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    giftNumber: row.giftNumber,
    targetLabel: purposes.get(row.accountId)?.label ?? '',
    amountFen: row.amountFen,
    ground: row.ground,
    note: agreed.open(row, row.noteSealed),
    state: row.state,
    bankReference: row.bankReference,
    paidOn: row.paidOn,
    refund: refundView(needs, { row, payment: payments.get(row.giftId) }, tx.actor.language),
    ...mayOf(needs, tx, { row, payment: payments.get(row.giftId) }),
    ...agreed.view(row),
  }));
}
