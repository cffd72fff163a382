import { readFileSync } from 'node:fs';
import { systemActor, type Actor } from '../platform/actor.ts';
import type { Registrar } from './registry.ts';

const FILE = new URL('../../../../demo/programs.json', import.meta.url);

/** The department that answers for each programme; the federation's own have none. */
const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  民政局: ['P01', 'P02', 'P03', 'P04', 'P06', 'P08', 'P15'],
  残联: ['P05', 'P17'],
  卫健委: ['P07'],
  总工会: ['P12', 'P18'],
  退役军人事务局: ['P13'],
};

/** A programme that nobody has decided yet: what the editor makes, and a reason to try what moving a line would do. */
const DRAFT = {
  code: 'P21',
  name: { zh: '重度残疾老人暖冬补贴', en: 'Winter allowance for severely disabled older people' },
  source: 'department',
  clause: {
    zh: '示例草案：待区温暖办决定',
    en: 'Sample draft: to be decided by the district office',
  },
  criteria: {
    all: [
      { field: 'age', operator: 'at_least', value: 60 },
      { field: 'group', operator: 'is', value: 'minimum_living' },
      { field: 'group', operator: 'is', value: 'disabled' },
      { field: 'disability_grade', operator: 'one_of', value: ['grade_1', 'grade_2'] },
    ],
  },
  unit: 'person',
  benefit: {
    what: { zh: '每月 88.50 元', en: '¥88.50 a month' },
    unit: 'fen',
    formula: { kind: 'fixed', amount: 8_850 },
  },
  cadence: 'monthly',
  delivery: 'cash',
  fund: null,
  notice: { kind: 'none' },
  validFrom: '2026-12-01',
  validUntil: null,
  exclusiveWith: [],
};

/** Brings the twenty programmes in as decided, says whose they are, finds their people, and leaves one more as the district's draft. */
export async function bringPrograms(registrar: Registrar, district: Actor): Promise<void> {
  const { database, organization, program } = registrar;
  const { problems } = await program.importDecided(JSON.parse(readFileSync(FILE, 'utf8')));
  if (problems.length > 0) throw new Error(`demo/programs.json: ${JSON.stringify(problems)}`);
  await database.write(systemActor('demo'), 'demo.programs', async (tx) => {
    const ids = await organization.departments(tx, Object.keys(DEPARTMENTS));
    const owners = Object.entries(DEPARTMENTS).flatMap(([name, codes]) =>
      codes.map((code) => [code, ids.get(name)!] as const),
    );
    await program.setDepartments(tx, new Map(owners));
  });
  await program.evaluate();
  await database.write(district, 'program.draft', (tx) =>
    program.saveDraft(tx, { definition: DRAFT, departmentId: null, baseVersionId: null }),
  );
}
