import type { routes } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { dateInShanghai } from '@wennuan/basics';
import { addDuty, dutyView, readCalendar, readDuties, voidDuty } from './duty.service.ts';
import type { DisclosureNeeds } from './disclosure.needs.ts';
import {
  correct,
  figuresOf,
  findDuty,
  publish,
  readDisclosure,
  readDisclosures,
  readDraft,
} from './publish.service.ts';

/** The calendar of duties, what was published, and the desk's part of it. */
export function disclosureHandlers(needs: DisclosureNeeds): Handlers<typeof routes.disclosure> {
  const { database } = needs;
  const system = systemActor('disclosure');
  return {
    publicDuties: ({ actor, query }) => database.read(actor, (tx) => readCalendar(tx, query)),
    disclosures: ({ actor, query }) => database.read(actor, (tx) => readDisclosures(tx, query)),
    disclosure: ({ actor, params }) =>
      database.read(actor, (tx) => readDisclosure(tx, params.number)),
    duties: ({ actor, query }) => database.read(actor, (tx) => readDuties(tx, query)),
    draft: ({ actor, params }) =>
      database.read(system, (tx) =>
        readDraft(needs, tx, { dutyId: params.dutyId, language: actor.language }),
      ),
    async publish({ actor, params, body }) {
      const { dutyId } = params;
      const figures = await database.read(system, async (tx) =>
        figuresOf(tx, await findDuty(tx, dutyId)),
      );
      const number = await database.write(actor, 'disclosure.publish', (tx) =>
        publish(needs, tx, { dutyId, ...body, figures }),
      );
      return await database.read(actor, (tx) => readDisclosure(tx, number));
    },
    async voidDuty({ actor, params, body }) {
      await database.write(actor, 'disclosure.void', (tx) =>
        voidDuty(needs, tx, { dutyId: params.dutyId, ...body }),
      );
      return await view(params.dutyId, actor.language);
    },
    async addDuty({ actor, body }) {
      const id = await database.write(actor, 'disclosure.add_duty', (tx) =>
        addDuty(needs, tx, body),
      );
      return await view(id, actor.language);
    },
    async correct({ actor, params, body }) {
      await database.write(actor, 'disclosure.correct', (tx) =>
        correct(needs, tx, { number: params.number, ...body }),
      );
      return await database.read(actor, (tx) => readDisclosure(tx, params.number));
    },
  };

  function view(id: string, language: 'zh' | 'en') {
    return database.read(system, async (tx) =>
      dutyView(await findDuty(tx, id), dateInShanghai(tx.now), language),
    );
  }
}
