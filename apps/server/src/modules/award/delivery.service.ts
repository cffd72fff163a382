import { dateInShanghai, type Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { IssueCommand } from '../benefit/index.ts';
import type { TaskInput } from '../desk/index.ts';
import {
  channelOf,
  ENTITLEMENT_DAYS,
  RECEIVED_DAYS,
  reviewFrom,
  VISIT_DAYS,
  type Award,
  type Delivery,
  type Part,
  type Round,
} from './award.ts';
import { moveAwards } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { partsDue } from './award.periods.ts';
import { listAwards, updateAwards } from './award.store.ts';
import { errandTask, openTasks } from './award.tasks.ts';
import { partMessage } from './award.words.ts';
import { fundOf } from './fund-of.ts';
import { holdNameOf } from './list.holds.ts';
import { insertParts, lockGivable, setReferences, updateParts } from './part.store.ts';
import { roundsById } from './round.store.ts';

const AT_ONCE = 500;
/** What the system gives by itself once it is due: all but cash, which waits for a payment list. */
const BY_ITSELF: readonly Delivery[] = [
  'voucher',
  'meal_card',
  'volunteer_hours',
  'visit',
  'service',
  'health_check',
  'goods',
];

/** Grants awards: parts fall due from today on, and a person looks again within a year. */
export async function grantAwards(
  needs: AwardNeeds,
  tx: Writing,
  awards: readonly Award[],
): Promise<Award[]> {
  const today = dateInShanghai(tx.now);
  return await moveAwards(needs, tx, {
    awards,
    move: 'grant',
    change: { grantedOn: today, nextOn: today, reviewOn: reviewFrom(today) },
  });
}

/**
 * What time brings to granted awards: parts that fell due, then what of them can be given without anybody. Safe to run
 * twice, in several processes, and after any crash: a part of a period is written once, whoever writes it, and given in
 * the transaction that marks it given.
 */
export async function runDue(needs: AwardNeeds): Promise<void> {
  while ((await writeDue(needs)) === AT_ONCE);
  while ((await giveDue(needs, false)) === AT_ONCE);
  await giveDue(needs, true);
}

/** Writes the parts of awards whose next one is due; answers how many awards it looked at. */
export async function writeDue(needs: AwardNeeds): Promise<number> {
  return await needs.database.write(systemActor('award.run'), null, async (tx) => {
    const today = dateInShanghai(tx.now);
    const awards = await listAwards(tx, {
      states: ['granted'],
      dueBy: today,
      limit: AT_ONCE,
      lock: 'skip',
    });
    const rounds = await roundsById(
      tx,
      awards.map((award) => award.roundId),
    );
    const next = new Map<string, Id[]>();
    const parts = awards.flatMap((award) => {
      const round = rounds.get(award.roundId)!;
      const due = partsDue(planOf(award, round), award.nextOn!, today);
      const key = due.nextOn !== null && due.nextOn <= award.reviewOn! ? due.nextOn : '';
      next.set(key, [...(next.get(key) ?? []), award.id]);
      return due.parts.map((part) => newPart(needs, { award, round, ...part }));
    });
    const added = await insertParts(tx, parts);
    for (const part of added) tx.touched('award_part', part.id, part.period);
    for (const [day, ids] of next) await updateAwards(tx, ids, { next_on: day || null });
    return awards.length;
  });
}

function planOf(award: Award, round: Round) {
  const { cadence, delivery } = round.definition;
  return {
    cadence,
    makesUp: channelOf(delivery) !== 'work',
    grantedOn: award.grantedOn!,
    reviewOn: award.reviewOn!,
  };
}

/** A part of an award that falls due. */
export function newPart(
  needs: Pick<AwardNeeds, 'newId'>,
  given: { award: Award; round: Round; period: string; dueOn: string },
): Part {
  const { award, round, period, dueOn } = given;
  return {
    id: needs.newId(),
    awardId: award.id,
    programCode: award.programCode,
    beneficiaryId: award.beneficiaryId,
    period,
    personId: award.personId,
    accountId: award.accountId,
    areaId: award.areaId,
    departmentId: award.departmentId,
    withFederation: award.withFederation,
    delivery: round.definition.delivery,
    amount: award.amount,
    unit: award.unit,
    state: 'due',
    dueOn,
    deliveredOn: null,
    deliveredBy: null,
    referenceId: null,
    waits: null,
    confirmedAt: null,
    confirmedBy: null,
  };
}

/** Gives what can be given without anybody; answers how many parts it gave or noted why not. */
async function giveDue(needs: AwardNeeds, waiting: boolean): Promise<number> {
  return await needs.database.write(systemActor('award.give'), null, async (tx) => {
    const parts = await lockGivable(tx, { deliveries: BY_ITSELF, waiting, limit: AT_ONCE });
    const awards = new Map(
      (await listAwards(tx, { ids: parts.map((part) => part.awardId) })).map((one) => [
        one.id,
        one,
      ]),
    );
    const rounds = await roundsById(
      tx,
      [...awards.values()].map((award) => award.roundId),
    );
    const about = parts.map((part) => {
      const award = awards.get(part.awardId)!;
      return { part, award, round: rounds.get(award.roundId)! };
    });
    await beginWork(
      needs,
      tx,
      about.filter(({ part }) => channelOf(part.delivery) === 'work'),
    );
    await issueParts(needs, tx, about);
    return parts.length;
  });
}

interface About {
  part: Part;
  award: Award;
  round: Round;
}

/** Asks somebody to visit, serve or bring; hours are promised in the ledger with the rest. */
async function beginWork(needs: AwardNeeds, tx: Writing, about: readonly About[]): Promise<void> {
  if (about.length === 0) return;
  await updateParts(
    tx,
    about.map(({ part }) => part.id),
    { state: 'sent' },
  );
  for (const { part } of about) tx.touched('award_part', part.id, 'sent');
  await openTasks(
    needs,
    tx,
    about.map(({ part, award }) =>
      partTask(needs, tx, { part, kind: 'give_part', number: award.number, days: VISIT_DAYS }),
    ),
  );
}

/** Issues vouchers, meal cards and hours, one posting for all; what the fund cannot pay waits and says so. */
async function issueParts(needs: AwardNeeds, tx: Writing, about: readonly About[]): Promise<void> {
  const commands: { about: About; command: IssueCommand }[] = [];
  const missing: Id[] = [];
  for (const one of about) {
    const kind = entitlementKind(one.part.delivery);
    if (!kind) continue;
    const fund = kind === 'hours' ? null : await fundOf(needs, tx, one.round.definition.fund);
    if (kind !== 'hours' && !fund) missing.push(one.part.id);
    else if (kind !== 'hours' || one.part.unit === 'minutes')
      commands.push({ about: one, command: issueCommand(one, kind, fund?.id ?? null) });
  }
  await updateParts(tx, missing, { waits: 'fund' });
  const outcomes = await needs.benefit.issue(
    tx,
    commands.map(({ command }) => command),
  );
  const issued = commands.flatMap(({ about: { part, round } }, index) => {
    const { entitlementId } = outcomes[index]!;
    return entitlementId ? [{ part, round, referenceId: entitlementId }] : [];
  });
  const poor = commands.filter((_, index) => outcomes[index]!.status === 'balance_too_low');
  await updateParts(
    tx,
    poor.map(({ about: { part } }) => part.id),
    { waits: 'balance' },
  );
  await setReferences(
    tx,
    issued.map(({ part, referenceId }) => ({ partId: part.id, referenceId })),
  );
  const arrived = issued.filter(({ part }) => channelOf(part.delivery) === 'entitlement');
  await markDelivered(needs, tx, arrived);
}

function entitlementKind(delivery: Delivery): IssueCommand['kind'] | null {
  if (delivery === 'voucher' || delivery === 'meal_card') return delivery;
  return delivery === 'volunteer_hours' ? 'hours' : null;
}

function issueCommand(
  { part, award, round }: About,
  kind: IssueCommand['kind'],
  fundId: Id | null,
): IssueCommand {
  // The first part was held when the list was proposed; once refused for lack of money, it draws on what is free.
  const isHeld = part.waits === null && part.dueOn === award.grantedOn && award.listId !== null;
  return {
    kind,
    subject: { kind: 'award_part', id: part.id },
    personId: part.personId,
    accountId: part.accountId,
    areaId: part.areaId,
    fundId,
    amount: part.amount,
    label: round.definition.name.zh,
    days: ENTITLEMENT_DAYS[kind],
    ...(isHeld && fundId && { holdName: holdNameOf(award.listId!, award.id) }),
  };
}

/** Marks parts as arrived, tells her, and asks a worker to make sure of it. */
export async function markDelivered(
  needs: AwardNeeds,
  tx: Writing,
  arrived: readonly { part: Part; round: Round }[],
): Promise<void> {
  if (arrived.length === 0) return;
  await updateParts(
    tx,
    arrived.map(({ part }) => part.id),
    {
      state: 'delivered',
      waits: null,
      delivered_on: dateInShanghai(tx.now),
      delivered_by: tx.actor.accountId,
    },
  );
  for (const { part } of arrived) tx.touched('award_part', part.id, 'delivered');
  await needs.message.send(
    tx,
    arrived.flatMap(({ part, round }) =>
      part.accountId
        ? [{ accountId: part.accountId, topic: 'service' as const, ...partMessage(part, round) }]
        : [],
    ),
  );
  await needs.desk.close(
    tx,
    arrived.map(({ part }) => ({ subjectId: part.id })),
  );
  await openTasks(
    needs,
    tx,
    arrived.map(({ part, round }) =>
      partTask(needs, tx, {
        part,
        kind: 'ask_received',
        number: part.period === 'once' ? round.programCode : `${round.programCode} ${part.period}`,
        days: RECEIVED_DAYS,
      }),
    ),
  );
}

/** Work for the community about one part; the title names nobody. */
export function partTask(
  needs: Pick<AwardNeeds, 'place'>,
  tx: Writing,
  given: { part: Part; kind: 'give_part' | 'ask_received'; number: string; days: number },
): TaskInput {
  const { part, kind, number, days } = given;
  const title =
    kind === 'give_part' ? `帮扶服务 ${part.programCode}` : `确认收到 ${part.programCode}`;
  return errandTask(needs, tx, {
    kind,
    subjectKind: 'award_part',
    subject: part,
    number,
    title,
    days,
  });
}
