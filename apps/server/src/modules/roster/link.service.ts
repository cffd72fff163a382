import { dateInShanghai, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { systemActor } from '../../platform/actor.ts';
import type { DeriveGround, HandPerson, KeptVersion, Linked, Whole } from './derive.types.ts';
import { startDeriving, type Deriving } from './derive.run.ts';
import {
  countVersions,
  isStale,
  lockLinkState,
  readAnswers,
  readColumns,
  readFounded,
  readRosters,
  readVersions,
  readVersionsOf,
  refreshSources,
  saveLinkState,
  type SealedVersion,
} from './link.store.ts';
import { packModel, unpackModel } from './model.ts';
import { isAnswered, joinLists, rowsWith, saveConnected, takeAnswered } from './part.store.ts';
import { Persons } from './persist.ts';
import { countQuestions, saveQuestions } from './review.store.ts';
import type { RosterNeeds } from './roster.needs.ts';
import { withChoices, type RosterColumn } from './understand.ts';

/** What came of putting persons together. */
export interface LinkFigures {
  rows: number;
  persons: number;
  newPersons: number;
  openQuestions: number;
}

/** The key that seals what rows taught: it counts names. */
const MODEL_KEY: Id = '00000000-0000-4000-8000-00006c696e6b';
/** So many times the rows it was learned from, and the model is learned anew. */
const RELEARN_AT = 2;
/** More rows than this hang together by some fault of theirs: then all are put together, in a thread of its own. */
const ROWS_OF_A_PART = 2_000;

/**
 * Puts persons together from all rows, in the transaction of whoever changed something; waits for one who does it at the same
 * time. What rows taught is kept, so that new rows do not move old decisions, until there are twice as many. System login.
 */
export async function linkAll(
  needs: RosterNeeds,
  tx: Writing,
  { relearn = false }: { relearn?: boolean } = {},
): Promise<LinkFigures> {
  const { modelSealed, modelRows } = await lockLinkState(tx);
  await takeAnswered(tx);
  const rows = await countVersions(tx);
  const learnsAnew = relearn || modelSealed === null || rows >= modelRows * RELEARN_AT;
  const box = (await needs.vault.boxes(tx, [MODEL_KEY])).get(MODEL_KEY)!;
  const ground = {
    ...(await gather(needs, tx, null)),
    model: learnsAnew ? null : unpackModel(box.open(modelSealed)),
  };
  const { linked, persons } = await putTogether(needs, tx, { ground, rows, lineages: null });
  await refreshSources(tx);
  await saveConnected(tx, linked.connected);
  await saveLinkState(tx, {
    rows: linked.rows,
    modelSealed: linked.model && box.seal(packModel(linked.model)),
    wholeSealed: box.seal(JSON.stringify(linked.whole)),
  });
  return await figuresOf(tx, linked, persons);
}

async function figuresOf(tx: Scoped, { rows }: Linked, persons: Persons): Promise<LinkFigures> {
  const openQuestions = await countQuestions(tx);
  return { rows, persons: persons.count, newPersons: persons.newCount, openQuestions };
}

/**
 * Puts together anew the rows of which something was said and all that hang together with them: the same comes out as if all
 * rows were. Where an answer can concern others, or anything else waits, all are. System login.
 */
async function linkAnswered(needs: RosterNeeds, tx: Writing): Promise<LinkFigures> {
  const { isStale: isMore, modelSealed, wholeSealed } = await lockLinkState(tx);
  const pairs = await takeAnswered(tx);
  if (isMore || modelSealed === null || wholeSealed === null) return await linkAll(needs, tx);
  const lineages = await rowsWith(tx, pairs);
  if (pairs.length === 0 || lineages.length > ROWS_OF_A_PART) return await linkAll(needs, tx);
  const box = (await needs.vault.boxes(tx, [MODEL_KEY])).get(MODEL_KEY)!;
  const whole = JSON.parse(box.open(wholeSealed)) as Whole;
  const model = unpackModel(box.open(modelSealed));
  const ground = { ...(await gather(needs, tx, lineages)), model, part: { ...whole, pairs } };
  const { linked, persons } = await putTogether(needs, tx, { ground, rows: 0, lineages });
  if (linked.concernsOthers) return await linkAll(needs, tx);
  await joinLists(tx, lineages);
  return await figuresOf(tx, linked, persons);
}

interface Together {
  ground: DeriveGround;
  /** About so many rows there are. */
  rows: number;
  /** The rows, null for all. */
  lineages: readonly Id[] | null;
}

/**
 * Links rows and writes down what follows. The cells of all rows are never in memory at once: they are read twice, to be
 * compared and to make persons of them, and while a portion of persons is written the next is put together.
 */
async function putTogether(
  needs: RosterNeeds,
  tx: Writing,
  { ground, rows, lineages }: Together,
): Promise<{ linked: Linked; persons: Persons }> {
  const opener = await openerOf(needs, tx);
  const deriving = startDeriving(ground, rows);
  try {
    if (lineages) await deriving.call('take', opener(await readVersionsOf(tx, lineages)));
    else await takeAll(tx, { deriving, opener });
    const linked = await deriving.call('link');
    const persons = await Persons.of(needs, tx, { hand: ground.hand, lineages });
    if (linked.concernsOthers) return { linked, persons };
    await savePortions(tx, persons, { deriving, opener, portions: linked.portions });
    await persons.emptyOthers();
    const asked = await rowsAgain(tx, opener, await deriving.call('askedRows'));
    const questions = await deriving.call('questions', asked);
    await saveQuestions(needs, tx, { questions, lineages });
    return { linked, persons };
  } finally {
    await deriving.close();
  }
}

/** Writes persons, some after others; the next are put together while these are written. */
async function savePortions(
  tx: Writing,
  persons: Persons,
  { deriving, opener, portions }: { deriving: Deriving; opener: Opener; portions: number },
): Promise<void> {
  const begin = async (portion: number) => {
    if (portion >= portions) return { plans: Promise.resolve([]) };
    const rows = await rowsAgain(tx, opener, await deriving.call('rowsOf', portion));
    const plans = deriving.call('personsOf', portion, rows);
    // Whoever waits for them hears of a fault; nobody does where writing fails before.
    plans.catch(() => undefined);
    return { plans };
  };
  let next = await begin(0);
  for (let portion = 0; portion < portions; portion += 1) {
    const plans = await next.plans;
    next = await begin(portion + 1);
    await persons.save(plans);
  }
}

async function rowsAgain(tx: Scoped, opener: Opener, keys: readonly Id[]) {
  return {
    versions: opener(await readVersionsOf(tx, keys)),
    founded: await readFounded(tx, keys),
  };
}

type Opener = (rows: readonly SealedVersion[]) => KeptVersion[];

/** Hands all rows over, some being opened while others are read. */
async function takeAll(
  tx: Scoped,
  { deriving, opener }: { deriving: Deriving; opener: Opener },
): Promise<void> {
  let taken: Promise<unknown> = Promise.resolve();
  for await (const batch of readVersions(tx)) {
    const versions = opener(batch);
    await taken;
    taken = deriving.call('take', versions);
    // Whoever waits for it next hears of a fault.
    taken.catch(() => undefined);
  }
  await taken;
}

/** The same in a transaction of its own, of what waits for it; null when nothing does. */
export async function linkIfStale(needs: RosterNeeds): Promise<LinkFigures | null> {
  const actor = systemActor('roster links');
  const waits = await needs.database.read(actor, async (tx) => ({
    all: await isStale(tx),
    some: await isAnswered(tx),
  }));
  if (!waits.all && !waits.some) return null;
  return await needs.database.write(actor, 'roster.link', (tx) =>
    waits.all ? linkAll(needs, tx) : linkAnswered(needs, tx),
  );
}

/** The same anew from the ground: what rows teach is learned again. */
export async function relink(needs: RosterNeeds, relearn: boolean): Promise<LinkFigures> {
  return await needs.database.write(systemActor('roster links'), 'roster.link', (tx) =>
    linkAll(needs, tx, { relearn }),
  );
}

/** All that persons are made of besides rows, or what some rows and files opened by hand are made of. */
async function gather(
  needs: RosterNeeds,
  tx: Scoped,
  lineages: readonly Id[] | null,
): Promise<Omit<DeriveGround, 'model'>> {
  const among = lineages && new Set(lineages);
  const hand = await handPersons(needs, tx, lineages);
  const answers = await readAnswers(tx);
  const rosters = await readRosters(tx);
  const departments = await needs.organization.names(
    tx,
    rosters.map((one) => one.department_id),
  );
  return {
    today: dateInShanghai(tx.now),
    areas: areaNodes(needs),
    aliases: await needs.place.formerNames(tx),
    rosters: rosters.map((one) => ({
      id: one.id,
      name: one.name,
      departmentId: one.department_id,
      departmentName: departments.get(one.department_id) ?? '',
      groupCode: one.group_code,
      registersDeaths: one.registers_deaths,
    })),
    columns: await columnsOf(tx),
    hand,
    answers: among
      ? answers.filter(({ rowA, rowB }) => among.has(rowA) && among.has(rowB))
      : answers,
  };
}

/** The area tree as the library reads it. */
export function areaNodes({ place }: Pick<RosterNeeds, 'place'>): DeriveGround['areas'] {
  return place.all().map(({ id, code, name, level, parentId }) => ({
    code,
    name,
    level,
    parentCode: parentId === null ? null : place.area(parentId ?? id).code,
  }));
}

/** Columns of every sheet by the key that its rows have, with what people chose. */
async function columnsOf(tx: Scoped): Promise<Map<string, RosterColumn[]>> {
  const { deliveries, choicesOf } = await readColumns(tx);
  return new Map(
    deliveries.flatMap(({ id, roster_id, sheets }) =>
      sheets.map(({ columns }, sheet): [string, RosterColumn[]] => [
        columnsKey(id, sheet),
        withChoices(columns, choicesOf.get(roster_id) ?? new Map()),
      ]),
    ),
  );
}

function columnsKey(deliveryId: Id, sheet: number): string {
  return `${deliveryId} ${sheet}`;
}

/** Opens rows as they are kept; those whose key is gone are left out. */
async function openerOf(needs: RosterNeeds, tx: Scoped): Promise<Opener> {
  const { deliveries } = await readColumns(tx);
  const boxes = await needs.vault.findBoxes(
    tx,
    deliveries.map(({ id }) => id),
  );
  return (rows) =>
    rows.flatMap((row) => {
      const box = boxes.get(row.delivery_id);
      if (!box) return [];
      return {
        id: row.id,
        lineage: row.lineage_id,
        rosterId: row.roster_id,
        columnsKey: columnsKey(row.delivery_id, row.sheet),
        packed: box.open(row.cells_sealed),
        since: row.since,
        until: row.until,
      };
    });
}

async function handPersons(
  needs: RosterNeeds,
  tx: Scoped,
  lineages: readonly Id[] | null,
): Promise<HandPerson[]> {
  const files = await needs.resident.statedByHand(tx, lineages);
  return files.map(({ id, identity, areaId }) => ({
    personId: id,
    ...identity,
    areaCode: needs.place.area(areaId).code,
  }));
}
