/** Connection lost, server shutting down or starting, too many connections. */
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
/** The last: a private PostgreSQL that is away has no socket in its folder. */
const WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|^connect ENOENT/;

/** True when the database could not be reached: nobody's command is at fault, trying again later may do. */
export function isOutage(thrown: unknown): boolean {
  const { code = '', message = '' } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  const text = String(code);
  return CODES.has(text) || text.startsWith('08') || WORDS.test(String(message));
}
