import { Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import type { Entitlement } from './benefit.ts';
import { leftOf, type BenefitNeeds } from './benefit.service.ts';
import { listEntitlements } from './benefit.store.ts';
import { goodsWords } from './goods-words.ts';
import { openHolds } from './hold.store.ts';
import { usesOf } from './redeem.store.ts';
import { codeOf, printPaper } from './scan.service.ts';

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
    readMine: ({ actor, params }) =>
      needs.database.read(actor, async (tx) => {
        const row = await ownRow(tx, params.entitlementId);
        const [view] = await viewsOf(needs, tx, [row]);
        return {
          ...view!,
          paysFor: goodsWords(row.goods, actor.language),
          uses: await usesView(needs, tx, row.id),
        };
      }),
    myCode: ({ actor, params }) =>
      needs.database.read(actor, async (tx) =>
        codeOf(needs, await ownRow(tx, params.entitlementId), tx.now),
      ),
    printPaper: async ({ actor, params, body }) => {
      // Whoever may see it in her area may print it; the codes themselves only the system writes.
      await needs.database.read(actor, (tx) => anyRow(tx, params.entitlementId));
      const system: Actor = { ...actor, login: 'system' };
      return await needs.database.write(system, 'benefit.print', (tx) =>
        printPaper(needs, tx, { ...params, word: body.word }),
      );
    },
    list: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const rows = await listEntitlements(tx, {
          state: query.state,
          before: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(rows, query.limit, (last) => last.serial);
        return {
          items: await viewsOf(needs, tx, shown),
          next,
        };
      }),
  };
}

async function anyRow(tx: Scoped, id: Id): Promise<Entitlement> {
  const [row] = await listEntitlements(tx, { ids: [id] });
  if (!row) throw new Refusal('not_found');
  return row;
}

async function ownRow(tx: Scoped, id: Id): Promise<Entitlement> {
  const row = await anyRow(tx, id);
  if (row.accountId !== tx.actor.accountId) throw new Refusal('not_found');
  return row;
}

async function usesView(needs: BenefitNeeds, tx: Scoped, entitlementId: Id) {
  const uses = await usesOf(tx, entitlementId);
  const places = await needs.place.servicePoints(
    tx,
    uses.map((use) => use.placeId),
  );
  return uses.map(({ placeId, goods, at, ...use }) => ({
    ...use,
    place: places.get(placeId)?.name ?? '',
    goods: goodsWords(goods, tx.actor.language),
    at: at.toISOString(),
  }));
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
  const holds = await openHolds(
    tx,
    rows.map((row) => row.id),
  );
  const places = await needs.place.servicePoints(
    tx,
    [...holds.values()].map((hold) => hold.placeId),
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
    held: heldView(holds.get(row.id), places),
  }));
}

function heldView(
  hold: { placeId: Id; heldAt: Date; forOrder: boolean } | undefined,
  places: ReadonlyMap<Id, { name: string }>,
): View['held'] {
  if (!hold) return null;
  return {
    place: places.get(hold.placeId)?.name ?? '',
    since: hold.heldAt.toISOString(),
    forOrder: hold.forOrder,
  };
}
