import type { routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { answerSheet } from './answer-sheet.ts';
import type { AwardNeeds } from './award.needs.ts';
import { confirmMine } from './confirm.service.ts';
import { appeal, ask, giveUp } from './ending.service.ts';
import { readMine } from './own.service.ts';
import { readPublicAid, readYear, yearSheet } from './year.service.ts';

type Names =
  | 'mine'
  | 'confirmMine'
  | 'appealMine'
  | 'askMine'
  | 'giveUpMine'
  | 'aidOfYear'
  | 'aidOfYearSheet'
  | 'publicAid';

/** What people see of their own aid, what a worker’s people got, and what everybody may know of it. */
export function ownHandlers(needs: AwardNeeds): Pick<Handlers<typeof routes.award>, Names> {
  const done = async (actor: Actor, action: string, work: (tx: Writing) => Promise<void>) => {
    await needs.database.write(actor, action, work);
    return { ok: true } as const;
  };
  return {
    mine: ({ actor }) => needs.database.read(actor, (tx) => readMine(needs, tx)),
    confirmMine: ({ actor, params, body }) =>
      done(actor, 'award.confirm', (tx) =>
        confirmMine(needs, tx, { partId: params.periodId, ...body }),
      ),
    appealMine: ({ actor, params, body }) =>
      done(actor, 'award.appeal', (tx) => appeal(needs, tx, { ...params, ...body })),
    askMine: ({ actor, params, body }) =>
      done(actor, 'award.ask', (tx) => ask(needs, tx, { ...params, ...body })),
    giveUpMine: ({ actor, params, body }) =>
      done(actor, 'award.give_up', (tx) => giveUp(needs, tx, { ...params, ...body })),
    aidOfYear: ({ actor, query }) => needs.database.read(actor, (tx) => readYear(needs, tx, query)),
    aidOfYearSheet: async ({ actor, query, reply }) =>
      answerSheet(reply, `aid-${query.year}`, await yearSheet(needs, actor, query.year)),
    publicAid: ({ actor, query }) => readPublicAid(needs, actor, query.year),
  };
}
