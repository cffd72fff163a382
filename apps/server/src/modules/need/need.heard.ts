import type { Id } from '@wennuan/basics';
import type { SequencedEvent } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { listByIds } from './need.store.ts';
import type { Need } from './need.ts';
import type { WishStep } from './need.wall.ts';

/** Bodies of the events the loop hears; ids and codes only. */
export interface Body {
  needId?: Id | null;
  move?: string;
  state?: string;
  subjectId?: Id;
  subjectKind?: string;
  step?: string;
  amountFen?: number;
  giftId?: Id;
  offerId?: Id;
  proposalId?: Id;
  number?: string;
}

/** What a batch of events comes to: done once and last, however many events said the same. */
export interface Batch {
  /** The needs of the batch, as the moves made here have left them. */
  needs: Map<Id, Need>;
  /** Wishes whose cards have to be brought in line, and what is added to their public stories. */
  cards: Set<Id>;
  steps: { id: Id; needId: Id; at: Date; step: WishStep; amountFen: number | null }[];
  /** Items to end: handing on posts to the ledger, once and last. */
  ending: Map<Id, { itemId: Id; needId: Id; reason: string }>;
}

/** One event with the need it is about. */
export interface Heard {
  event: SequencedEvent;
  body: Body;
  need: Need;
  batch: Batch;
}

/** The need an event is about, or null. */
export function needIdOf(event: SequencedEvent): Id | null {
  const body = event.body as Body;
  return body.needId ?? (body.subjectKind === 'need' ? (body.subjectId ?? null) : null);
}

/** Opens a batch: the needs its events are about are read once. */
export async function openBatch(tx: Writing, events: readonly SequencedEvent[]): Promise<Batch> {
  const found = await listByIds(
    tx,
    events.flatMap((event) => needIdOf(event) ?? []),
  );
  return {
    needs: new Map(found.map((need) => [need.id, need])),
    cards: new Set(),
    steps: [],
    ending: new Map(),
  };
}

/** Notes that a wish's card changed, with the step its public story gained. */
export function onWall({ event, body, need, batch }: Heard, step: WishStep): void {
  batch.cards.add(need.id);
  const amountFen = body.amountFen ?? null;
  batch.steps.push({ id: event.id, needId: need.id, at: event.at, step, amountFen });
}
