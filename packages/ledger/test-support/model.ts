import type { Id } from '@wennuan/basics';
import type { HoldCommand, LedgerRefusal, TransferCommand } from '../src/index.ts';

/** One fen (or piece, or minute) as it lies in one account. */
export interface Token {
  /** The row that brought it in: its posting's key and part. */
  entry: string;
  spent: boolean;
  /** The account it came from. */
  origin: Id;
  /** Where it lay before: the token it was, or null when it came from the world. */
  before: { account: Id; token: Token } | null;
  /** Where it went: null while it rests; `token` is null when it went into the world. */
  after: { account: Id; token: Token | null; key: string } | null;
}

export interface ModelAccount {
  world: boolean;
  unit: string;
  tokens: Token[];
  held: number;
}

/** What the model says of a command; positions are indexes of tokens. */
export type ModelOutcome =
  | { status: 'posted'; key: string; taken: number[] | null; first: number | null }
  | { status: 'already_posted'; key: string }
  | { status: 'refused'; key: string; refusal: LedgerRefusal; available?: number };

/** Names the row of a transfer id, or undefined when there is no such transfer. */
export type EntryOf = (id: Id) => string | undefined;

/** How model and ledger both call one row. */
export function entryName(key: string, part: number): string {
  return `${key}#${part}`;
}

interface Saved {
  accounts: {
    account: ModelAccount;
    held: number;
    length: number;
    spent: boolean[];
    after: Token['after'][];
  }[];
  holds: { hold: { left: number }; left: number }[];
  posted: Map<string, TransferCommand>;
}

/**
 * The ledger, fen by fen and as plainly as possible: an account is a row of tokens; a payment takes the first
 * unspent ones, a return the last unspent ones of one posting. Knows nothing of counters and intervals.
 */
export class Model {
  readonly accounts = new Map<Id, ModelAccount>();
  readonly holds = new Map<string, { account: Id; amount: number; left: number }>();
  posted = new Map<string, TransferCommand>();
  links = new Set<string>();

  open(id: Id, kind: 'inner' | 'world', unit: string): void {
    this.accounts.set(id, { world: kind === 'world', unit, tokens: [], held: 0 });
  }

  /** `entryOf` names the row of a transfer id as `entryName` does. */
  post(commands: readonly TransferCommand[], entryOf: EntryOf): ModelOutcome[] {
    const outcomes = Array.from<ModelOutcome>({ length: commands.length });
    for (let index = 0; index < commands.length; index++) {
      if (outcomes[index]) continue;
      const { link } = commands[index]!;
      const together =
        link === undefined
          ? [index]
          : [...commands.keys()].filter((i) => commands[i]!.link === link);
      const saved = link === undefined ? null : this.#save();
      const finished = link !== undefined && this.links.has(link);
      let failed = -1;
      for (const i of together) {
        const command = commands[i]!;
        const isNew = finished && !this.posted.has(command.key);
        outcomes[i] = isNew ? no(command, 'link_reused') : this.#one(command, entryOf);
        if (outcomes[i]!.status === 'refused' && !finished) {
          failed = i;
          break;
        }
      }
      if (failed >= 0 && saved) {
        this.#restore(saved);
        for (const i of together) if (i !== failed) outcomes[i] = no(commands[i]!, 'linked_failed');
      } else if (link !== undefined && failed < 0) this.links.add(link);
    }
    return outcomes;
  }

  hold(command: HoldCommand): LedgerRefusal | 'held' | 'already_held' {
    const known = this.holds.get(command.key);
    if (known) {
      const same = known.account === command.account && known.amount === command.amount;
      return same ? 'already_held' : 'key_reused';
    }
    if (!(command.amount > 0) || !Number.isSafeInteger(command.amount)) return 'amount_invalid';
    const account = this.accounts.get(command.account);
    if (!account || account.world) return 'account_unknown';
    if (unspent(account).length - account.held < command.amount) return 'balance_too_low';
    account.held += command.amount;
    const { account: id, amount } = command;
    this.holds.set(command.key, { account: id, amount, left: amount });
    return 'held';
  }

  release(key: string): number | null {
    const hold = this.holds.get(key);
    if (!hold) return null;
    const { left } = hold;
    this.accounts.get(hold.account)!.held -= left;
    hold.left = 0;
    return left;
  }

