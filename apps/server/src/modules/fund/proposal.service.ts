import { parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Writing } from '../../platform/database/database.ts';
import type { Decision } from '../approval/index.ts';
import { readPurposes } from './accounts.ts';
import { bindBudget, freeBudget } from './budget.service.ts';
import { type PayeeKind, type SourceKind } from './fund.ts';
import type { FundNeeds } from './fund.needs.ts';
import { freeLines, holdLines } from './line.holds.ts';
import { insertLines, listLines, moveLines } from './line.store.ts';
import { insertProposal, listProposals, moveProposals } from './proposal.store.ts';
import type { ProposalRow } from './proposal.store.ts';
import { openTask, tellEvents, tellProposer } from './proposal.tell.ts';

type ProposalBody = z.output<typeof shapes.proposalBody>;

export interface ProposeCommand {
  source: { kind: SourceKind; id: Id };
  payee: { kind: PayeeKind; id: Id };
  amountFen: number;
  purpose: string;
  needId: Id | null;
  attachmentIds: readonly Id[];
  formId: Id;
  /** The budget line it spends from; asked for when the source has a budget. */
  budgetLineId?: Id | null;
  /** The record it is about, as the caller knows it. */
  subject?: { kind: string; id: Id } | null;
}

/** Who gets what of a proposal with many payees. */
export interface ListedLine {
  /** The caller's own record: an award, a purchase. It is asked for once at a time. */
  id: Id;
  payee: { kind: 'person'; personId: Id } | { kind: 'organization'; organizationId: Id };
  amountFen: number;
  /** In a few words, for the accountant; sealed, as it may name a person. */
  label: string;
}

