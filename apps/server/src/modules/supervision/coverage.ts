import { addDays, dateInShanghai } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import { findField } from '@wennuan/policy';
import { sql } from 'kysely';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { SupervisionNeeds } from './supervision.needs.ts';

type Coverage = RouteOutput<typeof routes.supervision.coverage>;

const YEAR_DAYS = 365;
const GROUP = findField('group')!;
const DIED = findField('died_on')!.number!;

interface Row {
  area_id: number | null;
  grp: number | null;
  living: number;
  reached: number;
}

/**
 * Coverage (精准救助率) in the caller's areas: living people of the groups with at least one confirmed award, hand-over or
 * closed need in twelve months, over all living people of the groups, each counted once.
 */
export async function readCoverage(needs: SupervisionNeeds, actor: Actor): Promise<Coverage> {
  return await needs.database.read(actor, async (tx) => {
    const rows = await countReached(tx);
    const total = rows.find((row) => row.area_id === null && row.grp === null);
    const language = actor.language;
    return {
      asOf: tx.now.toISOString(),
      total: { living: total?.living ?? 0, reached: total?.reached ?? 0 },
      groups: GROUP.values!.flatMap((value) => {
        const row = rows.find((one) => one.grp === value.number);
        if (!row) return [];
        const { living, reached } = row;
        return [{ group: value.code, name: value[language], living, reached }];
      }),
      areas: byArea(needs, rows),
    };
  });
}

/** Communities as counted, streets as their sums: everybody lives in one community. */
function byArea(needs: SupervisionNeeds, rows: readonly Row[]): Coverage['areas'] {
  const sums = new Map<number, { living: number; reached: number }>();
  for (const { area_id: areaId, living, reached } of rows) {
    if (areaId === null) continue;
    const street = needs.place.area(areaId).parentId;
    for (const id of street === null ? [areaId] : [areaId, street]) {
      const sum = sums.get(id) ?? { living: 0, reached: 0 };
      sums.set(id, { living: sum.living + living, reached: sum.reached + reached });
    }
  }
  return needs.place.all().flatMap((area) => {
    const sum = sums.get(area.id);
    if (!sum) return [];
    const parentCode = area.parentId === null ? null : needs.place.area(area.parentId).code;
    return [{ area: needs.place.ref(area.id), parentCode, ...sum }];
  });
}

async function countReached(tx: Scoped): Promise<Row[]> {
  const on = dateInShanghai(tx.now);
  const from = addDays(on, -YEAR_DAYS);
  const { rows } = await sql<Row>`with member as (
    select distinct f.person_id, f.area_id, f.value as grp from person_fact f
    where f.field = ${GROUP.number} and (f.since is null or f.since <= ${on}) and (f.until is null or f.until > ${on})
      and not exists (select from person_fact d where d.person_id = f.person_id and d.field = ${DIED})
  ), reached as materialized (
    select person_id from award_part where confirmed_at >= ${from}
    union select person_id from need where state = 'closed' and closed_at >= ${from} and person_id is not null
    union select person_id from distribution_recipient
      where outcome in ('handed', 'proxy') and outcome_at >= ${from} and person_id is not null
  )
  select m.area_id, m.grp, count(distinct m.person_id)::int as living,
    count(distinct m.person_id) filter (where r.person_id is not null)::int as reached
  from member m left join reached r on r.person_id = m.person_id
  group by grouping sets ((m.area_id), (m.grp), ())`.execute(tx.db);
  return rows.map((row) => ({ ...row, grp: row.grp === null ? null : Number(row.grp) }));
}
