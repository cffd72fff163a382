import type { KeyObject } from 'node:crypto';
import { beside } from '../../platform/beside.ts';
import { gathered } from '../../platform/gathered.ts';

/** What crosses to the thread: bytes as a text of one byte a letter, which is copied faster than a buffer of a pool. */
export interface SignedText {
  text: string;
  signature: string;
  publicKey: KeyObject;
}

/**
 * Checks signatures in a thread of its own, all that came in meanwhile at once: on a giving day they are the largest piece of
 * work that the thread of requests can be spared, and waking a thread of Node's pool for each would cost it half as much again.
 */
export function signaturesBeside() {
  const file = new URL('./signature.worker.ts', import.meta.url);
  const thread = beside<SignedText[], boolean[]>(file);
  const check = gathered((signed: SignedText[]) => thread.run(signed));
  return {
    isSigned: (bytes: Buffer, signature: string, publicKey: KeyObject) =>
      check({ text: bytes.toString('latin1'), signature, publicKey }),
    close: () => thread.close(),
  };
}
