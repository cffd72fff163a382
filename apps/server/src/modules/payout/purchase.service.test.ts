import { newId, Refusal, type Id } from '@wennuan/basics';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { payoutDistrict, type PayoutDistrict } from '../../../test-support/payout.ts';
import { systemActor } from '../../platform/actor.ts';

let district: PayoutDistrict;
beforeAll(async () => {
  district = await payoutDistrict();
  await district.notify({ amountFen: 1_000_000 });
  await district.signed('organization', district.supplierId);
});
afterAll(() => district.close());

const system = systemActor('test');
const codeOf = (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown));
const write = <T>(name: string, work: Parameters<typeof district.database.write<T>>[2]) =>
  district.database.write(district.as(name), 'test.write', work);
const picture = async () => {
  const bytes = await sharp({
    create: { width: 40, height: 30, channels: 3, background: '#888' },
  })
    .png()
    .toBuffer();
  return (await district.attachment.add(district.as('accountant'), bytes)).id;
};

/** A proposal of one supplier, agreed to; answers it and its line, which has the same id. */
async function agreed(amountFen: number): Promise<Id> {
  const { proposalId } = await write('federation', (tx) =>
    district.fund.propose(tx, {
      source: { kind: 'campaign', id: district.campaign },
      payee: { kind: 'organization', id: district.supplierId },
      amountFen,
      purpose: '采购',
      needId: null,
      attachmentIds: [],
      formId: newId(),
    }),
  );
  const found = await district.database.read(system, (tx) =>
    district.fund.lines(tx, { proposalIds: [proposalId] }),
  );
  const [row] = await district.database.read(system, (tx) =>
    tx.db.selectFrom('proposal').select('approval_id').where('id', '=', proposalId).execute(),
  );
  for (const name of ['approver', 'approver2'])
    await write(name, (tx) =>
      district.fund.decide(tx, { approvalId: row!.approval_id, decision: 'approve', note: '' }),
    );
  expect(found[0]!.id).toBe(proposalId);
  return proposalId;
}
const open = (proposalId: Id) =>
  write('federation', (tx) => district.payout.openPurchase(tx, proposalId));
const invoice = async (purchaseId: Id, number: string, amountYuan: string) => {
  const attachmentIds = [await picture()];
  return await write('accountant', (tx) =>
    district.payout.addInvoice(tx, {
      purchaseId,
      number,
      issuedOn: '2026-11-20',
      amountYuan,
      attachmentIds,
    }),
  );
};
const batch = (proposalId: Id) =>
  write('accountant', (tx) =>
    district.payout.makeBatch(tx, {
      lineIds: [proposalId],
      layout: 'payroll_csv',
      formId: newId(),
    }),
  );

test('a purchase is paid with its invoices and the goods here, not before', async () => {
  const proposalId = await agreed(30_000);
  const { purchaseId } = await open(proposalId);
  await expect(open(proposalId)).rejects.toMatchObject({ code: 'purchase_open' });
  await expect(batch(proposalId)).rejects.toMatchObject({ code: 'purchase_incomplete' });
  await invoice(purchaseId, '0001', '100');
  await invoice(purchaseId, '0002', '200');
  await expect(batch(proposalId)).rejects.toMatchObject({
    code: 'purchase_incomplete',
    params: { missing: '验收' },
  });
  const receive = () =>
    write('federation', (tx) =>
      district.payout.receiveGoods(tx, { purchaseId, receivedOn: '2026-11-23', note: '清点无误' }),
    );
  await receive();
  await expect(receive()).rejects.toMatchObject({ code: 'purchase_received' });
  await batch(proposalId);
});

test('an invoice counts once per supplier, and never for more than was agreed to', async () => {
  const { purchaseId } = await open(await agreed(10_000));
  await expect(invoice(purchaseId, ' 00 01 ', '1')).rejects.toMatchObject({
    code: 'invoice_taken',
  });
  await expect(invoice(purchaseId, '0003', '100.01')).rejects.toMatchObject({
    code: 'invoice_over_committed',
    params: { left: '100.00' },
  });
  const answers = await Promise.all(
    ['0004', '0005'].map((number) => invoice(purchaseId, number, '60').then(() => 'done', codeOf)),
  );
  expect(answers.toSorted()).toEqual(['done', 'invoice_over_committed']);
});

test('the database itself keeps invoices within what was agreed to', async () => {
  const { purchaseId } = await open(await agreed(100));
  await expect(
    write('accountant', (tx) =>
      tx.db
        .updateTable('purchase')
        .set({ invoiced_fen: 101 })
        .where('id', '=', purchaseId)
        .execute(),
    ),
  ).rejects.toThrow('purchase_invoices_within');
});
