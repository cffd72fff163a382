import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { FastifyReply } from 'fastify';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { readStatement } from './figures.store.ts';
import { freeze, nextMonth } from './freeze.service.ts';
import { payShare, proposeVouchers } from './pay.service.ts';
import { dayAfter } from './settlement.ts';
import type { SettlementNeeds } from './settlement.needs.ts';
import { listSettlements } from './settlement.store.ts';
import { liveStations, statementSheet, stationMonth } from './station.service.ts';
import { settlementViews } from './view.ts';

const SUMS = systemActor('station month');

/** The operations of settling. */
export function settlementHandlers(needs: SettlementNeeds): Handlers<typeof routes.settlement> {
  const { database } = needs;
  const change = (actor: Actor, action: string, id: Id, work: (tx: Writing) => Promise<void>) =>
    database.write(actor, action, async (tx) => {
      await work(tx);
      return (await settlementViews(needs, tx, await listSettlements(tx, { ids: [id] })))[0]!;
    });
  return {
    live: () => database.read(SUMS, (tx) => liveStations(needs, tx)),
    list: ({ actor }) =>
      database.read(actor, async (tx) => ({
        nextMonth: actor.login === 'federation' ? await nextMonth(tx) : null,
        items: await settlementViews(needs, tx, await listSettlements(tx, {})),
      })),
    freeze: ({ actor, body }) =>
      database.write(actor, 'settlement.freeze', async (tx) => {
        const batchId = await freeze(needs, tx, body.month);
        return { items: await settlementViews(needs, tx, await listSettlements(tx, { batchId })) };
      }),
    pay: ({ actor, params, body }) =>
      change(actor, 'settlement.pay', params.settlementId, (tx) =>
        payShare(needs, tx, { ...params, ...body }),
      ),
    proposeVouchers: ({ actor, params }) =>
      change(actor, 'settlement.propose_vouchers', params.settlementId, (tx) =>
        proposeVouchers(needs, tx, params.settlementId),
      ),
    statement: async ({ actor, params, reply }) => {
      const rows = await database.read(actor, async (tx) => {
        const [row] = await listSettlements(tx, { ids: [params.settlementId] });
        if (!row) throw new Refusal('not_found');
        return await readStatement(tx, { batchId: row.batch_id, merchantId: row.merchant_id });
      });
      return sendSheet(reply, 'settlement.xlsx', await statementSheet('商家对账单', rows));
    },
    stationSheet: async ({ actor, params, reply }) => {
      const { placeId, month } = params;
      const rows = await database.read(actor, async (tx) => {
        await needs.catalogue.sellingPlace(tx, placeId);
        return await readStatement(tx, { placeId, from: `${month}-01`, until: dayAfter(month) });
      });
      return sendSheet(reply, 'station.xlsx', await statementSheet('驿站对账单', rows));
    },
    month: ({ params }) => database.read(SUMS, (tx) => stationMonth(needs, tx, params)),
  };
}

function sendSheet(reply: FastifyReply, name: string, bytes: Buffer) {
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(bytes);
}
