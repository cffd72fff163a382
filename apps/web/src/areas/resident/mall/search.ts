import type { RouteOutput, routes } from '@wennuan/contract';

type Category = RouteOutput<typeof routes.catalogue.mall>['items'][number]['category'];
export const categories: readonly Category[] = [
  'grain_oil',
  'fresh',
  'snack',
  'drink',
  'household',
  'care',
  'clothing',
  'other',
];

/** What is looked for on the shelf, as its address keeps it. */
export interface ShelfSearch {
  text?: string;
  category?: Category;
}

/** Reads an address; what cannot be read is left out. A number somebody typed is a text here too. */
export function shelfSearch(raw: { [Key in keyof ShelfSearch]?: unknown }): ShelfSearch {
  const text = raw.text === undefined ? '' : String(raw.text).trim();
  const category = categories.find((one) => one === raw.category);
  return { ...(text && { text }), ...(category && { category }) };
}
