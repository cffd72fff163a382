import { Refusal, yuanNumber, type Id } from '@wennuan/basics';
import { post, type Outcome } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { aidAccount, openAccounts, type AccountToOpen } from './accounts.ts';
import { prepareAid } from './aid-pot.ts';
import type { FundNeeds } from './fund.needs.ts';
import type { PayeeKind } from './fund.ts';
import { listLines, moveLines, sumLines, type LineRow } from './line.store.ts';
import { mustBeOpen } from './period.ts';
import { insertPayments } from './payment.store.ts';
import { listProposals, moveProposals, type ProposalRow } from './proposal.store.ts';
import { tellEvents, tellProposer } from './proposal.tell.ts';

/** That the bank paid a line: its reference and day. */
export interface PaidLine {
  lineId: Id;
  bankReference: string;
  paidOn: string;
  /** The day it is booked on, when not the day it was paid on; then a note says why. */
  bookedOn?: string | undefined;
  bookedNote?: string | undefined;
}

/**
 * Records that an approved proposal of one payee was paid, and posts it out of what it held. Refuses a
 * second payment, by row lock and constraint, and a proposal of many payees (`proposal_is_list`).
 */
export async function pay(
  needs: FundNeeds,
  tx: Writing,
  command: { proposalId: Id } & Omit<PaidLine, 'lineId'>,
): Promise<{ paymentId: Id; number: string }> {
  const [proposal] = await listProposals(tx, { ids: [command.proposalId], lock: true });
  if (!proposal) throw new Refusal('not_found');
  if (proposal.payeeKind === 'list') throw new Refusal('proposal_is_list');
  const [line] = await listLines(tx, { ids: [proposal.id] });
  if (line?.state === 'in_batch') throw new Refusal('line_in_batch');
  const [paid] = await payLines(needs, tx, [{ ...command, lineId: proposal.id }]);
  return paid!;
}

/**
 * Records that lines were paid, many at once, and posts each out of what it held: to the supplier's account,
 * or for a person to the account "aid paid" of her street. Refuses an unknown line (`not_found`), one that
 * is not agreed to, one paid or withdrawn, an organisation that is not on the signed list
 * (`payee_not_signed`), and a day in a closed month (`period_closed`).
 */
export async function payLines(
  needs: FundNeeds,
  tx: Writing,
  commands: readonly PaidLine[],
): Promise<{ paymentId: Id; number: string }[]> {
  if (commands.length === 0) return [];
  const { lines, proposals } = await lockLines(
    tx,
    commands.map((command) => command.lineId),
  );
  await checkBooking(tx, commands);
  const paying = commands.map((command) => {
    const line = lines.get(command.lineId);
    if (!line) throw new Refusal('not_found');
    mustBePayable(line);
    return { command, line, proposal: proposals.get(line.proposalId)!, id: needs.newId() };
  });
  const payees = await payeesOf(
    needs,
    tx,
    paying.map(({ line }) => line),
  );
  await mustBeSigned(needs, tx, [...payees.values()]);
  await openAccounts(
    tx,
    paying.map(({ line }) => payees.get(line.id)!.account),
  );
  await moveLines(
    tx,
    paying.map(({ line }) => line.id),
    { state: 'paid' },
  );
  await endProposals(needs, tx, [...proposals.values()]);
  for (const { id, proposal } of paying) {
    tx.touched('proposal', proposal.id);
    tx.touched('payment', id);
  }
  const posted = await postPayouts(needs, tx, paying, payees);
  const numbers = await insertPayments(
    tx,
    paying.map(({ id, line, proposal, command }) => ({
      id,
      proposalId: proposal.id,
      lineId: line.id,
      sourceKind: proposal.sourceKind,
      sourceId: proposal.sourceId,
      payeeKind: line.payeeKind,
      payeeId: line.payeeId,
      payeeAccountId: payees.get(line.id)!.account.id,
      publicPayee: payees.get(line.id)!.publicName,
      amountFen: line.amountFen,
      transferIds: posted.get(line.id)!,
      bankReference: command.bankReference,
      paidOn: command.paidOn,
      bookedOn: command.bookedOn ?? command.paidOn,
      bookedNote: command.bookedNote?.trim() || null,
      areaId: proposal.areaId,
      streetId: payees.get(line.id)!.streetId,
    })),
  );
  await tellPaid(
    needs,
    tx,
    paying.map((one) => ({ ...one, number: numbers.get(one.id)! })),
  );
  return paying.map(({ id }) => ({ paymentId: id, number: numbers.get(id)! }));
}

