import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import { openIdentity } from './identity.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { readPersons } from './resident.store.ts';
import type { Seen } from './search.ts';

/**
 * What names people, opened, of those the caller may see: for lists that go to whoever decides about them. Whoever
 * calls notes each opening in the audit. A person whose key is gone is absent.
 */
export async function readIdentities(
  needs: Pick<ResidentNeeds, 'vault'>,
  tx: Scoped,
  personIds: readonly Id[],
): Promise<Map<Id, Seen>> {
  const rows = await readPersons(tx, personIds);
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.id),
  );
  return new Map(
    rows.flatMap((row) => {
      const box = boxes.get(row.id);
      return box ? [[row.id, openIdentity(row, box)] as const] : [];
    }),
  );
}
