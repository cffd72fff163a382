import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { answerBatch, answerLine } from './answer.service.ts';
import { bankLayouts } from './bank-file.ts';
import { exportBatch, makeBatch, voidBatch } from './batch.service.ts';
import { readBatch, readBatches, readWaiting } from './batch.view.ts';
import { readManagement, setManagementRate } from './management.service.ts';
import { addPayees, decidePayees, payeeViews, readPayees } from './payee.service.ts';
import { listPayees } from './payee.store.ts';
import type { PayoutNeeds } from './payout.needs.ts';
import {
  addInvoice,
  openPurchase,
  readPurchase,
  readPurchases,
  receiveGoods,
} from './purchase.service.ts';
import {
  decidePurposeChanges,
  proposePurposeChange,
  readPurposeChange,
  readPurposeChanges,
} from './purpose.service.ts';
import { followRefund, orderRefund } from './refund.service.ts';
import {
  decideReturns,
  payReturn,
  proposeReturn,
  readReturn,
  readReturns,
} from './return.service.ts';

type Routes = typeof routes.payout;

/** The operations of `payout`: the contract's input to a use case, and back. */
export function payoutHandlers(needs: PayoutNeeds): Handlers<Routes> {
  return {
    ...payeePages(needs),
    ...batchPages(needs),
    ...purchasePages(needs),
    ...returnPages(needs),
    ...purposePages(needs),
  };
}

const reader =
  (needs: PayoutNeeds) =>
  <T>(actor: Actor, work: (tx: Scoped) => Promise<T>) =>
    needs.database.read(actor, work);
const done = { ok: true } as const;

function payeePages(
  needs: PayoutNeeds,
): Pick<Handlers<Routes>, 'payees' | 'addPayee' | 'decidePayees'> {
  const { database } = needs;
  return {
    payees: ({ actor, query }) => database.read(actor, (tx) => readPayees(needs, tx, query)),
    async addPayee({ actor, body }) {
      const [id] = await database.write(actor, 'payout.add_payee', (tx) =>
        addPayees(needs, tx, [body]),
      );
      return await database.read(actor, async (tx) => {
        const [view] = await payeeViews(needs, tx, await listPayees(tx, { ids: [id!] }));
        return view!;
      });
    },
    async decidePayees({ actor, body }) {
      await database.write(actor, `payout.${body.decision}_payee`, (tx) =>
        decidePayees(needs, tx, body),
      );
      return done;
    },
  };
}

type BatchPages =
  | 'waiting'
  | 'layouts'
  | 'makeBatch'
  | 'batches'
  | 'readBatch'
  | 'exportBatch'
  | 'answerBatch'
  | 'answerLine'
  | 'voidBatch';

function batchPages(needs: PayoutNeeds): Pick<Handlers<Routes>, BatchPages> {
  const { database } = needs;
  const read = reader(needs);
  return {
    waiting: ({ actor, query }) => read(actor, (tx) => readWaiting(needs, tx, query)),
    layouts: async ({ actor }) => ({
      items: bankLayouts.map(({ code, title }) => ({ code, title: title[actor.language] })),
    }),
    async makeBatch({ actor, body }) {
      const { batchId } = await sentOnce(() =>
        database.write(actor, 'payout.make_batch', (tx) => makeBatch(needs, tx, body)),
      );
      return await read(actor, (tx) => readBatch(needs, tx, batchId));
    },
    batches: ({ actor, query }) => read(actor, (tx) => readBatches(needs, tx, query)),
    readBatch: ({ actor, params }) => read(actor, (tx) => readBatch(needs, tx, params.batchId)),
    async exportBatch({ actor, params, body }) {
      const payer = needs.place.district()?.name ?? '';
      const file = await database.write(actor, 'payout.export_batch', (tx) =>
        exportBatch(needs, tx, { ...params, ...body, payer: `${payer}慈善总会` }),
      );
      const { fileName, mediaType, bytes } = file;
      return { fileName, mediaType, base64: bytes.toString('base64') };
    },
    async answerBatch({ actor, params, request }) {
      const file = await uploadedFile(request);
      return await database.write(actor, 'payout.answer_batch', (tx) =>
        answerBatch(needs, tx, { ...params, file }),
      );
    },
    async answerLine({ actor, params, body }) {
      await database.write(actor, 'payout.answer_line', (tx) =>
        answerLine(needs, tx, { ...params, ...body }),
      );
      return done;
    },
    async voidBatch({ actor, params, body }) {
      await database.write(actor, 'payout.void_batch', (tx) =>
        voidBatch(needs, tx, { ...params, ...body }),
      );
      return await read(actor, (tx) => readBatch(needs, tx, params.batchId));
    },
  };
}

