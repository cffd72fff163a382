import { expect, test } from 'vitest';
import { look, reloadUntil } from '../browser.ts';
import { runCommand } from '../server.ts';
import { met, person, theStory } from './district.ts';

test('the donor opens her gift and sees where her yuan went, in sentences and in a picture', async () => {
  for (const width of ['phone', 'desk'] as const) {
    const page = await person('donor').goTo(met('gift of the donor'), width);
    const sentences = page.locator('.sentences');
    await sentences.getByText(/捐的 1 元，已记入绿云社区心愿/).waitFor();
    await sentences.getByText(/付给了淮河路便民家电行，已送达，本人已确认收到/).waitFor();
    await page.getByRole('img', { name: /¥1\.00.*去向/ }).waitFor();
    await look(page);
  }
});

test('what was left over went by the rule the second donor was shown', async () => {
  const page = await person('secondDonor').goTo(met('gift of the second donor'), 'phone');
  const sentences = page.locator('.sentences');
  await sentences.getByText(/0\.50 元.*付给了淮河路便民家电行/).waitFor();
  await sentences.getByText(/1\.50 元.*按捐款前说明的办法转入募捐活动“微心愿”/).waitFor();
  await page.getByText('转给同社区等得最久的心愿').waitFor();
  await look(page);
});

test('she puts it into her own list', async () => {
  const page = await person('volunteer').goTo(met('gift of the donor'), 'phone');
  await page.getByRole('button', { name: '收进我的捐赠' }).click();
  await page.getByText('已收进您的捐赠').waitFor();
  await page.goto('/my/gifts');
  await page.getByText('¥1.00', { exact: true }).waitFor();
  await look(page);
  // What is in her list is not offered to her again.
  await person('volunteer').goTo(met('gift of the donor'), 'phone');
  await page.getByText('关于这个网址').waitFor();
  expect(await page.getByText('留住这笔捐赠').count()).toBe(0);
});

test('the supplier’s payment shows backwards which gifts paid it', async () => {
  for (const width of ['phone', 'desk'] as const) {
    const page = await person('donor').goTo(met('payment'), width);
    await page.getByRole('cell', { name: '爱心人士' }).waitFor();
    await page.getByRole('cell', { name: '暖暖一家' }).waitFor();
    await page.getByRole('cell', { name: /暖阳食品/ }).waitFor();
    const givers = page.getByRole('table').filter({ hasText: '捐赠人' });
    const amounts = await givers.locator('td[data-numeric]').allTextContents();
    expect(amounts.toSorted()).toEqual(['¥0.50', '¥1.00', '¥147.00']);
    await look(page);
  }
});

test('the fund’s public page shows in, out and balance, and nobody', async () => {
  for (const width of ['phone', 'desk'] as const) {
    const page = await person('donor').goTo(met('fund'), width);
    await page.getByText('¥500.00').first().waitFor();
    // What one person got is nobody else's business: the page says what was set aside for persons.
    await page.getByText(/救助备付户 ¥500\.00/).waitFor();
    expect(await page.locator('#main').textContent()).not.toMatch(/林玉珍|住院|¥300/);
    await look(page);
  }
});

test('the campaign’s page shows its plan, its filing and its money', async () => {
  for (const width of ['phone', 'desk'] as const) {
    const page = await person('donor').goTo(met('campaign'), width);
    await page.getByText('53410103000000000XA26001').first().waitFor();
    await reloadUntil(page, page.getByText('¥148.50'));
    await page.getByText('¥1.50').first().waitFor();
    await look(page);
  }
});

test('the auditor checks the ledger and reads the log', async () => {
  const page = await person('auditor').goTo('/desk/ledger', 'desk');
  await page.getByText('没有发现问题').waitFor();
  await look(page);
  await page.goto('/desk/audit?action=need.verify');
  await page
    .getByRole('cell', { name: /^记录认定/ })
    .first()
    .waitFor();
  expect(await page.getByRole('cell', { name: /^记录送达/ }).count()).toBe(0);
  await look(page);
});

test('the number of a gift is followed at the command line too', async () => {
  const page = await person('donor').goTo(met('gift of the donor'), 'phone');
  const [number] = /JZ-\d{8}/.exec(await page.locator('#main').innerText())!;
  const traced = await runCommand(theStory().server.dataDir, ['ledger', 'trace', number]);
  expect(traced).toMatch(/去往[\s\S]*淮河路便民家电行/);
});
