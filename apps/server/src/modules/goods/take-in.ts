import { Refusal, type Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import type { ServicePoint } from '../place/index.ts';
import { checkMost, edge, type Lot } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { readLots } from './goods.store.ts';
import { openEdges, openStockAccounts } from './stock.service.ts';

/** A line that was on its way: where its pieces lay meanwhile, how many were due, and how many came. */
export interface Arrived {
  lot: Lot;
  accountId: Id;
  due: number;
  received: number;
}

/**
 * Counts what came of lines that were on their way; what nobody names did not come. Refuses more than was due,
 * and `reason_required` when less came and nobody says why.
 */
export async function countArrived(
  tx: Writing,
  onTheWay: readonly { lotId: Id; accountId: Id; due: number }[],
  told: { lines: readonly { lotId: Id; received: number }[]; reason: string },
): Promise<Arrived[]> {
  const lots = await readLots(
    tx,
    onTheWay.map((line) => line.lotId),
  );
  const arrived = onTheWay.map(({ lotId, accountId, due }) => {
    const lot = lots.get(lotId)!;
    const received = told.lines.find((line) => line.lotId === lotId)?.received ?? 0;
    checkMost(received, due, lot.itemName);
    return { lot, accountId, due, received };
  });
  if (arrived.some(isShort) && told.reason.trim().length < 2)
    throw new Refusal('reason_required', {}, 'reason');
  return arrived;
}

const isShort = ({ due, received }: Arrived) => received < due;

interface TakingIn {
  place: ServicePoint;
  arrived: readonly Arrived[];
  document: { kind: 'goods_order' | 'goods_transfer'; id: Id };
  /** The first word of the keys and what a line is known by there. */
  key: (line: Arrived) => { word: 'order' | 'transfer'; id: Id };
  reason: string;
}

/** Opens the accounts of what came and answers the movements: into the place, and to what is lost. Posts nothing. */
export async function takeInMoves(
  needs: GoodsNeeds,
  tx: Writing,
  { place, arrived, document, key, reason }: TakingIn,
): Promise<TransferCommand[]> {
  const stocks = await openStockAccounts(
    needs,
    tx,
    arrived.map(({ lot }) => ({ place, lot })),
  );
  if (arrived.some(isShort))
    await openEdges(
      needs,
      tx,
      arrived.map(({ lot }) => ({ kind: 'lost', itemId: lot.itemId })),
    );
  const common = { document, actor: tx.actor.accountId };
  return arrived
    .flatMap((line, index) => {
      const { word, id } = key(line);
      const { accountId: from, lot, due, received } = line;
      return [
        {
          ...common,
          key: `${word}_in:${id}`,
          from,
          to: stocks[index]!.id,
          amount: received,
          reason,
        },
        {
          ...common,
          key: `${word}_short:${id}`,
          from,
          to: edge('lost', lot.itemId),
          amount: due - received,
          reason: 'difference',
        },
      ];
    })
    .filter(({ amount }) => amount > 0);
}
