import type { Id } from '@wennuan/basics';
import type { TraceGroup, TraceResult } from '@wennuan/ledger';
import type { TraceMaterial } from './trace.ts';

/** A part of what money became: in an account of another unit, where it rests or ended. */
export interface BoughtPiece {
  accountId: Id;
  /** The account's unit: `piece:<item>`. */
  unit: string;
  /** Units that belong to what is followed; a fraction, as things cross in share of the price. */
  share: number;
  isWorld: boolean;
  /** Transfers it was part of: how many persons at most. */
  entries: number;
}

/**
 * The part of a trace that is money, and what the rest came to: a picture that counts in fen must not add
 * pieces to them. Pure.
 */
export function splitThings(
  result: TraceResult,
  hops: TraceMaterial['hops'],
): { result: TraceResult; hops: TraceMaterial['hops']; things: BoughtPiece[] } {
  const units = new Map<Id, TraceGroup>(
    result.groups.filter((group) => group.unit !== 'fen').map((group) => [group.accountId, group]),
  );
  if (units.size === 0) return { result, hops, things: [] };
  const isMoney = ({ accountId }: { accountId: Id }) => !units.has(accountId);
  const ended = result.groups.filter((group) => group.unit !== 'fen' && group.kind === 'world');
  const still = [...result.resting, ...result.unresolved].filter((one) => !isMoney(one));
  return {
    result: {
      ...result,
      groups: result.groups.filter(isMoney),
      resting: result.resting.filter(isMoney),
      unresolved: result.unresolved.filter(isMoney),
    },
    hops: hops.map((hop) => ({
      ...hop,
      entries: hop.entries.filter(
        ({ transfer }) => !units.has(transfer.from) && !units.has(transfer.to),
      ),
    })),
    things: [
      ...ended.map(({ accountId, unit, share, entries }) => ({
        accountId,
        unit,
        share,
        isWorld: true,
        entries,
      })),
      ...still.map(({ accountId, share }) => ({
        accountId,
        unit: units.get(accountId)!.unit,
        share,
        isWorld: false,
        entries: 0,
      })),
    ],
  };
}
