import { Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { wordsOf } from '../approval/index.ts';
import { readPurposes } from './accounts.ts';
import { listBudgetLines } from './budget.store.ts';
import type { FundNeeds } from './fund.needs.ts';
import { sumLines } from './line.store.ts';
import { listPayments } from './payment.store.ts';
import { listProposals, type ProposalRow } from './proposal.store.ts';

export type ProposalView = z.output<typeof shapes.proposal>;

/** Proposals as the console shows them: a person only masked, steps with names, what the reader may do. */
export async function proposalViews(
  needs: FundNeeds,
  tx: Scoped,
  rows: readonly ProposalRow[],
): Promise<ProposalView[]> {
  const known = await readKnown(needs, tx, rows);
  return rows.map((row) => {
    const approval = known.approvals.get(row.approvalId);
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      purpose: known.boxes.get(row.id)?.open(row.purposeSealed) ?? '',
      amountFen: row.amountFen,
      fromLabel: known.purposes.get(row.sourceId)?.label ?? '',
      fromBalanceFen: known.balances.get(row.sourceId)?.balance ?? 0,
      payeeLabel: payeeLabel(tx, row, known),
      payees: known.sums.get(row.id)?.count ?? 1,
      paidFen: known.sums.get(row.id)?.paidFen ?? 0,
      rejectedCount: known.sums.get(row.id)?.rejectedCount ?? 0,
      isList: row.payeeKind === 'list',
      budgetLine:
        row.budgetLineId === null ? null : (known.budgets.get(row.budgetLineId)?.name ?? null),
      needId: row.needId,
      needNumber: row.needId === null ? null : (known.needNumbers.get(row.needId) ?? null),
      proposedBy: known.names.get(row.proposerId) ?? '',
      proposedAt: row.proposedAt.toISOString(),
      approvalId: row.approvalId,
      ...wordsOf(tx, approval, row.state === 'proposed' && tx.actor.role === 'federation_approver'),
      mayPay:
        row.state === 'approved' &&
        row.payeeKind !== 'list' &&
        tx.actor.role === 'federation_accountant',
      payment: known.payments.get(row.id) ?? null,
      area: row.areaId === null ? null : needs.place.ref(row.areaId),
    };
  });
}

/** All that the proposals of a page name, read once for all of them. */
async function readKnown(needs: FundNeeds, tx: Scoped, rows: readonly ProposalRow[]) {
  const all = <T>(of: (row: ProposalRow) => T | null) => [
    ...new Set(rows.flatMap((row) => of(row) ?? [])),
  ];
  const sources = all((row) => row.sourceId);
  const ofKind = (kind: string) => all((row) => (row.payeeKind === kind ? row.payeeId : null));
  return {
    boxes: await needs.vault.findBoxes(
      tx,
      all((row) => row.id),
    ),
    approvals: await needs.approval.read(
      tx,
      all((row) => row.approvalId),
    ),
    purposes: await readPurposes(tx, sources),
    balances: new Map((await balances(tx.sql, sources)).map((one) => [one.accountId, one])),
    names: await needs.names(
      tx,
      all((row) => row.proposerId),
    ),
    organizations: await needs.organization.names(tx, ofKind('organization')),
    persons: await needs.resident.people(tx, ofKind('person')),
    needNumbers: await needs.needNumbers(
      tx,
      all((row) => row.needId),
    ),
    payments: await listPayments(
      tx,
      all((row) => row.id),
    ),
    sums: await sumLines(
      tx,
      all((row) => row.id),
    ),
    budgets: new Map(
      (await listBudgetLines(tx, { ids: all((row) => row.budgetLineId) })).map((one) => [
        one.id,
        one,
      ]),
    ),
  };
}

function payeeLabel(
  tx: Scoped,
  row: ProposalRow,
  known: {
    organizations: ReadonlyMap<Id, string>;
    persons: ReadonlyMap<Id, { maskedName: string }>;
    sums: ReadonlyMap<Id, { count: number }>;
  },
): string {
  if (row.payeeId === null) {
    const count = known.sums.get(row.id)?.count ?? 0;
    return tx.actor.language === 'zh' ? `共 ${count} 笔` : `${count} payees`;
  }
  return row.payeeKind === 'organization'
    ? (known.organizations.get(row.payeeId) ?? '')
    : (known.persons.get(row.payeeId)?.maskedName ?? '');
}

/** One proposal as the reader may see it; refuses `not_found`. */
export async function readProposal(
  needs: FundNeeds,
  tx: Scoped,
  proposalId: Id,
): Promise<ProposalView> {
  const rows = await listProposals(tx, { ids: [proposalId] });
  const [view] = await proposalViews(needs, tx, rows);
  if (!view) throw new Refusal('not_found');
  return view;
}
