import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { StatedFields } from './derive.types.ts';
import type { RosterNeeds } from './roster.needs.ts';
import type { RosterSheet } from './understand.ts';

/** One row in force and whose it is. `row` is the line in the sheet, from 1. */
export interface LinkLine {
  file: string;
  row: number;
  personId: Id;
}

/** All rows in force with their persons, by file and line. */
export async function readLinks(needs: Pick<RosterNeeds, 'database'>): Promise<LinkLine[]> {
  return await needs.database.read(systemActor('roster links'), async (tx) => {
    const { rows } = await sql<{
      file_name: string;
      sheets: RosterSheet[];
      sheet: number;
      line: number;
      person_id: Id;
    }>`select delivery.file_name, entry.sheet, entry.line, mine.person_id,
        case when jsonb_array_length(delivery.sheets) > 1 then delivery.sheets else '[]' end as sheets
      from roster
      join roster_delivery delivery on delivery.id = roster.current_delivery_id
      join delivery_row entry on entry.delivery_id = delivery.id
      join source_row row on row.id = entry.source_row_id
      join row_person mine on mine.lineage_id = row.lineage_id
      order by delivery.file_name, entry.sheet, entry.line`.execute(tx.db);
    return rows.map((row) => ({
      // Rows of a workbook with several sheets are told apart by the sheet's name.
      file:
        row.sheets.filter(({ isRoster }) => isRoster).length > 1
          ? `${row.file_name}#${row.sheets[row.sheet]!.name}`
          : row.file_name,
      row: row.line,
      personId: row.person_id,
    }));
  });
}

/** What one row says of a person, for her file. */
export interface SourceOfPerson {
  sourceRowId: Id;
  departmentId: Id;
  department: string;
  roster: string;
  deliveredOn: PlainDate;
  since: PlainDate | null;
  until: PlainDate | null;
  says: {
    name: string | null;
    telephone: string | null;
    idNumber: string | null;
    address: string | null;
    birthDate: string | null;
  };
}

/** What rosters say of a person, row by row, as far as the caller may see them: the newest delivery first. */
export async function sourcesOf(
  needs: Pick<RosterNeeds, 'vault' | 'organization'>,
  tx: Scoped,
  personId: Id,
): Promise<SourceOfPerson[]> {
  const { rows } = await sql<{
    source_row_id: Id;
    department_id: Id;
    name: string;
    delivered_on: PlainDate;
    statement_sealed: Buffer;
    since: PlainDate | null;
    until: PlainDate | null;
  }>`select source_row_id, department_id, roster_name as name, delivered_on, statement_sealed, since, until
    from row_person where person_id = ${personId}
    order by delivered_on desc, source_row_id`.execute(tx.db);
  const box = (await needs.vault.findBoxes(tx, [personId])).get(personId);
  if (!box) return [];
  const names = await needs.organization.names(
    tx,
    rows.map((row) => row.department_id),
  );
  return rows.map((row) => {
    const said = JSON.parse(box.open(row.statement_sealed)) as StatedFields;
    return {
      sourceRowId: row.source_row_id,
      departmentId: row.department_id,
      department: names.get(row.department_id) ?? '',
      roster: row.name,
      deliveredOn: row.delivered_on,
      since: row.since,
      until: row.until,
      says: {
        name: said.name ?? null,
        telephone: said.telephone ?? null,
        idNumber: said.idNumber ?? null,
        address: said.address ?? null,
        birthDate: said.birthDate ?? null,
      },
    };
  });
}
