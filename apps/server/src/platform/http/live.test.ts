import { EventEmitter } from 'node:events';
import type { SequencedEvent } from '@wennuan/ledger';
import { expect, test } from 'vitest';
import { visitor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import type { Events } from '../events.ts';
import { streamEvents } from './live.ts';

const moved = (seq: number, topic: string): SequencedEvent => ({
  seq,
  id: `01a204b0-0000-7000-8000-00000000000${seq}`,
  topic,
  subjectKind: 'thing',
  subjectId: `01a204b0-0000-7000-8000-00000000000${seq}`,
  areaId: null,
  body: null,
  at: new Date(),
});

/** A stream opened on a server that told these events a moment ago, and reads those from its database slowly. */
async function opened(recent: SequencedEvent[], headers: Record<string, string> = {}) {
  const raw = Object.assign(new EventEmitter(), {
    destroyed: false,
    said: '',
    writeHead: () => raw,
    write: (text: string) => ((raw.said += text), true),
  });
  let hear: (events: readonly SequencedEvent[]) => void = () => {};
  const database = {
    read: async () => {
      hear([moved(9, 'donation.gift_received')]);
      return recent;
    },
  } as unknown as Database;
  const events = {
    lastSeq: () => recent.at(-1)?.seq ?? 0,
    recent: () => recent,
    subscribe: (heard: typeof hear) => {
      hear = heard;
      return () => (hear = () => {});
    },
  } as unknown as Events;
  const reply = { hijack: () => undefined, raw };
  const request = { headers, raw: { socket: { destroyed: false } } };
  await streamEvents(
    { database, events },
    { request: request as never, reply: reply as never, actor: visitor() },
  );
  raw.emit('close');
  return raw.said;
}

test('a page that opens is told once of what moved while it did, if it may see any of it', async () => {
  const told = await opened([moved(7, 'donation.gift_received'), moved(8, 'fund.paid')]);
  expect(told.match(/^event: moved$/gm)).toHaveLength(1);
  expect(told).toContain('id: 8');
  expect(await opened([moved(8, 'fund.proposed')])).not.toContain('moved');
});

test('a page that comes back misses nothing, not even what moves while it is told the rest', async () => {
  const told = await opened([moved(8, 'fund.paid')], { 'last-event-id': '7' });
  expect(told).toMatch(/id: 9\n[\s\S]*id: 8\n/);
});
