import { createHash } from 'node:crypto';
import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import type { LineRow } from '../fund/index.ts';
import { layoutOf, lineReference, writeBankFile, type BankRow } from './bank-file.ts';
import {
  insertBatch,
  listBatches,
  listBatchLines,
  moveBatch,
  answerBatchLines,
  type BatchLineRow,
  type BatchRow,
} from './batch.store.ts';
import { listPayees, type PayeeRow } from './payee.store.ts';
import type { PayoutNeeds } from './payout.needs.ts';
import { lackingOf } from './purchase.service.ts';

/**
 * Puts lines into a batch: the locked lines of agreed proposals, each to the signed account of its payee.
 * Refuses what `fund.sendLines` refuses, `payee_not_signed`, and `purchase_incomplete` while invoices or goods
 * are missing. The same form again answers the same batch.
 */
export async function makeBatch(
  needs: PayoutNeeds,
  tx: Writing,
  command: { lineIds: readonly Id[]; layout: string; formId: Id },
): Promise<{ batchId: Id }> {
  const [again] = await listBatches(tx, { formId: command.formId });
  if (again) return { batchId: again.id };
  layoutOf(command.layout);
  const lineIds = [...new Set(command.lineIds)];
  const lines = await needs.fund.sendLines(tx, lineIds);
  await mustBeComplete(needs, tx, lines);
  const accounts = await signedAccounts(needs, tx, lines);
  const id = needs.newId();
  await insertBatch(
    tx,
    { id, layout: command.layout, formId: command.formId },
    lines.map((line, index) => ({
      place: index + 1,
      lineId: line.id,
      attempt: line.tries + 1,
      payeeAccountId: accounts.get(line.payeeId)!.id,
      amountFen: line.amountFen,
    })),
  );
  tx.touched('payment_batch', id);
  return { batchId: id };
}

async function mustBeComplete(
  needs: PayoutNeeds,
  tx: Writing,
  lines: readonly LineRow[],
): Promise<void> {
  const proposalIds = [...new Set(lines.map((line) => line.proposalId))];
  const lacking = await lackingOf(tx, proposalIds);
  const [first] = lacking;
  if (!first) return;
  const [proposalId, missing] = first;
  const found = (await needs.fund.proposalsById(tx, [proposalId])).get(proposalId);
  const words = { invoice_missing: '发票', goods_missing: '验收' } as const;
  throw new Refusal('purchase_incomplete', {
    number: found?.view.number ?? '',
    missing: missing.map((one) => words[one]).join('、'),
  });
}

/** The signed account of each payee, by payee; refuses `payee_not_signed` with the payee's name. */
async function signedAccounts(
  needs: PayoutNeeds,
  tx: Writing,
  lines: readonly LineRow[],
): Promise<Map<Id, PayeeRow>> {
  const ownerIds = [...new Set(lines.map((line) => line.payeeId))];
  const rows = await listPayees(tx, { ownerIds, state: 'signed' });
  const accounts = new Map(rows.map((row) => [row.ownerId, row]));
  const unsigned = lines.filter((line) => !accounts.has(line.payeeId));
  if (unsigned.length === 0) return accounts;
  const labels = await needs.fund.payeeLabels(tx, unsigned);
  throw new Refusal('payee_not_signed', {
    payee: [...new Set(unsigned.map((line) => labels.get(line.payeeId) ?? ''))]
      .slice(0, 5)
      .join('、'),
  });
}

/** Holds a batch's row; refuses `not_found`. Whoever decides about a batch holds it first. */
export async function lockBatch(tx: Writing, batchId: Id): Promise<BatchRow> {
  const [batch] = await listBatches(tx, { ids: [batchId], lock: true });
  if (!batch) throw new Refusal('not_found');
  return batch;
}

/**
 * Writes the bank's file of a batch, once. Account numbers are opened here and nowhere else; each opened
 * account is audited with the reason. Refuses `batch_exported`, `batch_void`.
 */
