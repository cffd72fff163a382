import { dateInShanghai, instantInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import { post } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { BANK_ACCOUNT, bookingOf, UNKNOWN_MONEY } from '../fund/index.ts';
import { bankLineViews } from './bank.service.ts';
import { insertMatches, listBankLines, markMatched, type BankLineRow } from './bank.store.ts';
import type { BookNeeds } from './book.needs.ts';
import { proposalsFor, type Known } from './credit.ts';
import {
  agreementsOf,
  claimsOf,
  type CreditRow,
  insertCredit,
  listCredits,
  listOpenCredits,
  organizationsNamed,
  updateCredit,
} from './credit.store.ts';

type Credits = RouteOutput<typeof routes.book.credits>;
type Recognised = RouteRequest<typeof routes.book.recogniseCredit>['body'] & { bankLineId: Id };

const SHOWN = 100;

/** Credits of the bank that are nobody's yet, each with what it may be. */
export async function readCredits(needs: BookNeeds, tx: Scoped): Promise<Credits> {
  const ids = await listOpenCredits(tx, SHOWN);
  const rows = (await listBankLines(tx, { ids })).toSorted((a, b) => a.serial - b.serial);
  const views = await bankLineViews(needs, tx, rows);
  const credits = await listCredits(tx, { ids });
  const purposes = await needs.donation.cashPurposes(tx, []);
  const known = await readKnown(
    needs,
    tx,
    purposes.map((one) => one.id),
  );
  const items: Credits['items'] = [];
  for (const { id, day, inFen, reference, counterparty, note } of views) {
    const credit = credits.get(id);
    items.push({
      bankLineId: id,
      day,
      amountFen: inFen,
      reference,
      counterparty,
      note,
      state: credit && credit.state !== 'gift' ? credit.state : 'open',
      heldNote: credit?.note ?? null,
      returnReason: credit?.returnReason ?? null,
      mayAgree: credit?.state === 'returning' && credit.returnAskedBy !== tx.actor.accountId,
      proposals: proposalsFor(
        { counterparty, note, amountFen: inFen },
        {
          ...known,
          claims: await claimsOf(tx, inFen),
          payers: counterparty === '' ? [] : await organizationsNamed(tx, counterparty.trim()),
        },
      ),
    });
  }
  return {
    items,
    campaigns: purposes.map(({ id, label }) => ({ id, label })),
    wishes: known.items.map(({ id, code, name, neededFen }) => ({ id, code, name, neededFen })),
  };
}

/** What any credit could be, read once for all of them. */
async function readKnown(
  needs: BookNeeds,
  tx: Scoped,
  campaignIds: readonly Id[],
): Promise<Omit<Known, 'claims' | 'payers'>> {
  const funds = await needs.fund.listFunds(tx, {});
  return {
    campaigns: await needs.donation.campaigns(tx, { ids: campaignIds }),
    funds: funds.filter((fund) => fund.kind === 'general' || fund.kind === 'special'),
    items: await needs.donation.itemsToGiveFor(tx),
    pledges: await needs.pledge.awaited(tx),
    agreements: await agreementsOf(tx),
  };
}

/** A credit that may still be said to be something, held until the transaction ends. */
async function openCredit(
  tx: Writing,
  bankLineId: Id,
): Promise<{ line: BankLineRow; held: CreditRow | null }> {
  const [line] = await listBankLines(tx, { ids: [bankLineId], lock: true });
  if (!line || line.inFen === 0) throw new Refusal('not_found');
  const held = (await listCredits(tx, { ids: [bankLineId], lock: true })).get(bankLineId) ?? null;
  const isFree = held ? held.state === 'unknown' : line.matchedKind === null;
  if (!isFree) throw new Refusal('bank_line_matched');
  return { line, held };
}

/**
 * Says which gift a credit is: of a campaign or one wish behind the gates of its form, towards a
 * pledge, of a claim, or by agreement to a
 * fund. A line is one gift, whatever is sent twice; money that was held as unknown leaves there. Refuses
 * `bank_line_matched` and what the gift itself refuses. System login in the accountant's name.
 */
export async function recogniseCredit(
  needs: BookNeeds,
  tx: Writing,
  command: Recognised,
): Promise<void> {
  const { line, held } = await openCredit(tx, command.bankLineId);
  if (held) await moveHeld(needs, tx, { line, held, reason: 'unknown_known' });
  const giftId = await giftOf(needs, tx, { line, command, isHeld: held !== null });
  tx.touched('bank_line', line.id, 'gift');
  await insertMatches(tx, [{ kind: 'gift', entryId: giftId, bankLineId: line.id }]);
  if (held) return await updateCredit(tx, line.id, { state: 'gift', gift_id: giftId });
  await insertCredit(tx, {
    bankLineId: line.id,
    amountFen: line.inFen,
    giftId,
    heldTransferId: null,
    note: '',
  });
  await markMatched(tx, [{ id: line.id, kind: 'gift', note: command.kind }]);
}

async function giftOf(
  needs: BookNeeds,
  tx: Writing,
  { line, command, isHeld }: { line: BankLineRow; command: Recognised; isHeld: boolean },
): Promise<Id> {
  const bankReference = line.reference || line.id;
  const paidOn = line.day;
  if (command.kind === 'claim') {
    const claim = { claimId: command.id, bankReference, paidOn };
    const claims = await claimsOf(tx, line.inFen);
    if (!claims.some((one) => one.id === command.id)) throw new Refusal('claim_expired');
    return (await needs.donation.recordClaimPayment(tx, claim)).giftId;
  }
  const today = dateInShanghai(tx.now);
  const booked = (await bookingOf(tx, [line.day]))(line.day);
  const booking = isHeld ? { bookedOn: today, note: '待查来款认领' } : booked;
  if (command.kind === 'fund') {
    const { organizationId } = command;
    if (organizationId === null) throw new Refusal('not_found', {}, 'organizationId');
    const gift = {
      fundId: command.id,
      organizationId,
      amountFen: line.inFen,
      bankReference,
      paidOn,
    };
    const [made] = await needs.donation.recordAgreedGifts(tx, [
      { ...gift, bookedOn: booking.bookedOn, bookedNote: booking.note ?? undefined },
    ]);
    if (!made) throw new Refusal('receipt_recorded', { reference: bankReference });
    return made.giftId;
  }
  const pledge = command.kind === 'pledge' ? await pledgeOf(needs, tx, command.id) : null;
  const { giftId, giftNumber } = await needs.donation.recordHandGift(tx, {
    // One line is one gift, whatever is sent twice.
    formId: line.id,
    channel: 'bank',
    target: pledge
      ? { kind: 'campaign', id: pledge.campaignId }
      : { kind: command.kind === 'item' ? 'item' : 'campaign', id: command.id },
    amountFen: line.inFen,
    paidAt: instantInShanghai(line.day),
    giverName: pledge?.publicName ?? null,
    hideFromPublic: (pledge?.publicName ?? null) === null,
    giverId: pledge?.accountId ?? null,
    bankReference,
    booking: { bookedOn: booking.bookedOn, note: booking.note },
  });
  if (pledge) await needs.pledge.linkGift(tx, { pledgeId: pledge.id, giftNumber });
  return giftId;
}

async function pledgeOf(needs: BookNeeds, tx: Scoped, pledgeId: Id) {
  const pledge = (await needs.pledge.awaited(tx)).find((one) => one.id === pledgeId);
  if (!pledge) throw new Refusal('pledge_ended');
  return pledge;
}

/** Puts money that nobody can explain apart: it is owed, not income. System login in somebody's name. */
export async function holdCredit(
  needs: BookNeeds,
  tx: Writing,
  command: { bankLineId: Id; note: string },
): Promise<void> {
  const { line, held } = await openCredit(tx, command.bankLineId);
  if (held) throw new Refusal('bank_line_matched');
  const label = '待查来款';
  await needs.fund.openAccounts(tx, [
    {
      id: UNKNOWN_MONEY,
      kind: 'inner',
      unit: 'fen',
      code: null,
      purpose: {
        kind: 'receivable',
        subjectId: UNKNOWN_MONEY,
        label,
        areaId: null,
        isPublic: false,
      },
    },
  ]);
  const transferId = await postOne(needs, tx, {
    key: `unknown:${line.id}`,
    from: BANK_ACCOUNT,
    to: UNKNOWN_MONEY,
    amount: line.inFen,
    reason: 'unknown_in',
    bankLineId: line.id,
  });
  const { bookedOn } = (await bookingOf(tx, [line.day]))(line.day);
  await markMatched(tx, [
    { id: line.id, kind: 'unknown', note: command.note, transferId, bookedOn },
  ]);
  await insertCredit(tx, {
    bankLineId: line.id,
    amountFen: line.inFen,
    giftId: null,
    heldTransferId: transferId,
    note: command.note,
  });
  tx.touched('bank_line', line.id, 'unknown');
}

/** Asks that unknown money goes back where it came from; a second person agrees. */
export async function askCreditReturn(
  tx: Writing,
  command: { bankLineId: Id; reason: string },
): Promise<void> {
  const { line, held } = await openCredit(tx, command.bankLineId);
  if (!held) throw new Refusal('credit_not_held');
  await updateCredit(tx, line.id, {
    state: 'returning',
    return_reason: command.reason,
    return_asked_by: tx.actor.accountId!,
  });
  tx.touched('bank_line', line.id, 'returning');
}

/** Agrees to a return as somebody else, and posts it; the bank's own line of it is matched later. */
export async function agreeCreditReturn(
  needs: BookNeeds,
  tx: Writing,
  bankLineId: Id,
): Promise<void> {
  const [line] = await listBankLines(tx, { ids: [bankLineId], lock: true });
  const held = (await listCredits(tx, { ids: [bankLineId], lock: true })).get(bankLineId);
  if (!line || held?.state !== 'returning') throw new Refusal('not_found');
  if (held.returnAskedBy === tx.actor.accountId) throw new Refusal('second_person_required');
  const transferId = await moveHeld(needs, tx, { line, held, reason: 'unknown_return' });
  await updateCredit(tx, line.id, {
    state: 'returned',
    return_agreed_by: tx.actor.accountId!,
    returned_on: dateInShanghai(tx.now),
    return_transfer_id: transferId,
  });
  tx.touched('bank_line', line.id, 'returned');
}

function moveHeld(
  needs: BookNeeds,
  tx: Writing,
  { line, held, reason }: { line: BankLineRow; held: CreditRow; reason: string },
): Promise<Id> {
  return postOne(needs, tx, {
    key: `${reason}:${line.id}`,
    from: UNKNOWN_MONEY,
    to: BANK_ACCOUNT,
    amount: held.amountFen,
    of: held.heldTransferId!,
    reason,
    bankLineId: line.id,
  });
}

async function postOne(
  needs: BookNeeds,
  tx: Writing,
  move: { key: string; from: Id; to: Id; amount: number; of?: Id; reason: string; bankLineId: Id },
): Promise<Id> {
  const { bankLineId, ...command } = move;
  const document = { kind: 'bank_line', id: bankLineId };
  const [outcome] = await post(tx.sql, {
    commands: [{ ...command, document, actor: tx.actor.accountId }],
    at: tx.now,
    newId: needs.newId,
  });
  if (outcome!.status === 'refused') throw new Error(`unknown money: ${outcome!.refusal}`);
  return outcome!.transferIds[0]!;
}
