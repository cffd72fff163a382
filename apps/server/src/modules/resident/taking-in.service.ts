import { Refusal, type Id } from '@wennuan/basics';
import { readCitizenId } from '@wennuan/linkage';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { decideMoveRow, findMove, insertMove } from './move.store.ts';
import { settle } from './move.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import type { PersonRow } from './resident.store.ts';
import { findMatches } from './search.service.ts';

const REASON = '持身份证到社区，名册里没有写社区';

/**
 * Somebody of the rosters whose community nobody knows, so that no worker meets her: by her whole ID number only, and
 * only where the caller's community lies in what is known of her place. The system looks, as no worker may.
 */
async function findUnplaced(
  needs: ResidentNeeds,
  tx: Scoped,
  { areaId, idNumber }: { areaId: number; idNumber: string },
): Promise<PersonRow | null> {
  if (readCitizenId(idNumber).kind !== 'valid') return null;
  const around = needs.place.above(areaId).filter((id) => id !== areaId);
  const { rows } = await findMatches(needs, tx, { text: idNumber, limit: 2 });
  const [only] = rows.filter((row) => around.includes(row.area_id) && !row.erased_at);
  return rows.length === 1 && only ? only : null;
}

/** The community of a worker; null for who works for more or less than one. */
function communityOf(needs: ResidentNeeds, actor: Actor): number | null {
  if (actor.role !== 'community_worker' || actor.areaId === null) return null;
  return needs.place.area(actor.areaId).level === 'community' ? actor.areaId : null;
}

/** True when a worker who was shown this ID number may take her in. */
export async function isUnplaced(
  needs: ResidentNeeds,
  actor: Actor,
  idNumber: string,
): Promise<boolean> {
  const areaId = communityOf(needs, actor);
  if (areaId === null) return false;
  const system: Actor = { ...actor, login: 'system' };
  return await needs.database.read(
    system,
    async (tx) => (await findUnplaced(needs, tx, { areaId, idNumber })) !== null,
  );
}

/**
 * She came with her ID card: from now on she lives in the worker's community, her file, awards and tasks with her, and
 * her history says so. Refuses `not_found` where the number is nobody's without a community.
 */
export async function takeIn(
  needs: ResidentNeeds,
  actor: Actor,
  idNumber: string,
): Promise<{ id: Id }> {
  const areaId = communityOf(needs, actor);
  if (areaId === null) throw new Refusal('not_found', {}, 'idNumber');
  const system: Actor = { ...actor, login: 'system' };
  return await needs.database.write(system, 'resident.take_in', async (tx) => {
    const person = await findUnplaced(needs, tx, { areaId, idNumber });
    const box = person && (await needs.vault.findBoxes(tx, [person.id])).get(person.id);
    if (!person || !box) throw new Refusal('not_found', {}, 'idNumber');
    const id = needs.newId();
    const isFirst = await insertMove(tx, {
      id,
      person_id: person.id,
      from_area_id: person.area_id,
      to_area_id: areaId,
      state: 'proposed',
      name_sealed: person.name_sealed,
      reason_sealed: box.seal(REASON),
      address_sealed: null,
      proposed_at: tx.now,
      proposed_by: actor.accountId!,
    });
    if (!isFirst) throw new Refusal('not_found', {}, 'idNumber');
    const accepted = { state: 'accepted', byAccountId: actor.accountId, noteSealed: null };
    await decideMoveRow(tx, id, accepted);
    await settle(needs, tx, { move: (await findMove(tx, id))!, box });
    tx.touched('person', person.id, 'take_in');
    return { id: person.id };
  });
}
