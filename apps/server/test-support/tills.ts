import type { Id } from '@wennuan/basics';
import type { RouteRequest, routes } from '@wennuan/contract';
import type { Actor } from '../src/platform/actor.ts';
import type { TestDistrict } from './district.ts';
import { testShop, type TestShop } from './shop.ts';

/** Who runs the station of the test district's community. */
export const openCashier = (district: Pick<TestDistrict, 'addStaff' | 'areaId'>): Promise<Actor> =>
  district.addStaff({
    name: 'cashier',
    displayName: '收银员小周',
    role: 'station_operator',
    areaId: district.areaId(),
  });

type Counter = (typeof routes)['counter'];

/** The shop's stations with a cashier, a supervisor's code (135790), and ways to open tills and call their routes. */
export async function testTills() {
  const shop = await testShop();
  const placeId = shop.stations[0]!.id;
  const cashier = await openCashier(shop);
  await shop.counter.handlers.setSupervisorCode({
    actor: shop.actors['worker']!,
    body: { code: '135790' },
  } as never);
  const call = <Name extends keyof Counter>(
    name: Name,
    request: Partial<RouteRequest<Counter[Name]>>,
    actor: Actor = cashier,
  ) => {
    const handler = shop.counter.handlers[name] as (
      given: unknown,
    ) => ReturnType<TestShop['counter']['handlers'][Name]>;
    return handler({ actor, params: {}, query: {}, ...request });
  };
  let tills = 0;
  /** A till of its own with a shift and ¥200 in the drawer. */
  async function openTill(): Promise<Id> {
    tills += 1;
    const till = await call('addTill', { body: { placeId, name: `${tills} 号台` } });
    await call('openShift', { params: { tillId: till.id }, body: { floatYuan: '200' } });
    return till.id;
  }
  return { shop, cashier, placeId, call, openTill };
}
