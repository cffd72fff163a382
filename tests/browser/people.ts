import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { totpCode } from '../../apps/server/src/modules/access/index.ts';
import { openPage, settle, soon, type Width } from './browser.ts';

/** How somebody signs in: staff with name, password and one-time code, residents with a telephone. */
export type SignIn = { name: string; password: string; totpUri: string } | { telephone: string };

/** Somebody in the story. Signs in once; every further screen of hers has the same cookies. */
export class Person {
  #browser: Browser;
  #address: string;
  #signIn: SignIn | null;
  #pages = new Map<Width, Page>();

  constructor(browser: Browser, address: string, signIn: SignIn | null) {
    this.#browser = browser;
    this.#address = address;
    this.#signIn = signIn;
  }

  /** Her page at a width, signed in; the same one each time. */
  async at(width: Width): Promise<Page> {
    const open = this.#pages.get(width);
    if (open) return open;
    const page = await this.window(width);
    if (this.#pages.size === 0 && this.#signIn) await signIn(page, this.#signIn);
    this.#pages.set(width, page);
    return page;
  }

  /** A further window of hers, which does not sign in by itself. */
  async window(width: Width): Promise<Page> {
    const [like] = this.#pages.values();
    return await openPage(this.#browser, { address: this.#address, width, ...(like && { like }) });
  }

  /** At an address, at a width. */
  async goTo(path: string, width: Width): Promise<Page> {
    const page = await this.at(width);
    await page.goto(path);
    await settle(page);
    return page;
  }
}

async function signIn(page: Page, as: SignIn): Promise<void> {
  if ('telephone' in as) {
    await page.goto('/my/sign-in');
    await signInByTelephone(page, as.telephone);
    await page.getByRole('heading', { name: '我要求助' }).waitFor();
  } else {
    await page.goto('/desk/sign-in');
    await signInAtDesk(page, as);
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  }
}

/** Fills the sign-in page of residents: the number, then the code the sandbox channel shows. */
export async function signInByTelephone(page: Page, telephone: string): Promise<void> {
  await page.getByLabel('您的手机号').fill(telephone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  const code = page.getByLabel('短信里的验证码');
  await code.waitFor();
  await code.fill(await codeSentTo(page, telephone));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

async function signInAtDesk(
  page: Page,
  { name, password, totpUri }: { name: string; password: string; totpUri: string },
): Promise<void> {
  await page.getByLabel('用户名').fill(name);
  await page.getByLabel('密码').fill(password);
  await page.getByLabel('动态码').fill(totpCode(secretOf(totpUri), new Date()));
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** The newest code sent to a number, as the sandbox channel shows it once it is sent. */
export async function codeSentTo(page: Page, telephone: string): Promise<string> {
  let code: string | undefined;
  const sent = async () => {
    const response = await page.request.get('/api/sandbox/messages');
    const { items } = (await response.json()) as { items: { telephone: string; text: string }[] };
    code = items
      .filter((one) => one.telephone === telephone)
      .map(({ text }) => /验证码 (\d{6})/.exec(text)?.[1])
      .find(Boolean);
    return code;
  };
  await expect.poll(sent, soon).toBeDefined();
  return code!;
}

function secretOf(totpUri: string): string {
  return new URL(totpUri).searchParams.get('secret')!;
}
