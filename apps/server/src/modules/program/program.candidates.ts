import { dateInShanghai, type Id, type PlainDate, Refusal } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { explainHeld, type Policy } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { listPrograms, listVersions } from './program.store.ts';
import { withPlaces } from './program.words.ts';

type Line = RouteOutput<typeof routes.program.candidates>['items'][number];

/** Somebody whom a programme is meant for by what is on file. */
export interface Candidate {
  id: Id;
  programId: Id;
  code: string;
  versionId: Id;
  personId: Id;
  /** Of a benefit that comes once a household: the household, or the person where she has none. */
  householdId: Id | null;
  areaId: number;
  /** In the unit of the programme's benefit. */
  amount: number;
  held: number;
  since: PlainDate;
}

export interface CandidateSearch {
  programIds?: readonly Id[] | undefined;
  personIds?: readonly Id[] | undefined;
  areaIds?: readonly number[] | undefined;
  /** Id of the last one seen. */
  after?: Id | undefined;
  limit?: number | undefined;
}

/** Open candidates the caller may see, in order of id: staff of her areas, a department of its programmes, a resident herself. */
export async function listCandidates(tx: Scoped, search: CandidateSearch): Promise<Candidate[]> {
  let query = tx.db
    .selectFrom('candidate')
    .innerJoin('program', 'program.id', 'candidate.program_id')
    .select([
      'candidate.id',
      'candidate.program_id as programId',
      'program.code',
      'candidate.version_id as versionId',
      'candidate.person_id as personId',
      'candidate.household_id as householdId',
      'candidate.area_id as areaId',
      'candidate.amount',
      'candidate.held',
      'candidate.since',
    ])
    .where('candidate.ended_on', 'is', null)
    .orderBy('candidate.id');
  const { programIds, personIds, areaIds, after, limit } = search;
  if (programIds) query = query.where('candidate.program_id', 'in', [...programIds]);
  if (personIds) query = query.where('candidate.person_id', 'in', [...personIds]);
  if (areaIds) query = query.where('candidate.area_id', 'in', [...areaIds]);
  if (after) query = query.where('candidate.id', '>', after);
  if (limit !== undefined) query = query.limit(limit);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, amount: Number(row.amount), held: Number(row.held) }));
}

/** A page of a programme's candidates, masked, each with the reason; refuses `not_found`, `area_unknown`. */
export async function pageOfCandidates(
  needs: ProgramNeeds,
  tx: Scoped,
  asked: { code: string; areaCode?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: Line[]; next: string | null }> {
  const [program] = await listPrograms(tx, [asked.code]);
  if (!program) throw new Refusal('not_found');
  const areaIds = asked.areaCode
    ? needs.place.below(needs.place.areaByCode(asked.areaCode).id)
    : undefined;
  const { after, limit } = asked;
  const found = await listCandidates(tx, {
    programIds: [program.id],
    areaIds,
    after,
    limit: limit + 1,
  });
  const { shown, next } = cutPage(found, limit, (last) => last.id);
  const versions = await listVersions(tx, { programIds: [program.id], onlyDecided: true });
  const policies = new Map(versions.map((one) => [one.id, one.policy]));
  const people = await needs.resident.people(tx, [...new Set(shown.map((one) => one.personId))]);
  const reasonOf = reasons(needs, dateInShanghai(tx.now));
  return {
    items: shown.map((one) => {
      const person = people.get(one.personId);
      return {
        id: one.id,
        personId: one.personId,
        maskedName: person?.maskedName ?? null,
        bornYear: person?.bornYear ?? null,
        area: needs.place.ref(one.areaId),
        amount: one.amount,
        since: one.since,
        reason: reasonOf(policies.get(one.versionId)!, one.held),
      };
    }),
    next,
  };
}

/** Reasons by what holds: thousands of candidates share a few. */
export function reasons(needs: Pick<ProgramNeeds, 'place'>, on: PlainDate) {
  const said = withPlaces(needs);
  const known = new Map<string, { zh: string; en: string }>();
  return (policy: Policy, held: number) => {
    const key = `${policy.code} ${held}`;
    const found = known.get(key);
    if (found) return found;
    const { zh, en } = explainHeld(policy, held, on);
    const reason = said({ zh, en });
    known.set(key, reason);
    return reason;
  };
}
