import type { Locator, Page } from 'playwright-core';

/** Opens the form of a move on a need's page. */
export async function openMove(page: Page, move: string): Promise<Locator> {
  await page.getByRole('button', { name: new RegExp(`^${move}`), expanded: false }).click();
  const send = page.getByRole('button', { name: new RegExp(`^提交.${move}$`) });
  const form = page.locator('form').filter({ has: send });
  await form.waitFor();
  return form;
}

/** Sends the open form of a move and waits until the server has it. */
export async function sendMove(form: Locator): Promise<void> {
  await form.getByRole('button', { name: /^提交/ }).click();
  await form.waitFor({ state: 'detached' });
}

/** A move that needs nothing but a few words. */
export async function doMove(page: Page, move: string, note?: string): Promise<void> {
  const form = await openMove(page, move);
  if (note) await form.getByRole('textbox').first().fill(note);
  await sendMove(form);
}

interface Visit {
  seen: string;
  finding?: '属实' | '部分属实' | '不属实';
  price?: string;
  secondSource?: string;
}

/** Fills the record of a visit; what is public or statutory comes beside it. */
export async function fillVisit(form: Locator, visit: Visit): Promise<void> {
  const { seen, finding = '属实', price, secondSource } = visit;
  await form.getByLabel('走访地点').fill('家中');
  await form.getByLabel('看到的情况').fill(seen);
  await form.getByRole('radio', { name: finding, exact: true }).check();
  if (price) {
    await form.getByLabel('市场价格').fill(price);
    await form.getByLabel('价格来源').fill('便民家电行标价');
  }
  if (secondSource) await form.getByLabel('第二来源').fill(secondSource);
}

/** What the public will read. */
export async function fillPublicWords(form: Locator, title: string, text: string): Promise<void> {
  await form.getByLabel('公开标题').fill(title);
  await form.getByLabel('公开文字').fill(text);
}

/** Checks every statutory aid; the named ones are referred. */
export async function checkStatutory(form: Locator, referred: readonly string[]): Promise<void> {
  for (const aid of referred)
    await form.getByLabel(aid, { exact: true }).selectOption({ label: '应转介' });
  await form.getByRole('button', { name: /其余都选/ }).click();
}
