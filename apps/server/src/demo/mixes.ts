import type { NeedKindCode } from '@wennuan/contract';
import type { Wait } from './calendar.ts';
import type { Life } from './life.ts';
import { between, pick } from './names.ts';
import { endsEarly, fromRegister, referredToPlatform } from './other.script.ts';
import type { Neighbour } from './people.ts';
import {
  helpRequest,
  refusedRequest,
  type RequestCourse,
  type RequestStage,
} from './request.script.ts';
import { kindWish, moneyWish, type WishCourse, type WishStage } from './wish.script.ts';
import wishes from '../../../../demo/wishes.json' with { type: 'json' };

type Story = AsyncGenerator<Wait, void, void>;
type By = 'self' | 'worker' | 'neighbour';

/** So many needs of one course of things, in the first community and elsewhere. */
export interface Mix {
  kind: NeedKindCode;
  /** Which list of wishes it is taken from. */
  way: 'money' | 'goods' | 'hours';
  /** When it was filed, in days before now. */
  daysAgo: readonly [number, number];
  atFirst: number;
  elsewhere: number;
  by?: By;
  tell(life: Life, context: { by: By; helper: Neighbour }): Story;
}

type Counted = Pick<Mix, 'daysAgo' | 'atFirst' | 'elsewhere'> & { by?: By };

function courseOf(life: Life, by: By, given: Partial<WishCourse>): WishCourse {
  const { random } = life;
  return {
    until: 'closed',
    by,
    word: pick(random, ['own', 'own', 'call', 'paper']),
    // Most are visited within the clock; some are not, so that warnings and escalations have happened.
    verifyAfter: random() < 0.12 ? between(random, 5, 9) : between(random, 1, 3),
    turns: [],
    ...given,
  };
}

const money = (counted: Counted, given: Partial<WishCourse>): Mix => ({
  kind: 'micro_wish',
  way: 'money',
  ...counted,
  tell: (life, { by }) => moneyWish(life, courseOf(life, by, given)),
});

const kindly = (
  way: 'goods' | 'hours',
  counted: Counted,
  given: Partial<WishCourse> & { expires?: boolean },
): Mix => ({
  kind: 'micro_wish',
  way,
  ...counted,
  tell: (life, { by, helper }) =>
    kindWish(life, courseOf(life, by, given), {
      ...offerFor(life, way),
      kind: way,
      by: helper.account!,
      expires: given.expires ?? false,
    }),
});

function offerFor(life: Life, way: 'goods' | 'hours') {
  const list: { title: string; offer: string; pieces?: number; minutes?: number }[] = wishes[way];
  const one = list.find(({ title }) => title === life.asked.title)!;
  return { title: one.offer, quantity: one.pieces ?? one.minutes ?? 1 };
}

const help = (counted: Counted, given: Partial<RequestCourse>): Mix => ({
  kind: 'help_request',
  way: 'money',
  ...counted,
  tell: (life, { by }) =>
    helpRequest(life, {
      until: 'closed',
      by,
      word: pick(life.random, ['own', 'own', 'call', 'paper']),
      verifyAfter: life.random() < 0.15 ? between(life.random, 7, 12) : between(life.random, 1, 4),
      isReferred: false,
      ...given,
    }),
});

const early = (
  daysAgo: Mix['daysAgo'],
  end: Parameters<typeof endsEarly>[2],
  elsewhere = 1,
): Mix => ({
  kind: 'micro_wish',
  way: 'money',
  daysAgo,
  atFirst: 1,
  elsewhere,
  tell: (life, { by }) => endsEarly(life, courseOf(life, by, { verifyAfter: 2 }), end),
});

const refusal = (
  daysAgo: Mix['daysAgo'],
  course: Parameters<typeof refusedRequest>[1],
  elsewhere = 1,
): Mix => ({
  kind: 'help_request',
  way: 'money',
  daysAgo,
  atFirst: 1,
  elsewhere,
  by: 'self',
  tell: (life) => refusedRequest(life, course),
});

const at = (atFirst: number, elsewhere: number, from: number, to: number, by?: By): Counted => ({
  daysAgo: [from, to],
  atFirst,
  elsewhere,
  ...(by && { by }),
});
const wishUntil = (until: WishStage, counted: Counted) => money(counted, { until });
const helpUntil = (until: RequestStage, counted: Counted) => help(counted, { until });

