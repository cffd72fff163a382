import { shelfCategories } from '@wennuan/contract';

/** What is looked for on the shelf, as its address keeps it. */
export interface ShelfSearch {
  text?: string;
  category?: (typeof shelfCategories)[number];
}

/** Reads an address; what cannot be read is left out. A number somebody typed is a text here too. */
export function shelfSearch(raw: { [Key in keyof ShelfSearch]?: unknown }): ShelfSearch {
  const text = raw.text === undefined ? '' : String(raw.text).trim();
  const category = shelfCategories.find((one) => one === raw.category);
  return { ...(text && { text }), ...(category && { category }) };
}
