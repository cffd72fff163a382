import {
  addDays,
  dateInShanghai,
  instantInShanghai,
  Refusal,
  yuanNumber,
  type Id,
} from '@wennuan/basics';
import { balances, hold, releaseHolds, type HoldCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { HOLD_DAYS } from './fund.ts';
import { potsOf } from './pot.store.ts';

/** Under which key a line's amount is held in its source, and under which in the source's aid pot. */
const keysOf = (name: string): [source: string, pot: string] => [name, `${name}:pot`];

/** Amounts to set aside in a fund, campaign or item. */
export interface Held {
  document: { kind: string; id: Id };
  sourceId: Id;
  /** `id` names the hold: of a proposal's line its id. Never to be used again once freed. */
  lines: readonly { id: string; amountFen: number; isPerson: boolean }[];
}

/**
 * Sets every line's amount aside: a person's first in the pot that pays persons, as what lies there is meant
 * for them, and the rest in the source. Refuses more than both have (`balance_too_low`).
 */
export async function holdLines(tx: Writing, asked: Held): Promise<void> {
  const until = instantInShanghai(addDays(dateInShanghai(tx.now), HOLD_DAYS));
  const potId = asked.lines.some((line) => line.isPerson)
    ? (await potsOf(tx, [asked.sourceId])).get(asked.sourceId)
    : undefined;
  const [pot] = potId === undefined ? [] : await balances(tx.sql, [potId]);
  let inPot = pot?.available ?? 0;
  const common = {
    until,
    document: asked.document,
    actor: tx.actor.accountId,
  };
  const holds = asked.lines.flatMap((line): HoldCommand[] => {
    const fromPot = line.isPerson ? Math.min(inPot, line.amountFen) : 0;
    inPot -= fromPot;
    const [sourceKey, potKey] = keysOf(line.id);
    const rest = line.amountFen - fromPot;
    return [
      ...(rest > 0 ? [{ ...common, key: sourceKey, account: asked.sourceId, amount: rest }] : []),
      ...(fromPot > 0 ? [{ ...common, key: potKey, account: potId!, amount: fromPot }] : []),
    ];
  });
  for (const outcome of await hold(tx.sql, { holds, at: tx.now })) {
    if (outcome.status !== 'refused') continue;
    if (outcome.refusal !== 'balance_too_low') throw new Error(`hold refused: ${outcome.refusal}`);
    const available = yuanNumber((outcome.available ?? 0) + (pot?.available ?? 0));
    throw new Refusal('balance_too_low', { available }, 'amountYuan');
  }
}

/** Frees what was held for lines, wherever it was. */
export async function freeLines(tx: Writing, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await releaseHolds(tx.sql, { keys: names.flatMap(keysOf), at: tx.now });
}
