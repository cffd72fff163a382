import { dateInShanghai, type Id, type PlainDate, Refusal } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { WORKING_DAY_MINUTES } from '../place/index.ts';
import { checkedPolicy, endEarlier } from './program.draft.ts';
import type { ProgramNeeds } from './program.needs.ts';
import type { Program, Version } from './program.ts';
import {
  changeVersion,
  listPrograms,
  listVersions,
  lockVersion,
  lockVersions,
} from './program.store.ts';

/** Working minutes within which a decision is expected: three days. */
const DECIDE_WITHIN_MINUTES = 3 * WORKING_DAY_MINUTES;

/** Deciding a rule moves no money, and the approval wants an amount: the smallest, which two people decide. */
const NO_AMOUNT_FEN = 1;

type Locked = { version: Version; program: Program };

async function lockOwn(tx: Writing, versionId: Id): Promise<Locked> {
  const found = await lockVersion(tx, versionId);
  if (!found) throw new Refusal('not_found');
  const { login, organizationId } = tx.actor;
  if (login === 'department' && found.program.departmentId !== organizationId)
    throw new Refusal('program_not_own');
  return found;
}

/** Asks for a decision on a draft; charity is opened to the federation's approvers. Refuses `busy_elsewhere` when it is none. */
export async function submitDraft(needs: ProgramNeeds, tx: Writing, versionId: Id): Promise<void> {
  const { version, program } = await lockOwn(tx, versionId);
  if (version.state !== 'draft') throw new Refusal('busy_elsewhere');
  checkedPolicy(version.policy, tx.actor.language);
  const approval =
    version.source === 'charity' ? await openApproval(needs, tx, { version, program }) : undefined;
  await changeVersion(tx, version.id, {
    state: 'proposed',
    proposedAt: tx.now,
    proposedBy: tx.actor.accountId,
    ...(approval !== undefined && { approvalId: approval }),
  });
  tx.touched('program', program.code);
}

async function openApproval(needs: ProgramNeeds, tx: Writing, { version, program }: Locked) {
  const [opened] = await needs.approval.open(tx, [
    {
      subjectKind: 'program',
      subjectId: version.id,
      amountFen: NO_AMOUNT_FEN,
      proposerId: tx.actor.accountId!,
      personIds: [],
      organizationIds: [],
      areaId: program.areaId,
    },
  ]);
  return opened!.approvalId;
}

/**
 * The word of who decides: two of the federation for charity, the district office for the rest. Agreed, the version before
 * it ends on the day the new one begins. Refuses `not_permitted` to anybody else, a "no" without a reason, and
 * `busy_elsewhere` what is no longer waiting.
 */
export async function decideDraft(
  needs: ProgramNeeds,
  tx: Writing,
  command: { versionId: Id; decision: 'approve' | 'refuse'; note: string },
): Promise<'proposed' | 'decided' | 'refused'> {
  const found = await lockVersion(tx, command.versionId);
  if (!found) throw new Refusal('not_found');
  const { version, program } = found;
  const state =
    version.source === 'charity'
      ? await charityWord(needs, tx, { version, command })
      : officeWord(tx, version, command);
  tx.touched('program', program.code);
  if (state === 'refused') await changeVersion(tx, version.id, { state, note: command.note });
  if (state === 'decided') await settle(tx, found, command.note);
  return state;
}

type Word = { decision: 'approve' | 'refuse'; note: string };

async function charityWord(
  needs: ProgramNeeds,
  tx: Writing,
  given: { version: Version; command: Word },
): Promise<'proposed' | 'decided' | 'refused'> {
  const { version, command } = given;
  if (tx.actor.role !== 'federation_approver') throw new Refusal('not_permitted');
  if (version.state !== 'proposed') throw new Refusal('busy_elsewhere');
  const { approvalId } = await tx.db
    .selectFrom('program_version')
    .select('approval_id as approvalId')
    .where('id', '=', version.id)
    .executeTakeFirstOrThrow();
  const { state } = await needs.approval.decide(tx, { ...command, approvalId: approvalId! });
  return state === 'approved' ? 'decided' : state === 'refused' ? 'refused' : 'proposed';
}

