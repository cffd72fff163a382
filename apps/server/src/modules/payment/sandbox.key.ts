import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { systemActor } from '../../platform/actor.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';

export interface SandboxKeys {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const ACTOR = systemActor('sandbox platform');
/** Whose key of the vault seals the platform's: the sandbox is nobody's data. */
const OWNER = '00000000-0000-7000-8000-00000000c0de';
const BITS = 2048;

/**
 * The sandbox platform's RSA key pair, as real cashiers sign with RSA and SHA-256. Made when first needed and
 * kept sealed beside the sandbox's orders, so that it survives a restart and every process has the same.
 */
export function sandboxKeys(needs: {
  database: Database;
  vault: Vault;
}): () => Promise<SandboxKeys> {
  let found: Promise<SandboxKeys> | null = null;
  return () =>
    (found ??= findOrMake(needs).catch((error: unknown) => {
      found = null;
      throw error;
    }));
}

async function findOrMake(needs: { database: Database; vault: Vault }): Promise<SandboxKeys> {
  const pem = (await readPem(needs)) ?? (await keepPem(needs, await makePem()));
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

function readPem({ database, vault }: { database: Database; vault: Vault }) {
  return database.read(ACTOR, async (tx) => {
    const row = await tx.db.selectFrom('sandbox_key').select('pem_sealed').executeTakeFirst();
    return row ? (await vault.findBoxes(tx, [OWNER])).get(OWNER)!.open(row.pem_sealed) : null;
  });
}

async function makePem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return privateKey;
}

/** Keeps a new key, or answers the one that another process kept first. */
async function keepPem(needs: { database: Database; vault: Vault }, pem: string): Promise<string> {
  await needs.database.write(ACTOR, null, async (tx) => {
    const box = (await needs.vault.boxes(tx, [OWNER])).get(OWNER)!;
    await tx.db
      .insertInto('sandbox_key')
      .values({ is_only: true, pem_sealed: box.seal(pem) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return (await readPem(needs))!;
}
