import type { Id } from '@wennuan/basics';
import { shapes, type RouteOutput, type routes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import type { KnownPerson } from '../resident/index.ts';
import type { Award, AwardAct, Part, Round } from './award.ts';
import { roundOf } from './award.engine.ts';
import { ruleFor } from './award.moves.ts';
import type { AwardNeeds } from './award.needs.ts';
import { proofsFor } from './award.rules.ts';
import { countStates, listAwards, listSteps, listVisits, type StateCount } from './award.store.ts';
import { mayAppeal, mayDecideAppeal } from './ending.service.ts';
import { listParts } from './part.store.ts';
import { tellingOf } from './telling.service.ts';

export type Programme = z.output<typeof shapes.aidProgramme>;
export type RowView = z.output<typeof shapes.awardRow>;
export type PartView = z.output<typeof shapes.awardPeriod>;
type RoundView = z.output<typeof shapes.awardRound>;
type Detail = RouteOutput<(typeof routes)['award']['readAward']>;

/** A programme in the reader's language, as the definition of a round has it. */
export function programmeView(tx: Scoped, policy: Round['definition']): Programme {
  const { language } = tx.actor;
  return {
    code: policy.code,
    name: policy.name[language],
    source: policy.source,
    what: policy.benefit.what[language],
    clause: policy.clause[language],
    cadence: policy.cadence,
    delivery: policy.delivery,
    unit: policy.benefit.unit,
    forHousehold: policy.unit === 'household',
    notice: {
      kind: policy.notice.kind,
      days: policy.notice.kind === 'paper_board' ? policy.notice.days : null,
    },
  };
}

/** Rounds with where their people stand, as far as the reader sees them. */
export async function roundViews(
  needs: Pick<AwardNeeds, 'place'>,
  tx: Scoped,
  rounds: readonly Round[],
): Promise<{ views: RoundView[]; counts: StateCount[] }> {
  const counts = await countStates(
    tx,
    rounds.map((round) => round.id),
  );
  const views = rounds.map((round) => {
    const mine = counts.filter((count) => count.roundId === round.id);
    const states = shapes.awardStates.flatMap((state) => {
      const some = mine.filter((count) => count.state === state);
      return some.length === 0
        ? []
        : [{ state, count: sum(some, 'count'), amount: sum(some, 'amount') }];
    });
    return {
      id: round.id,
      number: round.number,
      programme: programmeView(tx, round.definition),
      period: round.period,
      area: needs.place.ref(round.areaId),
      openedAt: round.openedAt.toISOString(),
      states,
      total: sum(mine, 'count'),
      amount: sum(mine, 'amount'),
    };
  });
  return { views, counts };
}

function sum<Key extends string>(rows: readonly Record<Key, number>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

/** Awards as lists show them, masked. Who may not see a person sees no name. */
export async function rowViews(
  needs: Pick<AwardNeeds, 'place' | 'resident'>,
  tx: Scoped,
  awards: readonly Award[],
): Promise<RowView[]> {
  const persons = await needs.resident.people(
    tx,
    awards.map((award) => award.personId),
  );
  return awards.map((award) => rowView(needs, award, persons.get(award.personId)));
}

function rowView(
  needs: Pick<AwardNeeds, 'place'>,
  award: Award,
  person: KnownPerson | undefined,
): RowView {
  return {
    id: award.id,
    number: award.number,
    state: award.state,
    maskedName: person?.maskedName ?? '',
    personId: person?.id ?? null,
    area: needs.place.ref(award.areaId),
    building: person?.building ?? null,
    amount: award.amount,
    tries: award.tries,
    visitedAt: award.visitedAt?.toISOString() ?? null,
    hasAccount: award.accountId !== null,
    objected: award.state === 'paused',
    appealed: award.appeal === 'open',
  };
}

/** A part as pages show it. */
export function partView(
  tx: Scoped,
  part: Part,
  about: { number: string; round: Round },
): PartView {
  return {
    id: part.id,
    awardId: part.awardId,
    number: about.number,
    programmeName: about.round.definition.name[tx.actor.language],
    delivery: part.delivery,
    period: part.period,
    state: part.state,
    amount: part.amount,
    unit: part.unit,
    dueOn: part.dueOn,
    deliveredOn: part.deliveredOn,
    confirmedAt: part.confirmedAt?.toISOString() ?? null,
    confirmedBy: part.confirmedBy,
    waits: part.waits,
  };
}

const MOVE_OF: Record<AwardAct, Parameters<typeof ruleFor>[1]> = {
  refuse: 'refuse',
  decline: 'decline',
  note_death: 'note_death',
  note_move: 'note_move',
  stop: 'stop',
  give_up: 'give_up',
  resume: 'resume',
  renew: 'renew',
  refuse_elsewhere: 'refuse_elsewhere',
};

/** One award with all that its page shows; refuses `not_found` when its round is gone. */
export async function detailView(needs: AwardNeeds, tx: Scoped, award: Award): Promise<Detail> {
  const round = await roundOf(tx, award.roundId);
  const box = (await needs.vault.findBoxes(tx, [award.id])).get(award.id);
  const [row] = await rowViews(needs, tx, [award]);
  const parts = await listParts(tx, { awardIds: [award.id] });
  const steps = await listSteps(tx, award.id);
  const mover = tx.actor.role && tx.actor.role !== 'resident' ? [tx.actor.role] : [];
  const isWorker = tx.actor.role === 'community_worker';
  return {
    ...row!,
    version: award.version,
    round: { id: round.id, number: round.number, period: round.period },
    programme: programmeView(tx, round.definition),
    proofs: proofsFor(round.definition),
    acts: shapes.awardActs.filter((act) => ruleFor(award, MOVE_OF[act], mover)),
    mayVisit: isWorker && award.state === 'candidate',
    mayAppealFor: isWorker && mayAppeal(award),
    mayDecideAppeal: mayDecideAppeal(award, tx.actor),
    grantedOn: award.grantedOn,
    reviewOn: award.reviewOn,
    endedOn: award.endedOn,
    appeal: award.appeal && {
      state: award.appeal,
      text: opened(box, award.appealSealed) ?? '',
      answer: opened(box, award.answerSealed),
    },
    telling: tellingOf(needs, tx, { award, steps, box }),
    ...(await historyOf(needs, tx, { awardId: award.id, steps, box })),
    periods: parts.map((part) => partView(tx, part, { number: award.number, round })),
  };
}

async function historyOf(
  needs: AwardNeeds,
  tx: Scoped,
  {
    awardId,
    steps,
    box,
  }: { awardId: Id; steps: Awaited<ReturnType<typeof listSteps>>; box: Box | undefined },
): Promise<Pick<Detail, 'visits' | 'steps'>> {
  // The federation is shown what was decided and given, not what a worker saw at the door.
  const visits = tx.actor.login === 'staff' ? await listVisits(tx, awardId) : [];
  const names = await needs.access.names(tx, [
    ...steps.flatMap((step) => step.byAccountId ?? []),
    ...visits.map((visit) => visit.byAccountId),
  ]);
  return {
    visits: visits.map((visit) => ({
      at: visit.at.toISOString(),
      byName: names.get(visit.byAccountId) ?? '',
      outcome: visit.outcome,
      proofs: visit.proofs,
      incomeCheck: opened(box, visit.incomeCheckSealed),
      note: opened(box, visit.noteSealed) ?? '',
    })),
    steps: steps.map((step) => ({
      at: step.at.toISOString(),
      move: step.move,
      state: step.state,
      byName: (step.byAccountId && names.get(step.byAccountId)) ?? '',
      note: opened(box, step.noteSealed),
    })),
  };
}

/** A sealed text; null when there is none or its key is gone. */
export function opened(box: Box | undefined, sealed: Buffer | null): string | null {
  return box && sealed ? box.open(sealed) : null;
}

/** Words for the desk's list: who is to be visited or asked, for who may see her. */
export async function deskTitles(
  needs: Pick<AwardNeeds, 'resident' | 'place'>,
  tx: Scoped,
  subjectIds: readonly Id[],
): Promise<Map<Id, string>> {
  if (subjectIds.length === 0 || tx.actor.login !== 'staff') return new Map();
  const parts = await listParts(tx, { ids: subjectIds });
  const byAward = new Map(parts.map((part) => [part.awardId, part.id]));
  const awards = await listAwards(tx, { ids: [...subjectIds, ...byAward.keys()] });
  const persons = await needs.resident.people(
    tx,
    awards.map((award) => award.personId),
  );
  const titles = new Map<Id, string>();
  for (const award of awards) {
    const round = await roundOf(tx, award.roundId);
    const words = `${persons.get(award.personId)?.maskedName ?? ''} · ${round.definition.name[tx.actor.language]}`;
    if (subjectIds.includes(award.id)) titles.set(award.id, words);
    const partId = byAward.get(award.id);
    if (partId) titles.set(partId, words);
  }
  return titles;
}
