import { checkCharacter } from '@wennuan/linkage';
import { writeXlsx, type WriteSheet } from 'hucre/xlsx';
import { sql } from 'kysely';
import type { DeliveryView } from '../src/modules/roster/delivery.service.ts';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { type TestDistrict } from './district.ts';

export interface RosterFile {
  fileName: string;
  bytes: Buffer;
}

/** An ID number that nobody has: born on `day` (`19500214`), the third last digits `order`, odd for men. */
export function idNumber(day: string, order = 2): string {
  const digits = `410199${day}${String(order).padStart(3, '0')}`;
  return `${digits}${checkCharacter(digits)}`;
}

/** A file of a roster as a department would send it. */
export function sheetOf(fileName: string, ...lines: readonly string[]): RosterFile {
  return { fileName, bytes: Buffer.from(`${lines.join('\n')}\n`) };
}

/** An officer of a department of that name, put on file where it is not. */
export async function departmentOfficer(
  district: TestDistrict,
  department: string,
): Promise<Actor> {
  const departments = await district.database.write(systemActor('test'), 'test.officer', (tx) =>
    district.organization.departments(tx, [department]),
  );
  return await district.addStaff({
    name: `officer-${department}`,
    displayName: `${department}经办`,
    role: 'department_officer',
    organizationId: departments.get(department)!,
  });
}

/** Reads and imports a file at once. */
export async function bringIn(district: TestDistrict, actor: Actor, file: RosterFile) {
  const { deliveryId } = await district.roster.read(actor, file);
  return await district.roster.import(actor, [deliveryId]);
}

/** Everything that follows from rows, as it stands: two equal texts are identical files. */
export async function dumpFiles(district: TestDistrict): Promise<string> {
  return await district.database.read(systemActor('test'), async (tx) => {
    const people = await sql`
      select id, area_id, gender, born_year, department_ids, merged_into,
        encode(derived_hash, 'hex') as hash
      from person order by id`.execute(tx.db);
    const facts = await sql`
      select person_id, field, value, since, until, source_row_id, department_id, area_id from person_fact
      order by person_id, field, value, source_row_id, since, until`.execute(tx.db);
    const seats = await sql`
      select household_id, person_id, is_head, relation, since, until, source_row_id from household_member
      order by household_id, person_id`.execute(tx.db);
    const rows = await sql`
      select source_row_id, person_id, area_id, since, until from row_person order by source_row_id`.execute(
      tx.db,
    );
    const terms =
      await sql`select term, area_id, person_id from person_term order by term, person_id`.execute(
        tx.db,
      );
    return JSON.stringify([people.rows, facts.rows, seats.rows, rows.rows, terms.rows], null, 1);
  });
}

/** An .xlsx file of such sheets, as it is handed in. */
export async function workbook(
  fileName: string,
  sheets: WriteSheet[],
  more: Omit<Parameters<typeof writeXlsx>[0], 'sheets'> = {},
): Promise<RosterFile> {
  return { fileName, bytes: Buffer.from(await writeXlsx({ sheets, ...more })) };
}

/** What was read of a file; nothing of it stays. */
export async function readAndDiscard(
  { roster }: TestDistrict,
  actor: Actor,
  file: RosterFile,
): Promise<DeliveryView> {
  const { deliveryId } = await roster.read(actor, file);
  const view = await roster.delivery(actor, deliveryId);
  await roster.discard(actor, deliveryId);
  return view;
}

/** The code of the refusal that a file gets, or `read`. */
export const refusalOf = ({ roster }: TestDistrict, actor: Actor, file: RosterFile) =>
  roster.read(actor, file).then(
    () => 'read',
    (thrown: { code: string }) => thrown.code,
  );
