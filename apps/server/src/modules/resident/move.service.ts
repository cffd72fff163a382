import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteInput, RouteOutput, routes } from '@wennuan/contract';
import { appendEvents } from '@wennuan/ledger';
import { encodeFact } from '@wennuan/policy';
import type { Selectable } from 'kysely';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Box } from '../../platform/vault.ts';
import { followArea, insertFact, listFacts, endFactRow } from './facts.store.ts';
import { FIELD_NUMBER } from './facts.ts';
import { openIdentity } from './identity.ts';
import { maskName } from './masks.ts';
import { restateAddress } from './derived.store.ts';
import { decideMoveRow, findMove, insertMove, listMoves, lockMove } from './move.store.ts';
import { noteFactsChanged } from './changed.store.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { hasReason } from './resident.ts';
import { findPerson, lockPerson, setAddress } from './resident.store.ts';
import { deleteTerms, insertDepartmentTerms, insertTerms } from './search.store.ts';
import { departmentTermsOf, termNumber, termsOf } from './terms.ts';

type PersonMove = RouteOutput<typeof routes.file.readMove>;
type Decision = RouteInput<typeof routes.file.decideMove>['body']['decision'];
type MoveRow = Selectable<DB['person_move']>;

const STATE_AFTER = { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' } as const;
/** Working minutes in which the new community answers: three days of eight hours. */
const ANSWER_MINUTES = 3 * 8 * 60;

/**
 * She moved: asks the worker of another community to take her file. Nothing changes until he does. Refuses
 * `person_not_in_area`, `area_unknown`, `reason_required`, `move_under_way`.
 */
export async function proposeMove(
  needs: ResidentNeeds,
  actor: Actor,
  command: { personId: Id; areaCode: string; address: string; reason: string },
): Promise<{ id: Id }> {
  if (!hasReason(command.reason)) throw new Refusal('reason_required', {}, 'reason');
  const area = needs.place.areaByCode(command.areaCode);
  return await needs.database.write(actor, 'resident.propose_move', async (tx) => {
    const person = await lockPerson(tx, command.personId);
    const box = (await needs.vault.findBoxes(tx, [command.personId])).get(command.personId);
    if (!person || person.erased_at || !box) throw new Refusal('person_not_in_area');
    if (area.level !== 'community' || area.id === person.area_id)
      throw new Refusal('area_unknown', {}, 'areaCode');
    const id = needs.newId();
    const isFirst = await insertMove(tx, {
      id,
      person_id: person.id,
      from_area_id: person.area_id,
      to_area_id: area.id,
      state: 'proposed',
      name_sealed: person.name_sealed,
      reason_sealed: box.seal(command.reason),
      address_sealed: command.address ? box.seal(command.address) : null,
      proposed_at: tx.now,
      proposed_by: actor.accountId!,
    });
    if (!isFirst) throw new Refusal('move_under_way', {}, 'areaCode');
    await openTask(needs, tx, { id, areaId: area.id, fromAreaId: person.area_id });
    tx.touched('person', person.id, 'move');
    return { id };
  });
}

async function openTask(
  needs: ResidentNeeds,
  tx: Writing,
  move: { id: Id; areaId: number; fromAreaId: number },
): Promise<void> {
  const { workingTime } = needs.place;
  await needs.desk.open(tx, [
    {
      kind: 'accept_move',
      subjectKind: 'person_move',
      subjectId: move.id,
      number: `QJ-${move.id.slice(-6).toUpperCase()}`,
      title: `居民迁入待接收（来自${needs.place.area(move.fromAreaId).name}）`,
      detail: null,
      areaId: move.areaId,
      building: null,
      roles: ['community_worker'],
      level: 'community',
      dueAt: workingTime.add(tx.now, ANSWER_MINUTES),
      warnAt: workingTime.add(tx.now, ANSWER_MINUTES / 2),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

/** A move for one of its two communities; refuses `not_found`. */
export async function readMove(
  needs: ResidentNeeds,
  actor: Actor,
  moveId: Id,
): Promise<PersonMove> {
  return await needs.database.read(actor, async (tx) => {
    const row = await findMove(tx, moveId);
    if (!row) throw new Refusal('not_found');
    const [view] = await viewMoves(needs, tx, [row]);
    return view!;
  });
}

/** Moves of a person as her file lists them. */
export async function movesOf(needs: ResidentNeeds, tx: Scoped, personId: Id) {
  return await viewMoves(needs, tx, await listMoves(tx, personId));
}

async function viewMoves(
  needs: ResidentNeeds,
  tx: Scoped,
  rows: readonly MoveRow[],
): Promise<PersonMove[]> {
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.person_id),
  );
  const names = await needs.access.names(
    tx,
    rows.map((row) => row.proposed_by),
  );
  return rows.map((row) => {
    const box = boxes.get(row.person_id);
    const open = (sealed: Buffer | null) => (sealed && box ? box.open(sealed) : '');
    return {
      id: row.id,
      personId: row.person_id,
      maskedName: maskName(open(row.name_sealed)),
      bornYear: null,
      from: needs.place.area(row.from_area_id).name,
      to: needs.place.area(row.to_area_id).name,
      state: row.state as PersonMove['state'],
      reason: open(row.reason_sealed),
      proposedAt: row.proposed_at.toISOString(),
      byName: names.get(row.proposed_by) ?? '',
      decidedAt: row.decided_at?.toISOString() ?? null,
      note: open(row.note_sealed),
      may: mayDecide(tx.actor, row),
    };
  });
}

/** The new community accepts or refuses, the old one withdraws; only workers of exactly these communities. */
function mayDecide(actor: Actor, row: MoveRow): Decision[] {
  if (row.state !== 'proposed' || actor.role !== 'community_worker') return [];
  return [
    ...(actor.areaIds.includes(row.to_area_id) ? (['accept', 'refuse'] as const) : []),
    ...(actor.areaIds.includes(row.from_area_id) ? (['withdraw'] as const) : []),
  ];
}

/**
 * Decides a move. Accepted, she lives in the new community: her file, facts, terms and households follow, her history
 * stays. Refuses `not_found`, `busy_elsewhere`, `not_permitted`, and `reason_required` for a refusal without words.
 */
export async function decideMove(
  needs: ResidentNeeds,
  actor: Actor,
  command: { moveId: Id; decision: Decision; note: string },
): Promise<{ state: PersonMove['state'] }> {
  if (command.decision === 'refuse' && !hasReason(command.note))
    throw new Refusal('reason_required', {}, 'note');
  const seen = await needs.database.read(actor, (tx) => findMove(tx, command.moveId));
  if (!seen) throw new Refusal('not_found');
  // The new worker does not see her file, nor the old one where it goes: the system moves it for whoever may decide.
  const mover: Actor = { ...actor, login: 'system' };
  return await needs.database.write(mover, `resident.${command.decision}_move`, async (tx) => {
    const move = (await lockMove(tx, command.moveId))!;
    if (move.state !== 'proposed') throw new Refusal('busy_elsewhere');
    if (!mayDecide(actor, move).includes(command.decision)) throw new Refusal('not_permitted');
    const box = (await needs.vault.findBoxes(tx, [move.person_id])).get(move.person_id);
    if (!box) throw new Refusal('not_found');
    const state = STATE_AFTER[command.decision];
    await decideMoveRow(tx, move.id, {
      state,
      byAccountId: actor.accountId,
      noteSealed: command.note ? box.seal(command.note) : null,
    });
    if (state === 'accepted') await settle(needs, tx, { move, box });
    await needs.desk.close(tx, [{ subjectId: move.id }]);
    tx.touched('person', move.person_id, `move:${state}`);
    return { state };
  });
}

/** She lives in another community from now on: her file and all that hangs on it follow; system login. */
export async function settle(
  needs: ResidentNeeds,
  tx: Writing,
  { move, box }: { move: MoveRow; box: Box },
): Promise<void> {
  const personId = move.person_id;
  await followArea(tx, personId, move.to_area_id);
  for (const follow of needs.follows ?? []) await follow(tx, personId, move.to_area_id);
  if (move.address_sealed) {
    await setAddress(tx, personId, move.address_sealed);
    await restateAddress(tx, { personId, box, address: box.open(move.address_sealed) });
    await writeTerms(needs, tx, { personId, box });
  }
  await noteLivingArea(needs, tx, move);
  await noteFactsChanged(tx, [personId]);
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic: 'resident.moved',
      subjectKind: 'person',
      subjectId: personId,
      areaId: move.to_area_id,
      body: { personId, fromAreaId: move.from_area_id, areaId: move.to_area_id },
    },
  ]);
}

