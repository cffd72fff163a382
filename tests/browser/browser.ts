import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The two widths every page is looked at: a phone and an office screen. */
export const widths = {
  phone: { width: 390, height: 844 },
  desk: { width: 1440, height: 900 },
} as const;

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
    ],
  });
}

/** A page of a person of her own: cookies apart, at a width; a script error on it fails the test. */
export async function openPage(
  browser: Browser,
  address: string,
  width: keyof typeof widths,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: widths[width],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: width === 'phone',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

/** Finds nothing that WCAG 2.2 AA forbids and a program can see. */
export async function checkAccessibility(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const found: string[] = await page.evaluate(`axe
    .run({ runOnly: { type: 'tag', values: ${JSON.stringify(WCAG)} } })
    .then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map((node) => node.html).join(' | ')))`);
  expect(found, page.url()).toEqual([]);
}

/** A page never scrolls sideways. */
export async function checkFits(page: Page): Promise<void> {
  const over: number = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(over, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}
