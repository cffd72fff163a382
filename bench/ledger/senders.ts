import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Sent {
  seconds: number;
  /** Milliseconds each answer took. */
  millis: number[];
  /** Status of each answer. */
  statuses: Map<number, number>;
}

export interface Senders {
  /** Sends all requests, on each connection the next one when the last was answered. */
  send(requests: readonly Buffer[]): Promise<Sent>;
  close(): void;
}

/**
 * Keep-alive connections over which ready-made HTTP requests are sent, as payment platforms do; open, like those
 * of a database's clients, before any clock runs. A client of its own, because the usual ones need more processor
 * than the server under test.
 */
export async function openSenders(port: number, connections: number): Promise<Senders> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
      return socket;
    }),
  );
  return {
    async send(requests) {
      const sent: Sent = { seconds: 0, millis: [], statuses: new Map() };
      const queue = requests.values();
      const begin = performance.now();
      await Promise.all(sockets.map((socket) => sendOver(socket, queue, sent)));
      sent.seconds = (performance.now() - begin) / 1_000;
      return sent;
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

/** One connection: asks, hears the whole answer, asks the next, until there is none. */
function sendOver(socket: Socket, queue: Iterator<Buffer>, sent: Sent): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = 0;
    let answer = '';
    const lost = () => reject(new Error('the server closed a connection'));
    const ask = () => {
      const request = queue.next();
      if (request.done) {
        socket.off('data', hear).off('error', reject).off('close', lost);
        return resolve();
      }
      asked = performance.now();
      socket.write(request.value);
    };
    const hear = (part: Buffer) => {
      answer += part.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /content-length: (\d+)/i.exec(answer);
      if (answer.length < head + 4 + Number(length?.[1] ?? 0)) return;
      sent.millis.push(performance.now() - asked);
      const status = Number(answer.slice(9, 12));
      sent.statuses.set(status, (sent.statuses.get(status) ?? 0) + 1);
      answer = '';
      ask();
    };
    socket.on('data', hear).on('error', reject).on('close', lost);
    ask();
  });
}
