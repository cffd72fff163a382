import { newId } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';

type GiftPage = RouteOutput<(typeof routes.donation)['readGift']>;
type PaymentPage = RouteOutput<(typeof routes.fund)['publicPayment']>;
type FundPage = RouteOutput<(typeof routes.fund)['publicFund']>;

let district: MoneyDistrict;
beforeAll(async () => {
  district = await moneyDistrict();
});
afterAll(() => district.close());

const get = async <T>(url: string, language = 'zh'): Promise<T> =>
  (await district.app.inject({ url, headers: { 'accept-language': language } })).json() as T;

/** Gives through the cashier; answers the giver's own link. */
async function give(
  target: { kind: 'item' | 'fund' | 'campaign'; id: string },
  yuan: string,
  name: string | null,
) {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/gifts',
    payload: {
      target,
      amountYuan: yuan,
      name: { displayName: name, hideFromPublic: name === null },
      formId: newId(),
    },
  });
  const { giftId, token } = answer.json() as { giftId: string; token: string };
  await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${giftId}/pay` });
  return token;
}

describe('one yuan for a fan', () => {
  test('is followed from the giver to the thing, in sentences, and back', async () => {
    const wish = await district.wish('一台电扇', 15_000);
    const next = await district.wish('一口锅', 8_000);
    const first = await give({ kind: 'item', id: wish.itemId }, '1', null);
    district.clock.advance({ minutes: 5 });
    const second = await give({ kind: 'item', id: wish.itemId }, '149.50', '张阿姨');
    const waiting = await get<GiftPage>(`/api/gifts/${second}`);
    expect(waiting.trace?.sentences).toEqual([
      '您于 11 月 23 日捐的 149.50 元，已记入绿云社区心愿“一台电扇”的专用账。',
      '您的 149.50 元还在绿云社区心愿“一台电扇”的专用账里，没有动用。排在它前面的还有 1 元，先来的先用。',
    ]);
    expect(waiting.trace).toMatchObject({ waitingFen: 14_950, waitingBefore: '前面还有 1 元' });
    district.clock.advance({ days: 1 });
    const { number } = await district.payOut(
      { kind: 'item', id: wish.itemId },
      { kind: 'organization', id: district.supplierId },
      15_000,
    );
    district.outcomes.set(wish.needId, { deliveredAt: district.clock.now(), confirmedAt: null });
    const spent = await get<GiftPage>(`/api/gifts/${first}`);
    expect(spent.trace?.sentences).toEqual([
      '您于 11 月 23 日捐的 1 元，已记入绿云社区心愿“一台电扇”的专用账。',
      '您的 1 元于 11 月 24 日用于绿云社区“一台电扇”，付给了温馨电器供应部（测试），已送达。',
    ]);
    expect(
      spent.trace?.stations.map((one) => [one.hop, one.kind, one.label, one.amountFen]),
    ).toEqual([
      [0, 'donor', '您', 100],
      [1, 'channel', '公益捐赠平台（沙箱）', 100],
      [2, 'item', '一台电扇', 100],
      [3, 'supplier', '温馨电器供应部（测试）', 100],
      [4, 'need', '一台电扇', 100],
    ]);
    expect(spent.trace?.flows.map((flow) => flow.amountFen)).toEqual([100, 100, 100, 100]);
    const keys = new Set(spent.trace?.stations.map((station) => station.key));
    for (const flow of spent.trace!.flows)
      expect(keys.has(flow.from) && keys.has(flow.to)).toBe(true);

    await closeAndHandOn(wish.itemId);
    const handed = await get<GiftPage>(`/api/gifts/${second}`);
    expect(handed.trace?.sentences.slice(1)).toEqual([
      '您的 149 元于 11 月 24 日用于绿云社区“一台电扇”，付给了温馨电器供应部（测试），已送达。',
      '绿云社区心愿“一台电扇”的专用账已经办好，还有余款；您的 0.50 元于 11 月 24 日按捐款前说明的办法转入绿云社区心愿“一口锅”的专用账。',
      '您的 0.50 元还在绿云社区心愿“一口锅”的专用账里，没有动用。下一笔支出就会用到它。',
    ]);
    const page = await get<PaymentPage>(`/api/public/payments/${number}`);
    expect(page.trace.sentences).toEqual([
      '这笔 150 元于 11 月 24 日从绿云社区心愿“一台电扇”的专用账付给温馨电器供应部（测试）。',
      '其中 150 元来自公益捐赠平台（沙箱）收到的 2 笔捐赠。',
    ]);
    expect(page.givers.map((giver) => [giver.name, giver.amountFen])).toEqual([
      ['张阿姨', 14_900],
      ['爱心人士', 100],
    ]);
    expect(page).toMatchObject({ payee: '温馨电器供应部（测试）', giversMore: 0 });
    expect(next.itemId).toBeDefined();
  });

  test('speaks English to whoever asks in English', async () => {
    const wish = await district.wish('A lamp', 100, '410103002001');
    const token = await give({ kind: 'item', id: wish.itemId }, '1', null);
    const page = await get<GiftPage>(`/api/gifts/${token}`, 'en');
    const area = '兰台社区';
    const account = `the account of the wish “A lamp” (${area})`;
    expect(page.displayName).toBe('a kind-hearted giver');
    expect(page.trace?.sentences).toEqual([
      `The ¥1.00 you gave on 24 November went into ${account}.`,
      `¥1.00 of yours still lies in ${account}, unused. The next payment will use it.`,
    ]);
  });
});

describe('aid to a person out of a community’s fund', () => {
  test('is told by month and street once five fit, by the district before, and never by name', async () => {
    const fund = await district.communityFund();
    const resident = await district.signUp('19900000012');
    district.who.set('neighbour', resident);
    district.homes.set(resident.accountId!, [district.areaId()]);
    await fillFund(fund.id, 'neighbour');
    const pay = () =>
      district.payOut(
        { kind: 'fund', id: fund.id },
        { kind: 'person', id: district.person() },
        10_000,
      );
    const paid = await pay();
    const before = await get<FundPage>(`/api/public/funds/${fund.code}`);
    // Less than ¥1,000 was there, so all of it is set aside; whom it helps is told to nobody yet.
    expect(before.movements.items[0]).toMatchObject({
      direction: 'out',
      amountFen: 60_000,
      counterparty: '绿云社区互助基金救助备付户',
      link: null,
    });
    expect(before).toMatchObject({ setAsideFen: 60_000, aid: [] });
    expect((await get<{ code: string }>(`/api/public/payments/${paid.number}`)).code).toBe(
      'not_found',
    );
    for (let count = 2; count <= 5; count += 1) await pay();
    const after = await get<FundPage>(`/api/public/funds/${fund.code}`);
    expect(after.aid).toEqual([{ period: '2026-11', place: '淮河路街道', amountFen: 50_000 }]);
    expect(after.fund.outFen).toBe(60_000);
    expect(JSON.stringify([before, after])).not.toContain('王');
    const mine = (
      await district.app.inject({ url: '/api/my/gifts', headers: { 'x-actor': 'neighbour' } })
    ).json() as { items: { token: string }[] };
    const own = await get<GiftPage>(`/api/gifts/${mine.items[0]!.token}`);
    expect(own.trace?.sentences[2]).toBe(
      '您的 500 元在 2026 年 11 月帮到了淮河路街道的困难居民。为保护隐私，不写姓名和细节。',
    );
    expect(own.trace?.sentences[1]).toBe(
      '您的 600 元于 11 月 24 日从“绿云社区互助基金”转入“绿云社区互助基金救助备付户”。',
    );
    expect(own.trace?.stations.at(-1)).toMatchObject({
      kind: 'person',
      label: '淮河路街道困难居民',
      amountFen: 50_000,
    });
  });
});

async function closeAndHandOn(itemId: string) {
  await district.database.write(district.actors['federation']!, 'test.close', (tx) =>
    district.donation.closeItems(tx, [{ itemId, reason: 'closed' }]),
  );
}

async function fillFund(fundId: string, actor: string) {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/gifts',
    headers: { 'x-actor': actor },
    payload: {
      target: { kind: 'fund', id: fundId },
      amountYuan: '600',
      name: { displayName: null },
      formId: newId(),
    },
  });
  const { giftId } = answer.json() as { giftId: string };
  await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${giftId}/pay` });
}
