import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { fieldOfNumber, findField } from '@wennuan/policy';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { areaNames, readPersonFacts } from './claims.service.ts';
import {
  endPurposeRow,
  findPurpose,
  insertExchanges,
  insertPurpose,
  listExchanges,
  listPurposes,
} from './exchange.store.ts';
import { FIELD_NUMBER, fieldFactsOf, type FieldFacts } from './facts.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { hasReason } from './resident.ts';
import { findPerson, readPersons } from './resident.store.ts';

type Purpose = RouteOutput<typeof routes.purpose.list>['items'][number];
type ExchangeLine = RouteOutput<typeof routes.purpose.exchanges>['items'][number];
type ExchangeRow = Awaited<ReturnType<typeof listExchanges>>[number];

/** Data of people that came in with a roster, or went out on a list: for the register of exchanges (C-24). */
export interface ExchangeCommand {
  readonly kind: 'roster_in' | 'list_out';
  /** Who received; null: the programme itself. */
  readonly departmentId: Id | null;
  readonly fromDepartmentId: Id | null;
  readonly purpose: string;
  readonly legalBasis: string;
  /** Numbers of the policy library's fields. */
  readonly fields: readonly number[];
  readonly people: number;
}

/** A purpose of a department, as the district office writes it. */
export interface PurposeCommand {
  readonly departmentId: Id;
  readonly purpose: string;
  /** Codes of the policy library's fields. */
  readonly fields: readonly string[];
  readonly legalBasis: string;
  readonly validFrom: PlainDate;
  readonly validUntil: PlainDate;
}

/** Notes exchanges of many people at once, each with its legal basis. System login. */
export async function noteExchanges(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly ExchangeCommand[],
): Promise<void> {
  const areaId = needs.place.district()!.id;
  await insertExchanges(
    tx,
    commands.map((command) => ({
      id: needs.newId(),
      at: tx.now,
      kind: command.kind,
      department_id: command.departmentId,
      from_department_id: command.fromDepartmentId,
      purpose: command.purpose,
      legal_basis: command.legalBasis,
      fields: [...command.fields],
      area_id: areaId,
      people: command.people,
      by_account_id: tx.actor.accountId,
    })),
  );
}

/** Allows departments named fields for named purposes; refuses `not_found`, `purpose_invalid`. District office or system login. */
export async function addPurposes(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly PurposeCommand[],
): Promise<Id[]> {
  const today = dateInShanghai(tx.now);
  const names = await needs.organizationNames?.(
    tx,
    commands.map((command) => command.departmentId),
  );
  const ids: Id[] = [];
  for (const command of commands) {
    if (!names?.has(command.departmentId)) throw new Refusal('not_found', {}, 'departmentId');
    const fields = command.fields.map((code) => findField(code)?.number ?? null);
    if (fields.includes(null)) throw new Refusal('purpose_invalid', {}, 'fields');
    if (command.validUntil < command.validFrom || command.validUntil < today)
      throw new Refusal('purpose_invalid', {}, 'validUntil');
    const id = needs.newId();
    await insertPurpose(tx, {
      id,
      department_id: command.departmentId,
      area_id: needs.place.district()!.id,
      purpose: command.purpose,
      fields: [...new Set(fields as number[])],
      legal_basis: command.legalBasis,
      valid_from: command.validFrom,
      valid_until: command.validUntil,
      added_at: tx.now,
      added_by: tx.actor.accountId,
    });
    tx.touched('department_purpose', id);
    ids.push(id);
  }
  return ids;
}

/** Ends a purpose from now on; refuses `not_found`. */
export async function endPurpose(needs: ResidentNeeds, actor: Actor, id: Id): Promise<void> {
  await needs.database.write(actor, 'resident.end_purpose', async (tx) => {
    if (!(await endPurposeRow(tx, id))) throw new Refusal('not_found');
    tx.touched('department_purpose', id);
  });
}

/** Purposes of departments; a department's officer sees its own. */
export async function readPurposes(
  needs: ResidentNeeds,
  actor: Actor,
): Promise<{ items: Purpose[] }> {
  return await needs.database.read(actor, async (tx) => {
    const today = dateInShanghai(tx.now);
    const rows = await listPurposes(tx);
    const names = await needs.organizationNames?.(
      tx,
      rows.map((row) => row.department_id),
    );
    return {
      items: rows.map((row) => ({
        id: row.id,
        departmentId: row.department_id,
        department: names?.get(row.department_id) ?? '',
        purpose: row.purpose,
        fields: row.fields.flatMap(fieldWords),
        legalBasis: row.legal_basis,
        validFrom: row.valid_from,
        validUntil: row.valid_until,
        isValid: isValid(row, today),
      })),
    };
  });
}

function fieldWords(number: number): Purpose['fields'] {
  const field = fieldOfNumber(number);
  return field ? [{ code: field.code, title: { zh: field.zh, en: field.en } }] : [];
}

function isValid(
  row: { ended_at: Date | null; valid_from: PlainDate; valid_until: PlainDate },
  today: PlainDate,
): boolean {
  return row.ended_at === null && row.valid_from <= today && today <= row.valid_until;
}

