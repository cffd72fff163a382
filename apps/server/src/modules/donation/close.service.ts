import type { Id } from '@wennuan/basics';
import { appendEvents, balances, post } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { planHandOn, stillNeeded, type HandOn } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { claimEvent, tellComplete } from './item.service.ts';
import {
  cancelClaims,
  insertHandOns,
  listItems,
  lockItems,
  markClosed,
  type ItemRow,
  type LockedItem,
} from './item.store.ts';

/**
 * Closes items. What is left over goes on by the filed rule in the same transaction (one `ledger.post`, the
 * last thing done); claims on them are freed. Closing a closed item again changes nothing.
 */
export async function closeItems(
  needs: DonationNeeds,
  tx: Writing,
  commands: readonly { itemId: Id; reason: string }[],
): Promise<{ itemId: Id; handedOn: HandOn[] }[]> {
  if (commands.length === 0) return [];
  const rows = await listItems(tx, { ids: commands.map((command) => command.itemId) });
  const locked = await lockWithHeirs(tx, rows);
  const open = new Set(
    rows
      .map((row) => row.id)
      .filter((id) => locked.find((item) => item.itemId === id)?.state === 'open'),
  );
  const closing = commands.filter((command) => open.has(command.itemId));
  if (closing.length > 0) {
    await markClosed(tx, closing);
    const freed = await cancelClaims(
      tx,
      closing.map((command) => command.itemId),
    );
    await appendEvents(
      tx.sql,
      freed.map((claim) => claimEvent(needs, 'donation.claim_expired', locked, claim)),
    );
    for (const { itemId, reason } of closing) tx.touched('campaign_item', itemId, reason);
  }
  const handed = await handOn(needs, tx, { closed: [...open], locked });
  return commands.map(({ itemId }) => ({
    itemId,
    handedOn: handed.filter((one) => one.from === itemId),
  }));
}

/** Locks the items and the open ones of their communities, which may inherit. */
async function lockWithHeirs(tx: Writing, items: readonly ItemRow[]): Promise<LockedItem[]> {
  const areas = [...new Set(items.map((item) => item.areaId))];
  const heirs = await listItems(tx, { openIn: areas });
  return await lockItems(
    tx,
    [...items, ...heirs].map((item) => item.id),
  );
}

/** Sends what is available on closed items on its way, and notes which items that completes. */
async function handOn(
  needs: DonationNeeds,
  tx: Writing,
  found: { closed: readonly Id[]; locked: readonly LockedItem[] },
): Promise<HandOn[]> {
  const { locked } = found;
  const held = new Map(
    (
      await balances(
        tx.sql,
        locked.map((item) => item.itemId),
      )
    ).map((one) => [one.accountId, one]),
  );
  const closed = locked.filter((item) => found.closed.includes(item.itemId));
  const heirs = locked
    .filter((item) => item.state === 'open' && !found.closed.includes(item.itemId))
    .map((item) => ({
      ...item,
      neededFen: stillNeeded({ ...item, givenFen: held.get(item.itemId)?.inflow ?? 0 }),
    }));
  const plan = [...Map.groupBy(closed, (item) => item.campaignId)].flatMap(([campaignId, items]) =>
    planHandOn(
      items
        .map((item) => ({ ...item, amountFen: held.get(item.itemId)?.available ?? 0 }))
        .filter((item) => item.amountFen > 0),
      heirs.filter((heir) => heir.campaignId === campaignId),
      campaignId,
    ),
  );
  if (plan.length === 0) return [];
  const completed = heirs.filter((heir) => {
    const given = plan.filter((one) => one.to === heir.itemId);
    const arriving = given.reduce((sum, one) => sum + one.amountFen, 0);
    return arriving > 0 && (held.get(heir.itemId)?.inflow ?? 0) + arriving >= heir.targetFen;
  });
  await tellComplete(needs, tx, completed);
  await postHandOns(needs, tx, plan, locked);
  return plan;
}

async function postHandOns(
  needs: DonationNeeds,
  tx: Writing,
  plan: readonly HandOn[],
  locked: readonly LockedItem[],
): Promise<void> {
  const outcomes = await post(tx.sql, {
    commands: plan.map((one) => ({
      // An item may hand on again when something arrives late, so each time has a key of its own; the
      // item's row lock is what keeps two from handing on the same amount.
      key: `hand_on:${needs.newId()}`,
      from: one.from,
      to: one.to,
      amount: one.amountFen,
      reason: 'hand_on',
      document: { kind: 'campaign_item', id: one.from },
      actor: tx.actor.accountId,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  const campaignOf = new Map(locked.map((item) => [item.itemId, item.campaignId]));
  await insertHandOns(
    tx,
    plan.flatMap((one, index) => {
      const outcome = outcomes[index]!;
      if (outcome.status !== 'refused')
        return [
          {
            transferId: outcome.transferIds[0]!,
            campaignId: campaignOf.get(one.from)!,
            itemId: one.from,
            toAccountId: one.to,
            amountFen: one.amountFen,
          },
        ];
      // A proposal held it at the same moment: what it leaves is handed on by the next sweep.
      if (outcome.refusal === 'balance_too_low') return [];
      throw new Error(`hand-on refused: ${outcome.refusal}`);
    }),
  );
}

const SWEEP_DAYS = 60;

/** Hands on what reached items after they were closed: a late notice, a proposal taken back. */
export async function sweepClosedItems(needs: DonationNeeds, tx: Writing): Promise<number> {
  const closedSince = new Date(tx.now.getTime() - SWEEP_DAYS * 86_400_000);
  const items = await listItems(tx, { closedSince });
  const held = await balances(
    tx.sql,
    items.map((item) => item.id),
  );
  const late = new Set(held.filter((one) => one.available > 0).map((one) => one.accountId));
  const rows = items.filter((item) => late.has(item.id));
  if (rows.length === 0) return 0;
  const locked = await lockWithHeirs(tx, rows);
  for (const row of rows) tx.touched('campaign_item', row.id, 'remainder');
  const handed = await handOn(needs, tx, { closed: rows.map((row) => row.id), locked });
  return handed.length;
}
