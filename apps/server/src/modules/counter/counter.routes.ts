import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import { askCodePayment, payByCode, reverseCodePayment } from './code-pay.service.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { takeGift, takeNeed } from './intake.service.ts';
import { askRefund, openRefunds, refundAtTill, refundInCash } from './refund.service.ts';
import { endReserve, takeAlong } from './reserve.service.ts';
import { priceFor, sell } from './sell.service.ts';
import { closeShift, openShift, reportShift, slipsAt } from './shift.service.ts';
import { setCode } from './supervisor.service.ts';
import { addTill, clerk, loadTill, ownTill, placesOf } from './till.service.ts';

const done = { ok: true } as const;

/** The operations of tills. */
export function counterHandlers(needs: CounterNeeds): Handlers<typeof routes.counter> {
  const { database } = needs;
  return {
    places: ({ actor }) => database.read(clerk(actor), (tx) => placesOf(needs, tx)),
    addTill: ({ actor, body }) =>
      database.write(clerk(actor), 'counter.add_till', (tx) => addTill(needs, tx, body)),
    load: ({ actor, params }) =>
      database.read(clerk(actor), (tx) => loadTill(needs, tx, params.tillId)),
    openShift: ({ actor, params, body }) =>
      database.write(clerk(actor), 'counter.open_shift', (tx) =>
        openShift(needs, tx, { ...params, ...body }),
      ),
    shift: ({ actor, params }) =>
      database.read(clerk(actor), (tx) => reportShift(needs, tx, params.tillId)),
    slips: ({ actor, params, query }) =>
      database.read(clerk(actor), async (tx) => ({
        items: await slipsAt(needs, tx, { ...params, ...query }),
      })),
    closeShift: ({ actor, params, body }) =>
      database.write(clerk(actor), 'counter.close_shift', (tx) =>
        closeShift(needs, tx, { ...params, ...body }),
      ),
    price: ({ actor, params, body }) =>
      database.read(clerk(actor), async (tx) => ({
        lines: await priceFor(needs, tx, { ...params, ...body }),
      })),
    sell: async ({ actor, params, body }) => ({
      outcomes: await sell(needs, actor, { ...params, ...body }),
    }),
    scan: async ({ actor, params, body }) => {
      const outcome = await database.write(clerk(actor), 'counter.scan', async (tx) => {
        const { id: tillId, placeId } = await ownTill(tx, params.tillId);
        return await needs.benefit.scan(tx, { ...body, tillId, placeId });
      });
      // A wrong word was counted and committed; only now it is said.
      if ('triesLeft' in outcome) throw wrongProof(outcome.triesLeft);
      const { goods, paysFor, ...scanned } = outcome.scanned;
      return { ...scanned, goods: [...goods], paysFor: [...paysFor] };
    },
    replacePaper: async ({ actor, params, body }) => {
      const outcome = await database.write(clerk(actor), 'counter.replace_paper', async (tx) => {
        await ownTill(tx, params.tillId);
        return await needs.benefit.replaceLost(tx, body);
      });
      if ('triesLeft' in outcome) throw wrongProof(outcome.triesLeft);
      return outcome.paper;
    },
    payByCode: ({ actor, params, body }) => payByCode(needs, actor, { ...params, ...body }),
    askCodePayment: ({ actor, params }) => askCodePayment(needs, actor, params),
    reverseCodePayment: ({ actor, params }) => reverseCodePayment(needs, actor, params),
    refund: ({ actor, params, body }) => refundAtTill(needs, actor, { ...params, ...body }),
    refunds: ({ actor, params }) =>
      database.read(clerk(actor), async (tx) => ({
        items: await openRefunds(needs, tx, params.tillId),
      })),
    askRefund: ({ actor, params }) => askRefund(needs, actor, params),
    refundInCash: ({ actor, params, body }) => refundInCash(needs, actor, { ...params, ...body }),
    takeAlong: ({ actor, params, body }) => takeAlong(needs, actor, { ...params, ...body }),
    giveBack: async ({ actor, params }) => {
      await endReserve(needs, actor, { ...params, how: 'sync', reason: null });
      return done;
    },
    writeOff: async ({ actor, params, body }) => {
      await endReserve(needs, actor, { ...params, how: 'write_off', ...body });
      return done;
    },
    takeNeed: ({ actor, params, body }) =>
      database.write(clerk(actor), 'counter.take_need', (tx) =>
        takeNeed(needs, tx, { ...params, ...body }),
      ),
    takeGift: ({ actor, params, body }) =>
      database.write(clerk(actor), 'counter.take_gift', (tx) =>
        takeGift(needs, tx, { ...params, ...body }),
      ),
    setSupervisorCode: async ({ actor, body }) => {
      await setCode(needs, actor, body.code);
      return done;
    },
  };
}

function wrongProof(tries: number): Refusal {
  return new Refusal('paper_proof_wrong', { tries }, 'proof');
}
