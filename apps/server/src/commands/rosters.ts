import { createWriteStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { dateInShanghai, isRefusal } from '@wennuan/basics';
import { refusalSentence, type RefusalCode } from '@wennuan/contract';
import { systemActor } from '../platform/actor.ts';
import { problemWords, type DeliveryView, type ProblemView } from '../modules/roster/index.ts';
import { composeOn } from './application.ts';
import { requireReadable, requireWritable } from './files.ts';
import { CommandError } from './errors.ts';
import { showProgress } from './progress.ts';
import { type CommonOptions, usingDistrict } from './using-database.ts';

type Application = Awaited<ReturnType<typeof composeOn>>;

const ACTOR = systemActor('command line');
const AREAS_FILE = 'areas.csv';
const SHEET = /\.(xlsx|xlsm|xls|csv|tsv)$/i;

interface NamedFile {
  path: string;
  bytes: number;
  /** Named on the command line itself, so that it must be a roster. */
  isNamed: boolean;
}

/** `wennuan rosters import FILE…`: rosters from files and folders, each whole or not at all. */
export async function runRostersImport(
  paths: readonly string[],
  options: CommonOptions & { report?: string },
): Promise<void> {
  const files = paths.flatMap(filesOf);
  if (options.report !== undefined) requireWritable(options.report);
  if (files.length === 0)
    throw new CommandError('没有找到任何表格文件。', 'No sheet was found there.');
  // Left to itself the heap grows to four times what is in use before anything is thrown away, and what is young twice more.
  setFlagsFromString('--heap-growing-percent=40');
  setFlagsFromString('--semi-space-growth-factor=1');
  await withApplication(options, async (application) => {
    const { refused, deliveries } = await importFiles(application, files);
    if (options.report !== undefined) await writeReport(application, options.report, deliveries);
    if (refused.length === 0) return;
    throw new CommandError(
      `有 ${refused.length} 个文件没有导入：${refused.join('、')}`,
      `${refused.length} files were not imported; see above.`,
    );
  });
}

function filesOf(path: string): NamedFile[] {
  requireReadable(path);
  const stat = statSync(path);
  if (!stat.isDirectory()) return [{ path, bytes: stat.size, isNamed: true }];
  return readdirSync(path)
    .filter((name) => SHEET.test(name) && !name.startsWith('~$') && !name.startsWith('.'))
    .toSorted()
    .map((name) => join(path, name))
    .map((file) => ({ path: file, bytes: statSync(file).size, isNamed: false }));
}

async function withApplication(
  options: CommonOptions,
  work: (application: Application) => Promise<void>,
): Promise<void> {
  await usingDistrict(options, async (database) => {
    const application = await composeOn(database, { log: false });
    try {
      await work(application);
    } finally {
      await application.close();
    }
  });
}

/** Reads all files and imports what is a roster in one go. Returns what was read, and the names of those that should have been and were not. */
async function importFiles(
  application: Application,
  all: readonly NamedFile[],
): Promise<{ refused: string[]; deliveries: DeliveryView[] }> {
  const files = await importAreasFirst(application, all);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const progress = showProgress('读取名册 · reading', total);
  const refused: string[] = [];
  const reports: string[] = [];
  const deliveries: DeliveryView[] = [];
  const waiting: string[] = [];
  let done = 0;
  for (const { path, bytes, isNamed } of files) {
    const fileName = basename(path);
    try {
      const { deliveryId } = await application.roster.read(ACTOR, {
        fileName,
        bytes: readFileSync(path),
      });
      const delivery = await application.roster.delivery(ACTOR, deliveryId);
      if (delivery.state === 'read') waiting.push(deliveryId);
      deliveries.push(delivery);
      reports.push(reportOf(delivery));
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      if (isNamed) refused.push(fileName);
      reports.push(
        `${fileName}\n  ${isNamed ? '未导入 · not imported' : '跳过 · skipped'}: ${sentenceOf(thrown)}`,
      );
    }
    progress.to((done += bytes));
  }
  progress.end();
  console.log(reports.join('\n'));
  if (waiting.length > 0) await importWaiting(application, waiting);
  return { refused, deliveries };
}

/** The areas of a folder, when the district has none yet; returns the files that are left. */
async function importAreasFirst(
  { place }: Application,
  files: readonly NamedFile[],
): Promise<readonly NamedFile[]> {
  const sheet = files.find(({ path }) => basename(path) === AREAS_FILE);
  if (!sheet || place.district()) return files;
  const { added, problems } = await place.importSheet(readFileSync(sheet.path));
  if (problems.length > 0) return files;
  console.log(`${AREAS_FILE}\n  导入区域 ${added} 个 · ${added} areas imported`);
  return files.filter((one) => one !== sheet);
}

async function importWaiting(application: Application, deliveryIds: string[]): Promise<void> {
  const progress = showProgress('合并人员 · putting persons together', 1);
  const figures = await application.roster.import(ACTOR, deliveryIds);
  await application.events.settle();
  progress.end();
  console.log(
    `\n${figures.rows} 行，${figures.persons} 人（新增 ${figures.newPersons} 人），${figures.openQuestions} 个问题等人判断 · ` +
      `${figures.rows} rows, ${figures.persons} persons (${figures.newPersons} new), ${figures.openQuestions} questions for a person`,
  );
}

function reportOf(delivery: DeliveryView): string {
  const group = delivery.registersDeaths ? '死亡登记' : (delivery.groupName ?? '不定群体');
  const lines = [
    `${delivery.fileName}`,
    `  ${delivery.departmentName} · ${delivery.rosterName} · ${group}`,
    ...delivery.sheets.filter(({ isRoster }) => isRoster).map(columnsLine),
  ];
  if (delivery.state === 'imported')
    return [...lines, '  这份文件已经导入过，没有变化 · imported before, nothing changes'].join(
      '\n',
    );
  return [...lines, differencesLine(delivery), ...problemLines(delivery)].join('\n');
}

/** Every wrong cell of what was read, as file,sheet,cell,column,problem. */
async function writeReport(
  { roster }: Application,
  path: string,
  deliveries: readonly DeliveryView[],
): Promise<void> {
  const lines: string[] = [];
  for (const { id, fileName } of deliveries)
    for (const { sheet, cell, header, kind } of await roster.problems(ACTOR, id))
      lines.push([fileName, sheet, cell, header, wordsOf(kind)].map(quoted).join(','));
  // A spreadsheet program takes a file without the mark for one in its own old encoding.
  writeFileSync(path, `\uFEFF${['file,sheet,cell,column,problem', ...lines].join('\n')}\n`);
  console.log(
    `${lines.length} 处问题已写入 ${path} · ${lines.length} wrong cells written to ${path}`,
  );
}

function wordsOf(kind: ProblemView['kind']): string {
  return `${problemWords[kind].zh} · ${problemWords[kind].en}`;
}

function columnsLine({ columns, place }: DeliveryView['sheets'][number]): string {
  const understood = columns.flatMap(({ header, label }) =>
    label === null ? [] : [label === header ? header : `${header}→${label}`],
  );
  const where = place === null ? '' : `（全表：${place} · all of ${place}）`;
  return `  ${understood.join('，')}${where}`;
}

function differencesLine({ rowCount, newCount, goneCount, changedCount }: DeliveryView): string {
  return `  ${rowCount} 行：新增 ${newCount}，消失 ${goneCount}，变化 ${changedCount} · ${rowCount} rows: ${newCount} new, ${goneCount} gone, ${changedCount} changed`;
}

const PLACES_SHOWN = 8;

/** What is wrong, by kind, with the first cells of each. */
function problemLines({ problems, problemCount }: DeliveryView): string[] {
  if (problemCount === 0) return [];
  const kinds = Map.groupBy(problems, ({ kind }) => kind);
  return [
    `  ${problemCount} 处单元格有问题 · ${problemCount} cells are wrong`,
    ...[...kinds].map(([kind, all]) => {
      const places = all
        .slice(0, PLACES_SHOWN)
        .map(({ cell, header }) => `${cell}${header && ` ${header}`}`);
      const more = all.length > PLACES_SHOWN ? ' …' : '';
      return `    ${all.length} × ${wordsOf(kind)}（${places.join('，')}${more}）`;
    }),
  ];
}

function sentenceOf(thrown: { code: string; params: Record<string, string | number> }): string {
  const code = thrown.code as RefusalCode;
  return `${refusalSentence(code, 'zh', thrown.params)} · ${refusalSentence(code, 'en', thrown.params)}`;
}

/** `wennuan rosters links --out FILE`: whose row each is, as file,row,person. */
export async function runRostersLinks(options: CommonOptions & { out: string }): Promise<void> {
  requireWritable(options.out);
  await withApplication(options, async ({ roster }) => {
    await roster.linkIfStale();
    const links = await roster.links();
    if (links.length === 0)
      throw new CommandError(
        '还没有名册，请先用 rosters import 导入。',
        'There are no rosters yet; bring them in with rosters import first.',
      );
    const out = createWriteStream(options.out);
    out.write('file,row,person\n');
    for (const { file, row, personId } of links) out.write(`${quoted(file)},${row},${personId}\n`);
    out.end();
    await finished(out);
    console.log(`${links.length} 行已写入 ${options.out} · ${links.length} rows written`);
  });
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `wennuan rosters relink`: puts persons together anew. */
export async function runRostersRelink(options: CommonOptions & { learn: boolean }): Promise<void> {
  await withApplication(options, async ({ roster, events }) => {
    const { rows, persons, openQuestions } = await roster.relink(options.learn);
    await events.settle();
    console.log(
      `${rows} 行，${persons} 人，${openQuestions} 个问题等人判断 · ${rows} rows, ${persons} persons, ${openQuestions} questions`,
    );
  });
}

/** `wennuan rosters list`: rosters on file and when each was last delivered. */
export async function runRostersList(options: CommonOptions): Promise<void> {
  await withApplication(options, async ({ roster }) => {
    const { items } = await roster.list(ACTOR);
    for (const one of items)
      console.log(
        [
          one.departmentName,
          one.name,
          `${one.rowCount}`,
          one.delivery ? dateInShanghai(new Date(one.delivery.importedAt)) : '—',
          one.delivery?.fileName ?? '—',
        ].join('\t'),
      );
    if (items.length === 0) console.log('还没有名册 · no rosters yet');
  });
}
