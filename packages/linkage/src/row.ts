import type { PlainDate } from '@wennuan/basics';
import { addressKey } from './addresses.ts';
import type { AreaBook } from './areas.ts';
import {
  birthDateIn,
  type CitizenIdReading,
  citizenIdFacts,
  type KnownFields,
  readCitizenId,
  type Sex,
} from './citizen-id.ts';
import { readDate } from './dates.ts';
import { readName } from './names.ts';
import { type Cell, packedText } from './plain-text.ts';
import { readTelephone } from './telephone.ts';

/** One row of a roster, its cells as they came; whatever the roster lacks is left out. */
export interface RosterRow {
  /** Tells rows apart for ever: roster and line, or the id it is stored under. */
  key: string;
  /** The roster it stands in. */
  source: string;
  name?: Cell;
  idNumber?: Cell;
  /** A number that may contain the ID number, as the disabled persons' certificate does. */
  certificateNumber?: Cell;
  sex?: Cell;
  birthDate?: Cell;
  age?: Cell;
  telephone?: Cell;
  street?: Cell;
  area?: Cell;
  address?: Cell;
  householdNumber?: Cell;
}

/** What a row says about its person, read and made comparable. Empty text and null mean unknown. */
export interface RowFacts {
  key: string;
  source: string;
  id: CitizenIdReading;
  name: string;
  sex: Sex | null;
  birthDate: PlainDate | null;
  /** Known alone when only the year or the age is written. */
  birthYear: number | null;
  /** In years, as it is written; it says a year once it is known when the roster counted (`withBirthYear`). */
  age: number | null;
  /** True if sex or birth date of the row's own columns differ from those in its valid number. */
  contradictsId: boolean;
  telephone: string;
  areas: string[];
  street: string | null;
  house: string;
  household: string;
}

const MALE = /^(男|男性|M|MALE|1|先生)$/;
const FEMALE = /^(女|女性|F|FEMALE|2|女士)$/;

/** Reads a sex from a cell; null for anything unclear. */
export function readSex(cell: Cell): Sex | null {
  const text = packedText(cell).toUpperCase();
  if (MALE.test(text)) return 'male';
  return FEMALE.test(text) ? 'female' : null;
}

/** Reads a row. An age says no year yet, since a roster does not say in which year it counted: see `withBirthYear`. */
export function readRow(row: RosterRow, areas: AreaBook | null): RowFacts {
  const born = readDate(row.birthDate);
  const sex = readSex(row.sex);
  const id = readId(row, { birthDate: born?.date ?? null, sex });
  const inId = factsOf(id);
  const place = areas?.resolve(row);
  return {
    key: row.key,
    source: row.source,
    id,
    name: readName(row.name).key,
    sex: sex ?? inId?.sex ?? null,
    birthDate: born?.date ?? inId?.birthDate ?? null,
    birthYear: born?.year ?? (inId ? Number(inId.birthDate.slice(0, 4)) : null),
    age: ageOf(row.age),
    contradictsId: id.kind === 'valid' && contradicts(inId, sex, born?.date ?? null),
    telephone: readTelephone(row.telephone),
    areas: place?.codes ?? [],
    street: place?.streetCode ?? null,
    house: place && row.address !== undefined ? addressKey(place.rest) : '',
    household: packedText(row.householdNumber),
  };
}

/** The age in a cell, in years; null if it is none. */
function ageOf(cell: Cell): number | null {
  const match = /^(\d{1,3})(周?岁)?$/.exec(packedText(cell));
  return match && Number(match[1]) <= 130 ? Number(match[1]) : null;
}

/** The better reading of the two cells that may hold an ID number. */
function readId(row: RosterRow, known: KnownFields): CitizenIdReading {
  const own = readCitizenId(row.idNumber, known);
  if (row.certificateNumber === undefined || own.kind === 'valid') return own;
  const inside = readCitizenId(row.certificateNumber, known);
  return RANKS[inside.kind] > RANKS[own.kind] ? inside : own;
}

const RANKS = { valid: 3, partial: 2, repaired: 2, none: 0 };

function factsOf(id: CitizenIdReading): { birthDate: PlainDate; sex: Sex | null } | null {
  if (id.kind === 'valid' && id.doubt !== 'lost_digits') return citizenIdFacts(id.number);
  if (id.kind === 'valid') return { birthDate: birthDateIn(id.number), sex: null };
  return id.kind === 'partial' ? { birthDate: birthDateIn(id.prefix), sex: null } : null;
}

function contradicts(
  inId: { birthDate: PlainDate; sex: Sex | null } | null,
  sex: Sex | null,
  birthDate: PlainDate | null,
): boolean {
  if (!inId) return false;
  return (
    (sex !== null && inId.sex !== null && sex !== inId.sex) ||
    (birthDate !== null && birthDate !== inId.birthDate)
  );
}

/** The number of a row that leaves no doubt; null for any other row. */
export function sureNumber(facts: RowFacts): string | null {
  return facts.id.kind === 'valid' && facts.id.doubt === null ? facts.id.number : null;
}
