import type { Id, Random } from '@wennuan/basics';
import type { HoldCommand, TransferCommand } from '../src/index.ts';

/** What a random history wants to do next, as small numbers, so that a failing one can be shrunk. */
export interface Intent {
  /** Which kind of act; see `stepOf`. */
  act: number;
  from: number;
  to: number;
  amount: number;
  /** Chooses among what exists: an entry to take from, a hold, a key to repeat. */
  pick: number;
  /** 0: alone; else the number of the link within the batch. */
  link: number;
}

/** One batch of a random history, or one act on holds. */
export type Step =
  | { kind: 'post'; commands: TransferCommand[] }
  | { kind: 'hold'; hold: HoldCommand }
  | { kind: 'release'; key: string };

/** The accounts of a random history: enough inner ones to go round and round in, two units, two worlds. */
export const CAST: readonly { kind: 'inner' | 'world'; unit: string }[] = [
  { kind: 'world', unit: 'fen' },
  { kind: 'inner', unit: 'fen' },
  { kind: 'inner', unit: 'fen' },
  { kind: 'inner', unit: 'fen' },
  { kind: 'world', unit: 'fen' },
  { kind: 'inner', unit: 'fen' },
  { kind: 'world', unit: 'piece:rice' },
  { kind: 'inner', unit: 'piece:rice' },
];

/** What has happened that an intent may refer to. */
export interface Memory {
  accounts: Id[];
  /** Commands so far, refused ones too: a retry may name any. */
  asked: TransferCommand[];
  entries: Id[];
  holds: string[];
}

const DOCUMENT = { kind: 'test', id: '00000000-0000-7000-8000-000000000000' };
const UNTIL = new Date('2027-01-01T00:00:00Z');

/** Draws an intent; gifts from the world are frequent enough that there is something to pay with. */
export function drawIntent(random: Random): Intent {
  const below = (end: number) => Math.floor(random() * end);
  const act = below(24);
  const from = random() < 0.3 ? 0 : below(CAST.length);
  const amount = random() < 0.02 ? [0, -1, 1.5, 2 ** 53][below(4)]! : 1 + below(9);
  const link = random() < 0.8 ? 0 : 1 + below(2);
  return { act, from, to: below(CAST.length), amount, pick: below(1000), link };
}

/** Turns intents into a step: most are posted as one batch, the first may be an act on holds. */
export function stepOf(intents: readonly Intent[], memory: Memory, batch: number): Step {
  const [first] = intents;
  if (first && first.act === 0) return { kind: 'hold', hold: holdOf(first, memory, batch) };
  if (first && first.act === 1 && memory.holds.length > 0) {
    return { kind: 'release', key: at(memory.holds, first.pick) };
  }
  const commands: TransferCommand[] = [];
  for (const [index, intent] of intents.entries()) {
    const before = [...memory.asked.slice(-20), ...commands];
    commands.push(commandOf(intent, { memory, before, name: `${batch}.${index}`, batch }));
  }
  return { kind: 'post', commands };
}

function at<T>(list: readonly T[], pick: number): T {
  return list[pick % list.length]!;
}

function holdOf(intent: Intent, memory: Memory, batch: number): HoldCommand {
  const repeat = intent.link > 0 && memory.holds.length > 0;
  return {
    key: repeat ? at(memory.holds, intent.pick) : `hold:${batch}`,
    account: at(memory.accounts, intent.from),
    amount: intent.amount,
    until: UNTIL,
    document: DOCUMENT,
    actor: null,
  };
}

/** Mostly another account of the same unit; now and then any. */
function targetOf(intent: Intent, memory: Memory): Id {
  if (intent.pick % 8 === 0) return at(memory.accounts, intent.to);
  const from = intent.from % CAST.length;
  const others = memory.accounts.filter(
    (_, index) => index !== from && CAST[index]!.unit === CAST[from]!.unit,
  );
  return at(others, intent.to);
}

interface Drawing {
  memory: Memory;
  before: readonly TransferCommand[];
  name: string;
  batch: number;
}

function commandOf(intent: Intent, { memory, before, name, batch }: Drawing): TransferCommand {
  const { act, pick, amount } = intent;
  // A retry, whole or with one thing changed.
  if (act === 2 && before.length > 0) return { ...at(before, pick) };
  if (act === 3 && before.length > 0) {
    const old = at(before, pick);
    if (pick % 3 === 0) return { ...old, amount };
    if (pick % 3 === 1) return { ...old, to: at(memory.accounts, intent.to) };
    return { ...old, link: `link:other.${batch}` };
  }
  const command: TransferCommand = {
    key: name,
    from: at(memory.accounts, intent.from),
    to: targetOf(intent, memory),
    amount,
    reason: 'test',
    document: DOCUMENT,
    actor: null,
  };
  if (act === 4) command.to = DOCUMENT.id;
  if (act >= 5 && act < 10 && memory.entries.length > 0) {
    // Recent entries, so that often something is left of them; their owner is put in by the history.
    command.of = at(memory.entries.slice(-12), pick);
  }
  if (act === 10 && memory.holds.length > 0) command.hold = at(memory.holds.slice(-4), pick);
  if (intent.link > 0) command.link = `link:${batch}.${intent.link}`;
  if (act === 11 && before.at(-1)?.link !== undefined) command.link = before.at(-1)!.link!;
  return command;
}
