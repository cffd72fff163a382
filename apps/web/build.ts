import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';

const LARGE_BYTES = 200_000;

/**
 * Builds the web app: `dist/client` for browsers (index.html and hashed assets) and
 * `dist/server/server.js`, which renders public pages without a browser (`renderPage`, `fillPage`).
 */
export async function buildWeb(): Promise<void> {
  const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));
  await build({ configFile, mode: 'production', logLevel: 'warn' });
  await build({ configFile, mode: 'production', logLevel: 'warn', build: { ssr: true } });
  await compressLarge(new URL('./dist/client/assets/', import.meta.url));
}

/**
 * Compresses the large scripts every page begins with as small as can be, into `….js.br` beside them: that takes seconds,
 * which nobody who asks for them should wait.
 */
async function compressLarge(folder: URL): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.js')) continue;
    const body = await readFile(new URL(name, folder));
    if (body.length < LARGE_BYTES) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    await writeFile(new URL(`${name}.br`, folder), brotliCompressSync(body, { params }));
  }
}

if (import.meta.main) await buildWeb();
