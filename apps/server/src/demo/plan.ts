import { seededRandom, type Random } from '@wennuan/basics';
import type { Area } from '../modules/place/index.ts';
import type { Demo } from './index.ts';
import { askedFor } from './asked.ts';
import { bookScripts } from './books.script.ts';
import { cashScripts } from './cash.script.ts';
import { charityScripts } from './charity.script.ts';
import { goodsScripts } from './goods.script.ts';
import { groupBuyScripts } from './group-buy.script.ts';
import { lifeOf, type Life } from './life.ts';
import { bulk, rareElsewhere, singles, type Mix } from './mixes.ts';
import { between, pick } from './names.ts';
import { recordScripts } from './record.script.ts';
import { roundScripts } from './round.script.ts';
import { spendingScripts } from './spending.script.ts';
import type { Neighbour } from './people.ts';
import { signInScripts } from './residents.ts';
import { shopScripts } from './shop.script.ts';
import { groupOf, type Script } from './walk.ts';

/** Demo residents that one can sign in as live stories of their own. */
const KEPT_FOR_SIGN_IN = 3;
const ADULT_BORN_UNTIL = 2004;

/** Everybody's story, each from its own half-day and with its own chance. */
export function planScripts(demo: Demo): Script[] {
  const areas = [...demo.people.keys()].map((id) => demo.place.area(id));
  const first = demo.place.all().find(({ level }) => level === 'community')!;
  const others = areas.filter(({ id }) => id !== first.id).toSorted((a, b) => a.id - b.id);
  const askers = createAskers(demo);
  const scripts: Script[] = [];
  let away = 0;
  const add = (mix: Mix, area: Area) => {
    const order = scripts.length;
    const random = seededRandom(demo.seed + order * 7_919);
    scripts.push(scriptOf(demo, { mix, area, random, order, askers }));
  };
  for (const mix of singles) add(mix, first);
  for (const mix of [...bulk, ...rareElsewhere]) {
    for (let n = 0; n < Math.round(mix.atFirst * Math.max(demo.scale, 0.4)); n += 1)
      add(mix, first);
    const elsewhere = Math.round(mix.elsewhere * demo.scale);
    // A step that has no common measure with the number of communities spreads them over the streets.
    for (let n = 0; n < elsewhere; n += 1) add(mix, others[((away += 1) * 25) % others.length]!);
  }
  return [
    ...scripts,
    ...signInScripts(demo, first),
    ...spendingScripts(demo),
    ...bookScripts(demo),
    ...cashScripts(demo),
    ...roundScripts(demo),
    ...recordScripts(demo),
    ...goodsScripts(demo),
    ...shopScripts(demo),
    ...groupBuyScripts(demo),
    ...charityScripts(demo),
  ];
}

interface Making {
  mix: Mix;
  area: Area;
  random: Random;
  order: number;
  askers: ReturnType<typeof createAskers>;
}

function scriptOf(demo: Demo, { mix, area, random, order, askers }: Making): Script {
  const daysAgo = between(random, mix.daysAgo[0], mix.daysAgo[1]);
  const wanted = mix.by ?? pick(random, ['self', 'self', 'worker', 'neighbour'] as const);
  const { asker, by } = askers.next(area, wanted);
  const asked = askedFor(random, mix);
  const life: Life = lifeOf(demo, { random, area, kind: mix.kind, asked, asker });
  const date = demo.halves.at(-1)!.date;
  const begins = startOf(demo, date, daysAgo) + between(random, 0, 1);
  return {
    group: groupOf(area, mix.kind),
    order,
    startsIn: Math.min(Math.max(0, begins), demo.halves.length - 1),
    tell: () => mix.tell(life, { by, helper: askers.helper(area, asker) }),
  };
}

/** The first half-day on or after the date that many days before the last. */
function startOf(demo: Demo, last: string, daysAgo: number): number {
  const from = Date.parse(last) - daysAgo * 86_400_000;
  return demo.halves.findIndex(({ date }) => Date.parse(date) >= from);
}

/** Hands out who asks: each person once, those with an account when she is to ask herself. */
function createAskers(demo: Demo) {
  const first = demo.place.all().find(({ level }) => level === 'community')!;
  const used = new Set<Neighbour>(demo.people.get(first.id)!.slice(0, KEPT_FOR_SIGN_IN));
  const free = (area: Area, withAccount: boolean) =>
    demo.people
      .get(area.id)!
      .find(
        (one) =>
          !used.has(one) &&
          (one.account !== null) === withAccount &&
          one.bornYear <= ADULT_BORN_UNTIL,
      );
  return {
    next(area: Area, by: 'self' | 'worker' | 'neighbour') {
      const found =
        by === 'self'
          ? (free(area, true) ?? free(area, false))
          : (free(area, false) ?? free(area, true));
      if (!found) throw new Error(`the demo has too few people in ${area.name}`);
      used.add(found);
      return { asker: found, by: by === 'self' && !found.account ? ('worker' as const) : by };
    },
    /** A neighbour with an account who gives something or speaks for somebody. */
    helper: (area: Area, asker: Neighbour): Neighbour =>
      demo.people.get(area.id)!.find((one) => one.account !== null && one !== asker) ??
      demo.people.get(first.id)!.find((one) => one.account !== null)!,
  };
}
