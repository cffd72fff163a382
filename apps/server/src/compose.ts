import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { newId, type Id } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { createAccess, SESSION_COOKIE } from './modules/access/index.ts';
import { createApproval } from './modules/approval/index.ts';
import { createAttachment } from './modules/attachment/index.ts';
import { createAward, type AwardModule } from './modules/award/index.ts';
import { createBenefit, type Benefit } from './modules/benefit/index.ts';
import { createBook } from './modules/book/index.ts';
import { createCash } from './modules/cash/index.ts';
import { createDesk, type Desk } from './modules/desk/index.ts';
import { createDonation, listGiverNames } from './modules/donation/index.ts';
import { createDistribution, type Distribution } from './modules/distribution/index.ts';
import { createFund } from './modules/fund/index.ts';
import { createGoods, type Goods } from './modules/goods/index.ts';
import type { GroupBuyModule } from './modules/group-buy/index.ts';
import { createMessage, sandboxTextChannel, type MessageModule } from './modules/message/index.ts';
import { createNeed, type NeedModule } from './modules/need/index.ts';
import { createOrganization, type OrganizationModule } from './modules/organization/index.ts';
import {
  createChannels,
  createPayment,
  createSandbox,
  NO_CHANNELS,
} from './modules/payment/index.ts';
import { createPayout, type Payout } from './modules/payout/index.ts';
import { createPlace } from './modules/place/index.ts';
import { createProgram, type ProgramModule } from './modules/program/index.ts';
import { createPublication } from './modules/publication/index.ts';
import { createReceipt, type Receipt } from './modules/receipt/index.ts';
import { createResident } from './modules/resident/index.ts';
import { createResource } from './modules/resource/index.ts';
import { createSupervision } from './modules/supervision/index.ts';
import { createRoster, type RosterModule } from './modules/roster/index.ts';
import { composeCounter } from './compose-counter.ts';
import { composeGroupBuy } from './compose-group-buy.ts';
import type { ComposeOptions } from './compose-options.ts';
import { composeGiving, mountGiving, type Giving } from './compose-giving.ts';
import { composeRecord, mountRecord, pausedCampaigns } from './compose-record.ts';
import { composeShop } from './compose-shop.ts';
import { systemActor } from './platform/actor.ts';
import { openDatabase } from './platform/database/database.ts';
import { createEvents, type Events } from './platform/events.ts';
import { createFiles } from './platform/files.ts';
import { streamEvents } from './platform/http/live.ts';
import { mount } from './platform/http/mount.ts';
import { servePages } from './platform/http/pages.ts';
import { createServer } from './platform/http/server.ts';
import { createVault } from './platform/vault.ts';

export type Application = Awaited<ReturnType<typeof compose>>;

/**
 * Builds the whole application from its parts: lower tiers first. What a lower module shows, asks or
 * collects of higher ones is a port, reached through `later` when it is called.
 */
export async function compose(options: ComposeOptions) {
  const later = {} as Later;
  const ground = await composeGround(options, later);
  const people = composePeople(ground, later);
  const money = composeMoney(options, { ...ground, ...people }, later);
  const giving = composeGiving({ ...ground, ...people, ...money });
  const loop = composeLoop({ ...ground, ...people, ...money });
  const things = composeThings(options, { ...ground, ...people, ...money, ...loop }, later);
  const groupBuy = composeGroupBuy({ ...ground, ...people, ...money, ...things }, options);
  const counter = composeCounter({ ...ground, ...loop, ...things }, options);
  const record = { ...composeRecord({ ...ground, ...money }), groupBuy, counter };
  Object.assign(later, ground, people, money, loop, things);
  const { database, clock } = ground;
  await database.write(systemActor('start'), null, money.donation.openWorldAccounts);
  const modules = { ...ground, ...people, ...money, ...giving, ...loop, ...things, ...record };
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
  const { message, attachment, desk, roster, publication, donation, resource, need, program } =
    modules;
  const ticking = [
    message,
    attachment,
    desk,
    roster,
    publication,
    donation,
    resource,
    need,
    program,
    modules.benefit,
    modules.award,
    modules.payout,
    giving.matching,
    giving.pledge,
    modules.supervision,
    modules.settlement,
    modules.sale,
    groupBuy,
    record.disclosure,
  ];
  return {
    ...modules,
    app,
    clock,
    events: later.events,
    ticks: ticking.flatMap((module) => module.ticks),
    /** Says at which address the server answers: the sandbox platform sends its notices there. */
    ownAddress(address: string) {
      later.ownAddress = address;
    },
    async close() {
      await later.events.stop();
      await app.close();
      await database.close();
    },
  };
}

