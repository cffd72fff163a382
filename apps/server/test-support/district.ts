import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, type Id } from '@wennuan/basics';
import type { Role } from '@wennuan/contract';
import { testDatabase } from '../../../tooling/test-database.ts';
import { compose } from '../src/compose/index.ts';
import { systemActor, type Actor } from '../src/platform/actor.ts';

const AREAS = `code,name,level,parent_code
410103,二七区,district,
410103001,淮河路街道,street,410103
410103001001,绿云社区,community,410103001
410103001002,淮南社区,community,410103001
410103002,建中街街道,street,410103
410103002001,兰台社区,community,410103002
`;

/** Staff of the test district: who, and where. Two approvers and two workers, as the rules want two people. */
const STAFF: [name: string, role: Role, areaCode: string][] = [
  ['worker', 'community_worker', '410103001001'],
  ['worker2', 'community_worker', '410103001001'],
  ['worker-elsewhere', 'community_worker', '410103002001'],
  ['street', 'street_officer', '410103001'],
  ['street-elsewhere', 'street_officer', '410103002'],
  ['district', 'district_officer', '410103'],
  ['federation', 'federation_officer', '410103'],
  ['approver', 'federation_approver', '410103'],
  ['approver2', 'federation_approver', '410103'],
  ['approver3', 'federation_approver', '410103'],
  ['accountant', 'federation_accountant', '410103'],
  ['auditor', 'auditor', '410103'],
  ['administrator', 'administrator', '410103'],
];
export const TEST_PASSWORD = 'warm-warm-warm';
const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export type TestDistrict = Awaited<ReturnType<typeof testDistrict>>;

/**
 * The whole application on a database of its own, with two streets, three communities and an account
 * of every role, on a clock that stands still on Monday 2026-11-23 09:00 in Zhengzhou.
 */
export async function testDistrict(options: { wechatSandbox?: boolean } = {}) {
  const connection = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-test-'));
  const clock = fixedClock('2026-11-23T09:00:00+08:00');
  const application = await compose({
    connection,
    dataDir,
    clock,
    sandbox: true,
    ...options,
    limitRates: false,
    federationContact: '0371-00002727',
    log: false,
  });
  await application.place.importSheet(Buffer.from(AREAS));
  const actors = await openStaff(application);
  const { access, database, place } = application;
  return {
    ...application,
    connection,
    dataDir,
    clock,
    actors,
    /** Id of an area by its code; without one, 绿云社区. */
    areaId: (code = '410103001001') => place.areaByCode(code).id,
    /** A resident's account, as a first sign-in makes it. */
    signUp: (telephone: string, areaCode = '410103001001'): Promise<Actor> =>
      database.write(systemActor('test'), 'test.resident', async (tx) => {
        const homeAreaId = place.areaByCode(areaCode).id;
        const id = await access.openResident(tx, { telephone, homeAreaId });
        return await access.actorFor(tx, id, 'resident');
      }),
    /** One more of the staff, with the password of all of them. */
    addStaff: (staff: {
      name: string;
      displayName?: string;
      role: Role;
      areaId?: number;
      organizationId?: Id;
    }): Promise<Actor> =>
      database.write(systemActor('test'), 'test.staff', async (tx) => {
        const [opened] = await access.openStaff(tx, [
          {
            displayName: staff.name,
            areaId: null,
            password: TEST_PASSWORD,
            totpSecret: TOTP_SECRET,
            ...staff,
          },
        ]);
        return await access.actorFor(tx, opened!.accountId as Id, staff.role);
      }),
    /** Ends pools and removes the database and its files. */
    async close() {
      await application.close();
      await connection.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function openStaff({ access, database, place }: Awaited<ReturnType<typeof compose>>) {
  return await database.write(systemActor('test'), 'test.staff', async (tx) => {
    const opened = await access.openStaff(
      tx,
      STAFF.map(([name, role, areaCode]) => ({
        name,
        displayName: name,
        role,
        areaId: place.areaByCode(areaCode).id,
        password: TEST_PASSWORD,
        totpSecret: TOTP_SECRET,
      })),
    );
    const actors: Record<string, Actor> = {};
    for (const [index, [name, role]] of STAFF.entries())
      actors[name] = await access.actorFor(tx, opened[index]!.accountId as Id, role);
    return actors as Record<string, Actor>;
  });
}
