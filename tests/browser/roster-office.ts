import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './browser.ts';
import { addStaff, newDistrict } from './empty-district.ts';
import { Person } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

interface Office {
  server: RunningServer;
  officer: Person;
}

/** An empty district with its officer, who takes rosters in, for a file's tests; answers who they are once these run. */
export function rosterOffice(): () => Office {
  let office: Office;
  let browser: Browser;
  beforeAll(async () => {
    const dataDir = await newDistrict();
    const signIn = await addStaff(dataDir, 'office', '--role', 'district_officer');
    const [server, opened] = await Promise.all([
      startServer({ demo: false, dataDir }),
      openBrowser(),
    ]);
    browser = opened;
    office = { server, officer: new Person(browser, server.address, signIn) };
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await office?.server.stop();
  });
  return () => office;
}

export interface Dropped {
  name: string;
  bytes: Buffer;
}

/** Drops files on the page, as a mouse would. */
export async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  const packed = JSON.stringify(files.map(({ name, bytes }) => [name, bytes.toString('base64')]));
  const transfer = await page.evaluateHandle(
    `(() => { const data = new DataTransfer(); for (const [name, text] of ${packed}) data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name)); return data; })()`,
  );
  await page.dispatchEvent('.drop-zone', 'drop', { dataTransfer: transfer });
}
