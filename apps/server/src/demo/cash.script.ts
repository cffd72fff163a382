import { newId, type Id } from '@wennuan/basics';
import type { Actor } from '../platform/actor.ts';
import type { Writing } from '../platform/database/database.ts';
import { office, type Wait } from './calendar.ts';
import type { Demo } from './index.ts';
import { pictureOf } from './pictures.ts';
import type { Script } from './walk.ts';

type Story = AsyncGenerator<Wait, void, void>;

const BEGINS_BEFORE = 30;

/** Cash: two counters and two boxes, what they took, what went to the bank, and what waits for a second person. */
export function cashScripts(demo: Demo): Script[] {
  const startsIn = Math.max(0, demo.halves.length - BEGINS_BEFORE);
  return [{ group: 'cash', order: 0, startsIn, tell: () => takeCash(demo) }];
}

const who = (demo: Demo, name: string) => demo.staff.get(name)!;

/** Writes with the house's login in somebody's name, as the routes do. */
async function inName<T>(demo: Demo, actor: Actor, work: (tx: Writing) => Promise<T>): Promise<T> {
  demo.moment();
  return await demo.database.write({ ...actor, login: 'system' }, 'cash.demo', work);
}

async function* takeCash(demo: Demo): Story {
  const accountant = who(demo, 'accountant');
  const officer = who(demo, 'federation');
  const communities = demo.place.all().filter(({ level }) => level === 'community');
  const open = (name: string, areaCode: string) =>
    inName(demo, accountant, (tx) => demo.cash.openCounter(tx, { name, areaCode }));
  const desk = await open('总会捐赠接待处', communities.at(-1)!.code);
  const hall = await open('慈善驿站收款台', communities[0]!.code);
  const give = (counterId: Id, amountYuan: string, giverName: string) =>
    inName(demo, officer, (tx) =>
      demo.cash.takeGift(tx, {
        counterId,
        target: { kind: 'campaign', id: demo.money.campaigns.homes.id },
        amountYuan,
        giverName,
        telephone: '',
        hideFromPublic: true,
        formId: newId(),
      }),
    );
  const boxes = await putUpBoxes(demo, { desk, hall });
  for (const [amount, name] of [
    ['200', '刘师傅'],
    ['50', ''],
    ['1000', '老街坊'],
  ] as const)
    await give(hall, amount, name);
  await give(desk, '500', '');
  yield office(6);
  await openOne(demo, { boxId: boxes[0]!, first: officer, second: accountant });
  await give(hall, '20', '');
  yield office(4);
  await inName(demo, accountant, (tx) =>
    demo.cash.payIn(tx, {
      counterId: hall,
      amountYuan: '1250',
      slipNumber: '缴0001',
      paidInOn: demo.half.date,
    }),
  );
  const last = demo.halves.length - 3;
  if (last > demo.half.index) yield { halfDay: last };
  await give(desk, '66', '');
  await inName(demo, officer, (tx) =>
    demo.cash.countCash(tx, {
      counterId: desk,
      counted: { '10000': 5, '5000': 1 },
      note: '少 16 元，可能是找零时多找，正在核对',
    }),
  );
  await inName(demo, officer, (tx) =>
    demo.cash.payIn(tx, {
      counterId: hall,
      amountYuan: '100',
      slipNumber: '缴0002',
      paidInOn: demo.half.date,
    }),
  );
  await openOne(demo, { boxId: boxes[1]!, first: officer, second: null });
}

async function putUpBoxes(demo: Demo, counters: { desk: Id; hall: Id }): Promise<Id[]> {
  const officer = who(demo, 'federation');
  const put = (counterId: Id, place: string, sealNumber: string) =>
    inName(demo, officer, (tx) =>
      demo.cash.sealBox(tx, {
        counterId,
        place,
        campaignId: demo.money.campaigns.homes.id,
        sealNumber,
      }),
    );
  return [
    await put(counters.hall, '慈善驿站入口', 'F000001'),
    await put(counters.desk, '政务服务大厅二楼', 'F000002'),
  ];
}

/** One opening: the first person's count with its photograph, and the second's where there is one yet. */
async function openOne(
  demo: Demo,
  opening: { boxId: Id; first: Actor; second: Actor | null },
): Promise<void> {
  const { boxId, first, second } = opening;
  const counted = { '10000': 1, '1000': 6, '500': 8, '100': 23, '50': 4 };
  const isFirstBox = second !== null;
  const { id } = await demo.attachment.add(first, pictureOf(demo.things, 'paper'));
  const openingId = await inName(demo, first, async (tx) => {
    const made = await demo.cash.openBox(tx, {
      boxId,
      sealFound: isFirstBox ? 'F000001' : 'F000002',
      sealIntact: true,
      sealNext: isFirstBox ? 'F000003' : 'F000004',
      counted,
      note: '',
    });
    await demo.attachment.adopt(tx, [id], {
      subjectKind: 'box_opening',
      subjectId: made.openingId,
      areaId: made.areaId,
      sharedWithFederation: true,
    });
    return made.openingId;
  });
  if (second)
    await inName(demo, second, (tx) => demo.cash.confirmOpening(tx, { openingId, counted }));
}
