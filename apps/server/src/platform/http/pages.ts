import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '@wennuan/contract';
import { type ClientFile, readClientFiles, sendCompressed, sendFile } from './client-files.ts';

/** Areas that a browser draws by itself: nothing in them is for search engines or for reading without an account. */
const DRAWN_IN_BROWSER = /^\/(?:my|desk|counter|sandbox)(?:\/|$)/;
const PREFERENCE_SECONDS = 31_536_000;

interface DrawnPage {
  status: number;
  html: string;
  head: string;
  state: string;
  /** Its own address, when it was asked for by another spelling. */
  movedTo: string | null;
}
type FetchJson = (address: string) => Promise<{ status: number; body: unknown }>;
interface Reader {
  language: Language;
  elder: boolean;
}
/** What `apps/web/dist/server/server.js` exports (areas/public/server.tsx). */
interface PageRenderer {
  renderPage(request: Reader & { url: string; fetchJson: FetchJson }): Promise<DrawnPage>;
  fillPage(template: string, filled: Reader & { page?: DrawnPage }): string;
}

/**
 * Serves the built web app: hashed assets from memory, public pages drawn here so that they can be read
 * without JavaScript, and the bare app for `/my`, `/desk`, `/counter` and `/sandbox`. Addresses under `/api` are left
 * to the API. Refuses to start when the web app has not been built.
 */
export async function servePages(
  app: FastifyInstance,
  { distFolder }: { distFolder: URL },
): Promise<void> {
  // React chooses its fast build by this variable when it is first loaded.
  process.env.NODE_ENV ??= 'production';
  const files = await readClientFiles(new URL('client/', distFolder));
  const template = files.get('/index.html')?.body.toString();
  if (!template)
    throw new Error(`the web app is not built: no index.html below ${distFolder.href}`);
  files.delete('/index.html');
  const renderer = (await import(new URL('server/server.js', distFolder).href)) as PageRenderer;
  app.get('/*', { schema: { hide: true } }, (request, reply) =>
    answer({ app, files, template, renderer }, request, reply),
  );
}

interface Site {
  app: FastifyInstance;
  files: ReadonlyMap<string, ClientFile>;
  template: string;
  renderer: PageRenderer;
}

async function answer(site: Site, request: FastifyRequest, reply: FastifyReply) {
  // A path that begins with two slashes would be another host in a Location header.
  const url = new URL(request.url.replace(/^[/\\]+/, '/'), 'http://page');
  if (/^\/api(?:\/|$)/.test(url.pathname)) return reply.callNotFound();
  const file = site.files.get(url.pathname);
  if (file) return sendFile(request, reply, file);
  if (keepPreferences(url, reply)) return reply.redirect(url.pathname + url.search, 303);
  const reader = readerOf(request);
  const page = DRAWN_IN_BROWSER.test(url.pathname)
    ? undefined
    : await draw(site, { request, reader, address: url.pathname + url.search });
  if (page?.movedTo) return reply.redirect(page.movedTo, 302);
  const html = site.renderer.fillPage(site.template, { ...reader, page });
  reply.status(page?.status ?? 200).headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-cache',
    vary: 'cookie, accept-encoding',
  });
  if (page?.status === 503) reply.header('retry-after', '5');
  // The link of a gift is its giver's key: it stays out of other sites' logs and of search engines.
  if (url.pathname.startsWith('/gifts/'))
    reply.headers({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
  return sendCompressed(request, reply, Buffer.from(html));
}

interface Wanted {
  request: FastifyRequest;
  reader: Reader;
  address: string;
}

/** Draws a page; if that itself breaks, answers the bare app, which draws it in the browser or says what is wrong. */
async function draw(site: Site, { request, reader, address }: Wanted): Promise<DrawnPage> {
  try {
    return await site.renderer.renderPage({
      ...reader,
      url: address,
      fetchJson: (asked) => fetchInside(site.app, request, asked),
    });
  } catch (error) {
    request.log.error({ err: error, address }, 'page not drawn');
    return { status: 500, html: '', head: '<title>温暖</title>', state: '', movedTo: null };
  }
}

/** Asks the API inside this process, as the reader herself: with her cookies and address. */
async function fetchInside(app: FastifyInstance, request: FastifyRequest, address: string) {
  const response = await app.inject({
    method: 'GET',
    url: address,
    remoteAddress: request.ip,
    headers: { accept: 'application/json', cookie: request.headers.cookie ?? '' },
  });
  return { status: response.statusCode, body: readJson(response.payload) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `?lang=en` and `?elder=1`, the switches' addresses for browsers without JavaScript: true when one was kept. */
function keepPreferences(url: URL, reply: FastifyReply): boolean {
  const kept = (
    [
      ['lang', /^(?:zh|en)$/],
      ['elder', /^[01]$/],
    ] as const
  ).flatMap(([name, allowed]) => {
    const value = url.searchParams.get(name);
    url.searchParams.delete(name);
    return value !== null && allowed.test(value)
      ? [`${name}=${value}; Path=/; Max-Age=${PREFERENCE_SECONDS}; SameSite=Lax`]
      : [];
  });
  if (kept.length > 0) reply.header('set-cookie', kept);
  return kept.length > 0;
}

/** The page's own choice only: the browser that takes the page over knows nothing else. */
function readerOf(request: FastifyRequest): Reader {
  const cookies = request.headers.cookie ?? '';
  return {
    language: /(?:^|;\s*)lang=en(?:;|$)/.test(cookies) ? 'en' : 'zh',
    elder: /(?:^|;\s*)elder=1(?:;|$)/.test(cookies),
  };
}
