import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** A printed code. */
export interface Paper {
  id: Id;
  entitlementId: Id;
  wordHash: Buffer;
  failures: number;
  endedAt: Date | null;
}

/** The paper with a code, locked; undefined when there never was one. */
export async function findPaper(tx: Scoped, codeHash: Buffer): Promise<Paper | undefined> {
  return await papers(tx).where('code_hash', '=', codeHash).forUpdate().executeTakeFirst();
}

/** The paper of an entitlement that works, locked. */
export async function openPaper(tx: Scoped, entitlementId: Id): Promise<Paper | undefined> {
  return await papers(tx)
    .where('entitlement_id', '=', entitlementId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

function papers(tx: Scoped) {
  return tx.db
    .selectFrom('entitlement_paper')
    .select([
      'id',
      'entitlement_id as entitlementId',
      'word_hash as wordHash',
      'failures',
      'ended_at as endedAt',
    ]);
}

/** Puts a new paper in the place of an earlier one: at most one works. */
export async function replacePaper(
  tx: Writing,
  paper: { id: Id; entitlementId: Id; codeHash: Buffer; wordHash: Buffer },
): Promise<void> {
  await tx.db
    .updateTable('entitlement_paper')
    .set({ ended_at: tx.now })
    .where('entitlement_id', '=', paper.entitlementId)
    .where('ended_at', 'is', null)
    .execute();
  await tx.db
    .insertInto('entitlement_paper')
    .values({
      id: paper.id,
      entitlement_id: paper.entitlementId,
      code_hash: paper.codeHash,
      word_hash: paper.wordHash,
      printed_at: tx.now,
      printed_by: tx.actor.accountId,
    })
    .execute();
}

/** Notes a wrong word; with the last try the paper ends. */
export async function noteFailure(tx: Writing, paper: Paper, most: number): Promise<number> {
  const failures = paper.failures + 1;
  await tx.db
    .updateTable('entitlement_paper')
    .set({ failures, ...(failures >= most && { ended_at: tx.now }) })
    .where('id', '=', paper.id)
    .execute();
  return Math.max(0, most - failures);
}