/** What ports reach that is made after the module that has the port. */
interface Later {
  message: MessageModule;
  desk: Desk;
  organization: OrganizationModule;
  need: NeedModule;
  receipt: Receipt;
  award: AwardModule;
  roster: RosterModule;
  program: ProgramModule;
  payout: Payout;
  goods: Goods;
  benefit: Benefit;
  distribution: Distribution;
  events: Events;
  ownAddress: string;
}

type Ground = Awaited<ReturnType<typeof composeGround>>;
type People = ReturnType<typeof composePeople>;
type Money = ReturnType<typeof composeMoney>;
type Loop = ReturnType<typeof composeLoop>;
type OfRecord = ReturnType<typeof composeRecord> & {
  groupBuy: GroupBuyModule;
  counter: ReturnType<typeof composeCounter>;
};
type Things = ReturnType<typeof composeThings>;

/** Tiers 0 to 2: places, accounts, messages, pictures, tasks. */
async function composeGround(options: ComposeOptions, later: Later) {
  const { connection, clock, sandbox } = options;
  const wrote = () => later.events?.nudge();
  const database = openDatabase({ ...connection, clock, wrote, relaxed: options.relaxed ?? false });
  const vault = createVault(connection.secret);
  const files = createFiles(join(options.dataDir, 'files'));
  const place = await createPlace({ database, clock, sandbox });
  const access = createAccess({
    database,
    vault,
    place,
    newId,
    sandbox,
    sendText: (tx, telephone, text) =>
      later.message.sendText(tx, { telephone, text, immediately: true }),
    organizationNames: (tx, ids) => later.organization.names(tx, ids),
    handOver: (tx, from, to) => later.desk.handOver(tx, from, to),
  });
  const channel = sandboxTextChannel();
  const brand = () => place.brand();
  const message = createMessage({ database, vault, access, newId, channel, brand });
  const attachment = createAttachment({ database, vault, files, newId });
  const desk = createDesk({
    database,
    place,
    access,
    message,
    newId,
    titlesOf: async (tx, ids) =>
      new Map([...(await later.need.titlesOf(tx, ids)), ...(await later.award.titlesOf(tx, ids))]),
  });
  return { database, vault, clock, newId, place, access, message, attachment, desk };
}

/** Tiers 2 and 3: who people and organisations are, and who must agree. */
function composePeople(ground: Ground, later: Later) {
  const { vault, access } = ground;
  const organization = createOrganization(ground);
  const resident = createResident({
    ...ground,
    newPersonId: randomUUID,
    needsOf: (tx, id) => later.need.needsOf(tx, id),
    sourcesOf: (tx, id) => later.roster.sourcesOf(tx, id),
    sections: [
      (tx) => later.need.ownSections(tx),
      (tx) => later.award.ownSections(tx),
      (tx) => later.distribution.ownSections(tx),
      (tx) => later.receipt.ownSections(tx),
    ],
    forgets: [(tx, asked) => later.receipt.forgetOwn(tx, asked)],
    aidOf: (tx, id, most) => later.award.aidOf(tx, id, most),
    keeps: [(tx, id) => later.award.keeps(tx, id)],
    organizationNames: organization.names,
    entitlementsOf: (tx, id) => later.program.entitlementsOf(tx, id),
    follows: [
      (tx, id, areaId) => later.roster.followPerson(tx, id, areaId),
      (tx, id, areaId) => later.award.follow(tx, id, areaId),
    ],
  });
  const { relativesOf: relatives } = resident;
  const approval = createApproval({ vault, newId, names: access.names, relatives });
  const roster = createRoster({ ...ground, organization, resident, newPersonId: randomUUID });
  return { organization, resident, roster, approval };
}

/** Tiers 4 and 5: funds, gifts, and the public log of both. */
function composeMoney(options: ComposeOptions, lower: Ground & People, later: Later) {
  const { access, resident } = lower;
  const fund = createFund({
    ...lower,
    names: access.names,
    giverNames: listGiverNames,
    outcomes: (tx, ids) => later.need.outcomesOf(tx, ids),
    needNumbers: (tx, ids) => later.need.numbersOf(tx, ids),
    signedPayees: (tx, ids) => later.payout.signedPayees(tx, ids),
    bought: (tx, payments) => later.goods.boughtWith(tx, payments),
    toldThings: (tx, things) => later.goods.toldThings(tx, things),
    redeemedWords: (tx, ids) => later.benefit.redeemedWords(tx, ids),
  });
  const sandbox = createSandbox({ ...lower, fetch, baseUrl: () => later.ownAddress ?? '' });
  const payment = createPayment({
    ...lower,
    names: access.names,
    channels: createChannels(
      options.payments ?? NO_CHANNELS,
      options.sandbox ? sandbox.channel : null,
      { clock: options.clock, fetch },
    ),
    giftNumbers: (tx, ids) => donation.giftNumbers(tx, ids),
  });
  const donation = createDonation(
    {
      ...lower,
      fund,
      payment,
      homeAreas: async (tx, accountId) => {
        const personId = await resident.personOf(tx, accountId);
        const person = personId && (await resident.people(tx, [personId])).get(personId);
        return person ? [person.areaId] : [];
      },
      contact: options.federationContact,
      siteUrl: () => options.payments?.siteUrl ?? later.ownAddress ?? '',
      pausedCampaigns,
    },
    options.sandbox ? sandbox : null,
  );
  const publication = createPublication({
    ...lower,
    schema: options.connection.schema,
    dataDir: options.dataDir,
    origin: options.logOrigin,
    giftTransfer: (tx, token) => donation.transferByToken(tx, token),
    fetch,
  });
  const receipt = createReceipt({
    ...lower,
    fund,
    donation,
    publication,
    publicAddress: options.publicAddress ?? null,
  });
  const payout = createPayout({ ...lower, fund, payment, donation, names: access.names });
  const cash = createCash({
    ...lower,
    fund,
    donation,
    names: access.names,
    siteUrl: () => options.payments?.siteUrl ?? later.ownAddress ?? '',
  });
  return { fund, payment, donation, publication, receipt, payout, cash, sandbox };
}

