import { newId, type Id } from '@wennuan/basics';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';
import { createMessage, sandboxTextChannel, type TextChannel } from './index.ts';
import { messageHandlers } from './message.routes.ts';
import {
  deleteTag,
  readAllMessages,
  readInbox,
  readMessage,
  readPush,
  setPush,
} from './message.service.ts';
import { readSandboxOutbox, removeOldTexts, sendDueTexts, sendText } from './texts.service.ts';

let district: TestDistrict;
let ada: Actor;
let berta: Actor;
let owner: pg.Client;
const delivered: { telephone: string; text: string }[] = [];
let refuses = false;
const channel: TextChannel = {
  isSandbox: true,
  deliver: async (text) => {
    if (refuses) throw new Error('the carrier is away');
    delivered.push(text);
  },
};
const needs = () => ({ ...district, newId, channel, brand: () => '温暖二七' });
const message = () => createMessage(needs());
const system = systemActor('test');

beforeAll(async () => {
  district = await testDistrict();
  ada = await district.signUp('19900000001');
  berta = await district.signUp('19900000002');
  owner = new pg.Client({
    connectionString: district.connection.ownerUrl,
    options: `-c search_path=${district.connection.schema}`,
  });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await district.close();
});
beforeEach(async () => {
  refuses = false;
  delivered.length = 0;
  district.clock.set('2026-11-23T09:00:00+08:00');
  await owner.query('truncate message, text_message, push_choice, push_tag');
});

const sendTo = (
  actor: Actor,
  to: Actor,
  change: { topic?: 'service' | 'near_me'; title?: string } = {},
) =>
  district.database.write(actor, 'test.send', (tx) =>
    message().send(tx, [
      {
        accountId: to.accountId!,
        topic: change.topic ?? 'service',
        title: change.title ?? '心愿有进展',
        body: '秘密金丝雀一号',
        link: '/needs/1',
      },
    ]),
  );