/** The day of the books: in an open month, and with a note when it is not the day of the bank. */
async function checkBooking(tx: Writing, commands: readonly PaidLine[]): Promise<void> {
  for (const { paidOn, bookedOn = paidOn, bookedNote = '' } of commands)
    if (bookedOn !== paidOn && bookedNote.trim() === '')
      throw new Refusal('reason_required', {}, 'bookedNote');
  const days = commands.map(({ paidOn, bookedOn = paidOn }) => bookedOn);
  await mustBeOpen(tx, days, 'paidOn');
}

/** Organisations are paid to accounts that two people signed. */
async function mustBeSigned(
  needs: FundNeeds,
  tx: Writing,
  payees: readonly PayeeAccount[],
): Promise<void> {
  const organizations = payees.filter((payee) => payee.account.purpose.kind === 'supplier');
  const signed = await needs.signedPayees(
    tx,
    organizations.map((payee) => payee.account.id),
  );
  const unsigned = organizations.find((payee) => !signed.has(payee.account.id));
  if (unsigned) throw new Refusal('payee_not_signed', { payee: unsigned.publicName ?? '' });
}

/** Locks proposals, then their lines, each in order of id, as everybody does who decides about them. */
export async function lockLines(
  tx: Writing,
  lineIds: readonly Id[],
): Promise<{ lines: Map<Id, LineRow>; proposals: Map<Id, ProposalRow> }> {
  const known = await listLines(tx, { ids: lineIds });
  const proposals = await listProposals(tx, {
    ids: [...new Set(known.map((line) => line.proposalId))],
    lock: true,
  });
  const lines = await listLines(tx, { ids: lineIds, lock: true });
  return {
    lines: new Map(lines.map((line) => [line.id, line])),
    proposals: new Map(proposals.map((proposal) => [proposal.id, proposal])),
  };
}

function mustBePayable(line: LineRow): void {
  if (line.state === 'paid') throw new Refusal('payment_already_made');
  if (line.state === 'withdrawn' || line.state === 'refused') throw new Refusal('approval_closed');
  if (line.state === 'proposed') throw new Refusal('proposal_not_approved');
}

/** Proposals of which no line is still to end are paid, or cancelled when nothing of them was paid. */
export async function endProposals(
  needs: FundNeeds,
  tx: Writing,
  proposals: readonly ProposalRow[],
): Promise<void> {
  const sums = await sumLines(
    tx,
    proposals.map((one) => one.id),
  );
  const ended = proposals.filter((one) => sums.get(one.id)?.openCount === 0);
  const paid = ended.filter((one) => sums.get(one.id)!.paidFen > 0).map((one) => one.id);
  const none = ended.filter((one) => sums.get(one.id)!.paidFen === 0).map((one) => one.id);
  await moveProposals(tx, paid, { state: 'paid' });
  await moveProposals(tx, none, { state: 'cancelled' });
  await needs.desk.close(
    tx,
    ended.map((one) => ({ subjectId: one.id, kinds: ['pay'] })),
  );
}

interface Paying {
  id: Id;
  line: LineRow;
  proposal: ProposalRow;
}

/**
 * Moves each amount to its payee's account: an organisation's out of what the line holds, a person's out of the
 * source's aid pot; answers the transfers by line.
 */
