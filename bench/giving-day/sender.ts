import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const ANSWER_WITHIN_MILLIS = 5_000;
const AGAIN_AFTER_MILLIS = 100;

/** What a sender is told while it works. */
export interface Heard {
  /** A gift was acknowledged for the first time: by its number, after so many milliseconds of its last try. */
  acknowledged(index: number, giftNumber: string, millis: number, at: number): void;
  /** An answer that is neither a gift nor a failure that passes. */
  refused(index: number, answer: string): void;
}

interface Wanted {
  index: number;
  request: Buffer;
  /** When it should be sent, on the clock of `performance.now()`. */
  due: number;
}

/**
 * Sends notices on keep-alive connections as a payment platform does: each at its moment, again and again until it is
 * answered with a gift number, whatever happens to the server meanwhile. Latency counts from the moment it was due, so a
 * server that falls behind does not hide it.
 */
export class Sender {
  readonly #port: number;
  readonly #heard: Heard;
  readonly #queue: Wanted[] = [];
  readonly #idle: (() => void)[] = [];
  #left = 0;
  #stopped = false;

  constructor(port: number, connections: number, heard: Heard) {
    this.#port = port;
    this.#heard = heard;
    for (let n = 0; n < connections; n += 1) void this.#work();
  }

  /** Puts a notice in line; it is due now. */
  send(index: number, request: Buffer, due = performance.now()): void {
    this.#left += 1;
    this.#queue.push({ index, request, due });
    this.#idle.pop()?.();
  }

  /** How many are not answered yet. */
  get left(): number {
    return this.#left;
  }

  stop(): void {
    this.#stopped = true;
    for (const wake of this.#idle.splice(0)) wake();
  }

  async #work(): Promise<void> {
    let socket: Socket | null = null;
    while (!this.#stopped) {
      const wanted = this.#queue.shift();
      if (!wanted) {
        await new Promise<void>((resolve) => this.#idle.push(resolve));
        continue;
      }
      for (;;) {
        try {
          socket ??= await open(this.#port);
          const { status, body } = await exchange(socket, wanted.request);
          if (this.#took(wanted, status, body)) break;
        } catch {
          socket?.destroy();
          socket = null;
        }
        if (this.#stopped) break;
        await sleep(AGAIN_AFTER_MILLIS);
        wanted.due = performance.now();
      }
    }
    socket?.destroy();
  }

  /** True when the notice needs no further try. */
  #took({ index, due }: Wanted, status: number, body: string): boolean {
    if (status >= 500 || status === 429) return false;
    this.#left -= 1;
    const now = performance.now();
    const number = status === 200 ? /"giftNumber":"([^"]+)"/.exec(body)?.[1] : undefined;
    if (number) this.#heard.acknowledged(index, number, now - due, now);
    else this.#heard.refused(index, `${status} ${body}`);
    return true;
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function exchange(socket: Socket, request: Buffer): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => end(() => reject(new Error('no answer'))), ANSWER_WITHIN_MILLIS);
    const end = (then: () => void) => {
      clearTimeout(timer);
      socket.off('data', heard);
      socket.off('close', lost);
      then();
    };
    const lost = () => end(() => reject(new Error('connection lost')));
    const heard = (part: Buffer) => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      const body = text.slice(head + 4);
      end(() => resolve({ status: Number(text.slice(9, 12)), body }));
    };
    socket.on('data', heard);
    socket.once('close', lost);
    socket.write(request);
  });
}
