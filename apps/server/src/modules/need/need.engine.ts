import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { NeedState } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { decide, type Decision } from './need.decide.ts';
import { carryOut, changeOf, closeReferralTask, type Effect } from './need.effects.ts';
import { tellMoved } from './need.file.ts';
import type { Facts, MoveContext, MoveInput } from './need.guards.ts';
import { cancelNotices, giveNotice } from './need.notices.ts';
import type { NeedNeeds } from './need.ports.ts';
import {
  insertEvent,
  listEvents,
  listReferrals,
  listVerifications,
  undoRecord,
  type NeedEvent,
} from './need.records.ts';
import { findByNumber, lockNeed, readSealed, saveNeed } from './need.store.ts';
import { settleTasks } from './need.tasks.ts';
import { isOpen, UNDO_MINUTES, waitingIn, type Need, type NeedChange } from './need.ts';

/** A move asked for. `version` is the one the form was opened with; null for the system's own. */
export interface MoveCommand {
  needId: Id;
  input: MoveInput;
  version: number | null;
}

/**
 * Does moves of the loop, each under the lock of its need. Refuses with `not_found` (also out of scope),
 * `busy_elsewhere` (another version), and whatever the table and its guards say.
 */
export async function moveNeeds(
  needs: NeedNeeds,
  tx: Writing,
  commands: readonly MoveCommand[],
): Promise<Need[]> {
  const moved: Need[] = [];
  for (const command of commands) moved.push(await moveOne(needs, tx, command));
  return moved;
}

async function moveOne(needs: NeedNeeds, tx: Writing, command: MoveCommand): Promise<Need> {
  // The federation reads what was opened to it; its own part is the proposal.
  if (tx.actor.login === 'federation') throw new Refusal('not_permitted');
  const need = await lockNeed(tx, command.needId);
  if (!need) throw new Refusal('not_found');
  if (command.version !== null && command.version !== need.version)
    throw new Refusal('busy_elsewhere');
  const { input } = command;
  const history = await listEvents(tx, [need.id]);
  const context: MoveContext = {
    need,
    input,
    actor: tx.actor,
    now: tx.now,
    facts: await factsOf(needs, tx, need, { input, history }),
  };
  const decision = decide(context);
  if (decision.to === 'previous') return await undo(needs, tx, context, history);
  return await apply(needs, tx, context, { ...decision, to: decision.to });
}

async function apply(
  needs: NeedNeeds,
  tx: Writing,
  context: MoveContext,
  decision: Decision & { to: NeedState },
): Promise<Need> {
  const { need, input } = context;
  const effect = await carryOut(needs, tx, context);
  const changed: Need = {
    ...need,
    ...changeOf(context, decision.to),
    ...effect.change,
    state: decision.to,
  };
  const after = await settleTasks(needs, tx, { before: need, after: changed });
  if (!isOpen(after.state)) await closeReferralTask(needs, tx, need.id);
  await saveNeed(tx, need, after);
  const eventId = await remember(needs, tx, context, { decision, after, effect });
  await notify(needs, tx, context, { decision, after, eventId });
  tx.touched('need', need.id, input.move);
  await tellMoved(needs, tx, after, input.move);
  // The one posting of the transaction, as late as possible.
  if (input.move === 'deliver')
    await needs.resource.deliver(tx, [
      { needId: need.id, number: need.number, areaId: need.areaId },
    ]);
  return { ...after, version: need.version + 1 };
}

interface Applied {
  decision: Decision & { to: NeedState };
  after: Need;
  effect: Effect;
}

/** Adds the move to the history, with what its opposite would need. */
async function remember(
  needs: NeedNeeds,
  tx: Writing,
  { need, input }: MoveContext,
  { decision, after, effect }: Applied,
): Promise<Id> {
  const eventId = needs.newId();
  const undoUntil = decision.rule.undoable && need.itemId === null ? undoEnd(tx) : null;
  await insertEvent(tx, after, {
    id: eventId,
    move: input.move,
    state: after.state,
    noteSealed: await sealedNote(needs, tx, need.id, wordsOf(input)),
    detail: effect.detail,
    attachmentIds: input.attachmentIds,
    before: undoUntil ? snapshotOf(need) : null,
    undoUntil,
  });
  return eventId;
}

const undoEnd = (tx: Scoped) => new Date(tx.now.getTime() + UNDO_MINUTES * 60_000);

/** What the history shows of a move in words: the note, the asker's words, the reason. */
function wordsOf(input: MoveInput): string {
  const said = input as { words?: string; reason?: string };
  return [said.words, said.reason, input.note].filter(Boolean).join('\n');
}

async function sealedNote(
  needs: NeedNeeds,
  tx: Writing,
  needId: Id,
  words: string,
): Promise<Buffer | null> {
  if (!words) return null;
  return (await needs.vault.boxes(tx, [needId])).get(needId)!.seal(words);
}

async function notify(
  needs: NeedNeeds,
  tx: Writing,
  { need, input }: MoveContext,
  { decision, after, eventId }: { decision: Applied['decision']; after: Need; eventId: Id },
): Promise<void> {
  const { notice: name } = decision.rule;
  const unsaid =
    (input.move === 'verify' && after.state !== 'verified') ||
    (input.move === 'lapse' && 'cause' in input && input.cause === 'died');
  if (!name || unsaid) return;
  const waits = decision.rule.undoable && need.itemId === null;
  await giveNotice(needs, tx, after, {
    name,
    eventId,
    words: wordsOf(input),
    sendAt: waits ? undoEnd(tx) : tx.now,
  });
}

