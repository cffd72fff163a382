import { look } from '../browser.ts';
import { person } from './district.ts';

/** Two people of the federation approve a proposal, the accountant pays it; answers the payment’s public page. */
export async function approveAndPay(proposal: string, bankReference: string): Promise<string> {
  for (const who of ['approver', 'secondApprover'] as const) {
    const page = await person(who).goTo(proposal, 'desk');
    await page.getByLabel('意见').fill('同意，价格合理。');
    await page.getByRole('button', { name: '同意', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await look(page);
    await dialog.getByRole('button', { name: '同意', exact: true }).click();
    await page
      .getByText(who === 'approver' ? '您不能审批这一笔' : '待付款')
      .first()
      .waitFor();
    await look(page);
  }
  const page = await person('accountant').goTo(proposal, 'desk');
  await page.getByLabel('银行流水号').fill(bankReference);
  await look(page);
  await page.getByRole('button', { name: '确认已付款' }).click();
  const trace = page.getByRole('link', { name: '查看公开溯源' });
  await look(page);
  return (await trace.getAttribute('href'))!;
}
