import { benchHttp } from './ledger/http.ts';
import { benchPosting } from './ledger/posting.ts';
import { benchServer } from './ledger/server.ts';
import { benchTracing } from './ledger/tracing.ts';

/** Posting, gifts over HTTP, and tracing of the flow ledger; see docs for what each figure means. */
export async function run(options: {
  large: boolean;
  quick: boolean;
  log?: (line: string) => void;
}): Promise<Record<string, number | null>> {
  const log = options.log ?? (() => {});
  const server = await benchServer(options);
  try {
    // First, as the sender of gifts is this process: what it has made for the other parts would slow it.
    const http = await benchHttp(server, { quick: options.quick, log });
    const posting = await benchPosting(server, { quick: options.quick, log });
    const tracing = await benchTracing(server, { ...options, log });
    return { ...posting, ...http, ...tracing };
  } finally {
    await server.close();
  }
}
