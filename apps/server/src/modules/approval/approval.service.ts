import { Refusal, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import {
  approversFor,
  mayNotDecide,
  stateAfter,
  type ApprovalState,
  type Decision,
} from './approval.ts';
import {
  closeApprovals,
  insertApprovals,
  insertDecision,
  listApprovals,
  listDecisions,
  listLimits,
  type ApprovalRow,
  type DecisionRow,
} from './approval.store.ts';

export interface ApprovalNeeds {
  vault: Vault;
  newId(): Id;
  /** Display names of accounts. */
  names(tx: Scoped, accountIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  /** Port: which of the accounts are declared or household relatives of one of the persons. */
  relatives(
    tx: Scoped,
    accountIds: readonly Id[],
    personIds: readonly Id[],
  ): Promise<ReadonlySet<Id>>;
}

/** Something to be agreed to. Relatives of the persons and agents of the organisations stand aside. */
export interface OpenCommand {
  subjectKind: string;
  subjectId: Id;
  amountFen: number;
  proposerId: Id;
  personIds: readonly Id[];
  organizationIds: readonly Id[];
  areaId: number | null;
  /** How many must agree, where the amount does not say it: one second person for a distribution. */
  approvers?: number;
}

/** One step as pages show it: decided or still to come. */
export interface ApprovalStep {
  order: number;
  decision: Decision | null;
  byName: string | null;
  at: Date | null;
  note: string | null;
}

export interface ApprovalView {
  approvalId: Id;
  subjectId: Id;
  state: ApprovalState;
  approvers: number;
  steps: ApprovalStep[];
  /** The refusal code that keeps the reader from deciding; null when she may. */
  mayNotWhy: ReturnType<typeof mayNotDecide>;
}

/** Opens approvals; the number of deciders follows from the amount. Refuses a proposer who is a relative. */
export async function openApprovals(
  needs: ApprovalNeeds,
  tx: Writing,
  commands: readonly OpenCommand[],
): Promise<{ approvalId: Id; approvers: number }[]> {
  if (commands.length === 0) return [];
  const limits = await listLimits(tx);
  for (const command of commands) {
    if (command.personIds.length === 0) continue;
    const related = await needs.relatives(tx, [command.proposerId], command.personIds);
    if (related.has(command.proposerId)) throw new Refusal('approver_related');
  }
  const rows = commands.map((command) => ({
    ...command,
    id: needs.newId(),
    personIds: [...command.personIds],
    organizationIds: [...command.organizationIds],
    approvers: command.approvers ?? approversFor(limits, command.amountFen),
  }));
  await insertApprovals(tx, rows);
  for (const row of rows) tx.touched('approval', row.id);
  return rows.map((row) => ({ approvalId: row.id, approvers: row.approvers }));
}

/**
 * Records the word of the actor. Refuses the proposer, a second word of the same account, relatives, a
 * closed approval, a refusal without reason. The row lock makes two words at once one after the other.
 */
export async function decideApproval(
  needs: ApprovalNeeds,
  tx: Writing,
  command: { approvalId: Id; decision: Decision; note: string },
): Promise<{ subjectId: Id; state: ApprovalState }> {
  const [approval] = await listApprovals(tx, [command.approvalId], true);
  const accountId = tx.actor.accountId;
  if (!approval || accountId === null) throw new Refusal('not_found');
  const decisions = await listDecisions(tx, [approval.id]);
  const open = { ...approval, decidedBy: decisions.map((row) => row.accountId) };
  const related =
    approval.personIds.length > 0 &&
    (await needs.relatives(tx, [accountId], approval.personIds)).has(accountId);
  const no = mayNotDecide(open, {
    accountId,
    organizationId: tx.actor.organizationId,
    related,
  });
  if (no) throw new Refusal(no);
  const state = stateAfter(open, command);
  const note = command.note.trim();
  const box = note ? (await needs.vault.boxes(tx, [approval.id])).get(approval.id)! : null;
  await insertDecision(tx, approval, {
    place: decisions.length + 1,
    accountId,
    decision: command.decision,
    noteSealed: box ? box.seal(note) : null,
  });
  if (state !== 'open') await closeApprovals(tx, [approval.id], state as 'approved' | 'refused');
  tx.touched('approval', approval.id);
  return { subjectId: approval.subjectId, state };
}

/** Ends open approvals without a word, because what they were about was taken back. */
export async function cancelApprovals(tx: Writing, approvalIds: readonly Id[]): Promise<void> {
  if (approvalIds.length === 0) return;
  await closeApprovals(tx, approvalIds, 'cancelled');
  for (const id of approvalIds) tx.touched('approval', id);
}

/** Approvals as the actor may see them, with who decided what and whether she may decide now. */
export async function readApprovals(
  needs: ApprovalNeeds,
  tx: Scoped,
  approvalIds: readonly Id[],
): Promise<Map<Id, ApprovalView>> {
  const approvals = await listApprovals(tx, approvalIds, false);
  const decisions = await listDecisions(tx, approvalIds);
  const names = await needs.names(tx, [...new Set(decisions.map((row) => row.accountId))]);
  const sealed = decisions.filter((row) => row.noteSealed);
  const boxes = await needs.vault.findBoxes(tx, [...new Set(sealed.map((row) => row.approvalId))]);
  const own = tx.actor.accountId;
  const persons = [
    ...new Set(
      approvals.flatMap((row) =>
        row.state === 'open' && own !== null && own !== row.proposerId ? row.personIds : [],
      ),
    ),
  ];
  const relatedTo = await relatedPersons(needs, tx, persons);
  const noteOf = (row: DecisionRow) =>
    row.noteSealed ? (boxes.get(row.approvalId)?.open(row.noteSealed) ?? null) : null;
  return new Map(
    approvals.map((approval) => {
      const mine = decisions.filter((row) => row.approvalId === approval.id);
      return [
        approval.id,
        {
          approvalId: approval.id,
          subjectId: approval.subjectId,
          state: approval.state,
          approvers: approval.approvers,
          steps: stepsOf(approval, mine, { names, noteOf }),
          mayNotWhy: mayNotDecide(
            { ...approval, decidedBy: mine.map((row) => row.accountId) },
            {
              accountId: own ?? '',
              organizationId: tx.actor.organizationId,
              related: approval.personIds.some((id) => relatedTo.has(id)),
            },
          ),
        },
      ];
    }),
  );
}

/** Of these persons, whose relative the reader is; asked one by one only when any is. */
async function relatedPersons(
  needs: ApprovalNeeds,
  tx: Scoped,
  personIds: readonly Id[],
): Promise<Set<Id>> {
  const own = tx.actor.accountId;
  const related = new Set<Id>();
  if (own === null || personIds.length === 0) return related;
  if (!(await needs.relatives(tx, [own], personIds)).has(own)) return related;
  for (const personId of personIds)
    if ((await needs.relatives(tx, [own], [personId])).has(own)) related.add(personId);
  return related;
}

function stepsOf(
  approval: ApprovalRow,
  decisions: readonly DecisionRow[],
  words: { names: ReadonlyMap<Id, string>; noteOf(row: DecisionRow): string | null },
): ApprovalStep[] {
  const made = decisions.map((row) => ({
    order: row.place,
    decision: row.decision,
    byName: words.names.get(row.accountId) ?? null,
    at: row.at,
    note: words.noteOf(row),
  }));
  if (approval.state !== 'open') return made;
  const toCome = Array.from({ length: approval.approvers - made.length }, (_, index) => ({
    order: made.length + index + 1,
    decision: null,
    byName: null,
    at: null,
    note: null,
  }));
  return [...made, ...toCome];
}
