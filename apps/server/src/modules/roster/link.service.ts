import { dateInShanghai, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { systemActor } from '../../platform/actor.ts';
import { unpackCells } from './cells.ts';
import type { DeriveInput, HandPerson, RowVersion, Whole } from './derive.types.ts';
import { derive } from './derive.ts';
import { runDerive } from './derive.run.ts';
import {
  isStale,
  lockLinkState,
  readAnswers,
  readColumns,
  readFounded,
  readRosters,
  readVersions,
  refreshSources,
  saveLinkState,
} from './link.store.ts';
import { packModel, unpackModel } from './model.ts';
import { isAnswered, joinLists, rowsWith, saveConnected, takeAnswered } from './part.store.ts';
import { persist } from './persist.ts';
import { countQuestions } from './review.store.ts';
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
  const state = await lockLinkState(tx);
  await takeAnswered(tx);
  const input: DeriveInput = { ...(await gather(needs, tx, null)), model: null };
  const { modelSealed, modelRows } = state;
  const rows = input.versions.length;
  const learnsAnew = relearn || modelSealed === null || rows >= modelRows * RELEARN_AT;
  const box = (await needs.vault.boxes(tx, [MODEL_KEY])).get(MODEL_KEY)!;
  if (!learnsAnew) input.model = unpackModel(box.open(modelSealed));
  const derivation = await runDerive(input);
  const { persons, newPersons } = await persist(needs, tx, { derivation, hand: input.hand });
  await refreshSources(tx);
  await saveConnected(tx, derivation.connected);
  await saveLinkState(tx, {
    rows,
    modelSealed: learnsAnew ? box.seal(packModel(derivation.model)) : null,
    wholeSealed: box.seal(JSON.stringify(derivation.whole)),
  });
  return {
    rows: derivation.rows,
    persons,
    newPersons,
    openQuestions: await countQuestions(tx),
  };
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
  const input = await gather(needs, tx, lineages);
  const derivation = derive({ ...input, model, part: { ...whole, pairs } });
  if (derivation.concernsOthers) return await linkAll(needs, tx);
  const { persons, newPersons } = await persist(needs, tx, {
    derivation,
    hand: input.hand,
    lineages,
  });
  await joinLists(tx, lineages);
  return { rows: derivation.rows, persons, newPersons, openQuestions: await countQuestions(tx) };
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

/** All that persons are made of, or what some rows and files opened by hand are, read and opened. */
async function gather(
  needs: RosterNeeds,
  tx: Scoped,
  lineages: readonly Id[] | null,
): Promise<Omit<DeriveInput, 'model'>> {
  const among = lineages && new Set(lineages);
  const hand = await handPersons(needs, tx, lineages);
  const answers = await readAnswers(tx);
  const rosters = await readRosters(tx);
  const departments = await needs.organization.names(
    tx,
    rosters.map((one) => one.department_id),
  );
  const { versions, columns } = await openVersions(needs, tx, lineages);
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
    versions,
    columns,
    hand,
    answers: among
      ? answers.filter(({ rowA, rowB }) => among.has(rowA) && among.has(rowB))
      : answers,
    founded: await readFounded(tx, lineages),
  };
}

/** The area tree as the library reads it. */
export function areaNodes({ place }: Pick<RosterNeeds, 'place'>): DeriveInput['areas'] {
  return place.all().map(({ id, code, name, level, parentId }) => ({
    code,
    name,
    level,
    parentCode: parentId === null ? null : place.area(parentId ?? id).code,
  }));
}

async function openVersions(needs: RosterNeeds, tx: Scoped, lineages: readonly Id[] | null) {
  const { sheetsOf, choicesOf } = await readColumns(tx);
  const boxes = await needs.vault.findBoxes(tx, [...sheetsOf.keys()]);
  const versions: RowVersion[] = [];
  const columns = new Map<string, RosterColumn[]>();
  for await (const batch of readVersions(tx, lineages)) {
    for (const row of batch) {
      const box = boxes.get(row.delivery_id);
      const sheet = sheetsOf.get(row.delivery_id)?.[row.sheet];
      if (!box || !sheet) continue;
      const columnsKey = `${row.delivery_id} ${row.sheet}`;
      if (!columns.has(columnsKey))
        columns.set(
          columnsKey,
          withChoices(sheet.columns, choicesOf.get(row.roster_id) ?? new Map()),
        );
      versions.push({
        id: row.id,
        lineage: row.lineage_id,
        rosterId: row.roster_id,
        columnsKey,
        cells: unpackCells(box.open(row.cells_sealed)),
        since: row.since,
        until: row.until,
      });
    }
  }
  return { versions, columns };
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
