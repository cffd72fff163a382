import type { Id } from '@wennuan/basics';
import { fromJson, plainArray, toNumber } from './arrays.ts';
import { transfers } from './read.ts';
import type { Sql } from './types.ts';
import type {
  TraceGroup,
  TraceHop,
  TraceHopRequest,
  TracePiece,
  TraceRequest,
  TraceResult,
  TraceStart,
} from './trace-types.ts';

/** Enough for every honest question; a page that needs more asks for what is unresolved. */
const BUDGET_STEPS = 20_000;

interface Answer {
  amount: number;
  unit: string | null;
  accounts: [Id, 'inner' | 'world', string, string | null][];
  groups: [number, Id, number, number, number, boolean][];
  resting: [number, Id, number, number, boolean][];
  unresolved: [number, Id, number, number, number, boolean, 'hops' | 'budget'][];
  steps: number;
  read: number;
}

/**
 * Follows what left (or entered) first in, first out, hop by hop, and answers grouped by (hop, account).
 * Every unit asked for is in the answer once: at a world account, resting, or unresolved. Where a path
 * crosses into another unit by link, it goes on in share of the price within the same hop (`byShare`).
 */
export async function trace(sql: Sql, request: TraceRequest): Promise<TraceResult> {
  const ids = transferIdsOf(request.start);
  const stretch = 'accountId' in request.start ? request.start : null;
  const rows = await sql.query<{ answer: unknown }>(
    'select ledger_trace($1, $2, $3, $4, $5, $6, $7) as answer',
    [
      request.direction === 'forward',
      ids && plainArray(ids),
      stretch?.accountId ?? null,
      stretch?.from ?? null,
      stretch?.to ?? null,
      request.maxHops,
      request.budget ?? BUDGET_STEPS,
    ],
  );
  return resultOf(fromJson<Answer>(rows[0]!.answer));
}

function transferIdsOf(start: TraceStart): readonly Id[] | null {
  if ('transferIds' in start) return start.transferIds;
  return 'transferId' in start ? [start.transferId] : null;
}

function resultOf(answer: Answer): TraceResult {
  const accounts = new Map(answer.accounts.map((account) => [account[0], account]));
  const groups = new Map<string, TraceGroup>();
  for (const [hop, accountId, amount, share, entries, byShare] of answer.groups) {
    const place = `${hop} ${accountId} ${byShare}`;
    const known = groups.get(place);
    if (known) {
      known.amount += amount;
      known.share += share;
      known.entries += entries;
      continue;
    }
    const [, kind, unit, code] = accounts.get(accountId)!;
    groups.set(place, { hop, accountId, kind, code, unit, amount, share, entries, byShare });
  }
  const resting = new Map<string, TraceResult['resting'][number]>();
  for (const [hop, accountId, amount, share, byShare] of answer.resting) {
    const place = `${hop} ${accountId} ${byShare}`;
    const known = resting.get(place) ?? { hop, accountId, amount: 0, share: 0, byShare };
    known.amount += amount;
    known.share += share;
    resting.set(place, known);
  }
  return {
    unit: answer.unit,
    amount: answer.amount,
    groups: [...groups.values()].sort((a, b) => a.hop - b.hop || b.amount - a.amount),
    resting: [...resting.values()],
    unresolved: answer.unresolved.map(([hop, accountId, from, to, share, byShare, reason]) => {
      return { hop, accountId, from, to, share, byShare, reason };
    }),
    steps: answer.steps,
    entriesRead: answer.read,
  };
}

/**
 * The transfers of one hop on a path, one page at a time, in order of account and position. What a crossing
 * of units led to has no transfer of its own in the hop: it is found by the transfer's link.
 */
export async function traceHop(sql: Sql, request: TraceHopRequest): Promise<TraceHop> {
  const { start, direction, hop, limit, after, budget } = request;
  const way = await trace(sql, {
    start,
    direction,
    maxHops: hop - 1,
    ...(budget === undefined ? {} : { budget }),
  });
  const pieces = way.unresolved.filter((piece) => piece.reason === 'hops');
  const rest = after ? piecesAfter(pieces, after) : pieces;
  const { entries, hasMore } = await entriesOf(sql, { direction, limit, pieces: rest });
  const listed = await transfers(
    sql,
    entries.map((entry) => entry.transferId),
  );
  const byId = new Map(listed.map((transfer) => [transfer.id, transfer]));
  const last = entries.at(-1);
  return {
    entries: entries.map(({ transferId, amount, share, byShare }) => {
      return { hop, transfer: byId.get(transferId)!, amount, share, byShare };
    }),
    next: hasMore && last ? { accountId: last.accountId, position: last.end } : null,
    complete: pieces.length === way.unresolved.length,
  };
}

/** What of the pieces comes after a position; pieces are in order of account and position. */
function piecesAfter(
  pieces: readonly TracePiece[],
  after: { accountId: Id; position: number },
): TracePiece[] {
  return pieces.flatMap((piece) => {
    if (piece.accountId < after.accountId) return [];
    if (piece.accountId > after.accountId || piece.from >= after.position) return [piece];
    if (piece.to <= after.position) return [];
    const left = (piece.to - after.position) / (piece.to - piece.from);
    return [{ ...piece, from: after.position, share: piece.share * left }];
  });
}

interface Entry {
  transferId: Id;
  accountId: Id;
  end: number;
  amount: number;
  share: number;
  byShare: boolean;
}

interface EntriesRequest {
  direction: 'forward' | 'backward';
  limit: number;
  pieces: readonly TracePiece[];
}

async function entriesOf(
  sql: Sql,
  { direction, limit, pieces }: EntriesRequest,
): Promise<{ entries: Entry[]; hasMore: boolean }> {
  const page = pieces.slice(0, limit + 1);
  const rows = await sql.query<Record<string, unknown>>(
    'select * from ledger_trace_entries($1, $2, $3, $4, $5, $6, $7)',
    [
      direction === 'forward',
      plainArray(page.map((piece) => piece.accountId)),
      plainArray(page.map((piece) => piece.from)),
      plainArray(page.map((piece) => piece.to)),
      plainArray(page.map((piece) => piece.share / (piece.to - piece.from))),
      plainArray(page.map((piece) => String(piece.byShare))),
      limit + 1,
    ],
  );
  const entries = rows.slice(0, limit).map((row): Entry => {
    const amount = toNumber(row.amount);
    return {
      transferId: row.transfer_id as Id,
      accountId: row.account_id as Id,
      end: toNumber(row.lo) + amount,
      amount,
      share: amount * toNumber(row.density),
      byShare: row.by_share as boolean,
    };
  });
  return { entries, hasMore: rows.length > limit };
}
