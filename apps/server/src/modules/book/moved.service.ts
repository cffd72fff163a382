import type { Id, PlainDate } from '@wennuan/basics';
import { balances, transfers, turnover } from '@wennuan/ledger';
import type { Scoped } from '../../platform/database/database.ts';
import {
  BANK_FEES,
  BANK_INTEREST,
  CASH_DESK,
  CHANNEL_FEES,
  UNKNOWN_MONEY,
  type Purpose,
} from '../fund/index.ts';
import { entryOf, settlementEntry, type Entry, type Moved, type Side } from './book.ts';
import type { BookNeeds } from './book.needs.ts';
import { spanOf } from './months.ts';
import { listSettlements, listShifted, listShiftedBankLines, type Shifted } from './moved.store.ts';

const ZONE = 'Asia/Shanghai';
/** Reasons whose documents are told one by one in entries; gifts are told by the day. */
const SINGLE = [
  'unknown_in',
  'unknown_known',
  'unknown_return',
  'payout',
  'return',
  'purpose_change',
  'hand_on',
  'opening',
  'interest',
  'bank_fee',
];
const BEGINNING = '1980-01-01';

/**
 * The entries of days [from, until), from the ledger alone: each on the day it is booked on. `byDay` tells
 * them by day and the important ones singly; without it they are only summed.
 */
export async function readEntries(
  needs: BookNeeds,
  tx: Scoped,
  span: { from: PlainDate | null; until: PlainDate; byDay: boolean },
): Promise<Entry[]> {
  const from = span.from ?? BEGINNING;
  const rows = await turnover(tx.sql, {
    ...spanOf(span.from, span.until),
    ...(span.byDay && { zone: ZONE, single: SINGLE }),
  });
  const moved: Moved[] = rows
    .filter((row) => row.unit === 'fen')
    .map((row) => ({
      day: row.day,
      from: row.from,
      to: row.to,
      reason: row.reason,
      documentId: row.documentId,
      count: row.transfers,
      amountFen: row.amount,
    }));
  moved.push(...(await readShifts(tx, { from, until: span.until, byDay: span.byDay })));
  const settled = await listSettlements(tx, from, span.until);
  const sides = await readSides(needs, tx, [
    ...moved.flatMap((one) => [one.from, one.to]),
    ...settled.map((one) => one.channelId),
  ]);
  return [
    ...together(
      merged(moved).flatMap(
        (one) => entryOf(one, { from: sides(one.from), to: sides(one.to) }) ?? [],
      ),
    ),
    ...settled.map((one) =>
      settlementEntry({
        day: span.byDay ? one.bookedOn : null,
        documentId: one.bankLineId,
        amountFen: one.amountFen,
        channel: sides(one.channelId),
      }),
    ),
  ].toSorted((a, b) =>
    (a.day ?? '') < (b.day ?? '') ? -1 : (a.day ?? '') > (b.day ?? '') ? 1 : 0,
  );
}

/** Takes documents off the ledger's day and puts them on the day they are booked on. */
async function readShifts(
  tx: Scoped,
  span: { from: PlainDate; until: PlainDate; byDay: boolean },
): Promise<Moved[]> {
  const shifted: Shifted[] = [
    ...(await listShifted(tx, span.from, span.until)),
    ...(await listShiftedBankLines(tx, span.from, span.until)),
  ];
  const found = await transfers(
    tx.sql,
    shifted.flatMap((one) => one.transferIds),
  );
  const byId = new Map(found.map((transfer) => [transfer.id, transfer]));
  const within = (day: PlainDate) => day >= span.from && day < span.until;
  return shifted.flatMap(({ documentId, transferIds, ledgerOn, bookedOn }) =>
    transferIds.flatMap((id): Moved[] => {
      const transfer = byId.get(id);
      if (!transfer) return [];
      const single = span.byDay && SINGLE.includes(transfer.reason);
      const move = (day: PlainDate, sign: 1 | -1): Moved => ({
        day: span.byDay ? day : null,
        from: transfer.from,
        to: transfer.to,
        reason: transfer.reason,
        documentId: single ? documentId : null,
        count: sign,
        amountFen: sign * transfer.amount,
      });
      return [
        ...(within(ledgerOn) ? [move(ledgerOn, -1)] : []),
        ...(within(bookedOn) ? [move(bookedOn, 1)] : []),
      ];
    }),
  );
}

/** Entries of one day and kind to the same accounts of the books, as gifts to items of one campaign, are one. */
function together(entries: readonly Entry[]): Entry[] {
  const sums = new Map<string, Entry>();
  for (const entry of entries) {
    const [debit, credit] = entry.lines;
    const key = `${entry.day} ${entry.reason} ${entry.documentId} ${debit.code} ${debit.detail} ${credit.code} ${credit.detail}`;
    const known = sums.get(key);
    if (!known) {
      sums.set(key, { ...entry, lines: [{ ...debit }, { ...credit }] });
      continue;
    }
    known.count += entry.count;
    known.amountFen += entry.amountFen;
    known.lines[0].debitFen += debit.debitFen;
    known.lines[1].creditFen += credit.creditFen;
  }
  return [...sums.values()];
}