export interface ProposeListCommand {
  fromAccountId: Id;
  /** The record it is about: a round of awards. */
  subject: { kind: string; id: Id };
  purpose: string;
  lines: readonly ListedLine[];
  budgetLineId?: Id | null;
  /** An approval by which these very lines were agreed to already; without one they are proposed for approval. */
  agreedBy?: Id;
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
 * Refuses an unknown source or payee, more than is available and more than its budget line has left. From
 * here on the federation sees a person who is to be paid.
 */
export async function propose(
  needs: FundNeeds,
  tx: Writing,
  command: ProposeCommand,
): Promise<{ proposalId: Id }> {
  const [again] = await listProposals(tx, { formId: command.formId });
  if (again) return { proposalId: again.id };
  const source = (await readPurposes(tx, [command.source.id])).get(command.source.id);
  if (source?.kind !== command.source.kind) throw new Refusal('not_found', {}, 'source');
  const id = needs.newId();
  const { payee, amountFen } = command;
  await openProposal(needs, tx, {
    ...command,
    id,
    needId: command.needId ?? (source.kind === 'item' ? source.subjectId : null),
    areaId: source.areaId,
    subject: command.subject ?? null,
    isList: false,
    lines: [{ id, subjectId: null, payee, amountFen, label: null }],
  });
  return { proposalId: id };
}

/**
 * Proposes one payment to many payees and holds each line in the ledger; all lines are agreed to together
 * and paid one by one. A line's record that an open or paid proposal names already is refused by the
 * database. Refuses what `propose` refuses, and a list without lines. Answers the proposal's id.
 */
export async function proposeList(
  needs: FundNeeds,
  tx: Writing,
  command: ProposeListCommand,
): Promise<Id> {
  const { fromAccountId, lines } = command;
  if (lines.length === 0) throw new Refusal('input_invalid', {}, 'lines');
  const source = (await readPurposes(tx, [fromAccountId])).get(fromAccountId);
  if (!source || !isSource(source.kind)) throw new Refusal('not_found', {}, 'source');
  const id = needs.newId();
  await openProposal(needs, tx, {
    id,
    source: { kind: source.kind, id: fromAccountId },
    areaId: source.areaId,
    purpose: command.purpose,
    needId: null,
    subject: command.subject,
    budgetLineId: command.budgetLineId ?? null,
    attachmentIds: [],
    formId: needs.newId(),
    isList: true,
    agreedBy: command.agreedBy ?? null,
    lines: lines.map((line) => ({
      id: needs.newId(),
      subjectId: line.id,
      payee:
        line.payee.kind === 'person'
          ? { kind: 'person', id: line.payee.personId }
          : { kind: 'organization', id: line.payee.organizationId },
      amountFen: line.amountFen,
      label: line.label,
    })),
  });
  return id;
}

function isSource(kind: string): kind is SourceKind {
  return kind === 'fund' || kind === 'item' || kind === 'campaign' || kind === 'payable';
}

interface NewLine {
  id: Id;
  subjectId: Id | null;
  payee: { kind: PayeeKind; id: Id };
  amountFen: number;
  label: string | null;
}

interface NewProposal {
  id: Id;
  source: { kind: SourceKind; id: Id };
  /** Of the source; null for one of the whole district. */
  areaId: number | null;
  purpose: string;
  needId: Id | null;
  subject: { kind: string; id: Id } | null;
  budgetLineId?: Id | null;
  attachmentIds: readonly Id[];
  formId: Id;
  isList: boolean;
  agreedBy?: Id | null;
  lines: readonly NewLine[];
}

/** Writes a proposal with its lines, opens its approval and task, and holds every line's amount. */
async function openProposal(needs: FundNeeds, tx: Writing, given: NewProposal): Promise<void> {
  const proposerId = tx.actor.accountId;
  if (proposerId === null) throw new Refusal('not_signed_in');
  const { id, lines, source } = given;
  const payees = await checkPayees(needs, tx, lines);
  const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0);
  const areaId = given.areaId ?? tx.actor.areaId ?? needs.place.district()?.id ?? null;
  const budgetLineId = given.budgetLineId ?? null;
  await bindBudget(tx, { accountId: source.id, budgetLineId, amountFen });
  const approvalId =
    given.agreedBy ??
    (await openApproval(needs, tx, { id, amountFen, proposerId, payees, areaId }));
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  const only = given.isList ? null : lines[0]!.payee;
  const row = {
    id,
    purposeSealed: box.seal(given.purpose),
    amountFen,
    sourceKind: source.kind,
    sourceId: source.id,
    payeeKind: only?.kind ?? ('list' as const),
    payeeId: only?.id ?? null,
    needId: given.needId,
    subjectKind: given.subject?.kind ?? null,
    subjectId: given.subject?.id ?? null,
    budgetLineId,
    areaId,
    proposerId,
    approvalId,
    formId: given.formId,
  };
  const number = await insertProposal(tx, row);
  await insertLines(
    tx,
    lines.map((line, index) => ({
      id: line.id,
      proposalId: id,
      place: index + 1,
      subjectId: line.subjectId,
      payeeKind: line.payee.kind,
      payeeId: line.payee.id,
      amountFen: line.amountFen,
      labelSealed: line.label === null ? null : box.seal(line.label),
      areaId,
    })),
  );
  if (given.attachmentIds.length > 0) {
    const beside = { subjectKind: 'proposal', subjectId: id, areaId };
    await needs.attachment.adopt(tx, given.attachmentIds, beside);
  }
  tx.touched('proposal', id);
  await tellEvents(needs, tx, 'fund.proposed', [{ proposal: { ...row, number } }]);
  if (given.agreedBy) await agree(needs, tx, { ...row, number }, given.agreedBy);
  else await openTask(needs, tx, 'approve', { id, number, areaId, amountFen });
  await holdLines(tx, {
    document: { kind: 'proposal', id: given.id },
    sourceId: given.source.id,
    lines: given.lines.map((line) => ({ ...line, isPerson: line.payee.kind === 'person' })),
  });
}

async function openApproval(
  needs: FundNeeds,
  tx: Writing,
  given: {
    id: Id;
    amountFen: number;
    proposerId: Id;
    payees: { personIds: Id[]; organizationIds: Id[] };
    areaId: number | null;
  },
): Promise<Id> {
  const { id, payees, ...rest } = given;
  const [approval] = await needs.approval.open(tx, [
    { subjectKind: 'proposal', subjectId: id, ...rest, ...payees },
  ]);
  return approval!.approvalId;
}

type Agreed = Pick<
  ProposalRow,
  'id' | 'number' | 'areaId' | 'amountFen' | 'needId' | 'subjectKind' | 'subjectId'
>;