/** Writes anew what a person is found by; system login. */
export async function writeTerms(
  needs: ResidentNeeds,
  tx: Writing,
  { personId, box }: { personId: Id; box: Box },
): Promise<void> {
  const row = (await findPerson(tx, personId))!;
  const { name, telephone = null, idNumber = null, address = null } = openIdentity(row, box);
  const identity = { name, telephone, idNumber, address };
  const numbered = (terms: typeof termsOf) =>
    terms(identity).map((term) => ({ term: termNumber(needs.vault, term), personId }));
  await deleteTerms(tx, [personId]);
  await insertTerms(tx, numbered(termsOf), new Map([[personId, row.area_id]]));
  const departments = new Map([[personId, row.department_ids]]);
  await insertDepartmentTerms(tx, numbered(departmentTermsOf), departments);
}

/** The living community is a fact like others: the worker's earlier word ends, the new one begins. */
async function noteLivingArea(needs: ResidentNeeds, tx: Writing, move: MoveRow): Promise<void> {
  const today = dateInShanghai(tx.now);
  const personId = move.person_id;
  for (const fact of await listFacts(tx, personId, [FIELD_NUMBER.livingArea]))
    await endFactRow(tx, { personId, id: fact.id, until: today });
  const areaId = move.to_area_id;
  const stored = encodeFact('living_area', needs.place.area(areaId).code);
  if (stored) await insertFact(tx, { personId, areaId, ...stored, since: today });
}