/** The one file of an upload with its name; refuses a request without one. */
async function uploadedFile(request: FastifyRequest): Promise<{ bytes: Buffer; name: string }> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new Refusal('input_invalid', {}, 'file');
  return { bytes: await part.toBuffer(), name: part.filename };
}

type PurchasePages = 'purchases' | 'openPurchase' | 'addInvoice' | 'receiveGoods';

function purchasePages(needs: PayoutNeeds): Pick<Handlers<Routes>, PurchasePages> {
  const { database } = needs;
  const read = reader(needs);
  return {
    purchases: ({ actor, query }) => read(actor, (tx) => readPurchases(needs, tx, query)),
    async openPurchase({ actor, body }) {
      const { purchaseId } = await database.write(actor, 'payout.open_purchase', (tx) =>
        openPurchase(needs, tx, body.proposalId),
      );
      return await read(actor, (tx) => readPurchase(needs, tx, purchaseId));
    },
    async addInvoice({ actor, params, body }) {
      await database.write(actor, 'payout.add_invoice', (tx) =>
        addInvoice(needs, tx, { ...params, ...body }),
      );
      return await read(actor, (tx) => readPurchase(needs, tx, params.purchaseId));
    },
    async receiveGoods({ actor, params, body }) {
      await database.write(actor, 'payout.receive_goods', (tx) =>
        receiveGoods(tx, { ...params, ...body }),
      );
      return await read(actor, (tx) => readPurchase(needs, tx, params.purchaseId));
    },
  };
}

type ReturnPages = 'returns' | 'proposeReturn' | 'decideReturn' | 'payReturn' | 'refundReturn';

function returnPages(needs: PayoutNeeds): Pick<Handlers<Routes>, ReturnPages> {
  const { database } = needs;
  const read = reader(needs);
  return {
    returns: ({ actor, query }) => read(actor, (tx) => readReturns(needs, tx, query)),
    async proposeReturn({ actor, body }) {
      const { returnId } = await database.write(actor, 'payout.propose_return', (tx) =>
        proposeReturn(needs, tx, body),
      );
      return await read(actor, (tx) => readReturn(needs, tx, returnId));
    },
    async decideReturn({ actor, body }) {
      await database.write(actor, `payout.${body.decision}_return`, (tx) =>
        decideReturns(needs, tx, body),
      );
      return done;
    },
    async payReturn({ actor, params, body }) {
      await database.write(actor, 'payout.pay_return', (tx) =>
        payReturn(needs, tx, { ...params, ...body }),
      );
      return await read(actor, (tx) => readReturn(needs, tx, params.returnId));
    },
    async refundReturn({ actor, params }) {
      await database.write(actor, 'payout.refund_return', (tx) =>
        orderRefund(needs, tx, params.returnId),
      );
      await followRefund(needs, params.returnId);
      return await read(actor, (tx) => readReturn(needs, tx, params.returnId));
    },
  };
}

type PurposePages =
  | 'purposeChanges'
  | 'proposePurposeChange'
  | 'decidePurposeChange'
  | 'management'
  | 'setManagementRate';

function purposePages(needs: PayoutNeeds): Pick<Handlers<Routes>, PurposePages> {
  const { database } = needs;
  const read = reader(needs);
  return {
    purposeChanges: ({ actor, query }) => read(actor, (tx) => readPurposeChanges(needs, tx, query)),
    async proposePurposeChange({ actor, body }) {
      const { changeId } = await database.write(actor, 'payout.propose_purpose_change', (tx) =>
        proposePurposeChange(needs, tx, body),
      );
      return await read(actor, (tx) => readPurposeChange(needs, tx, changeId));
    },
    async decidePurposeChange({ actor, body }) {
      await database.write(actor, `payout.${body.decision}_purpose_change`, (tx) =>
        decidePurposeChanges(needs, tx, body),
      );
      return done;
    },
    management: ({ actor }) => read(actor, (tx) => readManagement(needs, tx)),
    async setManagementRate({ actor, body }) {
      await database.write(actor, 'payout.set_management_rate', (tx) =>
        setManagementRate(needs, tx, body),
      );
      return done;
    },
  };
}
