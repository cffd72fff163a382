import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { dateOfNumber, findField } from '@wennuan/policy';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import {
  FIELD_NUMBER,
  type FactSource,
  isSensitiveFact,
  type SensitiveField,
  type StatedFact,
  wordsOf,
} from './facts.ts';
import { listFacts } from './facts.store.ts';
import { openColumn } from './identity.ts';
import { normaliseIdNumber } from './id-number.ts';
import { maskAddress, maskBirthDate, maskIdNumber, maskName } from './masks.ts';
import { nameKey } from './readings.ts';
import { insertOpening } from './record.store.ts';
import type { ResidentNeeds, SourceLine } from './resident.needs.ts';
import { hasReason, type IdentityField } from './resident.ts';
import { findPerson, type PersonRow } from './resident.store.ts';
import { addressText } from './terms.ts';

type Claims = RouteOutput<typeof routes.resident.readPerson>['claims'];
type Opened = RouteOutput<typeof routes.resident.openField>;

/** All that is said of a person: facts with their sources, and what the sources say of who she is. */
export interface PersonFacts {
  readonly facts: readonly StatedFact[];
  readonly sources: readonly SourceLine[];
}

/** Facts of a person with who says so, as far as the caller may see them. */
export async function readPersonFacts(
  needs: ResidentNeeds,
  tx: Scoped,
  personId: Id,
): Promise<PersonFacts> {
  const rows = await listFacts(tx, personId);
  const sources = (await needs.sourcesOf?.(tx, personId)) ?? [];
  const byRow = new Map(sources.map((source) => [source.sourceRowId, source]));
  const departments = rows.flatMap((row) =>
    row.departmentId && !byRow.has(row.sourceRowId ?? '') ? row.departmentId : [],
  );
  const names =
    departments.length > 0 ? await needs.organizationNames?.(tx, departments) : undefined;
  return {
    sources,
    facts: rows.map((row) => {
      const line = byRow.get(row.sourceRowId ?? '');
      const source: FactSource = {
        kind: row.departmentId === null ? 'worker' : 'roster',
        department: line?.department ?? names?.get(row.departmentId ?? '') ?? null,
        roster: line?.roster ?? null,
        on: line?.deliveredOn ?? dateInShanghai(row.notedAt),
      };
      const { id, field, value, since, until, departmentId } = row;
      const isNote = row.departmentId === null && row.sourceRowId === null;
      return { id, field, value, since, until, departmentId, source, isNote };
    }),
  };
}

/** Names of areas by their codes of 12 digits, as facts store them; null for one that no place has now. */
export function areaNames(needs: Pick<ResidentNeeds, 'place'>): (code: string) => string | null {
  const byCode = new Map(needs.place.all().map((area) => [area.code.padEnd(12, '0'), area.name]));
  return (code) => byCode.get(code) ?? null;
}

const IDENTITY_FIELDS = {
  name: { of: 'name', mask: maskName, key: nameKey },
  telephone: { of: 'telephone', mask: null, key: (text: string) => text.replace(/\D/g, '') },
  id_number: {
    of: 'idNumber',
    mask: maskIdNumber,
    key: (text: string) => normaliseIdNumber(text) ?? '',
  },
  address: { of: 'address', mask: maskAddress, key: addressText },
  birth_date: { of: 'birthDate', mask: maskBirthDate, key: (text: string) => text },
} as const satisfies Record<IdentityField, object>;

function maskOf(needs: ResidentNeeds, field: IdentityField): (text: string) => string {
  return IDENTITY_FIELDS[field].mask ?? needs.access.maskTelephone;
}

/** What sources say of one field: each writing once, with all that write so. */
function sayingsOf(sources: readonly SourceLine[], field: IdentityField) {
  const { of, key } = IDENTITY_FIELDS[field];
  const said = new Map<string, { value: string; sources: FactSource[] }>();
  for (const line of sources) {
    const value = line.says[of];
    if (!value) continue;
    const known = said.get(key(value)) ?? { value, sources: [] };
    known.sources.push({
      kind: 'roster',
      department: line.department,
      roster: line.roster,
      on: line.deliveredOn,
    });
    said.set(key(value), known);
  }
  return [...said.values()];
}

