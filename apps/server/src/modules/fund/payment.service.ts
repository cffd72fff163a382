import { Refusal, yuanNumber, type Id } from '@wennuan/basics';
import { post, type Outcome } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { aidAccount, openAccounts, type AccountToOpen } from './accounts.ts';
import type { FundNeeds } from './fund.needs.ts';
import { insertPayment } from './payment.store.ts';
import { tellEvent, tellProposer } from './proposal.service.ts';
import { listProposals, moveProposal, type ProposalRow } from './proposal.store.ts';

/**
 * Records that an approved proposal was paid and posts it out of what it held: to the supplier's account, or
 * for a person to the account "aid paid" of her street. Refuses a second payment, by row lock and constraint.
 */
export async function pay(
  needs: FundNeeds,
  tx: Writing,
  command: { proposalId: Id; bankReference: string; paidOn: string },
): Promise<{ paymentId: Id; number: string }> {
  const [proposal] = await listProposals(tx, { id: command.proposalId, lock: true });
  if (!proposal) throw new Refusal('not_found');
  if (proposal.state === 'paid') throw new Refusal('payment_already_made');
  if (proposal.state !== 'approved') throw new Refusal('proposal_not_approved');
  const payee = await payeeOf(needs, tx, proposal);
  await openAccounts(tx, [payee.account]);
  await moveProposal(tx, proposal.id, { state: 'paid' });
  await needs.desk.close(tx, [{ subjectId: proposal.id, kinds: ['pay'] }]);
  const id = needs.newId();
  tx.touched('proposal', proposal.id);
  tx.touched('payment', id);
  const transferIds = await postPayout(needs, tx, { id, proposal, to: payee.account.id });
  const number = await insertPayment(tx, {
    id,
    proposalId: proposal.id,
    sourceKind: proposal.sourceKind,
    sourceId: proposal.sourceId,
    payeeKind: proposal.payeeKind,
    payeeId: proposal.payeeId,
    payeeAccountId: payee.account.id,
    publicPayee: payee.publicName,
    amountFen: proposal.amountFen,
    transferIds,
    bankReference: command.bankReference,
    paidOn: command.paidOn,
    areaId: proposal.areaId,
    streetId: payee.streetId,
  });
  await tellProposer(needs, tx, proposal, {
    title: `${proposal.number} 已付款`,
    body: `付款编号 ${number}，¥${yuanNumber(proposal.amountFen)}`,
  });
  await tellEvent(needs, tx, 'fund.paid', { ...proposal, number });
  return { paymentId: id, number };
}

/** Moves the amount to the payee's account, out of what the proposal holds. */
async function postPayout(
  needs: FundNeeds,
  tx: Writing,
  { id, proposal, to }: { id: Id; proposal: ProposalRow; to: Id },
): Promise<Id[]> {
  const [outcome] = await post(tx.sql, {
    commands: [
      {
        key: `payment:${proposal.id}`,
        from: proposal.sourceId,
        to,
        amount: proposal.amountFen,
        hold: proposal.id,
        reason: 'payout',
        document: { kind: 'payment', id },
        actor: tx.actor.accountId,
      },
    ],
    at: tx.now,
    newId: needs.newId,
  });
  return postedIds(outcome);
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

async function payeeOf(
  needs: FundNeeds,
  tx: Writing,
  proposal: ProposalRow,
): Promise<{ account: AccountToOpen; publicName: string | null; streetId: number | null }> {
  if (proposal.payeeKind === 'organization') {
    const publicName = (await needs.organization.names(tx, [proposal.payeeId])).get(
      proposal.payeeId,
    );
    if (publicName === undefined) throw new Refusal('payee_missing');
    return {
      account: worldAccount(proposal.payeeId, 'supplier', publicName, null),
      publicName,
      streetId: null,
    };
  }
  const person = (await needs.resident.people(tx, [proposal.payeeId])).get(proposal.payeeId);
  if (!person) throw new Refusal('payee_missing');
  const street = needs.place.streetOf(person.areaId);
  const account = aidAccount(street.id);
  return {
    account: worldAccount(account, 'person', '困难居民救助', street.id),
    publicName: null,
    streetId: street.id,
  };
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
