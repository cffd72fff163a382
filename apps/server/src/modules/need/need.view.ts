import { Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import type { AttachmentView } from '../attachment/index.ts';
import type { TaskClock } from '../desk/index.ts';
import { maskName, type DataSection, type NeedLine } from '../resident/index.ts';
import { possibleMoves } from './need.decide.ts';
import { factsOf } from './need.engine.ts';
import { listProposals } from './need.federation.ts';
import { listLikely, listOfPerson, listOwn } from './need.lists.ts';
import type { NeedNeeds } from './need.ports.ts';
import {
  listEvents,
  listReferrals,
  listVerifications,
  type NeedEvent,
  type Verification,
} from './need.records.ts';
import { nextStep, stateWord } from './need.sentences.ts';
import { listByIds, readSealed, type SealedNeed } from './need.store.ts';
import { loopTasks, stageOfTask, type Need } from './need.ts';

type Routes = typeof routes.need;
export type NeedRow = RouteOutput<Routes['list']>['items'][number];
export type NeedView = RouteOutput<Routes['read']>;
export type OwnNeed = RouteOutput<Routes['readMine']>;

/** What several needs have in common when they are shown: opened once, in batch. */
interface Opened {
  sealed: Map<Id, SealedNeed>;
  boxes: Map<Id, Box>;
  clocks: Map<Id, TaskClock>;
}

async function openAll(needs: NeedNeeds, tx: Scoped, ids: readonly Id[]): Promise<Opened> {
  return {
    sealed: await readSealed(tx, ids),
    boxes: await needs.vault.findBoxes(tx, ids),
    clocks: await needs.desk.clockOf(tx, ids, loopTasks),
  };
}

/** The text of sealed bytes; empty when the key was destroyed. */
function open(box: Box | undefined, sealed: Buffer | null | undefined): string {
  return box && sealed ? box.open(sealed) : '';
}

/** Needs as lists show them: the name masked. */
export async function rowsOf(
  needs: NeedNeeds,
  tx: Scoped,
  list: readonly Need[],
): Promise<NeedRow[]> {
  const opened = await openAll(
    needs,
    tx,
    list.map((need) => need.id),
  );
  return list.map((need) => rowOf(needs, need, opened));
}

function rowOf(needs: NeedNeeds, need: Need, { sealed, boxes, clocks }: Opened): NeedRow {
  const box = boxes.get(need.id);
  const texts = sealed.get(need.id);
  const clock = clocks.get(need.id);
  return {
    id: need.id,
    number: need.number,
    kind: need.kind,
    state: need.state,
    title: open(box, texts?.title),
    maskedName: maskName(open(box, texts?.name)) || '*',
    area: needs.place.ref(need.areaId),
    amountFen: need.priceFen ?? need.amountFen,
    filedAt: need.filedAt.toISOString(),
    clock: clock
      ? {
          stage: stageOfTask(clock.kind),
          dueAt: clock.dueAt.toISOString(),
          workingMinutesLeft: clock.workingMinutesLeft,
          state: clock.state,
        }
      : null,
    escalatedTo: clock?.escalatedTo ?? null,
    version: need.version,
  };
}

/** One need of the actor's scope; refuses with `not_found`. */
async function getNeed(tx: Scoped, id: Id): Promise<Need> {
  const [need] = await listByIds(tx, [id]);
  if (!need) throw new Refusal('not_found');
  return need;
}

/** One's own matters as their asker sees them. */
export async function ownViews(
  needs: NeedNeeds,
  tx: Scoped,
  list: readonly Need[],
): Promise<OwnNeed[]> {
  const opened = await openAll(
    needs,
    tx,
    list.map((need) => need.id),
  );
  const views: OwnNeed[] = [];
  for (const need of list) {
    const shared = await sharedOf(needs, tx, need, opened);
    views.push({
      ...rowOf(needs, need, opened),
      ...shared,
      nextStep: nextStep(need, tx.actor.language),
      itemId: need.itemId,
      isForAnother:
        need.personId === null && (opened.sealed.get(need.id)?.relation ?? 'self') !== 'self',
    });
  }
  return views;
}

/** One of the actor's own matters; refuses with `not_found`. */
export async function readOwn(needs: NeedNeeds, tx: Scoped, id: Id): Promise<OwnNeed> {
  return (await ownViews(needs, tx, [await getNeed(tx, id)]))[0]!;
}

/** What asker and office both see: the story, the history, what can be done, who handles it. */
async function sharedOf(needs: NeedNeeds, tx: Scoped, need: Need, opened: Opened) {
  const box = opened.boxes.get(need.id);
  const history = await listEvents(tx, [need.id]);
  const pictures = (await needs.attachment.of(tx, [need.id])).get(need.id) ?? [];
  const facts = await factsOf(needs, tx, need, { input: null, history });
  const names = await needs.access.names(
    tx,
    [...history.map(({ actorId }) => actorId), need.handledById].filter((id) => id !== null),
  );
  const system = tx.actor.language === 'zh' ? '系统' : 'System';
  const later = new Set(history.slice(1).flatMap((event) => event.attachmentIds));
  return {
    story: open(box, opened.sealed.get(need.id)?.story),
    history: history.map((event) => entryOf(event, { box, names, pictures, system })),
    attachments: pictures.filter(({ id }) => !later.has(id)),
    moves: possibleMoves({ need, actor: tx.actor, now: tx.now, facts }),
    handledByName: need.handledById ? (names.get(need.handledById) ?? null) : null,
    deskTelephone: needs.place.area(need.areaId).deskTelephone,
  };
}

function entryOf(
  event: NeedEvent,
  context: {
    box: Box | undefined;
    names: ReadonlyMap<Id, string>;
    pictures: readonly AttachmentView[];
    /** The system's name in the reader's language. */
    system: string;
  },
): OwnNeed['history'][number] {
  const { box, names, pictures, system } = context;
  return {
    id: event.id,
    at: event.at.toISOString(),
    move: event.move as OwnNeed['history'][number]['move'],
    state: event.state,
    byName: event.actorId ? (names.get(event.actorId) ?? '') : system,
    byRole: event.role,
    note: open(box, event.noteSealed) || null,
    attachments: pictures.filter(({ id }) => event.attachmentIds.includes(id)),
  };
}

/** One need of the office's scope with all that was recorded; refuses with `not_found`. */
export async function readNeed(needs: NeedNeeds, tx: Scoped, id: Id): Promise<NeedView> {
  const need = await getNeed(tx, id);
  const opened = await openAll(needs, tx, [id]);
  const box = opened.boxes.get(id);
  const texts = opened.sealed.get(id);
  const shared = await sharedOf(needs, tx, need, opened);
  const records = await listVerifications(tx, [id]);
  const names = await needs.access.names(tx, [
    need.filedById,
    ...records.map(({ actorId }) => actorId),
  ]);
  const referrals = await listReferrals(tx, [id]);
  const waiting = referrals.find(({ resultAt }) => resultAt === null);
  return {
    ...rowOf(needs, need, opened),
    ...shared,
    filedBy: {
      relation: (texts?.relation ?? 'self') as NeedView['filedBy']['relation'],
      name: names.get(need.filedById) ?? '',
      consentForm: (texts?.consentForm ?? 'own_account') as NeedView['filedBy']['consentForm'],
    },
    personId: need.personId,
    verifications: records.map((record) => verificationView(record, box, names)),
    possibleDuplicates: await duplicatesOf(needs, tx, need),
    matches: await matchesOf(needs, tx, need),
    statutoryDeadline: waiting?.dueAt.toISOString() ?? null,
    tries: shared.history.filter(({ move }) => move === 'note_try').map(({ at }) => at),
  };
}

function verificationView(
  record: Verification,
  box: Box | undefined,
  names: ReadonlyMap<Id, string>,
): NeedView['verifications'][number] {
  const notes = JSON.parse(open(box, record.statutoryNotesSealed) || '{}') as Record<
    string,
    string
  >;
  type Statutory = NeedView['verifications'][number]['statutory'][number];
  return {
    visitedAt: record.visitedAt.toISOString(),
    place: open(box, record.placeSealed),
    seen: open(box, record.seenSealed),
    finding: record.finding,
    priceFen: record.priceFen,
    priceSource: record.priceSource,
    secondSource: open(box, record.secondSourceSealed) || null,
    validUntil: record.validUntil,
    publicText: record.publicText,
    publicTitle: record.publicTitle,
    byName: names.get(record.actorId) ?? '',
    statutory: record.statutory.map(({ aid, result }) => ({
      aid: aid as Statutory['aid'],
      result: result as Statutory['result'],
      note: notes[aid] ?? '',
    })),
  };
}

async function duplicatesOf(
  needs: NeedNeeds,
  tx: Scoped,
  need: Need,
): Promise<NeedView['possibleDuplicates']> {
  if (tx.actor.login !== 'staff') return [];
  const rows = await rowsOf(needs, tx, await listLikely(tx, need.id));
  return rows.map(({ id, number, title, state, filedAt }) => ({
    id,
    number,
    title,
    state,
    filedAt,
  }));
}

/** What meets a need: campaign item, offers, proposals, referrals. */
async function matchesOf(needs: NeedNeeds, tx: Scoped, need: Need): Promise<NeedView['matches']> {
  const item = (await needs.donation.itemsOf(tx, [need.id])).get(need.id);
  const offers = tx.actor.login === 'staff' ? await needs.resource.ofNeeds(tx, [need.id]) : [];
  const proposals = await listProposals(tx, [need.id]);
  const referrals = await listReferrals(tx, [need.id]);
  return [
    ...(item
      ? [
          {
            kind: 'item' as const,
            id: item.itemId,
            label: need.number,
            state: item.state,
            amountFen: item.givenFen,
          },
        ]
      : []),
    ...offers.map((offer) => ({
      kind: 'offer' as const,
      id: offer.id,
      label: offer.title,
      state: offer.state,
      amountFen: null,
    })),
    ...proposals.map((proposal) => ({
      kind: 'proposal' as const,
      id: proposal.proposalId,
      label: proposal.number,
      state: proposal.state,
      amountFen: proposal.amountFen,
    })),
    ...referrals.map((referral) => ({
      kind: 'referral' as const,
      id: referral.id,
      label: referral.to,
      state: referral.resultAt ? 'answered' : 'waiting',
      amountFen: null,
    })),
  ];
}

/** The needs of a person, for her file. */
export async function linesOf(needs: NeedNeeds, tx: Scoped, personId: Id): Promise<NeedLine[]> {
  const rows = await rowsOf(needs, tx, await listOfPerson(tx, personId));
  return rows.map(({ id, number, title, state, filedAt }) => ({
    id,
    number,
    title,
    state,
    filedAt,
  }));
}

const OWN_MOST = 1_000;

const sectionWords = {
  zh: {
    needs: '我的求助和心愿',
    number: '编号',
    title: '事项',
    story: '说明',
    contact: '联系电话',
    state: '状态',
    filedAt: '提出时间',
  },
  en: {
    needs: 'What I asked and wished for',
    number: 'Number',
    title: 'Matter',
    story: 'Story',
    contact: 'Telephone',
    state: 'State',
    filedAt: 'Filed',
  },
} as const;

/** What the loop holds about the caller's account, for her my-data page. */
export async function ownSections(needs: NeedNeeds, tx: Scoped): Promise<DataSection[]> {
  const accountId = tx.actor.accountId!;
  const list = await listOwn(tx, accountId, { after: undefined, limit: OWN_MOST });
  const opened = await openAll(
    needs,
    tx,
    list.map((need) => need.id),
  );
  const { language } = tx.actor;
  const say = sectionWords[language];
  return [
    {
      title: say.needs,
      rows: list.map((need) => {
        const box = opened.boxes.get(need.id);
        const texts = opened.sealed.get(need.id);
        return {
          [say.number]: need.number,
          [say.title]: open(box, texts?.title),
          [say.story]: open(box, texts?.story),
          [say.contact]: open(box, texts?.contact),
          [say.state]: stateWord(need.state, language),
          [say.filedAt]: need.filedAt.toISOString(),
        };
      }),
    },
  ];
}