function officeWord(tx: Writing, version: Version, command: Word): 'decided' | 'refused' {
  if (tx.actor.role !== 'district_officer') throw new Refusal('not_permitted');
  if (version.state !== 'proposed' && version.state !== 'draft')
    throw new Refusal('busy_elsewhere');
  if (command.decision === 'approve') return 'decided';
  if (command.note.trim() === '') throw new Refusal('reason_required', {}, 'note');
  return 'refused';
}

async function settle(tx: Writing, { version, program }: Locked, note: string): Promise<void> {
  checkedPolicy(version.policy, tx.actor.language);
  const others = await lockVersions(tx, program.id);
  const { number } = await endEarlier(tx, others, version.validFrom);
  await changeVersion(tx, version.id, {
    state: 'decided',
    number,
    decidedAt: tx.now,
    decidedBy: tx.actor.accountId,
    note,
  });
}

/** Takes a draft or a proposal back; refuses `busy_elsewhere` when it is neither any more. */
export async function withdrawDraft(
  needs: ProgramNeeds,
  tx: Writing,
  versionId: Id,
): Promise<void> {
  const { version, program } = await lockOwn(tx, versionId);
  if (version.state !== 'draft' && version.state !== 'proposed')
    throw new Refusal('busy_elsewhere');
  if (version.state === 'proposed' && version.source === 'charity') {
    const { approvalId } = await tx.db
      .selectFrom('program_version')
      .select('approval_id as approvalId')
      .where('id', '=', version.id)
      .executeTakeFirstOrThrow();
    if (approvalId) await needs.approval.cancel(tx, [approvalId]);
  }
  await changeVersion(tx, version.id, { state: 'withdrawn' });
  tx.touched('program', program.code);
}

/** Ends what is decided: `on` is the first day without it. Refuses `end_in_past`, `not_permitted`, `busy_elsewhere`. */
export async function endVersion(
  tx: Writing,
  command: { versionId: Id; on: PlainDate; note: string },
): Promise<void> {
  const found = await lockVersion(tx, command.versionId);
  if (!found) throw new Refusal('not_found');
  const { version, program } = found;
  const role = version.source === 'charity' ? 'federation_approver' : 'district_officer';
  if (tx.actor.role !== role) throw new Refusal('not_permitted');
  if (version.state !== 'decided' || version.endsOn !== null) throw new Refusal('busy_elsewhere');
  if (command.on < dateInShanghai(tx.now) || command.on < version.validFrom)
    throw new Refusal('end_in_past', {}, 'on');
  await changeVersion(tx, version.id, { endsOn: command.on, note: command.note });
  tx.touched('program', program.code, command.note);
}

/**
 * Puts what waits for a decision on the desk of who decides, and takes away what does not wait any more. Apart from the
 * moves themselves, since a department may not write on other offices' desks; the clock does it again.
 */
export async function tellDesk(needs: ProgramNeeds, moved: readonly Id[] = []): Promise<void> {
  await needs.database.write(systemActor('program.desk'), null, async (tx) => {
    const waiting = (await listVersions(tx)).filter(({ state }) => state === 'proposed');
    const over = moved.filter((id) => !waiting.some((one) => one.id === id));
    if (over.length > 0)
      await needs.desk.close(
        tx,
        over.map((subjectId) => ({ subjectId })),
      );
    if (waiting.length === 0) return;
    const codes = new Map((await listPrograms(tx)).map((one) => [one.id, one]));
    const due = (part: number) => needs.place.workingTime.add(tx.now, DECIDE_WITHIN_MINUTES * part);
    await needs.desk.open(
      tx,
      waiting.map((version) => {
        const program = codes.get(version.programId)!;
        return {
          kind: 'approve',
          subjectKind: 'program',
          subjectId: version.id,
          number: program.code,
          title: `待决定的政策：${version.policy.name.zh}`,
          detail: version.policy.benefit.what.zh,
          areaId: program.areaId,
          building: null,
          roles: [version.source === 'charity' ? 'federation_approver' : 'district_officer'],
          level: 'district',
          dueAt: due(1),
          warnAt: due(0.5),
          urgent: false,
          askerAccountId: null,
        } as const;
      }),
    );
  });
}
