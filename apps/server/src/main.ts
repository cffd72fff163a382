import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describeFailure } from './commands/errors.ts';

/** What Node makes of the sources is kept between runs: a command then begins in half the time. */
const COMPILED = new URL('../../../node_modules/.cache/wennuan', import.meta.url);

/** The command line. Each command's code is loaded only when it runs, so that `--help` is at once there. */
export function program(): Command {
  const wennuan = new Command('wennuan')
    .description(
      '温暖：每一声呼唤都有回应，每一分善款都可追溯。\nWennuan: every call is answered, every fen can be traced.',
    )
    .version('0.1.0')
    .showHelpAfterError('(wennuan --help)')
    .showSuggestionAfterError();
  addRunning(wennuan);
  addAccounts(wennuan);
  addLedger(wennuan);
  addStatements(wennuan);
  addLog(wennuan);
  addBackup(wennuan);
  addPrograms(wennuan);
  addRosters(wennuan);
  return wennuan;
}

function addRunning(wennuan: Command): void {
  withData(wennuan.command('start', { isDefault: false }))
    .description('启动服务 · start the server (database, migrations, demo district, web pages)')
    .option('--port <number>', '端口 · port', '2727')
    .option('--demo', '空的区填入演示数据 · fill an empty district with the demo district', true)
    .option('--no-demo', '不填演示数据 · leave an empty district empty')
    .action(async (options) => (await import('./commands/start.ts')).runStart(options));
  withData(wennuan.command('migrate'))
    .description('更新数据库结构 · bring the database to this version')
    .action(async (options) => (await import('./commands/migrate.ts')).runMigrate(options));
  withData(wennuan.command('demo'))
    .description('在空的区里建立演示区 · make the demo district in an empty district')
    .action(async (options) => (await import('./commands/demo.ts')).runDemo(options));
  const areas = wennuan.command('areas').description('区域 · areas');
  withData(areas.command('import'))
    .description('从 CSV 文件导入街道与社区 · import streets and communities from a CSV file')
    .argument('<file>', 'CSV')
    .action(async (file, options) =>
      (await import('./commands/areas.ts')).runAreasImport(file, options),
    );
}

function addAccounts(wennuan: Command): void {
  const accounts = wennuan.command('accounts').description('工作人员账号 · staff accounts');
  withData(accounts.command('add'))
    .summary('开一个账号，显示一次初始密码 · open an account; shows its first password once')
    .description(
      '开一个工作人员账号，显示一次初始密码和动态码密钥 · open a staff account; shows its first password and TOTP address once',
    )
    .argument('<name>', '用户名 · sign-in name')
    .option('--role <role>', '身份 · role', 'administrator')
    .option('--area <code>', '区域代码，默认为区 · code of the area, default the district')
    .option('--shown <name>', '显示的姓名 · name to show')
    .action(async (name, options) =>
      (await import('./commands/accounts.ts')).runAccountsAdd(name, options),
    );
}

function addLedger(wennuan: Command): void {
  const ledger = wennuan.command('ledger').description('账本 · the ledger');
  withData(ledger.command('check'))
    .description('逐行核对账本 · look at every row; exit status 1 when a fact is broken')
    .action(async (options) => (await import('./commands/ledger.ts')).runLedgerCheck(options));
  withData(ledger.command('trace'))
    .description('追踪一笔流水的来去 · where the money of a transfer came from and went')
    .argument(
      '<id>',
      '流水编号、捐赠编号（JZ-…）或付款编号（ZF-…） · a transfer’s id, a gift’s number (JZ-…) or a payment’s (ZF-…)',
    )
    .action(async (id, options) =>
      (await import('./commands/ledger.ts')).runLedgerTrace(id, options),
    );
}

