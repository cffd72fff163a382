import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Writing } from '../../platform/database/database.ts';
import { APPROVERS, CHANGEABLE } from './charity-sale.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import { findReceiver, insertSale, listSales, updateSale } from './charity-sale.store.ts';
import { lockSale, openTask } from './lock.service.ts';
import { readTargets } from './terms.service.ts';
import { freeThings } from './thing.service.ts';

type PlanBody = z.output<typeof routes.charitySale.plan.body>;

/**
 * Plans a charity sale; the same form again answers the same. Refuses days that are wrong or over, an unknown fund or
 * campaign, a place that does not sell, and selling on the network for what is no public fundraising behind its four
 * conditions. System login.
 */
export async function planSale(needs: CharitySaleNeeds, tx: Writing, body: PlanBody): Promise<Id> {
  const [again] = await listSales(tx, { formId: body.formId });
  if (again) return again.id;
  if (body.closesOn < body.opensOn || body.closesOn < dateInShanghai(tx.now))
    throw new Refusal('charity_sale_days_wrong', {}, 'closesOn');
  const aim = { targetKind: body.target.kind, targetId: body.target.id };
  const target = (await readTargets(needs, tx, [aim])).get(aim.targetId);
  if (!target) throw new Refusal('charity_sale_target_unknown', {}, 'target');
  if (body.isOnline && !target.mayBeOnline)
    throw new Refusal('charity_sale_not_online', {}, 'isOnline');
  const places = [];
  for (const placeId of new Set(body.placeIds)) {
    const { areaId } = await needs.catalogue.sellingPlace(tx, placeId);
    places.push({ placeId, areaId });
  }
  const id = needs.newId();
  await insertSale(
    tx,
    {
      id,
      name: body.name,
      purpose: body.purpose,
      target_kind: aim.targetKind,
      target_id: aim.targetId,
      opens_on: body.opensOn,
      closes_on: body.closesOn,
      is_online: body.isOnline,
      state: 'draft',
      planned_at: tx.now,
      planned_by: tx.actor.accountId,
      form_id: body.formId,
    },
    places,
  );
  tx.touched('charity_sale', id);
  return id;
}

/** Attaches the signed agreement and the plan, in place of what was there. System login. */
export async function addPapers(
  needs: CharitySaleNeeds,
  tx: Writing,
  command: { saleId: Id; agreementId: Id; planId: Id },
): Promise<void> {
  const sale = await lockSale(tx, command.saleId, ['draft']);
  const { agreementId, planId } = command;
  await needs.attachment.adopt(tx, [...new Set([agreementId, planId])], {
    subjectKind: 'charity_sale',
    subjectId: sale.id,
    areaId: null,
    sharedWithFederation: true,
  });
  await updateSale(tx, sale.id, { agreement_paper_id: agreementId, plan_paper_id: planId });
  tx.touched('charity_sale', sale.id, 'papers');
}

/** Asks two people to agree; refuses `charity_sale_papers_missing`. System login. */
export async function submitSale(needs: CharitySaleNeeds, tx: Writing, saleId: Id): Promise<void> {
  const sale = await lockSale(tx, saleId, ['draft']);
  if (sale.agreementPaperId === null || sale.planPaperId === null)
    throw new Refusal('charity_sale_papers_missing');
  const [opened] = await needs.approval.open(tx, [
    {
      subjectKind: 'charity_sale',
      subjectId: sale.id,
      amountFen: 0,
      proposerId: tx.actor.accountId!,
      personIds: [],
      organizationIds: [],
      areaId: null,
      approvers: APPROVERS,
    },
  ]);
  await updateSale(tx, sale.id, { state: 'proposed', approval_id: opened!.approvalId });
  await openTask(needs, tx, { sale, kind: 'charity_agree' });
  tx.touched('charity_sale', sale.id, 'submitted');
}

/** Records somebody's word; with the second yes it is agreed to, with a no it is over and its things are free. Federation login. */
export async function decideSale(
  needs: CharitySaleNeeds,
  tx: Writing,
  command: { saleId: Id; decision: 'approve' | 'refuse'; note: string },
): Promise<void> {
  const sale = await lockSale(tx, command.saleId, ['proposed']);
  const { decision, note } = command;
  const { state } = await needs.approval.decide(tx, {
    approvalId: sale.approvalId!,
    decision,
    note,
  });
  if (state === 'open') return;
  await needs.desk.close(tx, [{ subjectId: sale.id, kinds: ['charity_agree'] }]);
  if (state === 'approved') await updateSale(tx, sale.id, { state: 'approved' });
  else {
    await updateSale(tx, sale.id, { state: 'refused', reason: note });
    await freeThings(needs, tx, sale.id);
  }
  tx.touched('charity_sale', sale.id, state);
}

/** Calls a charity sale off before it opens; its things are free. System login. */
export async function cancelSale(
  needs: CharitySaleNeeds,
  tx: Writing,
  { saleId, reason }: { saleId: Id; reason: string },
): Promise<void> {
  const sale = await lockSale(tx, saleId, CHANGEABLE);
  if (sale.state === 'proposed') await needs.approval.cancel(tx, [sale.approvalId!]);
  await needs.desk.close(tx, [{ subjectId: sale.id }]);
  await updateSale(tx, sale.id, { state: 'cancelled', reason });
  await freeThings(needs, tx, sale.id);
  tx.touched('charity_sale', sale.id, `cancelled: ${reason}`);
}

/**
 * Puts the federation's own merchant number on file, as who receives the money of charity sales; the organisation is made
 * when there is none. A second person agrees to it like to any merchant. System login.
 */
export async function setReceiver(
  needs: CharitySaleNeeds,
  tx: Writing,
  body: { paymentNumber: string; formId: Id },
): Promise<'proposed' | 'active'> {
  const known = await findReceiver(tx);
  if (known && known.state !== 'missing') return known.state;
  const district = needs.place.district()!.name;
  const organizationId =
    known?.id ??
    (
      await needs.organization.create(tx, [
        { name: `${district}慈善总会`, kind: 'federation', creditCode: null, bankAccount: null },
      ])
    )[0]!.id;
  await needs.catalogue.addMerchant(tx, { ...body, organizationId, contactTelephone: '' });
  return 'proposed';
}
