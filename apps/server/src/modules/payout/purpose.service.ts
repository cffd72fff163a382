import { Refusal, type Id } from '@wennuan/basics';
import type { RouteRequest, routes, shapes } from '@wennuan/contract';
import { balances, post } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { pageBySerial } from '../../platform/page.ts';
import {
  type DecideMany,
  decideAgreements,
  mustBeAll,
  proposeAgreed,
  readAgreed,
} from './agreement.ts';
import { amountOf, whereItLies } from './gift-rest.ts';
import { managementFund } from './management.service.ts';
import type { PayoutNeeds } from './payout.needs.ts';
import {
  endPurposeChange,
  insertPurposeChange,
  listPurposeChanges,
  refusePurposeChanges,
  type PurposeRow,
} from './purpose.store.ts';
import { postedOrRefused } from './return.service.ts';

export type PurposeView = z.output<typeof shapes.purposeChange>;
type PurposeBody = RouteRequest<(typeof routes.payout)['proposePurposeChange']>['body'];

interface Source {
  fromAccountId: Id;
  giftId: Id | null;
  giftNumber: string | null;
  leftFen: number;
}

/**
 * Proposes that money is used for something else than it was given for (C-11). One gift moves with its
 * giver's consent on paper; a remainder moves under a filing number that is not the one it came in under.
 * Nothing moves to management cost. Refuses what is spent already.
 */
export async function proposePurposeChange(
  needs: PayoutNeeds,
  tx: Writing,
  body: PurposeBody,
): Promise<{ changeId: Id }> {
  const source =
    body.basis === 'donor_consent'
      ? await giftSource(needs, tx, body)
      : await filingSource(needs, tx, body);
  await checkTarget(needs, tx, source.fromAccountId, body.toAccountId);
  const amountFen = amountOf(body.amountYuan, source.leftFen);
  const id = await proposeAgreed(needs, tx, {
    subjectKind: 'purpose_change',
    amountFen,
    title: '变更用途待审批',
    attachmentIds: body.attachmentIds,
    insert: ({ box, ...row }) =>
      insertPurposeChange(tx, {
        ...row,
        basis: body.basis,
        giftId: source.giftId,
        giftNumber: source.giftNumber,
        fromAccountId: source.fromAccountId,
        toAccountId: body.toAccountId,
        amountFen,
        basisText: body.basisText,
        basisOn: body.basisOn,
        reasonSealed: box.seal(body.reason),
      }),
  });
  tx.touched('purpose_change', id, `${body.basis} ${body.basisText}`);
  return { changeId: id };
}

async function giftSource(needs: PayoutNeeds, tx: Writing, body: PurposeBody): Promise<Source> {
  if (body.attachmentIds.length === 0)
    throw new Refusal('consent_paper_required', {}, 'attachmentIds');
  const [gift] = await needs.donation.giftsByNumber(tx, [body.giftNumber]);
  if (!gift) throw new Refusal('gift_unknown', {}, 'giftNumber');
  const { restFen, accountId } = await whereItLies(needs, tx, gift);
  return {
    fromAccountId: accountId,
    giftId: gift.id,
    giftNumber: body.giftNumber,
    leftFen: restFen,
  };
}

async function filingSource(needs: PayoutNeeds, tx: Writing, body: PurposeBody): Promise<Source> {
  const fromAccountId = body.fromAccountId;
  if (fromAccountId === null) throw new Refusal('not_found', {}, 'fromAccountId');
  const filing = await needs.donation.filingOf(tx, fromAccountId);
  if (filing !== null && filing.trim() === body.basisText.trim())
    throw new Refusal('filing_not_new', { filing }, 'basisText');
  const [held] = await balances(tx.sql, [fromAccountId]);
  if (!held) throw new Refusal('not_found', {}, 'fromAccountId');
  return { fromAccountId, giftId: null, giftNumber: null, leftFen: held.available };
}

