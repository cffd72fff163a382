import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { roundOf } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { programmeView } from './award.view.ts';
import { runDue } from './delivery.service.ts';
import { noticeDetail, noticeViews } from './list.view.ts';
import {
  decideObjection,
  objectByCode,
  objectTo,
  postNotice,
  takeDownNotice,
} from './notice.service.ts';
import { listNotices } from './notice.store.ts';

type Names =
  | 'notices'
  | 'readNotice'
  | 'postNotice'
  | 'takeDownNotice'
  | 'objectFor'
  | 'objectPublic'
  | 'publicNotice'
  | 'decideObjection';
type NoticeHandlers = Pick<Handlers<typeof routes.award>, Names>;

const DONE = { ok: true } as const;

/** Paper notices and objections to them. */
export function noticeHandlers(needs: AwardNeeds): NoticeHandlers {
  return { ...officeHandlers(needs), ...publicHandlers(needs) };
}

function officeHandlers(needs: AwardNeeds): Omit<NoticeHandlers, 'objectPublic' | 'publicNotice'> {
  return {
    notices: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const notices = await listNotices(tx, {
          before: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(notices, query.limit, (last) => last.serial);
        return {
          items: await noticeViews(needs, tx, shown),
          next,
        };
      }),
    readNotice: ({ actor, params }) =>
      needs.database.read(actor, async (tx) => {
        const [notice] = await listNotices(tx, { ids: [params.noticeId] });
        if (!notice) throw new Refusal('not_found');
        return await noticeDetail(needs, tx, notice);
      }),
    async postNotice({ actor, params, body }) {
      await needs.database.write(actor, 'award.post_notice', (tx) =>
        postNotice(needs, tx, { ...params, ...body }),
      );
      return DONE;
    },
    async takeDownNotice({ actor, params, body }) {
      await needs.database.write(actor, 'award.take_down_notice', (tx) =>
        takeDownNotice(needs, tx, { ...params, ...body }),
      );
      await runDue(needs);
      return DONE;
    },
    async objectFor({ actor, params, body }) {
      await needs.database.write(actor, 'award.object', (tx) =>
        objectTo(needs, tx, { ...params, ...body }),
      );
      return DONE;
    },
    async decideObjection({ actor, params, body }) {
      await needs.database.write(actor, 'award.decide_objection', (tx) =>
        decideObjection(needs, tx, { ...params, ...body }),
      );
      await runDue(needs);
      return DONE;
    },
  };
}

function publicHandlers(needs: AwardNeeds): Pick<NoticeHandlers, 'objectPublic' | 'publicNotice'> {
  return {
    async objectPublic({ params, body }) {
      await objectByCode(needs, { ...params, ...body });
      return DONE;
    },
    // What hangs on the board is read by the system for the passer-by: the number of lines, nobody on them.
    publicNotice: ({ actor, params }) =>
      needs.database.read(
        { ...systemActor('notice board'), language: actor.language },
        async (tx) => {
          const [notice] = await listNotices(tx, { code: params.code.trim().toUpperCase() });
          if (!notice) throw new Refusal('not_found');
          const round = await roundOf(tx, notice.roundId);
          const lines = await listAwards(tx, { noticeIds: [notice.id] });
          return {
            number: notice.number,
            programme: programmeView(tx, round.definition),
            period: round.period,
            area: needs.place.ref(notice.areaId),
            deskTelephone: needs.place.area(notice.areaId).deskTelephone,
            lines: lines.length,
            until: notice.dueAt?.toISOString() ?? null,
            isOpen: notice.state === 'posted',
          };
        },
      ),
  };
}
