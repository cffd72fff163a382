import { dayWords, monthWords, type Id } from '@wennuan/basics';
import type { TraceEntry, Transfer } from '@wennuan/ledger';
import { monthInShanghai } from './fund.ts';
import { aidPlace, farEnd, restingOf, type TraceMaterial } from './trace.ts';
import { accountWords, amountWords, traceWords } from './trace.words.ts';

const MOST_STEPS = 12;

/** A trace as a person would tell it: one sentence for each step, in order of time. */
export function sentencesOf(material: TraceMaterial): string[] {
  return material.direction === 'forward' ? forward(material) : backward(material);
}

/** What stands before the part that waits, as a short phrase; null when nothing waits or nothing is before it. */
export function waitingBefore(material: TraceMaterial): string | null {
  const before = restingOf(material).reduce((most, one) => Math.max(most, one.beforeFen), 0);
  if (before === 0) return null;
  return traceWords[material.language].queue(amountWords(before, material.language));
}

function forward(material: TraceMaterial): string[] {
  const words = traceWords[material.language];
  const { amount, day, account } = speaker(material);
  const given = material.start.map((transfer) =>
    words.given(amount(transfer.amount), day(transfer.at), account(transfer.to)),
  );
  const steps = joined(material);
  const told = steps.slice(0, MOST_STEPS).map((step) => stepSentence(material, step));
  const left = steps.length - told.length;
  const resting = restingOf(material).map((one) => {
    const where = words.resting(amount(one.amountFen), account(one.accountId));
    const queue = one.beforeFen > 0 ? words.before_you(amount(one.beforeFen)) : words.next;
    return `${where}${words.between}${queue}`;
  });
  const open = unresolvedFen(material);
  return [
    ...given,
    ...told,
    ...(left > 0 ? [words.moreSteps(left)] : []),
    ...resting,
    ...(open > 0 ? [words.further(amount(open))] : []),
  ];
}

function backward(material: TraceMaterial): string[] {
  const words = traceWords[material.language];
  const { amount, day, account, label } = speaker(material);
  const paid = material.start.map((transfer) =>
    words.paid(amount(transfer.amount), day(transfer.at), {
      from: account(transfer.from),
      payee: label(transfer.to),
    }),
  );
  const sources = material.result.groups.map((group) =>
    material.purposes.get(group.accountId)?.kind === 'before'
      ? words.cameBefore(amount(Math.round(group.share)))
      : group.kind === 'world'
        ? words.cameFrom(amount(Math.round(group.share)), group.entries, label(group.accountId))
        : words.cameOn(amount(Math.round(group.share)), account(group.accountId)),
  );
  const open = unresolvedFen(material);
  return [...paid, ...sources, ...(open > 0 ? [words.earlier(amount(open))] : [])];
}

/** Units that the trace did not follow to their end. */
export function unresolvedFen(material: TraceMaterial): number {
  return material.result.unresolved.reduce((sum, piece) => sum + Math.round(piece.share), 0);
}

interface Step {
  entry: TraceEntry;
  amountFen: number;
  /** What vouchers of the step bought. */
  bought: Set<string>;
}

/**
 * Entries of one day between the same two accounts are one step. What reached persons, and what vouchers did, is one
 * step a month and place, whoever's it was.
 */
function joined(material: TraceMaterial): Step[] {
  const steps = new Map<string, Step>();
  for (const { hop, entries } of material.hops)
    for (const entry of entries) {
      const place = placeOf(material, hop, entry.transfer);
      const step = steps.get(place) ?? { entry, amountFen: 0, bought: new Set() };
      step.amountFen += Math.round(entry.share);
      for (const what of material.redeemed.get(entry.transfer.document.id) ?? [])
        step.bought.add(what);
      steps.set(place, step);
    }
  return [...steps.values()].sort(
    (a, b) => a.entry.transfer.at.getTime() - b.entry.transfer.at.getTime(),
  );
}

function placeOf(material: TraceMaterial, hop: number, transfer: Transfer): string {
  const kindOf = (id: Id) => material.purposes.get(id)?.kind;
  if (transfer.document.kind === 'entitlement_use' || kindOf(transfer.from) === 'person')
    return `${transfer.reason} ${kindOf(transfer.to)} ${monthInShanghai(transfer.at)}`;
  if (kindOf(transfer.to) === 'person') {
    const { month, street } = aidPlace(material, transfer);
    return `aid ${month} ${street}`;
  }
  const day = transfer.at.toISOString().slice(0, 10);
  return `${hop} ${transfer.from} ${farEnd(material, transfer)} ${day}`;
}

function stepSentence(material: TraceMaterial, { entry, amountFen, bought }: Step): string {
  const words = traceWords[material.language];
  const { amount, day, account, label } = speaker(material);
  const { transfer } = entry;
  const source = material.purposes.get(transfer.from);
  const target = material.purposes.get(transfer.to);
  const on = day(transfer.at);
  const ofVoucher = voucherSentence(material, { entry, amountFen, bought });
  if (ofVoucher !== null) return ofVoucher;
  if (target?.kind === 'person') {
    const { month, street } = aidPlace(material, transfer);
    return words.helpedPerson(amount(amountFen), monthWords(month, material.language), street);
  }
  if (transfer.reason === 'hand_on')
    return words.handedOn(amount(amountFen), on, {
      from: account(transfer.from),
      to: account(transfer.to),
    });
  if (transfer.reason === 'management') return words.managed(amount(amountFen), on);
  if (transfer.reason === 'purpose_change')
    return words.changed(amount(amountFen), on, {
      from: account(transfer.from),
      to: account(transfer.to),
    });
  if (transfer.reason === 'return') return words.returned(amount(amountFen), on);
  if (transfer.toAt !== null)
    return words.moved(amount(amountFen), on, {
      from: account(transfer.from),
      to: account(transfer.to),
    });
  const payee = label(transfer.to);
  if (source?.kind !== 'item')
    return `${words.spent(amount(amountFen), on, { from: account(transfer.from), payee })}${words.outcome(false, false)}`;
  const outcome = material.outcomes.get(source.subjectId);
  const area = material.areaName(source.areaId);
  const told = words.spentOnItem(amount(amountFen), on, { title: source.label, area, payee });
  return `${told}${words.outcome(Boolean(outcome?.deliveredAt), Boolean(outcome?.confirmedAt))}`;
}

/** What vouchers did with it, by month only: a day would tell whose it was. */
function voucherSentence(
  material: TraceMaterial,
  { entry: { transfer }, amountFen, bought }: Step,
): string | null {
  const words = traceWords[material.language];
  const { amount, account } = speaker(material);
  const month = monthWords(monthInShanghai(transfer.at), material.language);
  if (transfer.reason === 'redeem') return words.redeemed(amount(amountFen), month, [...bought]);
  if (transfer.document.kind === 'entitlement_use')
    return words.goodsBack(amount(amountFen), month, account(transfer.to));
  const isBack = ['expiry', 'return'].includes(transfer.reason);
  if (isBack && material.purposes.get(transfer.from)?.kind === 'person')
    return words.unused(amount(amountFen), month, account(transfer.to));
  return null;
}

function speaker(material: TraceMaterial) {
  const words = traceWords[material.language];
  return {
    amount: (fen: number) => amountWords(fen, material.language),
    day: (at: Date) => dayWords(at, material.now, material.language),
    account: (id: string) => {
      const purpose = material.purposes.get(id);
      return accountWords(purpose, material.areaName(purpose?.areaId ?? null), words);
    },
    label: (id: string) => material.purposes.get(id)?.label ?? words.other,
  };
}
