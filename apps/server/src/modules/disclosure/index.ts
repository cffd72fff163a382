import type { Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import type { DisclosureNeeds } from './disclosure.needs.ts';
import { disclosureHandlers } from './disclosure.routes.ts';
import { listDuties } from './disclosure.store.ts';
import { addDuty, openDuties, titlesOf } from './duty.service.ts';
import { openHandlers } from './open.routes.ts';
import { correct, publish, readDraft } from './publish.service.ts';

export type { DutyRow as DutyOnFile } from './disclosure.store.ts';
export type { DisclosureNeeds } from './disclosure.needs.ts';
export type Disclosure = ReturnType<typeof createDisclosure>;

/** What must be told to the public and when, what was told, and the open data. */
export function createDisclosure(needs: DisclosureNeeds) {
  const { database } = needs;
  const ticks: Tick[] = [
    {
      name: 'disclosure.open_duties',
      everySeconds: 600,
      run: async () =>
        void (await database.write(systemActor('disclosure.open_duties'), null, (tx) =>
          openDuties(needs, tx),
        )),
    },
  ];
  return {
    handlers: disclosureHandlers(needs),
    openHandlers: openHandlers(needs),
    ticks,
    /** Puts every duty that has begun on calendar and desk; answers how many are new. System login. */
    openDuties: (tx: Writing) => openDuties(needs, tx),
    /** Notes what no figure shows. Federation or system login. */
    addDuty: (tx: Writing, asked: Parameters<typeof addDuty>[2]) => addDuty(needs, tx, asked),
    /** Port of `desk`: what duties are called, for readers of English; Chinese stands in the tasks themselves. */
    titlesOf,
    duties: (tx: Scoped, chosen: Parameters<typeof listDuties>[1]) => listDuties(tx, chosen),
    /** Figures and wording of a duty's report from the ledger. System login. */
    draft: (tx: Scoped, dutyId: Id) => readDraft(needs, tx, { dutyId, language: 'zh' }),
    publish: (tx: Writing, report: Parameters<typeof publish>[2]) => publish(needs, tx, report),
    correct: (tx: Writing, correction: Parameters<typeof correct>[2]) =>
      correct(needs, tx, correction),
  };
}
