import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import type { Offer, OfferKind, OfferState } from './resource.ts';

const columns = [
  'id',
  'kind',
  'title',
  'note_sealed as noteSealed',
  'quantity',
  'area_id as areaId',
  'account_id as accountId',
  'giver_role as giverRole',
  'expires_on as expiresOn',
  'state',
  'for_one_need as forOneNeed',
  'need_id as needId',
  'need_number as needNumber',
  'reserved_until as reservedUntil',
  'version',
] as const;

const selectOffers = (tx: Scoped) => tx.db.selectFrom('offer').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof selectOffers>['execute']>>[number];
const offerOf = (row: Row): Offer => ({
  ...row,
  kind: row.kind as OfferKind,
  state: row.state as OfferState,
});

/** Adds an offer. A second reservation of one need breaks the unique index. */
export async function insertOffer(tx: Scoped, offer: Offer): Promise<void> {
  await tx.db
    .insertInto('offer')
    .values({
      id: offer.id,
      kind: offer.kind,
      title: offer.title,
      note_sealed: offer.noteSealed,
      quantity: offer.quantity,
      area_id: offer.areaId,
      account_id: offer.accountId,
      giver_role: offer.giverRole,
      expires_on: offer.expiresOn,
      state: offer.state,
      for_one_need: offer.forOneNeed,
      need_id: offer.needId,
      need_number: offer.needNumber,
      reserved_until: offer.reservedUntil,
      created_at: tx.now,
    })
    .execute();
}

/** Offers by id or by the needs they are for, locked in order of id. */
export async function lockOffers(
  tx: Scoped,
  by: { ids: readonly Id[] } | { needIds: readonly Id[] },
): Promise<Offer[]> {
  const query = selectOffers(tx).orderBy('id').forUpdate();
  const wanted = 'ids' in by ? by.ids : by.needIds;
  if (wanted.length === 0) return [];
  const rows = await query.where('ids' in by ? 'id' : 'need_id', 'in', wanted).execute();
  return rows.map(offerOf);
}

/** Offers for needs, newest first. */
export async function listOfNeeds(tx: Scoped, needIds: readonly Id[]): Promise<Offer[]> {
  if (needIds.length === 0) return [];
  const rows = await selectOffers(tx)
    .where('need_id', 'in', needIds)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(offerOf);
}

export interface OfferChange {
  state?: OfferState;
  needId?: Id | null;
  needNumber?: string | null;
  reservedUntil?: Date | null;
}

/** Changes one locked offer. */
export async function updateOffer(tx: Scoped, id: Id, change: OfferChange): Promise<void> {
  await tx.db
    .updateTable('offer')
    .set({
      version: sql`version + 1`,
      ...('state' in change && { state: change.state }),
      ...('needId' in change && { need_id: change.needId }),
      ...('needNumber' in change && { need_number: change.needNumber }),
      ...('reservedUntil' in change && { reserved_until: change.reservedUntil }),
    })
    .where('id', '=', id)
    .execute();
}

/** Reserved offers whose time is over, and open ones past their last day; system login. */
export async function lockExpired(tx: Scoped, today: string): Promise<Offer[]> {
  const rows = await selectOffers(tx)
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'reserved'), where('reserved_until', '<=', tx.now)]),
        where.and([where('state', '=', 'open'), where('expires_on', '<', today)]),
      ]),
    )
    .orderBy('id')
    .limit(200)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(offerOf);
}

/** A page of offers, newest first. */
export async function listOffers(
  tx: Scoped,
  filter: {
    accountId?: Id | undefined;
    state?: OfferState | undefined;
    after?: Id | undefined;
    limit: number;
  },
): Promise<Offer[]> {
  let query = selectOffers(tx).orderBy('id', 'desc').limit(filter.limit);
  if (filter.accountId) query = query.where('account_id', '=', filter.accountId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.after) query = query.where('id', '<', filter.after);
  return (await query.execute()).map(offerOf);
}
