import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { routes, shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { AttachmentView } from '../attachment/index.ts';
import { agreementOn, merchantObstacle, type Seller } from './catalogue.ts';
import type { CatalogueNeeds } from './catalogue.needs.ts';
import {
  countProducts,
  findMerchant,
  insertAgreement,
  insertLicence,
  insertMerchant,
  licenceNumbers,
  lockMerchant,
  readMerchantRows,
  readSellers,
  updateMerchant,
} from './merchant.store.ts';

export type MerchantView = z.output<typeof shapes.merchant>;
type Body<Name extends 'addMerchant' | 'addAgreement' | 'addLicence'> = z.output<
  (typeof routes.catalogue)[Name]['body']
>;

/**
 * Puts a merchant on file; the same form again answers the same. Refuses `not_found` (no such
 * organisation), `merchant_on_file`, `payment_number_taken`. Federation or system login.
 */
export async function addMerchant(
  needs: CatalogueNeeds,
  tx: Writing,
  body: Body<'addMerchant'>,
): Promise<Id> {
  const again = await findMerchant(tx, { formId: body.formId });
  if (again) return again.id;
  if (!(await needs.organization.get(tx, [body.organizationId])).has(body.organizationId))
    throw new Refusal('not_found', {}, 'organizationId');
  const added = await insertMerchant(tx, {
    id: body.organizationId,
    payment_number: body.paymentNumber,
    contact_telephone: body.contactTelephone,
    state: 'proposed',
    proposed_at: tx.now,
    proposed_by: tx.actor.accountId,
    form_id: body.formId,
  });
  if (!added) {
    if (await findMerchant(tx, { id: body.organizationId })) throw new Refusal('merchant_on_file');
    throw new Refusal('payment_number_taken', {}, 'paymentNumber');
  }
  tx.touched('merchant', body.organizationId);
  return body.organizationId;
}

/**
 * Agrees to a merchant or not. Refuses who put it on file (`second_person_required`), and agreeing before
 * its agreement and business licence are on file.
 */
export async function decideMerchant(
  tx: Writing,
  { merchantId, agree }: { merchantId: Id; agree: boolean },
): Promise<void> {
  const row = await lockMerchant(tx, merchantId);
  if (!row) throw new Refusal('merchant_unknown');
  if (row.state !== 'proposed') throw new Refusal('approval_closed');
  if (row.proposed_by !== null && row.proposed_by === tx.actor.accountId)
    throw new Refusal('second_person_required');
  if (agree) {
    const seller = (await readSellers(tx, [merchantId])).get(merchantId)!;
    const missing = seller.isFederation
      ? null
      : merchantObstacle({ ...seller, state: 'active' }, dateInShanghai(tx.now));
    if (missing) throw new Refusal(missing.code, missing.params);
  }
  await updateMerchant(tx, merchantId, {
    state: agree ? 'active' : 'refused',
    decided_at: tx.now,
    decided_by: tx.actor.accountId,
    version: row.version + 1,
  });
  tx.touched('merchant', merchantId, agree ? 'agreed' : 'refused');
}

/** Stops a merchant's sales (with a reason) or lets them go on (null). */
export async function suspendMerchant(
  tx: Writing,
  { merchantId, reason }: { merchantId: Id; reason: string | null },
): Promise<void> {
  const row = await lockMerchant(tx, merchantId);
  if (!row) throw new Refusal('merchant_unknown');
  const from = reason === null ? 'suspended' : 'active';
  if (row.state !== from) {
    const seller = (await readSellers(tx, [merchantId])).get(merchantId)!;
    throw new Refusal('merchant_not_active', { name: seller.name });
  }
  await updateMerchant(tx, merchantId, {
    state: reason === null ? 'active' : 'suspended',
    suspend_reason: reason,
    version: row.version + 1,
  });
  tx.touched('merchant', merchantId, reason ?? 'resumed');
}

/** Files a signed agreement with its paper; refuses `merchant_unknown`, `input_invalid` (days turned round). */
export async function addAgreement(
  needs: CatalogueNeeds,
  tx: Writing,
  { merchantId, ...body }: Body<'addAgreement'> & { merchantId: Id },
): Promise<void> {
  if (!(await lockMerchant(tx, merchantId))) throw new Refusal('merchant_unknown');
  if (body.validUntil < body.validFrom || body.signedOn > dateInShanghai(tx.now))
    throw new Refusal('input_invalid', {}, 'validUntil');
  const id = needs.newId();
  await insertAgreement(tx, {
    id,
    merchant_id: merchantId,
    paper_id: body.paperId,
    share_basis_points: body.shareBasisPoints,
    signed_on: body.signedOn,
    valid_from: body.validFrom,
    valid_until: body.validUntil,
    added_at: tx.now,
    added_by: tx.actor.accountId,
  });
  if (tx.actor.accountId !== null)
    await needs.attachment.adopt(tx, [body.paperId], {
      subjectKind: 'merchant_agreement',
      subjectId: id,
      areaId: null,
      sharedWithFederation: true,
    });
  tx.touched('merchant_agreement', id);
}

/** Files a licence; refuses `merchant_unknown`. */
export async function addLicence(
  needs: CatalogueNeeds,
  tx: Writing,
  { merchantId, ...body }: Body<'addLicence'> & { merchantId: Id },
): Promise<void> {
  if (!(await lockMerchant(tx, merchantId))) throw new Refusal('merchant_unknown');
  const id = needs.newId();
  await insertLicence(tx, {
    id,
    merchant_id: merchantId,
    kind: body.kind,
    number: body.number,
    valid_until: body.validUntil,
    paper_id: body.paperId,
    added_at: tx.now,
    added_by: tx.actor.accountId,
  });
  if (body.paperId && tx.actor.accountId !== null)
    await needs.attachment.adopt(tx, [body.paperId], {
      subjectKind: 'merchant_licence',
      subjectId: id,
      areaId: null,
      sharedWithFederation: true,
    });
  tx.touched('merchant_licence', id);
}

/** Merchants as the office reads them, in the order they came. */
export async function merchantViews(
  needs: CatalogueNeeds,
  tx: Scoped,
  ids?: readonly Id[],
): Promise<MerchantView[]> {
  const sellers = [...(await readSellers(tx, ids)).values()];
  const rows = await readMerchantRows(
    tx,
    sellers.map((seller) => seller.id),
  );
  const numbers = await licenceNumbers(
    tx,
    sellers.flatMap((seller) => seller.licences.map((one) => one.id)),
  );
  const papers = await needs.attachment.of(
    tx,
    sellers.flatMap((seller) => seller.agreements.map((one) => one.id)),
  );
  const products = await countProducts(tx);
  const names = await needs.access.names(
    tx,
    [...rows.values()].flatMap((row) =>
      [row.proposed_by, row.decided_by].filter((id) => id !== null),
    ),
  );
  const today = dateInShanghai(tx.now);
  return sellers.map((seller) => {
    const row = rows.get(seller.id)!;
    return {
      ...papersOf(seller, today, { numbers, papers }),
      id: seller.id,
      code: seller.code,
      name: seller.name,
      state: seller.state,
      paymentNumber: row.payment_number,
      contactTelephone: row.contact_telephone,
      proposedBy: row.proposed_by ? (names.get(row.proposed_by) ?? null) : null,
      decidedBy: row.decided_by ? (names.get(row.decided_by) ?? null) : null,
      suspendReason: row.suspend_reason,
      obstacle:
        seller.isFederation && seller.state === 'active'
          ? null
          : (merchantObstacle(seller, today)?.code ?? null),
      products: products.get(seller.id) ?? 0,
      mayDecide:
        seller.state === 'proposed' &&
        tx.actor.role === 'federation_approver' &&
        row.proposed_by !== tx.actor.accountId,
      version: row.version,
    };
  });
}

function papersOf(
  seller: Seller,
  today: string,
  known: { numbers: ReadonlyMap<Id, string>; papers: ReadonlyMap<Id, AttachmentView[]> },
) {
  return {
    agreements: seller.agreements.map(({ merchantId: _merchant, endedOn: _ended, ...one }) => ({
      ...one,
      inForce: agreementOn(seller.agreements, today)?.id === one.id,
      paper: known.papers.get(one.id)?.[0] ?? null,
    })),
    licences: seller.licences.map(({ merchantId: _merchant, ...one }) => ({
      ...one,
      number: known.numbers.get(one.id) ?? '',
      lapsed: one.validUntil < today,
    })),
  };
}