/** Lines that were agreed to before, with the record they are about: the approval must have ended so. */
async function agree(
  needs: FundNeeds,
  tx: Writing,
  proposal: Agreed,
  approvalId: Id,
): Promise<void> {
  const approval = (await needs.approval.read(tx, [approvalId])).get(approvalId);
  if (approval?.state !== 'approved') throw new Refusal('proposal_not_approved');
  await agreed(needs, tx, proposal);
}

/** Everybody has agreed: the lines may be paid, and the accountant has them on the desk. */
async function agreed(needs: FundNeeds, tx: Writing, proposal: Agreed): Promise<void> {
  await moveProposals(tx, [proposal.id], { state: 'approved' });
  const lines = await listLines(tx, { proposalIds: [proposal.id], states: ['proposed'] });
  await moveLines(
    tx,
    lines.map((line) => line.id),
    { state: 'approved' },
  );
  await openTask(needs, tx, 'pay', proposal);
  await tellEvents(needs, tx, 'fund.approved', [{ proposal }]);
}

/** Persons and organisations that are to be paid, each once; refuses `payee_missing` for an unknown one. */
async function checkPayees(
  needs: FundNeeds,
  tx: Writing,
  lines: readonly NewLine[],
): Promise<{ personIds: Id[]; organizationIds: Id[] }> {
  const ofKind = (kind: PayeeKind) => [
    ...new Set(lines.filter(({ payee }) => payee.kind === kind).map(({ payee }) => payee.id)),
  ];
  const [personIds, organizationIds] = [ofKind('person'), ofKind('organization')];
  const organizations = await needs.organization.names(tx, organizationIds);
  const persons = await needs.resident.people(tx, personIds);
  if (organizations.size < organizationIds.length || persons.size < personIds.length)
    throw new Refusal('payee_missing', {}, 'payee');
  await needs.resident.shareWithFederation(
    tx,
    personIds.map((personId) => ({ personId, basis: 'proposal' as const })),
  );
  return { personIds, organizationIds };
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
    await agreed(needs, tx, proposal);
    return { proposalId: proposal.id };
  }
  await moveProposals(tx, [proposal.id], { state: 'refused' });
  await tellProposer(needs, tx, proposal, {
    title: `${proposal.number} 未获批准`,
    body: command.note,
  });
  await tellEvents(needs, tx, 'fund.refused', [{ proposal }]);
  await endOpenLines(tx, proposal, 'refused');
  return { proposalId: proposal.id };
}

/** Ends the lines that are not paid, and frees what they held of the source and of the budget. */
async function endOpenLines(
  tx: Writing,
  proposal: ProposalRow,
  state: 'refused' | 'withdrawn',
): Promise<void> {
  const lines = await listLines(tx, {
    proposalIds: [proposal.id],
    states: ['proposed', 'approved', 'rejected'],
  });
  const ids = lines.map((line) => line.id);
  await moveLines(tx, ids, { state });
  await freeBudget(tx, [{ proposal, lines }]);
  await freeLines(tx, ids);
}

/** Takes a proposal back before any of it is sent to the bank; the amount is free again. */
export async function cancelProposal(
  needs: FundNeeds,
  tx: Writing,
  command: { proposalId: Id; reason: string },
): Promise<void> {
  const [proposal] = await listProposals(tx, { ids: [command.proposalId], lock: true });
  if (!proposal) throw new Refusal('not_found');
  if (proposal.state === 'paid') throw new Refusal('payment_already_made');
  if (proposal.state === 'refused' || proposal.state === 'cancelled')
    throw new Refusal('approval_closed');
  const begun = await listLines(tx, {
    proposalIds: [proposal.id],
    states: ['in_batch', 'paid', 'rejected'],
    limit: 1,
  });
  if (begun.length > 0) throw new Refusal('proposal_partly_paid');
  const box = (await needs.vault.boxes(tx, [proposal.id])).get(proposal.id)!;
  await moveProposals(tx, [proposal.id], {
    state: 'cancelled',
    reasonSealed: box.seal(command.reason),
  });
  await needs.approval.cancel(tx, [proposal.approvalId]);
  await needs.desk.close(tx, [{ subjectId: proposal.id }]);
  tx.touched('proposal', proposal.id);
  await tellEvents(needs, tx, 'fund.cancelled', [{ proposal }]);
  await endOpenLines(tx, proposal, 'withdrawn');
}
