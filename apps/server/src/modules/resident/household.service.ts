import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteInput, RouteOutput, routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import {
  endMemberRow,
  insertHousehold,
  isMemberByHand,
  listHouseholds,
  listMemberIds,
  lockHousehold,
  nextVersion,
  putMember,
  setHead,
} from './household.store.ts';
import { readKnown } from './person.service.ts';
import { noteFactsChanged } from './changed.store.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { lockPerson } from './resident.store.ts';

type Household = RouteOutput<typeof routes.resident.readPerson>['households'][number];
type Relation = RouteInput<typeof routes.file.addMember>['body']['relation'];

/** A member to be added to a household. */
export interface MemberCommand {
  readonly householdId: Id;
  readonly personId: Id;
  readonly relation: Relation;
  readonly since: PlainDate | null;
  /** The version the form was opened with; null: whatever it is (not from a form). */
  readonly version: number | null;
}

/** Households of a person as her file shows them; members the caller may not see have no name. */
export async function householdsOf(
  needs: ResidentNeeds,
  tx: Scoped,
  personId: Id,
): Promise<Household[]> {
  const rows = await listHouseholds(tx, personId);
  if (rows.length === 0) return [];
  const known = await readKnown(
    needs,
    tx,
    rows.map((row) => row.personId),
  );
  const names = await needs.organizationNames?.(
    tx,
    rows.flatMap((row) => row.departmentId ?? []),
  );
  const ids = [...new Set(rows.map((row) => row.householdId))];
  return ids.map((id) => {
    const members = rows.filter((row) => row.householdId === id);
    const [first] = members;
    return {
      id,
      source: first!.source ?? 'roster',
      version: first!.version ?? 0,
      department: names?.get(members.find((row) => row.departmentId)?.departmentId ?? '') ?? null,
      members: members.map((row) => ({
        personId: row.personId,
        maskedName: known.get(row.personId)?.maskedName ?? '',
        bornYear: known.get(row.personId)?.bornYear ?? null,
        relation: row.relation,
        isHead: row.isHead,
        since: row.since,
        until: row.until,
        isSelf: row.personId === personId,
      })),
    };
  });
}

/** Checks that a person may join a household put together by hand; refuses `person_not_in_area`, `already_member`. */
async function joining(tx: Writing, personId: Id): Promise<{ areaId: number }> {
  const person = await lockPerson(tx, personId);
  if (!person || person.erased_at) throw new Refusal('person_not_in_area', {}, 'personId');
  if (await isMemberByHand(tx, personId, dateInShanghai(tx.now)))
    throw new Refusal('already_member', {}, 'personId');
  return { areaId: person.area_id };
}

/** Opens households by hand, each with its head; refuses as `joining`. Staff or system login. */
export async function createHouseholds(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly { personId: Id; since: PlainDate | null }[],
): Promise<Id[]> {
  const ids: Id[] = [];
  for (const { personId, since } of commands) {
    const { areaId } = await joining(tx, personId);
    const householdId = needs.newId();
    await insertHousehold(tx, householdId, areaId);
    await putMember(tx, { householdId, personId, areaId, isHead: true, relation: '', since });
    tx.touched('household', householdId);
    tx.touched('person', personId, 'household');
    ids.push(householdId);
  }
  await noteFactsChanged(
    tx,
    commands.map((command) => command.personId),
  );
  return ids;
}

/** Adds members; refuses as `joining`, `not_found`, `busy_elsewhere`. Staff or system login. */
export async function addMembers(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly MemberCommand[],
): Promise<void> {
  for (const command of commands) {
    await hold(tx, command.householdId, command.version);
    const { areaId } = await joining(tx, command.personId);
    await putMember(tx, { ...command, areaId, isHead: false });
    await changed(needs, tx, command);
  }
}

/** A member left on a day; refuses `not_found`, `busy_elsewhere`, and `input_invalid` for a day to come. */
export async function endMember(
  needs: ResidentNeeds,
  actor: Actor,
  command: { householdId: Id; personId: Id; until: PlainDate; version: number },
): Promise<void> {
  await needs.database.write(actor, 'resident.end_member', async (tx) => {
    if (command.until > dateInShanghai(tx.now)) throw new Refusal('input_invalid', {}, 'until');
    await hold(tx, command.householdId, command.version);
    if (!(await endMemberRow(tx, command))) throw new Refusal('not_found');
    await changed(needs, tx, command);
  });
}

/** Makes a member the head; refuses `not_found`, `busy_elsewhere`. */
export async function chooseHead(
  needs: ResidentNeeds,
  actor: Actor,
  command: { householdId: Id; personId: Id; version: number },
): Promise<void> {
  await needs.database.write(actor, 'resident.choose_head', async (tx) => {
    await hold(tx, command.householdId, command.version);
    if (!(await setHead(tx, command.householdId, command.personId))) throw new Refusal('not_found');
    await changed(needs, tx, command);
  });
}

async function hold(tx: Writing, householdId: Id, version: number | null): Promise<void> {
  const household = await lockHousehold(tx, householdId);
  if (!household) throw new Refusal('not_found');
  if (version !== null && household.version !== version) throw new Refusal('busy_elsewhere');
}

async function changed(
  needs: ResidentNeeds,
  tx: Writing,
  { householdId, personId }: { householdId: Id; personId: Id },
): Promise<void> {
  await nextVersion(tx, householdId);
  tx.touched('household', householdId);
  tx.touched('person', personId, 'household');
  await noteFactsChanged(tx, [personId, ...(await listMemberIds(tx, householdId))]);
}
