import { formatYuan, isRefusal, type Id } from '@wennuan/basics';
import type { SequencedEvent } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import { moveNeeds } from './need.engine.ts';
import { listProposals, openToFederation, saveProposal } from './need.federation.ts';
import type { MoveInput } from './need.guards.ts';
import type { NeedNeeds } from './need.ports.ts';
import { needIdOf, onWall, openBatch, type Body, type Heard } from './need.heard.ts';
import { insertEvent } from './need.records.ts';
import { claimNeeds, personsWithoutVoice } from './need.store.ts';
import { isOpen, kindOf, type Need } from './need.ts';
import { addSteps, listSteps, projectCards, type WishStep } from './need.wall.ts';

type Answer = (needs: NeedNeeds, tx: Writing, heard: Heard) => Promise<void>;

const system = (move: 'match' | 'gift_complete' | 'start' | 'undo', note: string): MoveInput => ({
  move,
  note,
  attachmentIds: [],
});

/** The loop's answer to what other modules did. Each may come more than once and is the same then. */
const answers: Record<string, Answer> = {
  'need.moved': afterMove,
  'donation.gift_received': async (_needs, _tx, heard) => onWall(heard, 'gift'),
  'donation.claimed': async (_needs, _tx, heard) => onWall(heard, 'claimed'),
  'donation.claim_expired': async (_needs, _tx, { need, batch }) => void batch.cards.add(need.id),
  'donation.item_complete': async (needs, tx, heard) => {
    await attempt(needs, tx, heard, system('gift_complete', ''));
    onWall(heard, 'complete');
  },
  'fund.proposed': proposed,
  'fund.refused': proposalFellThrough,
  'fund.cancelled': proposalFellThrough,
  'fund.paid': paid,
  'resource.reserved': reserved,
  'resource.expired': (needs, tx, heard) => searchAgain(needs, tx, heard, '认领到期或撤回'),
  'desk.warned': (needs, tx, heard) => byClock(needs, tx, heard, 'clock_warned'),
  'desk.escalated': (needs, tx, heard) => byClock(needs, tx, heard, 'escalate'),
};

/** The consumer of the loop: one row of `answers` for each topic. */
export function needConsumer(needs: NeedNeeds): Consumer {
  return {
    name: 'need.loop',
    topics: [...Object.keys(answers), 'resident.bound'],
    async consume(tx, events) {
      await claimByBinding(needs, tx, events);
      const batch = await openBatch(tx, events);
      for (const event of events) {
        const need = batch.needs.get(needIdOf(event) ?? '');
        if (need)
          await answers[event.topic]!(needs, tx, { event, body: event.body as Body, need, batch });
      }
      await projectCards(needs, tx, [...batch.cards]);
      await addSteps(tx, batch.steps);
      await endItems(needs, tx, [...batch.ending.values()]);
    },
  };
}

/** Who is bound to her file speaks for her matters from then on, also those others opened for her. */
async function claimByBinding(
  needs: NeedNeeds,
  tx: Writing,
  events: readonly SequencedEvent[],
): Promise<void> {
  const bodies = events
    .filter(({ topic }) => topic === 'resident.bound')
    .map(({ body }) => body as { personId: Id; accountId: Id });
  const asking = await personsWithoutVoice(
    tx,
    bodies.map(({ personId }) => personId),
  );
  for (const { personId, accountId } of bodies) {
    if (!asking.has(personId)) continue;
    const claimed = await claimNeeds(tx, personId, accountId);
    await needs.desk.setAsker(tx, claimed, accountId);
    for (const needId of claimed) tx.touched('need', needId, 'claimed by its person');
  }
}

/** Does a move of the system when the table allows it; what is not possible any more is no error. */
async function attempt(
  needs: NeedNeeds,
  tx: Writing,
  { need, batch }: Heard,
  input: MoveInput,
): Promise<boolean> {
  try {
    const [moved] = await moveNeeds(needs, tx, [{ needId: need.id, input, version: null }]);
    batch.needs.set(need.id, moved!);
    return true;
  } catch (thrown) {
    // The table is asked before anything is written, so a refusal leaves the transaction whole.
    if (isRefusal(thrown)) return false;
    throw thrown;
  }
}

async function afterMove(needs: NeedNeeds, tx: Writing, heard: Heard): Promise<void> {
  const { event, need, batch } = heard;
  await settleMeans(needs, tx, heard);
  batch.cards.add(need.id);
  const step = await stepOf(tx, heard);
  if (step)
    batch.steps.push({ id: event.id, needId: need.id, at: event.at, step, amountFen: null });
}

async function stepOf(tx: Writing, { need, body, batch }: Heard): Promise<WishStep | null> {
  if (body.move === 'deliver') return 'delivered';
  if (body.state === 'fed_back' && body.move !== 'note') return 'confirmed';
  if (body.move !== 'verify' || body.state !== 'verified') return null;
  const coming = batch.steps.filter(({ needId }) => needId === need.id);
  const steps = [...(await listSteps(tx, [need.id])), ...coming];
  return steps.some(({ step }) => step === 'verified') ? null : 'verified';
}

/**
 * What had been set aside for a need goes on when it no longer waits for it: a lock that must not end
 * once the thing is on its way, an offer set free, the rest of an item handed on by its rule.
 */
async function settleMeans(needs: NeedNeeds, tx: Writing, heard: Heard): Promise<void> {
  const { need, body } = heard;
  if (body.move === 'start') await needs.resource.keep(tx, [need.id]);
  if (!isOpen(need.state)) await needs.resource.release(tx, [need.id]);
  const searchGoesOn = body.state === 'partly_met' || body.state === 'verified';
  const byWord = ['confirm', 'call_back', 'paper_slip', 'reopen'].includes(body.move ?? '');
  if (!isOpen(need.state) || (byWord && searchGoesOn)) await willEndItem(needs, tx, heard, need);
}

