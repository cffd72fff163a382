import { connect, type Socket } from 'node:net';

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
  const begin = performance.now();
  const work = async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve) => socket.once('connect', resolve));
    while (next < requests.length) {
      const request = requests[next++]!;
      const asked = performance.now();
      const status = await exchange(socket, request);
      sent.millis.push(performance.now() - asked);
      sent.statuses.set(status, (sent.statuses.get(status) ?? 0) + 1);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, work));
  sent.seconds = (performance.now() - begin) / 1_000;
  return sent;
}

/** One request and its whole answer; resolves with the status. */
function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const heard = (part: Buffer) => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /content-length: (\d+)/i.exec(text.slice(0, head));
      if (text.length < head + 4 + Number(length?.[1] ?? 0)) return;
      socket.off('data', heard);
      socket.off('error', reject);
      resolve(Number(text.slice(9, 12)));
    };
    socket.on('data', heard);
    socket.on('error', reject);
    socket.write(request);
  });
}
