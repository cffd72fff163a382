import { systemActor } from '../platform/actor.ts';
import { writeSheet } from '../platform/sheet.ts';
import type { Demo } from './index.ts';

const WITH_FISCAL = new Set(['public_fundraising', 'designated_form', 'agreed_gift']);
const PAYERS = ['周演示', '吴演示', '郑演示', '王演示'];

/** Papers of gifts in every state: confirmed, asked, issued by a sheet that came back, waived. */
export async function bringPapers(demo: Demo): Promise<void> {
  const system = systemActor('demo');
  await demo.publication.publish();
  const area = demo.place.all().find(({ level }) => level === 'community')!;
  const accounts = demo.people.get(area.id)!.flatMap(({ account }) => account?.accountId ?? []);
  const gifts = await demo.database.read(system, async (tx) => {
    const all = [];
    for (const accountId of accounts.slice(0, 3))
      all.push(...(await demo.donation.giftFacts(tx, { accountId, limit: 12 })));
    return all.filter((gift) => WITH_FISCAL.has(gift.legalForm));
  });
  const [issued, asked, waived, confirmed] = gifts;
  for (const gift of [issued, confirmed])
    if (gift)
      await demo.database.write(system, 'receipt.make_confirmation', (tx) =>
        demo.receipt.makeConfirmation(tx, {
          token: gift.token,
          donorName: null,
          address: 'http://localhost:2727',
        }),
      );
  for (const [place, gift] of [issued, asked].entries())
    if (gift)
      await demo.database.write(system, 'receipt.ask_fiscal', (tx) =>
        demo.receipt.askFiscal(tx, {
          token: gift.token,
          payerName: PAYERS[place]!,
          taxNumber: null,
          contact: '19900000000',
        }),
      );
  if (waived)
    await demo.database.write(system, 'receipt.waive_fiscal', (tx) =>
      demo.receipt.waiveFiscal(tx, waived.token),
    );
  if (issued) await issue(demo, issued.number);
}

async function issue(demo: Demo, number: string): Promise<void> {
  const bytes = await writeSheet({
    name: '回填',
    columns: ['捐赠确认号', '票据号码', '开票日期'].map((title, place) => ({
      title,
      width: 20,
      kind: 'text' as const,
      of: (row: readonly string[]) => row[place] ?? null,
    })),
    rows: [[number, '豫财票演示 00012601', demo.halves.at(-1)!.date]],
  });
  await demo.database.write(demo.staff.get('accountant')!, 'receipt.import_fiscal', (tx) =>
    demo.receipt.importIssued(tx, { bytes, name: '回填.xlsx' }),
  );
}
