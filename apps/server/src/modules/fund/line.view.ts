import { Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import type { FundNeeds } from './fund.needs.ts';
import { listLines, type LineRow } from './line.store.ts';
import { listPayments } from './payment.store.ts';
import { listProposals } from './proposal.store.ts';

type LineView = z.output<typeof shapes.proposalLine>;

/** A page of a proposal's payees, a person only masked; refuses `not_found`. */
export async function readLines(
  needs: FundNeeds,
  tx: Scoped,
  asked: { proposalId: Id; after?: string; limit: number },
): Promise<{ items: LineView[]; next: string | null }> {
  const [proposal] = await listProposals(tx, { ids: [asked.proposalId] });
  if (!proposal) throw new Refusal('not_found');
  const rows = await listLines(tx, {
    proposalIds: [proposal.id],
    after: asked.after === undefined ? undefined : Number(asked.after) || 0,
    limit: asked.limit + 1,
  });
  const { shown, next } = cutPage(rows, asked.limit, (last) => last.place);
  return {
    items: await lineViews(needs, tx, shown),
    next,
  };
}

/** Lines as pages show them, in the order given. */
export async function lineViews(
  needs: FundNeeds,
  tx: Scoped,
  rows: readonly LineRow[],
): Promise<LineView[]> {
  const proposalIds = [...new Set(rows.map((row) => row.proposalId))];
  const boxes = await needs.vault.findBoxes(tx, proposalIds);
  const payments = await listPayments(tx, proposalIds);
  const labels = await payeeLabels(needs, tx, rows);
  const isAccountant = tx.actor.role === 'federation_accountant';
  return rows.map((row) => {
    const open = (sealed: Buffer | null) =>
      sealed === null ? '' : (boxes.get(row.proposalId)?.open(sealed) ?? '');
    const waits = row.state === 'approved' || row.state === 'rejected';
    return {
      id: row.id,
      place: row.place,
      payeeLabel: labels.get(row.payeeId) ?? '',
      amountFen: row.amountFen,
      label: open(row.labelSealed),
      state: row.state,
      tries: row.tries,
      reason: open(row.reasonSealed),
      payment: payments.get(row.id) ?? null,
      mayPay: isAccountant && waits,
      mayWithdraw: isAccountant && waits,
    };
  });
}

/** Names of payees as lists show them, a person only masked, by the payee's id. */
export async function payeeLabels(
  needs: Pick<FundNeeds, 'organization' | 'resident'>,
  tx: Scoped,
  payees: readonly { payeeKind: 'organization' | 'person'; payeeId: Id }[],
): Promise<Map<Id, string>> {
  const ofKind = (kind: string) => [
    ...new Set(payees.filter((one) => one.payeeKind === kind).map((one) => one.payeeId)),
  ];
  const organizations = await needs.organization.names(tx, ofKind('organization'));
  const persons = await needs.resident.people(tx, ofKind('person'));
  return new Map([
    ...organizations,
    ...[...persons].map(([id, person]) => [id, person.maskedName] as const),
  ]);
}