async function postPayouts(
  needs: FundNeeds,
  tx: Writing,
  paying: readonly Paying[],
  payees: ReadonlyMap<Id, PayeeAccount>,
): Promise<Map<Id, Id[]>> {
  const linkOf = (line: LineRow) => `payment:${line.id}`;
  const bought =
    (await needs.bought?.(
      tx,
      paying.map(({ line, proposal }) => ({ proposalId: proposal.id, link: linkOf(line) })),
    )) ?? [];
  const linked = new Set(bought.map((command) => command.link));
  const { pots, fillings } = await prepareAid(
    needs,
    tx,
    paying
      .filter(({ line }) => line.payeeKind === 'person')
      .map(({ line, proposal }) => ({
        sourceId: proposal.sourceId,
        personId: line.payeeId,
        amountFen: line.amountFen,
        holdName: line.id,
      })),
  );
  const payouts = paying.map(({ id, line, proposal }) => ({
    key: `payment:${line.id}`,
    to: payees.get(line.id)!.account.id,
    amount: line.amountFen,
    reason: 'payout',
    document: { kind: 'payment', id },
    actor: tx.actor.accountId,
    // A person is paid out of the pot, so that no public leaf tells what one of them got and when.
    ...(line.payeeKind === 'person'
      ? { from: pots.get(proposal.sourceId)! }
      : { from: proposal.sourceId, hold: line.id }),
    ...(linked.has(linkOf(line)) && { link: linkOf(line) }),
  }));
  const outcomes = await post(tx.sql, {
    // What was bought is posted with its payment, so that a trace goes on from the money to the things.
    commands: [...fillings, ...payouts, ...bought],
    at: tx.now,
    newId: needs.newId,
  });
  outcomes.slice(0, fillings.length).forEach(postedIds);
  return new Map(
    paying.map(({ line }, index) => [line.id, postedIds(outcomes[fillings.length + index])]),
  );
}

function postedIds(outcome: Outcome | undefined): Id[] {
  if (!outcome) throw new Error('the ledger answered nothing');
  if (outcome.status === 'refused') {
    const tooLow = ['balance_too_low', 'hold_too_low', 'hold_unknown'].includes(outcome.refusal);
    if (!tooLow) throw new Error(`payment refused by the ledger: ${outcome.refusal}`);
    throw new Refusal('balance_too_low', { available: yuanNumber(outcome.available ?? 0) });
  }
  if (outcome.status === 'already_posted') throw new Refusal('payment_already_made');
  return outcome.transferIds;
}

/** One message to each proposer, one event for each line. */
async function tellPaid(
  needs: FundNeeds,
  tx: Writing,
  paid: readonly (Paying & { number: string })[],
): Promise<void> {
  for (const lines of Map.groupBy(paid, ({ proposal }) => proposal.id).values()) {
    const { proposal, number, line } = lines[0]!;
    const sum = lines.reduce((total, one) => total + one.line.amountFen, 0);
    await tellProposer(needs, tx, proposal, {
      title: `${proposal.number} 已付款`,
      body:
        lines.length === 1
          ? `付款编号 ${number}，¥${yuanNumber(line.amountFen)}`
          : `${lines.length} 笔，共 ¥${yuanNumber(sum)}`,
    });
  }
  await tellEvents(needs, tx, 'fund.paid', paid);
}

interface PayeeAccount {
  account: AccountToOpen;
  publicName: string | null;
  streetId: number | null;
}

/** The account of the books that each line's payee is paid to. */
async function payeesOf(
  needs: FundNeeds,
  tx: Writing,
  lines: readonly LineRow[],
): Promise<Map<Id, PayeeAccount>> {
  const ofKind = (kind: PayeeKind) => [
    ...new Set(lines.filter((line) => line.payeeKind === kind).map((line) => line.payeeId)),
  ];
  const names = await needs.organization.names(tx, ofKind('organization'));
  const persons = await needs.resident.people(tx, ofKind('person'));
  return new Map(
    lines.map((line): [Id, PayeeAccount] => {
      if (line.payeeKind === 'organization') {
        const publicName = names.get(line.payeeId);
        if (publicName === undefined) throw new Refusal('payee_missing');
        const account = worldAccount(line.payeeId, 'supplier', publicName, null);
        return [line.id, { account, publicName, streetId: null }];
      }
      const person = persons.get(line.payeeId);
      if (!person) throw new Refusal('payee_missing');
      const street = needs.place.streetOf(person.areaId);
      const account = worldAccount(aidAccount(street.id), 'person', '困难居民救助', street.id);
      return [line.id, { account, publicName: null, streetId: street.id }];
    }),
  );
}

function worldAccount(
  id: Id,
  kind: 'supplier' | 'person',
  label: string,
  areaId: number | null,
): AccountToOpen {
  return {
    id,
    kind: 'world',
    unit: 'fen',
    code: null,
    purpose: { kind, subjectId: id, label, areaId, isPublic: true },
  };
}
