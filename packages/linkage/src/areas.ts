import { type Cell, packedText } from './plain-text.ts';

/** One area of the tree, as `areas.csv` has it. */
export interface AreaNode {
  code: string;
  name: string;
  level: 'district' | 'street' | 'community' | (string & {});
  parentCode: string | null;
}

/** Another name of an area: an old one, a preparatory group's, a merged community's. */
export interface AreaAlias {
  name: string;
  code: string;
}

/** What a row says about where: any of these cells. */
export interface AreaCells {
  street?: Cell;
  area?: Cell;
  address?: Cell;
}

/**
 * One area; or several that the words could mean; or none. `streetCode` is known even where the community is
 * not. `disagrees` when the street named is not the one the area belongs to. `rest` is what follows (road, house).
 */
export interface AreaReading {
  kind: 'area' | 'candidates' | 'none';
  codes: string[];
  streetCode: string | null;
  disagrees: boolean;
  rest: string;
}

export interface AreaBook {
  resolve(cells: AreaCells): AreaReading;
  has(code: string): boolean;
  /** The street of a community, a street itself, null for the district. */
  streetOf(code: string): string | null;
}

const COMMUNITY_ENDS =
  /^(社区居民委员会|村民委员会|居民委员会|社区居委会|社区村委会|社区党群服务中心|社区筹备组|社区居委|社区委员会|村村委会|村民委|村委会|居委会|社区村|村社区|社区|居委|村委|村|筹备组)+/;
const STREET_ENDS =
  /^(街道办事处|街道筹备组|街道管委会|街道党工委|街道办|街道|街办|办事处|管理委员会|管委会办事处|管委会|筹备组|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡|办)+/;
const OWN_END = /(社区|街道办事处|街道|管委会|村|镇|乡|居委会|筹备组)$/;
const ABOVE = /^((中国)?[\u4e00-\u9fff]{2,7}?省)?([\u4e00-\u9fff]{2,6}?市)?(?=.)/;
const SEPARATORS = /[/\\|>,，、;；:：\-—_·.()（）]+/g;

interface Named {
  stem: string;
  /** 社区, 村 … as the tree writes it, empty for none. */
  end: string;
  code: string;
  street: string | null;
}

/**
 * Makes a book that finds areas by every way of writing them: with or without 社区, 村 or 居委会, the street in
 * front once or twice, preparatory groups, codes, aliases, or at the start of an address.
 */
export function areaBook(areas: readonly AreaNode[], aliases: readonly AreaAlias[] = []): AreaBook {
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const streetOf = (code: string): string | null => {
    for (let area = byCode.get(code); area; area = byCode.get(area.parentCode ?? '')) {
      if (area.level === 'street') return area.code;
    }
    return null;
  };
  const words = new AreaWords();
  for (const { code, name, level } of areas)
    words.add(name, level, { code, street: streetOf(code) });
  for (const { code, name } of aliases) {
    const area = byCode.get(code);
    if (area) words.add(name, area.level, { code, street: streetOf(code) });
  }
  const cache = new Map<string, AreaReading>();
  const resolve = (cells: AreaCells): AreaReading => {
    const short = `${packedText(cells.street)}\u0000${packedText(cells.area)}`;
    const address = packedText(cells.address);
    const known = cache.get(short) ?? resolveShort(words, byCode, short.split('\u0000'));
    if (cache.size < 100_000) cache.set(short, known);
    return address === '' ? known : withAddress(words, known, address);
  };
  return { resolve, has: (code) => byCode.has(code), streetOf };
}

/** The names of one tree, by level. */
class AreaWords {
  readonly districts: string[] = [];
  readonly streets = new Map<string, Named[]>();
  readonly communities = new Map<string, Named[]>();
  longest = 0;

  add(name: string, level: string, at: { code: string; street: string | null }): void {
    const text = packedText(name);
    if (level === 'district') {
      this.districts.push(text);
      return;
    }
    const end = OWN_END.exec(text)?.[0] ?? '';
    const stem = end.length < text.length ? text.slice(0, text.length - end.length) : text;
    const known = level === 'street' ? this.streets : this.communities;
    const named = { stem, end, ...at };
    const others = known.get(stem) ?? [];
    if (!others.some((other) => other.code === at.code && other.end === end)) others.push(named);
    known.set(stem, others);
    this.longest = Math.max(this.longest, stem.length);
  }
}

function resolveShort(
  words: AreaWords,
  byCode: ReadonlyMap<string, AreaNode>,
  [street, area]: string[],
): AreaReading {
  const code = [area, street].find((text) => text && /^\d{6,12}$/.test(text)) ?? '';
  const coded = byCode.get(code) ?? byCode.get(code.replace(/(000)+$/, ''));
  if (coded)
    return reading(coded.level === 'community' ? [coded.code] : [], streetIn(coded, byCode));
  const first = takeStreet(words, street ?? '', true);
  const second = takeStreet(words, area ?? '', false);
  const streets = first.streets.length > 0 ? first.streets : second.streets;
  const text = second.rest === '' && !second.streets.length ? first.rest : second.rest;
  const inner = takeCommunity(words, text, streets, true);
  if (inner)
    return { ...inner, disagrees: inner.disagrees || clash(first.streets, second.streets) };
  return reading([], streets.length === 1 ? streets[0]! : null, text);
}

