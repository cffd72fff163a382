import type { Sql } from './types.ts';
import type { TraceHop, TraceHopRequest, TraceRequest, TraceResult } from './trace-types.ts';
import { LedgerFault } from './errors.ts';

/** Follows money first in, first out, hop by hop; answers grouped by (hop, account). */
export async function trace(_sql: Sql, _request: TraceRequest): Promise<TraceResult> {
  throw new LedgerFault('not written yet');
}

/** The transfers of one hop, one page at a time. */
export async function traceHop(_sql: Sql, _request: TraceHopRequest): Promise<TraceHop> {
  throw new LedgerFault('not written yet');
}
