import type { Id, PlainDate } from '@wennuan/basics';
import {
  citizenIdFacts,
  packedText,
  plainText,
  readDate,
  readName,
  readTelephone,
} from '@wennuan/linkage';
import { encodeFact } from '@wennuan/policy';
import type { DeriveContext, Member } from './derive.member.ts';
import type { DerivedFact, PersonPlan } from './derive.types.ts';

type Identity = Pick<
  PersonPlan,
  'name' | 'gender' | 'birthDate' | 'bornYear' | 'idNumber' | 'telephone' | 'address' | 'areaCode'
>;

/** The group whose rosters need no column for the sex. */
const WOMEN = 'woman';

/** A value and the row it was taken from. */
interface Found<T> {
  value: T;
  member: Member;
}

/**
 * The best source of each field: what a worker wrote down at the door; then the value most rows state, rows that stand in
 * their roster now and have a sure ID number before others. Birth date and sex of a sure ID number come before columns.
 */
export function identityOf(
  members: readonly Member[],
  context: DeriveContext,
): { identity: Identity; facts: DerivedFact[] } {
  const ranked = members.toSorted((a, b) => rankOf(b) - rankOf(a));
  const number = idNumberOf(ranked);
  const inNumber = number && citizenIdFacts(number.value);
  const birth = inNumber
    ? { value: inNumber.birthDate, member: number.member }
    : birthDateOf(ranked);
  const year = birth ? null : birthYearOf(ranked);
  const sex = inNumber ? { value: inNumber.sex, member: number.member } : sexOf(ranked);
  const area = livingAreaOf(ranked, context);
  const identity: Identity = {
    name: nameOf(ranked),
    gender: sex?.value ?? 'unknown',
    birthDate: birth?.value ?? null,
    bornYear: birth ? Number(birth.value.slice(0, 4)) : (year?.value ?? null),
    idNumber: number?.value ?? null,
    telephone: vote(ranked, ({ row }) => readTelephone(row.telephone) || null)?.value ?? null,
    address: addressOf(ranked),
    areaCode: area?.value ?? null,
  };
  const born = birth ?? likelyBirth(ranked, year);
  const facts = [
    factFrom('born_on', born),
    factFrom('sex', sex),
    factFrom('living_area', area),
    factFrom('registered_area', registeredAreaOf(ranked, context)),
  ];
  return { identity, facts: facts.flatMap((fact) => fact ?? []) };
}

function rankOf({ hand, version, facts }: Member): number {
  if (hand) return 4;
  const isSure = facts.id.kind === 'valid' && facts.id.doubt === null;
  return (version?.until === null ? 2 : 0) + (isSure ? 1 : 0);
}

/** What the most rows say, the higher ranked first among equals; what a worker wrote down outweighs all. */
function vote<T extends string | number>(
  ranked: readonly Member[],
  read: (member: Member) => T | null,
): Found<T> | null {
  const votes = new Map<T, { count: number; member: Member }>();
  for (const member of ranked) {
    const value = read(member);
    if (value === null) continue;
    if (member.hand) return { value, member };
    const known = votes.get(value) ?? { count: 0, member };
    known.count += 1 + rankOf(member) / 4;
    votes.set(value, known);
  }
  let best: (Found<T> & { count: number }) | null = null;
  for (const [value, { count, member }] of votes)
    if (!best || count > best.count) best = { value, member, count };
  return best;
}

function idNumberOf(ranked: readonly Member[]): Found<string> | null {
  const read = (accepts: (doubt: string | null) => boolean) =>
    vote(ranked, ({ facts: { id, contradictsId } }) =>
      id.kind === 'valid' && accepts(id.doubt) && !contradictsId ? id.number : null,
    );
  return (
    read((doubt) => doubt === null) ??
    vote(ranked, ({ facts: { id } }) =>
      id.kind === 'valid' && id.doubt === null ? id.number : null,
    ) ??
    vote(ranked, ({ facts: { id } }) => (id.kind === 'repaired' ? id.number : null)) ??
    read((doubt) => doubt === 'no_checksum')
  );
}

