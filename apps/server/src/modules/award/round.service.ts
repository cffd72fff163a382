import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { TaskInput } from '../desk/index.ts';
import type { KnownPerson } from '../resident/index.ts';
import { VISIT_DAYS, type Award, type Candidate, type Round } from './award.ts';
import { noteSteps } from './award.engine.ts';
import type { AwardNeeds, PolicyInForce } from './award.needs.ts';
import { periodOf } from './award.periods.ts';
import { mayBeNamed } from './award.rules.ts';
import { insertAwards, listAwards, listServed } from './award.store.ts';
import { errandTask, openTasks } from './award.tasks.ts';
import { foundMessage } from './award.words.ts';
import { insertRound, listRounds } from './round.store.ts';

/**
 * Opens the round of a programme's present period in an area, or adds who became a candidate since: an award for
 * each, a message to who is bound, a visit for her community. Who has the programme's help already, or was asked in
 * this period, is left out. Refuses `not_found`, `area_unknown`, `nobody_to_help`.
 */
export async function openRound(
  needs: AwardNeeds,
  tx: Writing,
  command: { programmeCode: string; areaId: number },
): Promise<{ roundId: Id; added: number }> {
  const inForce = (await needs.program.inForce(tx)).find(
    ({ policy }) => policy.code === command.programmeCode,
  );
  if (!inForce) throw new Refusal('not_found', {}, 'programmeCode');
  const period = presentPeriod(inForce.policy.cadence, tx);
  const areaIds = needs.place.below(command.areaId);
  const found = await needs.program.candidates(tx, { code: command.programmeCode, areaIds });
  const waiting = await leaveOutServed(tx, { found, period, programCode: command.programmeCode });
  const known = await listRounds(tx, {
    programCode: command.programmeCode,
    period,
    areaId: command.areaId,
  });
  if (waiting.length === 0 && known.length === 0) throw new Refusal('nobody_to_help');
  const round = known[0] ?? (await addRound(needs, tx, { inForce, period, ...command }));
  tx.touched('award_round', round.id);
  return { roundId: round.id, added: await addAwards(needs, tx, round, waiting) };
}

/** The period of today. Help on change is asked for in rounds named by their day. */
export function presentPeriod(cadence: Round['definition']['cadence'], tx: Scoped): string {
  const today = dateInShanghai(tx.now);
  return periodOf(cadence, today, today);
}

async function leaveOutServed(
  tx: Scoped,
  asked: { found: readonly Candidate[]; period: string; programCode: string },
): Promise<Candidate[]> {
  const { programCode, period } = asked;
  const beneficiaryIds = asked.found.map(beneficiaryOf);
  const served = await listServed(tx, { programCode, period, beneficiaryIds });
  const once = new Map(asked.found.map((candidate) => [beneficiaryOf(candidate), candidate]));
  return [...once].flatMap(([id, candidate]) => (served.has(id) ? [] : [candidate]));
}

/** What a benefit is counted by. */
function beneficiaryOf(candidate: Pick<Candidate, 'householdId' | 'personId'>): Id {
  return candidate.householdId ?? candidate.personId;
}

async function addRound(
  needs: AwardNeeds,
  tx: Writing,
  command: { inForce: PolicyInForce; period: string; areaId: number },
): Promise<Round> {
  const { policy, versionId, departmentId } = command.inForce;
  return await insertRound(tx, {
    id: needs.newId(),
    programCode: policy.code,
    versionId,
    definition: policy,
    source: policy.source,
    departmentId,
    period: command.period,
    areaId: command.areaId,
  });
}

async function addAwards(
  needs: AwardNeeds,
  tx: Writing,
  round: Round,
  candidates: readonly Candidate[],
): Promise<number> {
  const persons = await needs.resident.people(
    tx,
    candidates.map((candidate) => candidate.personId),
  );
  const rows = candidates.flatMap((candidate) => {
    const person = persons.get(candidate.personId);
    return person ? [rowOf(needs, tx, { round, candidate, person })] : [];
  });
  const added = await insertAwards(tx, rows);
  const awards = await listAwards(tx, { ids: [...added] });
  await noteSteps(needs, tx, { awards, move: 'found', note: '' });
  await openTasks(
    needs,
    tx,
    awards.map((award) => visitTask(needs, tx, award, persons.get(award.personId)!)),
  );
  await needs.message.send(
    tx,
    awards.flatMap((award) =>
      award.accountId
        ? [
            {
              accountId: award.accountId,
              topic: 'programme' as const,
              ...foundMessage(round, award.amount),
            },
          ]
        : [],
    ),
  );
  return awards.length;
}

function rowOf(
  needs: AwardNeeds,
  tx: Writing,
  given: { round: Round; candidate: Candidate; person: KnownPerson },
) {
  const { round, candidate, person } = given;
  return {
    id: needs.newId(),
    round_id: round.id,
    program_code: round.programCode,
    source: round.source,
    beneficiary_id: beneficiaryOf(candidate),
    person_id: person.id,
    account_id: person.accountId,
    // Where she is known now; the candidate row may be older than her move.
    area_id: person.areaId,
    department_id: round.departmentId,
    state: 'candidate',
    amount: candidate.amount,
    unit: round.definition.benefit.unit,
    may_be_named: mayBeNamed(round.definition, person, tx.now),
  };
}

/** The visit a worker makes for an award. Its title names nobody: the list shows the person to who may see her. */
export function visitTask(
  needs: Pick<AwardNeeds, 'place'>,
  tx: Scoped,
  award: Award,
  person: Pick<KnownPerson, 'building'> | undefined,
): TaskInput {
  return errandTask(needs, tx, {
    kind: 'visit',
    subjectKind: 'award',
    subject: award,
    number: award.number,
    title: `帮扶入户 ${award.programCode}`,
    days: VISIT_DAYS,
    building: person?.building ?? null,
  });
}
