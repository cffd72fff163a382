import { join } from 'node:path';
import { newId } from '@wennuan/basics';
import { createAccess } from '../modules/access/index.ts';
import { createAttachment } from '../modules/attachment/index.ts';
import { createDesk } from '../modules/desk/index.ts';
import { createMessage, sandboxTextChannel } from '../modules/message/index.ts';
import { createPlace } from '../modules/place/index.ts';
import { openDatabase } from '../platform/database/database.ts';
import { createFiles } from '../platform/files.ts';
import { createVault } from '../platform/vault.ts';
import type { Later } from './later.ts';
import type { ComposeOptions } from './options.ts';

export type Ground = Awaited<ReturnType<typeof composeGround>>;

/** Tiers 0 to 2: places, accounts, messages, pictures, tasks. */
export async function composeGround(options: ComposeOptions, later: Later) {
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
      new Map([
        ...(await later.need.titlesOf(tx, ids)),
        ...(await later.award.titlesOf(tx, ids)),
        ...(await later.disclosure.titlesOf(tx, ids)),
      ]),
  });
  return { database, vault, clock, newId, place, access, message, attachment, desk };
}
