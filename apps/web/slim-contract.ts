import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const VIRTUAL = '\0slim-contract';
/** Files of the contract that hold no schema and can go to the browser as they are. */
const plainFiles = ['access.ts', 'refusals.ts'];

/**
 * Gives the browser the contract without its schemas: of a route only method, path and how it answers.
 * The server validates every input anyhow, so an old phone need not load a validation library (about
 * 60 kB); types are taken from the full contract and are not changed.
 */
export function slimContract(contractFolder: string): Plugin {
  return {
    name: 'slim-contract',
    enforce: 'pre',
    resolveId: (source) => (source === '@wennuan/contract' ? VIRTUAL : null),
    async load(moduleId) {
      if (moduleId !== VIRTUAL) return null;
      for (const file of readdirSync(contractFolder)) this.addWatchFile(join(contractFolder, file));
      return slimModule(contractFolder);
    },
  };
}

async function slimModule(folder: string): Promise<string> {
  const whole = await importFile(join(folder, 'index.ts'));
  const plain = await Promise.all(plainFiles.map((file) => importFile(join(folder, file))));
  const lines = plainFiles.map((file) => `export * from ${JSON.stringify(join(folder, file))};`);
  for (const [name, value] of Object.entries(whole)) {
    if (plain.some((module) => name in module) || isSchema(value)) continue;
    if (typeof value === 'function') {
      const file = await fileExporting(folder, name);
      if (file) lines.push(`export { ${name} } from ${JSON.stringify(file)};`);
    } else lines.push(`export const ${name} = /* #__PURE__ */ ${literal(slim(value))};`);
  }
  return lines.join('\n');
}

async function importFile(file: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

async function fileExporting(folder: string, name: string): Promise<string | null> {
  for (const file of readdirSync(folder)) {
    if (file === 'index.ts' || !file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    if (name in (await importFile(join(folder, file)))) return join(folder, file);
  }
  return null;
}

function literal(value: unknown): string {
  return `JSON.parse(${JSON.stringify(JSON.stringify(value ?? null))})`;
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

function slim(value: unknown): unknown {
  if (isSchema(value) || typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('method' in value && 'path' in value) {
    const { method, path } = value;
    return { method, path };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, slim(inner)]));
}
