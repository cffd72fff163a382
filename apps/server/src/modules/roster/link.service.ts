import { dateInShanghai, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { systemActor } from '../../platform/actor.ts';
import { unpackCells } from './cells.ts';
import type { DeriveInput, HandPerson, RowVersion } from './derive.types.ts';
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
  const input = await gather(needs, tx);
  const { modelSealed, modelRows } = state;
  const learnsAnew =
    relearn || modelSealed === null || input.versions.length >= modelRows * RELEARN_AT;
  const box = (await needs.vault.boxes(tx, [MODEL_KEY])).get(MODEL_KEY)!;
  const model = learnsAnew ? null : unpackModel(box.open(modelSealed));
  const derivation = await runDerive({ ...input, model });
  const { persons, newPersons } = await persist(needs, tx, { derivation, hand: input.hand });
  await refreshSources(tx);
  await saveLinkState(tx, {
    rows: input.versions.length,
    modelSealed: learnsAnew ? box.seal(packModel(derivation.model)) : null,
  });
  return {
    rows: derivation.rows,
    persons,
    newPersons,
    openQuestions: await countQuestions(tx),
  };
}

/** The same in a transaction of its own, if anything waits for it; null when nothing does. */
export async function linkIfStale(needs: RosterNeeds): Promise<LinkFigures | null> {
  const actor = systemActor('roster links');
  if (!(await needs.database.read(actor, isStale))) return null;
  return await needs.database.write(actor, 'roster.link', (tx) => linkAll(needs, tx));
}

/** The same anew from the ground: what rows teach is learned again. */
export async function relink(needs: RosterNeeds, relearn: boolean): Promise<LinkFigures> {
  return await needs.database.write(systemActor('roster links'), 'roster.link', (tx) =>
    linkAll(needs, tx, { relearn }),
  );
}

/** All that persons are made of, read and opened. */
async function gather(needs: RosterNeeds, tx: Scoped): Promise<Omit<DeriveInput, 'model'>> {
  const rosters = await readRosters(tx);
  const departments = await needs.organization.names(
    tx,
    rosters.map((one) => one.department_id),
  );
  const { versions, columns } = await openVersions(needs, tx);
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
    hand: await handPersons(needs, tx),
    answers: await readAnswers(tx),
    founded: await readFounded(tx),
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

async function openVersions(needs: RosterNeeds, tx: Scoped) {
  const { sheetsOf, choicesOf } = await readColumns(tx);
  const boxes = await needs.vault.findBoxes(tx, [...sheetsOf.keys()]);
  const versions: RowVersion[] = [];
  const columns = new Map<string, RosterColumn[]>();
  for await (const batch of readVersions(tx)) {
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

async function handPersons(needs: RosterNeeds, tx: Scoped): Promise<HandPerson[]> {
  const files = await needs.resident.statedByHand(tx);
  return files.map(({ id, identity, areaId }) => ({
    personId: id,
    ...identity,
    areaCode: needs.place.area(areaId).code,
  }));
}
