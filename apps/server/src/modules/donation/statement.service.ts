import { yuanNumber, type Id } from '@wennuan/basics';
import { appendEvents, type TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { PLATFORM_MATCHING } from '../fund/index.ts';
import type {
  PaidPayment,
  PaymentChange,
  Posted,
  PostingKind,
  Recorded,
  Remark,
  StatementSums,
  StatementFile,
} from '../payment/index.ts';
import { channelAccount, postAll, postFacts, transfersOf } from './books.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { insertGifts, markOrdersReceived, type Project } from './gift.store.ts';
import { tellComplete } from './item.service.ts';
import { lockItems } from './item.store.ts';
import { leavingOf, refundLegs } from './leaving.ts';
import { findOrHoldProjects, holdProjects, projectKey } from './project.service.ts';
import { fullyGiven, giftEvent } from './receive.service.ts';

/** What an import did, and what its files say in all. */
export interface Imported {
  names: string[];
  sums: StatementSums;
  newGifts: number;
  newRefunds: number;
  newFeesFen: number;
  held: { gifts: number; fen: number };
  /** Payments of which platform, bill and ledger do not say the same. */
  differences: number;
  notes: (Remark & { file: number })[];
}

/**
 * Imports statements: every payment they tell of becomes a gift once, with its fee, its match and its
 * refunds in the ledger. All of it or nothing (`StatementsRefused`, with what is wrong by line). Again
 * changes nothing. Federation or system login.
 */
export async function importStatements(
  needs: DonationNeeds,
  tx: Writing,
  files: readonly StatementFile[],
): Promise<Imported> {
  const told = await needs.payment.recordStatements(tx, files);
  // All that portions will need is held before the first of them locks accounts of the ledger.
  await holdProjects(tx, told.projects);
  const paymentIds: Id[] = [];
  const report: Report = {
    names: told.names,
    newGifts: 0,
    newRefunds: 0,
    newFeesFen: 0,
    held: { gifts: 0, fen: 0 },
    notes: [...told.notes],
  };
  for await (const recorded of told.portions()) {
    paymentIds.push(...recorded.paymentIds);
    addTo(report, recorded, await postPortion(needs, tx, recorded));
  }
  const { duplicateRows } = told;
  const sums = await needs.payment.sumStatements(tx, { paymentIds, duplicateRows });
  const differences = await needs.payment.countDifferences(tx, paymentIds);
  return { ...report, sums, differences };
}

type Report = Omit<Imported, 'sums' | 'differences'>;

/** Posts what a portion tells; answers which project each new gift of it is for. */
async function postPortion(
  needs: DonationNeeds,
  tx: Writing,
  { changes, unknownRefunds, numbered }: Recorded,
): Promise<ReadonlyMap<Id, Project>> {
  const paid = changes.flatMap((change) => change.paid ?? []);
  const targets = await targetsOf(needs, tx, paid);
  await findOrHoldProjects(needs, tx, numbered);
  const posted: Posted = { entries: [], postings: [], lacking: [] };
  await postGifts(needs, tx, { changes, targets, posted });
  await postOutgoing(needs, tx, { changes, unknownRefunds, posted });
  await needs.payment.notePosted(tx, posted);
  return targets;
}

function addTo(
  report: Report,
  { changes, unknownRefunds }: Recorded,
  targets: ReadonlyMap<Id, Project>,
): void {
  for (const { paid, refunds, feeFen } of changes) {
    report.newRefunds += refunds.length;
    report.newFeesFen += feeFen;
    if (!paid) continue;
    report.newGifts += 1;
    if (targets.get(paid.id)!.targetKind !== 'project') continue;
    report.held.gifts += 1;
    report.held.fen += paid.amountFen;
  }
  report.newRefunds += unknownRefunds.length;
  for (const { refundNumber, orderNumber, amountFen, file, line } of unknownRefunds) {
    const params = { refund: refundNumber, order: orderNumber, amount: yuanNumber(amountFen) };
    report.notes.push({ file, line, code: 'refund_unknown_order', params });
  }
}

async function targetsOf(
  needs: DonationNeeds,
  tx: Writing,
  paid: readonly PaidPayment[],
): Promise<Map<Id, Project>> {
  const wanted = (one: PaidPayment) => ({ code: one.projectCode, name: one.projectName });
  const found = await findOrHoldProjects(needs, tx, paid.map(wanted));
  return new Map(paid.map((one) => [one.id, found.get(projectKey(wanted(one)))!]));
}

interface Importing {
  changes: readonly PaymentChange[];
  posted: Posted;
}

/** Posts gifts and what was added to them, and adds the gifts. */
async function postGifts(
  needs: DonationNeeds,
  tx: Writing,
  { changes, targets, posted }: Importing & { targets: ReadonlyMap<Id, Project> },
): Promise<void> {
  const paid = changes.flatMap((change) => change.paid ?? []);
  const items = await lockItems(
    tx,
    [...targets.values()].flatMap((one) => (one.targetKind === 'item' ? one.targetId : [])),
  );
  const matched = changes.filter((change) => change.matchedFen > 0);
  const accountOf = (change: PaymentChange) =>
    targets.get(change.paymentId)?.targetId ?? change.entry!.accountId;
  const outcomes = await postAll(needs, tx, [
    ...paid.map((one) => giftCommand(one, targets.get(one.id)!.targetId)),
    ...matched.map((change) => matchCommand(change, accountOf(change))),
  ]);
  const transferIds = outcomes.map((outcome) => transfersOf(outcome)[0]!);
  const matches = new Map(
    matched.map((change, index) => [change.paymentId, transferIds[paid.length + index]!]),
  );
  paid.forEach((one, index) => {
    posted.entries.push({
      paymentId: one.id,
      accountId: targets.get(one.id)!.targetId,
      transferId: transferIds[index]!,
      entryId: transferIds[index]!,
      matchEntryId: matches.get(one.id) ?? null,
    });
  });
  for (const change of matched) {
    const matchEntryId = matches.get(change.paymentId)!;
    note(posted, matchEntryId, { paymentId: change.paymentId, kind: 'match' });
    if (change.paid) continue;
    const { accountId } = change.entry!;
    posted.entries.push({
      paymentId: change.paymentId,
      accountId,
      transferId: null,
      entryId: null,
      matchEntryId,
    });
  }
  await markOrdersReceived(
    tx,
    paid.map((one) => one.id),
  );
  await insertGifts(
    tx,
    paid.map((one, index) => newGift(one, targets.get(one.id)!, transferIds[index]!)),
  );
  await tellComplete(needs, tx, await fullyGiven(tx, items));
  await tellGifts(needs, tx, { paid, targets });
}

function giftCommand(one: PaidPayment, to: Id): TransferCommand {
  return {
    key: `payment:${one.id}`,
    from: channelAccount[one.channel],
    to,
    amount: one.amountFen,
    reason: 'gift',
    document: { kind: 'gift', id: one.id },
    actor: null,
  };
}

function matchCommand(change: PaymentChange, to: Id): TransferCommand {
  return {
    key: `match:${change.paymentId}`,
    from: PLATFORM_MATCHING,
    to,
    amount: change.matchedFen,
    reason: 'matching',
    document: { kind: 'matching', id: change.paymentId },
    actor: null,
  };
}

function newGift(one: PaidPayment, project: Project, transferId: Id) {
  const { legalForm, targetKind, targetId, campaignId } = project;
  return {
    id: one.id,
    amountFen: one.amountFen,
    paidAt: one.paidAt.toISOString(),
    legalForm,
    targetKind,
    targetId,
    campaignId,
    transferId,
    publicName: one.publicName,
    organizationId: null,
    claimId: null,
    platformOrder: null,
    noticeHash: null,
  };
}

/** One event for all gifts to one target. */
async function tellGifts(
  needs: DonationNeeds,
  tx: Writing,
  { paid, targets }: { paid: readonly PaidPayment[]; targets: ReadonlyMap<Id, Project> },
): Promise<void> {
  const groups = Map.groupBy(paid, (one) => targets.get(one.id)!.targetId);
  await appendEvents(
    tx.sql,
    [...groups.values()].map((group) => {
      const { targetKind, targetId, needId } = targets.get(group[0]!.id)!;
      return giftEvent(needs, {
        giftId: group.at(-1)!.id,
        itemId: targetKind === 'item' ? targetId : null,
        needId,
        areaId: null,
        amountFen: group.reduce((sum, one) => sum + one.amountFen, 0),
      });
    }),
  );
}

/** Posts refunds that a channel's notice or answer tells of, and notes what was posted. */
export async function postRefunds(
  needs: DonationNeeds,
  tx: Writing,
  told: Pick<Recorded, 'changes' | 'unknownRefunds'>,
): Promise<void> {
  const posted: Posted = { entries: [], postings: [], lacking: [] };
  await postOutgoing(needs, tx, { ...told, posted });
  await needs.payment.notePosted(tx, posted);
}

/** Posts fees, refunds and what they give back. By now every gift's entry is known, old or new. */
async function postOutgoing(
  needs: DonationNeeds,
  tx: Writing,
  { changes, unknownRefunds, posted }: Importing & Pick<Recorded, 'unknownRefunds'>,
): Promise<void> {
  const entries = new Map(posted.entries.map((one) => [one.paymentId, one]));
  const leaving = changes.flatMap((change) => {
    const fresh = entries.get(change.paymentId);
    const entry = {
      accountId: fresh?.accountId ?? change.entry!.accountId,
      entryId: fresh?.entryId ?? change.entry!.entryId,
      matchEntryId: fresh?.matchEntryId ?? change.entry?.matchEntryId ?? null,
    };
    return leavingOf(change, entry);
  });
  for (const refund of unknownRefunds) leaving.push(...refundLegs(refund, null));
  const taken = await postFacts(
    needs,
    tx,
    leaving.map((one) => one.command),
  );
  const lacking = new Map<Id, number>(
    unknownRefunds.map((one) => [one.refundId, one.amountFen - one.feeReturnedFen]),
  );
  leaving.forEach(({ paymentId, refundId, kind }, index) => {
    const { transferIds, lackingFen } = taken[index]!;
    for (const transferId of transferIds) note(posted, transferId, { paymentId, refundId, kind });
    if (refundId !== null && kind === 'made_good') lacking.set(refundId, lackingFen);
    else if (refundId !== null && lackingFen > 0) lacking.set(refundId, lackingFen);
  });
  for (const [refundId, amountFen] of lacking) posted.lacking.push({ refundId, amountFen });
}

function note(
  posted: Posted,
  transferId: Id,
  what: { paymentId: Id | null; refundId?: Id | null; kind: PostingKind },
): void {
  posted.postings.push({ refundId: null, ...what, transferId });
}
