import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import { writeSheet } from '../../platform/sheet.ts';
import {
  readGiven,
  readMonth,
  readMonthsOf,
  readStations,
  type StatementRow,
} from './figures.store.ts';
import { dayAfter } from './settlement.ts';
import type { SettlementNeeds } from './settlement.needs.ts';

type Live = RouteOutput<typeof routes.settlement.live>;
type Month = RouteOutput<typeof routes.settlement.month>;

/** Below this many people a sum could tell of one of them. */
const PEOPLE_LEAST = 5;

/** Every station now. Federation, staff of the district and system login. */
export async function liveStations(needs: SettlementNeeds, tx: Scoped): Promise<Live> {
  const today = dateInShanghai(tx.now);
  const rows = await readStations(tx, { today, monthStart: `${today.slice(0, 7)}-01` });
  const places = await needs.place.servicePoints(
    tx,
    rows.map((row) => row.placeId),
  );
  return {
    asOf: tx.now.toISOString(),
    items: rows.map((row) => {
      const place = places.get(row.placeId)!;
      return { ...row, placeName: place.name, area: needs.place.ref(place.areaId) };
    }),
  };
}

/** A station's month as everybody reads it: sums, never a buyer. System login. */
export async function stationMonth(
  needs: SettlementNeeds,
  tx: Scoped,
  { placeId, month }: { placeId: Id; month: string },
): Promise<Month> {
  const place = (await needs.place.servicePoints(tx, [placeId])).get(placeId);
  if (!place) throw new Refusal('place_unknown', {}, 'placeId');
  const found = await readMonth(tx, { placeId, from: `${month}-01`, until: dayAfter(month) });
  const given = await readGiven(tx, { placeId, month });
  const stateOf = new Map(given.map((row) => [row.merchantId, row]));
  const sellers = await needs.catalogue.sellers(
    tx,
    found.merchants.map((one) => one.merchantId),
  );
  const fundId = given.find((row) => row.fundId !== null)?.fundId;
  const [fund] = fundId ? await needs.fund.listFunds(tx, { ids: [fundId] }) : [];
  const sum = (of: readonly { goodsFen: number }[]) =>
    of.reduce((total, one) => total + one.goodsFen, 0);
  return {
    placeName: place.name,
    area: needs.place.ref(place.areaId),
    month,
    months: await readMonthsOf(tx, placeId),
    orders: found.days.reduce((total, day) => total + day.orders, 0),
    goodsFen: sum(found.days),
    shareFen: found.merchants.reduce((total, one) => total + (one.shareFen ?? 0), 0),
    givenFen: given
      .filter((row) => row.state === 'paid')
      .reduce((total, row) => total + row.netFen, 0),
    voucherFen:
      found.voucherPeople >= PEOPLE_LEAST
        ? found.merchants.reduce((total, one) => total + one.voucherFen, 0)
        : null,
    fundName: fund?.name ?? null,
    fundCode: fund?.code ?? null,
    days: found.days,
    kinds: found.kinds,
    merchants: found.merchants.map((one) => ({
      name: sellers.get(one.merchantId)?.name ?? '',
      shareFen: one.shareFen ?? 0,
      state: (stateOf.get(one.merchantId)?.state ?? 'open') as Month['merchants'][number]['state'],
    })),
  };
}

const WHAT = { sale: '销售', refund: '退款' };

/** A statement as a sheet: every sale and refund. */
export function statementSheet(name: string, rows: readonly StatementRow[]): Promise<Buffer> {
  return writeSheet<StatementRow>({
    name,
    rows,
    columns: [
      { title: '时间', width: 18, kind: 'moment', of: (row) => row.at },
      { title: '单号', width: 14, kind: 'text', of: (row) => row.number },
      { title: '类型', width: 8, kind: 'text', of: (row) => WHAT[row.what] },
      { title: '驿站', width: 24, kind: 'text', of: (row) => row.placeName },
      { title: '商家', width: 28, kind: 'text', of: (row) => row.merchantName },
      { title: '商品金额', width: 14, kind: 'yuan', of: (row) => row.goodsFen },
      { title: '2% 爱心款', width: 14, kind: 'yuan', of: (row) => row.shareFen },
      { title: '代金券支付', width: 14, kind: 'yuan', of: (row) => row.voucherFen },
    ],
  });
}
