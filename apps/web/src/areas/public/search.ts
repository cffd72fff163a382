import type { RouteInput, routes } from '@wennuan/contract';

const wishStates = ['open', 'claimed', 'given', 'under_way', 'delivered', 'closed', 'all'] as const;
const fundKinds = ['mutual_aid', 'special', 'general'] as const;

export type WishState = Exclude<(typeof wishStates)[number], 'all'>;
/** Area codes are numbers here: the router writes a numeric text into an address with quotation marks. */
export interface WallSearch {
  street?: number;
  community?: number;
  state?: (typeof wishStates)[number];
  after?: string;
  /** How many are shown, where more were asked for than the page begins with. */
  many?: number;
}
type Raw = Record<string, unknown>;

const codeOf = (value: unknown) => (/^\d{6,15}$/.test(String(value)) ? Number(value) : undefined);
const oneOf = <T extends string>(known: readonly T[], value: unknown) =>
  known.find((one) => one === value);
const textOf = (value: unknown) =>
  value === undefined || value === '' ? undefined : String(value);

/** Wishes a page of the wall begins with: a telephone shows them one below the other. */
const WISHES_AT_FIRST = 12;
/** What the API gives at once. */
const WISHES_AT_MOST = 192;

const manyOf = (value: unknown) => {
  const many = Number(value);
  const isStep = many % WISHES_AT_FIRST === 0;
  return isStep && many > WISHES_AT_FIRST && many <= WISHES_AT_MOST ? many : undefined;
};

/** The address of a wall that shows more: the same wishes and those after them, or the page after the last there is room for. */
export function moreOfWall(search: WallSearch, next: string): WallSearch {
  const many = manyOf((search.many ?? WISHES_AT_FIRST) + WISHES_AT_FIRST);
  return many ? { ...search, many } : { ...search, many: undefined, after: next };
}

/** Reads the wall's filters from an address; what cannot be read is left out. */
export function wallSearch(raw: Raw): WallSearch {
  return {
    street: codeOf(raw.street),
    community: codeOf(raw.community),
    state: oneOf(wishStates, raw.state),
    after: textOf(raw.after),
    many: manyOf(raw.many),
  };
}

/** What the wall asks the API for: wishes that wait, unless another state was chosen. */
export function wallQuery(
  search: WallSearch,
): NonNullable<RouteInput<typeof routes.need.wall>['query']> {
  const code = search.community ?? search.street;
  const state = search.state ?? 'open';
  return {
    limit: search.many ?? WISHES_AT_FIRST,
    ...(code !== undefined && { areaCode: String(code) }),
    ...(state !== 'all' && { state }),
    ...(search.after !== undefined && { after: search.after }),
  };
}

/** Reads the cursor of a list from an address. */
export function afterSearch(raw: Raw): { after?: string } {
  const after = textOf(raw.after);
  return after === undefined ? {} : { after };
}

/** Reads kind and cursor of the list of funds. */
export function fundsSearch(raw: Raw): { kind?: (typeof fundKinds)[number]; after?: string } {
  const kind = oneOf(fundKinds, raw.kind);
  return { ...(kind && { kind }), ...afterSearch(raw) };
}

/** Reads the street whose telephones are opened. */
export function helpSearch(raw: Raw): { street?: number } {
  const street = codeOf(raw.street);
  return street === undefined ? {} : { street };
}

/** Reads the number and code of a paper to check, as its QR code has them. */
export function checkSearch(raw: Raw): { number?: string; code?: string } {
  const [number, code] = [textOf(raw.number), textOf(raw.code)];
  return { ...(number !== undefined && { number }), ...(code !== undefined && { code }) };
}

const complained = ['campaign', 'fund', 'page', 'charity'] as const;

/** Reads what a complaint is about: the campaign, fund or page whose button led here. */
export function complaintSearch(raw: Raw): { kind?: (typeof complained)[number]; code?: string } {
  const [kind, code] = [oneOf(complained, raw.kind), textOf(raw.code)];
  return { ...(kind && { kind }), ...(code !== undefined && { code }) };
}
