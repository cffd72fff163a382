import type { Id } from '@wennuan/basics';
import { decide } from '../src/decide.ts';
import type { LedgerView, Row } from '../src/state.ts';
import { decideHolds, type KnownHolds } from '../src/holds.ts';
import type { Outcome, TransferCommand } from '../src/index.ts';
import { CAST, type Intent, type Memory, type Step, stepOf } from './intents.ts';
import { entryName, Model, type ModelOutcome, unspent } from './model.ts';

/** More than any batch of these histories needs; a planted bug may run on for ever. */
const ROWS_IN_A_BATCH_MAX = 1_000;

/** The deciding function under test; another one is a planted bug. */
export type Decide = typeof decide;

/**
 * Runs one random history through the deciding function and the model side by side and throws at the first
 * difference. The view is kept in memory: no database.
 */
export class History {
  readonly model = new Model();
  readonly memory: Memory = { accounts: [], asked: [], entries: [], holds: [] };
  readonly rows: Row[] = [];
  commands = 0;
  #batch = 0;
  #id = 0;
  readonly #decide: Decide;
  readonly #names = new Map<Id, string>();
  readonly #owners = new Map<Id, Id>();
  readonly #known: KnownHolds = new Map();
  readonly #view: LedgerView = {
    accounts: new Map(),
    posted: new Map(),
    links: new Set(),
    entries: new Map(),
    holds: new Map(),
  };

  constructor(decideUnderTest: Decide = decide) {
    this.#decide = decideUnderTest;
    for (const [index, { kind, unit }] of CAST.entries()) {
      const id = `account-${index}`;
      this.memory.accounts.push(id);
      this.model.open(id, kind, unit);
      const counters = { inflow: 0, outflow: 0, held: 0, cursor: 0, lastAt: 0 };
      this.#view.accounts.set(id, { id, world: kind === 'world', unit, ...counters, holes: [] });
    }
  }

  /** Runs one step made of intents. */
  step(intents: readonly Intent[]): void {
    this.#batch += 1;
    const step = this.#sensible(stepOf(intents, this.memory, this.#batch));
    if (step.kind === 'post') this.#post(step.commands);
    else if (step.kind === 'hold') this.#hold(step.hold);
    else this.#release(step.key);
    this.#compareAccounts();
  }

  /** Mostly takes out of turn from the account that has the entry; else nearly all would be refused. */
  #sensible(step: Step): Step {
    if (step.kind !== 'post') return step;
    for (const command of step.commands) {
      if (command.of !== undefined && command.amount !== 3) {
        command.from = this.#owners.get(command.of) ?? command.from;
      }
      const hold = command.hold === undefined ? undefined : this.model.holds.get(command.hold);
      if (hold && command.amount !== 3) command.from = hold.account;
    }
    return step;
  }

  #post(commands: TransferCommand[]): void {
    this.commands += commands.length;
    const expected = this.model.post(commands, (id) => this.#names.get(id));
    const at = this.#batch;
    const most = this.#id + ROWS_IN_A_BATCH_MAX;
    const newId = () => {
      if (this.#id === most) throw new Error('the decision does not come to an end');
      return `transfer-${++this.#id}`;
    };
    const { outcomes, rows } = this.#decide(this.#view, commands, { at, newId });
    for (const row of rows) this.#enter(row);
    for (const [index, outcome] of outcomes.entries()) {
      sameOutcome(outcome, expected[index]!);
    }
    sameRows(rows, expected);
    this.memory.asked.push(...commands);
  }

  #enter(row: Row): void {
    this.rows.push(row);
    const { to } = row.command;
    const name = entryName(row.command.key, row.part);
    this.#names.set(row.id, name);
    this.#owners.set(row.id, to);
    this.memory.entries.push(row.id);
    const { toAt, amount } = row;
    this.#view.entries.set(row.id, { to, toAt, amount, holeFrom: (toAt ?? 0) + amount });
  }

  #hold(command: Parameters<Model['hold']>[0]): void {
    this.commands += 1;
    const expected = this.model.hold(command);
    const { outcomes, written } = decideHolds(this.#view, this.#known, [command]);
    const [outcome] = outcomes;
    const found = outcome!.status === 'refused' ? outcome!.refusal : outcome!.status;
    same('hold', found, expected);
    for (const { key, account, amount } of written) {
      this.memory.holds.push(key);
      this.#view.holds.set(key, { account, left: amount });
    }
  }

  #release(key: string): void {
    this.commands += 1;
    const left = this.model.release(key)!;
    const hold = this.#view.holds.get(key)!;
    same('release', hold.left, left);
    this.#view.accounts.get(hold.account)!.held -= left;
    hold.left = 0;
  }

  /** Counters, cursor and holes say what the tokens say; nothing is made and nothing is lost. */
  #compareAccounts(): void {
    for (const id of this.memory.accounts) {
      const model = this.model.accounts.get(id)!;
      const found = this.#view.accounts.get(id)!;
      if (model.world) continue;
      const left = unspent(model);
      same(`inflow of ${id}`, found.inflow, model.tokens.length);
      same(`outflow of ${id}`, found.outflow, model.tokens.length - left.length);
      same(`held of ${id}`, found.held, model.held);
      same(`cursor of ${id}`, found.cursor, left[0] ?? model.tokens.length);
      let ahead = 0;
      for (const hole of found.holes) {
        for (let at = hole.from; at < hole.until; at++) {
          same(`hole of ${id} at ${at}`, model.tokens[at]?.spent, true);
          ahead += 1;
        }
      }
      same(`ahead of ${id}`, ahead, found.outflow - found.cursor);
    }
  }
}

function sameOutcome(found: Outcome, expected: ModelOutcome): void {
  same(`status of ${expected.key}`, found.status, expected.status);
  if (found.status !== 'refused' || expected.status !== 'refused') return;
  same(`refusal of ${expected.key}`, found.refusal, expected.refusal);
  same(`available of ${expected.key}`, found.available, expected.available);
}

/** Each posting takes exactly the tokens the model took, in that order, and arrives at the tail. */
function sameRows(rows: readonly Row[], expected: readonly ModelOutcome[]): void {
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const list = byKey.get(row.command.key) ?? [];
    byKey.set(row.command.key, [...list, row]);
  }
  let posted = 0;
  for (const outcome of expected) {
    if (outcome.status !== 'posted') continue;
    posted += 1;
    const list = byKey.get(outcome.key) ?? [];
    const taken = list.flatMap((row) =>
      row.fromAt === null ? [] : Array.from({ length: row.amount }, (_, i) => row.fromAt! + i),
    );
    same(`positions of ${outcome.key}`, taken.join(), (outcome.taken ?? []).join());
    let tail = outcome.first;
    for (const row of list) {
      same(`arrival of ${outcome.key}`, row.toAt, tail);
      if (tail !== null) tail += row.amount;
    }
  }
  same('number of postings', byKey.size, posted);
}

function same(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what}: ${String(found)}, not ${String(expected)}`);
}
