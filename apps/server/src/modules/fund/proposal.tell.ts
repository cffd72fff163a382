import { yuanNumber, type Id } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { APPROVE_WITHIN_MINUTES, PAY_WITHIN_MINUTES } from './fund.ts';
import type { FundNeeds } from './fund.needs.ts';
import type { LineRow } from './line.store.ts';
import type { ProposalRow } from './proposal.store.ts';

/** Opens the task of whoever is next: an approver, or the accountant. Titles name no person; what is to be done its kind says. */
export async function openTask(
  needs: FundNeeds,
  tx: Writing,
  kind: 'approve' | 'pay',
  proposal: { id: Id; number: string; areaId: number | null; amountFen: number },
): Promise<void> {
  const areaId = proposal.areaId ?? needs.place.district()?.id;
  if (areaId === undefined) return;
  const minutes = kind === 'approve' ? APPROVE_WITHIN_MINUTES : PAY_WITHIN_MINUTES;
  const due = (part: number) => needs.place.workingTime.add(tx.now, minutes * part);
  await needs.desk.open(tx, [
    {
      kind,
      subjectKind: 'proposal',
      subjectId: proposal.id,
      number: proposal.number,
      title: `¥${yuanNumber(proposal.amountFen)}`,
      detail: null,
      areaId,
      building: null,
      roles: [kind === 'approve' ? 'federation_approver' : 'federation_accountant'],
      level: 'district',
      dueAt: due(1),
      warnAt: due(0.5),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

export type ProposalTopic =
  | 'fund.proposed'
  | 'fund.approved'
  | 'fund.refused'
  | 'fund.cancelled'
  | 'fund.paid'
  | 'fund.line_rejected'
  | 'fund.line_withdrawn';

type Told = Pick<
  ProposalRow,
  'id' | 'needId' | 'amountFen' | 'number' | 'areaId' | 'subjectKind' | 'subjectId'
>;

/**
 * Tells the others what became of proposals or of their lines; bodies carry ids and codes only. `lineId`
 * is the record the line is about as its proposer knows it, else the line's own id.
 */
export async function tellEvents(
  needs: Pick<FundNeeds, 'newId'>,
  tx: Writing,
  topic: ProposalTopic,
  told: readonly { proposal: Told; line?: LineRow; number?: string }[],
): Promise<void> {
  await appendEvents(
    tx.sql,
    told.map(({ proposal, line, number }) => ({
      id: needs.newId(),
      topic,
      subjectKind: 'proposal',
      subjectId: proposal.id,
      areaId: proposal.areaId,
      body: {
        proposalId: proposal.id,
        needId: proposal.needId,
        subjectKind: proposal.subjectKind,
        subjectId: proposal.subjectId,
        amountFen: line?.amountFen ?? proposal.amountFen,
        number: number ?? proposal.number,
        ...(line && { lineId: line.subjectId ?? line.id }),
      },
    })),
  );
}

/** A message into the proposer's inbox. */
export async function tellProposer(
  needs: FundNeeds,
  tx: Writing,
  proposal: Pick<ProposalRow, 'id' | 'proposerId'>,
  message: { title: string; body: string },
): Promise<void> {
  if (proposal.proposerId === tx.actor.accountId) return;
  await needs.message.send(tx, [
    {
      accountId: proposal.proposerId,
      topic: 'service',
      ...message,
      link: `/desk/proposals/${proposal.id}`,
      text: null,
    },
  ]);
}
