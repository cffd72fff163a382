import { parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteInput } from '@wennuan/contract';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { handling } from './findings.ts';
import { lookForFindings } from './supervision.look.ts';
import type { SupervisionNeeds } from './supervision.needs.ts';
import {
  endFinding,
  findFinding,
  insertFound,
  insertSteps,
  markGone,
  noteLooked,
  type FindingRow,
} from './supervision.store.ts';

type Ending = RouteInput<typeof routes.supervision.end>['body'];

/**
 * Looks through registry, awards and payments as they are now. New findings become cases with a task; those no longer
 * shown are marked. Doing it twice, or in two processes, makes no case twice. Answers how many are new and gone.
 */
export async function look(needs: SupervisionNeeds): Promise<{ found: number; gone: number }> {
  return await needs.database.write(systemActor('supervision'), 'supervision.look', async (tx) => {
    const policies = await needs.program.policies(tx);
    const found = await lookForFindings(
      tx,
      policies.map(({ policy }) => policy),
    );
    const added = await insertFound(
      tx,
      found.map((one) => ({ ...one, id: needs.newId() })),
    );
    const moved = await markGone(tx, found);
    await insertSteps(tx, [
      ...added.map((row) => step(needs, { id: row.id, areaId: row.area_id }, 'found')),
      ...moved.map((one) => step(needs, one, one.isGone ? 'gone' : 'found_again')),
    ]);
    await needs.desk.open(
      tx,
      added.map((row) => taskOf(needs, row, tx.now)),
    );
    await noteLooked(tx);
    const gone = moved.filter((one) => one.isGone).length;
    tx.touched('supervision', 'look', `${added.length}/${gone}`);
    return { found: added.length, gone };
  });
}

function step(needs: SupervisionNeeds, on: { id: Id; areaId: number }, move: string) {
  return { id: needs.newId(), findingId: on.id, areaId: on.areaId, move, noteSealed: null };
}

function taskOf(needs: SupervisionNeeds, row: FindingRow, now: Date) {
  const { roles, level, minutes, title } = handling[row.kind as keyof typeof handling];
  const { workingTime } = needs.place;
  return {
    kind: 'supervise' as const,
    subjectKind: 'finding' as const,
    subjectId: row.id,
    number: row.number,
    title,
    detail: null,
    areaId: row.area_id,
    building: null,
    roles,
    level,
    dueAt: workingTime.add(now, minutes),
    warnAt: workingTime.add(now, Math.floor(minutes / 2)),
    urgent: false,
    askerAccountId: null,
  };
}

/** Adds what was found out about an open case; refuses `not_found`, `finding_ended`. */
export async function noteFinding(
  needs: SupervisionNeeds,
  actor: Actor,
  input: { findingId: Id; note: string },
): Promise<void> {
  await needs.database.write(actor, 'supervision.note', async (tx) => {
    const row = await openCase(tx, input.findingId);
    await addNote(needs, tx, { row, move: 'noted', note: input.note });
  });
}

/**
 * Ends a case. Refuses `not_found`, `finding_ended`; `recovered_amount_required` and `amount_invalid` for a recovery without
 * a sum, `referred_to_required` for a referral to nobody.
 */
export async function endCase(
  needs: SupervisionNeeds,
  actor: Actor,
  input: { findingId: Id } & Ending,
): Promise<void> {
  const { outcome } = input;
  if (outcome === 'recovered' && !input.recoveredYuan)
    throw new Refusal('recovered_amount_required', {}, 'recoveredYuan');
  if (outcome === 'referred' && !input.referredTo)
    throw new Refusal('referred_to_required', {}, 'referredTo');
  const recoveredFen = outcome === 'recovered' ? parseYuan(input.recoveredYuan!) : null;
  if (outcome === 'recovered' && !recoveredFen)
    throw new Refusal('amount_invalid', {}, 'recoveredYuan');
  const referredTo = outcome === 'referred' ? input.referredTo : null;
  await needs.database.write(actor, 'supervision.end', async (tx) => {
    const row = await openCase(tx, input.findingId);
    if (!(await endFinding(tx, row.id, { outcome, referredTo, recoveredFen })))
      throw new Refusal('finding_ended');
    await addNote(needs, tx, { row, move: 'ended', note: input.note });
    await needs.desk.close(tx, [{ subjectId: row.id }]);
  });
}

async function openCase(tx: Writing, id: Id): Promise<FindingRow> {
  const row = await findFinding(tx, id);
  if (!row) throw new Refusal('not_found');
  if (row.ended_at) throw new Refusal('finding_ended');
  return row;
}

async function addNote(
  needs: SupervisionNeeds,
  tx: Writing,
  { row, move, note }: { row: FindingRow; move: string; note: string },
): Promise<void> {
  const box = (await needs.vault.boxes(tx, [row.id])).get(row.id)!;
  const common = step(needs, { id: row.id, areaId: row.area_id }, move);
  await insertSteps(tx, [{ ...common, noteSealed: box.seal(note) }]);
  tx.touched('finding', row.id, move);
}
