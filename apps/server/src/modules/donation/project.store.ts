import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** A project number of the platform, or a name of which no number is known yet. */
export interface ProjectRow {
  id: Id;
  serial: number;
  code: string | null;
  name: string;
  campaignId: Id | null;
  attachedAt: Date | null;
}

interface Chosen {
  ids?: readonly Id[];
  codes?: readonly string[];
  names?: readonly string[];
  lock?: boolean;
}

/** Projects of the platform, those attached to no campaign first. */
export async function listPlatformProjects(tx: Scoped, chosen: Chosen): Promise<ProjectRow[]> {
  let query = tx.db
    .selectFrom('platform_project')
    .select(['id', 'serial', 'code', 'name', 'campaign_id', 'attached_at'])
    .orderBy(sql`campaign_id is not null`)
    .orderBy('serial');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.codes || chosen.names)
    query = query.where(
      sql<boolean>`(code = any(${chosen.codes ?? []}::text[]) or name = any(${chosen.names ?? []}::text[]))`,
    );
  if (chosen.lock) query = query.forNoKeyUpdate();
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    code: row.code,
    name: row.name,
    campaignId: row.campaign_id,
    attachedAt: row.attached_at,
  }));
}

export async function insertPlatformProjects(
  tx: Writing,
  projects: readonly Pick<ProjectRow, 'id' | 'code' | 'name'>[],
): Promise<void> {
  if (projects.length === 0) return;
  await tx.db
    .insertInto('platform_project')
    .values(projects.map((project) => ({ ...project, created_at: tx.now })))
    .execute();
}

/** Gives a project known by its name only the number that the platform's file tells. */
export async function numberProject(tx: Writing, id: Id, code: string): Promise<void> {
  await tx.db
    .updateTable('platform_project')
    .set({ code })
    .where('id', '=', id)
    .where('code', 'is', null)
    .execute();
}

/** Attaches a project to a campaign and counts its gifts for it. */
export async function markAttached(tx: Writing, id: Id, campaignId: Id): Promise<void> {
  await tx.db
    .updateTable('platform_project')
    .set({ campaign_id: campaignId, attached_at: tx.now, attached_by: tx.actor.accountId })
    .where('id', '=', id)
    .where('campaign_id', 'is', null)
    .execute();
  await tx.db
    .updateTable('gift')
    .set({ campaign_id: campaignId })
    .where('target_kind', '=', 'project')
    .where('target_id', '=', id)
    .where('campaign_id', 'is', null)
    .execute();
}

/** How many gifts came under projects, and how much. */
export async function sumProjectGifts(
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, { gifts: number; givenFen: number }>> {
  const { rows } = await sql<{ id: Id; gifts: number; given_fen: number }>`
    select target_id as id, count(*)::int as gifts, sum(amount_fen)::bigint as given_fen from gift
    where target_kind = 'project' and target_id = any(${ids}::uuid[]) group by target_id`.execute(
    tx.db,
  );
  return new Map(rows.map((row) => [row.id, { gifts: row.gifts, givenFen: row.given_fen }]));
}
