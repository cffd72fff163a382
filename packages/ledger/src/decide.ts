import type { Id } from '@wennuan/basics';
import type { AccountState, Decision, EntryState, LedgerView, PostedKey, Row } from './state.ts';
import type { LedgerRefusal, Outcome, TransferCommand } from './types.ts';

interface Draft {
  view: LedgerView;
  at: number;
  newId: () => Id;
  rows: Row[];
}

/**
 * Decides commands in order, without any I/O: who may pay, from which positions, to which. Commands of one
 * link are decided together where the first of them stands; if one is refused, all are undone.
 */
export function decide(
  view: LedgerView,
  commands: readonly TransferCommand[],
  context: { at: number; newId: () => Id },
): Decision {
  const draft: Draft = { view, at: context.at, newId: context.newId, rows: [] };
  const outcomes = Array.from<Outcome>({ length: commands.length });
  const groups = groupsByLink(commands);
  for (let index = 0; index < commands.length; index++) {
    const command = commands[index]!;
    if (command.link === undefined) {
      outcomes[index] = decideOne(draft, command, 0);
      continue;
    }
    const group = groups!.get(command.link)!;
    if (group[0] === index) decideGroup(draft, { commands, group, outcomes });
  }
  return { outcomes, rows: draft.rows };
}

function groupsByLink(commands: readonly TransferCommand[]): Map<string, number[]> | null {
  let groups: Map<string, number[]> | null = null;
  for (let index = 0; index < commands.length; index++) {
    const { link } = commands[index]!;
    if (link === undefined) continue;
    groups ??= new Map();
    const group = groups.get(link);
    if (group) group.push(index);
    else groups.set(link, [index]);
  }
  return groups;
}

interface Group {
  commands: readonly TransferCommand[];
  group: readonly number[];
  outcomes: Outcome[];
}

function decideGroup(draft: Draft, { commands, group, outcomes }: Group): void {
  const { view, rows } = draft;
  const link = commands[group[0]!]!.link!;
  if (view.links.has(link)) {
    for (const index of group) outcomes[index] = answerFinishedLink(view, commands[index]!);
    return;
  }
  const rowsBefore = rows.length;
  const undo = remember(view, commands, group);
  let place = 0;
  for (const index of group) {
    const outcome = decideOne(draft, commands[index]!, place);
    outcomes[index] = outcome;
    if (outcome.status === 'posted') place += 1;
    if (outcome.status !== 'refused') continue;
    for (let row = rowsBefore; row < rows.length; row++) view.posted.delete(rows[row]!.command.key);
    rows.length = rowsBefore;
    undo();
    for (const other of group) {
      if (other === index) continue;
      outcomes[other] = refused(commands[other]!.key, 'linked_failed');
    }
    return;
  }
  for (let row = rowsBefore; row < rows.length; row++) rows[row]!.linkCount = place;
  view.links.add(link);
}

/** A finished group takes no new members; its own answer again. */
function answerFinishedLink(view: LedgerView, command: TransferCommand): Outcome {
  const posted = view.posted.get(command.key);
  if (!posted) return refused(command.key, 'link_reused');
  return answerPosted(posted, command);
}

function answerPosted(posted: PostedKey, command: TransferCommand): Outcome {
  const same =
    posted.amount === command.amount &&
    posted.from === command.from &&
    posted.to === command.to &&
    posted.of === (command.of ?? null) &&
    posted.link === (command.link ?? null);
  if (!same) return refused(command.key, 'key_reused');
  return { status: 'already_posted', key: command.key, transferIds: posted.ids };
}

/** Keeps what a group may change; calling the result puts it back. */
function remember(
  view: LedgerView,
  commands: readonly TransferCommand[],
  group: readonly number[],
): () => void {
  const undo: (() => void)[] = [];
  for (const index of group) {
    const { from, to, hold, of } = commands[index]!;
    for (const id of [from, to]) {
      const account = view.accounts.get(id);
      if (!account) continue;
      const before = { ...account, holes: account.holes.map((hole) => ({ ...hole })) };
      undo.push(() => Object.assign(account, before));
    }
    const held = hold === undefined ? undefined : view.holds.get(hold);
    if (held) {
      const { left } = held;
      undo.push(() => (held.left = left));
    }
    const entry = of === undefined ? undefined : view.entries.get(of);
    if (entry) {
      const { holeFrom } = entry;
      undo.push(() => (entry.holeFrom = holeFrom));
    }
  }
  return () => {
    for (const step of undo) step();
  };
}

