import { type Id, Refusal } from '@wennuan/basics';
import { type Policy, type Problem, readPolicy } from '@wennuan/policy';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { canonical, pendingOf, type Program } from './program.ts';
import type { ProgramNeeds } from './program.needs.ts';
import {
  addProgram,
  changeVersion,
  insertVersion,
  listPrograms,
  lockVersions,
  setDepartment,
} from './program.store.ts';

export interface DraftCommand {
  definition: unknown;
  departmentId: Id | null;
  /** The draft that was on the screen; null: none. */
  baseVersionId: Id | null;
}

/** The definition, or `definition_invalid` with how many problems and the first, in the reader's language. */
export function checkedPolicy(definition: unknown, language: Actor['language']): Policy {
  const { policy, problems } = readPolicy(definition);
  if (policy !== null) return policy;
  throw new Refusal('definition_invalid', {
    count: problems.length,
    first: sentenceOf(problems[0]!, language),
  });
}

function sentenceOf(problem: Problem, language: Actor['language']): string {
  const words = problem[language];
  return problem.path === '' ? words : `${problem.path} ${words}`;
}

/**
 * Keeps a definition as the draft of its programme; one made before it is replaced. Refuses `definition_invalid`,
 * `program_not_own`, `program_proposed`, and `busy_elsewhere` when the draft on the screen is not the newest.
 */
export async function saveDraft(
  needs: ProgramNeeds,
  tx: Writing,
  command: DraftCommand,
): Promise<{ code: string; versionId: Id }> {
  const policy = checkedPolicy(command.definition, tx.actor.language);
  const program = await programFor(needs, tx, { policy, departmentId: command.departmentId });
  const pending = pendingOf(await lockVersions(tx, program.id));
  if (pending?.state === 'proposed') throw new Refusal('program_proposed', { code: policy.code });
  if ((pending?.id ?? null) !== command.baseVersionId) throw new Refusal('busy_elsewhere');
  const { code } = program;
  if (pending && canonical(pending.policy) === canonical(policy))
    return { code, versionId: pending.id };
  return { code, versionId: await addDraft(needs, tx, { program, policy, replaces: pending?.id }) };
}

interface NewDraft {
  program: Program;
  policy: Policy;
  replaces: Id | undefined;
}

async function addDraft(needs: ProgramNeeds, tx: Writing, draft: NewDraft): Promise<Id> {
  if (draft.replaces) await changeVersion(tx, draft.replaces, { state: 'replaced' });
  const id = needs.newId();
  await insertVersion(tx, { id, program: draft.program, policy: draft.policy });
  tx.touched('program', draft.program.code);
  return id;
}

/** The programme of a definition, made when it is new. A department writes for itself, and nothing that is charity. */
async function programFor(
  needs: ProgramNeeds,
  tx: Writing,
  given: { policy: Policy; departmentId: Id | null },
): Promise<Program> {
  const { policy } = given;
  const own = tx.actor.login === 'department' ? tx.actor.organizationId : null;
  if (own !== null && policy.source === 'charity')
    throw new Refusal('program_not_own', {}, 'source');
  const [known] = await listPrograms(tx, [policy.code]);
  if (known) {
    if (own !== null && known.departmentId !== own) throw new Refusal('program_not_own');
    const isMoved = own === null && known.departmentId !== given.departmentId;
    if (!isMoved) return known;
    await setDepartment(tx, known.id, given.departmentId);
    return { ...known, departmentId: given.departmentId };
  }
  return await addProgram(tx, {
    id: needs.newId(),
    code: policy.code,
    areaId: needs.place.district()!.id,
    departmentId: own ?? given.departmentId,
  });
}

/** What a file of definitions did, by code. */
export interface Imported {
  added: string[];
  changed: string[];
  unchanged: string[];
}

/**
 * Brings definitions that were read in: as drafts, or, by whoever runs the installation, as decided. What is there
 * already, decided or waiting, stays as it is. Refuses `program_not_own`, `program_proposed`.
 */
export async function importPolicies(
  needs: ProgramNeeds,
  tx: Writing,
  given: { policies: readonly Policy[]; as: 'draft' | 'decided' },
): Promise<Imported> {
  const done: Imported = { added: [], changed: [], unchanged: [] };
  for (const policy of given.policies) {
    const [known] = await listPrograms(tx, [policy.code]);
    const departmentId = known?.departmentId ?? null;
    const program = await programFor(needs, tx, { policy, departmentId });
    const versions = await lockVersions(tx, program.id);
    const pending = pendingOf(versions);
    const same = canonical(policy);
    const latest = versions.filter(({ state }) => state === 'decided').toReversed()[0];
    const counted = given.as === 'decided' ? [latest] : [pending ?? latest];
    const isThere = counted.some((one) => one && canonical(one.policy) === same);
    done[isThere ? 'unchanged' : known ? 'changed' : 'added'].push(policy.code);
    if (isThere) continue;
    if (given.as === 'draft') {
      if (pending?.state === 'proposed')
        throw new Refusal('program_proposed', { code: policy.code });
      await addDraft(needs, tx, { program, policy, replaces: pending?.id });
    } else {
      await addDecided(needs, tx, { program, policy, earlier: versions });
    }
  }
  return done;
}

async function addDecided(
  needs: ProgramNeeds,
  tx: Writing,
  given: { program: Program; policy: Policy; earlier: Awaited<ReturnType<typeof lockVersions>> },
): Promise<void> {
  const { program, policy, earlier } = given;
  const { number } = await endEarlier(tx, earlier, policy.validFrom);
  const id = needs.newId();
  await insertVersion(tx, { id, program, policy, number });
  tx.touched('program', program.code);
}

/** Ends what was decided before, from the day on which the new one begins; answers the new one's number. */
export async function endEarlier(
  tx: Writing,
  versions: Awaited<ReturnType<typeof lockVersions>>,
  from: string,
): Promise<{ number: number }> {
  const decided = versions.filter(({ state }) => state === 'decided');
  for (const one of decided) {
    if (one.endsOn !== null && one.endsOn <= from) continue;
    await changeVersion(tx, one.id, { endsOn: from });
  }
  return { number: Math.max(0, ...decided.map((one) => one.number ?? 0)) + 1 };
}