function addStatements(wennuan: Command): void {
  const statements = wennuan.command('statements').description('对账单 · statements of payments');
  withData(statements.command('import'))
    .summary(
      '导入指定平台的捐赠明细和微信支付的交易账单 · import the platform’s export and trade bills',
    )
    .description(
      '导入指定平台的捐赠明细和微信支付的交易账单：全部导入，或有一处看不懂就一行也不导入；再导一次不会重复 · ' +
        'import the designated platform’s export and the trade bills of WeChat Pay: all of them, or nothing when anything cannot be read; again changes nothing',
    )
    .argument('<files...>', 'CSV')
    .option('--json <file>', '把合计写入 JSON 文件 · write the sums to a JSON file')
    .action(async (files, options) =>
      (await import('./commands/statements.ts')).runStatementsImport(files, options),
    );
  withData(statements.command('reconcile'))
    .summary('平台、账单与账本三方对账 · compare platform, bill and ledger')
    .description(
      '平台、账单与账本三方对账，列出不符之处；有不符且无说明时以状态 1 结束 · ' +
        'compare platform, bill and ledger day by day; exit status 1 while a difference has no explanation',
    )
    .option('--from <day>', '起始日 · first day')
    .option('--until <day>', '截止日 · last day')
    .action(async (options) => (await import('./commands/statements.ts')).runReconcile(options));
}

function addLog(wennuan: Command): void {
  const log = wennuan.command('log').description('公开账本 · the public log');
  withData(log.command('verify'))
    .summary('核对公开账本或一张凭证 · verify the public log, or a receipt')
    .description(
      '核对公开账本或一张凭证，有任何不符即以状态 1 结束 · verify the public log, or a receipt; exit status 1 when anything is wrong',
    )
    .option('--url <url>', '核对一个正在运行的网站 · verify a running site instead of the database')
    .option(
      '--proof <file>',
      '离线核对下载的凭证（.tlog-proof）或捐赠确认（.pdf） · check a downloaded receipt or confirmation offline',
    )
    .option('--key <key>', '账本的公钥，或存有它的文件 · the log’s public key, or a file with it')
    .option(
      '--earlier <file...>',
      '以前保存的签名或凭证 · checkpoints or receipts kept from before',
    )
    .option('--witness <key...>', '见证人的公钥，或存有它的文件 · keys of witnesses')
    .option(
      '--quorum <number>',
      '至少几位见证人签过名，默认全部 · how many of them must have signed; all by default',
    )
    .action(async (options) => (await import('./commands/log.ts')).runLogVerify(options));
  addWitness(log);
  withData(log.command('continue'))
    .summary(
      '数据库恢复自较早的备份后，以新名称继续 · go on under a new name after an older restore',
    )
    .description(
      '数据库恢复自较早的备份、公布过的部分已无法找回时，以新名称继续账本并写明丢失的部分 · ' +
        'after a restore from before a published head that cannot be had back: go on under a new name that states what was lost',
    )
    .action(async (options) => (await import('./commands/log.ts')).runLogContinue(options));
  withData(log.command('forget'))
    .description(
      '应捐赠人要求，销毁其条目的盐值 · delete what opens the entries of transfers, as their giver asks; the log still verifies',
    )
    .argument('<id...>', '流水编号 · numbers of transfers')
    .requiredOption('--reason <text>', '缘由 · reason')
    .action(async (ids, options) => (await import('./commands/log.ts')).runLogForget(ids, options));
}

/** Being a witness of another's log, and whom our own is witnessed by. */
function addWitness(log: Command): void {
  withData(log.command('witness'))
    .summary('为别人的账本作见证 · witness somebody else’s log')
    .description(
      '为一个公开账本作见证：只有当它接着上次签过的内容增加时才签名 · ' +
        'witness a public log: signs a head only when it goes on from the last one signed (C2SP tlog-witness)',
    )
    .requiredOption('--log <url>', '账本所在的网站 · site of the log')
    .option('--port <number>', '端口 · port', '7373')
    .option('--name <name>', '见证人的名称，第一次时取定 · name, chosen the first time')
    .action(async (options) => (await import('./commands/witness.ts')).runLogWitness(options));
  withData(log.command('witnesses'))
    .description('本账本的见证人：列出、登记、除名 · witnesses of our log: list, add, remove')
    .option('--add <key>', '登记一位见证人的公钥 · put a witness on file')
    .option('--url <url>', '它的地址 · where it is')
    .option('--remove <name>', '除名 · take one off')
    .action(async (options) => (await import('./commands/witness.ts')).runLogWitnesses(options));
}

