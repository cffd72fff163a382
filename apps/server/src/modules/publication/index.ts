import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Id } from '@wennuan/basics';
import { createSigner, type Signer } from '@wennuan/log/sign';
import type { FastifyInstance } from 'fastify';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import type { Vault } from '../../platform/vault.ts';
import { createHeadMemory } from './head-memory.ts';
import { serveLogFiles } from './log-files.ts';
import { proofOf, seal } from './publication.proof.ts';
import { publicationHandlers } from './publication.routes.ts';
import { continueLog, forget, type Halt, publish } from './publication.service.ts';
import { verifyStored } from './verify-stored.ts';
import {
  addWitness,
  askWitnesses,
  dropWitness,
  readWitnesses,
  type WitnessNeeds,
} from './witness.service.ts';

export type { Halt } from './publication.service.ts';
export type { StoredFinding, StoredVerified } from './verify-stored.ts';
export type Publication = ReturnType<typeof createPublication>;

interface Needs {
  database: Database;
  vault: Pick<Vault, 'hash'>;
  /** The district's schema: each district has a key and a log of its own. */
  schema: string;
  dataDir: string;
  /** The log's public name, best its address without `https://`; by default one made of its key. */
  origin?: string | undefined;
  giftTransfer(tx: Scoped, token: string): Promise<Id | null>;
  /** How witnesses are reached. */
  fetch: typeof fetch;
}

/** The public log: publishes what the ledger has committed, serves it, proves gifts, and forgets. */
export function createPublication(given: Needs) {
  const seed = given.vault.hash('public-log', given.schema);
  const signer = rememberedSigner(seed);
  const needs: WitnessNeeds = {
    database: given.database,
    random: drawRandom(),
    signer,
    origin: given.origin ?? ownName(signer('log').key.publicKey),
    memory: createHeadMemory(join(given.dataDir, `log-head-${given.schema}`)),
    giftTransfer: given.giftTransfer,
    fetch: given.fetch,
  };
  return {
    handlers: publicationHandlers(needs),
    ticks: [
      publishingTick(needs),
      {
        name: 'publication.ask_witnesses',
        everySeconds: 2,
        run: async () => void (await askWitnesses(needs)),
      },
    ],
    /** Serves the log's files below `/log`. */
    serveFiles: (app: FastifyInstance) => serveLogFiles(app, needs),
    /** Publishes all that waits now; answers how many leaves, or why it must not. */
    publish: () => publish(needs),
    /** Goes on under a new name after a restore from before a published head; null when nothing was lost. */
    continueLog: () => continueLog(needs),
    /** Deletes the salts of transfers' entries and logs that it was done. System login. */
    forget: (tx: Writing, command: { transferIds: readonly Id[]; reason: string }) =>
      forget(needs, tx, command),
    /** The receipt of a transfer, with what we say about it under the log's signature. System login. */
    receipt: (tx: Scoped, asked: Parameters<typeof proofOf>[2]) => proofOf(needs, tx, asked),
    /** A file with a seal of the log's key as its last line. System login. */
    seal: (tx: Scoped, file: { name: string; body: Uint8Array }) => seal(needs, tx, file),
    /** Puts a witness on file; refuses `input_invalid`. System login. */
    addWitness: (tx: Writing, witness: { key: string; url: string }) => addWitness(tx, witness),
    dropWitness: (tx: Writing, name: string) => dropWitness(tx, name),
    witnesses: (tx: Scoped) => readWitnesses(tx),
    /** Asks each witness to sign the newest head now; answers how many did. */
    askWitnesses: () => askWitnesses(needs),
    /** Verifies the stored log, and every entry against the ledger. */
    verifyStored: () => verifyStored(needs),
  };
}

function rememberedSigner(seed: Uint8Array): (origin: string) => Signer {
  const made = new Map<string, Signer>();
  return (origin) => {
    const signer = made.get(origin) ?? createSigner(origin, seed, 'ed25519');
    made.set(origin, signer);
    return signer;
  };
}

/** A name nobody else's log has, for an installation that does not know its address. */
function ownName(publicKey: Uint8Array): string {
  return `wennuan.local/${createHash('sha256').update(publicKey).digest('hex').slice(0, 8)}/log`;
}

/** Every second, so that a leaf is in a signed head within two. A halted log is told once, not every second. */
function publishingTick(needs: WitnessNeeds): Tick {
  let told = '';
  return {
    name: 'publication.publish',
    everySeconds: 1,
    async run() {
      const turn = await publish(needs);
      const message = typeof turn === 'number' ? '' : haltMessage(turn);
      const isNews = message !== '' && message !== told;
      told = message;
      if (isNews) throw new Error(message);
    },
  };
}

/** What whoever runs the server must know and do. */
export function haltMessage({ lost, size }: Halt): string {
  return (
    `公开账本已停止更新：曾经公布过 ${lost.origin} 的 ${lost.size} 条，而数据库中只有与之不一致的 ${size} 条，` +
    `数据库可能恢复自较早的备份。请先恢复较新的备份；如确已无法恢复，用 wennuan log continue 以新的名称继续，并写明丢失的部分。\n` +
    `The public log is halted: ${lost.size} entries of ${lost.origin} were published, the database has ${size} that ` +
    `do not contain them; it was probably restored from an older backup. Restore a newer one, or, if there is none, ` +
    `run wennuan log continue to go on under a new name that states what was lost.`
  );
}

const DRAWN_AHEAD = 16_384;

/** Random bytes, drawn ahead: asking the host for sixteen at a time costs more than hashing them. */
function drawRandom(): (bytes: number) => Uint8Array {
  let pool = new Uint8Array(0);
  return (bytes) => {
    if (pool.length < bytes) pool = new Uint8Array(randomBytes(Math.max(DRAWN_AHEAD, bytes)));
    const drawn = pool.slice(0, bytes);
    pool = pool.subarray(bytes);
    return drawn;
  };
}
