import { dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import { statutoryAids, type Language, type NeedState, type shapes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import { stateWord } from './need.sentences.ts';
import { excludedGoods, traceWords, tracesOfPerson } from './need.text.ts';
import { isOpen, kindOf, TRY_DAYS, type LoopMove, type Need } from './need.ts';

type Body = shapes.MoveBody;
/** What is put in with a move: the contract's bodies, or the few words of the system. */
export type MoveInput =
  | Body
  | {
      move: Extract<LoopMove, 'match' | 'gift_complete' | 'start' | 'undo' | 'lapse' | 'note'>;
      note: string;
      attachmentIds: Id[];
      cause?: 'expired';
    };

/** A verification that was not undone, as far as guards look at it. */
export interface Verified {
  finding: 'true' | 'partly' | 'not_true';
  publicTitle: string | null;
  publicText: string | null;
  statutory: readonly { aid: string; result: string }[];
}

/** What is known about a need besides its row when a move is decided. */
export interface Facts {
  askerName: string;
  verification: Verified | null;
  referrals: readonly { to: string; done: boolean }[];
  /** Days on which contact was tried since it was delivered. */
  tryDays: readonly string[];
  /** True when the actor is the asker or her declared or household relative. */
  actorIsRelative: boolean;
  /** The need another one is merged into, when the move names one. */
  mergeTarget: Need | null;
  lastEvent: { id: Id; move: string; actorId: Id | null; undoUntil: Date | null } | null;
}

export interface MoveContext {
  need: Need;
  input: MoveInput;
  actor: Actor;
  now: Date;
  facts: Facts;
}

type Guard = (context: MoveContext) => Refusal | null;

const refuse = (when: boolean, ...how: ConstructorParameters<typeof Refusal>): Refusal | null =>
  when ? new Refusal(...how) : null;
const notPossible = ({ need, actor }: MoveContext): Refusal =>
  new Refusal('move_not_possible', { state: stateWord(need.state, actor.language) });
const bodyOf = <Move extends Body['move']>(context: MoveContext, move: Move) =>
  context.input.move === move ? (context.input as Extract<Body, { move: Move }>) : null;

/** Guards that look at the need alone: they also say on the page why a move is not possible now. */
const stateGuards = {
  not_relative: ({ facts }) => refuse(facts.actorIsRelative, 'relative_must_stand_aside'),
  not_sent_up: (context) => (context.need.level === 'street' ? notPossible(context) : null),
  waits_for_street: (context) =>
    context.need.level === 'street' && !context.need.assessed ? null : notPossible(context),
  own_level: ({ need, actor }) =>
    refuse(need.level === 'street' && actor.role !== 'street_officer', 'move_not_yours', {
      who: moverWord('street_officer', actor.language),
    }),
  appeal_unused: (context) => (context.need.appeal === null ? null : notPossible(context)),
  appeal_in_time: ({ need, now }) => {
    const days = kindOf(need).appealDays;
    const end = (need.refusedAt?.getTime() ?? 0) + days * 86_400_000;
    return refuse(now.getTime() > end, 'appeal_too_late', { days });
  },
  appeal_open: (context) => (context.need.appeal === 'open' ? null : notPossible(context)),
  above_refuser: ({ need, actor }) => {
    const who = need.refusedLevel === 'street' ? 'district_officer' : 'street_officer';
    return refuse(actor.role !== who, 'move_not_yours', { who: moverWord(who, actor.language) });
  },
  statutory_checked: ({ need, facts }) => {
    if (!kindOf(need).statutoryFirst) return null;
    const checked = new Set(facts.verification?.statutory.map(({ aid }) => aid));
    return refuse(!statutoryAids.every((aid) => checked.has(aid)), 'statutory_first');
  },
  aids_referred: ({ facts }) => {
    const referred = new Set(facts.referrals.map(({ to }) => to));
    const waiting = facts.verification?.statutory.filter(
      ({ aid, result }) => result === 'refer' && !referred.has(aid),
    );
    return refuse((waiting?.length ?? 0) > 0, 'statutory_first');
  },
  referral_waits: (context) =>
    context.facts.referrals.some(({ done }) => !done) ? null : notPossible(context),
  not_delivered: (context) => (context.need.deliveredAt ? notPossible(context) : null),
  something_done: (context) =>
    context.need.deliveredAt || context.facts.referrals.some(({ done }) => done)
      ? null
      : notPossible(context),
  second_worker: ({ need, actor }) =>
    refuse(
      actor.accountId === need.handledById || actor.accountId === need.deliveredById,
      'second_worker_required',
    ),
  tries_enough: ({ facts }) => {
    const days = new Set(facts.tryDays).size;
    return refuse(days < TRY_DAYS, 'tries_not_enough', { days });
  },
  undo_in_time: (context) => {
    const { lastEvent } = context.facts;
    const mine = lastEvent && lastEvent.actorId === context.actor.accountId;
    return mine && lastEvent.undoUntil && context.now <= lastEvent.undoUntil
      ? null
      : notPossible(context);
  },
} as const satisfies Record<string, Guard>;

/** Guards that look at what was put in. */
const inputGuards = {
  note_given: ({ input }) => refuse(input.note.trim() === '', 'reason_required', {}, 'note'),
  note_or_picture: ({ input }) =>
    refuse(input.note.trim() === '' && !input.attachmentIds.length, 'reason_required', {}, 'note'),
  office_notes_why: ({ input, actor, need }) =>
    refuse(
      input.note.trim() === '' && actor.accountId !== need.accountId,
      'reason_required',
      {},
      'note',
    ),
  visit_dates: (context) => {
    const body = bodyOf(context, 'verify');
    if (!body) return null;
    return (
      refuse(new Date(body.visitedAt) > context.now, 'input_invalid', {}, 'visitedAt') ??
      refuse(body.validUntil < dateInShanghai(context.now), 'input_invalid', {}, 'validUntil')
    );
  },
  price_in_limit: (context) => {
    const body = bodyOf(context, 'verify');
    if (!body || body.priceYuan === null) return null;
    const fen = parseYuan(body.priceYuan);
    const most = kindOf(context.need).mostFen;
    return (
      refuse(!fen, 'amount_invalid', {}, 'priceYuan') ??
      refuse(most !== null && fen! > most, 'wish_amount_limit', {}, 'priceYuan')
    );
  },
  second_source: (context) => {
    const body = bodyOf(context, 'verify');
    const wanted = kindOf(context.need).statutoryFirst && body?.finding !== 'not_true';
    return refuse(
      wanted && !body?.secondSource?.trim(),
      'second_source_required',
      {},
      'secondSource',
    );
  },
  statutory_listed: (context) => {
    const body = bodyOf(context, 'verify');
    if (!kindOf(context.need).statutoryFirst || !body || body.finding === 'not_true') return null;
    const listed = new Set(body.statutory.map(({ aid }) => aid));
    return refuse(
      !statutoryAids.every((aid) => listed.has(aid)),
      'statutory_first',
      {},
      'statutory',
    );
  },
  public_words: (context) => {
    const body = bodyOf(context, 'verify');
    if (!body) return null;
    return publicWords(context, body);
  },
  referred_once: (context) => {
    const body = bodyOf(context, 'refer');
    return body && context.facts.referrals.some(({ to }) => to === body.to)
      ? notPossible(context)
      : null;
  },
  platform_last: (context) => {
    const body = bodyOf(context, 'refer');
    if (body?.to !== 'designated_platform') return null;
    return stateGuards.aids_referred(context);
  },
  merge_target: (context) => {
    const { need, facts } = context;
    const target = facts.mergeTarget;
    if (!target) return new Refusal('not_found', {}, 'intoNumber');
    if (target.id === need.id) return new Refusal('merge_into_itself', {}, 'intoNumber');
    return target.kind === need.kind && isOpen(target.state) ? null : notPossible(context);
  },
  way_fits: (context) => {
    const body = bodyOf(context, 'match');
    if (!body) return null;
    const { need, facts } = context;
    if (body.way === 'offer') return refuse(!body.offerId, 'offer_not_open', {}, 'offerId');
    if (body.way === 'item') {
      const ready = kindOf(need).publicWall && facts.verification?.publicText;
      if (!ready || need.itemId) return notPossible(context);
      return refuse(!(need.priceFen ?? need.amountFen), 'amount_invalid');
    }
    return need.kind === 'help_request' && need.level === 'street' && !need.assessed
      ? notPossible(context)
      : null;
  },
  delivery_picture: ({ input }) =>
    refuse(input.attachmentIds.length === 0, 'delivery_photo_required', {}, 'attachmentIds'),
  slip_picture: ({ input }) =>
    refuse(input.attachmentIds.length === 0, 'slip_photo_required', {}, 'attachmentIds'),
  call_dates: (context) => {
    const body = bodyOf(context, 'call_back');
    return refuse(
      body !== null && new Date(body.calledAt) > context.now,
      'input_invalid',
      {},
      'calledAt',
    );
  },
  lapse_cause: (context) => {
    const byHand = bodyOf(context, 'lapse')?.cause !== 'expired';
    return byHand === (context.actor.login !== 'system') ? null : notPossible(context);
  },
} as const satisfies Record<string, Guard>;

/** A wish goes on the wall in the worker's words, which name nobody; a help request has none (C-20). */
function publicWords(
  { need, actor, facts }: MoveContext,
  body: Extract<Body, { move: 'verify' }>,
): Refusal | null {
  if (!kindOf(need).publicWall)
    return refuse(!!(body.publicText || body.publicTitle), 'input_invalid', {}, 'publicText');
  if (body.finding === 'not_true') return null;
  if (!body.publicTitle?.trim()) return new Refusal('reason_required', {}, 'publicTitle');
  if (!body.publicText?.trim()) return new Refusal('reason_required', {}, 'publicText');
  if (excludedGoods(body.publicTitle)) return new Refusal('wish_goods_excluded', {}, 'publicTitle');
  for (const field of ['publicTitle', 'publicText'] as const) {
    const found = tracesOfPerson(body[field]!, facts.askerName);
    if (found.length > 0)
      return new Refusal(
        'public_text_names_person',
        { found: traceWords(found, actor.language) },
        field,
      );
  }
  return null;
}

const guards: Record<string, Guard> = { ...stateGuards, ...inputGuards };
export type GuardName = keyof typeof stateGuards | keyof typeof inputGuards;

/** The first guard that says no, or null. `stateOnly` leaves out those that look at what was put in. */
export function firstRefusal(
  names: readonly GuardName[],
  context: MoveContext,
  stateOnly = false,
): Refusal | null {
  for (const name of names) {
    if (stateOnly && name in inputGuards) continue;
    const refusal = guards[name]!(context);
    if (refusal) return refusal;
  }
  return null;
}

const MOVER_WORDS: Record<string, Record<Language, string>> = {
  asker: { zh: '求助人本人', en: 'the asker' },
  community_worker: { zh: '社区工作者', en: 'the community worker' },
  street_officer: { zh: '街道', en: 'the street office' },
  district_officer: { zh: '区级', en: 'the district office' },
  system: { zh: '系统', en: 'the system' },
};

/** A mover as a refusal names it. */
export function moverWord(mover: string, language: Language): string {
  return MOVER_WORDS[mover]?.[language] ?? mover;
}

/** A refusal because the need is in another state, in the actor's words. */
export function wrongState(state: NeedState, language: Language): Refusal {
  return new Refusal('move_not_possible', { state: stateWord(state, language) });
}
