import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { encodeFact } from '@wennuan/policy';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { KnownPerson } from '../resident/index.ts';
import { LIST_MOST, monthOf, mustBe, plainName, wordOf, type Plan } from './distribution.ts';
import type { DistributionNeeds } from './distribution.needs.ts';
import { lockPlan } from './plan.service.ts';
import { listPlans, readFigures, updatePlan } from './plan.store.ts';
import {
  deleteRecipient,
  insertRecipients,
  listElsewhere,
  listGroup,
  listRecipients,
  readHouseholds,
} from './recipient.store.ts';
import type { NoFile } from './views.ts';

export type ListReport = z.output<typeof shapes.listReport>;
export type Problem = ListReport['problems'][number];
type Source = z.output<typeof shapes.listSource>;

/** Somebody to be added: a person on file, or a name with a team. `line` is where she stood. */
export type Wanted =
  | { line: number; text: string; personId: Id }
  | { line: number; text: string; name: string; unitName: string };

/** Number of the field that says somebody has died. */
const DIED_FIELD = encodeFact('died_on', '2000-01-01')!.field;

/**
 * Adds people to a draft's list, from a group, a programme, another list, or by hand. Nobody twice: not the
 * same person, nor, where households count, another of the same household; whoever is not added is reported.
 */
export async function addRecipients(
  needs: DistributionNeeds,
  tx: Writing,
  command: { planId: Id; source: Source },
): Promise<ListReport> {
  const plan = await lockDraft(tx, command.planId);
  return await addWanted(needs, tx, {
    plan,
    wanted: await wantedOf(needs, tx, { plan, source: command.source }),
    problems: [],
  });
}

/** The draft, held; refuses `plan_not_open`. */
export async function lockDraft(tx: Writing, planId: Id): Promise<Plan> {
  const plan = await lockPlan(tx, planId);
  mustBe(plan, 'draft');
  return plan;
}

async function wantedOf(
  needs: DistributionNeeds,
  tx: Scoped,
  { plan, source }: { plan: Plan; source: Source },
): Promise<Wanted[]> {
  const persons = (ids: readonly Id[]): Wanted[] =>
    ids.map((personId, index) => ({ line: index + 1, text: '', personId }));
  switch (source.from) {
    case 'persons':
      return persons(source.personIds);
    case 'names':
      return source.names.map((name, index) => ({
        line: index + 1,
        text: name,
        name,
        unitName: source.unitName,
      }));
    case 'group':
      return persons(await groupOf(needs, tx, source));
    case 'programme': {
      const areaIds = areasIn(needs, plan, source.areaCode);
      const found = await needs.candidates(tx, {
        code: source.programmeCode,
        areaIds,
        limit: LIST_MOST + 1,
      });
      if (!found) throw new Refusal('programme_unknown', {}, 'programmeCode');
      return persons([...new Set(found.map((one) => one.personId))]);
    }
    case 'plan':
      return await fromPlan(needs, tx, source.planId);
  }
}

function areasIn(needs: DistributionNeeds, plan: Plan, areaCode: string): number[] {
  const below = needs.place.below(needs.place.areaByCode(areaCode).id);
  return below.filter((id) => plan.areaIds.includes(id));
}

async function groupOf(
  needs: DistributionNeeds,
  tx: Scoped,
  source: Extract<Source, { from: 'group' }>,
): Promise<Id[]> {
  const fact = encodeFact('group', source.group);
  if (!fact) throw new Refusal('group_unknown', {}, 'group');
  return await listGroup(tx, {
    fact,
    diedField: DIED_FIELD,
    areaIds: needs.place.below(needs.place.areaByCode(source.areaCode).id),
    today: dateInShanghai(tx.now),
    limit: LIST_MOST + 1,
  });
}

/** Those of another list, also who has no file: her name is sealed anew. */
async function fromPlan(needs: DistributionNeeds, tx: Scoped, planId: Id): Promise<Wanted[]> {
  const [other] = await listPlans(tx, { ids: [planId] });
  if (!other) throw new Refusal('not_found', {}, 'planId');
  const listed = await listRecipients(tx, { planId });
  const boxes = await needs.vault.findBoxes(
    tx,
    listed.filter((one) => one.nameSealed).map((one) => one.id),
  );
  return listed.flatMap((one): Wanted[] => {
    const place = { line: one.serial, text: '' };
    if (one.personId) return [{ ...place, personId: one.personId }];
    const box = boxes.get(one.id);
    return box && one.nameSealed
      ? [{ ...place, ...(JSON.parse(box.open(one.nameSealed)) as NoFile) }]
      : [];
  });
}

interface Adding {
  plan: Plan;
  wanted: readonly Wanted[];
  problems: Problem[];
}

