import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { newId, type Clock } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { createAccess, SESSION_COOKIE } from './modules/access/index.ts';
import { createApproval } from './modules/approval/index.ts';
import { createAttachment } from './modules/attachment/index.ts';
import { createDesk } from './modules/desk/index.ts';
import { createDonation, createSandbox, listGiverNames } from './modules/donation/index.ts';
import { createFund } from './modules/fund/index.ts';
import { createMessage, sandboxTextChannel } from './modules/message/index.ts';
import { createNeed } from './modules/need/index.ts';
import { createOrganization } from './modules/organization/index.ts';
import { createPlace } from './modules/place/index.ts';
import { createResident } from './modules/resident/index.ts';
import { createResource } from './modules/resource/index.ts';
import { systemActor } from './platform/actor.ts';
import { openDatabase } from './platform/database/database.ts';
import type { Connection } from './platform/database/roles.ts';
import { createEvents } from './platform/events.ts';
import { createFiles } from './platform/files.ts';
import { streamEvents } from './platform/http/live.ts';
import { mount } from './platform/http/mount.ts';
import { servePages } from './platform/http/pages.ts';
import { createServer } from './platform/http/server.ts';
import { createVault } from './platform/vault.ts';

export interface ComposeOptions {
  connection: Connection;
  /** Folder for encrypted files. */
  dataDir: string;
  clock: Clock;
  /** True when text messages, the cashier and one-time codes are the sandbox's. */
  sandbox: boolean;
  limitRates: boolean;
  /** Telephone and address of the federation, as campaign pages must show them (Charity Law 24). */
  federationContact: string;
  /** Folder of the built web app; without it only the API is served. */
  distFolder?: URL;
  log: boolean;
}

export type Application = Awaited<ReturnType<typeof compose>>;

/** Builds the whole application from its parts: lower tiers first, upward knowledge handed in as ports. */
export async function compose(options: ComposeOptions) {
  const { connection, clock, sandbox } = options;
  const database = openDatabase({ ...connection, clock, wrote: () => events.nudge() });
  const vault = createVault(connection.secret);
  const place = await createPlace({ database, clock, sandbox });
  const access = createAccess({
    database,
    vault,
    place,
    newId,
    sandbox,
    sendText: (tx, telephone, text) => message.sendText(tx, { telephone, text, immediately: true }),
    organizationNames: (tx, ids) => organization.names(tx, ids),
    handOver: (tx, from, to) => desk.handOver(tx, from, to),
  });
  const channel = sandboxTextChannel();
  const message = createMessage({
    database,
    vault,
    access,
    newId,
    channel,
    brand: () => place.brand(),
  });
  const files = createFiles(join(options.dataDir, 'files'));
  const attachment = createAttachment({ database, vault, files, newId });
  const desk = createDesk({
    database,
    place,
    access,
    message,
    newId,
    titlesOf: (tx, ids) => need.titlesOf(tx, ids),
  });
  const organization = createOrganization({ database, vault, newId });
  const resident = createResident({
    database,
    vault,
    newId,
    newPersonId: randomUUID,
    place,
    access,
    message,
    desk,
    needsOf: (tx, id) => need.needsOf(tx, id),
    sections: [message.ownSections, (tx) => need.ownSections(tx)],
  });
  const approval = createApproval({
    vault,
    newId,
    names: access.names,
    relatives: resident.relativesOf,
  });
  const fund = createFund({
    database,
    vault,
    newId,
    place,
    names: access.names,
    approval,
    desk,
    message,
    organization,
    resident,
    attachment,
    giverNames: listGiverNames,
    outcomes: (tx, ids) => need.outcomesOf(tx, ids),
    needNumbers: (tx, ids) => need.numbersOf(tx, ids),
  });
  let ownAddress = '';
  const sandboxPlatform = createSandbox({
    database,
    vault,
    clock,
    fetch,
    baseUrl: () => ownAddress,
  });
  const donation = createDonation(
    {
      database,
      vault,
      clock,
      newId,
      place,
      fund,
      desk,
      organization,
      homeAreas: async (tx, accountId) => {
        const personId = await resident.personOf(tx, accountId);
        const person = personId && (await resident.people(tx, [personId])).get(personId);
        return person ? [person.areaId] : [];
      },
      contact: options.federationContact,
      platform: sandboxPlatform.platform,
    },
    sandbox ? sandboxPlatform : null,
  );
  const resource = createResource({
    database,
    vault,
    newId,
    place,
    access,
    message,
    fund,
    wishes: {
      find: (tx, id) => need.wishes.find(tx, id),
      wanted: (tx, id) => need.wishes.wanted(tx, id),
    },
  });
  const need = createNeed({
    database,
    vault,
    clock,
    newId,
    place,
    access,
    desk,
    message,
    attachment,
    resident,
    donation,
    resource,
  });
  await database.write(systemActor('start'), null, donation.openWorldAccounts);
  const events = createEvents(database, connection.schema, [
    ...donation.consumers,
    ...need.consumers,
  ]);
  const app = await createServer({
    ...options,
    actorOf: (request, language) => access.actorOfToken(request.cookies[SESSION_COOKIE], language),
  });
  mount(app, routes.place, place.handlers);
  mount(app, routes.session, access.handlers);
  mount(app, routes.message, message.handlers);
  mount(app, routes.attachment, attachment.handlers);
  mount(app, routes.organization, organization.handlers);
  mount(app, routes.resident, resident.handlers);
  mount(app, routes.fund, fund.handlers);
  mount(app, routes.donation, donation.handlers);
  mount(app, routes.resource, resource.handlers);
  mount(app, routes.need, need.handlers);
  mount(app, routes.desk, {
    ...desk.handlers,
    live: (call) => streamEvents({ database, events }, call),
  });
  if (options.distFolder) await servePages(app, { distFolder: options.distFolder });
  return {
    app,
    database,
    vault,
    events,
    clock,
    place,
    access,
    message,
    attachment,
    desk,
    organization,
    resident,
    approval,
    fund,
    donation,
    resource,
    need,
    ticks: [message, attachment, desk, donation, resource, need].flatMap((module) => module.ticks),
    /** Says at which address the server answers: the sandbox platform sends its notices there. */
    ownAddress(address: string) {
      ownAddress = address;
    },
    async close() {
      await events.stop();
      await app.close();
      await database.close();
    },
  };
}
