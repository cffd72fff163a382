import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '@wennuan/basics';
import {
  base64,
  type Checkpoint,
  considerCheckpoint,
  formatKey,
  fromBase64,
  type NoteKey,
  parseKey,
} from '@wennuan/log';
import { cosign, createSigner, type Signer } from '@wennuan/log/sign';
import { systemActor } from '../platform/actor.ts';
import { composeOn } from './application.ts';
import { CommandError } from './errors.ts';
import { type CommonOptions, usingDistrict } from './using-database.ts';

export interface WitnessOptions extends CommonOptions {
  /** Address of the site whose log is witnessed; its key is kept from the first time on. */
  log: string;
  port: string;
  name?: string;
}

const BODY_BYTES_MAX = 100_000;
const TIMEOUT_MILLIS = 30_000;

/**
 * `wennuan log witness`: a witness of somebody else's log (C2SP tlog-witness). It signs a head only when it goes on
 * from the last one it signed. Key and last heads are in the data folder. Runs until it is stopped.
 */
export async function runLogWitness(options: WitnessOptions): Promise<void> {
  const folder = join(options.data, 'witness');
  mkdirSync(folder, { recursive: true });
  const signer = witnessSigner(folder, options.name);
  const logKey = await knownLog(folder, options.log);
  const server = createServer((request, response) => {
    answer({ folder, signer, logKey }, request, response).catch(() => {
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(options.port), resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : Number(options.port);
  console.log(`见证人已启动 · The witness listens on http://localhost:${port}`);
  console.log(`  账本 · log ${formatKey(logKey)}`);
  console.log(`  公钥 · key ${formatKey(signer.key)}`);
  console.log(
    `  在账本一方登记 · on the log’s side: wennuan log witnesses --add '${formatKey(signer.key)}' --url http://localhost:${port}`,
  );
  const stop = () => server.close(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function witnessSigner(folder: string, name: string | undefined): Signer {
  const file = join(folder, 'key');
  if (!existsSync(file)) {
    const chosen = name ?? `witness.local/${randomBytes(4).toString('hex')}`;
    writeFileSync(file, `${chosen}\n${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
  const [known, seed] = readFileSync(file, 'utf8').trim().split('\n');
  const bytes = fromBase64(seed ?? '');
  if (!known || bytes?.length !== 32)
    throw new CommandError(`${file} 损坏。`, `${file} is damaged.`);
  return createSigner(known, bytes, 'cosignature');
}

/** The log's key, asked for once and kept: another one later is not believed. */
async function knownLog(folder: string, url: string): Promise<NoteKey> {
  const file = join(folder, 'log-key');
  const address = `${url.replace(/\/+$/, '')}/api/public/log`;
  const known = existsSync(file) ? parseKey(readFileSync(file, 'utf8')) : null;
  if (known) return known;
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MILLIS) }).catch(
    () => null,
  );
  const said = response?.ok ? ((await response.json()) as { key?: string }) : {};
  const key = parseKey(said.key ?? '');
  if (!key) throw new CommandError(`${url} 没有公开账本。`, `There is no public log at ${url}.`);
  writeFileSync(file, `${formatKey(key)}\n`);
  return key;
}

interface Witness {
  folder: string;
  signer: Signer;
  logKey: NoteKey;
}

async function answer(
  witness: Witness,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/add-checkpoint')
    return void response.writeHead(404).end();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > BODY_BYTES_MAX) return void response.writeHead(413).end();
  }
  // From here to the answer nothing is waited for, so two requests cannot pass each other.
  const heads = readHeads(witness.folder);
  const body = Buffer.concat(pieces).toString('utf8');
  const said = considerCheckpoint(body, [witness.logKey], (origin) => headOf(heads, origin));
  if (said.status === 409)
    return void response
      .writeHead(409, { 'content-type': 'text/x.tlog.size' })
      .end(`${said.size}\n`);
  if (said.status !== 200) return void response.writeHead(said.status).end();
  const { origin, size: newSize, root } = said.head;
  writeHeads(witness.folder, { ...heads, [origin]: { size: newSize, root: base64(root) } });
  const signed = cosign(
    said.checkpoint,
    witness.signer,
    Math.floor(systemClock.now().getTime() / 1_000),
  );
  response
    .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
    .end(signed.slice(said.checkpoint.length));
}

type Heads = Record<string, { size: number; root: string }>;

function readHeads(folder: string): Heads {
  const file = join(folder, 'heads.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Heads) : {};
}

function writeHeads(folder: string, heads: Heads): void {
  const file = join(folder, 'heads.json');
  writeFileSync(`${file}.new`, JSON.stringify(heads));
  renameSync(`${file}.new`, file);
}

function headOf(heads: Heads, origin: string): Checkpoint | null {
  const head = heads[origin];
  return head ? { origin, size: head.size, root: fromBase64(head.root)! } : null;
}

export interface WitnessesOptions extends CommonOptions {
  add?: string;
  url?: string;
  remove?: string;
}

/** `wennuan log witnesses`: who is asked to sign our heads; adds or removes one. */
export async function runLogWitnesses(options: WitnessesOptions): Promise<void> {
  if (options.add !== undefined && options.url === undefined)
    throw new CommandError('请用 --url 写明见证人的地址。', 'Say with --url where the witness is.');
  await usingDistrict(options, async (database) => {
    const application = await composeOn(database, { log: false });
    const { publication, database: opened } = application;
    const system = systemActor('command line');
    try {
      if (options.add !== undefined)
        await opened.write(system, 'publication.add_witness', (tx) =>
          publication.addWitness(tx, { key: options.add!, url: options.url! }),
        );
      if (options.remove !== undefined)
        await opened.write(system, 'publication.drop_witness', (tx) =>
          publication.dropWitness(tx, options.remove!),
        );
      const witnesses = await opened.read(system, publication.witnesses);
      if (witnesses.length === 0) console.log('还没有见证人 · No witness is on file');
      for (const { name, size, fault } of witnesses)
        console.log(`${name}  ${size}${fault ? `  ${fault}` : ''}`);
    } finally {
      await application.close();
    }
  });
}
