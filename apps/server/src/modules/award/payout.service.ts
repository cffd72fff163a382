import { Refusal, type Id } from '@wennuan/basics';
import type { Consumer } from '../../platform/events.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Award, Part, Round } from './award.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { markDelivered } from './delivery.service.ts';
import { fundOf } from './fund-of.ts';
import { freeList } from './list.holds.ts';
import { listLists, markPaidOut } from './list.store.ts';
import { listParts, updateParts } from './part.store.ts';
import { roundsById } from './round.store.ts';

/**
 * Puts a programme's cash parts that are due on payment lists: the first parts of a list that was agreed to go by that
 * word, all others are agreed to anew. Refuses `nobody_ready`, `fund_missing`, `balance_too_low`.
 */
export async function payOut(
  needs: AwardNeeds,
  tx: Writing,
  programCode: string,
): Promise<{ proposalIds: Id[]; lines: number; amountFen: number }> {
  const parts = (
    await listParts(tx, { programCode, states: ['due'], deliveries: ['cash'], lock: true })
  ).filter((part) => part.withFederation);
  const awards = new Map(
    (await listAwards(tx, { ids: parts.map((part) => part.awardId) })).map((one) => [one.id, one]),
  );
  const granted = parts.filter((part) => awards.get(part.awardId)?.state === 'granted');
  if (granted.length === 0) throw new Refusal('nobody_ready');
  const groups = await groupByWord(tx, granted, awards);
  const proposalIds: Id[] = [];
  for (const group of groups) proposalIds.push(await proposeGroup(needs, tx, group));
  await markPaidOut(
    tx,
    groups.flatMap((group) => group.listId ?? []),
  );
  const amountFen = granted.reduce((sum, part) => sum + part.amount, 0);
  return { proposalIds, lines: granted.length, amountFen };
}

interface Group {
  round: Round;
  parts: Part[];
  /** The list whose approvers have agreed to these; null when nobody has yet. */
  listId: Id | null;
  approvalId: Id | null;
}

async function groupByWord(
  tx: Writing,
  parts: readonly Part[],
  awards: ReadonlyMap<Id, Award>,
): Promise<Group[]> {
  const listIds = [...awards.values()].flatMap((award) => award.listId ?? []);
  const lists = new Map((await listLists(tx, { ids: listIds })).map((list) => [list.id, list]));
  const rounds = await roundsById(
    tx,
    [...awards.values()].map((award) => award.roundId),
  );
  const groups = new Map<string, Group>();
  for (const part of parts) {
    const award = awards.get(part.awardId)!;
    const list = lists.get(award.listId ?? '');
    const isFirst = part.dueOn === award.grantedOn && part.waits !== 'rejected';
    const agreed = list && isFirst && list.paidOutAt === null ? list : null;
    const key = agreed?.id ?? 'anew';
    const group = groups.get(key) ?? {
      round: rounds.get(award.roundId)!,
      parts: [],
      listId: agreed?.id ?? null,
      approvalId: agreed?.approvalId ?? null,
    };
    group.parts.push(part);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function proposeGroup(needs: AwardNeeds, tx: Writing, group: Group): Promise<Id> {
  const { round, parts, listId, approvalId } = group;
  const fund = await fundOf(needs, tx, round.definition.fund);
  if (!fund) throw new Refusal('fund_missing');
  // What was held for the list is held again line by line.
  if (listId) await freeList(needs, tx, listId);
  const persons = await needs.resident.people(
    tx,
    parts.map((part) => part.personId),
  );
  const proposalId = await needs.fund.proposeList(tx, {
    fromAccountId: fund.id,
    subject: { kind: 'award_list', id: listId ?? round.id },
    purpose: `${round.definition.name.zh}（${parts[0]!.period}）发放 ${parts.length} 人`,
    lines: parts.map((part) => ({
      id: part.id,
      payee: { kind: 'person' as const, personId: part.personId },
      amountFen: part.amount,
      label: persons.get(part.personId)?.name ?? '',
    })),
    ...(approvalId && { agreedBy: approvalId }),
  });
  await updateParts(
    tx,
    parts.map((part) => part.id),
    { state: 'sent', reference_id: proposalId, waits: null },
  );
  for (const part of parts) tx.touched('award_part', part.id, 'pay_out');
  return proposalId;
}

interface PaymentBody {
  proposalId: Id;
  lineId?: Id;
}

/** Learns what became of payment lines: paid, sent back by the bank, withdrawn, or the list refused. */
export function paymentConsumer(needs: AwardNeeds): Consumer {
  return {
    name: 'award.paid',
    topics: [
      'fund.paid',
      'fund.line_rejected',
      'fund.line_withdrawn',
      'fund.refused',
      'fund.cancelled',
    ],
    async consume(tx, events) {
      const of = (topics: readonly string[]) =>
        events
          .filter((event) => topics.includes(event.topic))
          .map((event) => event.body as PaymentBody);
      await notePaid(
        needs,
        tx,
        of(['fund.paid']).flatMap((body) => body.lineId ?? []),
      );
      const rejected = of(['fund.line_rejected']).flatMap((body) => body.lineId ?? []);
      // A line the bank sent back can be sent once more; the part shows it until it is paid or withdrawn.
      await changeSent(tx, rejected, { waits: 'rejected' });
      const withdrawn = of(['fund.line_withdrawn']).flatMap((body) => body.lineId ?? []);
      await changeSent(tx, withdrawn, { state: 'due', reference_id: null, waits: 'rejected' });
      for (const { proposalId } of of(['fund.refused', 'fund.cancelled']))
        await freeAll(tx, proposalId);
    },
  };
}

async function notePaid(needs: AwardNeeds, tx: Writing, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  const parts = await listParts(tx, { ids, states: ['sent'], lock: true });
  const awards = await listAwards(tx, { ids: parts.map((part) => part.awardId) });
  const rounds = await roundsById(
    tx,
    awards.map((award) => award.roundId),
  );
  const roundOf = new Map(awards.map((award) => [award.id, rounds.get(award.roundId)!]));
  await markDelivered(
    needs,
    tx,
    parts.map((part) => ({ part, round: roundOf.get(part.awardId)! })),
  );
}

async function changeSent(
  tx: Writing,
  ids: readonly Id[],
  change: Parameters<typeof updateParts>[2],
): Promise<void> {
  if (ids.length === 0) return;
  const sent = await listParts(tx, { ids, states: ['sent'], lock: true });
  await updateParts(
    tx,
    sent.map((part) => part.id),
    change,
  );
  for (const part of sent) tx.touched('award_part', part.id, String(change.waits));
}

/** A payment list that fell through: its parts are due again. */
async function freeAll(tx: Writing, proposalId: Id): Promise<void> {
  await tx.db
    .updateTable('award_part')
    .set({ state: 'due', reference_id: null, waits: null })
    .where('reference_id', '=', proposalId)
    .where('state', '=', 'sent')
    .execute();
}
