import { Refusal } from '@wennuan/basics';
import { days, office, type Wait } from './calendar.ts';
import {
  availableIn,
  decide,
  feedBack,
  file,
  move,
  pay,
  propose,
  verify,
  type Life,
  type Proposed,
} from './life.ts';
import { between, pick } from './names.ts';
import { unanswered } from './wish.script.ts';
import words from '../../../../demo/requests.json' with { type: 'json' };

type Story = AsyncGenerator<Wait, void, void>;

export const requestStages = [
  'submitted',
  'verified',
  'sent_up',
  'assessed',
  'referred',
  'proposed',
  'approved',
  'paid',
  'delivered',
  'fed_back',
  'closed',
] as const;
export type RequestStage = (typeof requestStages)[number];

export interface RequestCourse {
  until: RequestStage;
  by: 'self' | 'worker' | 'neighbour';
  word: 'own' | 'call' | 'paper';
  verifyAfter: number;
  /** True when it is referred to statutory aid and answered there before anything is paid. */
  isReferred: boolean;
  isReopened?: boolean;
  noReply?: boolean;
  /** True when she says that it was met in part, and the search for the rest goes on. */
  isPartly?: boolean;
}

const reached = (course: RequestCourse, stage: RequestStage) =>
  requestStages.indexOf(course.until) <= requestStages.indexOf(stage);

/** A help request: statutory aid first, then the fund; never public. */
export async function* helpRequest(life: Life, course: RequestCourse): Story {
  const { random } = life;
  await file(life, course.by);
  if (reached(course, 'submitted')) return;
  yield office(course.verifyAfter);
  if (!course.isReferred) life.asked.aid = null;
  await verify(life, random() < 0.2 ? 'partly' : 'true');
  if (reached(course, 'verified')) return;
  await move(life, life.worker, { move: 'send_up', note: '已入户核实，建议由街道统筹帮扶。' });
  if (reached(course, 'sent_up')) return;
  yield office(between(random, 1, 3));
  await move(life, life.street, { move: 'assess', note: '情况属实，同意按顺序帮扶。' });
  if (reached(course, 'assessed')) return;
  yield office(1);
  if (course.isReferred) {
    await refer(life);
    if (reached(course, 'referred')) return;
    yield office(between(random, 5, 12));
    await move(life, life.street, {
      move: 'note_referral_result',
      note: '已批准一次性救助，不足部分由慈善资金补充。',
    });
    yield office(1);
  } else if (reached(course, 'referred')) return;
  yield* payment(life, course);
  if (requestStages.indexOf(course.until) < requestStages.indexOf('delivered')) return;
  yield* ending(life, course);
}

/** Refers a request to the statutory aid that fits. */
export async function refer(life: Life): Promise<void> {
  await move(life, life.street, {
    move: 'refer',
    to: life.asked.aid as 'medical_aid',
    reason: '符合法定救助条件，先行申请。',
  });
}

/** Met by the community's mutual aid as far as that goes, else by the general fund. */
async function* payment(life: Life, course: RequestCourse): Story {
  const { demo, random } = life;
  await move(life, life.street, { move: 'match', way: 'fund', offerId: null });
  yield office(1);
  const { proposalId, approvalId } = yield* proposeOnceThereIsMoney(life);
  if (reached(course, 'proposed')) return;
  yield office(between(random, 1, 2));
  await decide(demo, 'approver', { approvalId });
  yield office(1);
  await decide(demo, 'approver2', { approvalId });
  if (reached(course, 'approved')) return;
  yield office(1);
  await pay(demo, proposalId);
  yield office(between(random, 1, 3));
}

/** Proposes the payment; while the fund has less, as others were before her, it is tried again the next day. */
async function* proposeOnceThereIsMoney(life: Life): AsyncGenerator<Wait, Proposed, void> {
  for (;;) {
    try {
      return await propose(life, life.street, {
        source: { kind: 'fund', id: await sourceOf(life) },
        payee: { kind: 'person', id: life.asker.personId },
        amountFen: life.asked.amountFen,
        purpose: `${life.number} 困难帮扶`,
      });
    } catch (thrown) {
      if (!(thrown instanceof Refusal && thrown.code === 'balance_too_low')) throw thrown;
    }
    yield office(1);
  }
}

async function sourceOf({ demo, area, asked }: Life) {
  const own = demo.money.funds.get(area.id)!;
  return (await availableIn(demo, own.id)) >= asked.amountFen ? own.id : demo.money.general.id;
}

async function* ending(life: Life, course: RequestCourse): Story {
  const { random } = life;
  await move(life, life.worker, { move: 'deliver', note: '款项已到账。', pictures: ['paper'] });
  if (course.noReply) return yield* unanswered(life);
  if (reached(course, 'delivered')) return;
  yield office(between(random, 1, 4));
  await feedBack(life, course.word, course.isPartly ? 'partly' : 'yes');
  if (course.isPartly || reached(course, 'fed_back')) return;
  yield office(1);
  await move(life, life.worker, { move: 'close' });
  if (!course.isReopened) return;
  yield days(4);
  await move(life, life.asker.account ?? life.worker, {
    move: 'reopen',
    note: '第二次住院，费用又超出了。',
  });
}

/** Refused; the asker appeals, and the street looks at it once more. */
export async function* refusedRequest(
  life: Life,
  course: { answer: 'none' | 'open' | 'uphold' | 'overturn'; atStreet: boolean },
): Story {
  const { random } = life;
  await file(life, 'self');
  yield office(2);
  if (course.atStreet) {
    life.asked.aid = null;
    await verify(life, 'partly');
    await move(life, life.worker, { move: 'send_up', note: '情况较复杂，请街道认定。' });
    yield office(2);
  }
  const refuser = course.atStreet ? life.street : life.worker;
  await move(life, refuser, { move: 'refuse', note: pick(random, words.refusals) });
  if (course.answer === 'none') return;
  yield days(2);
  await move(life, life.asker.account ?? life.worker, {
    move: 'appeal',
    note: pick(random, words.appeals),
  });
  if (course.answer === 'open') return;
  yield office(3);
  const above = course.atStreet ? life.district : life.street;
  if (course.answer === 'uphold')
    return await move(life, above, { move: 'uphold', note: '复核后维持原决定，理由已当面说明。' });
  await move(life, above, { move: 'overturn', note: '复核属实，撤销原决定，继续办理。' });
  yield office(2);
  yield* partlyMet(life, course.atStreet);
}

/** After the appeal: part of it is paid, she says that it was partly met, and leaves it at that. */
async function* partlyMet(life: Life, isVerified: boolean): Story {
  const { demo } = life;
  if (!isVerified) {
    life.asked.aid = null;
    await verify(life, 'partly');
    await move(life, life.worker, { move: 'send_up', note: '复核后继续办理。' });
  }
  yield office(1);
  await move(life, life.street, { move: 'assess', note: '同意部分帮扶。' });
  life.asked.amountFen = Math.round(life.asked.amountFen / 200) * 100;
  yield* payment(life, {
    until: 'closed',
    by: 'self',
    word: 'own',
    verifyAfter: 1,
    isReferred: false,
  });
  await move(life, life.worker, { move: 'deliver', note: '首笔款已到账。', pictures: ['paper'] });
  yield office(2);
  await feedBack(life, 'own', 'partly');
  yield office(6);
  await feedBack(life, 'own', 'partly');
  yield office(1);
  await move(life, life.worker, { move: 'close' });
  demo.moment();
}
