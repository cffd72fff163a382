import { addDays, dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { NeedState, shapes } from '@wennuan/contract';
import type { Writing } from '../../platform/database/database.ts';
import type { JsonValue } from '../../platform/database/types.ts';
import type { MoveContext } from './need.guards.ts';
import type { NeedNeeds } from './need.ports.ts';
import {
  closeReferral,
  insertReferral,
  insertVerification,
  listReferrals,
} from './need.records.ts';
import { kindOf, REFERRAL_WORKING_DAYS, type Need, type NeedChange } from './need.ts';

type Body = shapes.MoveBody;
type BodyOf<Move extends Body['move']> = Extract<Body, { move: Move }>;

/** What a move did besides the state: coded facts for the history. */
export interface Effect {
  change: NeedChange;
  detail: Record<string, JsonValue>;
}

/** The coded fields a move changes, from the table's decision alone. */
export function changeOf(context: MoveContext, to: NeedState): NeedChange {
  const { need, input, actor, now, facts } = context;
  const me = { handledById: actor.accountId ?? need.handledById };
  switch (input.move) {
    case 'verify':
      return { ...verified(need, input as BodyOf<'verify'>, { to, now }), ...me };
    case 'send_up':
      return { level: 'street', assessed: false };
    case 'assess':
      return { assessed: true };
    case 'refuse':
      return {
        refusedAt: now,
        refusedLevel: actor.role === 'street_officer' ? 'street' : need.level,
        appeal: null,
      };
    case 'appeal':
      return { appeal: 'open' };
    case 'uphold':
      return { appeal: 'upheld' };
    case 'overturn':
      return { appeal: 'overturned', verifiedAt: need.verifiedAt ?? now, ...lapseFrom(need, now) };
    case 'merge':
      return { mergedInto: facts.mergeTarget!.id };
    case 'start':
    case 'match':
      return me;
    case 'deliver':
      return { deliveredAt: now, deliveredById: actor.accountId, ...me };
    case 'confirm':
    case 'call_back':
    case 'paper_slip':
      // Not (wholly) met: what was delivered is history, the search goes on for the rest.
      return to === 'fed_back' ? {} : { deliveredAt: null };
    case 'close':
    case 'give_up':
      return { closedAt: now };
    case 'reopen':
      return { closedAt: null, deliveredAt: null, reopened: need.reopened + 1 };
    default:
      return {};
  }
}

function verified(
  need: Need,
  body: BodyOf<'verify'>,
  { to, now }: { to: NeedState; now: Date },
): NeedChange {
  return {
    finding: body.finding,
    priceFen: body.priceYuan === null ? null : parseYuan(body.priceYuan),
    verifiedAt: to === 'verified' ? now : null,
    ...(to === 'verified' ? lapseFrom(need, now) : { expiresOn: null }),
  };
}

function lapseFrom(need: Need, now: Date): NeedChange {
  const { lapseDays } = kindOf(need);
  return { expiresOn: lapseDays === null ? null : addDays(dateInShanghai(now), lapseDays) };
}

/** Does what a move does besides changing the need's row; goods are posted to the ledger last. */
export async function carryOut(
  needs: NeedNeeds,
  tx: Writing,
  context: MoveContext,
): Promise<Effect> {
  const { need, input } = context;
  await needs.attachment.adopt(tx, input.attachmentIds, {
    subjectKind: 'need',
    subjectId: need.id,
    areaId: need.areaId,
    readerAccountId: need.accountId,
    // Of a wish, the picture of the thing delivered goes on the wall; of a help request nothing does.
    published: input.move === 'deliver' && kindOf(need).publicWall,
    sharedWithFederation: need.federationSince !== null,
  });
  switch (input.move) {
    case 'verify':
      return await keepVerification(needs, tx, need, input as BodyOf<'verify'>);
    case 'refer':
      return await refer(needs, tx, need, input as BodyOf<'refer'>);
    case 'note_referral_result':
      return await noteResult(needs, tx, need, input.note);
    case 'match':
      return 'way' in input ? await match(needs, tx, context, input) : { change: {}, detail: {} };
    case 'confirm':
    case 'call_back':
    case 'paper_slip':
      return { change: {}, detail: { met: (input as BodyOf<'confirm'>).met } };
    case 'lapse':
      return { change: {}, detail: { cause: (input as BodyOf<'lapse'>).cause } };
    case 'merge':
      return { change: {}, detail: { into: context.facts.mergeTarget!.number } };
    default:
      return { change: {}, detail: {} };
  }
}

async function keepVerification(
  needs: NeedNeeds,
  tx: Writing,
  need: Need,
  body: BodyOf<'verify'>,
): Promise<Effect> {
  const box = (await needs.vault.boxes(tx, [need.id])).get(need.id)!;
  const id = needs.newId();
  const onWall = kindOf(need).publicWall && body.finding !== 'not_true';
  const notes = Object.fromEntries(body.statutory.map(({ aid, note }) => [aid, note]));
  await insertVerification(tx, need, {
    id,
    level: tx.actor.role === 'street_officer' ? 'street' : 'community',
    visitedAt: new Date(body.visitedAt),
    placeSealed: box.seal(body.place),
    seenSealed: box.seal(body.seen),
    secondSourceSealed: body.secondSource ? box.seal(body.secondSource) : null,
    finding: body.finding,
    priceFen: body.priceYuan === null ? null : parseYuan(body.priceYuan),
    priceSource: body.priceSource,
    validUntil: body.validUntil,
    publicTitle: onWall ? withoutControls(body.publicTitle) : null,
    publicText: onWall ? withoutControls(body.publicText) : null,
    statutory: body.statutory.map(({ aid, result }) => ({ aid, result })),
    statutoryNotesSealed: body.statutory.length ? box.seal(JSON.stringify(notes)) : null,
  });
  return { change: {}, detail: { verificationId: id, finding: body.finding } };
}

/** Control and direction marks have no place on a public wall; a text column takes no NUL at all. */
function withoutControls(text: string | null): string | null {
  return text && text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim();
}

async function refer(
  needs: NeedNeeds,
  tx: Writing,
  need: Need,
  body: BodyOf<'refer'>,
): Promise<Effect> {
  const box = (await needs.vault.boxes(tx, [need.id])).get(need.id)!;
  const id = needs.newId();
  const minutes = REFERRAL_WORKING_DAYS * 8 * 60;
  const { add } = needs.place.workingTime;
  const dueAt = add(tx.now, minutes);
  await insertReferral(tx, need, { id, to: body.to, reasonSealed: box.seal(body.reason), dueAt });
  await needs.desk.open(tx, [
    {
      kind: 'answer_request',
      subjectKind: 'need',
      subjectId: need.id,
      number: need.number,
      title: '转介办理结果',
      detail: body.to,
      areaId: need.areaId,
      building: null,
      roles: ['street_officer', 'community_worker'],
      level: 'street',
      dueAt,
      warnAt: add(tx.now, minutes / 2),
      urgent: false,
      askerAccountId: need.accountId,
    },
  ]);
  return { change: {}, detail: { referralId: id, to: body.to } };
}

async function noteResult(
  needs: NeedNeeds,
  tx: Writing,
  need: Need,
  note: string,
): Promise<Effect> {
  const box = (await needs.vault.boxes(tx, [need.id])).get(need.id)!;
  const waiting = (await listReferrals(tx, [need.id])).filter(({ resultAt }) => !resultAt);
  const first = waiting[0]!;
  await closeReferral(tx, first.id, box.seal(note));
  if (waiting.length === 1) await closeReferralTask(needs, tx, need.id);
  return { change: {}, detail: { referralId: first.id, to: first.to } };
}

/** No answer of another office is waited for any more. */
export async function closeReferralTask(needs: NeedNeeds, tx: Writing, needId: Id): Promise<void> {
  await needs.desk.close(tx, [{ subjectId: needId, kinds: ['answer_request'] }]);
}

async function match(
  needs: NeedNeeds,
  tx: Writing,
  { need, facts }: MoveContext,
  body: BodyOf<'match'>,
): Promise<Effect> {
  const detail = { way: body.way };
  if (body.way === 'offer') {
    const { id: needId, number } = need;
    await needs.resource.reserve(tx, [{ offerId: body.offerId!, needId, number }]);
    return { change: {}, detail: { ...detail, offerId: body.offerId } };
  }
  if (body.way === 'fund') return { change: {}, detail };
  const [item] = await needs.donation.openItems(tx, [
    {
      needId: need.id,
      title: facts.verification!.publicTitle!,
      text: facts.verification!.publicText!,
      areaId: need.areaId,
      targetFen: (need.priceFen ?? need.amountFen)!,
    },
  ]);
  // No campaign for wishes is filed yet: nothing may be asked for in public.
  if (!item?.itemId) throw new Refusal('campaign_not_open');
  return { change: { itemId: item.itemId }, detail: { ...detail, itemId: item.itemId } };
}
