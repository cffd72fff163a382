import { existsSync, globSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** Figures of a benchmark by name; null for one that this run did not measure. */
export type Figures = Record<string, number | null>;

export interface BenchOptions {
  /** Larger data (ten million transfers), more memory, more time. */
  large: boolean;
  /** A minute at most, to see that it runs; its figures mean little. */
  quick: boolean;
  /** Further options of the benchmark as given, `--clients=16` as `clients: '16'`. */
  more: Record<string, string | boolean>;
  log: (line: string) => void;
}

/** What every file in this folder exports as `run`. */
export type Bench = (options: BenchOptions) => Promise<Figures>;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    rosters: { type: 'string' },
    large: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** `npm run bench -- NAME [--json FILE] [--large] [--quick]`: runs one benchmark and prints its figures. */
async function main(): Promise<void> {
  const name = positionals[0] ?? '';
  const file = join(import.meta.dirname, `${name}.ts`);
  if (values['help'] || name === 'main' || !/^[a-z-]+$/.test(name) || !existsSync(file)) {
    console.log(
      `npm run bench -- NAME [--json FILE] [--large] [--quick]\nNAME: ${names().join(', ')}`,
    );
    process.exitCode = values['help'] ? 0 : 1;
    return;
  }
  const { run } = (await import(pathToFileURL(file).href)) as { run: Bench };
  const { json, large, quick, help: _help, ...more } = values;
  const figures = await run({
    large: large === true,
    quick: quick === true,
    more: more as Record<string, string | boolean>,
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  print(name, figures);
  if (typeof json === 'string') {
    writeFileSync(json, `${JSON.stringify({ bench: name, figures }, null, 2)}\n`);
  }
}

function names(): string[] {
  return globSync('*.ts', { cwd: import.meta.dirname })
    .map((file) => basename(file, '.ts'))
    .filter((name) => name !== 'main' && !name.includes('.'))
    .toSorted();
}

function print(name: string, figures: Figures): void {
  const rows = Object.entries(figures).map(([figure, value]) => [figure, shown(value)] as const);
  const wide = Math.max(name.length, ...rows.map(([figure]) => figure.length));
  const right = Math.max(0, ...rows.map(([, value]) => value.length));
  console.log(`${name}\n${'─'.repeat(wide + right + 2)}`);
  for (const [figure, value] of rows) {
    console.log(`${figure.padEnd(wide)}  ${value.padStart(right)}`);
  }
}

function shown(value: number | null): string {
  if (value === null) return '—';
  // Shares near one differ in the fourth digit.
  const isShare = Math.abs(value) < 1 && value !== 0;
  const digits = isShare ? 5 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

await main();
