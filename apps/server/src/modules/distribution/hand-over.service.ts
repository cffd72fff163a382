import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { balances } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import {
  checkTick,
  isReceived,
  mayHandOver,
  mustBe,
  piecesFor,
  type Line,
  type Plan,
  type Ready,
  type Recipient,
  type RecipientView,
  type Tick,
} from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import { listLines, listPlans, listReady } from './plan.store.ts';
import { countWaiting, listRecipients, noteOutcome } from './recipient.store.ts';
import { recipientViews, type Told } from './views.ts';

/**
 * Ticks one person. What is ready is locked first, so that two phones tick one after the other; the same
 * tick again answers what it made; another tick of somebody who had hers is refused with who gave it and
 * when (`already_handed`), and the ledger's key would refuse it too.
 */
export async function handOver(
  needs: DistributionNeeds,
  tx: Writing,
  command: { planId: Id; tick: Tick },
): Promise<RecipientView> {
  const { tick } = command;
  const ready = await listReady(tx, [command.planId], true);
  const [plan] = await listPlans(tx, { ids: [command.planId] });
  const [recipient] = await listRecipients(tx, { ids: [tick.recipientId], lock: true });
  if (!plan || recipient?.planId !== plan.id) throw new Refusal('not_found');
  if (recipient.tickId === tick.tickId) return await viewOf(needs, tx, plan, recipient.id);
  mustBe(plan, 'approved');
  if (!mayHandOver(plan, tx.now)) throw new Refusal('not_yet_the_day', { day: plan.onDay });
  if (isReceived(recipient.outcome)) await refuseAgain(needs, tx, recipient);
  checkTick(tick);
  await note(needs, tx, { recipient, tick });
  await adoptPictures(needs, tx, { recipient, tick });
  if (recipient.roundId && (await countWaiting(tx, recipient.roundId)) === 0)
    await needs.desk.close(tx, [{ subjectId: recipient.roundId }]);
  tx.touched('distribution_recipient', recipient.id, tick.outcome);
  const view = await viewOf(needs, tx, plan, recipient.id);
  if (isReceived(tick.outcome)) await postHandOver(needs, tx, { plan, recipient, ready });
  return view;
}

async function viewOf(
  needs: DistributionNeeds,
  tx: Writing,
  plan: Plan,
  recipientId: Id,
): Promise<RecipientView> {
  const recipients = await listRecipients(tx, { ids: [recipientId] });
  return (await recipientViews(needs, tx, { plan, recipients }))[0]!;
}

async function refuseAgain(
  needs: DistributionNeeds,
  tx: Writing,
  recipient: Recipient,
): Promise<never> {
  const names = await needs.access.names(tx, [recipient.outcomeBy!]);
  const at = new Date(recipient.outcomeAt!.getTime() + 8 * 3_600_000);
  throw new Refusal('already_handed', {
    serial: recipient.serial,
    at: `${dateInShanghai(recipient.outcomeAt!)} ${at.toISOString().slice(11, 16)}`,
    by: names.get(recipient.outcomeBy!) ?? '—',
  });
}

interface Ticked {
  recipient: Recipient;
  tick: Tick;
}

async function note(
  needs: DistributionNeeds,
  tx: Writing,
  { recipient, tick }: Ticked,
): Promise<void> {
  const told: Told = { proxy: tick.outcome === 'proxy' ? tick.proxy : null, note: tick.note };
  const isTold = told.proxy !== null || told.note !== '';
  const box = isTold ? (await needs.vault.boxes(tx, [recipient.id])).get(recipient.id)! : null;
  await noteOutcome(tx, recipient.id, {
    outcome: tick.outcome,
    tick_id: tick.tickId,
    outcome_at: tx.now,
    outcome_by: tx.actor.accountId,
    told_sealed: box ? box.seal(JSON.stringify(told)) : null,
  });
}

/** The signature belongs to the tick, pictures of the things to whoever got them; she may see both. */
async function adoptPictures(
  needs: DistributionNeeds,
  tx: Writing,
  { recipient, tick }: Ticked,
): Promise<void> {
  const beside = { areaId: recipient.areaId, readerAccountId: recipient.accountId };
  if (tick.signatureId)
    await needs.attachment.adopt(tx, [tick.signatureId], {
      subjectKind: 'signature',
      subjectId: tick.tickId,
      ...beside,
    });
  await needs.attachment.adopt(tx, tick.pictureIds, {
    subjectKind: 'hand_over',
    subjectId: recipient.id,
    ...beside,
  });
}

/** Her share leaves what is ready, first to expire first. */
async function postHandOver(
  needs: DistributionNeeds,
  tx: Writing,
  { plan, recipient, ready }: { plan: Plan; recipient: Recipient; ready: readonly Ready[] },
): Promise<void> {
  const lines = await listLines(tx, [plan.id]);
  const lots = await needs.goods.lots(
    tx,
    ready.map((one) => one.lotId),
  );
  const counters = await balances(
    tx.sql,
    ready.map((one) => one.id),
  );
  const shelves = ready.map((one) => ({
    ...one,
    expiresOn: lots.get(one.lotId)!.expiresOn ?? '9999-12-31',
    isRecalled: lots.get(one.lotId)!.recalledAt !== null,
    name: lots.get(one.lotId)!.itemName,
    left: counters.find((row) => row.accountId === one.id)?.available ?? 0,
  }));
  const pieces = lines.flatMap((line) => shareOf(line, recipient.heads, shelves));
  await needs.goods.handOver(
    tx,
    pieces.map((piece) => ({
      ...piece,
      key: `hand_over:${recipient.id}:${piece.accountId}`,
      areaId: recipient.areaId,
      paper: { kind: 'hand_over', id: recipient.id },
    })),
  );
}

interface Shelf {
  id: Id;
  itemId: Id;
  name: string;
  expiresOn: string;
  isRecalled: boolean;
  left: number;
}

/** One line's pieces for one person out of the lots that lie ready; refuses `stock_too_low`. */
export function shareOf(
  line: Line,
  heads: number,
  shelves: readonly Shelf[],
): { accountId: Id; itemId: Id; name: string; quantity: number }[] {
  const needed = piecesFor(line, heads);
  const mine = shelves
    .filter((one) => one.itemId === line.itemId && !one.isRecalled)
    .toSorted((one, other) => one.expiresOn.localeCompare(other.expiresOn));
  const pieces = [];
  let missing = needed;
  for (const { id, itemId, name, left } of mine) {
    const quantity = Math.min(missing, left);
    if (quantity > 0) pieces.push({ accountId: id, itemId, name, quantity });
    missing -= quantity;
  }
  if (missing > 0)
    throw new Refusal('stock_too_low', {
      name: mine[0]?.name ?? '',
      needed,
      available: needed - missing,
    });
  return pieces;
}
