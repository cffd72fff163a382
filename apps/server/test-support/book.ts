import { newId, type Id } from '@wennuan/basics';
import { createBook } from '../src/modules/book/index.ts';
import { createPledge } from '../src/modules/pledge/index.ts';
import { systemActor } from '../src/platform/actor.ts';
import { payoutDistrict } from './payout.ts';

export type BookDistrict = Awaited<ReturnType<typeof bookDistrict>>;

/** The payout district with the books, a general fund, and what tests of the month do again and again. */
export async function bookDistrict() {
  const district = await payoutDistrict();
  const { database, as } = district;
  const pledge = createPledge({ ...district, newId });
  const book = createBook({ ...district, pledge, newId, names: district.access.names });
  const [general, special] = await database.write(as('federation'), 'test.funds', (tx) =>
    district.fund.createFunds(tx, [
      { name: '测试慈善基金', kind: 'general', areaId: null },
      { name: '测试专项基金', kind: 'special', areaId: null },
    ]),
  );
  let receipts = 0;
  return {
    ...district,
    pledge,
    book,
    general: general!,
    special: special!,
    /** A gift of the enterprise by bank transfer. */
    agreedGift: async (fundId: Id, amountFen: number, paidOn: string, bankReference?: string) => {
      receipts += 1;
      const [gift] = await database.write(as('accountant'), 'test.gift', (tx) =>
        district.donation.recordAgreedGifts(tx, [
          {
            fundId,
            organizationId: district.enterpriseId,
            amountFen,
            bankReference: bankReference ?? `来账${receipts}`,
            paidOn,
          },
        ]),
      );
      return gift!.giftId;
    },
    /** One line agreed to and paid by hand on a day. */
    async paid(
      amountFen: number,
      paidOn: string,
      more: { bookedOn?: string; bookedNote?: string } = {},
    ) {
      const { lineIds } = await district.agreed([
        { kind: 'organization', id: district.supplierId, amountFen },
      ]);
      const [payment] = await database.write(as('accountant'), 'test.pay', (tx) =>
        district.fund.payLines(tx, [
          { lineId: lineIds[0]!, bankReference: `付款${lineIds[0]!.slice(-6)}`, paidOn, ...more },
        ]),
      );
      return payment!;
    },
    overview: (month: string) => database.read(as('accountant'), (tx) => book.overview(tx, month)),
    trial: (month: string) => database.read(as('accountant'), (tx) => book.trialBalance(tx, month)),
    closeMonth: (month: string) =>
      database.write(as('accountant'), 'test.close', (tx) => book.closeMonth(tx, month)),
    reconciliation: (month: string) =>
      database.read(as('accountant'), (tx) => book.reconciliation(tx, month)),
    statement: (text: string, name = 'statement.csv') =>
      database.write(as('accountant'), 'test.statement', (tx) =>
        book.takeStatement(tx, { bytes: Buffer.from(text), name }),
      ),
    split: () =>
      database.write(systemActor('test'), 'test.split', (tx) =>
        district.payout.splitManagement(tx),
      ),
  };
}
