import { newId, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { systemActor } from '../../platform/actor.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await testDistrict();
});
afterAll(() => district.close());

const as = (name: string) => district.actors[name]!;
const system = systemActor('test');

/** A general fund with ¥1,000 in it, and an enterprise and a supplier on file. */
async function fundWithMoney() {
  const [giver, supplier] = await district.database.write(system, 'test.organizations', (tx) =>
    district.organization.create(tx, [
      { name: '测试企业', kind: 'enterprise', creditCode: null, bankAccount: null },
      { name: '测试供应商', kind: 'supplier', creditCode: null, bankAccount: null },
    ]),
  );
  const [fund] = await district.database.write(as('federation'), 'test.fund', (tx) =>
    district.fund.createFunds(tx, [{ name: '测试基金', kind: 'general', areaId: null }]),
  );
  await district.database.write(as('accountant'), 'test.gift', (tx) =>
    district.donation.recordAgreedGifts(tx, [
      {
        fundId: fund!.id,
        organizationId: giver!.id,
        amountFen: 100_000,
        bankReference: '回单1',
        paidOn: '2026-11-20',
      },
    ]),
  );
  return { fundId: fund!.id, supplierId: supplier!.id };
}

async function agreed(fundId: Id, supplierId: Id): Promise<Id> {
  const { proposalId } = await district.database.write(as('federation'), 'test.propose', (tx) =>
    district.fund.propose(tx, {
      source: { kind: 'fund', id: fundId },
      payee: { kind: 'organization', id: supplierId },
      amountFen: 5_000,
      purpose: '购买物资',
      needId: null,
      attachmentIds: [],
      formId: newId(),
    }),
  );
  const found = await district.database.read(as('federation'), (tx) =>
    district.fund.proposalsById(tx, [proposalId]),
  );
  for (const name of ['approver', 'approver2'])
    await district.database.write(as(name), 'test.approve', (tx) =>
      district.fund.decide(tx, {
        approvalId: found.get(proposalId)!.row.approvalId,
        decision: 'approve',
        note: '',
      }),
    );
  return proposalId;
}

test('a payee who is not on the signed list is not paid, by hand neither', async () => {
  const { fundId, supplierId } = await fundWithMoney();
  const proposalId = await agreed(fundId, supplierId);
  const pay = () =>
    district.database.write(as('accountant'), 'test.pay', (tx) =>
      district.fund.pay(tx, { proposalId, bankReference: '回单2', paidOn: '2026-11-23' }),
    );
  await expect(pay()).rejects.toMatchObject({
    code: 'payee_not_signed',
    params: { payee: '测试供应商' },
  });
  const [id] = await district.database.write(as('accountant'), 'test.payee', (tx) =>
    district.payout.addPayees(tx, [
      {
        ownerKind: 'organization',
        ownerId: supplierId,
        holder: '测试供应商',
        bank: '测试银行',
        number: '６２２２ 0000-1111 2222',
      },
    ]),
  );
  const [row] = await district.database.read(as('approver'), (tx) =>
    district.payout.listPayees(tx, { ids: [id!] }),
  );
  expect(row!.numberTail).toBe('2222');
  for (const name of ['approver', 'approver3'])
    await district.database.write(as(name), 'test.sign', (tx) =>
      district.payout.decidePayees(tx, {
        approvalIds: [row!.approvalId],
        decision: 'approve',
        note: '',
      }),
    );
  await pay();
  await expect(pay()).rejects.toMatchObject({ code: 'payment_already_made' });
});

test('staff and residents see no account; the street only learns whether there is one', async () => {
  const owners = [newId()];
  for (const name of ['worker', 'street', 'district'])
    await expect(
      district.database.read(as(name), (tx) => district.payout.listPayees(tx, {})),
      name,
    ).rejects.toThrow('permission denied');
  expect(
    (await district.database.read(as('street'), (tx) => district.payout.signedPayees(tx, owners)))
      .size,
  ).toBe(0);
});
