import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { slimContract } from './slim-contract.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const contract = fileURLToPath(new URL('../../packages/contract/src', import.meta.url));

/** One configuration, two builds: the app for browsers, and the public area for the server to render. */
export default defineConfig(({ isSsrBuild }) => ({
  root: here,
  plugins: [react(), slimContract(contract)],
  publicDir: isSsrBuild ? false : 'public',
  build: {
    target: ['chrome87', 'safari14', 'edge88', 'firefox80'],
    emptyOutDir: true,
    outDir: isSsrBuild ? 'dist/server' : 'dist/client',
    assetsInlineLimit: 2_048,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    ...(isSsrBuild && {
      rolldownOptions: {
        input: 'src/areas/public/server.tsx',
        output: { entryFileNames: 'server.js' },
      },
    }),
  },
}));
