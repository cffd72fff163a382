import { instantInShanghai, Refusal, type Id } from '@wennuan/basics';
import { appendEvents, post } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { BANK_ACCOUNT, mustBeOpen } from '../fund/index.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { insertGifts } from './gift.store.ts';
import { giftEvent } from './receive.service.ts';

/** A bank transfer that an organisation made to a fund under a signed agreement. */
export interface AgreedGift {
  fundId: Id;
  organizationId: Id;
  amountFen: number;
  /** The bank's reference; one transfer is one gift. */
  bankReference: string;
  paidOn: string;
  /** The day it is booked on, when not the day it came; then a note says why. */
  bookedOn?: string | undefined;
  bookedNote?: string | undefined;
}

/**
 * Records agreed gifts to the general fund and special funds, out of the bank into the fund, in the
 * organisation's name. A transfer recorded already changes nothing. A community's mutual-aid fund takes
 * none (`not_permitted`): it is its residents' own. Refuses an unknown fund or organisation, a day in a
 * closed month (`period_closed`), and another day of the books without a note. Federation.
 */
export async function recordAgreedGifts(
  needs: DonationNeeds,
  tx: Writing,
  gifts: readonly AgreedGift[],
): Promise<{ giftId: Id }[]> {
  if (gifts.length === 0) return [];
  const funds = await needs.fund.listFunds(tx, { ids: gifts.map((gift) => gift.fundId) });
  const names = await needs.organization.names(
    tx,
    gifts.map((gift) => gift.organizationId),
  );
  for (const { fundId, organizationId } of gifts) {
    const fund = funds.find(({ id }) => id === fundId);
    if (!fund || !names.has(organizationId)) throw new Refusal('not_found');
    if (fund.kind === 'mutual_aid' || fund.kind === 'management')
      throw new Refusal('not_permitted');
  }
  for (const { paidOn, bookedOn = paidOn, bookedNote = '' } of gifts)
    if (bookedOn !== paidOn && bookedNote.trim() === '')
      throw new Refusal('reason_required', {}, 'bookedNote');
  await mustBeOpen(
    tx,
    gifts.map(({ paidOn, bookedOn = paidOn }) => bookedOn),
    'paidOn',
  );
  return await takeAgreed(
    needs,
    tx,
    gifts.map((gift) => ({
      ...gift,
      giftId: needs.newId(),
      targetKind: 'fund',
      targetId: gift.fundId,
    })),
  );
}

/**
 * Records the agreed gift that fills a matching pot, out of the bank into the pot's account. Refuses a bank
 * transfer that is recorded already (`payment_already_made`) and a day in a closed month. Federation.
 */
export async function fillPot(
  needs: DonationNeeds,
  tx: Writing,
  gift: Omit<AgreedGift, 'fundId'> & { potId: Id; giftId: Id },
): Promise<void> {
  await mustBeOpen(tx, [gift.paidOn], 'paidOn');
  const taken = await takeAgreed(needs, tx, [{ ...gift, targetKind: 'pot', targetId: gift.potId }]);
  if (taken.length === 0) throw new Refusal('payment_already_made', {}, 'bankReference');
}

interface Agreed extends Omit<AgreedGift, 'fundId'> {
  giftId: Id;
  targetKind: 'fund' | 'pot';
  targetId: Id;
}

/** Posts gifts under agreements and adds them; those recorded already are left out of the answer. */
async function takeAgreed(
  needs: DonationNeeds,
  tx: Writing,
  received: readonly Agreed[],
): Promise<{ giftId: Id }[]> {
  const outcomes = await post(tx.sql, {
    commands: received.map((gift) => ({
      key: `agreed:${gift.bankReference}`,
      from: BANK_ACCOUNT,
      to: gift.targetId,
      amount: gift.amountFen,
      reason: 'gift',
      document: { kind: 'gift', id: gift.giftId },
      actor: tx.actor.accountId,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  const posted = received.flatMap((gift, index) => {
    const outcome = outcomes[index]!;
    if (outcome.status === 'refused') throw new Error(`agreed gift refused: ${outcome.refusal}`);
    return outcome.status === 'posted' ? [{ gift, transferId: outcome.transferIds[0]! }] : [];
  });
  const names = await needs.organization.giverNames(
    tx,
    posted.map(({ gift }) => gift.organizationId),
  );
  await insertGifts(
    tx,
    posted.map(({ gift, transferId }) => ({
      id: gift.giftId,
      amountFen: gift.amountFen,
      paidAt: instantInShanghai(gift.paidOn).toISOString(),
      legalForm: 'agreed_gift',
      targetKind: gift.targetKind,
      targetId: gift.targetId,
      campaignId: null,
      // A name is published by the giver's consent only.
      publicName: names.get(gift.organizationId) ?? null,
      organizationId: gift.organizationId,
      claimId: null,
      transferId,
      platformOrder: null,
      noticeHash: null,
      booking: {
        bookedOn: gift.bookedOn ?? gift.paidOn,
        bankReference: gift.bankReference,
        note: gift.bookedNote?.trim() || null,
      },
    })),
  );
  for (const { gift } of posted) tx.touched('gift', gift.giftId);
  await appendEvents(
    tx.sql,
    posted.map(({ gift: { giftId, amountFen } }) =>
      giftEvent(needs, { giftId, amountFen, itemId: null, needId: null, areaId: null }),
    ),
  );
  return posted.map(({ gift }) => ({ giftId: gift.giftId }));
}