describe('the inbox', () => {
  test('holds what any login sent, for its own account alone', async () => {
    for (const sender of [
      district.actors['worker']!,
      district.actors['federation']!,
      berta,
      system,
    ])
      expect(await sendTo(sender, ada)).toEqual(['sent']);
    const inbox = await readInbox(needs(), ada, { limit: 50 });
    expect(inbox.unread).toBe(4);
    expect(inbox.items[0]).toMatchObject({
      title: '心愿有进展',
      body: '秘密金丝雀一号',
      link: '/needs/1',
      readAt: null,
    });
    expect(await readInbox(needs(), berta, { limit: 50 })).toMatchObject({ items: [], unread: 0 });
  });

  test('is paged newest first without loss or repetition', async () => {
    for (let index = 0; index < 5; index += 1) {
      if (index % 2) district.clock.advance({ minutes: 1 });
      await sendTo(system, ada, { title: `第${index}条` });
    }
    const titles: string[] = [];
    let after: string | undefined;
    do {
      const page = await readInbox(needs(), ada, { limit: 2, after });
      titles.push(...page.items.map((item) => item.title));
      after = page.next ?? undefined;
    } while (after);
    expect(titles).toEqual(['第4条', '第3条', '第2条', '第1条', '第0条']);
    const strange = await readInbox(needs(), ada, { limit: 9, after: 'no cursor' });
    expect(strange.items).toHaveLength(5);
  });

  test('marks only one’s own message, once', async () => {
    await sendTo(system, ada);
    const { items } = await readInbox(needs(), ada, { limit: 1 });
    await expect(readMessage(needs(), berta, items[0]!.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    await readMessage(needs(), ada, items[0]!.id);
    const first = await readInbox(needs(), ada, { limit: 1 });
    district.clock.advance({ hours: 1 });
    await readMessage(needs(), ada, items[0]!.id);
    expect(await readInbox(needs(), ada, { limit: 1 })).toEqual(first);
    expect(first).toMatchObject({ unread: 0 });
  });

  test('marks all of one’s own at once, and nobody else’s', async () => {
    await sendTo(system, ada);
    await sendTo(system, berta);
    const before = await readInbox(needs(), ada, { limit: 100 });
    expect(await readAllMessages(needs(), ada)).toEqual({ marked: before.unread });
    const after = await readInbox(needs(), ada, { limit: 100 });
    expect(after.unread).toBe(0);
    const readBefore = before.items.filter(({ readAt }) => readAt !== null);
    expect(after.items).toEqual(expect.arrayContaining(readBefore));
    expect((await readInbox(needs(), berta, { limit: 1 })).unread).toBeGreaterThan(0);
    expect(await readAllMessages(needs(), ada)).toEqual({ marked: 0 });
  });

  test('keeps title and body sealed, also in the queue of texts', async () => {
    await sendTo(system, ada, { title: '秘密金丝雀二号' });
    for (const table of ['message', 'text_message']) {
      const { rows } = await owner.query(`select * from ${table}`);
      const dump = rows.map((row) => Object.values(row).map(String).join(' ')).join(' ');
      expect(rows).toHaveLength(1);
      expect(dump).not.toMatch(/金丝雀|19900000001/);
    }
  });

  test('row-level security: nobody reads another’s messages, the public none at all', async () => {
    await sendTo(system, ada);
    const count = (actor: Actor) =>
      district.database.read(
        actor,
        async (tx) => (await tx.db.selectFrom('message').select('id').execute()).length,
      );
    expect(await count(ada)).toBe(1);
    for (const other of [berta, district.actors['worker']!, district.actors['auditor']!])
      expect(await count(other)).toBe(0);
    await expect(count(visitor())).rejects.toThrow('permission denied');
    await expect(
      district.database.write(berta, 'test.change', (tx) =>
        tx.db.updateTable('message').set({ link: '/x' }).execute(),
      ),
    ).rejects.toThrow('permission denied');
  });
});

describe('C-22: personal push is easy to switch off, and tags can be deleted', () => {
  const push = (actor: Actor) => district.database.read(actor, readPush);
  const isOn = async (actor: Actor, topic: string) =>
    (await push(actor)).topics.find((one) => one.topic === topic)!.on;

  test('one switch is enough, both ways, for oneself alone', async () => {
    expect(await sendTo(district.actors['worker']!, ada, { topic: 'near_me' })).toEqual([
      'switched_off',
    ]);
    await setPush(needs(), ada, { topic: 'near_me', on: true });
    expect(await sendTo(district.actors['worker']!, ada, { topic: 'near_me' })).toEqual(['sent']);
    expect(await sendTo(system, berta, { topic: 'near_me' })).toEqual(['switched_off']);
    await setPush(needs(), ada, { topic: 'near_me', on: false });
    expect(await sendTo(berta, ada, { topic: 'near_me' })).toEqual(['switched_off']);
    expect((await readInbox(needs(), ada, { limit: 9 })).items).toHaveLength(1);
  });

  test('news of one’s own matter cannot be lost that way', async () => {
    await expect(setPush(needs(), ada, { topic: 'service', on: false })).rejects.toMatchObject({
      code: 'push_topic_fixed',
    });
    expect(await isOn(ada, 'service')).toBe(true);
  });

  test('tags are shown to whom they are about and gone once deleted', async () => {
    await district.database.write(system, 'test.tags', (tx) =>
      message().holdTags(tx, [
        { accountId: ada.accountId!, tag: '关注老年人' },
        { accountId: ada.accountId!, tag: '常捐心愿' },
        { accountId: berta.accountId!, tag: '关注老年人' },
      ]),
    );
    expect((await push(ada)).tags).toHaveLength(2);
    const left = await deleteTag(needs(), ada, '关注老年人');
    expect(left.tags.map((tag) => tag.tag)).toEqual(['常捐心愿']);
    expect((await push(berta)).tags).toHaveLength(1);
    await expect(
      district.database.write(ada, 'test.tags', (tx) =>
        message().holdTags(tx, [{ accountId: ada.accountId!, tag: 'x' }]),
      ),
    ).rejects.toThrow('permission denied');
  });
});

describe('text messages', () => {
  const rows = async () =>
    (await owner.query('select sent_at, gave_up_at, tries from text_message order by id')).rows;

  test('go to residents by day, to the number the account has when it is sent', async () => {
    await sendTo(system, ada);
    await sendTo(system, district.actors['worker']!);
    expect(await sendDueTexts(needs())).toEqual({ sent: 1 });
    expect(delivered).toEqual([
      { telephone: '19900000001', text: '【温暖二七】心愿有进展。秘密金丝雀一号' },
    ]);
    expect(await sendDueTexts(needs())).toEqual({ sent: 0 });
  });

  test('wait from 20:00 until 8:00, sign-in codes excepted, also when they were due by day', async () => {
    await sendTo(system, ada);
    district.clock.set('2026-11-23T20:00:00+08:00');
    await sendTo(system, berta);
    await district.database.write(system, 'test.code', (tx) =>
      sendText(needs(), tx, {
        telephone: '+86 199 0000 0003',
        text: '验证码 123456',
        immediately: true,
      }),
    );
    await sendDueTexts(needs());
    expect(delivered).toEqual([{ telephone: '19900000003', text: '验证码 123456' }]);
    district.clock.set('2026-11-24T07:59:59+08:00');
    expect(await sendDueTexts(needs())).toEqual({ sent: 0 });
    district.clock.set('2026-11-24T08:00:00+08:00');
    expect(await sendDueTexts(needs())).toEqual({ sent: 2 });
  });

  test('a number that is none is refused', async () => {
    await expect(
      district.database.write(system, 'test.code', (tx) =>
        sendText(needs(), tx, { telephone: '12345', text: 'x', immediately: true }),
      ),
    ).rejects.toMatchObject({ code: 'telephone_invalid' });
  });

  test('are tried five times, ten minutes apart, and then given up', async () => {
    await sendTo(system, ada);
    refuses = true;
    for (let turn = 0; turn < 7; turn += 1) {
      await sendDueTexts(needs());
      await sendDueTexts(needs());
      district.clock.advance({ minutes: 10 });
    }
    expect(await rows()).toMatchObject([{ sent_at: null, tries: 5, gave_up_at: expect.any(Date) }]);
    refuses = false;
    expect(await sendDueTexts(needs())).toEqual({ sent: 0 });
  });

  test('two processes send each text once', async () => {
    for (let count = 0; count < 20; count += 1) await sendTo(system, ada);
    const turns = await Promise.all([sendDueTexts(needs()), sendDueTexts(needs())]);
    expect(turns[0]!.sent + turns[1]!.sent).toBe(20);
    expect(delivered).toHaveLength(20);
  });

  test('are removed after a month, with their keys', async () => {
    await district.database.write(system, 'test.code', (tx) =>
      sendText(needs(), tx, { telephone: '19900000003', text: 'x', immediately: true }),
    );
    await sendDueTexts(needs());
    const { rows: kept } = await owner.query<{ id: Id }>('select id from text_message');
    district.clock.advance({ days: 31 });
    await removeOldTexts(needs());
    expect(await rows()).toEqual([]);
    const keys = await owner.query('select from data_key where owner = $1', [kept[0]!.id]);
    expect(keys.rowCount).toBe(0);
  });

  test('are shown on the sandbox page, newest first, and nowhere else', async () => {
    await sendTo(system, ada);
    district.clock.advance({ minutes: 1 });
    await district.database.write(system, 'test.code', (tx) =>
      sendText(needs(), tx, { telephone: '19900000003', text: '验证码', immediately: true }),
    );
    const outbox = await readSandboxOutbox(needs());
    expect(outbox.items.map((item) => item.telephone)).toEqual(['19900000003', '19900000001']);
    const real = { ...needs(), channel: { ...sandboxTextChannel(), isSandbox: false } };
    await expect(messageHandlers(real).sandboxOutbox({} as never)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
