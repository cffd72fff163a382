import type { QueryClient } from '@tanstack/react-query';
import { createMemoryHistory } from '@tanstack/react-router';
import { renderToString } from 'react-dom/server';
import { App } from '../../app.tsx';
import { makeRouter } from '../../router.tsx';
import { callThrough, type FetchJson } from '../../shared/api/client.ts';
import { stateText } from '../../shared/api/hydration.ts';
import { makeQueryClient } from '../../shared/api/query.ts';
import { asRefusal } from '../../shared/api/refusal.ts';
import { type Language, languageTag, makeI18n } from '../../shared/i18n/index.ts';

export interface PageRequest {
  /** Path and query of the page: `/wall?street=410103001`. */
  url: string;
  language: Language;
  /** Large type. */
  elder: boolean;
  /** Answers a GET of the API inside this process, with the reader's own cookies. */
  fetchJson: FetchJson;
}

export interface RenderedPage {
  status: number;
  /** Goes into `<div id="root">`. */
  html: string;
  /** Goes into `<head>` instead of the template's title: already escaped. */
  head: string;
  /** Goes into `<script type="application/json" id="state">`: already safe inside a script element. */
  state: string;
  /** The page's own address when it was asked for by another spelling; then nothing is drawn. */
  movedTo: string | null;
}

/**
 * Draws a public page without a browser. A page that cannot have its main data answers with the
 * status of that refusal (404, 503) and still says so in words.
 */
export async function renderPage(request: PageRequest): Promise<RenderedPage> {
  const { url, language, elder, fetchJson } = request;
  const queryClient = makeQueryClient(true);
  const call = callThrough(fetchJson);
  const i18n = await makeI18n(language);
  const router = makeRouter(
    { queryClient, call, i18n },
    createMemoryHistory({ initialEntries: [url] }),
  );
  await router.load();
  const movedTo = canonicalOf(router);
  if (movedTo !== null) return { status: 302, html: '', head: '', state: '', movedTo };
  const head = { title: '', description: '' };
  const html = renderToString(
    <App
      router={router}
      queryClient={queryClient}
      call={call}
      i18n={i18n}
      elder={elder}
      head={head}
    />,
  );
  const description = escapeHtml(head.description);
  const page = {
    status: statusOf(router, queryClient),
    html,
    head: `<title>${escapeHtml(head.title)}</title>${description && `<meta name="description" content="${description}" />`}`,
    state: stateText(queryClient),
    movedTo: null,
  };
  queryClient.clear();
  return page;
}

/**
 * Puts a drawn page into the built `index.html`, with the language and type size on the document.
 * Without a page it is the bare app, for areas that are drawn in the browser.
 */
export function fillPage(
  template: string,
  { language, elder, page }: { language: Language; elder: boolean; page?: RenderedPage },
): string {
  const opened = template.replace(
    /<html[^>]*>/,
    `<html lang="${languageTag(language)}" data-elder="${elder}">`,
  );
  if (!page) return opened;
  return opened
    .replace(/<title>.*?<\/title>/s, () => page.head)
    .replace('<div id="root"></div>', () => `<div id="root">${page.html}</div>`)
    .replace(/(<script type="application\/json" id="state">)/, (tag) => tag + page.state);
}

/** Where the router sends an address whose search it reads differently: `?street=` becomes nothing at all. */
function canonicalOf(router: ReturnType<typeof makeRouter>): string | null {
  const result = router._serverResult;
  return result?.type === 'redirect' ? result.redirect.headers.get('Location') : null;
}

function statusOf(router: ReturnType<typeof makeRouter>, queryClient: QueryClient): number {
  const matches = router.state.matches;
  if (matches.some((match) => match.status === 'notFound' || match._notFound)) return 404;
  if (matches.some((match) => match.status === 'error')) return 500;
  const failed = queryClient
    .getQueryCache()
    .getAll()
    .flatMap((query) => (query.state.error ? [asRefusal(query.state.error).status] : []));
  return (
    failed.find((status) => status >= 500) ??
    (failed.some((status) => status === 404 || status === 400) ? 404 : 200)
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
