import { createHmac } from 'node:crypto';
import type { Role } from '@wennuan/contract';
import type { DemoSignIns } from '../modules/access/index.ts';
import { systemActor } from '../platform/actor.ts';
import { inventName } from './names.ts';
import type { Demo } from './index.ts';

/** Departments whose officers have accounts, and the officers' sign-in names. */
export const DEPARTMENT_OFFICERS: readonly (readonly [department: string, name: string])[] = [
  ['民政局', 'department-civil-affairs'],
  ['残联', 'department-disabled'],
];

/** Every demo account of the staff has this password; its one-time codes are shown at /sandbox/codes. */
const PASSWORD = 'wennuan-2727';
const WORKERS_PER_COMMUNITY = 2;

interface Post {
  name: string;
  role: Role;
  areaCode: string;
  title: string;
}

/** Opens two workers for each community, an officer for each street, and the offices of district and federation. */
export async function openDemoStaff(demo: Demo): Promise<void> {
  const posts = listPosts(demo);
  const progress = demo.showProgress('工作人员账号 · staff accounts', posts.length);
  await demo.database.write(systemActor('demo'), 'demo.staff', async (tx) => {
    const opened = await demo.access.openStaff(
      tx,
      posts.map((post) => ({
        name: post.name,
        displayName: `${inventName(demo.random)}${post.title && `（${post.title}）`}`,
        role: post.role,
        areaId: demo.place.areaByCode(post.areaCode).id,
        ...demo.signIn(post.name),
      })),
    );
    const actors = await demo.access.actorsFor(
      tx,
      opened.map(({ accountId }) => accountId),
    );
    for (const [index, post] of posts.entries()) demo.staff.set(post.name, actors[index]!);
  });
  progress.end();
}

function listPosts({ place }: Demo): Post[] {
  const areas = place.all();
  const district = place.district()!.code;
  const offices: [string, Role, string][] = [
    ['district', 'district_officer', '温暖办'],
    ['federation', 'federation_officer', '慈善总会项目'],
    ['approver', 'federation_approver', '慈善总会秘书长'],
    ['approver2', 'federation_approver', '慈善总会副会长'],
    ['approver3', 'federation_approver', '慈善总会会长'],
    ['accountant', 'federation_accountant', '慈善总会会计'],
    ['auditor', 'auditor', '审计'],
    ['administrator', 'administrator', '系统管理'],
  ];
  const first = areas.find((area) => area.level === 'community')!;
  return [
    ...offices.map(([name, role, title]) => ({ name, role, title, areaCode: district })),
    { name: 'station', role: 'station_operator', title: '驿站收银', areaCode: first.code },
    ...areas
      .filter((area) => area.level === 'street')
      .map((area) => post(`street-${area.code}`, 'street_officer', area.code)),
    ...areas
      .filter((area) => area.level === 'community')
      .flatMap((area) =>
        Array.from({ length: WORKERS_PER_COMMUNITY }, (_, index) =>
          post(`worker-${area.code}${'ab'[index]}`, 'community_worker', area.code),
        ),
      ),
  ];
}

function post(name: string, role: Role, areaCode: string): Post {
  return { name, role, areaCode, title: '' };
}

/** A TOTP secret that is the same each time the demo is made, so that a phone set up once goes on working. */
function secretFor(name: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes = createHmac('sha256', 'demo district').update(name).digest();
  return Array.from(bytes, (byte) => alphabet[byte & 31]).join('');
}

/** Password and TOTP secret of a demo account. */
export function signInOf(name: string): { password: string; totpSecret: string } {
  return { password: PASSWORD, totpSecret: secretFor(name) };
}

const RESIDENT_NOTES = [
  '有一个心愿在墙上，也常捐款 · a wish on the wall, gives often',
  '求助已送达，等她确认 · her request waits for her word',
  '捐过款、出过力，可看去向 · has given money and hours',
];

/** Notes whom a visitor of the demo can sign in as. */
export async function writeSignIns(demo: Demo): Promise<void> {
  const { place } = demo;
  const first = place.all().find((area) => area.level === 'community')!;
  const signIns: DemoSignIns = {
    password: PASSWORD,
    staff: [
      `worker-${first.code}a`,
      `worker-${first.code}b`,
      `street-${place.streetOf(first.id).code}`,
      ...listPosts(demo)
        .filter((one) => one.title)
        .map((one) => one.name),
      ...DEPARTMENT_OFFICERS.map(([, name]) => name),
      'enterprise',
    ],
    residents: demo.people
      .get(first.id)!
      .slice(0, RESIDENT_NOTES.length)
      .map(({ telephone, name }, index) => ({
        telephone: telephone!,
        displayName: name,
        note: RESIDENT_NOTES[index]!,
      })),
  };
  const value = JSON.stringify(signIns);
  await demo.database.write(systemActor('demo'), 'demo.sign_ins', async (tx) => {
    await tx.db
      .insertInto('setting')
      .values({ name: 'demo_sign_ins', value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    tx.touched('setting', 'demo_sign_ins');
  });
}
