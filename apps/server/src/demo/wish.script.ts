import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { systemActor, type Actor } from '../platform/actor.ts';
import { days, office, officeWithin, type Wait } from './calendar.ts';
import { callOf } from './call.ts';
import { decide, feedBack, file, move, pay, propose, stateOf, verify, type Life } from './life.ts';
import { chosenName, usualGiftFen } from './money.ts';
import { between, pick } from './names.ts';
import words from '../../../../demo/requests.json' with { type: 'json' };

type Story = AsyncGenerator<Wait, void, void>;

/** How far a wish has come when its story ends; each stage leaves it waiting for the next. */
export const wishStages = [
  'submitted',
  'verified',
  'on_wall',
  'complete',
  'proposed',
  'approved_once',
  'approved',
  'paid',
  'delivered',
  'fed_back',
  'closed',
] as const;
export type WishStage = (typeof wishStages)[number];

export interface WishCourse {
  until: WishStage;
  by: 'self' | 'worker' | 'neighbour';
  word: 'own' | 'call' | 'paper';
  /** Half-days until the worker visits. */
  verifyAfter: number;
  /** What happens on the way besides. */
  turns: readonly (
    | 'returned'
    | 'claimed'
    | 'claim_expired'
    | 'overshoot'
    | 'no_reply'
    | 'reopened'
    | 'wrong'
    | 'refused_payment'
    | 'undone'
  )[];
}

const reached = (course: WishCourse, stage: WishStage) =>
  wishStages.indexOf(course.until) <= wishStages.indexOf(stage);

/** A wish that money meets: verified, put on the wall, given for, bought, delivered, fed back. */
export async function* moneyWish(life: Life, course: WishCourse): Story {
  yield* opening(life, course);
  if (reached(course, 'verified')) return;
  yield office(between(life.random, 1, 3));
  await move(life, life.worker, { move: 'match', way: 'item', offerId: null });
  yield office(1);
  const item = await itemOf(life);
  if (course.turns.includes('claimed') || course.turns.includes('claim_expired'))
    yield* claimed(life, course, item);
  if (reached(course, 'on_wall'))
    return planGifts(life, item, { share: life.random() * 0.8, completes: false });
  const rest = course.turns.includes('claimed') ? 0.4 : 1;
  planGifts(life, item, {
    share: course.turns.includes('overshoot') ? 1.3 : rest,
    completes: true,
  });
  while (stateOf(life) !== 'matched') {
    yield office(1);
    if (stateOf(life) === 'lapsed') return;
  }
  if (reached(course, 'complete')) return;
  yield* purchase(life, course, item);
  if (wishStages.indexOf(course.until) < wishStages.indexOf('delivered')) return;
  yield* delivery(life, course);
}

/** A wish that a neighbour's thing or hours meet. */
export async function* kindWish(
  life: Life,
  course: WishCourse,
  offer: { kind: 'goods' | 'hours'; title: string; quantity: number; by: Actor; expires: boolean },
): Story {
  yield* opening(life, course);
  if (reached(course, 'on_wall')) return;
  yield office(between(life.random, 1, 4));
  await takeOn(life, offer);
  if (offer.expires) {
    // Nobody fetched it within 72 hours: the wish is open again, and the same neighbour tries once more.
    yield days(5);
    await takeOn(life, offer);
  }
  yield withinHold(life);
  if (reached(course, 'approved')) return;
  await move(life, life.worker, { move: 'start', note: '已与对方约好时间。' });
  yield office(between(life.random, 1, 3));
  if (reached(course, 'paid')) return;
  yield* delivery(life, course);
}

/** While what was promised is still held. */
export const withinHold = ({ demo }: Life): Wait => officeWithin(72, demo.halves, demo.half);

async function takeOn(
  life: Life,
  offer: { kind: 'goods' | 'hours'; title: string; quantity: number; by: Actor },
): Promise<void> {
  const { kind, title, quantity, by } = offer;
  life.demo.moment();
  await life.demo.resource.handlers.offerForWish(
    callOf(by, {
      params: { needId: life.needId },
      body: { kind, title, quantity, note: '周末都方便。', expiresOn: null },
    }),
  );
}

/** Filing and verifying, with a question in between or a verification taken back. */
export async function* opening(life: Life, course: WishCourse): Story {
  const { random } = life;
  await file(life, course.by);
  if (reached(course, 'submitted') && !course.turns.includes('returned')) return;
  yield office(Math.max(1, course.verifyAfter));
  if (course.turns.includes('returned')) {
    await move(life, life.worker, { move: 'return_for_more', note: pick(random, words.returns) });
    if (reached(course, 'submitted')) return;
    yield days(between(random, 1, 4));
    await move(
      life,
      life.asker.account && course.by === 'self' ? life.asker.account : life.worker,
      {
        move: 'answer',
        note: pick(random, words.answers),
      },
    );
    yield office(1);
  }
  if (course.turns.includes('undone')) {
    await verify(life, 'partly');
    await move(life, life.worker, { move: 'undo', note: '价格写错，重新填写。' });
  }
  await verify(life);
}

