import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { wordsOf } from '../approval/index.ts';
import { APPROVERS, isSelling, stateWords } from './charity-sale.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import { listSales, updateSale } from './charity-sale.store.ts';
import { findEnd, insertEnd, setEnd, type EndRow } from './end.store.ts';
import { lockSale, openTask } from './lock.service.ts';

/**
 * Asks two people to end an open charity sale before its last day. Refuses `charity_sale_not_now`, also while it is asked for
 * already. System login.
 */
export async function askEnd(
  needs: CharitySaleNeeds,
  tx: Writing,
  { saleId, reason }: { saleId: Id; reason: string },
): Promise<void> {
  const sale = await lockSale(tx, saleId, ['open']);
  if (!isSelling(sale, dateInShanghai(tx.now)) || (await findEnd(tx, saleId)))
    throw new Refusal('charity_sale_not_now', { state: stateWords(sale.state) });
  const id = needs.newId();
  const [opened] = await needs.approval.open(tx, [
    {
      subjectKind: 'charity_sale_end',
      subjectId: id,
      amountFen: 0,
      proposerId: tx.actor.accountId!,
      personIds: [],
      organizationIds: [],
      areaId: null,
      approvers: APPROVERS,
    },
  ]);
  const { approvalId } = opened!;
  await insertEnd(tx, { id, saleId, reason, askedBy: tx.actor.accountId!, approvalId });
  await openTask(needs, tx, { sale, kind: 'charity_agree' });
  tx.touched('charity_sale', saleId, `end: ${reason}`);
}

/** Records somebody's word about ending it early; true with the second yes. Federation login. */
export async function decideEnd(
  needs: CharitySaleNeeds,
  tx: Writing,
  command: { saleId: Id; decision: 'approve' | 'refuse'; note: string },
): Promise<boolean> {
  const { saleId, decision, note } = command;
  const [sale] = await listSales(tx, { ids: [saleId] });
  if (!sale) throw new Refusal('not_found');
  const end = await findEnd(tx, saleId);
  if (end?.state !== 'proposed')
    throw new Refusal('charity_sale_not_now', { state: stateWords(sale.state) });
  const { state } = await needs.approval.decide(tx, {
    approvalId: end.approvalId,
    decision,
    note,
  });
  if (state === 'open') return false;
  await needs.desk.close(tx, [{ subjectId: saleId, kinds: ['charity_agree'] }]);
  await setEnd(tx, end.id, state === 'approved' ? 'agreed' : 'refused');
  tx.touched('charity_sale', saleId, `end ${state}`);
  return state === 'approved';
}

/**
 * Ends what two agreed to end: from here on nothing of it is sold, and it closes once no order of it waits. Ending it again
 * changes nothing. System login.
 */
export async function endAgreed(tx: Writing, saleId: Id): Promise<void> {
  const end = await findEnd(tx, saleId);
  if (end?.state !== 'agreed') return;
  const sale = await lockSale(tx, saleId, ['open', 'closed']);
  if (sale.endedAt !== null || sale.state === 'closed') return;
  await updateSale(tx, saleId, { ended_at: tx.now });
  tx.touched('charity_sale', saleId, 'ended');
}

/** Takes back the question of a charity sale that closed by time meanwhile. System login. */
export async function dropEnd(needs: CharitySaleNeeds, tx: Writing, saleId: Id): Promise<void> {
  const end = await findEnd(tx, saleId);
  if (end?.state !== 'proposed') return;
  await needs.approval.cancel(tx, [end.approvalId]);
  await setEnd(tx, end.id, 'refused');
  await needs.desk.close(tx, [{ subjectId: saleId, kinds: ['charity_agree'] }]);
}

/** The question of ending it early as pages show it; null when nobody asked. */
export async function endView(needs: CharitySaleNeeds, tx: Scoped, saleId: Id) {
  const end = await findEnd(tx, saleId);
  if (!end) return null;
  const approval = (await needs.approval.read(tx, [end.approvalId])).get(end.approvalId);
  const names = await needs.access.names(tx, [end.askedBy]);
  return {
    reason: end.reason,
    state: end.state as EndRow['state'],
    askedBy: names.get(end.askedBy) ?? null,
    askedAt: end.askedAt.toISOString(),
    ...wordsOf(tx, approval, end.state === 'proposed'),
  };
}
