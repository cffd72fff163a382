import { randomUUID } from 'node:crypto';
import { newId, type Id } from '@wennuan/basics';
import pg from 'pg';
import type { Actor } from '../src/platform/actor.ts';
import {
  createResident,
  type NewPerson,
  type ResidentNeeds,
} from '../src/modules/resident/index.ts';
import type { TestDistrict } from './district.ts';

/** An ID number of a region that no place has, born on a date, with a check digit that fits. */
export function idNumberOf(birthDate: string, order = '001'): string {
  const first = `410199${birthDate.replaceAll('-', '')}${order}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first[at]), 0);
  return first + '10X98765432'[sum % 11];
}

/** What a worker may write of a person met at the door. */
export const someone = {
  name: '王秀芳',
  gender: 'female',
  birthDate: '1951-03-08',
  idNumber: idNumberOf('1951-03-08', '002'),
  telephone: '19900000074',
  address: '绿云小区3号楼2单元401',
  consentForm: 'spoken',
  consentNote: '',
} as const satisfies Omit<NewPerson, 'areaId'>;

/** The module `resident` of a test district, with a way past row-level security to look behind it. */
export async function residentScene(district: TestDistrict, change: Partial<ResidentNeeds> = {}) {
  const needs: ResidentNeeds = { ...district, newId, newPersonId: randomUUID, ...change };
  const resident = createResident(needs);
  const owner = new pg.Client({
    connectionString: district.connection.ownerUrl,
    options: `-c search_path=${district.connection.schema}`,
  });
  await owner.connect();
  return {
    needs,
    resident,
    owner,
    /** Opens a file as a worker of 绿云社区; returns the person's id. */
    async meet(
      person: Partial<NewPerson> = {},
      actor: Actor = district.actors['worker']!,
    ): Promise<Id> {
      const [id] = await district.database.write(actor, 'test.meet', (tx) =>
        resident.create(tx, [{ ...someone, areaId: district.areaId(), ...person }]),
      );
      return id!;
    },
    /** Binds an account to a person as a worker does. */
    bind: (personId: Id, accountId: Id, actor: Actor = district.actors['worker']!) =>
      district.database.write(actor, 'test.bind', (tx) =>
        resident.bind(tx, [{ personId, accountId, method: 'face_to_face' }]),
      ),
  };
}