async function itemOf(life: Life): Promise<{ id: Id; code: string }> {
  return await life.demo.database.read(systemActor('demo'), async (tx) => {
    const row = await tx.db
      .selectFrom('campaign_item')
      .select(['id', 'project_code'])
      .where('need_id', '=', life.needId)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    return { id: row.id, code: row.project_code };
  });
}

/** Gifts for an item over the next days: `share` of what it needs, the last of it in one sum. */
function planGifts(
  life: Life,
  item: { id: Id; code: string },
  { share, completes }: { share: number; completes: boolean },
): void {
  const { demo, random } = life;
  let left = Math.round(life.asked.amountFen * share);
  let at = demo.half.index + between(random, 0, 2);
  for (let most = between(random, 3, 9); left > 0; most -= 1) {
    const amountFen = most <= 1 && completes ? left : Math.min(left, usualGiftFen(random));
    const gift = { projectCode: item.code, amountFen, giverName: chosenName(random) };
    const isOurs = random() < 0.12;
    demo.gifts.plan(at, [
      isOurs ? { ...gift, begun: { kind: 'item', id: item.id, actor: null } } : gift,
    ]);
    left -= amountFen;
    if (most <= 1 && !completes) return;
    at += between(random, 0, 3);
  }
}

/** An enterprise claims it: and pays, or lets the 72 hours run out, or has just claimed it. */
async function* claimed(life: Life, course: WishCourse, item: { id: Id }): Story {
  const { demo } = life;
  const lets = course.turns.includes('claim_expired');
  const isNow = reached(course, 'on_wall');
  if (isNow) yield { halfDay: demo.halves.length - 2 };
  demo.moment();
  const { claimId } = await demo.database.write(demo.money.claimant, 'donation.claim', (tx) =>
    demo.donation.claimItem(tx, {
      itemId: item.id,
      amountYuan: String(Math.ceil(life.asked.amountFen * (lets ? 1 : 0.6)) / 100),
      agreementNumber: `暖阳协字 ${life.number}`,
      formId: randomUUID(),
    }),
  );
  if (lets) return yield days(4);
  if (isNow) return;
  // Within the 72 hours, also before a long holiday.
  yield { halfDay: demo.half.index + 1 };
  demo.moment();
  await demo.database.write(demo.staff.get('accountant')!, 'donation.record_claim_payment', (tx) =>
    demo.donation.recordClaimPayment(tx, {
      claimId,
      bankReference: `对公回单 ${life.number}`,
      paidOn: demo.half.date,
    }),
  );
}

/** Proposal, two approvals, payment to the supplier. */
async function* purchase(life: Life, course: WishCourse, item: { id: Id }): Story {
  const { demo, random } = life;
  const ask = () =>
    propose(life, demo.staff.get('federation')!, {
      source: { kind: 'item', id: item.id },
      payee: { kind: 'organization', id: pick(random, demo.money.suppliers) },
      // What is paid is a little less than what was looked up; the rest goes on by the filed rule.
      amountFen: Math.round(life.asked.amountFen * (random() < 0.4 ? 0.95 : 1)),
      purpose: `采购心愿物品：${life.asked.publicTitle}`,
    });
  yield office(1);
  let { proposalId, approvalId } = await ask();
  if (reached(course, 'proposed')) return;
  yield office(1);
  if (course.turns.includes('refused_payment')) {
    await decide(demo, 'approver', { approvalId, refuse: '报价单缺盖章，请补齐后重报。' });
    yield office(2);
    ({ proposalId, approvalId } = await ask());
    yield office(1);
  }
  await decide(demo, 'approver', { approvalId });
  if (reached(course, 'approved_once')) return;
  yield office(between(random, 1, 2));
  await decide(demo, 'approver2', { approvalId });
  if (reached(course, 'approved')) return;
  yield office(1);
  await pay(demo, proposalId);
  yield office(between(random, 1, 3));
}

/** Delivery with a picture of the thing, her word, and the end; or three tries that nobody answered. */
async function* delivery(life: Life, course: WishCourse): Story {
  const { random } = life;
  await move(life, life.worker, {
    move: 'deliver',
    note: '已送到并试用正常。',
    pictures: [life.asked.picture],
  });
  if (course.turns.includes('no_reply')) return yield* unanswered(life);
  if (reached(course, 'delivered')) return;
  yield office(between(random, 1, 4));
  if (course.turns.includes('wrong')) {
    await feedBack(life, course.word, 'no');
    yield office(2);
    await move(life, life.worker, {
      move: 'note',
      note: '尺寸不合，供应商同意调换，等待重新对接。',
    });
    return;
  }
  await feedBack(life, course.word);
  if (reached(course, 'fed_back')) return;
  yield office(1);
  await move(life, life.worker, { move: 'close' });
  if (!course.turns.includes('reopened')) return;
  yield days(3);
  const asker = life.asker.account && course.by === 'self' ? life.asker.account : life.worker;
  await move(life, asker, { move: 'reopen', note: '用了三天就坏了，请帮忙看看。' });
}

/** Three noted tries on three days, then unconfirmed: counted apart. */
export async function* unanswered(life: Life): Story {
  for (const note of words.tries) {
    yield days(1);
    await move(life, life.worker, { move: 'note_try', note });
  }
  yield office(1);
  await move(life, life.worker, { move: 'give_up', note: '三天三次联系未果。' });
}