function addPrograms(wennuan: Command): void {
  const programs = wennuan
    .command('programs')
    .description('政策与拟救助对象 · policies and candidates');
  withData(programs.command('import'))
    .summary('导入政策定义 · bring definitions of policies in')
    .description(
      '导入政策定义（JSON），全部正确才导入，重复导入不改变任何内容 · definitions from a JSON file, all or none; twice changes nothing',
    )
    .argument('<file>', 'JSON')
    .action(async (file, options) =>
      (await import('./commands/programs.ts')).runProgramsImport(file, options),
    );
  withData(programs.command('export'))
    .description('导出已决定的政策定义 · write the decided definitions to a file')
    .requiredOption('--out <file>', 'JSON')
    .action(async (options) => (await import('./commands/programs.ts')).runProgramsExport(options));
  withData(programs.command('evaluate'))
    .summary('按某一天评估全部人员 · evaluate everybody on a day')
    .description(
      '按某一天评估全部人员，写出 code,person,amount_fen,reason，并打印汇总 · everybody on a day: a list with reasons, and a table of sums',
    )
    .option('--on <date>', '日期，默认今天 · day, default today')
    .requiredOption('--out <file>', 'CSV')
    .option(
      '--expected <file>',
      '与 code,candidates 文件比较 · compare with a file of code,candidates',
    )
    .action(async (options) =>
      (await import('./commands/programs.ts')).runProgramsEvaluate(options),
    );
}

function addRosters(wennuan: Command): void {
  const rosters = wennuan.command('rosters').description('名册 · rosters');
  withData(rosters.command('import'))
    .summary('导入各部门的名册，合并人员 · import rosters and put persons together')
    .description(
      '导入各部门的名册（.xlsx、.csv，或整个文件夹）：每份整份导入，或一行也不导入；同一文件再导一次不变 · ' +
        'rosters of departments (.xlsx, .csv, or a folder of them): each whole or not at all; the same file again changes nothing',
    )
    .argument('<file...>', '文件或文件夹 · files or folders')
    .option(
      '--report <file>',
      '把有问题的单元格逐个写入 CSV · write every wrong cell to a CSV file',
    )
    .action(async (files, options) =>
      (await import('./commands/rosters.ts')).runRostersImport(files, options),
    );
  withData(rosters.command('links'))
    .description('写出每一行属于谁 · whose row each is, as file,row,person')
    .requiredOption('--out <file>', 'CSV')
    .action(async (options) => (await import('./commands/rosters.ts')).runRostersLinks(options));
  withData(rosters.command('relink'))
    .description('重新合并人员 · put persons together anew')
    .option('--learn', '重新学习比对的权重 · learn anew what rows teach', false)
    .action(async (options) => (await import('./commands/rosters.ts')).runRostersRelink(options));
  withData(rosters.command('list'))
    .description('列出名册 · list rosters')
    .action(async (options) => (await import('./commands/rosters.ts')).runRostersList(options));
}

function addBackup(wennuan: Command): void {
  withData(wennuan.command('backup'))
    .summary('把整个区备份为一个文件 · the whole district in one file, while the server runs')
    .description(
      '把整个区备份为一个文件，服务可以继续运行 · the whole district in one file, while the server runs.\n' +
        '文件中不含密钥（数据文件夹中的 secret），没有它，加密的内容无法读取，请另行妥善保管。\n' +
        'The secret file of the data folder is NOT in it; without it what is encrypted cannot be read. Keep it apart.',
    )
    .argument('<file>', '备份文件 · file to make')
    .option('--with-keys', '连同密钥一起备份 · put the secret into the file too', false)
    .action(async (file, options) =>
      (await import('./commands/backup.ts')).runBackup(file, options),
    );
  withData(wennuan.command('restore'))
    .summary('检查备份并恢复到空的区 · check a backup and restore it into an empty district')
    .description(
      '检查备份文件并恢复到空的区 · check a backup and restore it into an empty district; a damaged file is refused untouched',
    )
    .argument('<file>', '备份文件 · backup')
    .action(async (file, options) =>
      (await import('./commands/restore.ts')).runRestore(file, options),
    );
}

/** Adds `--data` to a command. */
function withData(command: Command): Command {
  return command.option(
    '--data <dir>',
    '数据文件夹 · data folder (DATABASE_URL, if set, names the database instead)',
    './data',
  );
}

/** Runs one command line (without the names of node and program) and sets the exit status. */
export async function main(args: string[]): Promise<void> {
  const { directory } = enableCompileCache(fileURLToPath(COMPILED));
  // For its threads.
  if (directory) process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(COMPILED);
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (thrown) {
    process.stderr.write(`${describeFailure(thrown)}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main(process.argv.slice(2));
