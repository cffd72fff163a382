import { existsSync, readFileSync } from 'node:fs';
import { isId } from '@wennuan/basics';
import {
  formatKey,
  type LogFinding,
  type NoteKey,
  parseKey,
  parseProof,
  type ProofFault,
  type PublicAccount,
  verifyLog,
} from '@wennuan/log';
import type { StoredFinding } from '../modules/publication/index.ts';
import { systemActor } from '../platform/actor.ts';
import type { Application } from '../compose/index.ts';
import { composeOn } from './application.ts';
import { CommandError } from './errors.ts';
import { type CommonOptions, usingDistrict, usingExistingDistrict } from './using-database.ts';
import { verifyReceiptFile } from './verify-receipt.ts';

export interface LogVerifyOptions extends CommonOptions {
  /** Address of a running site; without it the database is read. */
  url?: string;
  /** A receipt to check offline instead. */
  proof?: string;
  /** The log's public key, or a file that holds it. */
  key?: string;
  /** Files with checkpoints seen before. */
  earlier?: string[];
  /** Keys of witnesses, or files that hold them. */
  witness?: string[];
  /** How many of them must have signed; all by default. */
  quorum?: string;
}

const TIMEOUT_MILLIS = 30_000;

/** What each kind of finding is called in Chinese. */
const WORDS: Record<StoredFinding['code'] | ProofFault, string> = {
  checkpoint_malformed: '签名文件损坏',
  signature_missing: '没有账本的签名',
  signature_invalid: '账本的签名不对',
  cosignature_invalid: '见证人的签名不对',
  witnesses_missing: '见证人不够',
  file_missing: '缺少文件',
  bundle_malformed: '条目文件损坏',
  entry_malformed: '条目格式不对',
  entry_differs: '条目被改动',
  tile_differs: '校验文件被改动',
  root_differs: '内容与签名不符',
  account_broken: '公开账户的账目对不上',
  history_differs: '与以前公布的不一致',
  row_differs: '数据库中的流水被改动',
  row_missing: '数据库中缺少流水',
  entry_missing: '账本中缺少条目',
  head_lost: '数据库比公布过的账本旧',
  proof_malformed: '凭证文件损坏或不是凭证',
  not_included: '凭证不在签名的账本里',
  opening_wrong: '凭证所写与账本不符',
  confirmation_invalid: '捐赠确认的内容被改动',
};

/** `wennuan log verify`: a receipt, a running site or the database; fails when anything is wrong. */
export async function runLogVerify(options: LogVerifyOptions): Promise<void> {
  const key = options.key === undefined ? null : keyOf(options.key);
  if (options.proof !== undefined)
    return verifyReceiptFile(readBytes(options.proof), { key, words: WORDS });
  if (options.url !== undefined) return await verifySite(options.url, key, options);
  await usingExistingDistrict(options, (database) =>
    withApplication(database, async ({ publication }) => {
      const result = await publication.verifyStored();
      if (result) report(result.findings, result);
      else console.log('公开账本还没有开始 · The public log has not begun');
    }),
  );
}

/** `wennuan log continue`: goes on under a new name after a restore from before a published head. */
export async function runLogContinue(options: CommonOptions): Promise<void> {
  await usingDistrict(options, (database) =>
    withApplication(database, async ({ publication }) => {
      const done = await publication.continueLog();
      console.log(
        done
          ? `账本以新名称 ${done.origin} 继续，已写明 ${done.lost.origin} 的 ${done.lost.size} 条 · ` +
              `The log goes on as ${done.origin} and names ${done.lost.origin} with ${done.lost.size} entries`
          : '账本没有缺失，无需处理 · Nothing was lost; there is nothing to do',
      );
    }),
  );
}

/** `wennuan log forget ID…`: deletes what opens the entries of transfers, at their giver's request. */
export async function runLogForget(
  ids: string[],
  options: CommonOptions & { reason: string },
): Promise<void> {
  const bad = ids.find((id): boolean => !isId(id));
  if (bad !== undefined)
    throw new CommandError(`${bad} 不是流水编号。`, `${bad} is not the number of a transfer.`);
  await usingDistrict(options, (database) =>
    withApplication(database, async ({ publication, database: opened }) => {
      const count = await opened.write(systemActor('command line'), 'publication.forget', (tx) =>
        publication.forget(tx, { transferIds: ids, reason: options.reason }),
      );
      console.log(`已销毁 ${count} 条的盐值 · The salts of ${count} entries were deleted`);
    }),
  );
}

