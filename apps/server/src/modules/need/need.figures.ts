import { needKinds, type RouteOutput, type routes } from '@wennuan/contract';
import { sql } from 'kysely';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { NeedNeeds } from './need.ports.ts';

/** Below this many a median could tell of a single matter, and a community of a single asker. */
const FEWEST = 5;

/**
 * Reckons how fast each community, its street and the district answer, from the needs' own clocks: medians only where at
 * least five closed, unconfirmed ones counted apart. Returns how many areas.
 */
export async function refreshFigures(needs: NeedNeeds): Promise<number> {
  const within = needs.place
    .all()
    .filter(({ level }) => level === 'community')
    .flatMap(({ id }) => needs.place.above(id).map((wider) => ({ id, wider })));
  return await needs.database.write(systemActor('need.figures'), null, async (tx) => {
    const limit = sql.join(
      Object.entries(needKinds).map(
        ([kind, { clockHours }]) => sql`when ${kind} then ${clockHours.verify * 60}::int`,
      ),
      sql` `,
    );
    const result = await sql`
      insert into response_figure (area_id, as_of, filed, closed, unconfirmed,
        median_verify_minutes, median_close_days, on_time_share)
      select wider_id, ${tx.now}, count(id), count(*) filter (where state = 'closed'),
        count(*) filter (where state = 'unconfirmed'),
        percentile_cont(0.5) within group (order by verify_minutes)
          filter (where verify_minutes is not null),
        percentile_cont(0.5) within group (order by close_days) filter (where state = 'closed'),
        avg((verify_minutes <= verify_limit)::int) filter (where verify_minutes is not null)
      from (
        select within.wider_id, need.id, need.state,
          (used_minutes ->> 'verify')::float8 as verify_minutes,
          extract(epoch from closed_at - filed_at)::float8 / 86400 as close_days,
          case need.kind ${limit} end as verify_limit
        from unnest(${within.map(({ id }) => id)}::int[], ${within.map(({ wider }) => wider)}::int[])
          as within(area_id, wider_id)
        left join need on need.area_id = within.area_id
      ) as matter
      group by wider_id
      on conflict (area_id) do update set as_of = excluded.as_of, filed = excluded.filed,
        closed = excluded.closed, unconfirmed = excluded.unconfirmed,
        median_verify_minutes = excluded.median_verify_minutes,
        median_close_days = excluded.median_close_days, on_time_share = excluded.on_time_share
    `.execute(tx.db);
    return Number(result.numAffectedRows ?? 0);
  });
}

/** The figures as everybody may read them; a community with few matters is told of in its street's only. */
export async function readFigures(
  needs: NeedNeeds,
  tx: Scoped,
): Promise<RouteOutput<typeof routes.need.responses>> {
  const all = await tx.db.selectFrom('response_figure').selectAll().orderBy('area_id').execute();
  const rows = all.filter(
    ({ area_id, filed }) => filed >= FEWEST || needs.place.area(area_id).level !== 'community',
  );
  const asOf = rows.reduce((latest, row) => (row.as_of > latest ? row.as_of : latest), new Date(0));
  return {
    asOf: (rows.length ? asOf : tx.now).toISOString(),
    areas: rows.map((row) => {
      const isEnough = row.closed >= FEWEST;
      const rounded = (value: number | null, digits: number) =>
        isEnough && value !== null ? Number(value.toFixed(digits)) : null;
      return {
        area: needs.place.ref(row.area_id),
        filed: row.filed,
        closed: row.closed,
        unconfirmed: row.unconfirmed,
        medianVerifyWorkingHours: rounded(
          row.median_verify_minutes === null ? null : row.median_verify_minutes / 60,
          1,
        ),
        medianCloseDays: rounded(row.median_close_days, 1),
        onTimeShare: rounded(row.on_time_share, 3),
      };
    }),
  };
}