/** Adds those wanted, each once, and reports the rest beside the problems found before. */
export async function addWanted(
  needs: DistributionNeeds,
  tx: Writing,
  { plan, wanted, problems }: Adding,
): Promise<ListReport> {
  const counts = await readFigures(tx, [plan.id]);
  const listed = counts.reduce((sum, count) => sum + count.people, 0);
  if (listed + wanted.length > LIST_MOST) throw new Refusal('list_too_long', { most: LIST_MOST });
  const told = [...problems];
  const entries = await entriesOf(needs, tx, { plan, wanted, problems: told });
  const seen = new Set(
    (await listRecipients(tx, { planId: plan.id })).map((one) => one.identityKey.toString('hex')),
  );
  const fresh = entries.filter((entry) => {
    const key = entry.identityKey.toString('hex');
    if (!seen.has(key)) return seen.add(key);
    told.push({ line: entry.line, text: entry.text, problem: 'already_listed', choices: [] });
    return false;
  });
  const first = Math.max(0, ...counts.map((count) => count.lastSerial)) + 1;
  const added = await insertEntries(needs, tx, { plan, entries: fresh, first });
  for (const entry of fresh)
    if (!added.has(entry.id))
      told.push({ line: entry.line, text: entry.text, problem: 'already_listed', choices: [] });
  await updatePlan(tx, plan.id, {});
  tx.touched('distribution', plan.id, 'add_recipients');
  const others = await listElsewhere(tx, { planId: plan.id, ...monthOf(plan.onDay) });
  return {
    added: added.size,
    problems: told.toSorted((one, other) => one.line - other.line).slice(0, 500),
    elsewhere: new Set(
      others.filter((one) => added.has(one.recipientId)).map((one) => one.recipientId),
    ).size,
  };
}

interface Entry {
  id: Id;
  line: number;
  text: string;
  areaId: number;
  person: KnownPerson | null;
  householdId: Id | null;
  heads: number;
  name: string;
  unitName: string | null;
  identityKey: Buffer;
}

/** Who is meant, and by which key she is the same: her household's, her own, or her name and team. */
async function entriesOf(
  needs: DistributionNeeds,
  tx: Scoped,
  { plan, wanted, problems }: Adding,
): Promise<Entry[]> {
  const ids = wanted.flatMap((one) => ('personId' in one ? [one.personId] : []));
  const known = await needs.resident.people(tx, ids);
  const households = await readHouseholds(tx, ids, dateInShanghai(tx.now));
  const key = (text: string) => needs.vault.hash('distribution_identity', text);
  return wanted.flatMap((one): Entry[] => {
    const common = { id: needs.newId(), line: one.line };
    if ('personId' in one) {
      const person = known.get(one.personId);
      const text = one.text || (person?.maskedName ?? '');
      if (!person || !plan.areaIds.includes(person.areaId)) {
        problems.push({ line: one.line, text, problem: 'not_in_area', choices: [] });
        return [];
      }
      const household = households.get(person.id) ?? null;
      const isHousehold = plan.basis === 'household' && household !== null;
      return [
        {
          ...common,
          text,
          areaId: person.areaId,
          person,
          householdId: household?.householdId ?? null,
          heads: isHousehold ? household.heads : 1,
          name: person.name,
          unitName: null,
          identityKey: key(
            isHousehold ? `household:${household.householdId}` : `person:${person.id}`,
          ),
        },
      ];
    }
    return [
      {
        ...common,
        text: one.text,
        areaId: tx.actor.areaId ?? plan.areaId,
        person: null,
        householdId: null,
        heads: 1,
        name: one.name.trim(),
        unitName: one.unitName.trim(),
        identityKey: key(`name:${plainName(one.name)}:${plainName(one.unitName)}`),
      },
    ];
  });
}

async function insertEntries(
  needs: DistributionNeeds,
  tx: Writing,
  { plan, entries, first }: { plan: Plan; entries: readonly Entry[]; first: number },
): Promise<Set<Id>> {
  const boxes = await needs.vault.boxes(
    tx,
    entries.filter((entry) => !entry.person).map((entry) => entry.id),
  );
  return await insertRecipients(
    tx,
    entries.map((entry, index) => ({
      id: entry.id,
      distribution_id: plan.id,
      serial: first + index,
      area_id: plan.areaIds.includes(entry.areaId) ? entry.areaId : plan.areaId,
      person_id: entry.person?.id ?? null,
      household_id: entry.householdId,
      account_id: entry.person?.accountId ?? null,
      identity_key: entry.identityKey,
      name_key: needs.vault.hash('distribution_name', plainName(entry.name)),
      name_sealed: entry.person
        ? null
        : boxes
            .get(entry.id)!
            .seal(JSON.stringify({ name: entry.name, unitName: entry.unitName ?? '' })),
      word: wordOf(entry.id),
      building: entry.person?.building ?? null,
      heads: entry.heads,
      added_at: tx.now,
      added_by: tx.actor.accountId,
    })),
  );
}

/** Takes somebody off a draft's list. */
export async function removeRecipient(
  tx: Writing,
  command: { planId: Id; recipientId: Id },
): Promise<void> {
  const plan = await lockDraft(tx, command.planId);
  if (!(await deleteRecipient(tx, plan.id, command.recipientId))) throw new Refusal('not_found');
  await updatePlan(tx, plan.id, {});
  tx.touched('distribution', plan.id, 'remove_recipient');
}
