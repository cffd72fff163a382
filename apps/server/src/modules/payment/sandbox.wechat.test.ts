import { dateInShanghai, fixedClock, newId } from '@wennuan/basics';
import { beforeAll, describe, expect, test } from 'vitest';
import { orderNumberOf } from './channel.ts';
import { createChannels } from './channels.ts';
import { NO_CHANNELS } from './payment.config.ts';
import { createWechatSandbox, type WechatSandbox } from './sandbox.wechat.ts';
import type { Played, PlayedShelf } from './sandbox.wechat.store.ts';

const clock = fixedClock('2026-11-22T10:00:00+08:00');
const sent: { url: string; headers: Record<string, string>; body: Buffer }[] = [];
let sandbox: WechatSandbox;
const order = orderNumberOf(newId());
const kept = new Map<string, Played>();
/** A shelf as the database is one: what is put there is a copy, and nothing else is shared. */
const shelf: PlayedShelf = {
  read: async (numbers) =>
    [...kept.values()]
      .filter(
        (one) => !numbers || numbers.includes(one.number) || numbers.includes(one.orderNumber),
      )
      .map((one) => structuredClone(one)),
  async keep(played) {
    for (const one of played) kept.set(`${one.kind}:${one.number}`, structuredClone(one));
  },
};

/** The sandbox as a process has it. */
const started = () =>
  createWechatSandbox({
    clock,
    shelf,
    baseUrl: () => 'http://localhost:1',
    siteUrl: () => 'http://warm.example',
    fetch: async (url, init) => {
      const headers = init!.headers as Record<string, string>;
      sent.push({ url: String(url), headers, body: Buffer.from(init!.body as Uint8Array) });
      return new Response('{}');
    },
  });

beforeAll(async () => {
  sandbox = await started();
});

const toBegin = (scene: 'page' | 'phone' | 'wechat') => ({
  orderNumber: order,
  amountFen: 100,
  projectCode: 'HD0001',
  projectName: '微心愿',
  scene,
  payerId: null,
  clientAddress: null,
  expiresAt: new Date('2026-11-22T10:30:00+08:00'),
  returnUrl: 'http://warm.example/gifts/t/pay',
});

describe('WeChat Pay, played', () => {
  test('a code and H5 lead to the page where it is played, for the same order', async () => {
    const page = `http://warm.example/sandbox/wechat/${order}`;
    expect(await sandbox.channel.begin(toBegin('page'))).toEqual({ kind: 'code', text: page });
    expect(await sandbox.channel.begin(toBegin('phone'))).toMatchObject({
      kind: 'redirect',
      url: expect.stringContaining(page),
    });
    expect(await sandbox.find(order)).toMatchObject({ amountFen: 100, product: '微心愿' });
  });

  test('pays once; its notice is signed and sealed, and one changed byte makes it nobody’s', async () => {
    expect(await sandbox.channel.query(order)).toMatchObject({ state: 'waiting' });
    await sandbox.take(order);
    await expect(sandbox.take(order)).rejects.toThrow('payment_already_made');
    expect(await sandbox.notify(order)).toBe(true);
    const [notice] = sent;
    expect(notice!.url).toBe('http://localhost:1/api/channels/wechat/notices');
    expect(await sandbox.channel.readNotice(notice!)).toMatchObject({
      kind: 'paid',
      facts: { orderNumber: order, amountFen: 100 },
    });
    const changed = Buffer.from(notice!.body);
    changed[changed.length - 5]! ^= 1;
    expect(await sandbox.channel.readNotice({ ...notice!, body: changed })).toMatchObject({
      kind: 'refused',
      code: 'signature_invalid',
    });
    expect(await sandbox.channel.query(order)).toMatchObject({ state: 'paid' });
  });

  test('a refund comes to its end, and the bill of the day tells both', async () => {
    const refund = {
      orderNumber: order,
      refundNumber: 'R1',
      amountFen: 40,
      totalFen: 100,
      reason: '付了两次',
    };
    expect(await sandbox.channel.refund!(refund)).toMatchObject({ state: 'processing' });
    expect(await sandbox.channel.queryRefund!(refund)).toMatchObject({ state: 'done' });
    const bill = await sandbox.channel.statement(dateInShanghai(clock.now()));
    const text = bill!.bytes.toString('utf8');
    expect(text.match(new RegExp(order, 'g'))).toHaveLength(2);
    expect(text).toContain('`1.00');
    expect(text).toContain('`0.40');
    expect(await sandbox.channel.statement('2026-11-20')).toBeNull();
  });

  test('what one process began the next one takes, asks about, gives back and bills', async () => {
    const other = orderNumberOf(newId());
    await sandbox.channel.begin({ ...toBegin('page'), orderNumber: other });
    const next = await started();
    expect(await next.channel.query(other)).toMatchObject({ state: 'waiting' });
    await next.take(other);
    expect(await next.notify(other)).toBe(true);
    expect(await next.channel.readNotice(sent.at(-1)!)).toMatchObject({ kind: 'paid' });
    // The first process knows by now, and pays nothing twice.
    await expect(sandbox.take(other)).rejects.toThrow('payment_already_made');
    const paid = await sandbox.channel.query(other);
    expect(paid).toMatchObject({ state: 'paid', facts: { orderNumber: other } });
    const refund = { orderNumber: other, refundNumber: 'R2', amountFen: 100, totalFen: 100 };
    await (
      await started()
    ).channel.refund!({ ...refund, reason: '付了两次' });
    expect(await sandbox.channel.queryRefund!(refund)).toMatchObject({ state: 'done' });
    const bill = await (await started()).channel.statement(dateInShanghai(clock.now()));
    expect(bill!.bytes.toString('utf8').match(new RegExp(other, 'g'))).toHaveLength(2);
    const numbers = [order, other].map((one) => kept.get(`order:${one}`)!.body);
    expect(new Set(numbers.map((body) => (body as { transaction: string }).transaction)).size).toBe(
      2,
    );
  });

  test('an order nobody pays in time is closed, also by the next process, and says so', async () => {
    const late = orderNumberOf(newId());
    await sandbox.channel.begin({ ...toBegin('page'), orderNumber: late });
    clock.set(new Date('2026-11-22T10:31:00+08:00'));
    const next = await started();
    await expect(next.take(late)).rejects.toThrow('payment_lapsed');
    expect(await next.channel.query(late)).toEqual({ state: 'closed' });
    clock.set(new Date('2026-11-22T10:00:00+08:00'));
  });

  test('an order nobody began is unknown; without a sandbox WeChat Pay is not offered', async () => {
    await expect(sandbox.find(orderNumberOf(newId()))).rejects.toThrow('not_found');
    const needs = { clock, fetch };
    expect(createChannels(NO_CHANNELS, null, needs).offered).toEqual([]);
    const played = createChannels(NO_CHANNELS, null, { ...needs, wechatSandbox: sandbox.channel });
    expect(played.offered.map((one) => one.name)).toEqual(['微信支付（沙箱）']);
  });
});
