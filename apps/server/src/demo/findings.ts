import { readFileSync } from 'node:fs';
import { addDays, dateInShanghai, type PlainDate } from '@wennuan/basics';
import type { FindingKind } from '@wennuan/contract';
import { systemActor, type Actor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { inventIdNumber, inventName } from './names.ts';
import type { Registrar } from './registry.ts';

const KNOWN = new URL(
  encodeURIComponent('卫健委-计生特殊家庭.csv'),
  new URL('../../../../demo/rosters/', import.meta.url),
);
/** People of one community who are on a list of the health commission from the same week on. */
const NEWCOMERS = 14;
const NEWCOMERS_SINCE_DAYS = 12;

/**
 * Deliveries in which aid supervision finds something: the same benefit from two departments, groups that exclude each
 * other, a community whose numbers jump. `arrivesOn` is the day on which the story will have arrived.
 */
export function suspiciousDeliveries(
  { place, random }: Registrar,
  arrivesOn: PlainDate,
): { fileName: string; bytes: Buffer }[] {
  const [benefits, exclusive] = [knownPeople().slice(0, 3), knownPeople().slice(3, 6)];
  const receivers = benefits.map((one) => `${one},P12`);
  const area = place.all().filter(({ level }) => level === 'community')[1]!;
  const since = addDays(arrivesOn, -NEWCOMERS_SINCE_DAYS);
  const newcomers = Array.from(
    { length: NEWCOMERS },
    (_, index) =>
      `${inventName(random)},${inventIdNumber(`196${index % 10}-0${1 + (index % 9)}-1${index % 9}`, 700 + index)},独生子女死亡,${area.name},${since}`,
  );
  return [
    file('总工会-在享待遇核查.csv', '姓名,身份证号,享受待遇编码', receivers),
    file('民政局-在享待遇核查.csv', '姓名,身份证号,享受待遇编码', receivers),
    file('民政局-低保家庭动态增补.csv', '姓名,身份证号', exclusive),
    file('民政局-特困供养人员动态增补.csv', '姓名,身份证号', exclusive),
    file('卫健委-计生特殊家庭增补.csv', '姓名,身份证号,特扶类型,居住社区,纳入日期', newcomers),
  ];
}

function file(fileName: string, header: string, rows: readonly string[]) {
  return { fileName, bytes: Buffer.from(`${[header, ...rows].join('\n')}\n`) };
}

/** Name and ID number of people in a roster, as it writes them. */
function knownPeople(): string[] {
  return readFileSync(KNOWN, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .filter(([, , , id]) => /^\d{17}[\dX]$/.test(id ?? ''))
    .map(([name, , , id]) => `${name},${id}`);
}

/** Somebody who visited declares later that the person is a relative: the award is looked at again. */
export async function declareLate(demo: Demo): Promise<void> {
  const granted = await demo.database.read(systemActor('demo'), (tx) =>
    tx.db
      .selectFrom('award')
      .select(['person_id', 'visited_by'])
      .where('state', 'in', ['granted', 'finished'])
      .where('visited_by', 'is not', null)
      .orderBy('serial')
      .executeTakeFirst(),
  );
  const worker = [...demo.staff.values()].find(
    ({ accountId }) => accountId === granted?.visited_by,
  );
  if (!granted || !worker) return;
  const body = { personId: granted.person_id, relation: '表姐妹' };
  await demo.resident.handlers.declareRelative(callOf(worker, { body }));
}

interface Ending {
  kind: FindingKind;
  outcome: 'recovered' | 'explained' | 'referred';
  note: string;
  referredTo: string | null;
}

/** One case of each end; the others stay open for whoever tries it. */
const ENDINGS: readonly Ending[] = [
  {
    kind: 'dead_paid',
    outcome: 'recovered',
    note: '与家属核对，去世后多发一个月的津贴已退回专户，名册已停发。',
    referredTo: null,
  },
  {
    kind: 'exclusive_benefits',
    outcome: 'explained',
    note: '本月由低保转为特困供养，两本名册交接中，低保自下月停发，没有重复领取。',
    referredTo: null,
  },
  {
    kind: 'same_benefit_twice',
    outcome: 'referred',
    note: '两个部门都登记了同一项待遇，请主管部门认定由哪一处发放。',
    referredTo: '区民政局社会救助科',
  },
];

/** The street has looked into some cases: ends them, and notes what it knows so far of another. */
export async function endSomeCases(demo: Demo): Promise<void> {
  const { handlers } = demo.supervision;
  const district = demo.staff.get('district')!;
  const openOf = async (kind: FindingKind) => {
    const query = { kind, open: 'true', limit: 50 };
    return (await handlers.findings(callOf(district, { query }))).items;
  };
  for (const { kind, ...ending } of ENDINGS) {
    const cases = await openOf(kind);
    const [one] = cases.filter(
      ({ evidence }) => ending.outcome !== 'recovered' || paidIn(evidence),
    );
    if (!one) continue;
    const recoveredYuan = ending.outcome === 'recovered' ? paidIn(one.evidence) : null;
    const body = { ...ending, recoveredYuan };
    await handlers.end(callOf(streetOf(demo, one.area), { params: { findingId: one.id }, body }));
  }
  const [jump] = await openOf('sudden_jump');
  if (!jump) return;
  const body = { note: '已请社区逐户核对，名册来自一次集中补录，正在等卫健委的批准文件。' };
  const params = { findingId: jump.id };
  await handlers.note(callOf(streetOf(demo, jump.area), { params, body }));
}

function streetOf(demo: Demo, area: { code: string }): Actor {
  const { id } = demo.place.areaByCode(area.code);
  // A small demo has no sign-in for every street.
  return demo.staff.get(`street-${demo.place.streetOf(id).code}`) ?? demo.staff.get('district')!;
}

/** What is paid a month, in yuan; null where it says only when. */
function paidIn(evidence: readonly { code: string; value: string }[]): string | null {
  const amount = evidence.find(({ code }) => code === 'amount')?.value;
  return amount?.replaceAll(/[^\d.]/g, '') ?? null;
}

/** The day of the demo's last half-day. */
export const arrivalOf = (demo: Demo): PlainDate => dateInShanghai(demo.halves.at(-1)!.ends);
