import type { Id, PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { DataSection } from '../resident/index.ts';
import { isEnded, type Award } from './award.ts';
import { ruleFor } from './award.moves.ts';
import type { AwardNeeds } from './award.needs.ts';
import { type Cadence, nextPeriod } from './award.periods.ts';
import { listAwards } from './award.store.ts';
import { opened, partView, programmeView } from './award.view.ts';
import { amountWords, deciderOf, stateWords } from './award.words.ts';
import { mayAppeal } from './ending.service.ts';
import { listParts } from './part.store.ts';
import { roundsById } from './round.store.ts';

type Mine = RouteOutput<(typeof routes)['award']['mine']>;

/** What the caller gets, when it came, when next, and from which clause. */
export async function readMine(needs: AwardNeeds, tx: Scoped): Promise<Mine> {
  const accountId = tx.actor.accountId!;
  const personId = await needs.resident.personOf(tx, accountId);
  const person = personId && (await needs.resident.people(tx, [personId])).get(personId);
  const awards = await listAwards(tx, { accountId });
  const rounds = await roundsById(
    tx,
    awards.map((award) => award.roundId),
  );
  const parts = await listParts(tx, { accountId });
  const boxes = await needs.vault.findBoxes(
    tx,
    awards.map((award) => award.id),
  );
  const items = awards.map((award) => {
    const round = rounds.get(award.roundId)!;
    const box = boxes.get(award.id);
    const own = parts.filter((part) => part.awardId === award.id && part.state !== 'cancelled');
    return {
      id: award.id,
      number: award.number,
      state: award.state,
      programme: programmeView(tx, round.definition),
      amount: award.amount,
      nextOn: award.nextOn ?? nextElsewhere(award, round.definition.cadence, own.at(-1)?.dueOn),
      reviewOn: award.reviewOn,
      reason: award.endedOn ? opened(box, award.reasonSealed) : null,
      decidedBy: deciderOf(award)[tx.actor.language],
      mayAppeal: mayAppeal(award),
      mayGiveUp: ruleFor(award, 'give_up', ['herself']) !== undefined,
      appeal: award.appeal && {
        state: award.appeal,
        answer: opened(box, award.answerSealed),
      },
      periods: own.map((part) => partView(tx, part, { number: award.number, round })).reverse(),
    };
  });
  const running = (state: Award['state']) => (isEnded(state) ? 1 : 0);
  return {
    bound: personId !== null,
    deskTelephone: person ? needs.place.area(person.areaId).deskTelephone : null,
    items: items.toSorted((one, other) => running(one.state) - running(other.state)),
  };
}

/** When the next falls due of what is decided and paid elsewhere: in the period after the last that came. */
function nextElsewhere(
  award: Award,
  cadence: Cadence,
  lastDueOn: PlainDate | undefined,
): PlainDate | null {
  const last = lastDueOn ?? award.grantedOn;
  if (award.source === 'charity' || isEnded(award.state) || !last) return null;
  return nextPeriod(cadence, last);
}

/** The caller's aid as a section of her my-data page. */
export async function ownSections(needs: AwardNeeds, tx: Scoped): Promise<DataSection[]> {
  const { items } = await readMine(needs, tx);
  if (items.length === 0) return [];
  const zh = tx.actor.language === 'zh';
  return [
    {
      title: zh ? '帮扶' : 'Aid',
      rows: items.map((item) => ({
        [zh ? '编号' : 'Number']: item.number,
        [zh ? '项目' : 'Programme']: item.programme.name,
        [zh ? '状态' : 'State']: stateWords(item.state, tx.actor.language),
        [zh ? '内容' : 'What']: amountWords(item.amount, item.programme.unit, tx.actor.language),
        [zh ? '已发放' : 'Given']: String(item.periods.filter((one) => one.deliveredOn).length),
      })),
    },
  ];
}

/** Aid a person got, newest first, for her file: as far as the reader may see it. */
export async function aidOf(needs: AwardNeeds, tx: Scoped, personId: Id, most: number) {
  const parts = await listParts(tx, { personIds: [personId] });
  const given = parts
    .filter((part) => part.deliveredOn !== null)
    .reverse()
    .slice(0, most);
  const awards = new Map(
    (await listAwards(tx, { ids: given.map((part) => part.awardId) })).map((one) => [one.id, one]),
  );
  const rounds = await roundsById(
    tx,
    [...awards.values()].map((award) => award.roundId),
  );
  return given.map((part) => {
    const award = awards.get(part.awardId)!;
    return { part, award, round: rounds.get(award.roundId)! };
  });
}
