import { Refusal, type Id } from '@wennuan/basics';
import type { RouteRequest, routes, shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import {
  agreementOf,
  type DecideMany,
  decideAgreements,
  mustBeAll,
  openAgreement,
  openAgreementTask,
} from './agreement.ts';
import { countOwners, insertPayees, listPayees, movePayees, type PayeeRow } from './payee.store.ts';
import { cleanBankNumber, type PayeeState } from './payout.ts';
import type { PayoutNeeds } from './payout.needs.ts';

export type PayeeView = z.output<typeof shapes.payee>;
export type PayeeCommand = RouteRequest<(typeof routes.payout)['addPayee']>['body'];

/**
 * Puts a bank account on file, sealed with its owner's key; two approvers, who did not enter it, sign it.
 * Refuses `payee_missing`, `bank_number_invalid`, and `payee_waits` while one of the payee is not signed.
 */
export async function addPayees(
  needs: PayoutNeeds,
  tx: Writing,
  commands: readonly PayeeCommand[],
): Promise<Id[]> {
  const ids: Id[] = [];
  for (const command of commands) {
    const { ownerKind, ownerId } = command;
    const number = cleanBankNumber(command.number);
    await checkOwner(needs, tx, command);
    const known = await listPayees(tx, { ownerIds: [ownerId], state: 'proposed' });
    if (known.length > 0) throw new Refusal('payee_waits', {}, 'ownerId');
    const id = needs.newId();
    const box = (await needs.vault.boxes(tx, [ownerId])).get(ownerId)!;
    const approvalId = await openAgreement(needs, tx, {
      subjectKind: 'payee',
      subjectId: id,
      amountFen: 0,
      personIds: ownerKind === 'person' ? [ownerId] : [],
      organizationIds: ownerKind === 'organization' ? [ownerId] : [],
    });
    const numberTail = number.slice(-4);
    await insertPayees(tx, [
      {
        id,
        ownerKind,
        ownerId,
        holderSealed: box.seal(command.holder),
        numberSealed: box.seal(number),
        numberTail,
        numberHash: needs.vault.hash('bank_number', number),
        bank: command.bank,
        approvalId,
      },
    ]);
    const title = `收款账户待签字 尾号 ${numberTail}`;
    await openAgreementTask(needs, tx, {
      subjectKind: 'payee',
      subjectId: id,
      number: `尾号 ${numberTail}`,
      title,
    });
    tx.touched('payee', id);
    ids.push(id);
  }
  return ids;
}

async function checkOwner(needs: PayoutNeeds, tx: Writing, command: PayeeCommand): Promise<void> {
  const { ownerKind, ownerId } = command;
  const known =
    ownerKind === 'organization'
      ? (await needs.organization.names(tx, [ownerId])).has(ownerId)
      : (await needs.resident.people(tx, [ownerId])).has(ownerId);
  if (!known) throw new Refusal('payee_missing', {}, 'ownerId');
}

/** One approver's word about accounts. The second signature puts an account on the list in place of the last. */
export async function decidePayees(
  needs: PayoutNeeds,
  tx: Writing,
  command: DecideMany,
): Promise<void> {
  const rows = await listPayees(tx, { approvalIds: command.approvalIds, lock: true });
  mustBeAll(rows, command);
  const ended = await decideAgreements(needs, tx, command);
  const signed = ended.filter((one) => one.approved).map((one) => one.subjectId);
  const owners = rows.filter((row) => signed.includes(row.id)).map((row) => row.ownerId);
  const before = await listPayees(tx, { ownerIds: owners, state: 'signed', lock: true });
  await movePayees(
    tx,
    before.map((row) => row.id),
    'replaced',
  );
  await movePayees(tx, signed, 'signed');
  await movePayees(
    tx,
    ended.filter((one) => !one.approved).map((one) => one.subjectId),
    'refused',
  );
  for (const row of rows) tx.touched('payee', row.id);
}

/** A page of accounts on file: numbers by their tail, persons masked. */
export async function readPayees(
  needs: PayoutNeeds,
  tx: Scoped,
  page: { state?: PayeeState; after?: string; limit: number },
): Promise<{ items: PayeeView[]; next: string | null }> {
  const rows = await listPayees(tx, {
    state: page.state,
    before: cursorOf(page.after),
    limit: page.limit + 1,
  });
  const { shown, next } = cutPage(rows, page.limit, (last) => `${last.waits}.${last.serial}`);
  return {
    items: await payeeViews(needs, tx, shown),
    next,
  };
}

function cursorOf(after: string | undefined): { waits: number; serial: number } | undefined {
  if (after === undefined) return undefined;
  const [waits, serial] = after.split('.').map(Number);
  if (!Number.isSafeInteger(waits) || !Number.isSafeInteger(serial))
    throw new Refusal('input_invalid', {}, 'after');
  return { waits: waits!, serial: serial! };
}

/** Accounts as pages show them. */
export async function payeeViews(
  needs: PayoutNeeds,
  tx: Scoped,
  rows: readonly PayeeRow[],
): Promise<PayeeView[]> {
  const labels = await needs.fund.payeeLabels(
    tx,
    rows.map((row) => ({ payeeKind: row.ownerKind, payeeId: row.ownerId })),
  );
  const approvals = await needs.approval.read(
    tx,
    rows.map((row) => row.approvalId),
  );
  const names = await needs.names(tx, [...new Set(rows.map((row) => row.enteredBy))]);
  const owners = await countOwners(
    tx,
    rows.map((row) => row.numberHash),
  );
  return rows.map((row) => ({
    id: row.id,
    ownerKind: row.ownerKind,
    ownerId: row.ownerId,
    ownerLabel: labels.get(row.ownerId) ?? '',
    bank: row.bank,
    numberTail: row.numberTail,
    state: row.state,
    enteredBy: names.get(row.enteredBy) ?? '',
    enteredAt: row.enteredAt.toISOString(),
    alsoUsedBy: Math.max(0, (owners.get(row.numberHash.toString('hex')) ?? 1) - 1),
    ...agreementOf(tx, row.approvalId, approvals.get(row.approvalId)),
  }));
}
