import { randomUUID } from 'node:crypto';
import { addDays, dateInShanghai, isRefusal, type Id, type Random } from '@wennuan/basics';
import { statutoryAids, type NeedKindCode } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import type { MoveCommand } from '../modules/need/index.ts';
import type { Area } from '../modules/place/index.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import type { Demo } from './index.ts';
import { between, pick } from './names.ts';
import { workerOf, type Neighbour } from './people.ts';
import { pictureOf } from './pictures.ts';
import wishes from '../../../../demo/wishes.json' with { type: 'json' };
import words from '../../../../demo/requests.json' with { type: 'json' };

/** What somebody asks for, in her words and in the worker's. */
export interface Asked {
  title: string;
  story: string;
  picture: string;
  /** What it costs, in fen. */
  amountFen: number;
  publicTitle: string | null;
  publicText: string | null;
  seen: string;
  secondSource: string | null;
  /** The statutory aid that fits a help request. */
  aid: string | null;
}

/** One need and everybody who has to do with it. */
export interface Life {
  demo: Demo;
  random: Random;
  area: Area;
  kind: NeedKindCode;
  asked: Asked;
  asker: Neighbour;
  needId: Id;
  number: string;
  worker: Actor;
  colleague: Actor;
  street: Actor;
  district: Actor;
}

type MoveInput = MoveCommand['input'];
type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type FieldOf<Union, Key extends PropertyKey> = Union extends { [K in Key]: infer Value }
  ? Value
  : never;
/** A move with what is put in besides note and pictures. */
type Given = { move: MoveInput['move']; note?: string; pictures?: readonly string[] } & {
  [Key in Exclude<KeyOf<MoveInput>, 'move' | 'note' | 'attachmentIds' | 'version'>]?: FieldOf<
    MoveInput,
    Key
  >;
};

/** Gathers whom a need in an area has to do with. */
export function lifeOf(
  demo: Demo,
  given: Pick<Life, 'random' | 'area' | 'kind' | 'asked' | 'asker'>,
): Life {
  const street = demo.place.streetOf(given.area.id);
  return {
    ...given,
    demo,
    needId: '',
    number: '',
    worker: workerOf(demo, given.area, 'a'),
    colleague: workerOf(demo, given.area, 'b'),
    street: demo.staff.get(`street-${street.code}`)!,
    district: demo.staff.get('district')!,
  };
}

/** Files it: by herself with an account, else by the worker who met her, sometimes by a relative. */
export async function file(
  life: Life,
  by: 'self' | 'worker' | 'neighbour' = 'self',
): Promise<void> {
  const { demo, asker, asked, random } = life;
  const self = by === 'self' ? asker.account : null;
  const neighbour =
    by === 'neighbour'
      ? demo.people.get(life.area.id)!.find((one) => one.account && one !== asker)
      : null;
  const actor = self ?? neighbour?.account ?? life.worker;
  const acting = self
    ? null
    : {
        relation: neighbour ? ('neighbour' as const) : ('worker' as const),
        personId: neighbour ? null : asker.personId,
        personName: neighbour ? asker.name : '',
        consentForm: 'spoken' as const,
        consentNote: '当面同意代为提出。',
      };
  const attachmentIds =
    life.kind === 'help_request' && random() < 0.3 ? [await picture(life, actor, 'paper')] : [];
  demo.moment();
  const [filed] = await demo.database.write(actor, 'need.file', (tx) =>
    demo.need.file(tx, [
      {
        kind: life.kind,
        title: asked.title,
        story: asked.story,
        amountYuan: String(asked.amountFen / 100),
        areaCode: life.area.code,
        contactTelephone: asker.telephone,
        attachmentIds,
        acting,
        formId: randomUUID(),
      },
    ]),
  );
  life.needId = filed!.id;
  life.number = filed!.number;
}

/** Does one move of the loop as somebody; refusals are thrown. */
export async function move(life: Life, actor: Actor, given: Given): Promise<void> {
  const { demo } = life;
  const { pictures = [], note = '', ...body } = given;
  const attachmentIds: Id[] = [];
  for (const name of pictures) attachmentIds.push(await picture(life, actor, name));
  demo.moment();
  await demo.database.write(actor, `need.${given.move}`, (tx) =>
    demo.need.move(tx, [
      {
        needId: life.needId,
        version: null,
        input: { ...body, note, attachmentIds, version: 0 } as unknown as MoveInput,
      },
    ]),
  );
}

async function picture(life: Life, actor: Actor, name: string): Promise<Id> {
  const { id } = await life.demo.attachment.add(actor, pictureOf(life.demo.things, name));
  return id;
}

/** The state of the need when this half-day began. */
export function stateOf(life: Life): string {
  return life.demo.states.get(life.needId) ?? 'submitted';
}

