import { addDays, dateInShanghai, isRefusal, type Id } from '@wennuan/basics';
import type { Area } from '../modules/place/index.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { workerOf } from './people.ts';
import { pictureOf } from './pictures.ts';

/** The word by which the programmes name their fund. */
const FUND_WORD = 'care';
/** How many a small demo visits of a round, and how many lines its department's list has. */
const VISITED_MOST = 12;
const PAID_LINES = 12;

interface Scene {
  demo: Demo;
  area: Area;
  street: Actor;
  worker: Actor;
  worker2: Actor;
}

/**
 * Aid that began weeks ago, by the real use cases: one programme that has come to its end (cash, once; one of those paid has
 * not said yet that it came), and one that was opened while nobody has been visited since.
 */
export async function beginAid(demo: Demo): Promise<void> {
  const scene = sceneOf(demo);
  await nameFund(demo);
  await payOnce(scene);
  await open(scene, 'P11', scene.area.code);
}

/**
 * Aid in the middle of its way: one programme whose names hang on a board, one whose visits are still being made, and a
 * department's payment list.
 */
export async function bringAid(demo: Demo): Promise<void> {
  const progress = demo.showProgress('政策找人 · from candidate to help', 3);
  const scene = sceneOf(demo);
  await hangNotice(scene);
  progress.to(1);
  await beginVisits(scene);
  progress.to(2);
  await readPaymentList(scene);
  progress.end();
}

function sceneOf(demo: Demo): Scene {
  const area = demo.place.all().find(({ level }) => level === 'community')!;
  const streetCode = demo.place.streetOf(area.id).code;
  return {
    demo,
    area,
    street: demo.staff.get(`street-${streetCode}`)!,
    worker: workerOf(demo, area),
    worker2: workerOf(demo, area, 'b'),
  };
}

async function nameFund(demo: Demo): Promise<void> {
  const [fund] = await demo.database.read(systemActor('demo'), (tx) =>
    demo.fund.listFunds(tx, { kind: 'general' }),
  );
  await demo.award.handlers.nameFund(
    callOf(demo.staff.get('federation')!, {
      params: { word: FUND_WORD },
      body: { fundId: fund!.id },
    }),
  );
}

/** The round of a programme in an area; null where nobody is a candidate, as in a small demo. */
async function open({ demo, street }: Scene, code: string, areaCode: string | null) {
  try {
    const body = { programmeCode: code, areaCode };
    return await demo.award.handlers.openRound(callOf(street, { body }));
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.code === 'nobody_to_help') return null;
    throw thrown;
  }
}

/** Visits people of a round, each by a worker of her community; `outcomeOf` says what comes of it, null for not yet. */
async function visit(
  { demo, street }: Scene,
  roundId: Id,
  outcomeOf: (place: number) => 'met' | 'away' | 'declined' | null,
): Promise<void> {
  const { items } = await demo.award.handlers.awards(
    callOf(street, { params: { roundId }, query: { state: 'candidate', limit: VISITED_MOST } }),
  );
  for (const [place, row] of items.entries()) {
    const outcome = outcomeOf(place);
    if (!outcome) continue;
    const worker = workerOf(demo, demo.place.areaByCode(row.area.code));
    const params = { awardId: row.id };
    const award = await demo.award.handlers.readAward(callOf(worker, { params }));
    const body = {
      version: award.version,
      outcome,
      visitedAt: demo.clock.now().toISOString(),
      consentForm: outcome === 'met' ? 'spoken' : null,
      consentNote: '',
      proofs: outcome === 'met' ? award.proofs : [],
      incomeCheck: place === 0 ? '已请民政局收入核对' : null,
      note: outcome === 'declined' ? '子女照顾得好，想让给更需要的人' : '',
    };
    await demo.award.handlers.visit(callOf(worker, { params, body }));
  }
}

async function proposeAndAgree({ demo, street }: Scene, roundId: Id): Promise<void> {
  const { listIds } = await demo.award.handlers.propose(callOf(street, { params: { roundId } }));
  const waiting = async () =>
    await demo.database.read(systemActor('demo'), (tx) =>
      tx.db
        .selectFrom('award_list')
        .select('id')
        .where('id', 'in', listIds)
        .where('state', '=', 'proposed')
        .execute(),
    );
  // Two of the federation agree; above the limit a third is asked.
  for (const name of ['approver', 'approver2', 'approver3'])
    for (const { id } of await waiting())
      await demo.award.handlers.decideList(
        callOf(demo.staff.get(name)!, {
          params: { listId: id },
          body: { decision: 'approve', note: '' },
        }),
      );
}