/** Sums what moved on one day between the same accounts for the same reason; what comes to nothing is left out. */
function merged(all: readonly Moved[]): Moved[] {
  const sums = new Map<string, Moved>();
  for (const one of all) {
    const key = `${one.day} ${one.from} ${one.to} ${one.reason} ${one.documentId}`;
    const known = sums.get(key);
    if (known) {
      known.count += one.count;
      known.amountFen += one.amountFen;
    } else sums.set(key, { ...one });
  }
  return [...sums.values()].filter((one) => one.amountFen !== 0);
}

/** What the books have to know of accounts: funds by their kind, items with their campaign. */
export async function readSides(
  needs: BookNeeds,
  tx: Scoped,
  accountIds: readonly Id[],
): Promise<(id: Id) => Side> {
  const named = await needs.fund.purposes(tx, accountIds);
  // What a pot holds for persons is still its source's.
  const sources = [...named.values()].flatMap((one) =>
    one.kind === 'aid_pot' ? one.subjectId : [],
  );
  const ids = [...new Set([...accountIds, ...sources])];
  const purposes = await needs.fund.purposes(tx, ids);
  const held = await balances(tx.sql, ids);
  const inner = new Set(held.map((one) => one.accountId));
  const ofKind = (kind: string) => ids.filter((id) => purposes.get(id)?.kind === kind);
  const funds =
    ofKind('fund').length > 0 ? await needs.fund.listFunds(tx, { ids: ofKind('fund') }) : [];
  const fundOf = new Map(funds.map((fund) => [fund.id, fund]));
  const campaigns = await needs.donation.campaignsOfItems(tx, ofKind('item'));
  const codes = await needs.donation.campaigns(tx, { ids: ofKind('campaign') });
  const codeOf = new Map(codes.map((campaign) => [campaign.id, campaign.code]));
  return (account) => {
    const named = purposes.get(account);
    const id = named?.kind === 'aid_pot' ? named.subjectId : account;
    const purpose = purposes.get(id);
    if (!purpose) return otherInner();
    if (!inner.has(id)) return worldSide(id, purpose);
    if (id === UNKNOWN_MONEY) return { ...innerSide('', purpose.label, true), owed: true };
    if (purpose.kind === 'fund') return fundSide(fundOf.get(id), purpose);
    if (purpose.kind === 'campaign')
      return innerSide(codeOf.get(id) ?? purpose.label, purpose.label, true);
    if (purpose.kind === 'item') {
      const campaign = campaigns.get(id);
      return innerSide(campaign?.code ?? '', campaign?.name ?? purpose.label, true);
    }
    if (purpose.kind === 'matching_pot') return innerSide('PJ', '企业配捐资金', true);
    return otherInner();
  };
}

function innerSide(
  detail: string,
  label: string,
  restricted: boolean,
): Extract<Side, { kind: 'inner' }> {
  return { kind: 'inner', detail, label, restricted, management: false };
}

/** Vouchers and the like: commitments inside of the books, restricted to what they were issued for. */
function otherInner(): Side {
  return innerSide('ZZ', '券卡等专用账户', true);
}

function fundSide(fund: { code: string; kind: string } | undefined, purpose: Purpose): Side {
  const management = fund?.kind === 'management';
  const restricted = fund?.kind !== 'general' && !management;
  return { kind: 'inner', detail: fund?.code ?? '', label: purpose.label, restricted, management };
}

function worldSide(id: Id, purpose: Purpose): Side {
  const { label, kind } = purpose;
  if (id === CHANNEL_FEES) return { kind: 'channel_fees', label };
  if (id === BANK_FEES) return { kind: 'bank_fees', label };
  if (id === BANK_INTEREST) return { kind: 'interest', label };
  if (id === CASH_DESK) return { kind: 'cash', label };
  if (kind === 'before') return { kind: 'before', label };
  if (kind === 'bank') return { kind: 'bank', label };
  if (kind === 'channel' || kind === 'receivable') return { kind, detail: id, label };
  return { kind: 'payee', label };
}

/**
 * What inner accounts hold at the end of the books' day before `until`, summed straight from transfers: another
 * way to the sum than the entries, so that a mistake in either shows.
 */
export async function readHeld(tx: Scoped, until: PlainDate): Promise<number> {
  const rows = (await turnover(tx.sql, spanOf(null, until))).filter((row) => row.unit === 'fen');
  const crossing = [
    ...(await listShifted(tx, BEGINNING, until)),
    ...(await listShiftedBankLines(tx, BEGINNING, until)),
  ].filter((one) => one.ledgerOn < until !== one.bookedOn < until);
  const shifted = await transfers(
    tx.sql,
    crossing.flatMap((one) => one.transferIds),
  );
  const signs = new Map(
    crossing.flatMap(({ transferIds, bookedOn }) =>
      transferIds.map((id) => [id, bookedOn < until ? 1 : -1] as const),
    ),
  );
  const all = [
    ...rows,
    ...shifted.map((one) => ({ ...one, amount: one.amount * (signs.get(one.id) ?? 0) })),
  ];
  const ids = [...new Set(all.flatMap((one) => [one.from, one.to]))];
  const inner = new Set((await balances(tx.sql, ids)).map((one) => one.accountId));
  return all.reduce(
    (sum, one) =>
      sum + (inner.has(one.to) ? one.amount : 0) - (inner.has(one.from) ? one.amount : 0),
    0,
  );
}
