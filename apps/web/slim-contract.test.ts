import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { slimContract } from './slim-contract.ts';

const contract = fileURLToPath(new URL('../../packages/contract/src', import.meta.url));

test('the browser is given the contract’s routes and rules without its schemas', async () => {
  const entry = 'export { routes, needKinds, roleMay } from "@wennuan/contract";';
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      slimContract(contract),
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith('/entry') ? '\0entry' : null),
        load: (id) => (id === '\0entry' ? entry : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      lib: { entry: 'entry', formats: ['es'], fileName: 'entry' },
    },
  });
  const [bundle] = [result].flat();
  const code = bundle && 'output' in bundle ? bundle.output[0].code : '';
  expect(code).toContain('/api/public/wishes/:needId');
  expect(code).not.toMatch(/zod|safeParse/i);
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    routes: { need: { file: object } };
    needKinds: { micro_wish: { mostFen: number } };
    roleMay: (role: null, permission: string) => boolean;
  };
  expect(module.routes.need.file).toEqual({ method: 'POST', path: '/api/needs' });
  expect(module.needKinds.micro_wish.mostFen).toBe(50_000);
  expect(module.roleMay(null, 'need.file')).toBe(false);
});
