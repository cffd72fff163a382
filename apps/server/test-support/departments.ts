import type { Id } from '@wennuan/basics';
import { encodeFact, findField } from '@wennuan/policy';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { type TestDistrict } from './district.ts';
import { idNumberOf } from './residents.ts';

/** What a roster says of somebody, enough to open her file. */
export interface RosterLine {
  id: Id;
  name: string;
  departments: readonly Id[];
  birthDate?: string;
  idNumber?: string | null;
  telephone?: string | null;
  address?: string | null;
  areaId?: number;
}

export type DepartmentScene = Awaited<ReturnType<typeof departmentScene>>;

/** Two departments with an officer each, a station's operator, and a way to put people in as rosters do. */
export async function departmentScene(district: TestDistrict) {
  const { database, organization, resident } = district;
  const system = systemActor('test');
  const names = ['测试民政局', '测试残联'] as const;
  const ids = await database.write(system, 'test.departments', (tx) =>
    organization.departments(tx, names),
  );
  const civilId = ids.get(names[0])!;
  const disabledId = ids.get(names[1])!;
  const actors: Record<'civil' | 'disabled' | 'station', Actor> = {
    civil: await district.addStaff({
      name: 'civil',
      role: 'department_officer',
      organizationId: civilId,
    }),
    disabled: await district.addStaff({
      name: 'disabled',
      role: 'department_officer',
      organizationId: disabledId,
    }),
    station: await district.addStaff({
      name: 'station',
      role: 'station_operator',
      areaId: district.areaId(),
    }),
  };
  return {
    actors,
    civilId,
    disabledId,
    /** Opens files as an import does. */
    putPeople: (lines: readonly RosterLine[]) =>
      database.write(system, 'test.roster', (tx) =>
        resident.saveDerived(
          tx,
          lines.map((line) => ({
            id: line.id,
            identity: {
              name: line.name,
              gender: 'female' as const,
              birthDate: line.birthDate ?? '1951-03-08',
              idNumber:
                line.idNumber === undefined ? idNumberOf('1951-03-08', '002') : line.idNumber,
              telephone: line.telephone ?? null,
              address: line.address ?? null,
            },
            areaId: line.areaId ?? district.areaId(),
            departmentIds: line.departments,
            derivedHash: null,
            isNew: false,
          })),
        ),
      ),
    /** Adds a fact as a department's roster says it, since 2025. */
    putFact: (
      personId: Id,
      departmentId: Id | null,
      [code, value]: readonly [string, string | number],
    ) =>
      database.write(system, 'test.fact', async (tx) => {
        const stored = encodeFact(code, value);
        if (!stored) throw new Error(`${findField(code)?.zh ?? code} cannot be ${value}`);
        const person = await tx.db
          .selectFrom('person')
          .select('area_id')
          .where('id', '=', personId)
          .executeTakeFirstOrThrow();
        await tx.db
          .insertInto('person_fact')
          .values({
            person_id: personId,
            area_id: person.area_id,
            department_id: departmentId,
            field: stored.field,
            value: stored.value,
            since: '2025-01-01',
            noted_at: tx.now,
          })
          .execute();
      }),
  };
}