async function withApplication(
  database: Parameters<typeof composeOn>[0],
  work: (application: Application) => Promise<void>,
): Promise<void> {
  const application = await composeOn(database, { log: false });
  try {
    await work(application);
  } finally {
    await application.close();
  }
}

function readBytes(file: string): Buffer {
  if (!existsSync(file))
    throw new CommandError(`找不到文件 ${file}。`, `There is no file ${file}.`);
  return readFileSync(file);
}

const readText = (file: string) => readBytes(file).toString('utf8');

function keyOf(given: string): NoteKey {
  const key = parseKey(existsSync(given) ? readFileSync(given, 'utf8') : given);
  if (key) return key;
  throw new CommandError(
    `${given} 不是账本的公钥，应形如 example.org/log+1a2b3c4d+A…。`,
    `${given} is not the key of a log; it looks like example.org/log+1a2b3c4d+A….`,
  );
}

async function verifySite(
  url: string,
  key: NoteKey | null,
  options: LogVerifyOptions,
): Promise<void> {
  const { earlier = [], witness = [] } = options;
  const witnesses = witness.map(keyOf);
  const quorum = quorumOf(options.quorum, witnesses.length);
  const base = url.replace(/\/+$/, '');
  const found = await fetchFrom(`${base}/api/public/log`);
  const log = (found ? JSON.parse(Buffer.from(found).toString()) : {}) as { key?: string };
  const published = parseKey(log.key ?? '');
  const used = key ?? published;
  // The newest head may be too young for its witnesses; the one that most have signed is kept beside it.
  const wanted = quorum > 0 ? 'witnessed' : 'checkpoint';
  const checkpoint =
    (await fetchFrom(`${base}/log/${wanted}`)) ?? (await fetchFrom(`${base}/log/checkpoint`));
  if (!used || !checkpoint)
    throw new CommandError(`${base} 没有公开账本。`, `There is no public log at ${base}.`);
  const result = await verifyLog({
    checkpoint: Buffer.from(checkpoint).toString(),
    keys: { log: used, witnesses, quorum },
    earlier: earlier.map(readText).map((text) => parseProof(text)?.checkpoint ?? text),
    tiles: (path) => fetchFrom(`${base}/log/${path}`),
  });
  const size = result.checkpoint?.size ?? 0;
  report(result.findings, { origin: used.name, size, accounts: result.accounts });
  console.log(`  公钥 · key ${formatKey(used)}`);
  for (const name of result.checkpoint?.witnessedBy ?? [])
    console.log(`  见证人已签名 · signed by the witness ${name}`);
}

function quorumOf(text: string | undefined, most: number): number {
  const quorum = text === undefined ? most : Number(text);
  if (Number.isInteger(quorum) && quorum >= 0 && quorum <= most) return quorum;
  throw new CommandError(
    `--quorum 应为 0 到 ${most} 之间的整数（给出了 ${most} 个见证人的公钥）。`,
    `--quorum is a whole number from 0 to ${most}, the number of keys given with --witness.`,
  );
}

async function fetchFrom(address: string): Promise<Uint8Array | null> {
  let answer: Response;
  try {
    answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
  } catch (thrown) {
    const reason = thrown instanceof Error ? String(thrown.cause ?? thrown.message) : '';
    throw new CommandError(`无法打开 ${address}：${reason}`, `Cannot open ${address}: ${reason}`);
  }
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
}

interface Verified {
  origin: string;
  size: number;
  accounts: readonly PublicAccount[];
}

/** Prints what was found and fails, or the totals. */
function report(findings: readonly (StoredFinding | LogFinding)[], log: Verified): void {
  for (const { code, where, detail } of findings)
    console.log(`${WORDS[code]} · ${code}  ${where}  ${detail}`);
  if (findings.length > 0)
    throw new CommandError(
      `公开账本 ${log.origin} 有 ${findings.length} 处不符。`,
      `The public log ${log.origin} has ${findings.length} faults.`,
    );
  console.log(`公开账本完整无误 · The public log is whole: ${log.origin}, ${log.size}`);
  for (const { code, unit, inflow, outflow } of log.accounts)
    console.log(`  ${code}  +${inflow} −${outflow} = ${inflow - outflow} ${unit}`);
}
