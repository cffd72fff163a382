import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import type { Tick } from '../../platform/tick.ts';
import type { AwardNeeds } from './award.needs.ts';
import { awardHandlers } from './award.routes.ts';
import { follow, listAwards, personsWithAwards } from './award.store.ts';
import { deskTitles } from './award.view.ts';
import { amountWords } from './award.words.ts';
import { runDue } from './delivery.service.ts';
import { askReviews, haltTheDead } from './ending.service.ts';
import { aidOf, ownSections } from './own.service.ts';
import { listParts } from './part.store.ts';
import { partWords } from './part.words.ts';
import { paymentConsumer } from './payout.service.ts';

export type { AwardNeeds, PolicyInForce, Programs } from './award.needs.ts';
export type { Award, Part, Round } from './award.ts';
export type AwardModule = ReturnType<typeof createAward>;

/** From candidate to help: rounds, visits, lists, notices, parts that fall due, her word that they came. */
export function createAward(needs: AwardNeeds) {
  const ticks: Tick[] = [
    { name: 'award.run', everySeconds: 60, run: () => runDue(needs) },
    {
      name: 'award.watch',
      everySeconds: 300,
      run: async () => {
        await haltTheDead(needs);
        await askReviews(needs);
      },
    },
  ];
  return {
    handlers: awardHandlers(needs),
    ticks,
    consumers: [paymentConsumer(needs), bindingConsumer()],
    /** What has fallen due is written and given now; commands, demo and tests. */
    runDue: () => runDue(needs),
    /** Port of `desk`: who is to be visited or asked, for who may see her. */
    titlesOf: (tx: Scoped, subjectIds: readonly Id[]) => deskTitles(needs, tx, subjectIds),
    /** Port of `resident`: aid a person got, newest first. */
    async aidOf(tx: Scoped, personId: Id, most: number) {
      const given = await aidOf(needs, tx, personId, most);
      return given.map(({ part, round }) => ({
        id: part.id,
        at: new Date(`${part.deliveredOn}T00:00:00+08:00`).toISOString(),
        title: {
          zh: `${round.definition.name.zh}（${part.period}）`,
          en: `${round.definition.name.en} (${part.period})`,
        },
        from: round.source,
        amountFen: part.unit === 'fen' ? part.amount : null,
        amountWords: part.unit === 'fen' ? null : amountWords(part.amount, part.unit),
        state: partWords(part.state),
      }));
    },
    /** Port of `resident`: why her identity is kept although she asks to delete it. */
    async keeps(tx: Scoped, personId: Id) {
      const awards = await listAwards(tx, { personIds: [personId] });
      return awards.some((award) => award.endedOn === null)
        ? [{ words: '有正在办理或享受的帮扶，须保留到结束。' }]
        : [];
    },
    /** Port of `resident`: she lives elsewhere now. System login. */
    async follow(tx: Writing, personId: Id, areaId: number): Promise<void> {
      await follow(tx, personId, { area_id: areaId });
      const awards = await listAwards(tx, { personIds: [personId] });
      const parts = await listParts(tx, { personIds: [personId] });
      const subjects = [...awards, ...parts].map((one) => one.id);
      await needs.desk.move(tx, subjects, areaId);
    },
    /** Port of `resident`: her aid on her my-data page. */
    ownSections: (tx: Scoped) => ownSections(needs, tx),
  };
}

/** Who is bound to her file sees her awards from then on; who is unbound, no more. */
function bindingConsumer(): Consumer {
  return {
    name: 'award.bound',
    topics: ['resident.bound', 'resident.unbound'],
    async consume(tx, events) {
      const bodies = events.map(({ body }) => body as { personId: Id; accountId: Id });
      const helped = await personsWithAwards(
        tx,
        bodies.map(({ personId }) => personId),
      );
      for (const [place, { topic }] of events.entries()) {
        const { personId, accountId } = bodies[place]!;
        if (!helped.has(personId)) continue;
        await follow(tx, personId, { account_id: topic === 'resident.bound' ? accountId : null });
      }
    },
  };
}