/** Funds, campaigns and items can take it on; the account of management cost never. */
async function checkTarget(
  needs: PayoutNeeds,
  tx: Writing,
  fromAccountId: Id,
  toAccountId: Id,
): Promise<void> {
  if (fromAccountId === toAccountId) throw new Refusal('same_purpose', {}, 'toAccountId');
  const purposes = await needs.fund.purposes(tx, [fromAccountId, toAccountId]);
  for (const [id, field] of [
    [fromAccountId, 'fromAccountId'],
    [toAccountId, 'toAccountId'],
  ] as const)
    if (!['fund', 'campaign', 'item'].includes(purposes.get(id)?.kind ?? ''))
      throw new Refusal('not_found', {}, field);
  if ((await managementFund(needs, tx)) === toAccountId)
    throw new Refusal('management_never', {}, 'toAccountId');
}

/**
 * One approver's word about changes of purpose. The last word moves the money: out of the very gift whose
 * giver consented, out of turn; under a filing, in turn.
 */
export async function decidePurposeChanges(
  needs: PayoutNeeds,
  tx: Writing,
  command: DecideMany,
): Promise<void> {
  const rows = await listPurposeChanges(tx, { approvalIds: command.approvalIds, lock: true });
  mustBeAll(rows, command);
  const ended = await decideAgreements(needs, tx, command);
  await refusePurposeChanges(
    tx,
    ended.filter((one) => !one.approved).map((one) => one.subjectId),
  );
  for (const row of rows) tx.touched('purpose_change', row.id);
  const agreed = rows.filter((row) =>
    ended.some((one) => one.approved && one.subjectId === row.id),
  );
  if (agreed.length > 0) await moveMoney(needs, tx, agreed);
}

async function moveMoney(
  needs: PayoutNeeds,
  tx: Writing,
  rows: readonly PurposeRow[],
): Promise<void> {
  const gifts = await needs.donation.giftsById(
    tx,
    rows.flatMap((row) => row.giftId ?? []),
  );
  const payments = await needs.payment.paymentsToReturn(
    tx,
    gifts.map((gift) => gift.id),
  );
  const entries = new Map(
    gifts.map((gift) => [gift.id, payments.get(gift.id)?.entryId ?? gift.transferId]),
  );
  const outcomes = await post(tx.sql, {
    commands: rows.map((row) => ({
      key: `purpose_change:${row.id}`,
      from: row.fromAccountId,
      to: row.toAccountId,
      amount: row.amountFen,
      ...(row.giftId !== null && { of: entries.get(row.giftId)! }),
      reason: 'purpose_change',
      document: { kind: 'purpose_change', id: row.id },
      actor: tx.actor.accountId,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  for (const [index, row] of rows.entries())
    await endPurposeChange(tx, row.id, postedOrRefused(outcomes[index]));
}

/** A page of changes, newest first. */
export async function readPurposeChanges(
  needs: PayoutNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
): Promise<{ items: PurposeView[]; next: string | null }> {
  const { shown, next } = await pageBySerial(page, (part) => listPurposeChanges(tx, part));
  return {
    items: await purposeViews(needs, tx, shown),
    next,
  };
}

/** One change; refuses `not_found`. */
export async function readPurposeChange(
  needs: PayoutNeeds,
  tx: Scoped,
  id: Id,
): Promise<PurposeView> {
  const [view] = await purposeViews(needs, tx, await listPurposeChanges(tx, { ids: [id] }));
  if (!view) throw new Refusal('not_found');
  return view;
}

async function purposeViews(
  needs: PayoutNeeds,
  tx: Scoped,
  rows: readonly PurposeRow[],
): Promise<PurposeView[]> {
  const agreed = await readAgreed(needs, tx, rows);
  const purposes = await needs.fund.purposes(
    tx,
    rows.flatMap((row) => [row.fromAccountId, row.toAccountId]),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    fromLabel: purposes.get(row.fromAccountId)?.label ?? '',
    toLabel: purposes.get(row.toAccountId)?.label ?? '',
    giftNumber: row.giftNumber,
    amountFen: row.amountFen,
    basis: row.basis,
    basisText: row.basisText,
    basisOn: row.basisOn,
    reason: agreed.open(row, row.reasonSealed),
    state: row.state,
    ...agreed.view(row),
  }));
}