export async function exportBatch(
  needs: PayoutNeeds,
  tx: Writing,
  command: { batchId: Id; reason: string; payer: string },
): Promise<{ bytes: Buffer; fileName: string; mediaType: string }> {
  const batch = await lockBatch(tx, command.batchId);
  if (batch.state === 'void') throw new Refusal('batch_void');
  if (batch.state !== 'made') throw new Refusal('batch_exported', { number: batch.number });
  const lines = await listBatchLines(tx, { batchIds: [batch.id] });
  const rows = await bankRows(needs, tx, { batch, lines, reason: command.reason });
  const cover = {
    number: batch.number,
    madeOn: dateInShanghai(batch.madeAt),
    payer: command.payer,
    count: rows.length,
    totalFen: rows.reduce((sum, row) => sum + row.amountFen, 0),
  };
  const file = await writeBankFile(layoutOf(batch.layout), cover, rows);
  await moveBatch(tx, batch.id, {
    state: 'exported',
    sha256: createHash('sha256').update(file.bytes).digest(),
  });
  tx.touched('payment_batch', batch.id, command.reason);
  return file;
}

async function bankRows(
  needs: PayoutNeeds,
  tx: Writing,
  given: { batch: BatchRow; lines: readonly BatchLineRow[]; reason: string },
): Promise<BankRow[]> {
  const { batch, lines } = given;
  const accountIds = [...new Set(lines.map((line) => line.payeeAccountId))];
  const rows = await listPayees(tx, { ids: accountIds });
  const accounts = new Map(rows.map((row) => [row.id, row]));
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.ownerId),
  );
  const proposals = await needs.fund.proposalsById(tx, await proposalIdsOf(needs, tx, lines));
  const known = await needs.fund.lines(tx, { ids: lines.map((line) => line.lineId) });
  const numbers = new Map(
    known.map((line) => [line.id, proposals.get(line.proposalId)?.view.number ?? '']),
  );
  for (const id of accountIds) tx.touched('payee', id, `${batch.number} ${given.reason}`);
  return lines.map((line) => {
    const account = accounts.get(line.payeeAccountId)!;
    const box = boxes.get(account.ownerId);
    // An erased person has no account any more: the line is withdrawn, not paid blindly.
    if (!box) throw new Refusal('payee_missing');
    return {
      place: line.place,
      number: box.open(account.numberSealed),
      holder: box.open(account.holderSealed),
      bank: account.bank,
      amountFen: line.amountFen,
      purpose: numbers.get(line.lineId) ?? '',
      reference: lineReference(batch.number, line.place),
    };
  });
}

async function proposalIdsOf(
  needs: PayoutNeeds,
  tx: Writing,
  lines: readonly BatchLineRow[],
): Promise<Id[]> {
  const known = await needs.fund.lines(tx, { ids: lines.map((line) => line.lineId) });
  return [...new Set(known.map((line) => line.proposalId))];
}

/**
 * Takes a batch back; its lines wait again. Before export the accountant may; after it only an approver, who
 * made sure that the bank never had the file; once the bank answered, nobody.
 */
export async function voidBatch(
  needs: PayoutNeeds,
  tx: Writing,
  command: { batchId: Id; reason: string },
): Promise<void> {
  const batch = await lockBatch(tx, command.batchId);
  if (batch.state === 'void') throw new Refusal('batch_void');
  if (batch.state === 'answered') throw new Refusal('batch_answered');
  if (batch.state === 'exported' && tx.actor.role !== 'federation_approver')
    throw new Refusal('batch_needs_approver');
  const lines = await listBatchLines(tx, { batchIds: [batch.id] });
  if (lines.some((line) => line.state === 'confirmed' || line.state === 'rejected'))
    throw new Refusal('batch_answered');
  await moveBatch(tx, batch.id, { state: 'void', reason: command.reason });
  await answerBatchLines(
    tx,
    batch.id,
    lines.map((line) => ({ lineId: line.lineId, state: 'taken_back', bankReference: null })),
  );
  await needs.fund.takeLinesBack(
    tx,
    lines.map((line) => line.lineId),
  );
  tx.touched('payment_batch', batch.id, command.reason);
}