  #one(command: TransferCommand, entryOf: EntryOf): ModelOutcome {
    const { key, amount } = command;
    const before = this.posted.get(key);
    if (before) {
      const same = (['from', 'to', 'amount', 'of', 'link'] as const).every(
        (field) => before[field] === command[field],
      );
      return same ? { status: 'already_posted', key } : no(command, 'key_reused');
    }
    if (!(amount > 0) || !Number.isSafeInteger(amount)) return no(command, 'amount_invalid');
    if (command.from === command.to) return no(command, 'same_account');
    const from = this.accounts.get(command.from);
    const to = this.accounts.get(command.to);
    if (!from || !to) return no(command, 'account_unknown');
    if (from.unit !== to.unit) return no(command, 'unit_mismatch');
    let candidates = from.world ? null : unspent(from);
    if (command.of !== undefined) {
      const entry = entryOf(command.of);
      const posting = entry && this.posted.get(entry.slice(0, entry.lastIndexOf('#')));
      if (!posting || posting.to !== command.from) return no(command, 'entry_unknown');
      if (candidates) {
        candidates = candidates.filter((i) => from.tokens[i]!.entry === entry);
        if (candidates.length < amount) return no(command, 'already_spent', candidates.length);
        candidates = candidates.slice(-amount);
      }
    }
    const no2 = this.#holdRefusal(command, from);
    if (no2) return no2;
    const taken = candidates ? candidates.slice(0, amount) : null;
    const first = to.world ? null : to.tokens.length;
    this.#move(command, { from, to, taken });
    return { status: 'posted', key, taken, first };
  }

  #holdRefusal(command: TransferCommand, from: ModelAccount): ModelOutcome | null {
    if (command.hold === undefined) {
      if (from.world) return null;
      const available = unspent(from).length - from.held;
      return available < command.amount ? no(command, 'balance_too_low', available) : null;
    }
    const hold = this.holds.get(command.hold);
    if (!hold || hold.account !== command.from || hold.left === 0)
      return no(command, 'hold_unknown');
    if (hold.left < command.amount) return no(command, 'hold_too_low', hold.left);
    hold.left -= command.amount;
    from.held -= command.amount;
    return null;
  }

  #move(
    command: TransferCommand,
    { from, to, taken }: { from: ModelAccount; to: ModelAccount; taken: number[] | null },
  ): void {
    let part = 0;
    for (let i = 0; i < command.amount; i++) {
      if (taken && i > 0 && taken[i]! !== taken[i - 1]! + 1) part += 1;
      const old = taken ? from.tokens[taken[i]!]! : null;
      const before = old ? { account: command.from, token: old } : null;
      const entry = entryName(command.key, part);
      const token = to.world
        ? null
        : { entry, spent: false, origin: command.from, before, after: null };
      if (token) to.tokens.push(token);
      if (old) {
        old.spent = true;
        old.after = { account: command.to, token, key: command.key };
      }
    }
    this.posted.set(command.key, command);
  }

  #save(): Saved {
    const accounts = [...this.accounts.values()].map((account) => ({
      account,
      held: account.held,
      length: account.tokens.length,
      spent: account.tokens.map((token) => token.spent),
      after: account.tokens.map((token) => token.after),
    }));
    const holds = [...this.holds.values()].map((hold) => ({ hold, left: hold.left }));
    return { accounts, holds, posted: new Map(this.posted) };
  }

  #restore(saved: Saved): void {
    for (const { account, held, length, spent, after } of saved.accounts) {
      account.held = held;
      account.tokens.length = length;
      account.tokens.forEach((token, i) => {
        token.spent = spent[i]!;
        token.after = after[i]!;
      });
    }
    for (const { hold, left } of saved.holds) hold.left = left;
    this.posted = saved.posted;
  }
}

/** Positions of the tokens that are not spent. */
export function unspent(account: ModelAccount): number[] {
  const positions: number[] = [];
  account.tokens.forEach((token, i) => {
    if (!token.spent) positions.push(i);
  });
  return positions;
}

function no(command: TransferCommand, refusal: LedgerRefusal, available?: number): ModelOutcome {
  const { key } = command;
  return available === undefined
    ? { status: 'refused', key, refusal }
    : { status: 'refused', key, refusal, available };
}
