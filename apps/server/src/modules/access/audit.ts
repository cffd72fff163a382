import type { Role } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import { cutPage } from '../../platform/page.ts';
import type { AccessNeeds } from './access.needs.ts';
import { readNames } from './access.store.ts';

/** The audit, newest first; filtered by subject or action. */
export async function listAudit(
  needs: Pick<AccessNeeds, 'database'>,
  actor: Actor,
  query: {
    after?: string | undefined;
    limit: number;
    subjectId?: string | undefined;
    action?: string | undefined;
  },
) {
  return await needs.database.read(actor, async (tx) => {
    let select = tx.db
      .selectFrom('audit_entry')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(query.limit + 1);
    if (query.after && /^\d+$/.test(query.after))
      select = select.where('id', '<', Number(query.after));
    if (query.subjectId) select = select.where('subject_id', '=', query.subjectId);
    if (query.action) select = select.where('action', '=', query.action);
    const rows = await select.execute();
    const { shown: page, next } = cutPage(rows, query.limit, (last) => last.id);
    const names = await readNames(
      tx,
      page.flatMap((row) => (row.account_id ? [row.account_id] : [])),
    );
    return {
      items: page.map((row) => ({
        id: String(row.id),
        at: row.at.toISOString(),
        actorName: row.account_id ? (names.get(row.account_id) ?? '') : (row.actor_name ?? ''),
        role: row.role as Role | null,
        action: row.action,
        subjectKind: row.subject_kind,
        subjectId: row.subject_id,
        reason: row.reason,
      })),
      next,
    };
  });
}
