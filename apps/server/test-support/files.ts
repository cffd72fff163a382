import type { Id } from '@wennuan/basics';
import { noteFacts, type NoteCommand } from '../src/modules/resident/facts.service.ts';
import { readPersonFile } from '../src/modules/resident/file.service.ts';
import type { EntitlementLine, NewPerson, SourceLine } from '../src/modules/resident/index.ts';
import type { Actor } from '../src/platform/actor.ts';
import { departmentScene } from './departments.ts';
import { testDistrict } from './district.ts';
import { idNumberOf, residentScene } from './residents.ts';

const entitlement = (code: string, isCandidate: boolean): EntitlementLine => ({
  code,
  name: { zh: '高龄津贴', en: 'Old-age allowance' },
  source: 'statutory',
  clause: { zh: '第一条', en: 'Clause 1' },
  what: { zh: '每月 100 元', en: '¥100 a month' },
  isCandidate,
  throughHousehold: false,
  amount: 10_000,
  amountUnit: 'fen',
  cadence: 'monthly',
  delivery: 'cash',
  since: null,
  reason: { zh: '年满 80 岁', en: 'aged 80' },
  because: [],
  missing: [],
});

/** The module `resident` with departments, and ports that answer what a test puts into them. */
export async function fileScene() {
  const district = await testDistrict();
  const departments = await departmentScene(district);
  const sources = new Map<Id, SourceLine[]>();
  const duties = new Map<Id, string>();
  const scene = await residentScene(district, {
    organizationNames: district.organization.names,
    sourcesOf: async (_tx, personId) => sources.get(personId) ?? [],
    keeps: [async (_tx, id) => (duties.has(id) ? [{ words: duties.get(id)! }] : [])],
    aidOf: async () => [
      {
        id: 'a',
        at: '2026-10-01T09:00:00+08:00',
        title: { zh: '高龄津贴', en: 'Old-age allowance' },
        from: '测试民政局',
        amountFen: 10_000,
        amountWords: null,
        state: { zh: '已发放', en: 'Paid' },
      },
    ],
    entitlementsOf: async () => [entitlement('P03', true), entitlement('P09', false)],
  });
  const worker = district.actors['worker']!;
  let order = 0;
  return {
    ...scene,
    district,
    departments,
    /** What the port `sourcesOf` answers. */
    sources,
    /** What the port `keeps` answers. */
    duties,
    async close() {
      await scene.owner.end();
      await district.close();
    },
    read: (personId: Id, actor: Actor = worker) => readPersonFile(scene.needs, actor, personId),
    /** Notes a fact as a worker; that she lives alone, when nothing else is asked. */
    note: (command: Partial<NoteCommand> & { personId: Id }, actor: Actor = worker) =>
      district.database.write(actor, 'test.note', (tx) =>
        noteFacts(scene.needs, tx, [
          {
            field: 'living_alone',
            value: 'yes',
            since: null,
            consentForm: null,
            consentNote: '',
            ...command,
          },
        ]),
      ),
    /** Opens the file of somebody with numbers of her own. */
    meetAnother: (change: Partial<NewPerson> = {}): Promise<Id> => {
      order += 1;
      const place = String(order).padStart(2, '0');
      const idNumber = idNumberOf('1951-03-08', `${place}2`);
      return scene.meet({ idNumber, telephone: `199000005${place}`, ...change });
    },
  };
}
