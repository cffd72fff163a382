import { dateInShanghai, type PlainDate } from '@wennuan/basics';
import { appendEvents, type SequencedEvent } from '@wennuan/ledger';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import { type Moved, replaceCandidates } from './candidate.moves.ts';
import { replaceOfChanged } from './candidate.some.ts';
import { isAnybodyChanged, lockEvaluation, markEvaluated, noteChanged } from './candidate.store.ts';
import { addFigures, countOpen, type FigureRow, replaceFigures } from './figure.store.ts';
import { holdsOn, type PolicyInForce, type Program, type Version } from './program.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { listPrograms, listVersions } from './program.store.ts';

/** Notes of changed people that one transaction takes. */
const PEOPLE_AT_ONCE = 10_000;

/** The decided policies that hold on a day, by code; any login. */
export async function policiesOn(tx: Scoped, on: PlainDate): Promise<PolicyInForce[]> {
  const programs = await listPrograms(tx);
  const versions = await listVersions(tx, { onlyDecided: true });
  return programs.flatMap((program) => {
    const found = versions.find((one) => one.programId === program.id && holdsOn(one, on));
    return found ? [inForce(program, found)] : [];
  });
}

function inForce(program: Program, version: Version): PolicyInForce {
  const { id: programId, departmentId } = program;
  return { programId, versionId: version.id, departmentId, policy: version.policy };
}

/**
 * Brings candidates up to date: programmes whose version changed, and on a new day all of them (people grow older), over
 * everybody in one statement; else the people whose facts changed. Says how many turns it took. Every way ends in the same
 * rows, whatever came before.
 */
export async function bringUpToDate(needs: ProgramNeeds): Promise<number> {
  let turns = 1;
  while (await turn(needs)) turns += 1;
  return turns;
}

async function turn(needs: ProgramNeeds): Promise<boolean> {
  return await needs.database.write(systemActor('program.evaluate'), null, async (tx) => {
    const on = dateInShanghai(tx.now);
    await lockEvaluation(tx);
    const programs = await listPrograms(tx);
    const policies = await policiesOn(tx, on);
    const versionOf = new Map(policies.map((one) => [one.programId, one.versionId]));
    const stale = programs.filter(
      (one) => one.evaluatedOn !== on || one.evaluatedVersionId !== (versionOf.get(one.id) ?? null),
    );
    if (stale.length > 0) {
      await evaluateAll(needs, tx, { on, programs: stale, policies });
      return true;
    }
    if (!(await isAnybodyChanged(tx))) return false;
    const found = await replaceOfChanged(tx, on, { policies, limit: PEOPLE_AT_ONCE });
    await addFigures(tx, addUp(needs, found.differences));
    await tell(needs, tx, found.moved);
    return found.taken === PEOPLE_AT_ONCE;
  });
}

interface Full {
  on: PlainDate;
  programs: readonly Program[];
  policies: readonly PolicyInForce[];
}

async function evaluateAll(needs: ProgramNeeds, tx: Writing, { on, programs, policies }: Full) {
  const programIds = programs.map(({ id }) => id);
  const concerned = policies.filter(({ programId }) => programIds.includes(programId));
  const moved = await replaceCandidates(tx, { on, programIds, policies: concerned });
  await markEvaluated(
    tx,
    on,
    programIds.map((programId) => ({
      programId,
      versionId: concerned.find((one) => one.programId === programId)?.versionId ?? null,
    })),
  );
  await replaceFigures(tx, programIds, addUp(needs, await countOpen(tx, programIds)));
  await tell(needs, tx, moved);
}

/** Tells whose candidates changed. */
async function tell(needs: ProgramNeeds, tx: Writing, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  await appendEvents(
    tx.sql,
    moved.map(({ programId, began, ended }) => ({
      id: needs.newId(),
      topic: 'program.evaluated',
      subjectKind: 'program',
      subjectId: programId,
      areaId: needs.place.district()?.id ?? null,
      body: { programId, began, ended },
    })),
  );
}

/** Places, and their sums by street and district. */
export function addUp(needs: Pick<ProgramNeeds, 'place'>, places: readonly FigureRow[]) {
  const sums = new Map<string, FigureRow & { scope: 'street' | 'district' }>();
  const add = (scope: 'street' | 'district', areaId: number, row: FigureRow) => {
    const key = `${row.programId} ${scope} ${areaId}`;
    const sum = sums.get(key) ?? { ...row, areaId, scope, candidates: 0, amount: 0 };
    sum.candidates += row.candidates;
    sum.amount += Number(row.amount);
    sums.set(key, sum);
  };
  const district = needs.place.district();
  for (const row of places) {
    add('street', needs.place.streetOf(row.areaId).id, row);
    if (district) add('district', district.id, row);
  }
  return [...places.map((row) => ({ ...row, scope: 'place' as const })), ...sums.values()];
}

/** Whose account changed is evaluated again, so that she sees what is hers. */
export function bindingConsumer(): Consumer {
  return {
    name: 'program.bindings',
    topics: ['resident.bound', 'resident.unbound'],
    consume: (tx, events: readonly SequencedEvent[]) =>
      noteChanged(
        tx,
        events.map((event) => event.subjectId),
      ),
  };
}
