import { Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import { type ApprovalView, type Decision, wordsOf } from '../approval/index.ts';
import type { PayoutNeeds } from './payout.needs.ts';

const DECIDE_WITHIN_MINUTES = 16 * 60;

type Agreement = Pick<
  z.output<typeof shapes.payee>,
  'approvalId' | 'steps' | 'mayDecide' | 'mayNotWhy'
>;

/** What two people have said about something, and whether the reader may: as pages show it. */
export function agreementOf(
  tx: Scoped,
  approvalId: Id,
  approval: ApprovalView | undefined,
): Agreement {
  return { approvalId, ...wordsOf(tx, approval, tx.actor.role === 'federation_approver') };
}

/** Something two people have to agree to, with the task that tells them. */
export interface ToAgree {
  subjectKind: 'payee' | 'gift_return' | 'purpose_change';
  subjectId: Id;
  amountFen: number;
  personIds: readonly Id[];
  organizationIds: readonly Id[];
}

/** Opens an approval; answers its id. Whoever acts is the proposer. */
export async function openAgreement(needs: PayoutNeeds, tx: Writing, asked: ToAgree): Promise<Id> {
  const [opened] = await needs.approval.open(tx, [
    { ...asked, proposerId: tx.actor.accountId!, areaId: needs.place.district()?.id ?? null },
  ]);
  return opened!.approvalId;
}

/** Opens the task that waits for the approvers; titles name no person. */
export async function openAgreementTask(
  needs: PayoutNeeds,
  tx: Writing,
  task: Pick<ToAgree, 'subjectKind' | 'subjectId'> & { number: string; title: string },
): Promise<void> {
  const areaId = needs.place.district()?.id;
  if (areaId === undefined) return;
  const due = (part: number) => needs.place.workingTime.add(tx.now, DECIDE_WITHIN_MINUTES * part);
  await needs.desk.open(tx, [
    {
      kind: 'approve',
      ...task,
      detail: null,
      areaId,
      building: null,
      roles: ['federation_approver'],
      level: 'district',
      dueAt: due(1),
      warnAt: due(0.5),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

/** What somebody of the federation proposes about a gift's money, with the papers it rests on. */
interface Proposed extends Pick<ToAgree, 'subjectKind' | 'amountFen'> {
  /** The task's title, without the amount. */
  title: string;
  attachmentIds: readonly Id[];
  /** Writes the row that waits for the approval, its words sealed with its own key; answers its number. */
  insert(row: { id: Id; approvalId: Id; box: Box }): Promise<string>;
}

/** Puts a proposal before two people: approval, row, papers and task. Answers its id. */
export async function proposeAgreed(
  needs: PayoutNeeds,
  tx: Writing,
  proposed: Proposed,
): Promise<Id> {
  const { subjectKind, amountFen, attachmentIds } = proposed;
  const id = needs.newId();
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  const subject = { subjectKind, subjectId: id };
  const nobody = { personIds: [], organizationIds: [] };
  const approvalId = await openAgreement(needs, tx, { ...subject, ...nobody, amountFen });
  const number = await proposed.insert({ id, approvalId, box });
  if (attachmentIds.length > 0)
    await needs.attachment.adopt(tx, attachmentIds, {
      ...subject,
      areaId: null,
      sharedWithFederation: true,
    });
  const title = `${proposed.title} ¥${yuanNumber(amountFen)}`;
  await openAgreementTask(needs, tx, { ...subject, number, title });
  return id;
}

/** One approver's word about several things at once. */
export interface DecideMany {
  approvalIds: readonly Id[];
  decision: Decision;
  note: string;
}

/** Refuses `not_found` unless each approval has its row among those that were locked. */
export function mustBeAll(rows: readonly unknown[], { approvalIds }: DecideMany): void {
  if (rows.length < new Set(approvalIds).size) throw new Refusal('not_found');
}

interface AgreedRow {
  id: Id;
  approvalId: Id;
  proposedBy: Id;
  proposedAt: Date;
}

/** What pages show of every such proposal: who made it, what was said of it, and its sealed words. */
export async function readAgreed(needs: PayoutNeeds, tx: Scoped, rows: readonly AgreedRow[]) {
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.id),
  );
  const approvals = await needs.approval.read(
    tx,
    rows.map((row) => row.approvalId),
  );
  const names = await needs.names(tx, [...new Set(rows.map((row) => row.proposedBy))]);
  return {
    open: (row: AgreedRow, sealed: Buffer) => boxes.get(row.id)?.open(sealed) ?? '',
    view: (row: AgreedRow) => ({
      proposedBy: names.get(row.proposedBy) ?? '',
      proposedAt: row.proposedAt.toISOString(),
      ...agreementOf(tx, row.approvalId, approvals.get(row.approvalId)),
    }),
  };
}

/**
 * Records one approver's word about many things, one after the other; answers those that it ended, and how.
 * Closes their tasks.
 */
export async function decideAgreements(
  needs: PayoutNeeds,
  tx: Writing,
  command: DecideMany,
): Promise<{ subjectId: Id; approved: boolean }[]> {
  const ended: { subjectId: Id; approved: boolean }[] = [];
  for (const approvalId of [...new Set(command.approvalIds)].toSorted()) {
    const { subjectId, state } = await needs.approval.decide(tx, { ...command, approvalId });
    if (state !== 'open') ended.push({ subjectId, approved: state === 'approved' });
  }
  await needs.desk.close(
    tx,
    ended.map(({ subjectId }) => ({ subjectId, kinds: ['approve'] })),
  );
  return ended;
}
