import type { Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { edge, unitOf, type Taken, type Want } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { readItems } from './goods.store.ts';
import { allocate, openEdges, postPieces } from './stock.service.ts';

/** The paper behind a movement. */
export interface Paper {
  kind: string;
  id: Id;
}

/** Pieces set aside: `accountId` is the account in the ledger they lie in now. */
export interface SetAside extends Taken {
  accountId: Id;
}

/**
 * Sets goods aside for one purpose, first to expire first: each lot into an account of its own, so that
 * whoever gets it can be told from its lot. Posts; call it last. Refuses `stock_too_low`.
 */
export async function setAside(
  needs: GoodsNeeds,
  tx: Writing,
  command: { wants: readonly Want[]; label: string; areaId: number; paper: Paper },
  note: (pieces: readonly SetAside[]) => Promise<void>,
): Promise<void> {
  const taken = (await allocate(tx, command.wants)).flat();
  const pieces = taken.map((one) => ({ ...one, accountId: needs.newId() }));
  const items = await readItems(
    tx,
    pieces.map((one) => one.itemId),
  );
  await needs.fund.openAccounts(
    tx,
    pieces.map((one) => ({
      id: one.accountId,
      kind: 'inner',
      unit: unitOf(one.itemId),
      code: null,
      purpose: {
        kind: 'organization',
        subjectId: command.paper.id,
        label: `${command.label} · ${items.get(one.itemId)!.name}`,
        areaId: command.areaId,
        isPublic: false,
      },
    })),
  );
  await note(pieces);
  await postPieces(
    needs,
    tx,
    pieces.map((one) => ({
      key: `set_aside:${one.accountId}`,
      from: one.stockId,
      to: one.accountId,
      amount: one.quantity,
      name: items.get(one.itemId)!.name,
      reason: 'set_aside',
      document: command.paper,
      actor: tx.actor.accountId,
    })),
  );
}

/** What is left of what was set aside: `returned` goes back to its lot's place, `missing` is lost. */
export async function giveBack(
  needs: GoodsNeeds,
  tx: Writing,
  command: {
    lines: readonly {
      accountId: Id;
      stockId: Id;
      itemId: Id;
      returned: number;
      missing: number;
    }[];
    paper: Paper;
  },
): Promise<void> {
  const missing = command.lines.filter((line) => line.missing > 0);
  await openEdges(
    needs,
    tx,
    missing.map((line) => ({ kind: 'lost', itemId: line.itemId })),
  );
  const common = { document: command.paper, actor: tx.actor.accountId };
  await postPieces(needs, tx, [
    ...command.lines
      .filter((line) => line.returned > 0)
      .map((line) => ({
        ...common,
        key: `returned:${line.accountId}`,
        from: line.accountId,
        to: line.stockId,
        amount: line.returned,
        reason: 'returned',
      })),
    ...missing.map((line) => ({
      ...common,
      key: `missing:${line.accountId}`,
      from: line.accountId,
      to: edge('lost', line.itemId),
      amount: line.missing,
      reason: 'difference',
    })),
  ]);
}

/** Pieces that reach people: out of the books, to the edge of their community. Posts; call it last. */
export async function handOver(
  needs: GoodsNeeds,
  tx: Writing,
  commands: readonly {
    key: string;
    accountId: Id;
    itemId: Id;
    name: string;
    quantity: number;
    areaId: number;
    paper: Paper;
  }[],
): Promise<void> {
  const edges = new Map(
    commands.map((one) => [edge('handed', one.itemId, one.areaId), one] as const),
  );
  await needs.fund.openAccounts(
    tx,
    [...edges].map(([id, one]) => ({
      id,
      kind: 'world',
      unit: unitOf(one.itemId),
      code: null,
      purpose: {
        kind: 'person',
        subjectId: one.itemId,
        label: '居民领取',
        areaId: one.areaId,
        isPublic: true,
      },
    })),
  );
  await postPieces(
    needs,
    tx,
    commands.map((one) => ({
      key: one.key,
      from: one.accountId,
      to: edge('handed', one.itemId, one.areaId),
      amount: one.quantity,
      name: one.name,
      reason: 'handed_over',
      document: one.paper,
      actor: tx.actor.accountId,
    })),
  );
}

/**
 * The movements that take goods out of a place to accounts the caller has opened in the item's unit
 * (`piece:<item>`): a sale, a redeemed voucher. For `shop`: it posts them together with its money, under
 * one link. Locks the rows; refuses `stock_too_low`. Posts nothing itself.
 */
export async function takeOut(
  tx: Writing,
  commands: readonly (Want & {
    key: string;
    to: Id;
    reason: string;
    link?: string;
    paper: Paper;
  })[],
): Promise<(TransferCommand & { lotId: Id; name: string })[]> {
  const names = await readItems(
    tx,
    commands.map((one) => one.itemId),
  );
  const taken = await allocate(tx, commands);
  return commands.flatMap((one, index) =>
    taken[index]!.map((piece) => ({
      key: `${one.key}:${piece.stockId}`,
      from: piece.stockId,
      to: one.to,
      amount: piece.quantity,
      ...(one.link && { link: one.link }),
      reason: one.reason,
      document: one.paper,
      actor: tx.actor.accountId,
      lotId: piece.lotId,
      name: names.get(piece.itemId)!.name,
    })),
  );
}
