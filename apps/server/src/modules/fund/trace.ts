import { dayWords, monthWords, type Id } from '@wennuan/basics';
import type { Language, shapes } from '@wennuan/contract';
import type { TraceEntry, TraceResult, Transfer } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Purpose } from './accounts.ts';
import type { Outcome } from './fund.needs.ts';
import { links, monthInShanghai, shownStreet, type AidCell } from './fund.ts';
import { traceWords } from './trace.words.ts';

export type TraceView = z.output<typeof shapes.trace>;
type Station = TraceView['stations'][number];
type Flow = TraceView['flows'][number];

/** All that a trace's page is made of, read beforehand; making the page is pure. */
export interface TraceMaterial {
  direction: 'forward' | 'backward';
  /** The transfers the path begins with: a gift, or the payments of a proposal. */
  start: readonly Transfer[];
  result: TraceResult;
  /** The transfers of each hop, from 1 on; `whole` when none was left out. */
  hops: readonly { hop: number; entries: readonly TraceEntry[]; whole: boolean }[];
  /** Sentences about the things that money became on the way. */
  things: readonly string[];
  /** What uses of vouchers bought, in general words of the reader's language, by use. */
  redeemed: ReadonlyMap<Id, readonly string[]>;
  purposes: ReadonlyMap<Id, Purpose>;
  /** Numbers of payments that may be shown, by the payment's id. */
  payments: ReadonlyMap<Id, string>;
  outcomes: ReadonlyMap<Id, Outcome>;
  cells: readonly AidCell[];
  /** How much of each account has been used so far, from its beginning. */
  cursors: ReadonlyMap<Id, number>;
  areaName(areaId: number | null): string;
  language: Language;
  now: Date;
}

/**
 * Where a payment to a person ended, as pages may say it: month and street, or the district where
 * fewer than five persons would fit.
 */
export function aidPlace(
  material: Pick<TraceMaterial, 'purposes' | 'cells' | 'areaName'>,
  transfer: Transfer,
): { month: string; street: string } {
  const month = monthInShanghai(transfer.at);
  const streetId = material.purposes.get(transfer.to)?.areaId ?? null;
  const sourceId = aidSource(material.purposes, transfer.from);
  const shown = shownStreet(material.cells, { sourceId, month, streetId });
  return { month, street: material.areaName(shown) };
}

/** Whose aid an account pays: of a pot the account that fills it. */
export function aidSource(purposes: ReadonlyMap<Id, Purpose>, accountId: Id): Id {
  const purpose = purposes.get(accountId);
  return purpose?.kind === 'aid_pot' ? purpose.subjectId : accountId;
}

/** The picture: stations by column, from the giver to the use. */
export function stationsOf(material: TraceMaterial): Station[] {
  const stations = new Map<string, Station>();
  const add = (station: Station) => {
    const known = stations.get(station.key);
    if (!known) return void stations.set(station.key, { ...station });
    known.amountFen += station.amountFen;
    known.entries += station.entries;
  };
  for (const station of startStations(material)) add(station);
  for (const { hop, entries, whole } of material.hops) {
    for (const group of material.result.groups) {
      if (group.hop !== hop) continue;
      const mine = entries.filter((entry) => farEnd(material, entry.transfer) === group.accountId);
      const isPerson = material.purposes.get(group.accountId)?.kind === 'person';
      if (isPerson && whole) {
        for (const entry of mine) add(entryStation(material, hop, entry));
        continue;
      }
      if (isPerson) {
        add(aidStation(material, hop, group));
        continue;
      }
      add({
        ...stationOf(material, columnOf(material, hop), group.accountId),
        amountFen: Math.round(group.share),
        entries: group.entries,
        link: linkOf(material, group.accountId, { code: group.code, entries: mine, whole }),
      });
    }
  }
  for (const station of outcomeStations(material)) add(station);
  return [...stations.values()].sort((a, b) => a.hop - b.hop || b.amountFen - a.amountFen);
}

/** The account a transfer leads to, seen in the direction of the trace. */
export function farEnd(material: Pick<TraceMaterial, 'direction'>, transfer: Transfer): Id {
  return material.direction === 'forward' ? transfer.to : transfer.from;
}

/** Column of a hop: forward after giver, channel and first account; backward after payee and source. */
function columnOf(material: Pick<TraceMaterial, 'direction'>, hop: number): number {
  return material.direction === 'forward' ? hop + 2 : hop + 1;
}

