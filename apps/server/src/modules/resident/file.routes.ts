import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import { lookUp } from './counter.service.ts';
import { grantErasure } from './erase.service.ts';
import {
  addPurposes,
  askExchange,
  endPurpose,
  readExchanges,
  readPurposes,
} from './exchange.service.ts';
import { factFields } from './facts.ts';
import { endConsent, endFact, giveConsent, noteFacts } from './facts.service.ts';
import { addMembers, chooseHead, createHouseholds, endMember } from './household.service.ts';
import { decideMove, proposeMove, readMove } from './move.service.ts';
import { readMyName } from './my-data.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { takeIn } from './taking-in.service.ts';

const done = { ok: true } as const;

/** The counter, what is noted in a file, households, moves, erasing. */
export function fileHandlers(needs: ResidentNeeds): Handlers<typeof routes.file> {
  const { database } = needs;
  return {
    lookUp: ({ actor, body }) => lookUp(needs, actor, body),
    takeIn: ({ actor, body }) => takeIn(needs, actor, body.idNumber),
    factFields: async () => ({ items: factFields() }),
    noteFact: ({ actor, params, body }) =>
      database.write(actor, 'resident.note_fact', async (tx) => {
        const [id] = await noteFacts(needs, tx, [{ ...params, ...body }]);
        return { id: id! };
      }),
    endFact: async ({ actor, params }) => {
      await endFact(needs, actor, params);
      return done;
    },
    noteConsent: ({ actor, params, body }) => giveConsent(needs, actor, { ...params, ...body }),
    endConsent: async ({ actor, params }) => {
      await endConsent(needs, actor, params);
      return done;
    },
    ...householdHandlers(needs),
    proposeMove: ({ actor, params, body }) => proposeMove(needs, actor, { ...params, ...body }),
    readMove: ({ actor, params }) => readMove(needs, actor, params.moveId),
    decideMove: ({ actor, params, body }) => decideMove(needs, actor, { ...params, ...body }),
    erase: ({ actor, params }) => grantErasure(needs, actor, params.requestId),
    myName: ({ actor }) => readMyName(needs, actor),
  };
}

function householdHandlers(needs: ResidentNeeds) {
  const { database } = needs;
  return {
    createHousehold: ({ actor, body }) =>
      database.write(actor, 'resident.create_household', async (tx) => {
        const [id] = await createHouseholds(needs, tx, [body]);
        return { id: id! };
      }),
    addMember: async ({ actor, params, body }) => {
      await database.write(actor, 'resident.add_member', (tx) =>
        addMembers(needs, tx, [{ ...params, ...body }]),
      );
      return done;
    },
    endMember: async ({ actor, params, body }) => {
      await endMember(needs, actor, { ...params, ...body });
      return done;
    },
    chooseHead: async ({ actor, params, body }) => {
      await chooseHead(needs, actor, { ...params, ...body });
      return done;
    },
  } satisfies Partial<Handlers<typeof routes.file>>;
}

/** Purposes of departments, and what was exchanged. */
export function purposeHandlers(needs: ResidentNeeds): Handlers<typeof routes.purpose> {
  return {
    list: ({ actor }) => readPurposes(needs, actor),
    add: ({ actor, body }) =>
      needs.database.write(actor, 'resident.add_purpose', async (tx) => {
        const [id] = await addPurposes(needs, tx, [body]);
        return { id: id! };
      }),
    end: async ({ actor, params }) => {
      await endPurpose(needs, actor, params.purposeId);
      return done;
    },
    ask: ({ actor, body }) => askExchange(needs, actor, body),
    exchanges: ({ actor, query }) => readExchanges(needs, actor, query),
  };
}
