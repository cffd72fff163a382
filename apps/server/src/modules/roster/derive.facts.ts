import { addDays, type PlainDate } from '@wennuan/basics';
import { packedText, plainText, readDate, readName } from '@wennuan/linkage';
import { encodeFact, findField } from '@wennuan/policy';
import { shownCell } from './cells.ts';
import type { DeriveContext, Member } from './derive.member.ts';
import type {
  DerivedFact,
  DerivedSeat,
  RowStatement,
  RowVersion,
  StatedFields,
} from './derive.types.ts';
import { readFact } from './fact-columns.ts';
import { isForEver } from './problems.ts';
import type { RosterColumn, RosterField } from './understand.ts';

/** What the rows of a person say in the catalogue's fields, each for the days on which it holds. */
export function factsOf(members: readonly Member[], context: DeriveContext): DerivedFact[] {
  return members.flatMap((member) =>
    versionsOf(member, context).flatMap((version) => factsOfVersion(version, context)),
  );
}

function versionsOf({ facts, hand }: Member, { versionsOf: all }: DeriveContext): RowVersion[] {
  return hand ? [] : (all.get(facts.key) ?? []);
}

function factsOfVersion(version: RowVersion, { rosterOf, input }: DeriveContext): DerivedFact[] {
  const roster = rosterOf.get(version.rosterId)!;
  const columns = input.columns.get(version.columnsKey)!;
  const { since, until } = daysOf(version, columns);
  if (until !== null && since !== null && since >= until) return [];
  const from = { sourceRowId: version.id, departmentId: roster.departmentId };
  const facts: DerivedFact[] = [];
  const put = (
    stored: { field: number; value: number } | null,
    days: { since: PlainDate | null; until: PlainDate | null },
  ) => {
    if (stored) facts.push({ ...stored, ...days, ...from });
  };
  if (roster.groupCode) put(encodeFact('group', roster.groupCode), { since, until });
  let isDeathDated = false;
  for (const { index, header, field } of columns) {
    const known = field.startsWith('fact:') ? findField(field.slice(5)) : undefined;
    if (!known || known.number === null) continue;
    const reading = readFact(known, version.cells[index], header);
    const isOther = reading.kind === 'unknown' && reading.problem === 'value_unknown';
    if (reading.kind !== 'value' && !isOther) continue;
    if (known.code === 'died_on') isDeathDated = true;
    const value = reading.kind === 'value' ? reading.value : 0;
    // A death stays a death when the row is gone, and what is said of an unknown day holds from the first.
    const days =
      known.code === 'died_on' ? { since: null, until: null } : { since: version.since, until };
    put({ field: known.number, value }, days);
  }
  if (roster.registersDeaths && !isDeathDated)
    put(encodeFact('died_on', version.since ?? input.today), { since: null, until: null });
  return facts;
}

/** The days a row holds for: its own columns where they say so, within the days it stood in its roster. */
function daysOf(version: RowVersion, columns: readonly RosterColumn[]) {
  const begins = dateIn(cellOf(version, columns, 'since'));
  const ends = cellOf(version, columns, 'until');
  const last = isForEver(ends) ? null : dateIn(ends);
  const after = last === null ? null : addDays(last, 1);
  return {
    since: begins ?? version.since,
    until:
      after !== null && (version.until === null || after < version.until) ? after : version.until,
  };
}

function dateIn(cell: RowVersion['cells'][number] | undefined): PlainDate | null {
  const reading = readDate(cell);
  if (!reading) return null;
  return reading.date ?? `${reading.year}-${String(reading.month ?? 1).padStart(2, '0')}-01`;
}

function cellOf(version: RowVersion, columns: readonly RosterColumn[], field: RosterField) {
  const column = columns.find((one) => one.field === field);
  return column === undefined ? undefined : version.cells[column.index];
}

/** Who is the household's own: the granting roster says 本人 or 户主 of its head. */
const HEAD = /^(本人|户主|户主本人|本户户主|申请人|1)$/u;
const GRANTING_GROUP = 'minimum_living';
const ALONE_GROUP = 'destitute';

/**
 * Places in households: those of the granting roster by its number; and of who is supported as destitute a household of one,
 * whatever other roster she stands in.
 */
export function seatsOf(members: readonly Member[], context: DeriveContext): DerivedSeat[] {
  const seats = new Map<string, DerivedSeat>();
  for (const { version, roster, facts, row } of members) {
    if (!version || !roster) continue;
    const columns = context.input.columns.get(version.columnsKey)!;
    const common = { sourceRowId: version.id, departmentId: roster.departmentId };
    const days = { since: version.since, until: version.until };
    if (roster.groupCode === ALONE_GROUP)
      // Completed with her id by whoever writes it down.
      add(seats, { key: 'alone', isHead: true, relation: '本人', ...days, ...common });
    if (roster.groupCode !== GRANTING_GROUP || facts.household === '') continue;
    const relation = packedText(cellOf(version, columns, 'relation'));
    const householder = readName(cellOf(version, columns, 'householderName')).key;
    const isHead =
      relation === ''
        ? householder !== '' && householder === readName(row.name).key
        : HEAD.test(relation);
    const key = `${roster.departmentId} ${facts.household}`;
    add(seats, { key, isHead, relation, ...days, ...common });
  }
  return [...seats.values()];
}

/** One place a household, the present one before a former; twice in the list is one person all the same. */
function add(seats: Map<string, DerivedSeat>, seat: DerivedSeat): void {
  const known = seats.get(seat.key);
  if (!known || (known.until !== null && seat.until === null)) seats.set(seat.key, seat);
  else if (seat.isHead && seat.until === null) seats.set(seat.key, { ...known, isHead: true });
}

/** What each row says of her, as its roster writes it. */
export function statementsOf(members: readonly Member[], context: DeriveContext): RowStatement[] {
  return members.flatMap((member): RowStatement[] => {
    const { version, roster } = member;
    if (!version || !roster) return [];
    return [
      {
        sourceRowId: version.id,
        lineage: version.lineage,
        rosterId: roster.id,
        departmentId: roster.departmentId,
        since: version.since,
        until: version.until,
        said: saidOf(member, context),
      },
    ];
  });
}

/** The fields of a row as it writes them. */
export function saidOf({ row, version, hand }: Member, { input }: DeriveContext): StatedFields {
  const columns: readonly RosterColumn[] = version ? input.columns.get(version.columnsKey)! : [];
  const place = [row.street, row.area].map((cell) => plainText(cell)).filter(Boolean);
  const said: Record<keyof StatedFields, string> = {
    name: plainText(row.name),
    idNumber: plainText(row.idNumber ?? row.certificateNumber),
    sex: plainText(row.sex),
    birthDate: row.birthDate instanceof Date ? shownCell(row.birthDate) : plainText(row.birthDate),
    telephone: plainText(row.telephone),
    area: hand ? '' : [...new Set(place)].join(' '),
    address: plainText(row.address),
    registered: version ? plainText(cellOf(version, columns, 'registeredAddress')) : '',
  };
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text !== '')) as StatedFields;
}
