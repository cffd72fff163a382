import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { addPurposes, type PurposeCommand } from '../src/modules/resident/exchange.service.ts';
import type { Actor } from '../src/platform/actor.ts';
import { departmentScene } from './departments.ts';
import { testDistrict } from './district.ts';
import { idNumberOf, residentScene } from './residents.ts';

/**
 * Two departments' rosters and who stands in them: one in the civil affairs' only, one in both (with an account, Ada's),
 * one in the other's only, one in nobody's; and the purposes for which one department may ask the other.
 */
export async function rosteredScene() {
  const district = await testDistrict();
  const departments = await departmentScene(district);
  const scene = await residentScene(district, {
    organizationNames: district.organization.names,
  });
  const [civilHer, bothHer, disabledHer] = [randomUUID(), randomUUID(), randomUUID()] as [
    Id,
    Id,
    Id,
  ];
  const { civilId, disabledId, putFact, putPeople } = departments;
  await putPeople([
    { id: civilHer, name: '赵低保', departments: [civilId], idNumber: null },
    {
      id: bothHer,
      name: '钱两家',
      departments: [civilId, disabledId],
      telephone: '19900000311',
      address: '绿云小区9号楼',
    },
    { id: disabledHer, name: '孙残疾', departments: [disabledId], idNumber: null },
  ]);
  const nobodys = await scene.meet({
    name: '李自来',
    idNumber: idNumberOf('1990-01-01', '002'),
    birthDate: null,
  });
  await putFact(civilHer, civilId, ['group', 'minimum_living']);
  await putFact(bothHer, civilId, ['group', 'minimum_living']);
  await putFact(bothHer, civilId, ['household_allowance_fen', 60_000]);
  await putFact(bothHer, civilId, ['student_grant_fen', 77_700]);
  await putFact(bothHer, disabledId, ['disability_grade', 'grade_1']);
  await putFact(bothHer, null, ['living_alone', 'yes']);
  const ada = await district.signUp('19900000311');
  await scene.bind(bothHer, ada.accountId!);
  const purpose = (change: Partial<PurposeCommand> = {}): PurposeCommand => ({
    departmentId: disabledId,
    purpose: '核对两项补贴资格',
    fields: ['group', 'household_allowance_fen', 'illness'],
    legalBasis: '《社会救助暂行办法》第五十八条',
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    ...change,
  });
  return {
    district,
    departments,
    scene,
    civilHer,
    bothHer,
    disabledHer,
    nobodys,
    ada,
    staff: (name: string): Actor => district.actors[name]!,
    purpose,
    /** Notes a purpose for which a department may ask. */
    allow: (actor: Actor, change: Partial<PurposeCommand> = {}) =>
      district.database.write(actor, 'test.purpose', (tx) =>
        addPurposes(scene.needs, tx, [purpose(change)]),
      ),
    async close() {
      await scene.owner.end();
      await district.close();
    },
  };
}
