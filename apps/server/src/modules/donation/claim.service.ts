import { instantInShanghai, parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { routes, RouteRequest, shapes } from '@wennuan/contract';
import { appendEvents, balances, post, type SequencedEvent } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { pageBySerial } from '../../platform/page.ts';
import { BANK_ACCOUNT } from '../fund/index.ts';
import { expireClaims, insertClaim, listClaims, markPaid, type ClaimRow } from './claim.store.ts';
import { CLAIM_HOURS, giftNumber, stillNeeded, type ClaimState } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { insertGifts, listGifts } from './gift.store.ts';
import { claimEvent, tellComplete } from './item.service.ts';
import { listItems, lockItems, type LockedItem } from './item.store.ts';
import { fullyGiven, giftEvent } from './receive.service.ts';
import { momentWords } from './words.ts';

export type ClaimView = z.output<typeof shapes.claim>;
type ClaimBody = RouteRequest<(typeof routes.donation)['claim']>['body'];

/**
 * Claims (part of) an item for the actor's enterprise and keeps it for 72 hours. Refuses more than is still
 * needed and not claimed by others; the item's row lock decides between two claims at once.
 */
export async function claimItem(
  needs: DonationNeeds,
  tx: Writing,
  body: ClaimBody,
): Promise<{ claimId: Id }> {
  const amountFen = parseYuan(body.amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const [again] = await listClaims(tx, { formId: body.formId });
  if (again) return { claimId: again.id };
  const { accountId, organizationId } = tx.actor;
  if (accountId === null || organizationId === null) throw new Refusal('not_permitted');
  const enterpriseName = (await needs.organization.names(tx, [organizationId])).get(organizationId);
  if (enterpriseName === undefined) throw new Refusal('not_permitted');
  const [item] = await lockItems(tx, [body.itemId]);
  await checkClaimable(tx, item, amountFen);
  const [own] = await listClaims(tx, { itemId: body.itemId, organizationId, state: 'locked' });
  if (own && own.lockedUntil > tx.now)
    throw new Refusal('claim_locked', { until: momentWords(own.lockedUntil, tx.actor.language) });
  const claim = await insertClaim(tx, {
    id: needs.newId(),
    itemId: item!.itemId,
    areaId: item!.areaId,
    organizationId,
    enterpriseName,
    accountId,
    amountFen,
    agreementNumber: body.agreementNumber,
    lockedUntil: new Date(tx.now.getTime() + CLAIM_HOURS * 3_600_000),
    formId: body.formId,
  });
  tx.touched('claim', claim.id);
  await openPaymentTask(needs, tx, claim);
  await appendEvents(tx.sql, [
    claimEvent(needs, 'donation.claimed', [item!], { claimId: claim.id, itemId: claim.itemId }),
  ]);
  return { claimId: claim.id };
}

async function checkClaimable(
  tx: Writing,
  item: LockedItem | undefined,
  amountFen: number,
): Promise<void> {
  if (!item) throw new Refusal('not_found');
  if (item.state === 'closed') throw new Refusal('item_not_open');
  const [held] = await balances(tx.sql, [item.itemId]);
  const givenFen = held?.inflow ?? 0;
  const needed = stillNeeded({ ...item, givenFen });
  if (needed === 0 && item.lockedUntil)
    throw new Refusal('claim_locked', { until: momentWords(item.lockedUntil, tx.actor.language) });
  if (needed === 0) throw new Refusal('item_not_open');
  if (amountFen > needed)
    throw new Refusal('claim_too_much', { needed: yuanNumber(needed) }, 'amountYuan');
}

async function openPaymentTask(needs: DonationNeeds, tx: Writing, claim: ClaimRow): Promise<void> {
  const half = new Date((tx.now.getTime() + claim.lockedUntil.getTime()) / 2);
  await needs.desk.open(tx, [
    {
      kind: 'claim_payment',
      subjectKind: 'claim',
      subjectId: claim.id,
      number: claim.number,
      title: `¥${yuanNumber(claim.amountFen)}`,
      detail: `${claim.enterpriseName} · ${claim.agreementNumber}`,
      areaId: claim.areaId,
      building: null,
      roles: ['federation_officer', 'federation_accountant'],
      level: 'district',
      dueAt: claim.lockedUntil,
      warnAt: half,
      urgent: true,
      askerAccountId: null,
    },
  ]);
}

/**
 * Records the bank transfer of a claim: an agreed gift in the enterprise's name, out of the bank into the
 * item. Refuses a claim that has run out and a second payment, by row lock and constraint.
 */
export async function recordClaimPayment(
  needs: DonationNeeds,
  tx: Writing,
  command: { claimId: Id; bankReference: string; paidOn: string },
): Promise<{ giftId: Id }> {
  const [found] = await listClaims(tx, { id: command.claimId });
  if (!found) throw new Refusal('not_found');
  const [item] = await lockItems(tx, [found.itemId]);
  const [claim] = await listClaims(tx, { id: command.claimId, lock: true });
  if (claim!.state === 'paid') throw new Refusal('payment_already_made');
  if (claim!.state !== 'locked' || claim!.lockedUntil <= tx.now) throw new Refusal('claim_expired');
  const giftId = needs.newId();
  await markPaid(tx, {
    id: claim!.id,
    giftId,
    bankReference: command.bankReference,
    paidAt: tx.now,
  });
  await needs.desk.close(tx, [{ subjectId: claim!.id, kinds: ['claim_payment'] }]);
  tx.touched('claim', claim!.id);
  tx.touched('gift', giftId);
  await postClaimGift(needs, tx, {
    claim: claim!,
    giftId,
    campaignId: item!.campaignId,
    paidOn: command.paidOn,
  });
  await tellComplete(needs, tx, await fullyGiven(tx, [item!]));
  await appendEvents(tx.sql, [
    giftEvent(needs, {
      giftId,
      itemId: item!.itemId,
      needId: item!.needId,
      areaId: item!.areaId,
      amountFen: claim!.amountFen,
    }),
  ]);
  return { giftId };
}

/** Moves the amount from the bank into the item and adds the gift in the enterprise's name. */
async function postClaimGift(
  needs: DonationNeeds,
  tx: Writing,
  paid: { claim: ClaimRow; giftId: Id; campaignId: Id; paidOn: string },
): Promise<void> {
  const { claim, giftId, campaignId, paidOn } = paid;
  const [outcome] = await post(tx.sql, {
    commands: [
      {
        key: `claim:${claim.id}`,
        from: BANK_ACCOUNT,
        to: claim.itemId,
        amount: claim.amountFen,
        reason: 'gift',
        document: { kind: 'gift', id: giftId },
        actor: tx.actor.accountId,
      },
    ],
    at: tx.now,
    newId: needs.newId,
  });
  if (outcome?.status !== 'posted') throw new Error(`claim not posted: ${outcome?.status}`);
  await insertGifts(tx, [
    {
      id: giftId,
      amountFen: claim.amountFen,
      paidAt: instantInShanghai(paidOn).toISOString(),
      legalForm: 'agreed_gift',
      targetKind: 'item',
      targetId: claim.itemId,
      campaignId,
      publicName:
        (await needs.organization.giverNames(tx, [claim.organizationId])).get(
          claim.organizationId,
        ) ?? null,
      organizationId: claim.organizationId,
      claimId: claim.id,
      transferId: outcome.transferIds[0]!,
      platformOrder: null,
      noticeHash: null,
    },
  ]);
}

/** Ends claims whose 72 hours are over; their items are open again. */
export async function expireClaimsDue(needs: DonationNeeds, tx: Writing): Promise<number> {
  const expired = await expireClaims(tx);
  if (expired.length === 0) return 0;
  for (const claim of expired) tx.touched('claim', claim.claimId, 'expired');
  await appendEvents(
    tx.sql,
    expired.map(({ areaId, ...body }) => ({
      id: needs.newId(),
      topic: 'donation.claim_expired',
      subjectKind: 'claim',
      subjectId: body.claimId,
      areaId,
      body,
    })),
  );
  return expired.length;
}

/** Closes the accountant's tasks of claims that ended without payment. */
export async function closeClaimTasks(
  needs: DonationNeeds,
  tx: Writing,
  events: readonly SequencedEvent[],
): Promise<void> {
  await needs.desk.close(
    tx,
    events.map((event) => ({ subjectId: event.subjectId, kinds: ['claim_payment'] })),
  );
}

/** A page of claims; row-level security leaves an enterprise only its own. */
export async function readClaims(
  tx: Scoped,
  page: { after?: string; limit: number; state?: ClaimState },
) {
  const { shown, next } = await pageBySerial(page, (part) =>
    listClaims(tx, { state: page.state, ...part }),
  );
  return {
    items: await claimViews(tx, shown),
    next,
  };
}

/** One claim as the reader may see it. */
export async function readClaim(tx: Scoped, claimId: Id): Promise<ClaimView> {
  const [view] = await claimViews(tx, await listClaims(tx, { id: claimId }));
  if (!view) throw new Refusal('not_found');
  return view;
}

async function claimViews(tx: Scoped, claims: readonly ClaimRow[]): Promise<ClaimView[]> {
  const items = await listItems(tx, { ids: claims.map((claim) => claim.itemId) });
  const titles = new Map(items.map((item) => [item.id, item.title]));
  const gifts = await listGifts(tx, { ids: claims.flatMap((claim) => claim.giftId ?? []) });
  const numbers = new Map(gifts.map((gift) => [gift.id, giftNumber(gift.serial)]));
  return claims.map((claim) => ({
    id: claim.id,
    number: claim.number,
    itemId: claim.itemId,
    itemTitle: titles.get(claim.itemId) ?? '',
    enterpriseName: claim.enterpriseName,
    amountFen: claim.amountFen,
    // Time runs out by the clock, not by the tick that tells it.
    state: claim.state === 'locked' && claim.lockedUntil <= tx.now ? 'expired' : claim.state,
    lockedUntil: claim.lockedUntil.toISOString(),
    agreementNumber: claim.agreementNumber,
    paidAt: claim.paidAt?.toISOString() ?? null,
    giftNumber: claim.giftId === null ? null : (numbers.get(claim.giftId) ?? null),
  }));
}
