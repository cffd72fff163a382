import { Refusal } from '@wennuan/basics';
import type { NeedKindCode } from '@wennuan/contract';
import type { Area } from '../modules/place/index.ts';
import { systemActor } from '../platform/actor.ts';
import { resumesIn, type HalfDay, type Wait } from './calendar.ts';
import type { Demo } from './index.ts';

/** Somebody's story, told in steps: it yields what it waits for and goes on in a later half-day. */
export interface Script {
  /** Scripts of one group go one after another, so that what they do to each other is always the same. */
  group: string;
  /** Order among the scripts of a half-day. */
  order: number;
  startsIn: number;
  tell(): AsyncGenerator<Wait, void, void>;
}

/** Wishes of a community inherit of each other, and its requests draw on one fund; of one another they know nothing. */
export const groupOf = (area: Pick<Area, 'code'>, kind: NeedKindCode): string =>
  `${area.code} ${kind}`;

interface Running {
  script: Script;
  story: AsyncGenerator<Wait, void, void>;
}

/**
 * Walks through the half-days: in each, whoever's turn it is acts, a few groups side by side; then gifts
 * arrive, events are heard and the clocks tick. `between` is called for what belongs to no script.
 */
export async function walk(
  demo: Demo,
  scripts: readonly Script[],
  between: (half: HalfDay) => Promise<void>,
): Promise<void> {
  const agenda = new Map<number, Running[]>();
  const enter = (index: number, running: Running) =>
    agenda.set(index, [...(agenda.get(index) ?? []), running]);
  for (const script of scripts) enter(script.startsIn, { script, story: script.tell() });
  const progress = demo.showProgress('演示区的十一周 · eleven weeks', demo.halves.length);
  for (const half of demo.halves) {
    const turns = agenda.get(half.index) ?? [];
    demo.half = half;
    demo.clock.set(half.begins);
    const stepMillis = (half.ends.getTime() - half.begins.getTime()) / (turns.length * 5 + 5);
    demo.moment = () => demo.clock.advance({ seconds: Math.min(60, stepMillis / 1_000) });
    for (const [running, wait] of await takeTurns(demo, turns)) {
      const index = resumesIn(demo.halves, half, wait);
      if (index !== null) enter(index, running);
    }
    await between(half);
    demo.clock.set(half.ends);
    await pass(demo, half);
    demo.states = await readStates(demo);
    progress.to(half.index + 1);
  }
  progress.end();
}

/** Lets every script whose turn it is go on; answers those that wait for another turn. */
async function takeTurns(demo: Demo, turns: readonly Running[]): Promise<[Running, Wait][]> {
  const groups = [...Map.groupBy(turns, ({ script }) => script.group).values()].map((group) =>
    group.toSorted((one, other) => one.script.order - other.script.order),
  );
  const waiting: [Running, Wait][] = [];
  await sideBySide(demo, groups, async (group) => {
    for (const running of group) {
      const { done, value } = await goOn(running);
      if (!done) waiting.push([running, value]);
    }
  });
  return waiting;
}

/** Does something with each, a few at a time. */
export async function sideBySide<T>(
  { lanes }: Pick<Demo, 'lanes'>,
  all: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const queue = [...all];
  const lane = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function goOn({ script, story }: Running) {
  try {
    return await story.next();
  } catch (thrown) {
    if (thrown instanceof Refusal)
      throw new Error(
        `${script.group} ${script.order}: ${thrown.code} ${thrown.field ?? ''} ${JSON.stringify(thrown.params)}`,
        { cause: thrown },
      );
    throw thrown;
  }
}

async function readStates(demo: Demo): Promise<Demo['states']> {
  const rows = await demo.database.read(systemActor('demo'), (tx) =>
    tx.db.selectFrom('need').select(['id', 'state']).execute(),
  );
  return new Map(rows.map((row) => [row.id, row.state]));
}

/** Work of the clock that every half-day brings; the rest comes once a day. */
const EVERY_HALF_DAY = new Set([
  'desk.watch',
  'need.notices',
  'donation.expire_claims',
  'resource.expire',
  'message.send_due_texts',
]);
const NEVER = new Set([
  'sandbox.send_notices',
  'need.figures',
  'program.evaluate',
  'supervision.look',
  // Rosters are taken in beside the weeks, at a moment of their own, and put together there.
  'roster links',
  'roster retention',
]);

/** Lets the clocks tick, a few side by side as in a server, and events be heard. */
async function pass(demo: Demo, half: HalfDay): Promise<void> {
  const isLastOfDay = demo.halves[half.index + 1]?.date !== half.date;
  const ticks = demo.ticks.filter(
    ({ name }) => EVERY_HALF_DAY.has(name) || (isLastOfDay && !NEVER.has(name)),
  );
  await sideBySide(demo, ticks, (tick) => tick.run());
  await demo.events.settle();
}
