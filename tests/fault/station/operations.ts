import { newId, type Id } from '@wennuan/basics';
import type { Application } from '../../../apps/server/src/compose/index.ts';
import { systemActor, type Actor } from '../../../apps/server/src/platform/actor.ts';
import { BANK_ACCOUNT } from '../../../apps/server/src/modules/fund/index.ts';
import type { IssueCommand } from '../../../apps/server/src/modules/benefit/index.ts';
import { post } from '../../../packages/ledger/src/index.ts';

const SYSTEM = systemActor('soak');
const MODULES = ['counter', 'sale', 'groupBuy', 'benefit', 'settlement'] as const;
/** What runs by itself while stations are at work. */
const TICKING = ['sale', 'groupBuy', 'benefit'] as const;

/** A handler of a module, called as the web server calls it. */
export interface HandlerCall {
  module: (typeof MODULES)[number];
  name: string;
  actor: Actor;
  request: object;
}

export type Operations = ReturnType<typeof operationsOf>;

/** What a soak asks of the product: its handlers as the web server calls them, and what comes from outside. */
export function operationsOf(app: Application) {
  const write = app.database.write;
  return {
    async handle({ module, name, actor, request }: HandlerCall): Promise<unknown> {
      const handlers = app[module].handlers as unknown as Record<
        string,
        (call: object) => Promise<unknown>
      >;
      const from = { protocol: 'http', host: 'localhost' };
      return await handlers[name]!({ actor, params: {}, query: {}, request: from, ...request });
    },
    /** The seller's channel tells of a payment; answers where the order stands then. */
    async pay(orderId: Id): Promise<string> {
      const { body, signature } = await app.sale.sandboxNotice(orderId);
      await app.sale.takeNotice(JSON.parse(body.toString()), { body, signature });
      return await stateOf(app, orderId);
    },
    /** A payment that was on its way for long, told once more at the end. */
    async payLate(orderId: Id): Promise<string> {
      await write(SYSTEM, 'soak.pay_late', async (tx) => {
        const payment = await tx.db
          .selectFrom('sale_payment')
          .select(['merchant_id', 'amount_fen'])
          .where('order_id', '=', orderId)
          .executeTakeFirstOrThrow();
        const rows = await app.catalogue.merchantRows(tx, [payment.merchant_id]);
        await app.sale.takePayment(tx, {
          orderId,
          merchantNumber: rows.get(payment.merchant_id)!.payment_number,
          transaction: `LATE${orderId.replaceAll('-', '')}`,
          amountFen: payment.amount_fen,
          paidAt: tx.now,
        });
      });
      return await stateOf(app, orderId);
    },
    join: async (command: { groupId: Id; accountId: Id; wanted: number }) =>
      await app.groupBuy.join({ ...command, householdKey: command.accountId }),
    /** A payment of a share, also when nothing is set aside for it any more. */
    payShare: async (paid: { shareId: Id; amountFen: number }) =>
      (
        await write(SYSTEM, 'soak.pay_share', (tx) =>
          app.groupBuy.takePayments(tx, [{ ...paid, paidAt: tx.now }]),
        )
      )[0]!,
    issue: async (commands: readonly IssueCommand[]) =>
      await write(SYSTEM, 'soak.issue', (tx) => app.benefit.issue(tx, commands)),
    async gift({ fundId, amount, key }: { fundId: Id; amount: number; key: string }) {
      await write(SYSTEM, 'soak.gift', async (tx) => {
        const document = { kind: 'test', id: fundId };
        const gift = { key, from: BANK_ACCOUNT, to: fundId, amount, reason: 'gift', document };
        await post(tx.sql, { commands: [{ ...gift, actor: null }], at: tx.now, newId });
      });
    },
    /** What the product does by itself, once each. */
    async tick() {
      for (const name of TICKING) for (const one of app[name].ticks) await one.run();
    },
  };
}

async function stateOf(app: Application, orderId: Id): Promise<string> {
  return await app.database.read(SYSTEM, async (tx) => {
    const row = await tx.db
      .selectFrom('sale_order')
      .select('state')
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow();
    return row.state;
  });
}
