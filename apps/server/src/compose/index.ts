import { systemActor } from '../platform/actor.ts';
import { createEvents } from '../platform/events.ts';
import { composeCharitySale } from './charity-sale.ts';
import { composeCounter } from './counter.ts';
import { composeGiving } from './giving.ts';
import { composeGround } from './ground.ts';
import { composeGroupBuy } from './group-buy.ts';
import type { Later } from './later.ts';
import { composeLoop } from './loop.ts';
import { composeMoney } from './money.ts';
import type { ComposeOptions } from './options.ts';
import { composePeople } from './people.ts';
import { composeRecord } from './record.ts';
import { serveModules } from './serve.ts';
import { composeThings } from './things.ts';

export type Application = Awaited<ReturnType<typeof compose>>;

/**
 * Builds the whole application from its parts: lower tiers first. What a lower module shows, asks or
 * collects of higher ones is a port, reached through `later` when it is called.
 */
export async function compose(options: ComposeOptions) {
  const later = {} as Later;
  const ground = await composeGround(options, later);
  const people = composePeople(ground, later);
  const money = await composeMoney(options, { ...ground, ...people }, later);
  const giving = composeGiving({ ...ground, ...people, ...money });
  const loop = composeLoop({ ...ground, ...people, ...money, ...giving });
  const things = composeThings(options, { ...ground, ...people, ...money, ...loop }, later);
  const groupBuy = composeGroupBuy({ ...ground, ...people, ...money, ...things }, options);
  const counter = composeCounter({ ...ground, ...loop, ...things }, options);
  const charitySale = composeCharitySale({ ...ground, ...people, ...money, ...things });
  const stations = { groupBuy, counter, charitySale };
  const record = composeRecord({ ...ground, ...money, charitySale });
  Object.assign(later, ground, people, money, loop, things, record, { charitySale, groupBuy });
  const { database } = ground;
  await database.write(systemActor('start'), null, money.donation.openWorldAccounts);
  const modules = {
    ...ground,
    ...people,
    ...money,
    ...giving,
    ...loop,
    ...things,
    ...stations,
    ...record,
  };
  later.events = createEvents(database, options.connection.schema, [
    ...people.resident.consumers,
    ...money.donation.consumers,
    ...giving.matching.consumers,
    ...money.receipt.consumers,
    ...loop.need.consumers,
    ...loop.program.consumers,
    ...loop.benefit.consumers,
    ...loop.award.consumers,
    ...things.distribution.consumers,
    ...things.settlement.consumers,
    ...record.complaint.consumers,
  ]);
  const app = await serveModules(options, modules, later.events);
  const { message, attachment, desk, roster, publication, donation, resource, need } = modules;
  const ticking = [
    message,
    attachment,
    desk,
    roster,
    publication,
    donation,
    resource,
    need,
    modules.program,
    modules.benefit,
    modules.award,
    modules.payout,
    giving.matching,
    giving.pledge,
    modules.supervision,
    modules.settlement,
    modules.sale,
    ...Object.values(stations),
    record.disclosure,
  ];
  return {
    ...modules,
    app,
    events: later.events,
    ticks: ticking.flatMap((module) => module.ticks),
    /** Says at which address the server answers: the sandbox platform sends its notices there. */
    ownAddress(address: string) {
      later.ownAddress = address;
    },
    async close() {
      await later.events.stop();
      await app.close();
      await money.threads.close();
      await database.close();
    },
  };
}
