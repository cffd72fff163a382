import type pg from 'pg';
import { type Id, seededRandom } from '@wennuan/basics';
import { openAccounts, post, type TransferCommand } from '../../packages/ledger/src/index.ts';
import { sqlOf } from './server.ts';

const FUNDS = 5;
const ITEMS = 2_000;
const SUPPLIERS = 50;
const COMMANDS_PER_COMMIT = 5_000;

/** A ledger with a history in it, and places to begin a trace. */
export interface FilledLedger {
  /** Gifts from the channel into a fund. */
  gifts: Id[];
  /** Payments from an item to a supplier. */
  payments: Id[];
  transfers: number;
}

/** Ids in order of time, cheaper than drawing random ones, which would be most of the filling. */
function idMaker(): () => Id {
  let n = 0;
  const begin = Date.UTC(2026, 0, 1);
  return () => {
    n += 1;
    const time = (begin + Math.floor(n / 40)).toString(16).padStart(12, '0');
    const tail = n.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`;
  };
}

/**
 * Fills an empty ledger with that many transfers through `post`: of ten, seven are gifts into five funds, two
 * move from a fund to one of 2,000 items, one pays a supplier. Every account pays first in, first out.
 */
export async function fillLedger(
  client: pg.Client,
  transfers: number,
  log: (line: string) => void,
): Promise<FilledLedger> {
  const newId = idMaker();
  const ids = (count: number) => Array.from({ length: count }, newId);
  const [channel] = ids(1) as [Id];
  const [funds, items, suppliers] = [ids(FUNDS), ids(ITEMS), ids(SUPPLIERS)];
  const sql = sqlOf(client);
  const open = (list: readonly Id[], kind: 'inner' | 'world') =>
    list.map((id) => ({ id, kind, unit: 'fen', code: null }));
  await openAccounts(sql, [
    ...open([channel, ...suppliers], 'world'),
    ...open([...funds, ...items], 'inner'),
  ]);
  const random = seededRandom(transfers);
  const any = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const filled: FilledLedger = { gifts: [], payments: [], transfers: 0 };
  await client.query('set synchronous_commit = off');
  const draw = (): TransferCommand => {
    const kind = random();
    const [from, to, reason] =
      kind < 0.7
        ? [channel, any(funds), 'gift']
        : kind < 0.9
          ? [any(funds), any(items), 'hand_on']
          : [any(items), any(suppliers), 'payout'];
    const amount =
      kind < 0.7 ? 100 + Math.floor(random() * 1_000) : 300 + Math.floor(random() * 2_000);
    const id = newId();
    const document = { kind: reason, id };
    return { key: `${reason}:${id}`, from, to, amount, reason, document, actor: null };
  };
  while (filled.transfers < transfers) {
    const size = Math.min(COMMANDS_PER_COMMIT, transfers - filled.transfers);
    const commands = Array.from({ length: size }, draw);
    await client.query('begin');
    const outcomes = await post(sql, { commands, at: new Date('2026-11-22T00:00:00Z'), newId });
    await client.query('commit');
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status !== 'posted') continue;
      filled.transfers += 1;
      const { reason } = commands[index]!;
      const list = reason === 'gift' ? filled.gifts : filled.payments;
      if (reason !== 'hand_on' && random() < 0.05) list.push(outcome.transferIds[0]!);
    }
    if (filled.transfers % 200_000 < size) log(`  ${filled.transfers} of ${transfers} transfers`);
  }
  await client.query('set synchronous_commit = on; checkpoint');
  await client.query('vacuum analyze');
  return filled;
}