/** What there is many of; the numbers are those of the whole demo. */
export const bulk: readonly Mix[] = [
  money(at(11, 42, 30, 74), {}),
  money(at(2, 8, 28, 70), { turns: ['returned'] }),
  money(at(2, 6, 30, 70), { turns: ['overshoot'] }),
  money(at(2, 4, 30, 70), { turns: ['no_reply'] }),
  money(at(2, 6, 26, 70), { turns: ['claimed'] }),
  kindly('goods', at(4, 14, 14, 74), {}),
  kindly('hours', at(4, 14, 14, 74), {}),
  wishUntil('on_wall', at(6, 26, 4, 30)),
  wishUntil('submitted', at(4, 9, 0, 2)),
  wishUntil('submitted', at(2, 4, 5, 9)),
  money(at(2, 4, 3, 9), { until: 'submitted', turns: ['returned'], verifyAfter: 2 }),
  wishUntil('verified', at(2, 6, 4, 12)),
  wishUntil('complete', at(1, 4, 10, 18)),
  wishUntil('proposed', at(1, 4, 12, 18)),
  wishUntil('approved_once', at(1, 3, 12, 18)),
  wishUntil('approved', at(1, 3, 12, 18)),
  wishUntil('paid', at(1, 3, 14, 20)),
  wishUntil('delivered', at(1, 6, 16, 24)),
  // Kind wishes are quick, so their clocks are still fresh when the story arrives at now.
  kindly('goods', at(2, 3, 5, 8), { until: 'delivered', verifyAfter: 1 }),
  kindly('hours', at(1, 3, 4, 7), { until: 'delivered', verifyAfter: 1 }),
  kindly('goods', at(2, 2, 3, 5), { until: 'approved', verifyAfter: 1 }),
  kindly('hours', at(1, 3, 7, 9), { until: 'fed_back', verifyAfter: 1 }),
  help(at(5, 15, 30, 74), {}),
  help(at(2, 6, 44, 74), { isReferred: true }),
  help(at(1, 2, 34, 60), { noReply: true }),
  helpUntil('submitted', at(1, 5, 0, 3)),
  helpUntil('verified', at(1, 3, 5, 12)),
  helpUntil('sent_up', at(1, 4, 6, 14)),
  helpUntil('assessed', at(1, 3, 8, 16)),
  help(at(1, 4, 12, 24), { isReferred: true, until: 'referred' }),
  helpUntil('proposed', at(1, 3, 9, 12)),
  helpUntil('approved', at(1, 2, 10, 14)),
  helpUntil('paid', at(1, 2, 11, 18)),
  helpUntil('delivered', at(1, 3, 11, 15)),
];

/** Courses of things that must be there however small the demo is; once more elsewhere in the whole one. */
const rare: readonly Mix[] = [
  money(at(1, 1, 30, 40, 'self'), { word: 'own', verifyAfter: 2 }),
  money(at(1, 1, 34, 44), { word: 'call' }),
  money(at(1, 1, 34, 44, 'worker'), { word: 'paper' }),
  money(at(1, 2, 40, 60), { turns: ['claimed'] }),
  money(at(1, 2, 40, 60), { turns: ['claim_expired'] }),
  money(at(1, 2, 12, 14), { until: 'on_wall', turns: ['claimed'], verifyAfter: 1 }),
  money(at(1, 1, 40, 60), { turns: ['refused_payment'] }),
  money(at(1, 1, 40, 60), { turns: ['undone', 'overshoot'] }),
  money(at(1, 1, 40, 60), { turns: ['no_reply'] }),
  money(at(1, 1, 36, 50), { turns: ['wrong'] }),
  money(at(1, 1, 45, 60, 'self'), { turns: ['reopened'] }),
  money(at(1, 1, 24, 26, 'self'), { turns: ['returned'] }),
  kindly('goods', at(1, 1, 20, 30), { expires: true }),
  kindly('hours', at(1, 1, 20, 30), { expires: true }),
  kindly('goods', at(1, 1, 8, 12), { until: 'approved' }),
  kindly('hours', at(1, 1, 8, 12), { until: 'paid' }),
  kindly('hours', at(1, 1, 16, 20), { until: 'fed_back', verifyAfter: 1 }),
  early([20, 40], 'withdrawn'),
  early([20, 40], 'merged'),
  early([20, 40], 'moved'),
  early([20, 40], 'died'),
  early([70, 74], 'expired', 2),
  early([20, 50], 'refused', 2),
  help(at(1, 1, 50, 70, 'self'), { isReferred: true, word: 'own', verifyAfter: 2 }),
  help(at(1, 1, 50, 60, 'self'), { isReopened: true, word: 'own', verifyAfter: 2 }),
  help(at(1, 1, 50, 70), { word: 'paper', verifyAfter: 9 }),
  help(at(1, 1, 16, 20), { isReferred: true, until: 'referred', verifyAfter: 1 }),
  help(at(1, 1, 26, 30), { isPartly: true, verifyAfter: 2 }),
  refusal([30, 50], { answer: 'none', atStreet: false }),
  refusal([4, 6], { answer: 'open', atStreet: false }),
  refusal([30, 50], { answer: 'uphold', atStreet: false }),
  refusal([44, 56], { answer: 'overturn', atStreet: false }),
  refusal([30, 50], { answer: 'uphold', atStreet: true }),
  refusal([44, 56], { answer: 'overturn', atStreet: true }),
  {
    kind: 'help_request',
    way: 'money',
    ...at(1, 1, 44, 60, 'self'),
    tell: (life) => referredToPlatform(life),
  },
  {
    kind: 'micro_wish',
    way: 'goods',
    ...at(1, 1, 20, 40, 'self'),
    tell: (life, { by, helper }) => fromRegister(life, courseOf(life, by, {}), helper),
  },
];

export const singles: readonly Mix[] = rare;
/** The rare ones elsewhere, as many as the size of the demo allows. */
export const rareElsewhere: readonly Mix[] = rare.map((mix) => ({ ...mix, atFirst: 0 }));
