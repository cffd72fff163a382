import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import type { Entitlement } from './benefit.ts';
import { leftOf, type BenefitNeeds } from './benefit.service.ts';
import { listEntitlements } from './benefit.store.ts';

type Routes = typeof routes.benefit;
type View = RouteOutput<Routes['mine']>['items'][number];

/** The operations of vouchers, meal cards and promised hours. */
export function benefitHandlers(needs: BenefitNeeds): Handlers<Routes> {
  return {
    mine: ({ actor }) =>
      needs.database.read(actor, async (tx) => ({
        items: await viewsOf(
          needs,
          tx,
          await listEntitlements(tx, { accountId: actor.accountId!, limit: 200 }),
        ),
      })),
    list: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const rows = await listEntitlements(tx, {
          state: query.state,
          before: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const shown = rows.slice(0, query.limit);
        return {
          items: await viewsOf(needs, tx, shown),
          next: rows.length > shown.length ? String(shown.at(-1)!.serial) : null,
        };
      }),
  };
}

async function viewsOf(
  needs: BenefitNeeds,
  tx: Scoped,
  rows: readonly Entitlement[],
): Promise<View[]> {
  const left = await leftOf(tx, rows);
  const persons = await needs.resident.people(
    tx,
    rows.map((row) => row.personId),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    label: row.label,
    unit: row.unit,
    issued: row.amount,
    left: left.get(row.id) ?? 0,
    issuedOn: row.issuedOn,
    expiresOn: row.expiresOn,
    maskedName: persons.get(row.personId)?.maskedName ?? null,
    area: needs.place.ref(row.areaId),
  }));
}
