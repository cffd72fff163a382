import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { dateInShanghai, formatYuan, isPlainDate } from '@wennuan/basics';
import type { Report, ReportLine, ReportRow } from '../modules/program/index.ts';
import { composeOn } from './application.ts';
import { requireReadable, requireWritable } from './files.ts';
import { CommandError } from './errors.ts';
import { type CommonOptions, usingDistrict, usingExistingDistrict } from './using-database.ts';

/** `wennuan programs import FILE`: definitions of policies from a JSON file, all or none, as decided. */
export async function runProgramsImport(file: string, options: CommonOptions): Promise<void> {
  requireReadable(file);
  const input = readJson(file);
  await usingDistrict(options, async (database) => {
    const application = await composeOn(database, { log: false });
    try {
      if (!application.place.district())
        throw new CommandError(
          '这个区还没有区域，请先用 areas import 导入。',
          'This district has no areas yet; bring them in with areas import first.',
        );
      const { problems, done } = await application.program.importDecided(input);
      if (done === null) {
        const list = problems.map(({ path, zh, en }) => `  ${path || '.'}: ${zh} · ${en}`);
        throw new CommandError(
          `${file} 有 ${problems.length} 处问题，一项也没有导入。\n${list.join('\n')}`,
          `${file} has ${problems.length} problems; nothing was imported.`,
        );
      }
      const [added, changed, unchanged] = [done.added, done.changed, done.unchanged].map(
        (codes) => codes.length,
      );
      console.log(
        `政策：新增 ${added}，更改 ${changed}，未变 ${unchanged} · ` +
          `programmes: ${added} added, ${changed} changed, ${unchanged} unchanged`,
      );
    } finally {
      await application.close();
    }
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CommandError(
      `${file} 不是 JSON 文件：${why}`,
      `${file} is not a JSON file: ${why}. Nothing was imported.`,
    );
  }
}

/** `wennuan programs export --out FILE`: the definitions decided and not over, as a file that can be imported. */
export async function runProgramsExport(options: CommonOptions & { out: string }): Promise<void> {
  requireWritable(options.out);
  await usingExistingDistrict(options, async (database) => {
    const application = await composeOn(database, { log: false });
    try {
      const policies = await application.program.exportDefinitions();
      const out = opened(options.out);
      out.end(`${JSON.stringify(policies, null, 2)}\n`);
      await finished(out);
      console.log(
        `${policies.length} 项政策已写入 ${options.out} · ${policies.length} programmes written`,
      );
    } finally {
      await application.close();
    }
  });
}

export interface EvaluateOptions extends CommonOptions {
  on?: string;
  out: string;
  expected?: string;
}

/** `wennuan programs evaluate`: everybody on a day, as a list with reasons and a table of sums. */
export async function runProgramsEvaluate(options: EvaluateOptions): Promise<void> {
  const on: string = options.on ?? dateInShanghai(new Date());
  if (!isPlainDate(on))
    throw new CommandError(
      `日期 ${String(on)} 无效，应写成 2026-11-01。`,
      `${String(on)} is not a date; write 2026-11-01.`,
    );
  requireWritable(options.out);
  const expected = options.expected === undefined ? null : readExpected(options.expected);
  await usingExistingDistrict(options, async (database) => {
    const application = await composeOn(database, { log: false });
    try {
      if ((await application.program.exportDefinitions()).length === 0)
        throw new CommandError(
          '还没有政策，请先用 programs import 导入（示例：demo/programs.json）。',
          'There are no policies yet; bring them in with programs import first (a sample: demo/programs.json).',
        );
      const out = opened(options.out);
      out.write('code,person,amount_fen,reason\n');
      const report = await application.program.report(on, {
        write: async (lines) => {
          if (!out.write(lines.map(lineOf).join(''))) await drained(out);
        },
        withSway: expected !== null,
      });
      out.end();
      await finished(out);
      console.log(tableOf(report, expected));
    } finally {
      await application.close();
    }
  });
}

function opened(file: string) {
  const out = createWriteStream(file);
  out.on('error', () => undefined);
  return out;
}

function drained(out: ReturnType<typeof opened>): Promise<void> {
  return new Promise((resolve, reject) => {
    out.once('drain', resolve);
    out.once('error', reject);
  });
}

/** What is no money has no amount in fen: the column stays empty. */
function lineOf({ code, personId, amount, unit, reason }: ReportLine): string {
  return `${code},${personId},${unit === 'fen' ? amount : ''},${quoted(reason)}\n`;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `code,candidates` lines, as beside the sample rosters. */
function readExpected(file: string): Map<string, number> {
  requireReadable(file);
  const rows = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  return new Map(rows.map(([code = '', count = '']) => [code.trim(), Number(count)]));
}

/** Code, name, candidates and sum of one payment; with expected numbers, how far apart and what may explain it. */
function tableOf(report: Report, expected: ReadonlyMap<string, number> | null): string {
  const lines = report.rows.map((row) =>
    [row.code.padEnd(5), padded(row.name.zh), String(row.candidates).padStart(8), sumOf(row)]
      .concat(expected ? compared(row.code, row.candidates, { report, expected }) : [])
      .join('  '),
  );
  const dead = ['DEAD_IN_ROSTERS', String(report.deadInRosters)]
    .concat(expected ? compared('DEAD_IN_ROSTERS', report.deadInRosters, { report, expected }) : [])
    .join('  ');
  return [
    'code   名称 · name                        人/户 · who   一次金额 · sum',
    ...lines,
    `${dead}  （已登记火化、仍在名册 · cremated, still in a roster）`,
    `待人工核对的关联 · links that wait for a person: ${report.openQuestions}`,
    ...(expected ? explained(report, expected) : []),
  ].join('\n');
}

/** How far apart, and whether open links and gaps in files explain it. */
function compared(
  code: string,
  found: number,
  { report, expected }: { report: Report; expected: ReadonlyMap<string, number> },
): string[] {
  const wanted = expected.get(code);
  const sway = report.sway?.get(code);
  if (wanted === undefined || !sway) return [];
  const apart = found - wanted;
  if (apart === 0) return ['='];
  const { questions, gaps, least, most } = sway;
  const isWithin = wanted >= found + least && wanted <= found + most;
  return [
    signed(apart).padStart(5),
    isWithin ? '可以解释 · explained' : '不能全部解释 · not all explained',
    `可差 ${signed(least)} … ${signed(most)}：待核对关联 ${questions.length}，档案缺项 ${gaps} 人 · ` +
      `${questions.length} open links, ${gaps} people with gaps`,
  ];
}

/** Which open links would change a number that is not the expected one: what is answered “same” adds so many. */
function explained(report: Report, expected: ReadonlyMap<string, number>): string[] {
  const found = new Map(report.rows.map((row) => [row.code, row.candidates]));
  found.set('DEAD_IN_ROSTERS', report.deadInRosters);
  const lines = [...(report.sway ?? [])]
    .filter(([code]) => expected.has(code) && expected.get(code) !== found.get(code))
    .flatMap(([code, { questions }]) =>
      questions.map((one) =>
        [code, one.questionId, one.personA, one.personB, signed(one.change)].join(','),
      ),
    );
  if (lines.length === 0) return [];
  return [
    '',
    '如认定为同一人，数字会改变的待核对关联 · open links that change a number if both are one person',
    'code,question,person_a,person_b,change',
    ...lines,
  ];
}

function sumOf({ amount, unit }: ReportRow): string {
  const words = {
    fen: () => formatYuan(amount),
    minutes: () => `${amount} 分钟`,
    times: () => `${amount} 次`,
  };
  return words[unit]().padStart(18);
}

const signed = (count: number) => (count > 0 ? `+${count}` : String(count));

/** Chinese takes two columns of a terminal. */
function padded(text: string): string {
  const width = [...text].reduce((sum, one) => sum + (/[\u2E80-\uFFEF]/.test(one) ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(0, 28 - width));
}
