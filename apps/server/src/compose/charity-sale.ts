import { createCharitySale, type CharitySaleNeeds } from '../modules/charity-sale/index.ts';

/** Charity sales, above selling and settling. */
export function composeCharitySale(lower: CharitySaleNeeds) {
  return createCharitySale(lower);
}