/** Tiers 6 and 7: what is offered, and the loop. */
function composeLoop(lower: Ground & People & Money) {
  const resource = createResource({
    ...lower,
    wishes: {
      find: (tx, id) => need.wishes.find(tx, id),
      wanted: (tx, id) => need.wishes.wanted(tx, id),
    },
  });
  const program = createProgram({
    ...lower,
    askAboutData: lower.resident.ask,
    openQuestions: lower.roster.openPairs,
  });
  const need = createNeed({ ...lower, resource });
  const { benefit, award } = composeAid({ ...lower, program });
  const supervision = createSupervision({ ...lower, program });
  const book = createBook({ ...lower, names: lower.access.names });
  return { resource, program, need, benefit, award, supervision, book };
}

/** Tiers 5 and 7: from candidate to help. */
function composeAid(lower: Ground & People & Money & { program: ProgramModule }) {
  const { program } = lower;
  const benefit = createBenefit(lower);
  const award = createAward({
    ...lower,
    benefit,
    newCode: () =>
      Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join(''),
    program: {
      inForce: (tx) => program.policies(tx),
      async candidates(tx, { code, areaIds }) {
        const known = (await program.policies(tx)).find(({ policy }) => policy.code === code);
        return known
          ? await program.candidates(tx, { programIds: [known.programId], areaIds })
          : [];
      },
      async figures(tx) {
        const rows = Map.groupBy(await program.figures(tx), (row) => row.programId);
        const sum = (id: Id, of: 'candidates' | 'amount') =>
          (rows.get(id) ?? []).reduce((total, row) => total + row[of], 0);
        return new Map(
          (await program.policies(tx)).map(({ programId, policy }) => [
            policy.code,
            { people: sum(programId, 'candidates'), amount: sum(programId, 'amount') },
          ]),
        );
      },
    },
  });
  return { benefit, award };
}

/** Letters and digits that nobody takes for one another. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Goods and their way to people. */
function composeThings(
  options: ComposeOptions,
  lower: Ground & People & Money & Loop,
  later: Later,
) {
  const { resident, program } = lower;
  const goods = createGoods({
    ...lower,
    proposal: async (tx, id) => (await lower.fund.proposalsById(tx, [id])).get(id)?.view ?? null,
    receivers: (tx, ids) => later.distribution.receivers(tx, ids),
  });
  const distribution = createDistribution({
    ...lower,
    goods,
    resident: { people: resident.people, find: resident.findByText },
    candidates: async (tx, { code, areaIds, limit }) => {
      const known = (await program.policies(tx)).find(({ policy }) => policy.code === code);
      if (!known) return null;
      return await program.candidates(tx, { programIds: [known.programId], areaIds, limit });
    },
  });
  const sandbox = { platform: lower.sandbox, ownAddress: () => later.ownAddress ?? '' };
  const shop = composeShop({ ...lower, goods }, options.sandbox ? sandbox : null);
  return { goods, distribution, ...shop };
}

/** Mounts every module's part of the contract, and the pages. */
async function serveModules(
  options: ComposeOptions,
  modules: Ground & People & Money & Giving & Loop & Things & OfRecord,
  events: Events,
) {
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
  mount(app, routes.settlement, modules.settlement.handlers);
  mount(app, routes.groupBuy, modules.groupBuy.handlers);
  mount(app, routes.counter, modules.counter.handlers);
  mount(app, routes.desk, {
    ...desk.handlers,
    live: (call) => streamEvents({ database, events }, call),
  });
  mountGiving(app, modules);
  mountRecord(app, modules);
  if (options.distFolder) await servePages(app, { distFolder: options.distFolder });
  return app;
}
