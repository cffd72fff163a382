import type { Id } from '@wennuan/basics';
import type { Policy } from '@wennuan/policy';
import type { Selectable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';
import type { Round, Source } from './award.ts';

type SerialRound = Round & { serial: number };

function toRound(row: Selectable<DB['award_round']>): SerialRound {
  return {
    id: row.id,
    serial: row.serial,
    number: row.number,
    programCode: row.program_code,
    // Written by `openRound` from a definition the policy library has checked.
    definition: row.definition as unknown as Policy,
    source: row.source as Source,
    departmentId: row.department_id,
    period: row.period,
    areaId: row.area_id,
    openedAt: row.opened_at,
  };
}

interface Chosen {
  ids?: readonly Id[];
  programCode?: string;
  period?: string;
  areaId?: number;
  before?: number | undefined;
  limit?: number;
}

/** Rounds, newest first. */
export async function listRounds(tx: Scoped, chosen: Chosen): Promise<SerialRound[]> {
  let query = tx.db.selectFrom('award_round').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.programCode) query = query.where('program_code', '=', chosen.programCode);
  if (chosen.period) query = query.where('period', '=', chosen.period);
  if (chosen.areaId) query = query.where('area_id', '=', chosen.areaId);
  if (chosen.before) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  return (await query.execute()).map(toRound);
}

/** Rounds by id. */
export async function roundsById(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, Round>> {
  const rows = ids.length === 0 ? [] : await listRounds(tx, { ids });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Adds a round; one of the programme, period and area that is there already is answered instead. */
export async function insertRound(
  tx: Writing,
  round: Omit<Round, 'number' | 'openedAt'> & { versionId: Id | null },
): Promise<Round> {
  await tx.db
    .insertInto('award_round')
    .values({
      id: round.id,
      program_code: round.programCode,
      version_id: round.versionId,
      definition: JSON.stringify(round.definition),
      source: round.source,
      department_id: round.departmentId,
      period: round.period,
      area_id: round.areaId,
      opened_at: tx.now,
      opened_by: tx.actor.accountId,
    })
    .onConflict((conflict) => conflict.constraint('award_round_once').doNothing())
    .execute();
  const { programCode, period, areaId } = round;
  return (await listRounds(tx, { programCode, period, areaId }))[0]!;
}