function decideOne(draft: Draft, command: TransferCommand, linkPlace: number): Outcome {
  const { view } = draft;
  const { key, amount } = command;
  const posted = view.posted.get(key);
  if (posted) return answerPosted(posted, command);
  if (!Number.isSafeInteger(amount) || amount <= 0) return refused(key, 'amount_invalid');
  if (command.from === command.to) return refused(key, 'same_account');
  const from = view.accounts.get(command.from);
  const to = view.accounts.get(command.to);
  if (!from || !to) return refused(key, 'account_unknown');
  if (from.unit !== to.unit) return refused(key, 'unit_mismatch');
  if (!Number.isSafeInteger(to.inflow + amount)) return refused(key, 'amount_invalid');
  const no = mayLeave(view, from, command);
  if (no) return no;

  const { rows } = draft;
  const first = rows.length;
  const move: Move = { draft, command, from, to, linkPlace };
  if (from.world) write(move, null, amount);
  else if (command.of === undefined) takeInTurn(move);
  else takeOutOfTurn(move, view.entries.get(command.of)!);
  const at = Math.max(draft.at, from.lastAt, to.lastAt);
  if (!from.world) from.lastAt = at;
  if (!to.world) to.lastAt = at;
  const ids: Id[] = [];
  for (let row = first; row < rows.length; row++) {
    rows[row]!.at = at;
    ids.push(rows[row]!.id);
  }
  view.posted.set(key, {
    ids,
    from: command.from,
    to: command.to,
    amount,
    of: command.of ?? null,
    link: command.link ?? null,
  });
  return { status: 'posted', key, transferIds: ids };
}

/** The refusal if the source can not give this, else null. */
function mayLeave(view: LedgerView, from: AccountState, command: TransferCommand): Outcome | null {
  const { key, amount, of, hold } = command;
  if (of !== undefined) {
    const entry = view.entries.get(of);
    if (!entry || entry.to !== from.id) return refused(key, 'entry_unknown');
    const left = from.world ? amount : unspent(from, entry);
    if (left < amount) return refused(key, 'already_spent', left);
  }
  if (hold !== undefined) {
    const held = view.holds.get(hold);
    if (from.world || !held || held.account !== from.id) return refused(key, 'hold_unknown');
    if (held.left === 0) return refused(key, 'hold_unknown');
    if (held.left < amount) return refused(key, 'hold_too_low', held.left);
  } else if (!from.world) {
    const available = from.inflow - from.outflow - from.held;
    if (available < amount) return refused(key, 'balance_too_low', available);
  }
  return null;
}

/** What is left of an entry: from the cursor, or its beginning, up to its hole. */
function unspent(account: AccountState, entry: EntryState): number {
  return Math.max(0, entry.holeFrom - Math.max(entry.toAt ?? 0, account.cursor));
}

interface Move {
  draft: Draft;
  command: TransferCommand;
  from: AccountState;
  to: AccountState;
  linkPlace: number;
}

/** First in, first out: from the cursor on, split at holes. */
function takeInTurn(move: Move): void {
  const { from, command } = move;
  useHold(move);
  let remaining = command.amount;
  while (remaining > 0) {
    const hole = from.holes[0];
    const run = hole ? Math.min(remaining, hole.from - from.cursor) : remaining;
    write(move, from.cursor, run);
    from.cursor += run;
    remaining -= run;
    if (hole) jump(from);
  }
}

/** From the end of the named entry's unspent part; what it takes becomes (part of) the entry's hole. */
function takeOutOfTurn(move: Move, entry: EntryState): void {
  const { from, command } = move;
  useHold(move);
  entry.holeFrom -= command.amount;
  write(move, entry.holeFrom, command.amount);
  const until = entry.toAt! + entry.amount;
  const place = from.holes.findIndex((hole) => hole.until >= until);
  const known = place === -1 ? undefined : from.holes[place];
  if (known?.until === until) known.from = entry.holeFrom;
  else {
    const hole = { from: entry.holeFrom, until };
    from.holes.splice(place === -1 ? from.holes.length : place, 0, hole);
  }
  jump(from);
}

/** The cursor never stands at a hole: it jumps over. */
function jump(account: AccountState): void {
  let passed = 0;
  for (const hole of account.holes) {
    if (hole.from !== account.cursor) break;
    account.cursor = hole.until;
    passed += 1;
  }
  if (passed > 0) account.holes.splice(0, passed);
}

function useHold({ draft, command, from }: Move): void {
  if (command.hold === undefined) return;
  draft.view.holds.get(command.hold)!.left -= command.amount;
  from.held -= command.amount;
}

/** Adds a row and moves both counters on. */
function write(move: Move, fromAt: number | null, amount: number): void {
  const { draft, command, from, to } = move;
  const rows = draft.rows;
  const previous = rows.length === 0 ? undefined : rows[rows.length - 1];
  rows.push({
    id: draft.newId(),
    command,
    part: previous?.command === command ? previous.part + 1 : 0,
    amount,
    fromAt,
    fromOutflow: from.world ? null : from.outflow,
    fromInflow: from.world ? null : from.inflow,
    toAt: to.world ? null : to.inflow,
    toOutflow: to.world ? null : to.outflow,
    linkPlace: move.linkPlace,
    linkCount: 1,
    at: 0,
  });
  if (!from.world) from.outflow += amount;
  if (!to.world) to.inflow += amount;
}

function refused(key: string, refusal: LedgerRefusal, available?: number): Outcome {
  return available === undefined
    ? { status: 'refused', key, refusal }
    : { status: 'refused', key, refusal, available };
}
