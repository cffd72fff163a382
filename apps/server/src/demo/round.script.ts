import { dateInShanghai, seededRandom } from '@wennuan/basics';
import { office } from './calendar.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { makeRounds, workerOf } from './people.ts';
import type { Script } from './walk.ts';

/** What workers do between needs, and what residents ask about their own data. */
export function roundScripts(demo: Demo): Script[] {
  const random = seededRandom(demo.seed + 2);
  const areas = [...demo.people.keys()].map((id) => demo.place.area(id));
  const working = demo.halves.filter(({ isWorking }) => isWorking);
  const rounds = Array.from({ length: Math.round(170 * demo.scale) }, (_, index): Script => {
    const area = index % 4 === 0 ? areas[0]! : areas[Math.floor(random() * areas.length)]!;
    const half = working[Math.floor(random() * working.length)]!;
    const seed = Math.floor(random() * 1e9);
    return {
      group: area.code,
      order: 10_000 + index,
      startsIn: half.index,
      async *tell() {
        yield office(1);
        await makeRounds(demo, area, seed);
      },
    };
  });
  return [
    ...rounds,
    ...dataScripts(demo, areas[0]!),
    ...registerScripts(demo),
    ...assessmentScripts(demo, areas[0]!),
  ];
}

type Area = ReturnType<Demo['place']['area']>;

function dataScripts(demo: Demo, area: Area): Script[] {
  const last = demo.halves.length;
  const askers = demo.people.get(area.id)!.filter(({ account }) => account);
  const requests = [
    { kind: 'correct', text: '我的门牌号登记错了，请改正。', answer: '已当面核对并更正。' },
    {
      kind: 'explain',
      text: '请说明为什么查看过我的电话。',
      answer: '工作人员为联系上门走访查看，已登记理由。',
    },
    { kind: 'delete', text: '请删除以前的走访照片。', answer: null },
  ];
  return requests.map(({ kind, text, answer }, index) => ({
    group: area.code,
    order: 20_000 + index,
    startsIn: Math.max(0, last - 30 + index * 12),
    async *tell() {
      demo.moment();
      const { account } = askers[index]!;
      const { handlers } = demo.resident;
      const asked = await handlers.askCorrection(callOf(account!, { body: { kind, text } }));
      await demo.message.handlers.setPush(
        callOf(account!, { params: { topic: index ? 'activity' : 'near_me' }, body: { on: true } }),
      );
      if (answer === null) return;
      yield office(5);
      demo.moment();
      await handlers.answerRequest(
        callOf(workerOf(demo, area), { params: { requestId: asked.id }, body: { answer } }),
      );
    },
  }));
}

const REGISTER = [
  ['goods', '九成新轮椅', 1],
  ['goods', '儿童绘本三十本', 30],
  ['goods', '新棉被', 6],
  ['hours', '理发志愿服务', 240],
  ['hours', '水电小修', 180],
  ['hours', '陪诊半天', 240],
  ['goods', '护理床', 1],
  ['hours', '钢琴启蒙陪练', 120],
] as const;

/** What neighbours put on the register without a wish in mind; one takes hers back. */
function registerScripts(demo: Demo): Script[] {
  const givers = [...demo.people.entries()].flatMap(([areaId, people]) =>
    people.flatMap(({ account }) => (account ? [{ account, area: demo.place.area(areaId) }] : [])),
  );
  return REGISTER.map(([kind, title, quantity], index) => {
    const { account, area } = givers[(index * 13) % givers.length]!;
    return {
      group: area.code,
      order: 40_000 + index,
      startsIn: Math.max(0, demo.halves.length - 40 + index * 4),
      async *tell() {
        demo.moment();
        const { handlers } = demo.resource;
        const body = { kind, title, quantity, note: '', expiresOn: null, areaCode: area.code };
        const { id } = await handlers.offer(callOf(account, { body }));
        if (index > 0) return;
        yield office(4);
        await handlers.withdraw(callOf(account, { params: { offerId: id } }));
      },
    };
  });
}

const ASSESSMENTS = [
  ['微心愿公开文字', '公开文字由社区另写，不含姓名、住址和联系方式，发布前由系统检查；风险可控。'],
  ['向慈善总会提供求助人信息', '只在提出支出申请后提供，限于付款所需，查看留痕；风险可控。'],
] as const;

/** The assessments that stand on file before sensitive data are handed on or published (PIPL 55). */
function assessmentScripts(demo: Demo, area: Area): Script[] {
  return ASSESSMENTS.map(([title, conclusion], index) => ({
    group: area.code,
    order: 50_000 + index,
    startsIn: index * 20,
    async *tell() {
      demo.moment();
      const assessedOn = dateInShanghai(demo.clock.now());
      await demo.resident.handlers.addImpactAssessment(
        callOf(demo.staff.get('auditor')!, { body: { title, assessedOn, conclusion } }),
      );
      yield office(1);
    },
  }));
}
