import { balances } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';

describe('agreed gifts into funds', () => {
  let district: MoneyDistrict;
  beforeAll(async () => {
    district = await moneyDistrict();
  });
  afterAll(() => district.close());

  const openFund = async (kind: 'general' | 'mutual_aid') => {
    const [fund] = await district.database.write(systemActor('test'), 'test.fund', (tx) =>
      district.fund.createFunds(tx, [
        {
          name: kind === 'general' ? '慈善总基金' : '绿云社区互助基金',
          kind,
          areaId: kind === 'general' ? null : district.areaId(),
        },
      ]),
    );
    return fund!.id;
  };
  const record = (fundId: string, bankReference: string) =>
    district.database.write(district.actors['accountant']!, 'test.agreed', (tx) =>
      district.donation.recordAgreedGifts(tx, [
        {
          fundId,
          organizationId: district.enterpriseId,
          amountFen: 500_000,
          bankReference,
          paidOn: '2026-11-20',
        },
      ]),
    );

  test('come out of the bank in the enterprise’s name, one transfer once', async () => {
    const fundId = await openFund('general');
    expect(await record(fundId, '回单甲')).toHaveLength(1);
    expect(await record(fundId, '回单甲')).toEqual([]);
    const [held] = await district.database.read(systemActor('test'), (tx) =>
      balances(tx.sql, [fundId]),
    );
    expect(held!.balance).toBe(500_000);
    const page = await district.app.inject('/api/public/funds/' + (await codeOf(fundId)));
    expect(page.json().movements.items[0]).toMatchObject({ direction: 'in', amountFen: 500_000 });
  });

  test('are not for a community’s mutual-aid fund', async () => {
    const fundId = await openFund('mutual_aid');
    await expect(record(fundId, '回单乙')).rejects.toMatchObject({ code: 'not_permitted' });
  });

  async function codeOf(fundId: string): Promise<string> {
    const [fund] = await district.database.read(systemActor('test'), (tx) =>
      district.fund.listFunds(tx, { ids: [fundId] }),
    );
    return fund!.code;
  }
});
