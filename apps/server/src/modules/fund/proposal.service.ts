import {
  addDays,
  dateInShanghai,
  instantInShanghai,
  parseYuan,
  Refusal,
  yuanNumber,
  type Id,
} from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { appendEvents, hold, releaseHolds } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Writing } from '../../platform/database/database.ts';
import type { Decision } from '../approval/index.ts';
import { readPurposes } from './accounts.ts';
import {
  APPROVE_WITHIN_MINUTES,
  HOLD_DAYS,
  PAY_WITHIN_MINUTES,
  type PayeeKind,
  type SourceKind,
} from './fund.ts';
import type { FundNeeds } from './fund.needs.ts';
import { insertProposal, listProposals, moveProposal, type ProposalRow } from './proposal.store.ts';

type ProposalBody = z.output<typeof shapes.proposalBody>;

interface ProposeCommand {
  source: { kind: SourceKind; id: Id };
  payee: { kind: PayeeKind; id: Id };
  amountFen: number;
  purpose: string;
  needId: Id | null;
  attachmentIds: readonly Id[];
  formId: Id;
}

/** What a person typed as a proposal, as a command; refuses `amount_invalid`. */
export function proposeCommand(body: ProposalBody): ProposeCommand {
  const { amountYuan, ...rest } = body;
  const amountFen = parseYuan(amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  return { ...rest, amountFen };
}

/**
 * Proposes a payment and holds its amount in the ledger. The same form again answers the same proposal.
 * Refuses an unknown source or payee and more than is available. From here on the federation sees a person
 * who is to be paid.
 */
export async function propose(
  needs: FundNeeds,
  tx: Writing,
  command: ProposeCommand,
): Promise<{ proposalId: Id }> {
  const [again] = await listProposals(tx, { formId: command.formId });
  if (again) return { proposalId: again.id };
  const proposerId = tx.actor.accountId;
  if (proposerId === null) throw new Refusal('not_signed_in');
  const source = (await readPurposes(tx, [command.source.id])).get(command.source.id);
  if (source?.kind !== command.source.kind) throw new Refusal('not_found', {}, 'source');
  await checkPayee(needs, tx, command.payee);
  const id = needs.newId();
  const areaId = source.areaId ?? tx.actor.areaId ?? needs.place.district()?.id ?? null;
  const [approval] = await needs.approval.open(tx, [
    {
      subjectKind: 'proposal',
      subjectId: id,
      amountFen: command.amountFen,
      proposerId,
      personIds: command.payee.kind === 'person' ? [command.payee.id] : [],
      organizationIds: command.payee.kind === 'organization' ? [command.payee.id] : [],
      areaId,
    },
  ]);
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  const number = await insertProposal(tx, {
    id,
    purposeSealed: box.seal(command.purpose),
    amountFen: command.amountFen,
    sourceKind: command.source.kind,
    sourceId: command.source.id,
    payeeKind: command.payee.kind,
    payeeId: command.payee.id,
    needId: command.needId ?? (source.kind === 'item' ? source.subjectId : null),
    areaId,
    proposerId,
    approvalId: approval!.approvalId,
    formId: command.formId,
  });
  const beside = { subjectKind: 'proposal', subjectId: id, areaId };
  if (command.attachmentIds.length > 0)
    await needs.attachment.adopt(tx, command.attachmentIds, beside);
  await openTask(needs, tx, 'approve', { id, number, areaId, amountFen: command.amountFen });
  tx.touched('proposal', id);
  await tellEvent(needs, tx, 'fund.proposed', { ...command, id, number, areaId });
  await holdAmount(tx, id, command);
  return { proposalId: id };
}

async function checkPayee(
  needs: FundNeeds,
  tx: Writing,
  payee: { kind: PayeeKind; id: Id },
): Promise<void> {
  if (payee.kind === 'organization') {
    if (!(await needs.organization.names(tx, [payee.id])).has(payee.id))
      throw new Refusal('payee_missing', {}, 'payee');
    return;
  }
  if (!(await needs.resident.people(tx, [payee.id])).has(payee.id))
    throw new Refusal('payee_missing', {}, 'payee');
  await needs.resident.shareWithFederation(tx, [{ personId: payee.id, basis: 'proposal' }]);
}

async function holdAmount(tx: Writing, proposalId: Id, command: ProposeCommand): Promise<void> {
  const until = instantInShanghai(addDays(dateInShanghai(tx.now), HOLD_DAYS));
  const [outcome] = await hold(tx.sql, {
    holds: [
      {
        key: proposalId,
        account: command.source.id,
        amount: command.amountFen,
        until,
        document: { kind: 'proposal', id: proposalId },
        actor: tx.actor.accountId,
      },
    ],
    at: tx.now,
  });
  if (outcome?.status !== 'refused') return;
  if (outcome.refusal !== 'balance_too_low') throw new Error(`hold refused: ${outcome.refusal}`);
  throw new Refusal(
    'balance_too_low',
    { available: yuanNumber(outcome.available ?? 0) },
    'amountYuan',
  );
}

/** Opens the task of whoever is next: an approver, or the accountant. Titles name no person. */
async function openTask(
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
      title: `${kind === 'approve' ? '待审批' : '待付款'} ¥${yuanNumber(proposal.amountFen)}`,
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

type ProposalTopic =
  | 'fund.proposed'
  | 'fund.approved'
  | 'fund.refused'
  | 'fund.cancelled'
  | 'fund.paid';

/** Tells the others what became of a proposal; the body carries ids and codes only. */
export async function tellEvent(
  needs: FundNeeds,
  tx: Writing,
  topic: ProposalTopic,
  proposal: Pick<ProposalRow, 'id' | 'needId' | 'amountFen' | 'number' | 'areaId'>,
): Promise<void> {
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic,
      subjectKind: 'proposal',
      subjectId: proposal.id,
      areaId: proposal.areaId,
      body: {
        proposalId: proposal.id,
        needId: proposal.needId,
        amountFen: proposal.amountFen,
        number: proposal.number,
      },
    },
  ]);
}

