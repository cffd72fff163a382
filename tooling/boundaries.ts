import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import tiersFile from './tiers.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
const PROBES = join(import.meta.dirname, 'probes');
const MODULES = 'apps/server/src/modules';
const TESTS = '(\\.test\\.tsx?$|/test-support/|^tests/|^bench/|/soak\\.ts$|/test-[^/]+\\.ts$)';

/** An import the tool cannot follow is one it cannot judge. The compiler proves that such a rule bites. */
const FOLLOWED: IForbiddenRuleType = {
  name: 'imports-exist',
  severity: 'error',
  from: {},
  to: { couldNotResolve: true },
};

/** What the boundaries check found: sentences, empty when all is well. */
export interface Verdict {
  problems: string[];
  modules: number;
}

/**
 * Checks who imports whom, and that the check itself bites: every rule must reject the violation planted
 * for it in `tooling/probes`, and the tool must see the real files at all.
 */
export async function checkBoundaries(): Promise<Verdict> {
  const rules = boundaryRules(tiersFile.tiers);
  const folders = ['apps', 'packages', 'bench', 'tests', 'tooling'].filter((folder) =>
    existsSync(join(ROOT, folder)),
  );
  const real = await run(ROOT, folders, [...rules, FOLLOWED]);
  const problems = [
    ...strangers(tiersFile.tiers.flat()),
    ...real.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ];
  const crossing = real.modules.some(
    ({ source, dependencies }) =>
      source.startsWith('apps/server/') &&
      dependencies.some(({ resolved }) => resolved === 'packages/basics/src/index.ts'),
  );
  if (real.modules.length < 20 || !crossing) {
    problems.push(
      `the tool sees only ${real.modules.length} files, or not how packages are imported`,
    );
  }
  return { problems: [...problems, ...(await unbitten(rules))], modules: real.modules.length };
}

/** Rules whose planted violation was not rejected. */
async function unbitten(rules: IForbiddenRuleType[]): Promise<string[]> {
  const planted = await run(PROBES, ['apps', 'packages'], rules);
  const bitten = new Set(planted.summary.violations.map(({ rule }) => rule.name));
  return rules
    .filter((rule) => !bitten.has(rule.name ?? ''))
    .map((rule) => `the rule ${rule.name} does not reject its planted violation in tooling/probes`);
}

/** Module folders that have no tier. */
function strangers(known: string[]): string[] {
  return readdirSync(join(ROOT, MODULES), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.includes(entry.name))
    .map((entry) => `${MODULES}/${entry.name} has no tier in tooling/tiers.json`);
}

async function run(
  baseDir: string,
  folders: string[],
  forbidden: IForbiddenRuleType[],
): Promise<ICruiseResult> {
  const result = await cruise(folders, {
    baseDir,
    ruleSet: { forbidden },
    validate: true,
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data)/|^tooling/probes/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  });
  if (typeof result.output === 'string') throw new Error(result.output);
  return result.output;
}

/** The boundaries of the architecture as rules of the tool, made from the tiers. */
export function boundaryRules(tiers: string[][]): IForbiddenRuleType[] {
  return [
    ...moduleRules(tiers),
    ...serverRules(),
    ...libraryRules(),
    ...webRules(),
    ...anyRules(),
  ].map((rule) => ({ severity: 'error', ...rule }));
}

function moduleRules(tiers: string[][]): IForbiddenRuleType[] {
  const inModules = (names: string[]) => `^${MODULES}/(${names.join('|')})/`;
  const upward = tiers.map((tier, index) => ({
    name: `tier-${index}-imports-lower-tiers-only`,
    from: { path: inModules(tier) },
    to: { path: inModules(tiers.slice(index).flat()), pathNot: `^${MODULES}/$1/` },
  }));
  return [
    ...upward,
    {
      name: 'module-only-through-its-door',
      from: { path: `^${MODULES}/([^/]+)/`, pathNot: TESTS },
      to: { path: `^${MODULES}/[^/]+/`, pathNot: [`^${MODULES}/$1/`, '/index\\.ts$'] },
    },
    {
      name: 'outsiders-only-through-the-door',
      from: { pathNot: [`^${MODULES}/`, TESTS] },
      to: { path: `^${MODULES}/[^/]+/`, pathNot: '/index\\.ts$' },
    },
  ];
}

function serverRules(): IForbiddenRuleType[] {
  return [
    {
      name: 'platform-never-imports-modules',
      from: { path: '^apps/server/src/platform/', pathNot: TESTS },
      to: {
        path: `^apps/server/src/(modules|compose|commands|demo)/|^apps/server/src/[^/]+\\.ts$`,
      },
    },
    {
      name: 'modules-never-import-what-composes-them',
      from: { path: `^${MODULES}/`, pathNot: TESTS },
      to: { path: `^apps/server/src/(compose|commands|demo)/|^apps/server/src/[^/]+\\.ts$` },
    },
  ];
}

function libraryRules(): IForbiddenRuleType[] {
  return [
    {
      name: 'basics-depends-on-nothing',
      from: { path: '^packages/basics/', pathNot: TESTS },
      to: { pathNot: '^packages/basics/' },
    },
    {
      name: 'libraries-are-strangers',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: ['^packages/$1/', '^packages/basics/'] },
    },
    {
      name: 'libraries-never-see-the-application',
      from: { path: '^packages/', pathNot: TESTS },
      to: {
        path: '^(apps|tooling|bench|tests)/|node_modules/(fastify|@fastify|react|kysely)|^http',
      },
    },
  ];
}

function webRules(): IForbiddenRuleType[] {
  return [
    {
      name: 'web-imports-contract-basics-and-log-only',
      from: { path: '^apps/web/src/', pathNot: TESTS },
      to: { path: '^(packages/(?!(contract|basics|log)/)|apps/server/|tooling/|bench/|tests/)' },
    },
    {
      name: 'web-areas-never-import-each-other',
      from: { path: '^apps/web/src/areas/([^/]+)/' },
      to: { path: '^apps/web/src/areas/', pathNot: '^apps/web/src/areas/$1/' },
    },
    {
      name: 'web-shared-knows-no-area',
      // The one list of all texts is where their types come together.
      from: { path: '^apps/web/src/shared/', pathNot: '/i18n/types\\.d\\.ts$' },
      to: { path: '^apps/web/src/areas/' },
    },
  ];
}

function anyRules(): IForbiddenRuleType[] {
  return [
    {
      name: 'tests-stay-in-tests',
      from: { path: '^(apps|packages)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-circles',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ];
}
