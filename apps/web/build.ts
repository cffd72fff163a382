import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * Builds the web app: `dist/client` for browsers (index.html and hashed assets) and
 * `dist/server/server.js`, which renders public pages without a browser (`renderPage`, `fillPage`).
 */
export async function buildWeb(): Promise<void> {
  const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));
  await build({ configFile, mode: 'production', logLevel: 'warn' });
  await build({ configFile, mode: 'production', logLevel: 'warn', build: { ssr: true } });
}

if (import.meta.main) await buildWeb();
