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
}
type Raw = Record<string, unknown>;

const codeOf = (value: unknown) => (/^\d{6,15}$/.test(String(value)) ? Number(value) : undefined);
const oneOf = <T extends string>(known: readonly T[], value: unknown) =>
  known.find((one) => one === value);
const textOf = (value: unknown) =>
  value === undefined || value === '' ? undefined : String(value);

/** Reads the wall's filters from an address; what cannot be read is left out. */
export function wallSearch(raw: Raw): WallSearch {
  return {
    street: codeOf(raw.street),
    community: codeOf(raw.community),
    state: oneOf(wishStates, raw.state),
    after: textOf(raw.after),
  };
}

/** What the wall asks the API for: wishes that wait, unless another state was chosen. */
export function wallQuery(
  search: WallSearch,
): NonNullable<RouteInput<typeof routes.need.wall>['query']> {
  const code = search.community ?? search.street;
  const state = search.state ?? 'open';
  return {
    limit: 24,
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
