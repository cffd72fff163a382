import { seededRandom } from '@wennuan/basics';
import type { Area } from '../modules/place/index.ts';
import { office, type Wait } from './calendar.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { lifeOf, type Life } from './life.ts';
import type { Neighbour } from './people.ts';
import { askedFor } from './asked.ts';
import { helpRequest } from './request.script.ts';
import { groupOf, type Script } from './walk.ts';
import { kindWish, moneyWish } from './wish.script.ts';

type Story = AsyncGenerator<Wait, void, void>;

/** The stories of the residents one can sign in as: a wish, a request, gifts and an offer. */
export function signInScripts(demo: Demo, area: Area): Script[] {
  const [wisher, asker, giver] = demo.people.get(area.id)!;
  const last = demo.halves.length;
  const life = (who: Neighbour, place: number, kind: Life['kind'], title: string): Life => {
    const random = seededRandom(demo.seed + 500_000 + place);
    const way = title === '修水龙头' ? 'hours' : 'money';
    return lifeOf(demo, {
      random,
      area,
      kind,
      asker: who,
      asked: askedFor(random, { kind, way }, title),
    });
  };
  const course = { by: 'self', word: 'own', verifyAfter: 2, turns: [] } as const;
  const scriptAmong =
    (kind: Life['kind']) =>
    (order: number, startsIn: number, tell: () => Story): Script => ({
      group: groupOf(area, kind),
      order: 30_000 + order,
      startsIn: Math.max(0, startsIn),
      tell,
    });
  const script = scriptAmong('micro_wish');
  const request = scriptAmong('help_request');
  return [
    script(1, last - 110, () =>
      moneyWish(life(wisher!, 1, 'micro_wish', '一床厚棉被'), { ...course, until: 'closed' }),
    ),
    script(2, last - 24, () =>
      moneyWish(life(wisher!, 2, 'micro_wish', '一台电风扇'), { ...course, until: 'on_wall' }),
    ),
    request(3, last - 50, () =>
      helpRequest(life(asker!, 3, 'help_request', '屋顶漏雨'), {
        ...course,
        until: 'delivered',
        isReferred: false,
      }),
    ),
    script(4, last - 30, () =>
      kindWish(
        life(asker!, 4, 'micro_wish', '修水龙头'),
        { ...course, until: 'closed' },
        {
          kind: 'hours',
          title: '水电维修志愿服务',
          quantity: 90,
          by: giver!.account!,
          expires: false,
        },
      ),
    ),
    script(5, 6, () => gives(demo, wisher!, [10, 1, 20])),
    script(6, 10, () => gives(demo, giver!, [50, 5, 100, 1, 66])),
    script(7, last - 8, () => offers(demo, area, giver!)),
  ];
}

/** Gives to the campaigns from time to time, under her own account, and reads what she was told. */
async function* gives(demo: Demo, who: Neighbour, yuan: readonly number[]): Story {
  const { wishes, homes } = demo.money.campaigns;
  for (const [index, amount] of yuan.entries()) {
    const target = index % 2 ? homes : wishes;
    demo.gifts.plan(demo.half.index, [
      {
        projectCode: target.code,
        amountFen: amount * 100,
        giverName: index % 2 ? '绿云老街坊' : null,
        begun: { kind: 'campaign', id: target.id, actor: who.account },
      },
    ]);
    yield office(16);
  }
}

async function* offers(demo: Demo, area: Area, who: Neighbour): Story {
  yield office(1);
  const list = [
    { kind: 'goods', title: '八成新儿童自行车', quantity: 1, note: '十岁左右能骑。' },
    { kind: 'hours', title: '周末陪老人聊天、读报', quantity: 240, note: '周六下午有空。' },
  ];
  for (const offer of list) {
    demo.moment();
    await demo.resource.handlers.offer(
      callOf(who.account!, { body: { ...offer, expiresOn: null, areaCode: area.code } }),
    );
  }
}
