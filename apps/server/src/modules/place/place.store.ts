import { dateInShanghai } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import type { Area, AreaLevel } from './areas.ts';
import type { AreaRow } from './import.ts';

/** All areas in force on a date, parents before children. */
export async function listAreas(tx: Scoped, on: string): Promise<Area[]> {
  const rows = await tx.db
    .selectFrom('area')
    .selectAll()
    .where('valid_from', '<=', on)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', on)]))
    .orderBy('code')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    level: row.level as AreaLevel,
    parentId: row.parent_id,
    deskTelephone: row.desk_telephone,
  }));
}

/** Adds areas that are new and renames those whose code is known; returns how many of each, and how many were as they are. */
export async function upsertAreas(tx: Scoped, rows: readonly AreaRow[]) {
  const before = await tx.db.selectFrom('area').select(['id', 'code', 'name']).execute();
  const known = new Map(before.map((row) => [row.code, row]));
  let added = 0;
  let renamed = 0;
  for (const row of rows) {
    const parentId = row.parentCode === null ? null : known.get(row.parentCode)!.id;
    const old = known.get(row.code);
    if (old) {
      if (old.name === row.name) continue;
      await keepFormerName(tx, old);
      await tx.db.updateTable('area').set({ name: row.name }).where('id', '=', old.id).execute();
      renamed += 1;
      continue;
    }
    const made = await tx.db
      .insertInto('area')
      .values({
        code: row.code,
        name: row.name,
        level: row.level,
        parent_id: parentId,
        desk_telephone: deskTelephone(row),
      })
      .returning(['id', 'code', 'name'])
      .executeTakeFirstOrThrow();
    known.set(row.code, made);
    added += 1;
  }
  return { added, renamed, unchanged: rows.length - added - renamed };
}

/** A name that is given up stays known: rosters go on using it. */
async function keepFormerName(tx: Scoped, { id, name }: { id: number; name: string }) {
  await tx.db
    .insertInto('area_former_name')
    .values({ area_id: id, name, until: dateInShanghai(tx.now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Names that areas in force had before, and names of areas that were merged into them. */
export async function listFormerNames(tx: Scoped): Promise<{ name: string; code: string }[]> {
  const renamed = tx.db
    .selectFrom('area_former_name')
    .innerJoin('area', 'area.id', 'area_former_name.area_id')
    .select(['area_former_name.name', 'area.code']);
  const merged = tx.db
    .selectFrom('area as former')
    .innerJoin('area', 'area.id', 'former.successor_id')
    .where('former.valid_to', 'is not', null)
    .select(['former.name', 'area.code']);
  return await renamed.union(merged).execute();
}

/** The desk's telephone until the district enters its own: made from the code, with zeros in front that no exchange assigns. */
function deskTelephone(row: AreaRow): string | null {
  return row.level === 'district' ? null : `0371-00${row.code.slice(-6)}`;
}
