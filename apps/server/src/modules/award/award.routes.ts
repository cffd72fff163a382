import { Refusal } from '@wennuan/basics';
import { shapes, type routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { isEnded } from './award.ts';
import { roundOf } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { detailView, programmeView, roundViews, rowViews } from './award.view.ts';
import { runDue } from './delivery.service.ts';
import { deliveryHandlers } from './delivery.routes.ts';
import { act, appeal, decideAppeal } from './ending.service.ts';
import { listLists } from './list.store.ts';
import { decideList, proposeReady } from './list.service.ts';
import { listDetail, listViews } from './list.view.ts';
import { afterApproval } from './notice.service.ts';
import { noticeHandlers } from './notice.routes.ts';
import { ownHandlers } from './own.routes.ts';
import { listRounds } from './round.store.ts';
import { openRound, presentPeriod } from './round.service.ts';
import { tell } from './telling.service.ts';
import { noteVisit } from './visit.service.ts';

type Routes = typeof routes.award;

/** The operations of aid from candidate to help. */
export function awardHandlers(needs: AwardNeeds): Handlers<Routes> {
  return {
    ...noticeHandlers(needs),
    ...deliveryHandlers(needs),
    ...ownHandlers(needs),
    ...roundHandlers(needs),
    ...awardsHandlers(needs),
    ...listHandlers(needs),
  };
}

type Part<Names extends keyof Routes> = Pick<Handlers<Routes>, Names>;

function roundHandlers(
  needs: AwardNeeds,
): Part<'programmes' | 'rounds' | 'openRound' | 'readRound' | 'awards'> {
  return {
    programmes: ({ actor }) => needs.database.read(actor, (tx) => programmesOf(needs, tx)),
    rounds: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const rounds = await listRounds(tx, {
          before: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(rounds, query.limit, (last) => last.serial);
        const { views } = await roundViews(needs, tx, shown);
        return {
          items: views,
          next,
        };
      }),
    openRound: ({ actor, body }) =>
      needs.database.write(actor, 'award.open_round', (tx) =>
        openRound(needs, tx, {
          programmeCode: body.programmeCode,
          areaId: areaFor(needs, actor, body.areaCode),
        }),
      ),
    readRound: ({ actor, params }) =>
      needs.database.read(actor, (tx) => roundDetail(needs, tx, params.roundId)),
    awards: ({ actor, params, query }) =>
      needs.database.read(actor, async (tx) => {
        const awards = await listAwards(tx, {
          roundId: params.roundId,
          states: query.state ? [query.state] : undefined,
          areaIds: query.areaCode
            ? needs.place.below(needs.place.areaByCode(query.areaCode).id)
            : undefined,
          after: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(awards, query.limit, (last) => last.serial);
        return {
          items: await rowViews(needs, tx, shown),
          next,
        };
      }),
  };
}

/** The area a round is opened in: the one named, among the actor's, or her own. */
function areaFor(needs: AwardNeeds, actor: Actor, areaCode: string | null): number {
  if (areaCode === null) {
    if (actor.areaId === null) throw new Refusal('area_unknown', {}, 'areaCode');
    return actor.areaId;
  }
  const { id } = needs.place.areaByCode(areaCode);
  if (!actor.areaIds.includes(id)) throw new Refusal('area_unknown', {}, 'areaCode');
  return id;
}

async function programmesOf(needs: AwardNeeds, tx: Scoped) {
  const inForce = await needs.program.inForce(tx);
  const figures = await needs.program.figures(tx);
  const rounds = await listRounds(tx, { limit: 500 });
  return {
    asOf: tx.now.toISOString(),
    items: inForce.map(({ policy }) => {
      const period = presentPeriod(policy.cadence, tx);
      const known = rounds.find(
        (round) => round.programCode === policy.code && round.period === period,
      );
      return {
        programme: programmeView(tx, policy),
        period,
        candidates: figures.get(policy.code)?.people ?? 0,
        amount: figures.get(policy.code)?.amount ?? 0,
        roundId: known?.id ?? null,
      };
    }),
  };
}

async function roundDetail(needs: AwardNeeds, tx: Scoped, roundId: string) {
  const round = await roundOf(tx, roundId);
  const { views, counts } = await roundViews(needs, tx, [round]);
  const ready = await listAwards(tx, { roundId, states: ['ready'] });
  const byArea = [...Map.groupBy(counts, (count) => count.areaId)].map(([areaId, some]) => {
    const of = (states: readonly string[]) =>
      some.filter((one) => states.includes(one.state)).reduce((sum, one) => sum + one.count, 0);
    const helped = ['granted', 'paid_elsewhere', 'finished'];
    const ended = shapes.awardStates.filter((state) => isEnded(state) && state !== 'finished');
    return {
      area: needs.place.ref(areaId),
      helped: of(helped),
      ended: of(ended),
      waiting: some.reduce((sum, one) => sum + one.count, 0) - of(helped) - of(ended),
    };
  });
  const isHigher = tx.actor.role === 'street_officer' || tx.actor.role === 'district_officer';
  return {
    ...views[0]!,
    byArea: byArea.toSorted((one, other) => other.waiting - one.waiting),
    mayPropose: isHigher && round.source === 'charity' && ready.length > 0,
    mayRefer: isHigher && round.source !== 'charity' && ready.length > 0,
    ready: ready.length,
    withoutNotice: ready.filter((award) => !award.mayBeNamed).length,
  };
}

function awardsHandlers(
  needs: AwardNeeds,
): Part<'readAward' | 'visit' | 'act' | 'tell' | 'appealFor' | 'decideAppeal'> {
  const shown = async (tx: Scoped, awardId: string) => {
    const [award] = await listAwards(tx, { ids: [awardId] });
    if (!award) throw new Refusal('not_found');
    return await detailView(needs, tx, award);
  };
  const change = async (
    actor: Actor,
    action: string,
    awardId: string,
    work: (tx: Writing) => Promise<unknown>,
  ) =>
    await needs.database.write(actor, action, async (tx) => {
      await work(tx);
      return await shown(tx, awardId);
    });
  return {
    readAward: ({ actor, params }) => needs.database.read(actor, (tx) => shown(tx, params.awardId)),
    visit: ({ actor, params, body }) =>
      change(actor, 'award.visit', params.awardId, (tx) =>
        noteVisit(needs, tx, { ...body, ...params }),
      ),
    async act({ actor, params, body }) {
      const view = await change(actor, `award.${body.act}`, params.awardId, (tx) =>
        act(needs, tx, { ...body, ...params }),
      );
      await runDue(needs);
      return view;
    },
    tell: ({ actor, params, body }) =>
      change(actor, 'award.tell', params.awardId, (tx) => tell(needs, tx, { ...body, ...params })),
    appealFor: ({ actor, params, body }) =>
      change(actor, 'award.appeal', params.awardId, (tx) =>
        appeal(needs, tx, { ...params, text: body.text }),
      ),
    async decideAppeal({ actor, params, body }) {
      const view = await change(actor, 'award.decide_appeal', params.awardId, (tx) =>
        decideAppeal(needs, tx, { ...params, ...body }),
      );
      await runDue(needs);
      return view;
    },
  };
}

function listHandlers(needs: AwardNeeds): Part<'propose' | 'lists' | 'readList' | 'decideList'> {
  return {
    propose: ({ actor, params }) =>
      needs.database.write(actor, 'award.propose', (tx) => proposeReady(needs, tx, params.roundId)),
    lists: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const lists = await listLists(tx, {
          state: query.state,
          before: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(lists, query.limit, (last) => last.serial);
        return {
          items: await listViews(needs, tx, shown),
          next,
        };
      }),
    readList: ({ actor, params }) =>
      needs.database.read(actor, async (tx) => {
        const [list] = await listLists(tx, { ids: [params.listId] });
        if (!list) throw new Refusal('not_found');
        return await listDetail(needs, tx, list);
      }),
    async decideList({ actor, params, body }) {
      const answer = await needs.database.write(actor, 'award.decide_list', async (tx) => {
        const decided = await decideList(needs, tx, { ...params, ...body });
        await afterApproval(needs, tx, decided);
        const [list] = await listLists(tx, { ids: [decided.listId] });
        const [view] = await listViews(needs, tx, [list!]);
        return { outcome: decided.outcome, list: view! };
      });
      await runDue(needs);
      return answer;
    },
  };
}
