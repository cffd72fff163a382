import type { Actor } from '../src/platform/actor.ts';
import type { TestDistrict } from './district.ts';

/** Who runs the station of the test district's community. */
export const openCashier = (district: Pick<TestDistrict, 'addStaff' | 'areaId'>): Promise<Actor> =>
  district.addStaff({
    name: 'cashier',
    displayName: '收银员小周',
    role: 'station_operator',
    areaId: district.areaId(),
  });
