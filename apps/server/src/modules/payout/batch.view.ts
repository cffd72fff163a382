import { Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes, shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { pageBySerial } from '../../platform/page.ts';
import { bankLayouts } from './bank-file.ts';
import {
  listBatches,
  listBatchLines,
  sumBatches,
  type BatchRow,
  type BatchSums,
} from './batch.store.ts';
import { listPayees, type PayeeRow } from './payee.store.ts';
import { lackingOf } from './purchase.service.ts';
import type { PayoutNeeds } from './payout.needs.ts';

type BatchView = z.output<typeof shapes.batch>;
type WaitingLine = z.output<typeof shapes.waitingLine>;

const NONE: BatchSums = {
  lines: 0,
  totalFen: 0,
  confirmedFen: 0,
  confirmedCount: 0,
  rejectedCount: 0,
  unknownCount: 0,
  waitingCount: 0,
};

/** Batches as pages show them. */
async function batchViews(
  needs: PayoutNeeds,
  tx: Scoped,
  rows: readonly BatchRow[],
): Promise<BatchView[]> {
  const sums = await sumBatches(
    tx,
    rows.map((row) => row.id),
  );
  const people = rows.flatMap((row) => [row.madeBy, ...(row.exportedBy ? [row.exportedBy] : [])]);
  const names = await needs.names(tx, [...new Set(people)]);
  const { role } = tx.actor;
  const isAccountant = role === 'federation_accountant';
  return rows.map((row) => {
    const sum = sums.get(row.id) ?? NONE;
    const untouched = sum.confirmedCount + sum.rejectedCount === 0;
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      layout: row.layout,
      layoutTitle:
        bankLayouts.find((one) => one.code === row.layout)?.title[tx.actor.language] ?? row.layout,
      ...sum,
      madeBy: names.get(row.madeBy) ?? '',
      madeAt: row.madeAt.toISOString(),
      exportedBy: row.exportedBy && (names.get(row.exportedBy) ?? ''),
      exportedAt: row.exportedAt?.toISOString() ?? null,
      mayExport: isAccountant && row.state === 'made',
      mayAnswer: isAccountant && row.state === 'exported',
      mayVoid:
        (row.state === 'made' && isAccountant) ||
        (row.state === 'exported' && untouched && role === 'federation_approver'),
    };
  });
}

/** A page of batches, newest first. */
export async function readBatches(
  needs: PayoutNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
): Promise<{ items: BatchView[]; next: string | null }> {
  const { shown, next } = await pageBySerial(page, (part) => listBatches(tx, part));
  return {
    items: await batchViews(needs, tx, shown),
    next,
  };
}

/** One batch with its lines: persons masked, account numbers by their tail; refuses `not_found`. */
export async function readBatch(
  needs: PayoutNeeds,
  tx: Scoped,
  batchId: Id,
): Promise<RouteOutput<typeof routes.payout.readBatch>> {
  const rows = await listBatches(tx, { ids: [batchId] });
  const [view] = await batchViews(needs, tx, rows);
  if (!view) throw new Refusal('not_found');
  const lines = await listBatchLines(tx, { batchIds: [batchId] });
  const box = (await needs.vault.findBoxes(tx, [batchId])).get(batchId);
  const known = await needs.fund.lines(tx, { ids: lines.map((line) => line.lineId) });
  const views = await needs.fund.lineViews(tx, known);
  const words = new Map(views.map((one) => [one.id, one]));
  const proposalOf = new Map(known.map((line) => [line.id, line.proposalId]));
  const proposals = await needs.fund.proposalsById(tx, [...new Set(proposalOf.values())]);
  const accounts = await accountsById(
    tx,
    lines.map((line) => line.payeeAccountId),
  );
  return {
    ...view,
    items: lines.map((line) => {
      const proposalId = proposalOf.get(line.lineId)!;
      const account = accounts.get(line.payeeAccountId);
      return {
        place: line.place,
        lineId: line.lineId,
        proposalId,
        number: proposals.get(proposalId)?.view.number ?? '',
        payeeLabel: words.get(line.lineId)?.payeeLabel ?? '',
        accountTail: account?.numberTail ?? '',
        bank: account?.bank ?? '',
        amountFen: line.amountFen,
        attempt: line.attempt,
        state: line.state,
        bankReference: line.bankReference,
        reason: line.reasonSealed && box ? box.open(line.reasonSealed) : '',
        answeredAt: line.answeredAt?.toISOString() ?? null,
      };
    }),
  };
}

async function accountsById(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, PayeeRow>> {
  const rows = await listPayees(tx, { ids: [...new Set(ids)] });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What is agreed to and not on its way, and why some of it cannot go yet: those that can first. */
export async function readWaiting(
  needs: PayoutNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
): Promise<RouteOutput<typeof routes.payout.waiting>> {
  const all = await waitingLines(needs, tx);
  const ready = all.filter((line) => line.why === null);
  const ordered = [...ready, ...all.filter((line) => line.why !== null)];
  const from = page.after === undefined ? 0 : Number(page.after) || 0;
  const shown = ordered.slice(from, from + page.limit);
  return {
    items: shown,
    next: ordered.length > from + shown.length ? String(from + shown.length) : null,
    readyFen: ready.reduce((sum, line) => sum + line.amountFen, 0),
    readyCount: ready.length,
  };
}

async function waitingLines(needs: PayoutNeeds, tx: Scoped): Promise<WaitingLine[]> {
  const lines = await needs.fund.lines(tx, { states: ['approved', 'rejected'] });
  const views = await needs.fund.lineViews(tx, lines);
  const proposalIds = [...new Set(lines.map((line) => line.proposalId))];
  const proposals = await needs.fund.proposalsById(tx, proposalIds);
  const lacking = await lackingOf(tx, proposalIds);
  const ownerIds = [...new Set(lines.map((line) => line.payeeId))];
  const accounts = await listPayees(tx, { ownerIds });
  const accountOf = (ownerId: Id, state: 'signed' | 'proposed') =>
    accounts.find((row) => row.ownerId === ownerId && row.state === state);
  return lines.map((line, index) => {
    const view = views[index]!;
    const proposal = proposals.get(line.proposalId)?.view;
    const signed = accountOf(line.payeeId, 'signed');
    const why = (): WaitingLine['why'] => {
      if (line.tries >= 2) return 'tried_twice';
      if (!signed) return accountOf(line.payeeId, 'proposed') ? 'account_not_signed' : 'no_account';
      return lacking.get(line.proposalId)?.[0] ?? null;
    };
    return {
      lineId: line.id,
      proposalId: line.proposalId,
      number: proposal?.number ?? '',
      fromLabel: proposal?.fromLabel ?? '',
      payeeKind: line.payeeKind,
      payeeId: line.payeeId,
      payeeLabel: view.payeeLabel,
      label: view.label,
      amountFen: line.amountFen,
      state: line.state as WaitingLine['state'],
      tries: line.tries,
      reason: view.reason,
      accountTail: signed?.numberTail ?? null,
      bank: signed?.bank ?? null,
      why: why(),
    };
  });
}
