#!/usr/bin/env node
// Plain JavaScript that old versions of Node understand: it only finds a Node that runs the rest.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  const { main } = await import('../src/main.ts');
  await main(process.argv.slice(2));
} else {
  runWith(bundledNode());
}

/** The Node that npm installed beside the other packages, or null where there is none for this system. */
function bundledNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    const entry = createRequire(import.meta.url).resolve(
      `node-${system}-${process.arch}/package.json`,
    );
    const node = join(dirname(entry), 'bin', file);
    return existsSync(node) ? node : null;
  } catch {
    return null;
  }
}

/** Runs the program with another Node and ends as it ends. */
function runWith(node) {
  if (!node) {
    console.error(
      `需要 Node.js ${NEEDED} 或更高版本，当前为 ${process.versions.node}。请先运行 npm ci，或安装较新的 Node.js。\n` +
        `Node.js ${NEEDED} or later is needed, this is ${process.versions.node}. ` +
        `Run npm ci first, or install a newer Node.js.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const name of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    // A terminal sends Ctrl-C to both by itself.
    process.on(name, () => (name === 'SIGINT' && process.stdin.isTTY === true) || child.kill(name));
  }
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