function keyOf(material: TraceMaterial, column: number, transfer: Transfer, accountId: Id): string {
  const isPerson = material.purposes.get(accountId)?.kind === 'person';
  if (!isPerson) return `${column}:${accountId}`;
  const { month, street } = aidPlace(material, transfer);
  // Whichever account it is: a voucher has one of its own, and must not be told from the next.
  return `${column}:aid:${month}:${street}`;
}

function stationOf(material: TraceMaterial, column: number, accountId: Id): Station {
  const purpose = material.purposes.get(accountId);
  const words = traceWords[material.language];
  return {
    key: `${column}:${accountId}`,
    hop: column,
    kind: purpose ? stationKind(purpose) : 'other',
    label: purpose?.label ?? words.other,
    sublabel: purpose?.kind === 'item' ? material.areaName(purpose.areaId) : null,
    amountFen: 0,
    entries: 0,
    link: null,
  };
}

function stationKind(purpose: Purpose): Station['kind'] {
  if (purpose.kind === 'matching_pot' || purpose.kind === 'aid_pot') return 'fund';
  if (purpose.kind === 'due') return 'receivable';
  if (purpose.kind === 'payable') return 'supplier';
  return purpose.kind === 'bank' || purpose.kind === 'before' ? 'channel' : purpose.kind;
}

/** Aid of which not every entry is known: all persons of the district are one, so that no single amount is told. */
function aidStation(
  material: TraceMaterial,
  hop: number,
  group: { accountId: Id; share: number; entries: number },
): Station {
  const column = columnOf(material, hop);
  return {
    ...stationOf(material, column, group.accountId),
    key: `${column}:aid`,
    label: traceWords[material.language].helped(material.areaName(null)),
    amountFen: Math.round(group.share),
    entries: group.entries,
  };
}

/** A station of one transfer: needed where a person's month and street make it another one. */
function entryStation(material: TraceMaterial, hop: number, entry: TraceEntry): Station {
  const column = columnOf(material, hop);
  const accountId = farEnd(material, entry.transfer);
  const { month, street } = aidPlace(material, entry.transfer);
  const words = traceWords[material.language];
  return {
    ...stationOf(material, column, accountId),
    key: keyOf(material, column, entry.transfer, accountId),
    label: words.helped(street),
    sublabel: monthWords(month, material.language),
    amountFen: Math.round(entry.share),
    entries: 1,
  };
}

function linkOf(
  material: TraceMaterial,
  accountId: Id,
  found: { code: string | null; entries: readonly TraceEntry[]; whole: boolean },
): string | null {
  const purpose = material.purposes.get(accountId);
  if (!purpose?.isPublic) return null;
  if (purpose.kind === 'item') return links.wish(purpose.subjectId);
  if (purpose.kind === 'fund' && found.code) return links.fund(found.code);
  if (purpose.kind === 'campaign' && found.code) return links.campaign(found.code);
  if (purpose.kind !== 'supplier' || !found.whole) return null;
  const numbers = found.entries.map((entry) => material.payments.get(entry.transfer.document.id));
  const only = new Set(numbers).size === 1 ? numbers[0] : undefined;
  return only ? links.payment(only) : null;
}

/** What the path begins with: giver → channel → account, or payee ← account. */
function startStations(material: TraceMaterial): Station[] {
  const words = traceWords[material.language];
  return material.start.flatMap((transfer): Station[] => {
    const counted = { amountFen: transfer.amount, entries: 1 };
    const codes = new Map(material.result.groups.map((group) => [group.accountId, group.code]));
    const station = (column: number, accountId: Id): Station => ({
      ...stationOf(material, column, accountId),
      ...counted,
      link: linkOf(material, accountId, {
        code: codes.get(accountId) ?? null,
        entries: [],
        whole: false,
      }),
    });
    if (material.direction === 'backward')
      return [station(0, transfer.to), station(1, transfer.from)];
    const giver: Station = {
      ...counted,
      key: '0:giver',
      hop: 0,
      kind: 'donor',
      label: words.you,
      sublabel: null,
      link: null,
    };
    return [giver, station(1, transfer.from), station(2, transfer.to)];
  });
}

/** Beyond the supplier the thing itself; before the channel the givers. */
function outcomeStations(material: TraceMaterial): Station[] {
  const words = traceWords[material.language];
  if (material.direction === 'backward')
    return giverGroups(material).map(({ column, accountId, amountFen, entries }) => ({
      key: `${column + 1}:givers:${accountId}`,
      hop: column + 1,
      kind: 'donor',
      label:
        material.purposes.get(accountId)?.kind === 'before' ? words.before : words.givers(entries),
      sublabel: null,
      amountFen,
      entries,
      link: null,
    }));
  return deliveredEntries(material).map(({ hop, entry, item, outcome }) => ({
    key: `${hop + 3}:thing:${item.subjectId}`,
    hop: hop + 3,
    kind: 'need',
    label: item.label,
    sublabel: outcome.confirmedAt
      ? words.confirmed
      : `${words.delivered} ${dayWords(outcome.deliveredAt!, material.now, material.language)}`,
    amountFen: Math.round(entry.share),
    entries: 1,
    link: links.wish(item.subjectId),
  }));
}

