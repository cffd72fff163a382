import { newId, seededRandom, type Id, type Random } from '@wennuan/basics';
import {
  hold,
  openAccounts,
  post,
  releaseHolds,
  sequence,
  trace,
  type Direction,
  type Outcome,
  type TransferCommand,
} from '../src/index.ts';
import type { Books } from './books.ts';
import { CAST, drawIntent, type Memory, stepOf } from './intents.ts';
import { entryName, Model, type Token } from './model.ts';

/** A random history run through PostgreSQL and the model; the caller compares what it wants at the end. */
export class StoredHistory {
  readonly model = new Model();
  readonly memory: Memory = { accounts: [], asked: [], entries: [], holds: [] };
  readonly #books: Books;
  readonly #names = new Map<Id, string>();
  readonly #owners = new Map<Id, Id>();
  #batch = 0;

  constructor(books: Books) {
    this.#books = books;
  }

  /** Opens the accounts and runs that many batches, sequencing now and then. Throws at a difference. */
  async run(seed: number, batches: number): Promise<void> {
    const accounts = CAST.map(({ kind, unit }) => ({ id: newId(), kind, unit, code: null }));
    await this.#books.inTransaction((sql) => openAccounts(sql, accounts));
    for (const { id, kind, unit } of accounts) {
      this.memory.accounts.push(id);
      this.model.open(id, kind, unit);
    }
    const random = seededRandom(seed);
    for (let batch = 0; batch < batches; batch++) {
      await this.#step(random);
      if (random() < 0.3) await this.#books.inTransaction((sql) => sequence(sql, { limit: 3 }));
    }
  }

  async #step(random: Random): Promise<void> {
    this.#batch += 1;
    const at = new Date(Date.UTC(2026, 10, 22) + Math.floor(random() * 1_000_000));
    const size = 1 + Math.floor(random() * 8);
    const intents = Array.from({ length: size }, () => drawIntent(random));
    const step = stepOf(intents, this.memory, this.#batch);
    if (step.kind === 'post') await this.#post(step.commands, at);
    else if (step.kind === 'hold') {
      const expected = this.model.hold(step.hold);
      const [found] = await this.#books.inTransaction((sql) =>
        hold(sql, { holds: [step.hold], at }),
      );
      same('hold', found!.status === 'refused' ? found!.refusal : found!.status, expected);
      if (expected === 'held') this.memory.holds.push(step.hold.key);
    } else {
      const left = this.model.release(step.key);
      const keys = [step.key];
      const [found] = await this.#books.inTransaction((sql) => releaseHolds(sql, { keys, at }));
      same('release', found!.status === 'refused' ? null : found!.amount, left);
    }
  }

  async #post(commands: TransferCommand[], at: Date): Promise<void> {
    for (const command of commands) {
      if (command.of !== undefined && command.amount !== 3) {
        command.from = this.#owners.get(command.of) ?? command.from;
      }
      const held = command.hold === undefined ? undefined : this.model.holds.get(command.hold);
      if (held && command.amount !== 3) command.from = held.account;
    }
    const expected = this.model.post(commands, (id) => this.#names.get(id));
    const outcomes = await this.#books.inTransaction((sql) => post(sql, { commands, at, newId }));
    for (const [index, outcome] of outcomes.entries()) {
      const wanted = expected[index]!;
      same(`outcome of ${outcome.key}`, brief(outcome), brief(wanted));
      if (outcome.status !== 'posted') continue;
      for (const [part, id] of outcome.transferIds.entries()) {
        this.#names.set(id, entryName(outcome.key, part));
        this.#owners.set(id, commands[index]!.to);
        this.memory.entries.push(id);
      }
    }
    this.memory.asked.push(...commands);
  }

  /** Traces a stretch of an account and compares each hop with the tokens' own paths. */
  async compareTrace(random: Random, direction: Direction, maxHops: number): Promise<void> {
    const inner = this.memory.accounts.filter((id) => !this.model.accounts.get(id)!.world);
    const accountId = inner[Math.floor(random() * inner.length)]!;
    const { tokens } = this.model.accounts.get(accountId)!;
    const from = Math.floor(random() * tokens.length);
    const to = Math.min(tokens.length, from + 1 + Math.floor(random() * 30));
    if (from >= to) return;
    const expected = new Map<string, number>();
    const add = (what: string) => expected.set(what, (expected.get(what) ?? 0) + 1);
    for (const token of tokens.slice(from, to)) walk(token, { direction, maxHops, accountId, add });
    const found = new Map<string, number>();
    const start = { accountId, from, to };
    const result = await this.#books.inTransaction((sql) =>
      trace(sql, { start, direction, maxHops }),
    );
    // What a crossing of units adds is told by other tests.
    for (const group of result.groups.filter((one) => !one.byShare)) {
      found.set(`${group.hop} to ${group.accountId}`, group.amount);
      same('share of an exact group', group.share, group.amount);
    }
    for (const rest of result.resting.filter((one) => !one.byShare)) {
      found.set(`${rest.hop} rests in ${rest.accountId}`, rest.amount);
    }
    for (const piece of result.unresolved.filter((one) => !one.byShare)) {
      const place = `${piece.hop} open in ${piece.accountId}`;
      found.set(place, (found.get(place) ?? 0) + piece.to - piece.from);
    }
    same(`trace ${direction}`, lines(found), lines(expected));
  }
}

interface Walk {
  direction: Direction;
  maxHops: number;
  accountId: Id;
  add: (what: string) => void;
}

/** The path of one token, told as a trace tells it. */
function walk(start: Token, { direction, maxHops, accountId, add }: Walk): void {
  let token = start;
  let account = accountId;
  for (let hop = 1; ; hop++) {
    const step = direction === 'forward' ? token.after : token.before;
    if (hop > maxHops) return add(`${hop - 1} open in ${account}`);
    if (direction === 'forward' && !step) return add(`${hop - 1} rests in ${account}`);
    const next = step ? step.account : token.origin;
    add(`${hop} to ${next}`);
    if (!step?.token) return;
    token = step.token;
    account = step.account;
  }
}

function lines(groups: Map<string, number>): string {
  return [...groups]
    .map(([what, amount]) => `${what}: ${amount}`)
    .sort()
    .join('\n');
}

function brief(
  outcome: { status: string; refusal?: string; available?: number } | Outcome,
): string {
  if (outcome.status !== 'refused') return outcome.status;
  const { refusal, available } = outcome as { refusal: string; available?: number };
  return `${refusal} ${available ?? ''}`;
}

function same(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) {
    throw new Error(`${what}: found ${String(found)}, expected ${String(expected)}`);
  }
}
