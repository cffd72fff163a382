import { z } from 'zod';
import { route } from './route.ts';
import { areaCode, areaRef, plainDate } from './values.ts';

export const district = z.object({
  /** 二七区 */
  name: z.string(),
  /** 温暖二七 */
  brand: z.string(),
  /** Wall-clock date in the district. */
  today: plainDate,
  /** True when the sandbox channels (SMS, codes, cashier) are in use. */
  sandbox: z.boolean(),
  /** True when the data is the invented demo district. */
  demo: z.boolean(),
});
export const area = areaRef.extend({
  parentCode: areaCode.nullable(),
  deskTelephone: z.string().nullable(),
});

export const placeRoutes = {
  district: route({
    method: 'GET',
    path: '/api/district',
    permission: 'public',
    summary: 'Name, brand and mode of this district.',
    output: district,
    refusals: [],
  }),
  areas: route({
    method: 'GET',
    path: '/api/areas',
    permission: 'public',
    summary: 'The area tree: district, streets, communities in force today.',
    output: z.object({ areas: z.array(area) }),
    refusals: [],
  }),
};
