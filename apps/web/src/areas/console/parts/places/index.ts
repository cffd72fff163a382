import { books } from './books.ts';
import { goods } from './goods.ts';
import { money } from './money.ts';
import { system } from './system.ts';
import { watch } from './watch.ts';
import { work } from './work.ts';
import type { Place } from './place.ts';

export { groups, type Place } from './place.ts';

/** Every page, in the order of the navigation; a role sees those whose permission it holds. */
export const places: readonly Place[] = [
  ...work,
  ...goods,
  ...money,
  ...books,
  ...watch,
  ...system,
];
