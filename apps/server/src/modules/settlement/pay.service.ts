import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { post, type TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { BANK_ACCOUNT, bookingOf } from '../fund/index.ts';
import { accountOf } from '../sale/index.ts';
import { divideEntries, entriesOf } from './settlement.ts';
import type { SettlementNeeds } from './settlement.needs.ts';
import {
  listPlaces,
  listSettlements,
  lockSettlement,
  readPostings,
  setFund,
  updateSettlement,
  type SettlementRow,
} from './settlement.store.ts';

/** The settlement, locked, when the actor may settle it: never who put the merchant on file. */
async function mine(tx: Writing, settlementId: Id): Promise<SettlementRow> {
  const row = await lockSettlement(tx, settlementId);
  if (!row) throw new Refusal('not_found');
  if (row.onboarded_by !== null && row.onboarded_by === tx.actor.accountId)
    throw new Refusal('onboarder_may_not_settle');
  return row;
}

/**
 * Notes that a merchant's share arrived at the federation's bank: every sale's entry moves from what was due
 * at its station to the community's mutual-aid fund, what was given back of earlier months back to the
 * merchant's promise. Once; refuses `settled_already`, `onboarder_may_not_settle`. One posting, call it last.
 */
export async function payShare(
  needs: SettlementNeeds,
  tx: Writing,
  command: { settlementId: Id; bankReference: string; paidOn: string },
): Promise<void> {
  const row = await mine(tx, command.settlementId);
  if (row.share_state !== 'due') throw new Refusal('settled_already');
  if (command.paidOn > dateInShanghai(tx.now)) throw new Refusal('input_invalid', {}, 'paidOn');
  await updateSettlement(tx, row.id, {
    share_state: 'paid',
    paid_on: command.paidOn,
    bank_reference: command.bankReference,
    settled_by: tx.actor.accountId,
  });
  await needs.desk.close(tx, [{ subjectId: row.id }]);
  const commands = await shareMovements(needs, tx, row);
  tx.touched('settlement', row.id, 'share_paid');
  const { bookedOn } = (await bookingOf(tx, [command.paidOn]))(command.paidOn);
  const transferIds = await postAll(needs, tx, commands);
  await updateSettlement(tx, row.id, {
    noted_at: tx.now,
    booked_on: bookedOn,
    transfer_ids: transferIds,
  });
}

async function shareMovements(
  needs: SettlementNeeds,
  tx: Writing,
  row: SettlementRow,
): Promise<TransferCommand[]> {
  const postings = await readPostings(tx, { batchId: row.batch_id, merchantId: row.merchant_id });
  const places = await listPlaces(tx, [row.id]);
  const funds = await fundsOf(
    needs,
    tx,
    places.map((place) => place.area_id),
  );
  const common = {
    document: { kind: 'settlement', id: row.id },
    actor: tx.actor.accountId,
  };
  const receivable = accountOf('receivable', row.merchant_id);
  const received = {
    ...common,
    key: `share_received:${row.id}`,
    from: BANK_ACCOUNT,
    to: receivable,
    amount: row.share_fen,
    reason: 'share_received',
  };
  const commands: TransferCommand[] = row.share_fen > 0 ? [received] : [];
  for (const place of places) {
    const fundId = funds.get(place.area_id)!;
    await setFund(tx, { settlementId: row.id, placeId: place.place_id, fundId });
    const entries = entriesOf(postings.filter((one) => one.placeId === place.place_id));
    for (const entry of divideEntries(entries, place.net_fen)) {
      const from = {
        ...common,
        from: accountOf('due', row.merchant_id, place.place_id),
        of: entry.transferId,
      };
      if (entry.givenFen > 0)
        commands.push({
          ...from,
          key: `share_given:${entry.transferId}`,
          to: fundId,
          amount: entry.givenFen,
          reason: 'share_given',
        });
      if (entry.returnedFen > 0)
        commands.push({
          ...from,
          key: `share_carried:${entry.transferId}`,
          to: receivable,
          amount: entry.returnedFen,
          reason: 'share_back',
        });
    }
  }
  return commands;
}

/** The mutual-aid fund of each community; opened where there is none yet. */
async function fundsOf(
  needs: SettlementNeeds,
  tx: Writing,
  areaIds: readonly number[],
): Promise<Map<number, Id>> {
  const wanted = [...new Set(areaIds)];
  if (wanted.length === 0) return new Map();
  const known = await needs.fund.listFunds(tx, { kind: 'mutual_aid', areaIds: wanted });
  const found = new Map(known.map((fund) => [fund.areaId!, fund.id]));
  const missing = wanted.filter((areaId) => !found.has(areaId));
  const made = await needs.fund.createFunds(
    tx,
    missing.map((areaId) => ({
      name: `${needs.place.area(areaId).name}互助基金`,
      kind: 'mutual_aid',
      areaId,
    })),
  );
  for (const fund of made) found.set(fund.areaId!, fund.id);
  return found;
}

/**
 * Asks for the payment of what vouchers bought at a merchant, out of what is owed to it; two people agree to
 * it like to any other payment. Refuses `settled_already`, `onboarder_may_not_settle`. Federation login.
 */
export async function proposeVouchers(
  needs: SettlementNeeds,
  tx: Writing,
  settlementId: Id,
): Promise<void> {
  const row = await mine(tx, settlementId);
  if (row.voucher_state === 'none') throw new Refusal('nothing_to_settle');
  if (row.voucher_state !== 'open') throw new Refusal('settled_already');
  const payable = accountOf('payable', row.merchant_id);
  if (row.voucher_carried_fen > 0)
    await postAll(needs, tx, [
      {
        key: `voucher_carried:${row.id}`,
        from: payable,
        to: accountOf('receivable', row.merchant_id),
        amount: row.voucher_carried_fen,
        reason: 'return',
        document: { kind: 'settlement', id: row.id },
        actor: tx.actor.accountId,
      },
    ]);
  const { proposalId } = await needs.fund.propose(tx, {
    source: { kind: 'payable', id: payable },
    payee: { kind: 'organization', id: row.merchant_id },
    amountFen: row.voucher_fen,
    purpose: `${row.month} 救助代金券兑付（${row.number}）`,
    needId: null,
    attachmentIds: [],
    formId: needs.newId(),
    subject: { kind: 'settlement', id: row.id },
  });
  await updateSettlement(tx, row.id, { voucher_state: 'proposed', proposal_id: proposalId });
  tx.touched('settlement', row.id, 'vouchers_proposed');
}

/** What became of the payments asked for; heard from `fund`. System login. */
export async function voucherPayment(
  tx: Writing,
  proposalId: Id,
  what: 'paid' | 'ended',
): Promise<void> {
  for (const row of await listSettlements(tx, { proposalIds: [proposalId] }))
    await updateSettlement(
      tx,
      row.id,
      what === 'paid' ? { voucher_state: 'paid' } : { voucher_state: 'open', proposal_id: null },
    );
}

/** Posts what settling moves, all or none, and answers the entries; a movement that is refused is a fault, as everything was locked. */
export async function postAll(
  needs: SettlementNeeds,
  tx: Writing,
  commands: readonly TransferCommand[],
): Promise<Id[]> {
  const outcomes = await post(tx.sql, { commands, at: tx.now, newId: needs.newId });
  const failed = outcomes.find((outcome) => outcome.status === 'refused');
  if (failed) throw new Error(`a settlement was not posted: ${JSON.stringify(failed)}`);
  return outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [] : outcome.transferIds));
}

/** Puts what is late on the accountant's desk. System login. */
export async function tellLate(needs: SettlementNeeds, tx: Writing): Promise<number> {
  const late = await listSettlements(tx, { lateOn: dateInShanghai(tx.now) });
  if (late.length === 0) return 0;
  const names = await needs.catalogue.sellers(
    tx,
    late.map((row) => row.merchant_id),
  );
  const district = needs.place.district()!;
  await needs.desk.open(
    tx,
    late.map((row) => ({
      kind: 'share_late' as const,
      subjectKind: 'settlement' as const,
      subjectId: row.id,
      number: row.number,
      title: names.get(row.merchant_id)?.name ?? '',
      detail: `${row.month} 的 2 % 已过缴款期`,
      areaId: district.id,
      building: null,
      roles: ['federation_accountant' as const],
      level: 'district' as const,
      dueAt: tx.now,
      warnAt: tx.now,
      urgent: false,
      askerAccountId: null,
    })),
  );
  return late.length;
}
