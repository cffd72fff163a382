import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import {
  areaNames,
  claimsOf,
  maskedOf,
  readPersonFacts,
  type PersonFacts,
} from './claims.service.ts';
import { listExchanges } from './exchange.store.ts';
import { viewExchanges } from './exchange.service.ts';
import { FIELD_NUMBER, fieldFactsOf, holdsOn, viewFact, wordsOf } from './facts.ts';
import { householdsOf } from './household.service.ts';
import type { Gender } from './id-number.ts';
import { movesOf } from './move.service.ts';
import { viewPersons } from './person.service.ts';
import { listConsents, listDeclared, listOpenings, listVisits } from './record.store.ts';
import { viewConsents, viewOpenings } from './record.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { findPerson, type PersonRow } from './resident.store.ts';
import { findField } from '@wennuan/policy';

type PersonFile = RouteOutput<typeof routes.resident.readPerson>;

/** Aid that a file lists: the newest, as a page can hold it. */
const AID_LINES = 50;

/**
 * One person's file with everything personal masked; a department sees what its own rosters say. An erased person is
 * shown as such, with nothing of her. Refuses `person_not_in_area`.
 */
export async function readPersonFile(
  needs: ResidentNeeds,
  actor: Actor,
  personId: Id,
): Promise<PersonFile> {
  return await needs.database.read(actor, async (tx) => {
    const row = await findPerson(tx, personId);
    if (!row) throw new Refusal('person_not_in_area');
    const [view] = await viewPersons(needs, tx, [row]);
    const box = (await needs.vault.findBoxes(tx, [personId])).get(personId);
    if (!box || row.erased_at) return { ...view!, ...(await erasedFile(needs, tx, personId)) };
    const said = await readPersonFacts(needs, tx, personId);
    return {
      ...view!,
      isErased: false,
      scope: actor.login === 'department' ? 'own_rosters' : 'whole',
      masked: maskedOf(needs, { row, box, said }),
      gender: row.gender as Gender,
      ...sayings(needs, tx, said),
      claims: claimsOf(needs, said),
      households: await householdsOf(needs, tx, personId),
      aid: (await needs.aidOf?.(tx, personId, AID_LINES)) ?? [],
      exchanges: await viewExchanges(needs, tx, await listExchanges(tx, { personId })),
      ...(actor.login === 'department' ? NO_RECORD : await record(needs, tx, { row, box })),
    };
  });
}

/** Facts, groups and registered area in words. */
function sayings(needs: ResidentNeeds, tx: Scoped, { facts }: PersonFacts) {
  const today = dateInShanghai(tx.now);
  const areaName = areaNames(needs);
  const group = findField('group')!;
  const codes = facts
    .filter((fact) => fact.field === FIELD_NUMBER.registeredArea && holdsOn(fact, today))
    .map((fact) => String(fact.value).padStart(12, '0'));
  return {
    facts: fieldFactsOf(facts, { today, areaName, isMasked: true }),
    groups: facts
      .filter((fact) => fact.field === FIELD_NUMBER.group)
      .map((fact) => ({ ...viewFact(fact, today), words: wordsOf(group, fact.value, areaName) })),
    registered: [...new Set(codes)].map((code) => ({ code, name: areaName(code) })),
  };
}

const NO_RECORD = {
  entitlements: [],
  consents: [],
  visits: [],
  needs: [],
  opened: [],
  relatives: [],
  moves: [],
} satisfies Partial<PersonFile>;

/** What was noted about her: visits, consents, matters, who looked, relatives, moves. */
async function record(
  needs: ResidentNeeds,
  tx: Scoped,
  { row, box }: { row: PersonRow; box: Box },
) {
  const personId = row.id;
  const visits = await listVisits(tx, { personId });
  const declared = await listDeclared(tx, personId);
  const names = await needs.access.names(tx, [
    ...visits.map((visit) => visit.by_account_id),
    ...declared.map((tie) => tie.accountId),
  ]);
  return {
    consents: await viewConsents(needs, tx, await listConsents(tx, { personId })),
    visits: visits.map((visit) => ({
      id: visit.id,
      visitedAt: visit.visited_at.toISOString(),
      purpose: visit.purpose,
      byName: names.get(visit.by_account_id) ?? '',
      note: box.open(visit.note_sealed),
    })),
    needs: (await needs.needsOf?.(tx, personId)) ?? [],
    entitlements: (await needs.entitlementsOf?.(tx, personId)) ?? [],
    opened: await viewOpenings(needs, tx, await listOpenings(tx, { personId })),
    relatives: declared.map((tie) => ({
      name: names.get(tie.accountId) ?? '',
      declaredAt: tie.declaredAt.toISOString(),
    })),
    moves: await movesOf(needs, tx, personId),
  };
}

/** What is left of somebody who was erased: that she was, and what the ledger must keep. */
async function erasedFile(needs: ResidentNeeds, tx: Scoped, personId: Id) {
  return {
    ...NO_RECORD,
    isErased: true,
    scope: 'whole' as const,
    masked: { telephone: null, idNumber: null, address: null, birthDate: null },
    gender: 'unknown' as const,
    facts: [],
    groups: [],
    registered: [],
    claims: [],
    households: [],
    aid: (await needs.aidOf?.(tx, personId, AID_LINES)) ?? [],
    exchanges: await viewExchanges(needs, tx, await listExchanges(tx, { personId })),
  };
}