const SNAPSHOT: readonly (keyof NeedChange)[] = [
  'level',
  'assessed',
  'handledById',
  'finding',
  'priceFen',
  'verifiedAt',
  'expiresOn',
  'deliveredAt',
  'deliveredById',
  'refusedAt',
  'refusedLevel',
  'appeal',
  'mergedInto',
  'itemId',
  'closedAt',
  'reopened',
];
const INSTANTS: readonly (keyof NeedChange)[] = [
  'verifiedAt',
  'deliveredAt',
  'refusedAt',
  'closedAt',
];

function snapshotOf(need: Need): NonNullable<NeedEvent['before']> {
  return JSON.parse(
    JSON.stringify({
      state: need.state,
      ...Object.fromEntries(SNAPSHOT.map((field) => [field, need[field]])),
    }),
  ) as NonNullable<NeedEvent['before']>;
}

function restored(need: Need, before: NonNullable<NeedEvent['before']>): Need {
  const back = Object.fromEntries(
    Object.entries(before).map(([field, value]) => [
      field,
      INSTANTS.includes(field as keyof NeedChange) && typeof value === 'string'
        ? new Date(value)
        : value,
    ]),
  );
  return { ...need, ...(back as Partial<Need>) };
}

/** The opposite move of the last one: its record, its task and its waiting message are taken back. */
async function undo(
  needs: NeedNeeds,
  tx: Writing,
  context: MoveContext,
  history: readonly NeedEvent[],
): Promise<Need> {
  const { need } = context;
  const last = history.find(({ id }) => id === context.facts.lastEvent!.id)!;
  await cancelNotices(tx, last.id);
  const { verificationId, referralId } = last.detail;
  if (typeof verificationId === 'string') await undoRecord(tx, 'need_verification', verificationId);
  if (last.move === 'refer' && typeof referralId === 'string') {
    await undoRecord(tx, 'need_referral', referralId);
    const waiting = (await listReferrals(tx, [need.id])).filter(({ resultAt }) => !resultAt);
    if (waiting.length === 0) await closeReferralTask(needs, tx, need.id);
  }
  const back = restored(need, last.before!);
  const stage = waitingIn(back)?.stage;
  const after = await settleTasks(needs, tx, {
    before: need,
    after: back,
    ...(stage && { creditTo: stage }),
  });
  await saveNeed(tx, need, after);
  await insertEvent(tx, after, {
    id: needs.newId(),
    move: 'undo',
    state: after.state,
    noteSealed: await sealedNote(needs, tx, need.id, context.input.note),
    detail: { undid: last.move },
    attachmentIds: [],
    before: null,
    undoUntil: null,
  });
  tx.touched('need', need.id, 'undo');
  await tellMoved(needs, tx, after, 'undo');
  return { ...after, version: need.version + 1 };
}

const BY_CLOCK = new Set(['clock_warned', 'escalate']);

/** What guards look at besides the row. */
export async function factsOf(
  needs: NeedNeeds,
  tx: Scoped,
  need: Need,
  { input, history }: { input: MoveInput | null; history: readonly NeedEvent[] },
): Promise<Facts> {
  const bySystem = tx.actor.login === 'system';
  const last = history.findLast(({ move }) => !BY_CLOCK.has(move));
  const intoNumber = input?.move === 'merge' && 'intoNumber' in input ? input.intoNumber : null;
  const referrals = bySystem ? [] : await referralsOf(tx, need, history);
  return {
    askerName: bySystem ? '' : await nameOf(needs, tx, need.id),
    verification: bySystem ? null : await verificationOf(tx, need),
    referrals,
    tryDays: history
      .filter(({ move, at }) => move === 'note_try' && at >= (need.deliveredAt ?? need.filedAt))
      .map(({ at }) => dateInShanghai(at)),
    actorIsRelative: await isRelative(needs, tx, need),
    mergeTarget: intoNumber ? ((await findByNumber(tx, intoNumber.toUpperCase())) ?? null) : null,
    lastEvent: last
      ? { id: last.id, move: last.move, actorId: last.actorId, undoUntil: last.undoUntil }
      : null,
  };
}

/** The asker's login has no right to the office's records; her moves do not need them. */
async function verificationOf(tx: Scoped, need: Need) {
  if (tx.actor.login === 'resident') return null;
  return (await listVerifications(tx, [need.id])).at(-1) ?? null;
}

async function referralsOf(tx: Scoped, need: Need, history: readonly NeedEvent[]) {
  if (tx.actor.login === 'resident')
    return history
      .filter(({ move }) => move === 'note_referral_result')
      .map(() => ({ to: 'answered', done: true }));
  const rows = await listReferrals(tx, [need.id]);
  return rows.map(({ to, resultAt }) => ({ to, done: resultAt !== null }));
}

async function nameOf(needs: NeedNeeds, tx: Scoped, needId: Id): Promise<string> {
  const sealed = (await readSealed(tx, [needId])).get(needId);
  const box = (await needs.vault.findBoxes(tx, [needId])).get(needId);
  return sealed && box ? box.open(sealed.name) : '';
}

async function isRelative(needs: NeedNeeds, tx: Scoped, need: Need): Promise<boolean> {
  const { login, accountId } = tx.actor;
  if (login !== 'staff' || accountId === null) return false;
  if (accountId === need.accountId) return true;
  if (need.personId === null) return false;
  return (await needs.resident.relativesOf(tx, [accountId], [need.personId])).has(accountId);
}
