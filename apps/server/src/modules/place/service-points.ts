import { Refusal, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export type ServicePointKind =
  | 'store'
  | 'station'
  | 'service_center'
  | 'party_center'
  | 'elder_station'
  | 'shop';

/** Where people come and things lie. */
export interface ServicePoint {
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly kind: ServicePointKind;
  readonly areaId: number;
  readonly address: string;
}

const columns = ['id', 'code', 'name', 'kind', 'area_id as areaId', 'address'] as const;

/** Open service points by code; of ids those, also closed ones. Any login. */
export async function listServicePoints(
  tx: Scoped,
  ids?: readonly Id[],
): Promise<Map<Id, ServicePoint>> {
  if (ids?.length === 0) return new Map();
  let query = tx.db.selectFrom('service_point').select(columns).orderBy('code');
  query = ids ? query.where('id', 'in', [...new Set(ids)]) : query.where('closed_on', 'is', null);
  const rows = (await query.execute()) as ServicePoint[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Puts service points on file; refuses `place_name_taken`. Staff in their areas, federation, system. */
export async function addServicePoints(
  tx: Writing,
  points: readonly Omit<ServicePoint, 'code'>[],
): Promise<ServicePoint[]> {
  const made: ServicePoint[] = [];
  for (const { areaId, ...point } of points) {
    const row = await tx.db
      .insertInto('service_point')
      .values({ ...point, area_id: areaId, opened_at: tx.now })
      .onConflict((conflict) => conflict.constraint('service_point_name_once').doNothing())
      .returning('code')
      .executeTakeFirst();
    if (!row) throw new Refusal('place_name_taken', {}, 'name');
    tx.touched('service_point', point.id);
    made.push({ ...point, areaId, code: row.code });
  }
  return made;
}
