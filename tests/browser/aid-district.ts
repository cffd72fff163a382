import { newId, type Id } from '@wennuan/basics';
import type { Role } from '@wennuan/contract';
import { post } from '@wennuan/ledger';
import { findField } from '@wennuan/policy';
import pg from 'pg';
import { programmes } from '../../apps/server/test-support/aid.ts';
import { composeOn } from '../../apps/server/src/commands/application.ts';
import { openDatabase } from '../../apps/server/src/commands/database.ts';
import { BANK_ACCOUNT } from '../../apps/server/src/modules/fund/index.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { newDistrict } from './empty-district.ts';

const COMMUNITY = '410103001001';
const STAFF: readonly [name: string, role: Role, area: string][] = [
  ['worker', 'community_worker', COMMUNITY],
  ['worker2', 'community_worker', COMMUNITY],
  ['street', 'street_officer', COMMUNITY.slice(0, 9)],
  ['federation', 'federation_officer', '410103'],
  ['approver', 'federation_approver', '410103'],
  ['approver2', 'federation_approver', '410103'],
  ['accountant', 'federation_accountant', '410103'],
];
export const PASSWORD = 'warm-warm-warm-2727';
export const TOTP_URI = 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
/** Who the programmes find: the first two for a voucher, the third for cash. */
const PEOPLE = [
  { name: '李春梅', telephone: '19900003001', group: 1 },
  { name: '赵秀兰', telephone: '19900003002', group: 1 },
  { name: '王玉芬', telephone: '19900003003', group: 9 },
] as const;
/** The resident who signs in herself. */
export const RESIDENT = PEOPLE[0].telephone;

/** An empty district with staff, three people on file, a fund of ¥10,000 and the programmes in force. */
export async function openAidDistrict(): Promise<string> {
  const dataDir = await newDistrict();
  const database = await openDatabase({ dataDir, log: () => undefined });
  const application = await composeOn(database, { log: false });
  try {
    await openStaff(application);
    const ids = await meet(application);
    await inSql(dataDir, async (sql) => {
      for (const [index, { group }] of PEOPLE.entries())
        await sql.query(
          `insert into person_fact (person_id, area_id, field, value, noted_at)
          select id, area_id, $2, $3, now() from person where id = $1`,
          [ids[index], findField('group')!.number, group],
        );
    });
    const { problems } = await application.program.importDecided(programmes);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    await application.program.evaluate();
    await openFund(application);
  } finally {
    await application.close();
    await database.close();
  }
  return dataDir;
}

type Application = Awaited<ReturnType<typeof composeOn>>;

async function openStaff({ access, database, place }: Application): Promise<void> {
  await database.write(systemActor('test'), 'test.staff', (tx) =>
    access.openStaff(
      tx,
      STAFF.map(([name, role, area]) => ({
        name,
        displayName: name,
        role,
        areaId: place.areaByCode(area).id,
        password: PASSWORD,
        totpSecret: new URL(TOTP_URI).searchParams.get('secret')!,
      })),
    ),
  );
}

async function meet({ access, database, place, resident }: Application): Promise<Id[]> {
  const areaId = place.areaByCode(COMMUNITY).id;
  return await database.write(systemActor('test'), 'test.people', async (tx) => {
    const ids = await resident.create(
      tx,
      PEOPLE.map(({ name, telephone }, index) => ({
        name,
        gender: 'female',
        birthDate: '1951-03-08',
        idNumber: null,
        telephone,
        address: `测试小区${index + 1}号楼1单元101`,
        areaId,
        consentForm: 'spoken',
        consentNote: '',
      })),
    );
    const accountId = await access.openResident(tx, { telephone: RESIDENT, homeAreaId: areaId });
    await resident.bind(tx, [{ personId: ids[0]!, accountId, method: 'face_to_face' }]);
    return ids;
  });
}

async function openFund({ database, fund }: Application): Promise<void> {
  await database.write(systemActor('test'), 'test.fund', async (tx) => {
    const [row] = await fund.createFunds(tx, [
      { name: '关爱帮扶基金', kind: 'special', areaId: null },
    ]);
    await post(tx.sql, {
      commands: [
        {
          key: 'test:fund',
          from: BANK_ACCOUNT,
          to: row!.id,
          amount: 1_000_000,
          reason: 'gift',
          document: { kind: 'test', id: row!.id },
          actor: null,
        },
      ],
      at: tx.now,
      newId,
    });
  });
}

/** Works in the district's database past row-level security, also while the server runs. */
async function inSql(dataDir: string, work: (sql: pg.Client) => Promise<unknown>): Promise<void> {
  const database = await openDatabase({ dataDir, log: () => undefined });
  const sql = new pg.Client({
    connectionString: database.ownerUrl,
    options: `-c search_path=${database.schema}`,
  });
  await sql.connect();
  await work(sql);
  await sql.end();
  await database.close();
}

/** The days of every notice that hangs are over. */
export async function letNoticesEnd(dataDir: string): Promise<void> {
  await inSql(dataDir, (sql) =>
    sql.query(`update award_notice set due_at = posted_at + interval '1 second'`),
  );
}