/** One word of an approver. A refusal frees the amount; the last agreement opens the accountant's task. */
export async function decide(
  needs: FundNeeds,
  tx: Writing,
  command: { approvalId: Id; decision: Decision; note: string },
): Promise<{ proposalId: Id }> {
  const [proposal] = await listProposals(tx, { approvalId: command.approvalId, lock: true });
  if (!proposal) throw new Refusal('not_found');
  const { state } = await needs.approval.decide(tx, command);
  tx.touched('proposal', proposal.id);
  if (state === 'open') return { proposalId: proposal.id };
  await needs.desk.close(tx, [{ subjectId: proposal.id, kinds: ['approve'] }]);
  if (state === 'approved') {
    await moveProposal(tx, proposal.id, { state: 'approved' });
    await openTask(needs, tx, 'pay', proposal);
    await tellEvent(needs, tx, 'fund.approved', proposal);
    return { proposalId: proposal.id };
  }
  await moveProposal(tx, proposal.id, { state: 'refused' });
  await tellProposer(needs, tx, proposal, {
    title: `${proposal.number} 未获批准`,
    body: command.note,
  });
  await tellEvent(needs, tx, 'fund.refused', proposal);
  await releaseHolds(tx.sql, { keys: [proposal.id], at: tx.now });
  return { proposalId: proposal.id };
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

/** Takes a proposal back before it is paid; the amount is free again. */
export async function cancelProposal(
  needs: FundNeeds,
  tx: Writing,
  command: { proposalId: Id; reason: string },
): Promise<void> {
  const [proposal] = await listProposals(tx, { id: command.proposalId, lock: true });
  if (!proposal) throw new Refusal('not_found');
  if (proposal.state === 'paid') throw new Refusal('payment_already_made');
  if (proposal.state === 'refused' || proposal.state === 'cancelled')
    throw new Refusal('approval_closed');
  const box = (await needs.vault.boxes(tx, [proposal.id])).get(proposal.id)!;
  await moveProposal(tx, proposal.id, {
    state: 'cancelled',
    reasonSealed: box.seal(command.reason),
  });
  await needs.approval.cancel(tx, [proposal.approvalId]);
  await needs.desk.close(tx, [{ subjectId: proposal.id }]);
  tx.touched('proposal', proposal.id);
  await tellEvent(needs, tx, 'fund.cancelled', proposal);
  await releaseHolds(tx.sql, { keys: [proposal.id], at: tx.now });
}

export type { ProposeCommand };
