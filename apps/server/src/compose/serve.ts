import { routes } from '@wennuan/contract';
import { SESSION_COOKIE } from '../modules/access/index.ts';
import type { Events } from '../platform/events.ts';
import { streamEvents } from '../platform/http/live.ts';
import { mount } from '../platform/http/mount.ts';
import { servePages } from '../platform/http/pages.ts';
import { createServer } from '../platform/http/server.ts';
import { composeCharitySale } from './charity-sale.ts';
import { composeCounter } from './counter.ts';
import { composeGiving } from './giving.ts';
import type { Ground } from './ground.ts';
import { composeGroupBuy } from './group-buy.ts';
import type { Loop } from './loop.ts';
import type { Money } from './money.ts';
import type { ComposeOptions } from './options.ts';
import type { People } from './people.ts';
import { composeRecord } from './record.ts';
import type { Things } from './things.ts';

/** Every module of the application by its name. */
type Modules = Ground &
  People &
  Money &
  ReturnType<typeof composeGiving> &
  Loop &
  Things &
  ReturnType<typeof composeRecord> & {
    groupBuy: ReturnType<typeof composeGroupBuy>;
    counter: ReturnType<typeof composeCounter>;
    charitySale: ReturnType<typeof composeCharitySale>;
  };

/** Mounts every module's part of the contract, and the pages. */
export async function serveModules(options: ComposeOptions, modules: Modules, events: Events) {
  const { access, database, desk } = modules;
  const app = await createServer({
    ...options,
    actorOf: (request, language) => access.actorOfToken(request.cookies[SESSION_COOKIE], language),
  });
  mount(app, routes.place, modules.place.handlers);
  mount(app, routes.session, access.handlers);
  mount(app, routes.message, modules.message.handlers);
  mount(app, routes.attachment, modules.attachment.handlers);
  mount(app, routes.organization, modules.organization.handlers);
  mount(app, routes.resident, modules.resident.handlers);
  mount(app, routes.file, modules.resident.fileHandlers);
  mount(app, routes.purpose, modules.resident.purposeHandlers);
  mount(app, routes.roster, modules.roster.handlers);
  mount(app, routes.fund, modules.fund.handlers);
  mount(app, routes.publication, modules.publication.handlers);
  modules.publication.serveFiles(app);
  mount(app, routes.donation, modules.donation.handlers);
  mount(app, routes.payment, {
    ...modules.payment.handlers,
    ...modules.donation.paymentHandlers,
  });
  mount(app, routes.payout, modules.payout.handlers);
  mount(app, routes.cash, modules.cash.handlers);
  mount(app, routes.book, modules.book.handlers);
  mount(app, routes.resource, modules.resource.handlers);
  mount(app, routes.program, modules.program.handlers);
  mount(app, routes.need, modules.need.handlers);
  mount(app, routes.benefit, modules.benefit.handlers);
  mount(app, routes.award, modules.award.handlers);
  mount(app, routes.supervision, modules.supervision.handlers);
  mount(app, routes.goods, modules.goods.handlers);
  mount(app, routes.kindGift, modules.goods.kindGiftHandlers);
  mount(app, routes.distribution, modules.distribution.handlers);
  mount(app, routes.catalogue, modules.catalogue.handlers);
  mount(app, routes.sale, modules.sale.handlers);
  mount(app, routes.sellerMoney, modules.sale.sellerMoneyHandlers);
  mount(app, routes.delivery, modules.sale.deliveryHandlers);
  mount(app, routes.settlement, modules.settlement.handlers);
  mount(app, routes.charitySale, modules.charitySale.handlers);
  mount(app, routes.groupBuy, modules.groupBuy.handlers);
  mount(app, routes.counter, modules.counter.handlers);
  mount(app, routes.desk, {
    ...desk.handlers,
    live: (call) => streamEvents({ database, events }, call),
  });
  mount(app, routes.campaign, modules.donation.campaignHandlers);
  mount(app, routes.matching, modules.matching.handlers);
  mount(app, routes.pledge, modules.pledge.handlers);
  mount(app, routes.receipt, modules.receipt.handlers);
  mount(app, routes.disclosure, modules.disclosure.handlers);
  mount(app, routes.open, modules.disclosure.openHandlers);
  mount(app, routes.complaint, modules.complaint.handlers);
  if (options.distFolder) await servePages(app, { distFolder: options.distFolder });
  return app;
}
