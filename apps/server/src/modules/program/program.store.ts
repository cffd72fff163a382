import type { Id, PlainDate } from '@wennuan/basics';
import { type Policy, readPolicy } from '@wennuan/policy';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { Program, StoredState, Version } from './program.ts';

/** Programmes by code, all or those named. */
export async function listPrograms(tx: Scoped, codes?: readonly string[]): Promise<Program[]> {
  let query = tx.db
    .selectFrom('program')
    .select([
      'id',
      'code',
      'department_id as departmentId',
      'area_id as areaId',
      'evaluated_on as evaluatedOn',
      'evaluated_version_id as evaluatedVersionId',
    ])
    .orderBy('code');
  if (codes) query = query.where('code', 'in', [...codes, '']);
  return await query.execute();
}

/** Definitions that were read, by version: nobody may change one, so each is fetched and read once. */
const read = new Map<Id, Policy>();
const READ_AT_MOST = 1_000;

/** What everybody may know of a version, beside its definition. */
const COLUMNS = [
  'id',
  'program_id',
  'department_id',
  'source',
  'state',
  'number',
  'valid_from',
  'valid_until',
  'ends_on',
  'decided_at',
] as const;

interface VersionRow {
  id: Id;
  program_id: Id;
  department_id: Id | null;
  source: string;
  definition: unknown;
  state: string;
  number: number | null;
  valid_from: PlainDate;
  valid_until: PlainDate | null;
  ends_on: PlainDate | null;
  decided_at: Date | null;
}

/** Versions of programmes (all, or of those named), newest first; replaced drafts are left out. */
export async function listVersions(
  tx: Scoped,
  which: { programIds?: readonly Id[]; onlyDecided?: boolean } = {},
): Promise<Version[]> {
  let query = tx.db
    .selectFrom('program_version')
    .select(COLUMNS)
    .select(unreadDefinition)
    .where('state', '<>', 'replaced')
    .orderBy('program_id')
    .orderBy('id', 'desc');
  if (which.programIds) {
    if (which.programIds.length === 0) return [];
    query = query.where('program_id', 'in', which.programIds);
  }
  if (which.onlyDecided) query = query.where('state', '=', 'decided');
  return (await query.execute()).map(versionOf);
}

/** The definition, or null where it was read before. */
const unreadDefinition = () =>
  sql<unknown>`case when id = any (${[...read.keys()]}::uuid[]) then null else definition end`.as(
    'definition',
  );

function versionOf(row: VersionRow): Version {
  return {
    id: row.id,
    programId: row.program_id,
    departmentId: row.department_id,
    source: row.source as Policy['source'],
    policy: storedPolicy(row),
    state: row.state as StoredState,
    number: row.number,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    endsOn: row.ends_on,
    decidedAt: row.decided_at,
  };
}

/** What was stored was read before; a definition that cannot be read any more is a fault, not a refusal. */
function storedPolicy({ id, definition }: VersionRow): Policy {
  const known = read.get(id);
  if (known) return known;
  const { policy, problems } = readPolicy(definition);
  if (policy === null)
    throw new Error(`a stored policy cannot be read: ${JSON.stringify(problems)}`);
  // Nothing is taken out again: whoever asks at the same time was told that it is here.
  if (read.size < READ_AT_MOST) read.set(id, policy);
  return policy;
}

/** A version with the history only the offices see. */
export interface VersionRecord {
  id: Id;
  draftedAt: Date;
  draftedBy: Id | null;
  proposedBy: Id | null;
  approvalId: Id | null;
  decidedBy: Id | null;
  note: string;
}

/** Who wrote, asked for and decided versions; office logins. */
export async function readRecords(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, VersionRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('program_version')
    .select([
      'id',
      'drafted_at as draftedAt',
      'drafted_by as draftedBy',
      'proposed_by as proposedBy',
      'approval_id as approvalId',
      'decided_by as decidedBy',
      'note',
    ])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** A version locked for a move, with its programme; undefined when it is not there. */
export async function lockVersion(
  tx: Scoped,
  id: Id,
): Promise<{ version: Version; program: Program } | undefined> {
  const row = await tx.db
    .selectFrom('program_version')
    .select(COLUMNS)
    .select(unreadDefinition)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  const version = versionOf(row);
  const program = (await listPrograms(tx)).find((one) => one.id === version.programId)!;
  return { version, program };
}

/** Every version of a programme that still counts, locked in order of id. */
export async function lockVersions(tx: Scoped, programId: Id): Promise<Version[]> {
  const rows = await tx.db
    .selectFrom('program_version')
    .select(COLUMNS)
    .select(unreadDefinition)
    .where('program_id', '=', programId)
    .where('state', 'in', ['draft', 'proposed', 'decided'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(versionOf);
}

/** Adds a programme; one of that code made at the same moment is left. Answers the one that is there. */
export async function addProgram(
  tx: Scoped,
  program: { id: Id; code: string; areaId: number; departmentId: Id | null },
): Promise<Program> {
  await tx.db
    .insertInto('program')
    .values({
      id: program.id,
      code: program.code,
      area_id: program.areaId,
      department_id: program.departmentId,
      created_at: tx.now,
      created_by: tx.actor.accountId,
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute();
  return (await listPrograms(tx, [program.code]))[0]!;
}

export async function setDepartment(tx: Scoped, programId: Id, departmentId: Id | null) {
  await tx.db
    .updateTable('program')
    .set({ department_id: departmentId })
    .where('id', '=', programId)
    .execute();
}

/** Adds a version; `decided` comes with its number. */
export async function insertVersion(
  tx: Scoped,
  given: { id: Id; program: Program; policy: Policy; number?: number },
): Promise<void> {
  const { program, policy, number } = given;
  await tx.db
    .insertInto('program_version')
    .values({
      id: given.id,
      program_id: program.id,
      area_id: program.areaId,
      department_id: program.departmentId,
      source: policy.source,
      definition: JSON.stringify(policy),
      state: number === undefined ? 'draft' : 'decided',
      number: number ?? null,
      valid_from: policy.validFrom,
      valid_until: policy.validUntil,
      drafted_at: tx.now,
      drafted_by: tx.actor.accountId,
      decided_at: number === undefined ? null : tx.now,
    })
    .execute();
}

export interface VersionChange {
  state?: StoredState;
  number?: number;
  endsOn?: PlainDate;
  proposedAt?: Date;
  proposedBy?: Id | null;
  approvalId?: Id;
  decidedAt?: Date;
  decidedBy?: Id | null;
  note?: string;
}

export async function changeVersion(tx: Scoped, id: Id, change: VersionChange): Promise<void> {
  await tx.db
    .updateTable('program_version')
    .set({
      ...(change.state !== undefined && { state: change.state }),
      ...(change.number !== undefined && { number: change.number }),
      ...(change.endsOn !== undefined && { ends_on: change.endsOn }),
      ...(change.proposedAt !== undefined && { proposed_at: change.proposedAt }),
      ...(change.proposedBy !== undefined && { proposed_by: change.proposedBy }),
      ...(change.approvalId !== undefined && { approval_id: change.approvalId }),
      ...(change.decidedAt !== undefined && { decided_at: change.decidedAt }),
      ...(change.decidedBy !== undefined && { decided_by: change.decidedBy }),
      ...(change.note !== undefined && { note: change.note }),
    })
    .where('id', '=', id)
    .execute();
}
