import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { formatYuan, isPlainDate, yuanNumber } from '@wennuan/basics';
import type { Application } from '../compose/index.ts';
import { remarkSentence, StatementsRefused, type Remark } from '../modules/payment/index.ts';
import { systemActor } from '../platform/actor.ts';
import { composeOn } from './application.ts';
import { requireReadable } from './files.ts';
import { CommandError } from './errors.ts';
import { type CommonOptions, usingDistrict } from './using-database.ts';

/** So many remarks are printed one by one. */
const REMARKS_SHOWN = 50;

type Placed = Remark & { file: number };
type Report = Awaited<ReturnType<Application['donation']['importStatements']>>;

/** `wennuan statements import FILE…`: imports statements, all of them or none; again changes nothing. */
export async function runStatementsImport(
  paths: string[],
  options: CommonOptions & { json?: string },
): Promise<void> {
  for (const path of paths) requireReadable(path);
  // Left to itself the heap grows to four times what is in use before anything is thrown away.
  setFlagsFromString('--heap-growing-percent=40');
  const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
  await withApplication(options, async ({ database, donation }) => {
    const actor = systemActor('command line');
    const report = await database
      .write(actor, 'payment.import_statements', (tx) => donation.importStatements(tx, files))
      .catch((thrown: unknown) => {
        throw thrown instanceof StatementsRefused ? refusedBy(thrown.problems, files) : thrown;
      });
    for (const line of reportLines(report)) console.log(line);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(asJson(report), null, 1)}\n`);
  });
}

/**
 * `wennuan statements reconcile`: platform, bill and ledger by day, and what differs; exit status 1 when a
 * difference has no explanation yet.
 */
export async function runReconcile(
  options: CommonOptions & { from?: string; until?: string },
): Promise<void> {
  const days: (string | undefined)[] = [options.from, options.until];
  for (const day of days)
    if (day !== undefined && !isPlainDate(day))
      throw new CommandError(
        `“${String(day)}”不是日期，应形如 2026-09-07。`,
        `“${String(day)}” is no date.`,
      );
  await withApplication(options, async ({ database, payment }) => {
    const { from, until } = options;
    const found = await database.read(systemActor('command line'), (tx) =>
      payment.reconcile(tx, {
        ...(from && { from }),
        ...(until && { until }),
        limit: REMARKS_SHOWN,
      }),
    );
    for (const line of reconciliationLines(found)) console.log(line);
    if (found.openDifferences > 0)
      throw new CommandError(
        `有 ${found.openDifferences} 笔不符且尚无说明。`,
        `${found.openDifferences} payments differ and nobody has said why.`,
      );
  });
}

type Reconciled = Awaited<ReturnType<Application['payment']['reconcile']>>;

function reconciliationLines(found: Reconciled): string[] {
  const sides = [
    ['platform', '平台 · platform'],
    ['bill', '账单 · bill    '],
    ['ledger', '账本 · ledger  '],
  ] as const;
  const days = [...found.days, { day: '合计 · total', ...found }];
  const lines = days.flatMap((day) => [
    day.day,
    ...sides.map(([side, name]) => {
      const { count, grossFen, refundedFen, feesFen } = day[side];
      return (
        `  ${name}  ${count} 笔  ${yuanNumber(grossFen)}  ` +
        `退款 · refunded ${yuanNumber(refundedFen)}  手续费 · fees ${yuanNumber(feesFen)}`
      );
    }),
  ]);
  const amount = (word: { amountFen: number; refundedFen: number } | null) =>
    word === null ? '—' : `${yuanNumber(word.amountFen)}/${yuanNumber(word.refundedFen)}`;
  for (const one of found.differences)
    lines.push(
      `  ${one.day}  ${one.orderNumber}  ${one.kinds.join(' ')}  ` +
        `${amount(one.platform)}  ${amount(one.bill)}  ${amount(one.ledger)}  ${one.note ?? ''}`,
    );
  const more = found.differencesInAll - found.differences.length;
  if (more > 0) lines.push(`  …… 另有 ${more} 笔 · and ${more} more`);
  if (found.differencesInAll === 0) lines.push('三方一致 · all three agree');
  return lines;
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

function refusedBy(problems: readonly Placed[], files: readonly { name: string }[]): CommandError {
  const names = files.map((file) => file.name);
  const lines = problems.slice(0, REMARKS_SHOWN).map((problem) => remarkLine(problem, names));
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`  …… 另有 ${more} 处 · and ${more} more`);
  return new CommandError(
    `有 ${problems.length} 处问题，什么都没有导入。\n${lines.join('\n')}`,
    `There are ${problems.length} problems; nothing was imported.`,
  );
}

function remarkLine(remark: Placed, names: readonly string[]): string {
  const where =
    remark.line === null
      ? names[remark.file]!
      : `${names[remark.file]!} 第 ${remark.line} 行 · line ${remark.line}`;
  return `  ${where}：${remarkSentence(remark, 'zh')} · ${remarkSentence(remark, 'en')}`;
}

function reportLines(report: Report): string[] {
  const { sums, held } = report;
  const lines = [
    `捐赠 ${sums.donations} 笔，重复行 ${sums.duplicateRows} · ${sums.donations} gifts, ${sums.duplicateRows} doubled rows`,
    `留存 ${formatYuan(sums.keptFen)}，退款 ${sums.refunded.count} 笔 ${formatYuan(sums.refunded.fen)}，手续费 ${formatYuan(sums.feesFen)} · ` +
      `kept ${formatYuan(sums.keptFen)}, ${sums.refunded.count} refunds ${formatYuan(sums.refunded.fen)}, fees ${formatYuan(sums.feesFen)}`,
    ...sums.byProject.map(
      ({ code, name, count, donatedFen, matchedFen }) =>
        `  ${code}  ${name}  ${count} 笔  ${yuanNumber(donatedFen)} 元  配捐 · matched ${yuanNumber(matchedFen)}`,
    ),
    `本次新增 ${report.newGifts} 笔捐赠、${report.newRefunds} 笔退款 · new: ${report.newGifts} gifts, ${report.newRefunds} refunds`,
  ];
  if (held.gifts > 0)
    lines.push(
      `其中 ${held.gifts} 笔 ${formatYuan(held.fen)} 的项目编号尚未归入募捐活动，已单独入账 · ` +
        `${held.gifts} of them (${formatYuan(held.fen)}) are held apart until their project numbers are attached to campaigns`,
    );
  if (report.differences > 0)
    lines.push(
      `平台、账单与账本有 ${report.differences} 笔不符：wennuan statements reconcile · ` +
        `${report.differences} payments differ between platform, bill and ledger`,
    );
  const shown = report.notes.slice(0, REMARKS_SHOWN);
  if (shown.length > 0) lines.push('请留意 · please note');
  lines.push(...shown.map((note) => remarkLine(note, report.names)));
  const more = report.notes.length - shown.length;
  if (more > 0) lines.push(`  …… 另有 ${more} 处 · and ${more} more`);
  return lines;
}

/** The sums in the form that other programs read: amounts in fen, projects by number. */
function asJson({ sums }: Report) {
  return {
    donations: sums.donations,
    duplicate_rows: sums.duplicateRows,
    kept_fen: sums.keptFen,
    refunded: sums.refunded,
    fees_fen: sums.feesFen,
    by_project: Object.fromEntries(
      sums.byProject.map(({ code, count, donatedFen, matchedFen }) => [
        code,
        { count, donated_fen: donatedFen, matched_fen: matchedFen },
      ]),
    ),
  };
}
