import { parseYuan, Refusal, yuanNumber, type Id, type PlainDate } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { pageBySerial } from '../../platform/page.ts';
import {
  addInvoiced,
  insertInvoice,
  insertPurchase,
  listInvoices,
  listPurchases,
  setReceived,
  type PurchaseRow,
} from './purchase.store.ts';
import type { PayoutNeeds } from './payout.needs.ts';

export type PurchaseView = z.output<typeof shapes.purchase>;

/**
 * Says that an agreed proposal buys something of one supplier: from now on it goes to the bank only with
 * its invoices and the goods here. Refuses `proposal_not_approved`, `payment_already_made`, `purchase_open`.
 */
export async function openPurchase(
  needs: PayoutNeeds,
  tx: Writing,
  proposalId: Id,
): Promise<{ purchaseId: Id }> {
  const found = (await needs.fund.proposalsById(tx, [proposalId])).get(proposalId);
  if (!found || found.row.payeeKind !== 'organization') throw new Refusal('not_found');
  if (found.row.state === 'paid') throw new Refusal('payment_already_made');
  if (found.row.state !== 'approved') throw new Refusal('proposal_not_approved');
  const id = needs.newId();
  const added = await insertPurchase(tx, {
    id,
    proposalId,
    organizationId: found.row.payeeId!,
    committedFen: found.row.amountFen,
  });
  if (!added) throw new Refusal('purchase_open');
  tx.touched('purchase', id);
  return { purchaseId: id };
}

/**
 * Adds an invoice with its picture. Refuses a number its supplier has on file (`invoice_taken`) and more in
 * all than was agreed to (`invoice_over_committed`): the row is held, and the database counts along.
 */
export async function addInvoice(
  needs: PayoutNeeds,
  tx: Writing,
  command: {
    purchaseId: Id;
    number: string;
    issuedOn: PlainDate;
    amountYuan: string;
    attachmentIds: readonly Id[];
  },
): Promise<void> {
  const amountFen = parseYuan(command.amountYuan);
  if (!amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const [purchase] = await listPurchases(tx, { ids: [command.purchaseId], lock: true });
  if (!purchase) throw new Refusal('not_found');
  const leftFen = purchase.committedFen - purchase.invoicedFen;
  if (amountFen > leftFen)
    throw new Refusal('invoice_over_committed', { left: yuanNumber(leftFen) }, 'amountYuan');
  const id = needs.newId();
  const number = command.number.replace(/\s/g, '');
  const added = await insertInvoice(tx, {
    id,
    purchaseId: purchase.id,
    organizationId: purchase.organizationId,
    number,
    issuedOn: command.issuedOn,
    amountFen,
  });
  if (!added) throw new Refusal('invoice_taken', { number }, 'number');
  await addInvoiced(tx, purchase.id, amountFen);
  await needs.attachment.adopt(tx, command.attachmentIds, {
    subjectKind: 'invoice',
    subjectId: id,
    areaId: null,
    sharedWithFederation: true,
  });
  tx.touched('invoice', id);
}

/** Records that the goods came and were counted; once. */
export async function receiveGoods(
  tx: Writing,
  command: { purchaseId: Id; receivedOn: PlainDate; note: string },
): Promise<void> {
  const [purchase] = await listPurchases(tx, { ids: [command.purchaseId], lock: true });
  if (!purchase) throw new Refusal('not_found');
  if (purchase.receivedOn !== null) throw new Refusal('purchase_received');
  await setReceived(tx, command);
  tx.touched('purchase', purchase.id, command.note);
}

export type Lacking = 'invoice_missing' | 'goods_missing';

/** What purchases among proposals still lack before they may be paid, by proposal; complete ones are absent. */
export async function lackingOf(
  tx: Scoped,
  proposalIds: readonly Id[],
): Promise<Map<Id, Lacking[]>> {
  const rows = await listPurchases(tx, { proposalIds });
  return new Map(
    rows.flatMap((row): [Id, Lacking[]][] => {
      const lacking: Lacking[] = [
        ...(row.invoicedFen < row.committedFen ? (['invoice_missing'] as const) : []),
        ...(row.receivedOn === null ? (['goods_missing'] as const) : []),
      ];
      return lacking.length > 0 ? [[row.proposalId, lacking]] : [];
    }),
  );
}

/** A page of purchases, newest first. */
export async function readPurchases(
  needs: PayoutNeeds,
  tx: Scoped,
  page: { after?: string; limit: number },
): Promise<{ items: PurchaseView[]; next: string | null }> {
  const { shown, next } = await pageBySerial(page, (part) => listPurchases(tx, part));
  return {
    items: await purchaseViews(needs, tx, shown),
    next,
  };
}

/** One purchase; refuses `not_found`. */
export async function readPurchase(
  needs: PayoutNeeds,
  tx: Scoped,
  purchaseId: Id,
): Promise<PurchaseView> {
  const [view] = await purchaseViews(needs, tx, await listPurchases(tx, { ids: [purchaseId] }));
  if (!view) throw new Refusal('not_found');
  return view;
}

async function purchaseViews(
  needs: PayoutNeeds,
  tx: Scoped,
  rows: readonly PurchaseRow[],
): Promise<PurchaseView[]> {
  const ids = rows.map((row) => row.id);
  const invoices = await listInvoices(tx, ids);
  const pictures = await needs.attachment.of(
    tx,
    invoices.map((invoice) => invoice.id),
  );
  const proposals = await needs.fund.proposalsById(
    tx,
    rows.map((row) => row.proposalId),
  );
  const names = await needs.names(tx, [...new Set(rows.flatMap((row) => row.receivedBy ?? []))]);
  const suppliers = await needs.organization.names(
    tx,
    rows.map((row) => row.organizationId),
  );
  return rows.map((row) => {
    const proposal = proposals.get(row.proposalId)?.view;
    return {
      id: row.id,
      number: row.number,
      proposalId: row.proposalId,
      proposalNumber: proposal?.number ?? '',
      supplier: suppliers.get(row.organizationId) ?? '',
      purpose: proposal?.purpose ?? '',
      committedFen: row.committedFen,
      invoicedFen: row.invoicedFen,
      invoices: invoices
        .filter((invoice) => invoice.purchaseId === row.id)
        .map((invoice) => ({
          id: invoice.id,
          number: invoice.number,
          issuedOn: invoice.issuedOn,
          amountFen: invoice.amountFen,
          pictures: (pictures.get(invoice.id) ?? []).map((picture) => picture.id),
        })),
      receivedOn: row.receivedOn,
      receivedBy: row.receivedBy && (names.get(row.receivedBy) ?? ''),
      receivedNote: row.receivedNote,
      state: proposal?.state === 'paid' ? ('paid' as const) : stateOf(row),
    };
  });
}

function stateOf(row: PurchaseRow): PurchaseView['state'] {
  const invoiced = row.invoicedFen === row.committedFen;
  if (invoiced && row.receivedOn !== null) return 'complete';
  if (row.receivedOn !== null) return 'received';
  return invoiced ? 'invoiced' : 'open';
}