/** Cash, once: paid, called back by another worker; one of them has not said yet that it came. */
async function payOnce(scene: Scene): Promise<void> {
  const { demo } = scene;
  const round = await open(scene, 'P10', null);
  if (!round) return;
  await visit(scene, round.roundId, () => 'met');
  await proposeAndAgree(scene, round.roundId);
  const { proposalIds } = await demo.award.handlers.payOut(
    callOf(demo.staff.get('federation')!, { params: { programmeCode: 'P10' } }),
  );
  const accountant = demo.staff.get('accountant')!;
  const paidOn = dateInShanghai(demo.clock.now());
  await demo.database.write(accountant, 'fund.pay', async (tx) => {
    const lines = await demo.fund.lines(tx, { proposalIds });
    await demo.fund.payLines(
      tx,
      lines.map(({ id }, place) => ({
        lineId: id,
        bankReference: `AID${paidOn.replaceAll('-', '')}${place + 1}`,
        paidOn,
      })),
    );
  });
  await demo.events.settle();
  await callBack(scene);
}

async function callBack({ demo, street }: Scene): Promise<void> {
  const { items } = await demo.award.handlers.confirmations(
    callOf(street, { query: { kind: 'unconfirmed', limit: 50 } }),
  );
  for (const part of items.slice(1))
    await demo.award.handlers.confirmFor(
      callOf(workerOf(demo, demo.place.areaByCode(part.area.code), 'b'), {
        params: { periodId: part.id },
        body: { way: 'call_back', words: '钱到卡上了，谢谢', attachmentId: null },
      }),
    );
}

/** A voucher a household: most were met, one was away, one does not want it; their names hang on the board. */
async function hangNotice(scene: Scene): Promise<void> {
  const { demo, area, worker } = scene;
  const round = await open(scene, 'P16', area.code);
  if (!round) return;
  const outcomes = ['met', 'met', 'away', 'met', 'declined'] as const;
  await visit(scene, round.roundId, (place) => outcomes[place % outcomes.length]!);
  await proposeAndAgree(scene, round.roundId);
  const { items } = await demo.award.handlers.notices(callOf(worker, { query: { limit: 10 } }));
  for (const notice of items) {
    const attachmentId = await photo(demo, worker);
    await demo.award.handlers.postNotice(
      callOf(worker, { params: { noticeId: notice.id }, body: { attachmentId } }),
    );
  }
}

async function photo(demo: Demo, actor: Actor): Promise<Id> {
  const { id } = await demo.attachment.add(actor, pictureOf(demo.things, 'paper'));
  return id;
}

/** Hours a week for families that lost their only child: some were visited, the others wait. */
async function beginVisits(scene: Scene): Promise<void> {
  const round = await open(scene, 'P14', null);
  if (round) await visit(scene, round.roundId, (place) => (place % 2 === 0 ? 'met' : null));
}

/** What civil affairs paid last month to people it supports, and a line that fits nobody. */
async function readPaymentList({ demo, area }: Scene): Promise<void> {
  const officer = demo.staff.get('department-civil-affairs');
  if (!officer) return;
  const system = systemActor('demo');
  const people = await demo.database.read(system, async (tx) => {
    const policies = await demo.program.policies(tx);
    const known = policies.find(({ policy }) => policy.code === 'P15');
    if (!known) return [];
    const found = await demo.program.candidates(tx, {
      programIds: [known.programId],
      limit: PAID_LINES,
    });
    // One of them can sign in and see what came.
    const [neighbour] = demo.people.get(area.id)!;
    const ids = [neighbour!.personId, ...found.map(({ personId }) => personId)];
    return [...(await demo.resident.identities(tx, ids)).values()];
  });
  if (people.length === 0) return;
  const rows = people.map(({ name, idNumber }) => `${name},${idNumber ?? ''},400.00`);
  const text = `姓名,身份证号,发放金额（元）\n${rows.join('\n')}\n查无此人,419900193001010011,400.00\n`;
  const month = addDays(`${dateInShanghai(demo.clock.now()).slice(0, 7)}-01`, -1).slice(0, 7);
  const file = { filename: `特困照护发放表${month}.csv`, toBuffer: async () => Buffer.from(text) };
  await demo.award.handlers.importPaid({
    actor: officer,
    params: {},
    query: { programmeCode: 'P15', month },
    body: undefined,
    request: { isMultipart: () => true, file: async () => file },
  } as never);
}
