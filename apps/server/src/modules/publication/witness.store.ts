import type { Scoped, Writing } from '../../platform/database/database.ts';

/** A witness as it is on file. */
export interface WitnessRow {
  name: string;
  key: string;
  url: string;
  /** The size it has last signed. */
  size: number;
  askedAt: Date | null;
  fault: string | null;
}

/** Every witness, by name. */
export async function listWitnesses(tx: Scoped): Promise<WitnessRow[]> {
  const rows = await tx.db
    .selectFrom('publication_witness')
    .select(['name', 'key', 'url', 'size', 'asked_at', 'fault'])
    .orderBy('name')
    .execute();
  return rows.map(({ asked_at: askedAt, ...row }) => ({ ...row, askedAt, size: Number(row.size) }));
}

/** Puts a witness on file, or its new address. System login. */
export async function writeWitness(
  tx: Writing,
  witness: { name: string; key: string; url: string },
): Promise<void> {
  await tx.db
    .insertInto('publication_witness')
    .values({ ...witness, added_at: tx.now })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ key: witness.key, url: witness.url, fault: null }),
    )
    .execute();
}

/** Takes a witness off the file; what it has signed stays. Answers whether there was one. */
export async function removeWitness(tx: Writing, name: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('publication_witness')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Notes what asking a witness came to. */
export async function noteAsked(
  tx: Writing,
  name: string,
  asked: { size: number; fault: string | null },
): Promise<void> {
  await tx.db
    .updateTable('publication_witness')
    .set({ ...asked, asked_at: tx.now })
    .where('name', '=', name)
    .execute();
}

/** Keeps a witness's line under a head; again changes nothing. */
export async function keepCosignature(
  tx: Writing,
  signed: { origin: string; size: number; witness: string; line: string },
): Promise<void> {
  await tx.db
    .insertInto('publication_cosignature')
    .values({ ...signed, at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The lines under a head, by witness. */
export async function listCosignatures(
  tx: Scoped,
  { origin, size }: { origin: string; size: number },
): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('publication_cosignature')
    .select('line')
    .where('origin', '=', origin)
    .where('size', '=', size)
    .orderBy('witness')
    .execute();
  return rows.map((row) => row.line);
}

/** When each witness has last signed which size. */
export async function listLastSigned(tx: Scoped): Promise<Map<string, { size: number; at: Date }>> {
  const rows = await tx.db
    .selectFrom('publication_cosignature')
    .distinctOn('witness')
    .select(['witness', 'size', 'at'])
    .orderBy('witness')
    .orderBy('at', 'desc')
    .orderBy('size', 'desc')
    .execute();
  return new Map(rows.map(({ witness, at, size }) => [witness, { at, size: Number(size) }]));
}

/** The head that most witnesses have signed, the newest of those, with their lines; null when none was. */
export async function readWitnessedHead(tx: Scoped): Promise<string | null> {
  const best = await tx.db
    .selectFrom('publication_cosignature as s')
    .innerJoin('publication_checkpoint as c', (join) =>
      join.onRef('c.origin', '=', 's.origin').onRef('c.size', '=', 's.size'),
    )
    .select(['s.origin', 's.size', 'c.note'])
    .groupBy(['s.origin', 's.size', 'c.note', 'c.at'])
    .orderBy((by) => by.fn.countAll(), 'desc')
    .orderBy('c.at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!best) return null;
  const lines = await listCosignatures(tx, { origin: best.origin, size: Number(best.size) });
  return best.note + lines.join('');
}