/** Payments out of wishes whose thing has been delivered. */
export function deliveredEntries(material: TraceMaterial) {
  return material.hops.flatMap(({ hop, entries }) =>
    entries.flatMap((entry) => {
      const item = material.purposes.get(entry.transfer.from);
      const outcome = item?.kind === 'item' ? material.outcomes.get(item.subjectId) : undefined;
      const isSupplier = material.purposes.get(entry.transfer.to)?.kind === 'supplier';
      return item && outcome?.deliveredAt && isSupplier ? [{ hop, entry, item, outcome }] : [];
    }),
  );
}

function giverGroups(material: TraceMaterial) {
  return material.result.groups
    .filter((group) => group.kind === 'world')
    .map((group) => ({
      column: columnOf(material, group.hop),
      accountId: group.accountId,
      amountFen: Math.round(group.share),
      entries: group.entries,
    }));
}

/** Arrows between stations, always in the direction the money went. */
export function flowsOf(material: TraceMaterial): Flow[] {
  const flows = new Map<string, Flow>();
  const add = (flow: Flow) => {
    const known = flows.get(`${flow.from} ${flow.to}`);
    if (!known) return void flows.set(`${flow.from} ${flow.to}`, flow);
    known.amountFen += flow.amountFen;
    if (flow.at > known.at) known.at = flow.at;
  };
  const forward = material.direction === 'forward';
  // What leads on from a person's account begins at the station she is part of.
  const personKeys = new Map<string, string>();
  for (const transfer of material.start) {
    const at = transfer.at.toISOString();
    const amountFen = transfer.amount;
    if (forward) {
      add({ from: '0:giver', to: `1:${transfer.from}`, amountFen, at });
      add({ from: `1:${transfer.from}`, to: `2:${transfer.to}`, amountFen, at });
    } else add({ from: `1:${transfer.from}`, to: `0:${transfer.to}`, amountFen, at });
  }
  for (const { hop, entries } of material.hops) {
    const column = columnOf(material, hop);
    for (const { transfer, share } of entries) {
      const [near, far] = forward ? [transfer.from, transfer.to] : [transfer.to, transfer.from];
      const nearKey = personKeys.get(`${column - 1}:${near}`) ?? `${column - 1}:${near}`;
      const farKey = keyOf(material, column, transfer, far);
      personKeys.set(`${column}:${far}`, farKey);
      const [from, to] = forward ? [nearKey, farKey] : [farKey, nearKey];
      add({ from, to, amountFen: Math.round(share), at: transfer.at.toISOString() });
    }
  }
  for (const flow of endFlows(material)) add(flow);
  return [...flows.values()];
}

function endFlows(material: TraceMaterial): Flow[] {
  if (material.direction === 'backward')
    return giverGroups(material).map(({ column, accountId, amountFen }) => ({
      from: `${column + 1}:givers:${accountId}`,
      to: `${column}:${accountId}`,
      amountFen,
      at: material.start[0]!.at.toISOString(),
    }));
  return deliveredEntries(material).map(({ hop, entry, item, outcome }) => ({
    from: `${hop + 2}:${entry.transfer.to}`,
    to: `${hop + 3}:thing:${item.subjectId}`,
    amountFen: Math.round(entry.share),
    at: outcome.deliveredAt!.toISOString(),
  }));
}

/** What still lies somewhere, and how much of each account is used before it. */
export function restingOf(
  material: TraceMaterial,
): { accountId: Id; amountFen: number; beforeFen: number }[] {
  return material.result.resting.map(({ hop, accountId, share }) => {
    const arrived =
      hop === 0
        ? material.start.filter((transfer) => transfer.to === accountId)
        : (material.hops.find((one) => one.hop === hop)?.entries ?? [])
            .map((entry) => entry.transfer)
            .filter((transfer) => transfer.to === accountId);
    const positions = arrived.flatMap((transfer) => transfer.toAt ?? []);
    const cursor = material.cursors.get(accountId) ?? 0;
    const first = positions.length > 0 ? Math.min(...positions) : cursor;
    return { accountId, amountFen: Math.round(share), beforeFen: Math.max(0, first - cursor) };
  });
}
