import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** The shell draws pages only, without the windows of a whole browser around each. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The two widths every page is looked at: a phone and an office screen. */
export const widths = {
  phone: { width: 390, height: 844 },
  desk: { width: 1440, height: 900 },
} as const;
export type Width = keyof typeof widths;

/** How long something that comes by itself is waited for. */
export const soon = { timeout: 40_000, interval: 100 };

/** Starts a headless Chromium that talks to nobody but the page's own server. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find((place) => existsSync(place));
  if (!executablePath)
    throw new Error('the browser tests need Chromium (apt-get install chromium)');
  return await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Each page runs its scripts, and axe, a few times only: compiling them well costs more than it saves.
      '--js-flags=--no-opt',
    ],
  });
}

export interface Opening {
  address: string;
  width: Width;
  /** A page whose cookies and kept drafts this one has too: the same person at another screen. */
  like?: Page;
  /** False for a browser without JavaScript. */
  scripts?: boolean;
}

/** A page of a person of her own: cookies apart, at a width; a script error on it fails the test. */
export async function openPage(browser: Browser, opening: Opening): Promise<Page> {
  const { address, width, like, scripts = true } = opening;
  const context = await browser.newContext({
    baseURL: address,
    viewport: widths[width],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: width === 'phone',
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
    ...(like && { storageState: await like.context().storageState() }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    // What the content security policy forbids and what React finds wrong is said on the console only.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      throw new Error(`${page.url()} says: ${message.text()}`);
  });
  return page;
}

/** Waits until the page shows its content instead of grey bars, and hears what is pressed. */
export async function settle(page: Page): Promise<void> {
  await page.locator('html[data-alive] #main h1:visible').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}

/** Rooms that the server does not draw: in them people go from page to page without loading the app anew. */
const DRAWN_HERE = /^\/(desk|my)(\/|$)/;

/**
 * Opens an address as its readers come to it: within a room by going on, else by loading it. Loading the whole app, and
 * axe, anew for each address costs more than looking at it.
 */
export async function visit(page: Page, path: string): Promise<void> {
  const isWithin = DRAWN_HERE.test(path) && DRAWN_HERE.test(new URL(page.url()).pathname);
  if (isWithin) return await goOn(page, path);
  await page.goto(path);
  await settle(page);
}

/** Goes to another address of the app as a link does, and forgets what the pages before had read. */
async function goOn(page: Page, path: string): Promise<void> {
  await page.evaluate(`(async () => {
    __TSR_ROUTER__.options.context.queryClient.removeQueries({ type: 'inactive' });
    await __TSR_ROUTER__.navigate({ href: ${JSON.stringify(path)} });
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  })()`);
  await settle(page);
}

/** Reloads a public page, which events reach a moment later, until it shows something. */
export async function reloadUntil(page: Page, shown: Locator): Promise<void> {
  const reloaded = async () => {
    if (await shown.first().isVisible()) return true;
    await page.reload();
    await settle(page);
    return false;
  };
  await expect.poll(reloaded, soon).toBe(true);
}

/** Looks at a page as its reader does: whole, accessible, not wider than the screen. */
export async function look(page: Page): Promise<void> {
  await settle(page);
  await keepPicture(page);
  await checkFits(page);
  await checkAccessibility(page);
}

/** Sees that a page, looked at already at another width, fits this one too. */
export async function glance(page: Page): Promise<void> {
  await settle(page);
  await keepPicture(page);
  await checkFits(page);
}

/** Finds nothing that WCAG 2.2 AA forbids and a program can see. */
async function checkAccessibility(page: Page): Promise<void> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const found: string[] = await page.evaluate(`axe
    .run({ runOnly: { type: 'tag', values: ${JSON.stringify(WCAG)} }, resultTypes: ['violations'] })
    .then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map((node) => node.html).join(' | ')))`);
  // Two fields of one id share a label, which no reader of the page could make sense of.
  const twice: string[] = await page.evaluate(`[...document.querySelectorAll('[id]')]
    .filter((element) => element.checkVisibility()).map(({ id }) => id).filter((id, place, all) => all.indexOf(id) < place)`);
  expect([...found, ...twice], page.url()).toEqual([]);
}

/** A page never scrolls sideways. Charts hear of a new width a moment later and draw themselves for it. */
export async function checkFits(page: Page): Promise<void> {
  const over = (): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  await expect
    .poll(over, { message: `${page.url()} is wider than the screen`, timeout: 10_000 })
    .toBeLessThanOrEqual(0);
}

let pictures = 0;

/** Keeps a picture of the page in the folder that SCREENSHOTS names, in the order they were met. */
async function keepPicture(page: Page): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const place = new URL(page.url()).pathname.replaceAll(/[^a-z0-9]+/gi, '-').slice(1, 40);
  const name = `${String(++pictures).padStart(3, '0')}-${place}-${page.viewportSize()?.width}.png`;
  await page.screenshot({ path: join(folder, name) });
}
