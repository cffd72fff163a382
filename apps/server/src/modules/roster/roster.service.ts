import { Refusal, type Id } from '@wennuan/basics';
import { findField } from '@wennuan/policy';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import {
  countUnplaced,
  findRoster,
  listRosters,
  listWaiting,
  readDeliveries,
  type RosterRecord,
} from './delivery.store.ts';
import { keyOfName, placeInName, type RosterKind, type RosterNaming } from './naming.ts';
import type { RosterNeeds } from './roster.needs.ts';
import { markStale } from './link.store.ts';
import { groupChoices, groupName } from './roster.words.ts';

/** What is told of a roster until somebody says otherwise. */
const PURPOSE = '找到应享受救助政策的人，核对救助是否到位';
const RETENTION_DAYS = 1_095;

/**
 * The roster that a file is the next delivery of: of its name, or else the only one of the department with the same columns
 * and group, for the same place. Undefined for one not on file.
 */
export async function findKnownRoster(
  tx: Scoped,
  file: { departmentId: Id; naming: RosterNaming; kind: RosterKind; headers: readonly string[] },
): Promise<RosterRecord | undefined> {
  const own = await tx.db
    .selectFrom('roster')
    .selectAll()
    .where('department_id', '=', file.departmentId)
    .execute();
  const named = own.find((one) => one.name_key === file.naming.nameKey);
  if (named) return named;
  const deliveries = await readDeliveries(
    tx,
    own.flatMap((one) => one.current_delivery_id ?? []),
  );
  const columns = fingerprint(file.headers);
  const alike = deliveries.filter(({ sheets }) =>
    sheets.some(
      (sheet) =>
        sheet.isRoster && fingerprint(sheet.columns.map(({ header }) => header)) === columns,
    ),
  );
  const place = placeInName(file.naming.name);
  const same = own.filter(
    (one) =>
      alike.some(({ roster_id }) => roster_id === one.id) &&
      one.group_code === file.kind.groupCode &&
      placeInName(one.name) === place,
  );
  return columns !== '' && same.length === 1 ? same[0] : undefined;
}

function fingerprint(headers: readonly string[]): string {
  return headers.filter(Boolean).toSorted().join('|');
}

/** Puts a roster on file; system login. */
export async function openRoster(
  needs: RosterNeeds,
  tx: Writing,
  file: { departmentId: Id; naming: RosterNaming; kind: RosterKind },
): Promise<RosterRecord> {
  const made = await tx.db
    .insertInto('roster')
    .values({
      id: needs.newId(),
      department_id: file.departmentId,
      area_id: needs.place.district()!.id,
      name: file.naming.name,
      name_key: file.naming.nameKey,
      group_code: file.kind.groupCode,
      registers_deaths: file.kind.registersDeaths,
      purpose: PURPOSE,
      legal_basis: 'statutory_duty',
      retention_days: RETENTION_DAYS,
      created_at: tx.now,
      created_by: tx.actor.accountId,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  tx.touched('roster', made.id);
  return made;
}

/** A roster as lists show it. */
export async function viewRosters(needs: RosterNeeds, actor: Actor) {
  return await needs.database.read(actor, async (tx) => {
    const rosters = await listRosters(tx);
    const deliveries = await readDeliveries(
      tx,
      rosters.flatMap((one) => one.current_delivery_id ?? []),
    );
    const waiting = new Map(
      (await listWaiting(tx)).toReversed().map((one) => [one.roster_id, one.id]),
    );
    const unplaced = await countUnplaced(tx, rosters);
    const names = await needs.organization.names(
      tx,
      rosters.map((one) => one.department_id),
    );
    const items = rosters.map((one) => {
      const delivery = deliveries.find(({ id }) => id === one.current_delivery_id);
      return {
        id: one.id,
        departmentId: one.department_id,
        departmentName: names.get(one.department_id) ?? '',
        name: one.name,
        groupCode: one.group_code,
        groupName: groupName(one.group_code, actor.language),
        registersDeaths: one.registers_deaths,
        purpose: one.purpose,
        legalBasis: one.legal_basis as 'statutory_duty' | 'agreed_sharing' | 'consent',
        retentionDays: one.retention_days,
        rowCount: delivery?.row_count ?? 0,
        unplacedCount: unplaced.get(one.id) ?? 0,
        delivery: delivery
          ? {
              id: delivery.id,
              fileName: delivery.file_name,
              importedAt: delivery.imported_at!.toISOString(),
            }
          : null,
        waitingId: waiting.get(one.id) ?? null,
      };
    });
    return { items, groups: groupChoices(actor.language) };
  });
}

/** What a person says of a roster. */
export interface RosterCommand {
  rosterId: Id;
  name: string;
  groupCode: string | null;
  registersDeaths: boolean;
  purpose: string;
  legalBasis: 'statutory_duty' | 'agreed_sharing' | 'consent';
  retentionDays: number;
}

/**
 * Changes what a roster is called and for; another group means other facts, so persons are put together anew. Refuses
 * `not_found`, `group_unknown`, `roster_name_taken`.
 */
export async function updateRoster(
  needs: RosterNeeds,
  actor: Actor,
  command: RosterCommand,
): Promise<void> {
  const groups = findField('group')!.values!;
  if (command.groupCode !== null && !groups.some(({ code }) => code === command.groupCode))
    throw new Refusal('group_unknown', {}, 'groupCode');
  await needs.database.write(actor, 'roster.update', async (tx) => {
    const roster = await findRoster(tx, command.rosterId);
    if (!roster) throw new Refusal('not_found');
    const named = await tx.db
      .selectFrom('roster')
      .select('id')
      .where('department_id', '=', roster.department_id)
      .where('id', '<>', roster.id)
      .where((build) =>
        build.or([
          build('name', '=', command.name),
          build('name_key', '=', keyOfName(command.name)),
        ]),
      )
      .executeTakeFirst();
    if (named) throw new Refusal('roster_name_taken', {}, 'name');
    await tx.db
      .updateTable('roster')
      .set({
        name: command.name,
        group_code: command.registersDeaths ? null : command.groupCode,
        registers_deaths: command.registersDeaths,
        purpose: command.purpose,
        legal_basis: command.legalBasis,
        retention_days: command.retentionDays,
      })
      .where('id', '=', roster.id)
      .execute();
    await markStale(tx);
    tx.touched('roster', roster.id);
  });
}
