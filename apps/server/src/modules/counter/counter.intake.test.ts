import { newId } from '@wennuan/basics';
import { rolePermissions } from '@wennuan/contract';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { testTills } from '../../../test-support/tills.ts';

const { shop, cashier, call, openTill } = await testTills();
afterAll(() => shop.close());
beforeEach(() => shop.clock.set('2026-11-23T10:00:00+08:00'));

describe('what else comes to a counter', () => {
  const need = (change: object = {}) => ({
    kind: 'help_request' as const,
    title: '想要一台电风扇',
    story: '家里的坏了，晚上睡不好',
    personName: '王奶奶',
    contactTelephone: '19900006001',
    consentForm: 'spoken' as const,
    consentNote: '',
    formId: newId(),
    ...change,
  });

  test('a need is taken down once, for the community’s worker; the cashier has no way to it', async () => {
    const tillId = await openTill();
    const body = need();
    const take = (one: object, actor = cashier) =>
      call('takeNeed', { params: { tillId }, body: one } as never, actor);
    const filed = await take(body);
    expect(await take(body)).toEqual(filed);
    const seen = await shop.database.read(shop.actors['worker']!, (tx) =>
      tx.db.selectFrom('need').select(['number', 'relation']).where('id', '=', filed.id).execute(),
    );
    expect(seen).toEqual([{ number: filed.number, relation: 'station' }]);
    expect(rolePermissions.station_operator.filter((one) => one.startsWith('need.'))).toEqual([]);
    expect(await refusalOf(take(need({ consentForm: 'not_possible' })))).toBe('consent_required');
    expect(await refusalOf(take(need(), shop.actors['worker-elsewhere']))).toBe('till_unknown');
  });

  test('things are taken down as their giver’s, who may be new here, and sees what becomes of them', async () => {
    const tillId = await openTill();
    const gift = (telephone: string) => ({
      telephone,
      lines: [{ title: '全新棉被', quantity: 2, unit: '床', expiresOn: null }],
      purpose: '',
      name: {
        displayName: null,
        hideFromPublic: false,
        hideFromRecipient: false,
        hideFromStaff: false,
      },
      formId: newId(),
    });
    const take = (body: ReturnType<typeof gift>) => call('takeGift', { params: { tillId }, body });
    const body = gift('199 0000 6002');
    const { number } = await take(body);
    expect(await take(body)).toEqual({ number });
    const giver = await shop.write(async (tx) => {
      const accountId = await shop.access.findByTelephone(tx, '19900006002');
      return await shop.access.actorFor(tx, accountId!, 'resident');
    });
    const { items } = await shop.goodsModule.kindGiftHandlers.mine({ actor: giver } as never);
    expect(items).toMatchObject([{ number, state: 'offered', lines: [{ title: '全新棉被' }] }]);
    expect(await refusalOf(take(gift('12')))).toBe('telephone_invalid');
  });
});
