import { CommandError } from './errors.ts';

/** Listens on `port` of the host that HOST names, all by default. Refuses a port in use with a sentence. */
export async function listenAt(
  port: number,
  listen: (at: { port: number; host: string }) => Promise<unknown>,
): Promise<void> {
  try {
    await listen({ port, host: process.env['HOST'] ?? '0.0.0.0' });
  } catch (thrown) {
    if ((thrown as { code?: string }).code !== 'EADDRINUSE') throw thrown;
    throw new CommandError(
      `端口 ${port} 已被占用，请用 --port 换一个。`,
      `Port ${port} is in use; choose another with --port.`,
    );
  }
}