/**
 * A department asks what others say of a person of its own rosters: the fields of one of its purposes, and nothing else.
 * The row that notes it, with purpose and legal basis, is written before anything is read, and she sees it (C-19, C-24).
 * Refuses `reason_required`, `purpose_not_valid`, `person_not_in_area`.
 */
export async function askExchange(
  needs: ResidentNeeds,
  actor: Actor,
  command: { purposeId: Id; personId: Id; reason: string },
): Promise<{ exchangeId: Id; facts: FieldFacts[] }> {
  if (!hasReason(command.reason)) throw new Refusal('reason_required', {}, 'reason');
  const { purpose, isHers } = await needs.database.read(actor, async (tx) => ({
    purpose: await findPurpose(tx, command.purposeId),
    isHers: (await findPerson(tx, command.personId)) !== undefined,
  }));
  if (!isHers) throw new Refusal('person_not_in_area');
  if (!purpose || purpose.department_id !== actor.organizationId)
    throw new Refusal('purpose_not_valid', {}, 'purposeId');
  // Other departments' facts are no login's but the system's: it reads them for the asker, once it is noted.
  const reader: Actor = { ...actor, login: 'system' };
  return await needs.database.write(reader, 'resident.ask_exchange', async (tx) => {
    if (!isValid(purpose, dateInShanghai(tx.now)))
      throw new Refusal('purpose_not_valid', {}, 'purposeId');
    const [person] = await readPersons(tx, [command.personId]);
    const box = (await needs.vault.findBoxes(tx, [command.personId])).get(command.personId);
    if (!person || !box) throw new Refusal('person_not_in_area');
    const exchangeId = needs.newId();
    await insertExchanges(tx, [
      {
        id: exchangeId,
        at: tx.now,
        kind: 'asked',
        department_id: actor.organizationId,
        purpose_id: purpose.id,
        purpose: purpose.purpose,
        legal_basis: purpose.legal_basis,
        fields: purpose.fields,
        person_id: person.id,
        account_id: person.account_id,
        area_id: person.area_id,
        people: 1,
        reason_sealed: box.seal(command.reason),
        by_account_id: actor.accountId,
      },
    ]);
    tx.touched('person', person.id, `exchange:${purpose.id}`);
    return { exchangeId, facts: await allowedFacts(needs, tx, person.id, purpose) };
  });
}

/** Groups that are told by an illness, a disability or what befell somebody, and the fields that say it. */
const TOLD_BY: Readonly<Record<string, readonly string[]>> = {
  disabled: ['disability_category', 'disability_grade'],
  serious_illness: ['illness', 'medical_total_fen', 'own_payment_fen'],
  child: ['child_hardship'],
  woman: ['woman_hardship'],
  bereaved_family: ['bereavement'],
};

/** Whether a purpose that names the group may hear of this one: of a sensitive one only where it names its fields too. */
function tellsGroup(fields: readonly number[], group: number): boolean {
  const code = findField('group')!.values!.find(({ number }) => number === group)?.code ?? '';
  const told = TOLD_BY[code];
  return !told || told.some((one) => fields.includes(findField(one)!.number!));
}

/** What others than the asking department say, in the fields that its purpose names. */
async function allowedFacts(
  needs: ResidentNeeds,
  tx: Scoped,
  personId: Id,
  purpose: { department_id: Id; fields: readonly number[] },
): Promise<FieldFacts[]> {
  const { facts } = await readPersonFacts(needs, tx, personId);
  const isAllowed = ({ field, value }: { field: number; value: number }) =>
    purpose.fields.includes(field) &&
    (field !== FIELD_NUMBER.group || tellsGroup(purpose.fields, value));
  return fieldFactsOf(
    facts.filter((fact) => isAllowed(fact) && fact.departmentId !== purpose.department_id),
    { today: dateInShanghai(tx.now), areaName: areaNames(needs), isMasked: false },
  );
}

/** The register of exchanges, newest first; a department sees what it received. */
export async function readExchanges(
  needs: ResidentNeeds,
  actor: Actor,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: ExchangeLine[]; next: Id | null }> {
  return await needs.database.read(actor, async (tx) => {
    const rows = await listExchanges(tx, page);
    const { shown, next } = cutPage(rows, page.limit, (last) => last.id);
    return {
      items: await viewExchanges(needs, tx, shown),
      next,
    };
  });
}

/** Exchanges as pages show them. */
export async function viewExchanges(
  needs: ResidentNeeds,
  tx: Scoped,
  rows: readonly ExchangeRow[],
): Promise<ExchangeLine[]> {
  if (rows.length === 0) return [];
  const departments = rows.flatMap((row) => [
    ...(row.departmentId ? [row.departmentId] : []),
    ...(row.fromDepartmentId ? [row.fromDepartmentId] : []),
  ]);
  const organizations = await needs.organizationNames?.(tx, departments);
  const names = await needs.access.names(
    tx,
    rows.flatMap((row) => row.byAccountId ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind as ExchangeLine['kind'],
    department: organizations?.get(row.departmentId ?? '') ?? null,
    from: organizations?.get(row.fromDepartmentId ?? '') ?? null,
    purpose: row.purpose,
    legalBasis: row.legalBasis,
    fields: row.fields.flatMap((number) => fieldWords(number).map((one) => one.title)),
    people: row.people,
    byName: names.get(row.byAccountId ?? '') ?? '',
  }));
}
