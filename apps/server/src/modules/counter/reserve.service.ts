import type { Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { endReserveRows, insertReserve, openReserve } from './reserve.store.ts';
import { clerk, ownTill } from './till.service.ts';

/** Vouchers a till takes along at most: those of its own community. */
const VOUCHERS_MOST = 500;

/**
 * Sets goods aside for a till and holds the vouchers of its community that nobody else holds. Until it gives them back,
 * nobody else can sell or spend them. Refuses `till_unknown`, `stock_too_low`.
 */
export async function takeAlong(
  needs: CounterNeeds,
  actor: Actor,
  command: { tillId: Id; lines: readonly { itemId: Id; quantity: number }[]; vouchers: boolean },
): Promise<{ pieces: number; vouchers: number; heldElsewhere: number }> {
  return await needs.database.write(clerk(actor), 'counter.take_along', async (tx) => {
    const till = await ownTill(tx, command.tillId);
    const ids = command.vouchers
      ? await needs.benefit.usableIn(tx, [till.areaId], VOUCHERS_MOST)
      : [];
    const held = await needs.benefit.holdFor(tx, {
      entitlementIds: ids,
      placeId: till.placeId,
      tillId: till.id,
    });
    let pieces = 0;
    if (command.lines.length > 0)
      await needs.goods.setAside(
        tx,
        {
          wants: command.lines.map((line) => ({ ...line, placeId: till.placeId })),
          label: till.name,
          areaId: till.areaId,
          paper: { kind: 'till', id: till.id },
        },
        async (taken) => {
          pieces = taken.reduce((sum, one) => sum + one.quantity, 0);
          await insertReserve(tx, till, taken);
        },
      );
    tx.touched('till', till.id, 'take_along');
    const count = (...states: string[]) => held.filter((one) => states.includes(one.status)).length;
    return {
      pieces,
      vouchers: count('held', 'already_held'),
      heldElsewhere: count('held_elsewhere'),
    };
  });
}

/**
 * Gives back what a till took along: by sync after all it rang up was sent, or written off by a person with a reason; what
 * is written off counts as missing. In two steps, each of which may be repeated.
 */
export async function endReserve(
  needs: CounterNeeds,
  actor: Actor,
  command: { tillId: Id; how: 'sync' | 'write_off'; reason: string | null },
): Promise<void> {
  const { tillId, how, reason } = command;
  await needs.database.write(clerk(actor), 'counter.end_holds', async (tx) => {
    await ownTill(tx, tillId);
    await needs.benefit.endHolds(tx, { tillId, how, reason });
    tx.touched('till', tillId, `end_holds:${how}`);
  });
  await needs.database.write(clerk(actor), 'counter.end_reserve', async (tx) => {
    const { pieces } = await openReserve(tx, tillId, true);
    await endReserveRows(tx, tillId, command);
    tx.touched('till', tillId, `end_reserve:${how}`);
    await needs.goods.giveBack(tx, {
      lines: pieces
        .filter((piece) => piece.left > 0)
        .map(({ left, accountId, stockId, itemId }) => ({
          accountId,
          stockId,
          itemId,
          returned: how === 'sync' ? left : 0,
          missing: how === 'sync' ? 0 : left,
        })),
      paper: { kind: 'till', id: tillId },
    });
  });
}
