import type { Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import { viewDelivery, type DeliveryView, type ProblemView } from './delivery.service.ts';
import { expire } from './expire.service.ts';
import { discardDelivery, importDeliveries } from './import.service.ts';
import { linkIfStale, relink, type LinkFigures } from './link.service.ts';
import { followPerson, markStale } from './link.store.ts';
import { readLinks, sourcesOf, type LinkLine, type SourceOfPerson } from './links.service.ts';
import { listProblems } from './problem.sheet.ts';
import { readFile, type RosterFile } from './read.service.ts';
import {
  answerQuestion,
  separate,
  undoAnswer,
  viewAnswers,
  viewQuestions,
} from './review.service.ts';
import { countQuestions, listOpenPairs } from './review.store.ts';
import type { RosterNeeds } from './roster.needs.ts';
import { rosterHandlers } from './roster.routes.ts';
import { viewRosters } from './roster.service.ts';

export type { DeliveryView, ProblemView } from './delivery.service.ts';
export type { LinkFigures } from './link.service.ts';
export type { LinkLine, SourceOfPerson } from './links.service.ts';
export { problemWords } from './problem.words.ts';
export type { RosterFile } from './read.service.ts';
export type RosterModule = ReturnType<typeof createRoster>;

const LINK_SECONDS = 3;
const EXPIRE_SECONDS = 3_600;

/** Rosters in, who is who, and persons made of rows. */
export function createRoster(needs: RosterNeeds) {
  const ticks: Tick[] = [
    {
      name: 'roster links',
      everySeconds: LINK_SECONDS,
      run: async () => void (await linkIfStale(needs)),
    },
    { name: 'roster retention', everySeconds: EXPIRE_SECONDS, run: () => expire(needs) },
  ];
  return {
    handlers: rosterHandlers(needs),
    ticks,
    /** Reads a file and keeps it waiting; see the module's README. */
    read: (actor: Actor, file: RosterFile, onRows?: (rows: number) => void) =>
      readFile(needs, actor, file, onRows),
    delivery: (actor: Actor, deliveryId: Id): Promise<DeliveryView> =>
      viewDelivery(needs, actor, deliveryId),
    /** Every wrong cell that is kept of a delivery. */
    problems: (actor: Actor, deliveryId: Id): Promise<ProblemView[]> =>
      listProblems(needs, actor, deliveryId),
    /** Makes deliveries the ones in force, whole or not at all, and puts persons together anew. */
    import: (actor: Actor, deliveryIds: readonly Id[]): Promise<LinkFigures> =>
      importDeliveries(needs, actor, deliveryIds),
    discard: (actor: Actor, deliveryId: Id): Promise<void> =>
      discardDelivery(needs, actor, deliveryId),
    list: (actor: Actor) => viewRosters(needs, actor),
    /** Puts persons together anew if answers, columns or files opened by hand wait for it. */
    linkIfStale: () => linkIfStale(needs),
    /** The same in any case; `relearn`: from the ground. */
    relink: (relearn: boolean) => relink(needs, relearn),
    /** Says that persons must be put together anew, as when files were opened by hand. */
    markStale: (tx: Scoped): Promise<void> => markStale(tx),
    /** Rows in force and whose they are. */
    links: (): Promise<LinkLine[]> => readLinks(needs),
    /** Port of `resident`: she lives in another area now. System login. */
    followPerson,
    /** What rosters say of a person, for her file. */
    sourcesOf: (tx: Scoped, personId: Id): Promise<SourceOfPerson[]> =>
      sourcesOf(needs, tx, personId),
    /** The two persons of every link that waits for a person's word. System login. */
    openPairs: (tx: Scoped) => listOpenPairs(tx),
    /** Port of `program`: how many questions the caller may see in the review. */
    countQuestions: (tx: Scoped) => countQuestions(tx),
    questions: (actor: Actor, page: { after?: string; limit: number }) =>
      viewQuestions(needs, actor, page),
    answer: (actor: Actor, answer: { questionId: Id; word: 'same' | 'different' }) =>
      answerQuestion(needs, actor, answer),
    answers: (actor: Actor, page: { after?: string; limit: number }) =>
      viewAnswers(needs, actor, page),
    undoAnswer: (actor: Actor, answerId: Id) => undoAnswer(needs, actor, answerId),
    separate: (actor: Actor, row: { personId: Id; sourceRowId: Id }) => separate(needs, actor, row),
    /** Lets go of entries whose retention is over. */
    expire: () => expire(needs),
  };
}
