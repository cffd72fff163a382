import { eventsAfter, type SequencedEvent } from '@wennuan/ledger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { systemActor, type Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import type { Events } from '../events.ts';

const HEARTBEAT_MILLIS = 20_000;
const REPLAY_MOST = 2_000;
/** A page asks for its data a while before its stream is open, on an old telephone a long while. */
const OPENING_MILLIS = 15_000;

/**
 * Server-sent events: tells a page what moved so that it reads again. Only topic, subject and seq go
 * out, and only of what the caller may see; a page that was away resumes by Last-Event-ID. A page that opens hears at
 * once of what moved while it did: what it shows may have been read before.
 */
export async function streamEvents(
  { database, events }: { database: Database; events: Events },
  { request, reply, actor }: { request: FastifyRequest; reply: FastifyReply; actor: Actor },
): Promise<void> {
  const last = Number(request.headers['last-event-id'] ?? Number.NaN);
  reply.hijack();
  const stream = reply.raw;
  // Who left while she was being recognised is told nothing: her stream has closed and will not say so again.
  if (request.raw.socket.destroyed) return;
  stream.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const write = (list: readonly SequencedEvent[]) => {
    const visible = list.filter((event) => maySee(actor, event));
    if (visible.length > 0 && !stream.destroyed) stream.write(visible.map(format).join(''));
  };
  stream.write(`retry: 2000\nid: ${events.lastSeq()}\n\n`);
  // Heard from the first moment on, also while missed events are read: none falls between, and no timer stays behind.
  const unsubscribe = events.subscribe(write);
  const beat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT_MILLIS);
  stream.on('close', () => {
    clearInterval(beat);
    unsubscribe();
  });
  if (!Number.isSafeInteger(last))
    write(
      events
        .recent(OPENING_MILLIS)
        .filter((event) => maySee(actor, event))
        .slice(-1),
    );
  else if (last < events.lastSeq())
    write(await database.read(systemActor('live'), (tx) => eventsAfter(tx.sql, last, REPLAY_MOST)));
}

function format(event: SequencedEvent): string {
  const data = JSON.stringify({ topic: event.topic, kind: event.subjectKind, id: event.subjectId });
  return `id: ${event.seq}\nevent: moved\ndata: ${data}\n\n`;
}

/** Money that moved is public; a matter is told to its area and its asker, a message to its reader. */
function maySee(actor: Actor, event: SequencedEvent): boolean {
  if (event.topic.startsWith('donation.') || event.topic === 'fund.paid') return true;
  if (event.topic.startsWith('fund.'))
    return actor.login === 'staff' || actor.login === 'federation';
  const body = event.body as { accountId?: string } | null;
  if (body?.accountId && body.accountId === actor.accountId) return true;
  return event.areaId !== null && actor.areaIds.includes(event.areaId);
}
