import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
};
const WORTH_COMPRESSING = /^text|json|svg/;
const SMALLEST_COMPRESSED = 1_024;
/** What the build compressed itself, beside the file it is of. */
const BUILT_COMPRESSED = '.br';
type Encoding = 'br' | 'gzip';

/** A file of the built web app, with its compressed forms once somebody asked for them. */
export interface ClientFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly compressed: Map<Encoding, Promise<Buffer>>;
}

/**
 * Reads a built client folder into memory, by address (`/assets/index-1a2b.js`). The app is small, and an
 * address that is not in the map cannot reach a file outside the folder.
 */
export async function readClientFiles(folder: URL): Promise<Map<string, ClientFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, ClientFile>();
  const smallest = new Map<string, Buffer>();
  for (const entry of entries.filter((found) => found.isFile())) {
    const path = `${entry.parentPath}/${entry.name}`;
    const body = await readFile(path);
    const address = path.slice(decodeURIComponent(folder.pathname).length - 1).replace(/\/+/g, '/');
    if (address.endsWith(BUILT_COMPRESSED)) {
      smallest.set(address.slice(0, -BUILT_COMPRESSED.length), body);
      continue;
    }
    files.set(address, {
      body,
      type: types[extname(entry.name)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`,
      immutable: address.startsWith('/assets/'),
      compressed: new Map(),
    });
  }
  for (const [address, body] of smallest)
    files.get(address)?.compressed.set('br', Promise.resolve(body));
  return files;
}

/** Sends a file of the app; hashed names are kept by browsers for good, others are asked for again. */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: ClientFile) {
  reply.headers({
    'content-type': file.type,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.immutable
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=3600, must-revalidate',
  });
  if (request.headers['if-none-match'] === file.etag) return reply.status(304).send();
  const encoding = WORTH_COMPRESSING.test(file.type) ? encodingFor(request, file.body) : null;
  if (!encoding) return reply.send(file.body);
  if (!file.compressed.has(encoding))
    file.compressed.set(encoding, compress(encoding, file.body, 9));
  return reply.header('content-encoding', encoding).send(await file.compressed.get(encoding));
}

/** Sends a drawn page, compressed when the browser can read that. */
export async function sendCompressed(request: FastifyRequest, reply: FastifyReply, body: Buffer) {
  const encoding = encodingFor(request, body);
  if (!encoding) return reply.send(body);
  return reply.header('content-encoding', encoding).send(await compress(encoding, body, 4));
}

function encodingFor(request: FastifyRequest, body: Buffer): Encoding | null {
  if (body.length < SMALLEST_COMPRESSED) return null;
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

function compress(encoding: Encoding, body: Buffer, level: number): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(body, { level });
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: level } });
}