function streetIn(area: AreaNode, byCode: ReadonlyMap<string, AreaNode>): string | null {
  if (area.level === 'street') return area.code;
  const parent = byCode.get(area.parentCode ?? '');
  return parent?.level === 'street' ? parent.code : null;
}

function clash(first: string[], second: string[]): boolean {
  return first.length > 0 && second.length > 0 && !first.some((code) => second.includes(code));
}

/** Reads on in the address: it may name the area, or only road and house. */
function withAddress(words: AreaWords, known: AreaReading, address: string): AreaReading {
  const above = takeStreet(words, address, false);
  const streets =
    above.streets.length > 0 ? above.streets : known.streetCode ? [known.streetCode] : [];
  const found = takeCommunity(words, above.rest, streets, above.streets.length > 0);
  if (known.kind === 'area') {
    const same = found?.codes.includes(known.codes[0]!) ?? false;
    return { ...known, rest: same ? found!.rest : above.rest };
  }
  if (!found) {
    return { ...known, streetCode: known.streetCode ?? streets[0] ?? null, rest: above.rest };
  }
  if (known.kind === 'candidates') {
    const both = known.codes.filter((code) => found.codes.includes(code));
    if (both.length === 1) return { ...found, kind: 'area', codes: both };
  }
  return found;
}

/** Takes province, city, district and street (once or more) off the front. */
function takeStreet(
  words: AreaWords,
  text: string,
  alone: boolean,
): { streets: string[]; rest: string } {
  let rest = text.replace(SEPARATORS, '/').replace(/^\//, '');
  for (const district of words.districts) {
    const at = rest.indexOf(district);
    if (at >= 0 && (at === 0 || ABOVE.exec(rest.slice(0, at + 1))?.[0] === rest.slice(0, at))) {
      rest = rest.slice(at + district.length).replace(/^\//, '');
      break;
    }
  }
  let streets: string[] = [];
  for (;;) {
    const next = streetAtFront(words, rest, alone);
    if (!next) return { streets, rest };
    streets = next.streets;
    rest = next.rest.replace(/^\//, '');
  }
}

function streetAtFront(
  words: AreaWords,
  text: string,
  alone: boolean,
): { streets: string[]; rest: string } | null {
  for (let length = Math.min(words.longest, text.length); length > 0; length--) {
    const named = words.streets.get(text.slice(0, length));
    if (!named) continue;
    const after = text.slice(length);
    const end = STREET_ENDS.exec(after)?.[0] ?? '';
    const stands = end !== '' || (alone && after === '') || after.startsWith('/');
    if (stands) return { streets: named.map(({ code }) => code), rest: after.slice(end.length) };
  }
  return null;
}

/** Takes a community off the front. `bare` allows a name without 社区 or 村 before other words. */
function takeCommunity(
  words: AreaWords,
  text: string,
  streets: string[],
  bare: boolean,
): AreaReading | null {
  let fallback: AreaReading | null = null;
  for (let length = Math.min(words.longest, text.length); length > 0; length--) {
    const named = words.communities.get(text.slice(0, length));
    if (!named) continue;
    const after = text.slice(length);
    const end = COMMUNITY_ENDS.exec(after)?.[0] ?? '';
    if (end === '' && after !== '' && !after.startsWith('/') && !(bare && streets.length > 0))
      continue;
    const rest = after.slice(end.length).replace(/^\//, '');
    const inside = named.filter(({ street }) => street !== null && streets.includes(street));
    if (inside.length > 0) return chosen(inside, end, rest, false);
    fallback ??= chosen(named, end, rest, streets.length > 0);
  }
  return fallback;
}

function chosen(named: Named[], end: string, rest: string, disagrees: boolean): AreaReading {
  const kind = end.startsWith('村') ? '村' : end.startsWith('社区') ? '社区' : '';
  const sameKind = named.filter((one) => one.end === kind);
  const taken = kind !== '' && sameKind.length > 0 ? sameKind : named;
  const codes = [...new Set(taken.map(({ code }) => code))].toSorted();
  const streets = new Set(taken.map(({ street }) => street));
  const street = streets.size === 1 ? taken[0]!.street : null;
  return { ...reading(codes, street, rest), disagrees };
}

function reading(codes: string[], streetCode: string | null, rest = ''): AreaReading {
  const kind = codes.length === 1 ? 'area' : codes.length > 1 ? 'candidates' : 'none';
  return { kind, codes, streetCode, disagrees: false, rest };
}
