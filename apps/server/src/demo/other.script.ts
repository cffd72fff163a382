import { days, office, type Wait } from './calendar.ts';
import { callOf } from './call.ts';
import { feedBack, file, move, verify, type Life } from './life.ts';
import { opening, withinHold, type WishCourse } from './wish.script.ts';
import type { Neighbour } from './people.ts';

type Story = AsyncGenerator<Wait, void, void>;

/** Ends that are no answer: she takes it back, it was filed twice, she moved away or died, nobody met it. */
export async function* endsEarly(
  life: Life,
  course: WishCourse,
  end: 'withdrawn' | 'merged' | 'moved' | 'died' | 'expired' | 'refused',
): Story {
  if (end === 'merged') return yield* merged(life);
  if (end === 'refused') {
    await file(life, course.by);
    yield office(2);
    return await move(life, life.worker, {
      move: 'refuse',
      note: '所列物品上月已由驿站发放，本次不再重复。',
    });
  }
  yield* opening(life, course);
  if (end === 'expired') return;
  yield days(4);
  if (end === 'withdrawn') {
    const asker = life.asker.account && course.by === 'self' ? life.asker.account : life.worker;
    return await move(life, asker, { move: 'withdraw', note: '孩子已经给买了，不用了，谢谢。' });
  }
  const note = end === 'died' ? '家属告知，已去世。' : '已搬往外区，告知可在新社区提出。';
  await move(life, life.worker, { move: 'lapse', cause: end, note });
}

/** The same matter filed twice, by herself and by a neighbour: the second is merged into the first. */
async function* merged(life: Life): Story {
  await file(life, 'self');
  const first = life.number;
  yield days(1);
  await file(life, 'neighbour');
  yield office(2);
  await move(life, life.worker, { move: 'merge', intoNumber: first, note: '同一事项，合并办理。' });
}

/** No aid and no fund fits: referred to a platform for appeals of single persons, and called back there. */
export async function* referredToPlatform(life: Life): Story {
  await file(life, 'self');
  yield office(2);
  life.asked.aid = null;
  await verify(life);
  await move(life, life.worker, { move: 'send_up', note: '自付费用大，建议转介。' });
  yield office(2);
  await move(life, life.street, { move: 'assess', note: '法定救助与基金均不足以解决。' });
  await move(life, life.street, {
    move: 'refer',
    to: 'designated_platform',
    reason: '费用超出慈善资金能力，转介到指定的个人求助平台。',
  });
  yield office(10);
  await move(life, life.street, {
    move: 'note_referral_result',
    note: '平台已受理并公布，筹款结束。',
  });
  yield office(2);
  await feedBack(life, 'call');
  yield office(1);
  await move(life, life.worker, { move: 'close' });
}

/** Met by an offer of the register that the worker picked. */
export async function* fromRegister(life: Life, course: WishCourse, giver: Neighbour): Story {
  yield* opening(life, course);
  yield office(1);
  const { demo } = life;
  const { id } = await demo.resource.handlers.offer(
    callOf(giver.account!, {
      body: {
        kind: 'goods',
        title: life.asked.title,
        quantity: 1,
        note: '家里多一件，用得上就好。',
        expiresOn: null,
        areaCode: life.area.code,
      },
    }),
  );
  yield office(2);
  await move(life, life.worker, { move: 'match', way: 'offer', offerId: id });
  yield withinHold(life);
  await move(life, life.worker, { move: 'deliver', pictures: [life.asked.picture] });
  yield office(2);
  await feedBack(life, 'own');
  yield office(1);
  await move(life, life.worker, { move: 'close' });
  await move(life, life.district, { move: 'note', note: '抽查回访，居民满意。' });
}
