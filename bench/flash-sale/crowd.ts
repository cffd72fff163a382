import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@wennuan/basics';
import { SESSION_COOKIE } from '../../apps/server/src/modules/access/index.ts';
import type { Buyer } from './district.ts';

const CLIENTS = 200;
/** Who waits asks again after so long, as the page does. */
const ASK_AGAIN_MILLIS = 1_000;
const CLICKS_TWICE = 0.02;
const LETS_GO = 0.1;

/** What a sale came to, as its buyers heard it. */
export interface Heard {
  /** Decisions heard: sold, sold out, already bought. */
  decided: number;
  seconds: number;
  /** How long each answer to "I want one" took, in milliseconds. */
  millis: number[];
  /** Buyers who were told that it is theirs, by number. */
  bought: Set<number>;
  /** Buyers who were told that all are sold, by number. */
  refused: Set<number>;
}

interface Answer {
  outcome: string;
  shareId?: string | null;
  state?: string | null;
}

/** Requests of buyers, made before the clock runs: in random order, some of them twice. */
export function makeClicks(tickets: readonly string[], random: Random) {
  const order = tickets.flatMap((_, buyer) => (random() < CLICKS_TWICE ? [buyer, buyer] : [buyer]));
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  const requests = tickets.map((ticket) =>
    requestOf('/api/mall/joins', JSON.stringify({ ticket, pieces: 1 })),
  );
  const letsGo = new Set([...tickets.keys()].filter(() => random() < LETS_GO));
  return { order, requests, letsGo };
}

function requestOf(path: string, body: string, cookie = ''): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    ...(cookie ? [`cookie: ${cookie}`] : []),
    `content-length: ${Buffer.byteLength(body)}`,
  ].join('\r\n');
  return Buffer.from(`${head}\r\n\r\n${body}`);
}

interface Rush {
  port: number;
  clicks: ReturnType<typeof makeClicks>;
  buyers: readonly Buyer[];
}

/**
 * Everybody wants one at the same moment, over 200 connections. Who has pieces held pays, or lets them go; who waits asks
 * again. Ends when everybody was decided.
 */
export async function rush({ port, clicks, buyers }: Rush): Promise<Heard> {
  const { order, requests, letsGo } = clicks;
  const heard: Heard = {
    decided: 0,
    seconds: 0,
    millis: [],
    bought: new Set(),
    refused: new Set(),
  };
  const again: { buyer: number; at: number }[] = [];
  let next = 0;
  let busy = 0;
  const begin = performance.now();
  const one = async (socket: Socket, buyer: number): Promise<void> => {
    const asked = performance.now();
    const answer = await exchange(socket, requests[buyer]!);
    heard.millis.push(performance.now() - asked);
    const isHeld = answer.outcome === 'held' || answer.state === 'held';
    if (isHeld && letsGo.has(buyer) && answer.outcome === 'held') {
      await act(socket, { buyer: buyers[buyer]!, shareId: answer.shareId!, what: 'leave' });
      // She leaves for good: what was hers goes to who waits.
      return;
    }
    if (isHeld) {
      const pay = { buyer: buyers[buyer]!, shareId: answer.shareId!, what: 'sandbox-payment' };
      await act(socket, pay);
      heard.bought.add(buyer);
      heard.decided += 1;
    } else if (answer.outcome === 'waiting' || answer.state === 'waiting') {
      again.push({ buyer, at: performance.now() + ASK_AGAIN_MILLIS });
    } else {
      heard.decided += 1;
      if (answer.outcome === 'sold_out') heard.refused.add(buyer);
      else if (answer.outcome === 'sold') heard.bought.add(buyer);
      else if (!answer.outcome.startsWith('already')) throw new Error(JSON.stringify(answer));
    }
  };
  const work = async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve) => socket.once('connect', resolve));
    for (;;) {
      const due = again[0] && again[0].at <= performance.now() ? again.shift()!.buyer : undefined;
      const buyer = due ?? (next < order.length ? order[next++] : undefined);
      if (buyer !== undefined) {
        busy += 1;
        await one(socket, buyer);
        busy -= 1;
      } else if (again.length > 0 || busy > 0) await sleep(10);
      else break;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  heard.seconds = (performance.now() - begin) / 1_000;
  return heard;
}

async function act(
  socket: Socket,
  { buyer, shareId, what }: { buyer: Buyer; shareId: string; what: string },
): Promise<void> {
  const cookie = `${SESSION_COOKIE}=${buyer.token}`;
  const answer = await exchange(
    socket,
    requestOf(`/api/my/group-shares/${shareId}/${what}`, '', cookie),
  );
  if (!('ok' in answer)) throw new Error(`${what}: ${JSON.stringify(answer)}`);
}

/** Answers a second of a bare page over as many connections: the limit of the framework. */
export async function helloRate(port: number, count: number): Promise<number> {
  const request = Buffer.from('GET /hello HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  let left = count;
  const begin = performance.now();
  const work = async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve) => socket.once('connect', resolve));
    while (left > 0) {
      left -= 1;
      await exchange(socket, request);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  return count / ((performance.now() - begin) / 1_000);
}

/** One request and its whole answer. */
function exchange(socket: Socket, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = '';
    const heard = (part: Buffer) => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      socket.off('data', heard);
      socket.off('error', reject);
      resolve(JSON.parse(text.slice(head + 4)) as Answer);
    };
    socket.on('data', heard);
    socket.once('error', reject);
    socket.write(request);
  });
}