/** Ends a need's item, unless it is full and its purchase not yet paid: then the payment ends it. */
async function willEndItem(
  needs: NeedNeeds,
  tx: Writing,
  { batch }: Heard,
  need: Need,
): Promise<void> {
  if (need.itemId === null) return;
  const item = (await needs.donation.itemsOf(tx, [need.id])).get(need.id);
  const isPaid = (await listProposals(tx, [need.id])).some(({ state }) => state === 'paid');
  const byGoods = (await needs.resource.ofNeeds(tx, [need.id])).some(
    ({ state }) => state === 'delivered',
  );
  const unmet = ['withdrawn', 'merged', 'refused', 'lapsed'].includes(need.state);
  if (item?.state === 'complete' && !isPaid && !byGoods && !unmet) return;
  const { itemId, state: reason } = need;
  batch.ending.set(itemId, { itemId, needId: need.id, reason });
}

/** Closes items and lets their wishes' cards say so. */
async function endItems(
  needs: NeedNeeds,
  tx: Writing,
  ending: readonly { itemId: Id; needId: Id; reason: string }[],
): Promise<void> {
  if (ending.length === 0) return;
  const needIds = ending.map(({ needId }) => needId);
  await tx.db.updateTable('need').set({ item_id: null }).where('id', 'in', needIds).execute();
  await projectCards(needs, tx, needIds);
  await needs.donation.closeItems(
    tx,
    ending.map(({ itemId, reason }) => ({ itemId, reason })),
  );
}

async function noteProposal(
  tx: Writing,
  need: Need,
  body: Body,
  state: 'proposed' | 'refused' | 'paid',
): Promise<void> {
  await saveProposal(tx, need, {
    proposalId: body.proposalId!,
    needId: need.id,
    number: body.number ?? '',
    amountFen: body.amountFen ?? 0,
    state,
  });
}

/** From the proposal on the federation may see a help request; of a wish it sees the card and the item. */
async function proposed(needs: NeedNeeds, tx: Writing, heard: Heard): Promise<void> {
  const { need, body } = heard;
  await noteProposal(tx, need, body, 'proposed');
  if (!kindOf(need).publicWall) {
    await openToFederation(tx, [need.id]);
    need.federationSince ??= tx.now;
    if (need.personId)
      await needs.resident.shareWithFederation(tx, [
        { personId: need.personId, basis: 'proposal' },
      ]);
  }
  await attempt(needs, tx, heard, system('match', `拨付申请 ${body.number ?? ''}`));
}

async function proposalFellThrough(needs: NeedNeeds, tx: Writing, heard: Heard): Promise<void> {
  const { need, body } = heard;
  await noteProposal(tx, need, body, 'refused');
  await searchAgain(needs, tx, heard, `拨付申请 ${body.number ?? ''} 未成`);
}

async function paid(needs: NeedNeeds, tx: Writing, heard: Heard): Promise<void> {
  const { need, body } = heard;
  await noteProposal(tx, need, body, 'paid');
  const words = `已付款 ${formatYuan(body.amountFen ?? 0)}（${body.number ?? ''}）`;
  const started = await attempt(needs, tx, heard, system('start', words));
  if (!started) await noteInHistory(needs, tx, need, { move: 'note', words });
  onWall(heard, 'paid');
  const now = heard.batch.needs.get(need.id)!;
  if (!isOpen(now.state)) await willEndItem(needs, tx, heard, now);
}

async function reserved(needs: NeedNeeds, tx: Writing, heard: Heard): Promise<void> {
  const { need, body } = heard;
  await needs.resource.nameNeed(tx, { offerId: body.offerId!, number: need.number });
  if (need.state === 'matched' || need.state === 'under_way') return;
  const matched = await attempt(needs, tx, heard, system('match', '有人认领（实物或服务）'));
  // Somebody was faster, or the wish was taken back meanwhile: the giver is set free.
  if (!matched) await needs.resource.release(tx, [need.id]);
}

/** A promise fell through: without another one the need is matched no longer and its clock goes on. */
async function searchAgain(
  needs: NeedNeeds,
  tx: Writing,
  heard: Heard,
  words: string,
): Promise<void> {
  const { need } = heard;
  if (need.state !== 'matched') return;
  const offers = await needs.resource.ofNeeds(tx, [need.id]);
  const proposals = await listProposals(tx, [need.id]);
  const item = (await needs.donation.itemsOf(tx, [need.id])).get(need.id);
  const held =
    offers.some(({ state }) => state === 'reserved') ||
    proposals.some(({ state }) => state === 'proposed') ||
    item?.state === 'complete';
  if (!held) await attempt(needs, tx, heard, system('undo', words));
}

async function byClock(
  needs: NeedNeeds,
  tx: Writing,
  { need, body }: Heard,
  move: 'clock_warned' | 'escalate',
): Promise<void> {
  const words = { street: '超时，升级到街道', district: '仍未办理，升级到区级' }[body.step ?? ''];
  await noteInHistory(needs, tx, need, { move, words: words ?? '时限过半' });
}

/** A line of the history that moves nothing. */
async function noteInHistory(
  needs: NeedNeeds,
  tx: Writing,
  need: Need,
  { move, words }: { move: string; words: string },
): Promise<void> {
  const box = (await needs.vault.boxes(tx, [need.id])).get(need.id)!;
  await insertEvent(tx, need, {
    id: needs.newId(),
    move,
    state: need.state,
    noteSealed: box.seal(words),
    detail: {},
    attachmentIds: [],
    before: null,
    undoUntil: null,
  });
}
