import { sql } from 'kysely';
import { systemActor } from '../../platform/actor.ts';
import type { Database } from '../../platform/database/database.ts';

/** An order or refund of WeChat Pay as the sandbox plays it. */
export interface Played {
  kind: 'order' | 'refund';
  number: string;
  orderNumber: string;
  body: object;
}

/** Where what was played is kept, for all processes. */
export interface PlayedShelf {
  /** What is kept under these numbers, with the refunds of orders; everything without numbers. */
  read(numbers?: readonly string[]): Promise<Played[]>;
  keep(played: readonly Played[]): Promise<void>;
}

const ACTOR = systemActor('sandbox WeChat Pay');

/** The shelf in the district's database. */
export function playedShelf(database: Database): PlayedShelf {
  return {
    read: (numbers) =>
      database.read(ACTOR, async (tx) => {
        let query = tx.db.selectFrom('sandbox_wechat').selectAll().orderBy('number');
        if (numbers)
          query = query.where((row) =>
            row.or([
              row('number', '=', sql<string>`any(${numbers}::text[])`),
              row('order_number', '=', sql<string>`any(${numbers}::text[])`),
            ]),
          );
        const rows = await query.execute();
        return rows.map((row) => ({
          kind: row.kind as Played['kind'],
          number: row.number,
          orderNumber: row.order_number,
          body: row.body as object,
        }));
      }),
    keep: (played) =>
      database.write(ACTOR, null, async (tx) => {
        for (const { kind, number, orderNumber, body } of played)
          await sql`insert into sandbox_wechat (kind, number, order_number, body)
            values (${kind}, ${number}, ${orderNumber}, ${JSON.stringify(body)}::jsonb)
            on conflict (kind, number) do update set body = excluded.body`.execute(tx.db);
      }),
  };
}