/** A visit to verify: what was seen, the price looked up, and for a wish the text for the wall. */
export async function verify(life: Life, finding: 'true' | 'partly' = 'true'): Promise<void> {
  const { asked, random, demo } = life;
  const now = demo.clock.now();
  const isWish = life.kind === 'micro_wish';
  const record = {
    move: 'verify' as const,
    visitedAt: new Date(now.getTime() - between(random, 20, 200) * 60_000).toISOString(),
    place: '入户',
    seen: asked.seen,
    finding,
    priceYuan: String(asked.amountFen / 100),
    priceSource: isWish ? '驿站与网上商城两家比价' : '单据核算',
    secondSource: asked.secondSource,
    validUntil: addDays(dateInShanghai(now), 90),
    publicTitle: asked.publicTitle,
    publicText: asked.publicText,
    statutory: isWish
      ? []
      : statutoryAids.map((aid) => ({
          aid,
          result: aid === asked.aid ? ('refer' as const) : ('not_entitled' as const),
          note: aid === asked.aid ? '符合申请条件，可转介。' : '已核对，不符合条件。',
        })),
  };
  try {
    await move(life, life.worker, record);
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'public_text_names_person') throw thrown;
    // As a worker would: the text is written anew when it could lead to its person.
    await move(life, life.worker, { ...record, publicText: wishes.alternativeText });
  }
}

/** The asker's word, the way she can give it: herself, on the telephone to a second worker, or on paper. */
export async function feedBack(
  life: Life,
  way: 'own' | 'call' | 'paper',
  met: 'yes' | 'partly' | 'no' = 'yes',
): Promise<void> {
  const { random, asker } = life;
  const said = { yes: words.thanks, partly: words.partly, no: words.notYet }[met];
  const answer = { met, words: pick(random, said) };
  if (way === 'own' && asker.account)
    return await move(life, asker.account, { move: 'confirm', ...answer });
  if (way === 'paper')
    return await move(life, life.worker, { move: 'paper_slip', ...answer, pictures: ['paper'] });
  const calledAt = new Date(life.demo.clock.now().getTime() - 600_000).toISOString();
  await move(life, life.colleague, { move: 'call_back', ...answer, calledAt });
}

/** Proposes a payment for the need; answers the proposal and its approval. */
export async function propose(
  life: Life,
  actor: Actor,
  given: {
    source: { kind: 'fund' | 'item' | 'campaign'; id: Id };
    payee: { kind: 'organization' | 'person'; id: Id };
    amountFen: number;
    purpose: string;
  },
): Promise<Proposed> {
  const { demo } = life;
  return await proposeFor(demo, actor, { ...given, needId: life.needId });
}

export interface Proposed {
  proposalId: Id;
  approvalId: Id;
}

/** Proposes a payment, for a need or for none. */
export async function proposeFor(
  demo: Demo,
  actor: Actor,
  given: Omit<Parameters<Demo['fund']['propose']>[1], 'attachmentIds' | 'formId'>,
): Promise<Proposed> {
  demo.moment();
  const { proposalId } = await demo.database.write(actor, 'fund.propose', (tx) =>
    demo.fund.propose(tx, { ...given, attachmentIds: [], formId: randomUUID() }),
  );
  const { approval_id: approvalId } = await demo.database.read(systemActor('demo'), (tx) =>
    tx.db
      .selectFrom('proposal')
      .select('approval_id')
      .where('id', '=', proposalId)
      .executeTakeFirstOrThrow(),
  );
  return { proposalId, approvalId };
}

/** One approver's word. */
export async function decide(
  demo: Demo,
  name: 'approver' | 'approver2' | 'approver3',
  { approvalId, refuse }: { approvalId: Id; refuse?: string },
): Promise<void> {
  demo.moment();
  await demo.database.write(demo.staff.get(name)!, 'fund.decide', (tx) =>
    demo.fund.decide(tx, {
      approvalId,
      decision: refuse ? 'refuse' : 'approve',
      note: refuse ?? '',
    }),
  );
}

/** The accountant pays what was approved. */
export async function pay(demo: Demo, proposalId: Id): Promise<void> {
  demo.moment();
  await demo.database.write(demo.staff.get('accountant')!, 'fund.pay', (tx) =>
    demo.fund.pay(tx, {
      proposalId,
      bankReference: `网银回单 ${proposalId.slice(-6).toUpperCase()}`,
      paidOn: dateInShanghai(tx.now),
    }),
  );
}

/** What an account of the ledger has that nothing holds, in fen. */
export async function availableIn(demo: Demo, accountId: Id): Promise<number> {
  const [held] = await demo.database.read(systemActor('demo'), (tx) =>
    balances(tx.sql, [accountId]),
  );
  return held?.available ?? 0;
}
