import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { randomHistory, run } from '../soak.ts';
import { type Decide, History } from '../test-support/history.ts';
import type { Intent } from '../test-support/intents.ts';
import { decide } from './decide.ts';

const intents: fc.Arbitrary<Intent> = fc.record({
  act: fc.nat(23),
  from: fc.oneof(fc.constant(0), fc.nat(7)),
  to: fc.nat(7),
  amount: fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, 1.5, 2 ** 53, Number.NaN) },
  ),
  pick: fc.nat(999),
  link: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
});

describe('deciding', () => {
  it('agrees with the fen-by-fen model on any mix of commands', () => {
    const batches = fc.array(fc.array(intents, { minLength: 1, maxLength: 8 }), { maxLength: 40 });
    fc.assert(
      fc.property(batches, (steps) => {
        const history = new History();
        for (const step of steps) history.step(step);
      }),
      { numRuns: 300, seed: 20261122 },
    );
  });

  it('agrees with the model on long random histories', async () => {
    const done = await run({ commands: 40_000, seed: 1 });
    expect(done.commands).toBeGreaterThanOrEqual(40_000);
  });

  it('meets every outcome, splits and linked groups in those histories', () => {
    const met = new Map<string, number>();
    const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);
    const watching: Decide = (view, commands, context) => {
      const decision = decide(view, commands, context);
      for (const outcome of decision.outcomes) {
        count(outcome.status === 'refused' ? outcome.refusal : outcome.status);
      }
      for (const row of decision.rows) {
        if (row.part > 0) count('split at a hole');
        if (row.linkCount > 1) count('linked');
        if (row.command.hold !== undefined) count('drawn on a hold');
        if (row.command.of !== undefined && row.fromAt !== null) count('out of turn');
      }
      return decision;
    };
    for (let seed = 1; seed <= 60; seed++) randomHistory(seed, new History(watching));
    const wanted = `posted, already_posted, amount_invalid, same_account, account_unknown,
      unit_mismatch, key_reused, link_reused, entry_unknown, already_spent, hold_unknown,
      hold_too_low, balance_too_low, linked_failed, split at a hole, linked, drawn on a hold,
      out of turn`.split(/,\s+/);
    for (const what of wanted) expect(met.get(what) ?? 0, what).toBeGreaterThan(5);
  });
});

/** Bugs planted in the text of decide.ts: what stands there, what it becomes. */
const BUGS: Record<string, [string, string]> = {
  'payments do not jump over holes': ['if (hole) jump(from);', ''],
  'payments run through holes': [
    'hole ? Math.min(remaining, hole.from - from.cursor) : remaining',
    'remaining',
  ],
  'returns take from spent positions': [
    'Math.max(entry.toAt ?? 0, account.cursor)',
    '(entry.toAt ?? 0)',
  ],
  'returns leave no hole': ['from.holes.splice(place === -1', 'void (place === -1'],
  'returns forget earlier returns': ['entry.holeFrom -= command.amount;', ''],
  'refused groups are not undone': ['    undo();', ''],
  'refused groups keep their keys': ['view.posted.delete(', 'void ('],
  'finished links take new members': ['view.links.add(link);', ''],
  'keys are not compared by amount': ['posted.amount === command.amount &&', ''],
  'keys are not compared by link': ['posted.link === (command.link ?? null)', 'true'],
  'holds do not bind': [
    'const available = from.inflow - from.outflow - from.held;',
    'const available = from.inflow - from.outflow;',
  ],
  'holds are not used up': ['from.held -= command.amount;', ''],
  'units are not compared': ['from.unit !== to.unit', 'false'],
  'arrivals are not counted': ['if (!to.world) to.inflow += amount;', ''],
  'exits are not counted': ['if (!from.world) from.outflow += amount;', ''],
  'the last fen can not be paid': ['available < amount)', 'available <= amount)'],
  'half units pass': ['!Number.isSafeInteger(amount) || amount <= 0', 'amount <= 0'],
};

describe('the model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-bugs-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.keys(BUGS))('turns red when %s', async (bug) => {
    const [old, planted] = BUGS[bug]!;
    const source = readFileSync(new URL('./decide.ts', import.meta.url), 'utf8');
    expect(source.split(old), 'the planted bug must have one place').toHaveLength(2);
    const file = join(folder, `${Object.keys(BUGS).indexOf(bug)}.mjs`);
    writeFileSync(file, stripTypeScriptTypes(source.replace(old, planted)));
    const broken = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      decide: Decide;
    };
    expect(() => {
      for (let seed = 1; seed <= 200; seed++) randomHistory(seed, new History(broken.decide));
    }).toThrow(/history of seed/);
  });
});
