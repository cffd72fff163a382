import type { Id } from '@wennuan/basics';
import { fromJson, plainArray, textArray } from './arrays.ts';
import type { AccountState, LedgerView } from './state.ts';
import type { KnownHolds } from './holds.ts';
import type { Sql, TransferCommand } from './types.ts';

/** What a batch names, gathered for one call of the database. */
export interface Names {
  accounts: Set<Id>;
  /** As they come; a key may be there twice. */
  keys: string[];
  links: Set<string>;
  entries: Set<Id>;
  holds: Set<string>;
  /** How much each account may pay, at most. */
  debits: Map<Id, number>;
}

export function noNames(): Names {
  return {
    accounts: new Set(),
    keys: [],
    links: new Set(),
    entries: new Set(),
    holds: new Set(),
    debits: new Map(),
  };
}

/** Gathers what commands name. */
export function namesOf(commands: readonly TransferCommand[]): Names {
  const names = noNames();
  let previous: TransferCommand | null = null;
  for (const command of commands) {
    // Gifts come in thousands from one account into one fund.
    if (command.from !== previous?.from) names.accounts.add(command.from);
    if (command.to !== previous?.to) names.accounts.add(command.to);
    names.keys.push(command.key);
    if (command.link !== undefined) names.links.add(command.link);
    if (command.of !== undefined) names.entries.add(command.of);
    if (command.hold !== undefined) names.holds.add(command.hold);
    const debit = (names.debits.get(command.from) ?? 0) + Math.max(0, command.amount || 0);
    names.debits.set(command.from, Math.min(Math.ceil(debit), Number.MAX_SAFE_INTEGER));
    previous = command;
  }
  return names;
}

interface Answer {
  accounts: [Id, string, string, number, number, number, number, number | null][];
  posted?: [string, Id, Id, Id, number, Id | null, string | null][];
  links?: string[];
  entries?: [Id, Id, number | null, number, number | null][];
  holds?: [string, Id, number, number, boolean][];
  holes?: [Id, number, number][];
}

/** What was read, with what each known hold key stands for. */
export interface LookedView extends LedgerView {
  heldKeys: KnownHolds;
}

/** Reads what deciding needs; its text is always the same. */
export const LOOK = 'select ledger_look($1, $2, $3, $4, $5, $6, $7) as answer';

/** Locks the inner accounts in order of id, then reads what deciding needs, in one call. */
export async function look(sql: Sql, names: Names): Promise<LookedView> {
  const rows = await sql.query<{ answer: unknown }>(LOOK, [
    plainArray([...names.accounts]),
    textArray(names.keys),
    textArray([...names.links]),
    plainArray([...names.entries]),
    textArray([...names.holds]),
    plainArray([...names.debits.keys()]),
    plainArray([...names.debits.values()]),
  ]);
  return viewOf(fromJson<Answer>(rows[0]!.answer));
}

function viewOf(answer: Answer): LookedView {
  const view: LookedView = {
    accounts: new Map(),
    posted: new Map(),
    links: new Set(answer.links),
    entries: new Map(),
    holds: new Map(),
    heldKeys: new Map(),
  };
  for (const [id, kind, unit, inflow, outflow, held, ahead, lastAt] of answer.accounts) {
    const world = kind === 'world';
    const cursor = outflow - ahead;
    const counters = { inflow, outflow, held, cursor, lastAt: lastAt ?? 0 };
    view.accounts.set(id, { id, world, unit, ...counters, holes: [] } satisfies AccountState);
  }
  for (const [key, id, from, to, amount, of, link] of answer.posted ?? []) {
    const known = view.posted.get(key);
    if (known) {
      known.ids.push(id);
      known.amount += amount;
    } else view.posted.set(key, { ids: [id], from, to, amount, of, link });
  }
  for (const [id, to, toAt, amount, holeFrom] of answer.entries ?? []) {
    view.entries.set(id, { to, toAt, amount, holeFrom: holeFrom ?? (toAt ?? 0) + amount });
  }
  for (const [key, account, amount, used, released] of answer.holds ?? []) {
    view.holds.set(key, { account, left: released ? 0 : amount - used });
    view.heldKeys.set(key, { account, amount });
  }
  for (const [account, from, until] of answer.holes ?? []) {
    view.accounts.get(account)!.holes.push({ from, until });
  }
  return view;
}
