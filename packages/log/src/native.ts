type NodeCrypto = typeof import('node:crypto');

/**
 * The host's own cryptography where there is one that answers at once (Node), else null. Browsers have
 * only Web Crypto, which is missing on plain HTTP and has no Ed25519 on older phones: there the pure
 * implementations beside this file do the work.
 */
export const native: NodeCrypto | null =
  (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.('node:crypto') ?? null;
