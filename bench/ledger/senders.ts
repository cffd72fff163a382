import { connect } from 'node:net';

export interface Sent {
  seconds: number;
  /** Milliseconds each answer took. */
  millis: number[];
  /** Status of each answer. */
  statuses: Map<number, number>;
}

/**
 * Sends ready-made HTTP requests over keep-alive connections, on each the next one when the last was
 * answered, as payment platforms do. A client of its own, because the usual ones need more processor
 * than the server under test.
 */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<Sent> {
  const sent: Sent = { seconds: 0, millis: [], statuses: new Map() };
  let next = 0;
  const nextRequest = () => requests[next++];
  const heard = (status: number, millis: number) => {
    sent.millis.push(millis);
    sent.statuses.set(status, (sent.statuses.get(status) ?? 0) + 1);
  };
  const begin = performance.now();
  const sockets = Array.from({ length: connections }, () => sendOver(port, nextRequest, heard));
  await Promise.all(sockets);
  sent.seconds = (performance.now() - begin) / 1_000;
  return sent;
}

/** One connection: asks, hears the whole answer, asks the next, until there is none. */
function sendOver(
  port: number,
  nextRequest: () => Buffer | undefined,
  heard: (status: number, millis: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let asked = 0;
    let answer = '';
    const ask = () => {
      const request = nextRequest();
      if (!request) {
        socket.destroy();
        return resolve();
      }
      asked = performance.now();
      socket.write(request);
    };
    socket.on('data', (part) => {
      answer += part.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /content-length: (\d+)/i.exec(answer);
      if (answer.length < head + 4 + Number(length?.[1] ?? 0)) return;
      heard(Number(answer.slice(9, 12)), performance.now() - asked);
      answer = '';
      ask();
    });
    socket.once('connect', ask);
    socket.once('error', reject);
  });
}
