import type { Id } from '@wennuan/basics';
import {
  balances,
  trace,
  traceHop,
  transfers,
  type Direction,
  type TraceRequest,
  type Transfer,
} from '@wennuan/ledger';
import type { Scoped } from '../../platform/database/database.ts';
import { labelled } from './labels.ts';
import { readPurposes } from './accounts.ts';
import type { FundNeeds } from './fund.needs.ts';
import { paceOf } from './pace.ts';
import { listAidCells, listPaymentNumbers } from './payment.store.ts';
import {
  aidSource,
  flowsOf,
  restingOf,
  stationsOf,
  type TraceMaterial,
  type TraceView,
} from './trace.ts';
import { splitThings } from './trace.things.ts';
import { sentencesOf, unresolvedFen, waitingBefore } from './trace.sentences.ts';

// Aid takes a hop more, by way of its pot, which a page tells in the same breath.
const PAGE_HOPS = 4;
const ENTRIES_PER_HOP = 200;

/** A giver of a payment: her public name or none, what of hers paid it, and when she gave. */
export interface Giver {
  giftId: Id;
  amountFen: number;
  at: Date;
}

type Needs = Pick<FundNeeds, 'toldThings' | 'redeemedWords' | 'outcomes' | 'place'>;

/**
 * Follows transfers for a page: some hops far, as picture and sentences in the reader's language. A person is
 * never named; where a path ends at one, the page says month and street. Returns null for unknown transfers.
 */
export async function traceTransfers(
  needs: Needs,
  tx: Scoped,
  request: { transferIds: readonly Id[]; direction: Direction },
): Promise<{
  view: TraceView;
  givers: Giver[];
  giversMore: number;
  waits: Waiting | null;
} | null> {
  const start = await transfers(tx.sql, request.transferIds);
  if (start.length === 0) return null;
  const material = await gather(needs, tx, { ...request, start });
  const resting = restingOf(material);
  const view: TraceView = {
    direction: request.direction,
    amountFen: material.result.amount,
    stations: stationsOf(material),
    flows: flowsOf(material),
    sentences: [...sentencesOf(material), ...material.things],
    waitingFen: resting.reduce((sum, one) => sum + one.amountFen, 0),
    waitingBefore: waitingBefore(material),
    unresolvedFen: unresolvedFen(material),
    more: material.result.unresolved.length > 0,
  };
  const waits = request.direction === 'forward' ? await waitingOf(tx, resting) : null;
  return { view, ...giversOf(material), waits };
}

/** What waits longest: how much is used before it, and how much a day is used there. */
export interface Waiting {
  beforeFen: number;
  paceFenPerDay: number;
}

async function waitingOf(
  tx: Scoped,
  resting: readonly { accountId: Id; beforeFen: number }[],
): Promise<Waiting | null> {
  const last = resting.toSorted((a, b) => b.beforeFen - a.beforeFen)[0];
  if (!last) return null;
  return { beforeFen: last.beforeFen, paceFenPerDay: await paceOf(tx, last.accountId) };
}

async function gather(
  needs: Needs,
  tx: Scoped,
  request: { direction: Direction; start: readonly Transfer[] },
): Promise<TraceMaterial> {
  const { direction, start } = request;
  const from = { start: { transferIds: start.map((transfer) => transfer.id) }, direction };
  const traced = await trace(tx.sql, { ...from, maxHops: PAGE_HOPS });
  const last = Math.max(0, ...traced.groups.map((group) => group.hop));
  const { result, hops, things } = splitThings(traced, await openHops(tx, { ...from, last }));
  const seen = [...start, ...hops.flatMap((hop) => hop.entries.map((entry) => entry.transfer))];
  const accountIds = [
    ...new Set([
      ...seen.flatMap((transfer) => [transfer.from, transfer.to]),
      ...result.groups.map((group) => group.accountId),
    ]),
  ];
  const purposes = labelled(await readPurposes(tx, accountIds), tx.actor.language);
  const payments = seen.filter((transfer) => transfer.document.kind === 'payment');
  const items = [...purposes.values()].filter((purpose) => purpose.kind === 'item');
  const paidPersons = seen.filter((one) => purposes.get(one.to)?.kind === 'person');
  return {
    direction,
    start,
    result,
    hops,
    things: things.length > 0 ? ((await needs.toldThings?.(tx, things)) ?? []) : [],
    purposes,
    redeemed: await readRedeemed(needs, tx, seen),
    payments: await listPaymentNumbers(
      tx,
      payments.map((transfer) => transfer.document.id),
    ),
    outcomes: await needs.outcomes(
      tx,
      items.map((item) => item.subjectId),
    ),
    cells: await listAidCells(
      tx,
      paidPersons.map((transfer) => aidSource(purposes, transfer.from)),
    ),
    cursors: await readCursors(
      tx,
      result.resting.map((one) => one.accountId),
    ),
    areaName: (areaId) =>
      areaId === null ? (needs.place.district()?.name ?? '') : needs.place.ref(areaId).name,
    language: tx.actor.language,
    now: tx.now,
  };
}

async function readRedeemed(needs: Needs, tx: Scoped, seen: readonly Transfer[]) {
  const uses = seen.filter((one) => one.document.kind === 'entitlement_use');
  if (uses.length === 0) return new Map<Id, readonly string[]>();
  const words = await needs.redeemedWords?.(
    tx,
    uses.map((one) => one.document.id),
  );
  return words ?? new Map<Id, readonly string[]>();
}

/** The transfers of each hop, as many of each as a page can tell. */
async function openHops(
  tx: Scoped,
  { last, ...from }: Pick<TraceRequest, 'start' | 'direction'> & { last: number },
): Promise<TraceMaterial['hops']> {
  const hops: TraceMaterial['hops'][number][] = [];
  for (let hop = 1; hop <= last; hop += 1) {
    const opened = await traceHop(tx.sql, { ...from, hop, limit: ENTRIES_PER_HOP });
    hops.push({ hop, entries: opened.entries, whole: opened.complete && opened.next === null });
  }
  return hops;
}

async function readCursors(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, number>> {
  const rows = await balances(tx.sql, [...new Set(accountIds)]);
  return new Map(rows.map((row) => [row.accountId, row.outflow - row.ahead]));
}

/** Of a backward trace: the gifts in it, newest first, and how many more there are. */
function giversOf(material: TraceMaterial): { givers: Giver[]; giversMore: number } {
  if (material.direction === 'forward') return { givers: [], giversMore: 0 };
  const gifts = material.hops.flatMap((hop) =>
    hop.entries.filter((entry) => entry.transfer.document.kind === 'gift'),
  );
  const all = material.result.groups
    .filter((group) => group.kind === 'world')
    .reduce((sum, group) => sum + group.entries, 0);
  const givers = gifts
    .map(({ transfer, share }) => ({
      giftId: transfer.document.id,
      amountFen: Math.round(share),
      at: transfer.at,
    }))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  return { givers, giversMore: Math.max(0, all - givers.length) };
}
