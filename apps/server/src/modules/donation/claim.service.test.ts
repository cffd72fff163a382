import { newId, Refusal, type Id } from '@wennuan/basics';
import { balances, eventsAfter } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterpriseAgent, moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

let district: MoneyDistrict;
let other: Actor;
beforeAll(async () => {
  district = await moneyDistrict();
  const [organization] = await district.database.write(systemActor('test'), 'test.other', (tx) =>
    district.organization.create(tx, [
      {
        name: '星火商贸公司（测试）',
        kind: 'enterprise',
        creditCode: null,
        bankAccount: null,
        namingConsent: { paper: '捐赠协议第六条', consentedOn: '2026-11-01' },
      },
    ]),
  );
  other = await enterpriseAgent(district, '19900000092', organization!.id);
});
afterAll(() => district.close());

const system = systemActor('test');
const codeOf = (thrown: unknown) =>
  thrown instanceof Refusal ? [thrown.code, thrown.params] : [String(thrown)];
const claim = (actor: Actor, itemId: Id, amountYuan: string, formId = newId()) =>
  district.database.write(actor, 'test.claim', (tx) =>
    district.donation.claimItem(tx, { itemId, amountYuan, agreementNumber: '协议2026-1', formId }),
  );
const pay = (claimId: Id) =>
  district.database.write(district.actors['accountant']!, 'test.claim_paid', (tx) =>
    district.donation.recordClaimPayment(tx, {
      claimId,
      bankReference: '回单0002',
      paidOn: '2026-11-23',
    }),
  );
const topics = async (subjectId: Id) => {
  await district.events.settle();
  const events = await district.database.read(system, (tx) => eventsAfter(tx.sql, 0, 10_000));
  return events
    .filter((event) => event.subjectId === subjectId && event.topic.startsWith('donation.'))
    .map((event) => event.topic);
};

describe('a claim', () => {
  test('of the rest of a wish locks it, is paid by transfer, and completes it in the enterprise’s name', async () => {
    const { itemId, needId, projectCode } = await district.wish('一台电扇', 15_000);
    await district.notify({ projectCode, amountFen: 100 });
    const { claimId } = await claim(district.enterprise, itemId, '149');
    const standing = () =>
      district.database.read(system, async (tx) =>
        (await district.donation.itemsOf(tx, [needId])).get(needId),
      );
    expect(await standing()).toMatchObject({
      state: 'claimed',
      claimedByName: '晨光制造公司（测试）',
      neededFen: 0,
    });
    const gift = await district.app.inject({
      method: 'POST',
      url: '/api/gifts',
      payload: {
        target: { kind: 'item', id: itemId },
        amountYuan: '1',
        name: { displayName: null },
        formId: newId(),
      },
    });
    expect(gift.json()).toMatchObject({
      code: 'claim_locked',
      params: { until: '11月26日 09:00' },
    });
    const { giftId } = await pay(claimId);
    expect(await standing()).toMatchObject({ state: 'complete', givenFen: 15_000 });
    expect(await topics(itemId)).toEqual(['donation.item_complete']);
    expect(await topics(giftId)).toEqual(['donation.gift_received']);
    await expect(pay(claimId)).rejects.toMatchObject({ code: 'payment_already_made' });
    const row = await district.database.read(system, (tx) =>
      tx.db.selectFrom('gift').selectAll().where('id', '=', giftId).executeTakeFirstOrThrow(),
    );
    expect(row).toMatchObject({ legal_form: 'agreed_gift', public_name: '晨光制造公司（测试）' });
  });

  test('of more than is still needed is refused with what is', async () => {
    const { itemId } = await district.wish('一口锅', 10_000);
    await claim(district.enterprise, itemId, '60');
    expect(await claim(other, itemId, '40.01').catch(codeOf)).toEqual([
      'claim_too_much',
      { needed: '40.00' },
    ]);
    await claim(other, itemId, '40');
    expect(((await claim(other, itemId, '1').catch(codeOf)) as unknown[])[0]).toBe('claim_locked');
  });

  test('by two enterprises at once on the same rest goes to one', async () => {
    const { itemId } = await district.wish('一盏灯', 5_000);
    const answers = await Promise.all(
      [district.enterprise, other].map((actor) =>
        claim(actor, itemId, '50').then(
          () => 'done',
          (thrown: unknown) => codeOf(thrown)[0],
        ),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(['claim_locked', 'done']));
  });

  test('sent twice with one form is one claim', async () => {
    const { itemId } = await district.wish('一本书', 5_000);
    const formId = newId();
    const first = await claim(other, itemId, '10', formId);
    expect(await claim(other, itemId, '10', formId)).toEqual(first);
  });

  test('that is not paid in 72 hours runs out: the wish is open again and its task is closed', async () => {
    const { itemId } = await district.wish('一双鞋', 5_000);
    const { claimId } = await claim(district.enterprise, itemId, '50');
    district.clock.advance({ hours: 72, seconds: 1 });
    await expect(pay(claimId)).rejects.toMatchObject({ code: 'claim_expired' });
    await claim(other, itemId, '50');
    await district.donation.ticks.find((tick) => tick.name === 'donation.expire_claims')!.run();
    expect(await topics(claimId)).toEqual(['donation.claimed', 'donation.claim_expired']);
    const open = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('task')
        .select('id')
        .where('subject_id', '=', claimId)
        .where('closed_at', 'is', null)
        .execute(),
    );
    expect(open).toEqual([]);
    expect(await district.database.read(system, (tx) => balances(tx.sql, [itemId]))).toMatchObject([
      { inflow: 0 },
    ]);
  });

  test('of a wish that is met otherwise is freed', async () => {
    const { itemId } = await district.wish('一顶帽', 5_000);
    const { claimId } = await claim(district.enterprise, itemId, '50');
    await district.database.write(system, 'test.close', (tx) =>
      district.donation.closeItems(tx, [{ itemId, reason: 'closed' }]),
    );
    await expect(pay(claimId)).rejects.toMatchObject({ code: 'claim_expired' });
    expect(await topics(claimId)).toEqual(['donation.claimed', 'donation.claim_expired']);
    await expect(claim(other, itemId, '1')).rejects.toMatchObject({ code: 'item_not_open' });
  });
});