/** By a column of its own; else what the digits say that could be read; else the day all repairs agree on. */
function birthDateOf(ranked: readonly Member[]): Found<PlainDate> | null {
  return (
    vote(ranked, ({ row }) => readDate(row.birthDate)?.date ?? null) ??
    vote(ranked, ({ facts }) => facts.birthDate) ??
    vote(ranked, ({ facts: { id } }) => {
      if (id.kind !== 'repaired') return null;
      const dates = new Set(id.candidates.map((one) => citizenIdFacts(one)?.birthDate));
      return dates.size === 1 ? ([...dates][0] ?? null) : null;
    })
  );
}

/** By an age; else the year that every repair of a number leads to. */
function birthYearOf(ranked: readonly Member[]): Found<number> | null {
  return (
    vote(ranked, ({ facts }) => facts.birthYear) ??
    vote(ranked, ({ facts: { id } }) => {
      if (id.kind !== 'repaired') return null;
      const years = new Set(id.candidates.map((one) => citizenIdFacts(one)?.birthDate.slice(0, 4)));
      const [year] = years;
      return years.size === 1 && year !== undefined ? Number(year) : null;
    })
  );
}

/** What rows say; where none does, a roster of women has women only. */
function sexOf(ranked: readonly Member[]): Found<'female' | 'male'> | null {
  return (
    vote(ranked, ({ facts }) => facts.sex) ??
    vote(ranked, ({ roster }) => (roster?.groupCode === WOMEN ? ('female' as const) : null))
  );
}

/**
 * A birth date to go by where none is sure: the one written in a number whose check fails, unless an age says another year;
 * else the middle of the year that an age leads to, which is the least wrong day of it.
 */
function likelyBirth(
  ranked: readonly Member[],
  year: Found<number> | null,
): Found<PlainDate> | null {
  const written = vote(ranked, ({ facts: { id } }) => {
    if (id.kind !== 'repaired') return null;
    const date = readDate(id.digits.slice(6, 14))?.date ?? null;
    const isOther = year !== null && Math.abs(Number(date?.slice(0, 4)) - year.value) > 1;
    return date === null || isOther || id.digits.length !== 18 ? null : date;
  });
  return written ?? (year && { value: `${year.value}-07-01`, member: year.member });
}

function nameOf(ranked: readonly Member[]): string {
  const best = vote(ranked, ({ facts }) =>
    facts.name === '' || facts.name.includes('?') ? null : facts.name,
  );
  const member = best?.member ?? ranked.find(({ facts }) => facts.name !== '') ?? ranked[0]!;
  return (
    member.hand?.name ?? (readName(member.row.name).shown || plainText(member.row.name) || '—')
  );
}

function addressOf(ranked: readonly Member[]): string | null {
  const house = vote(ranked, ({ row, facts }) =>
    packedText(row.address) === '' ? null : facts.house || packedText(row.address),
  );
  return house ? plainText(house.member.row.address) : null;
}

function livingAreaOf(ranked: readonly Member[], { levelOf }: DeriveContext): Found<string> | null {
  const community = vote(ranked, ({ facts: { areas } }) =>
    areas.length === 1 && levelOf.get(areas[0]!) === 'community' ? areas[0]! : null,
  );
  return community ?? vote(ranked, ({ facts }) => facts.street);
}

/** Where she is registered, from the columns that say so. */
function registeredAreaOf(
  ranked: readonly Member[],
  { input, areas }: DeriveContext,
): Found<string> | null {
  return vote(ranked, ({ version, hand }) => {
    if (!version || hand) return null;
    const column = input.columns
      .get(version.columnsKey)!
      .find(({ field }) => field === 'registeredAddress');
    if (!column) return null;
    const { codes } = areas.resolve({ address: version.cells[column.index] });
    return codes.length === 1 ? codes[0]! : null;
  });
}

function factFrom(field: string, found: Found<string> | null | undefined): DerivedFact | null {
  const stored = found ? encodeFact(field, found.value) : null;
  if (!stored || !found) return null;
  const { version, roster } = found.member;
  const departmentId: Id | null = roster?.departmentId ?? null;
  return { ...stored, since: null, until: null, sourceRowId: version?.id ?? null, departmentId };
}