/** Fields of who she is that sources write differently, side by side and masked. */
export function claimsOf(needs: ResidentNeeds, { sources }: PersonFacts): Claims {
  return (Object.keys(IDENTITY_FIELDS) as IdentityField[]).flatMap((field) => {
    const said = sayingsOf(sources, field);
    if (said.length < 2) return [];
    const mask = maskOf(needs, field);
    return [
      { field, values: said.map((one) => ({ masked: mask(one.value), sources: one.sources })) },
    ];
  });
}

/** The masked numbers of a file: from the file, and for a department from its own rosters. */
export function maskedOf(
  needs: ResidentNeeds,
  { row, box, said }: { row: PersonRow; box: Box; said: PersonFacts },
) {
  const masked = (field: IdentityField) => {
    const value = openColumn(row, box, field) ?? sayingsOf(said.sources, field)[0]?.value ?? null;
    return value === null ? null : maskOf(needs, field)(value);
  };
  return {
    telephone: masked('telephone'),
    idNumber: masked('id_number'),
    address: masked('address'),
    birthDate: masked('birth_date'),
  };
}

/**
 * Opens one field. Who, when and why stays in the file for the person to see; the audit names the field
 * but not the reason, which may itself be personal. Refuses `reason_required`, `person_not_in_area`.
 */
export async function openField(
  needs: ResidentNeeds,
  actor: Actor,
  command: { personId: Id; field: SensitiveField; reason: string },
): Promise<Opened> {
  if (!hasReason(command.reason)) throw new Refusal('reason_required', {}, 'reason');
  return await needs.database.write(actor, 'resident.open_field', async (tx) => {
    const row = await findPerson(tx, command.personId);
    const box = (await needs.vault.findBoxes(tx, [command.personId])).get(command.personId);
    if (!row || row.erased_at || !box) throw new Refusal('person_not_in_area');
    await insertOpening(tx, {
      id: needs.newId(),
      person_id: row.id,
      account_id: row.account_id,
      area_id: row.area_id,
      field: command.field,
      reason_sealed: box.seal(command.reason),
      at: tx.now,
      by_account_id: actor.accountId!,
    });
    tx.touched('person', row.id, command.field);
    const said = await readPersonFacts(needs, tx, row.id);
    return isSensitiveFact(command.field)
      ? openFact(said, command.field, actor)
      : openIdentityField({ row, box, said }, command.field);
  });
}

function openIdentityField(
  { row, box, said }: { row: PersonRow; box: Box; said: PersonFacts },
  field: IdentityField,
): Opened {
  const sayings = sayingsOf(said.sources, field);
  const each = [
    ...sayings.flatMap(({ value, sources }) => sources.map((source) => ({ value, source }))),
    ...(field === 'birth_date' && sayings.length === 0 ? birthDates(said) : []),
  ];
  const differ = new Set(each.map((one) => one.value)).size > 1;
  const value = openColumn(row, box, field) ?? each[0]?.value ?? null;
  return { value, said: differ ? each : [] };
}

/** Birth dates as facts have them. */
function birthDates({ facts }: PersonFacts): Opened['said'] {
  return facts
    .filter((fact) => fact.field === FIELD_NUMBER.bornOn)
    .map(({ value, source }) => ({ value: dateOfNumber(value), source }));
}

function openFact({ facts }: PersonFacts, code: string, { language }: Actor): Opened {
  const field = findField(code)!;
  const said = facts
    .filter((fact) => fact.field === field.number)
    .map((fact) => ({
      value: wordsOf(field, fact.value, () => null)[language] + period(fact.since, fact.until),
      source: fact.source,
    }));
  const values = [...new Set(said.map((one) => one.value))];
  return { value: values.join('；') || null, said: said.length < 2 ? [] : said };
}

function period(since: PlainDate | null, until: PlainDate | null): string {
  return since === null && until === null ? '' : ` (${since ?? '…'} – ${until ?? '…'})`;
}
