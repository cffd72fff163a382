import { dateInShanghai, type Id, type PlainDate, Refusal } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { criteriaWords } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import { stepsOf } from '../approval/index.ts';
import { type FigureRow, listFigures } from './figure.store.ts';
import { leading, pendingOf, type Program, stateOn, type Version, yearly } from './program.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { listPrograms, listVersions, readRecords, type VersionRecord } from './program.store.ts';
import { withPlaces } from './program.words.ts';

type Row = RouteOutput<typeof routes.program.list>['items'][number];
type Read = RouteOutput<typeof routes.program.read>;
type VersionView = Read['versions'][number];

/** Every programme as the caller may see it: her people's candidates, or the district's sum. */
export async function listRows(needs: ProgramNeeds, tx: Scoped) {
  const programs = await listPrograms(tx);
  const versions = await listVersions(tx);
  const rows = await rowsOf(needs, tx, { programs, versions });
  const waiting = versions.filter(
    (one) => one.state === 'proposed' && mayDecideOffice(tx, one),
  ).length;
  return { items: rows, waiting };
}

interface Given {
  programs: readonly Program[];
  versions: readonly Version[];
}

async function rowsOf(needs: ProgramNeeds, tx: Scoped, given: Given): Promise<Row[]> {
  const on = dateInShanghai(tx.now);
  const ids = given.programs.flatMap(({ departmentId }) => departmentId ?? []);
  const names = await needs.organization.names(tx, [...new Set(ids)]);
  const figures = sumOf(await listFigures(tx, tx.actor.login === 'staff' ? 'place' : 'district'));
  return given.programs.flatMap((program) => {
    const own = given.versions.filter(({ programId }) => programId === program.id);
    const shown = leading(own, on);
    if (!shown) return [];
    const pending = pendingOf(own);
    const sum = program.evaluatedOn === null ? null : (figures.get(program.id) ?? NONE);
    const { policy } = shown;
    return [
      {
        id: program.id,
        code: program.code,
        name: policy.name,
        source: policy.source,
        department: departmentOf(program, names),
        cadence: policy.cadence,
        delivery: policy.delivery,
        unit: policy.unit,
        amountUnit: policy.benefit.unit,
        state: stateOn(shown, on),
        pending: pending && pending !== shown ? (pending.state as 'draft' | 'proposed') : null,
        validFrom: shown.validFrom,
        validUntil: lastOf(shown),
        candidates: sum?.candidates ?? null,
        amount: sum?.amount ?? null,
        yearly: sum === null ? null : yearly(policy, sum.amount),
        evaluatedOn: program.evaluatedOn,
      },
    ];
  });
}

const NONE = { candidates: 0, amount: 0 };

function departmentOf({ departmentId }: Program, names: ReadonlyMap<Id, string>) {
  return departmentId === null ? null : { id: departmentId, name: names.get(departmentId) ?? '' };
}

/** The first day without it: by its own words, or because another came or it was ended. */
function lastOf({ validUntil, endsOn }: Version): PlainDate | null {
  const days = [validUntil, endsOn].filter((one) => one !== null).toSorted();
  return days[0] ?? null;
}

function sumOf(figures: readonly FigureRow[]): Map<Id, { candidates: number; amount: number }> {
  const sums = new Map<Id, { candidates: number; amount: number }>();
  for (const { programId, candidates, amount } of figures) {
    const sum = sums.get(programId) ?? NONE;
    sums.set(programId, {
      candidates: sum.candidates + candidates,
      amount: sum.amount + Number(amount),
    });
  }
  return sums;
}

/** One programme with its versions and where its candidates live; refuses `not_found`. */
export async function readProgram(needs: ProgramNeeds, tx: Scoped, code: string): Promise<Read> {
  const [program] = await listPrograms(tx, [code]);
  const versions = program ? await listVersions(tx, { programIds: [program.id] }) : [];
  if (!program || versions.length === 0) throw new Refusal('not_found');
  const [row] = await rowsOf(needs, tx, { programs: [program], versions });
  return {
    ...row!,
    versions: await versionViews(needs, tx, versions),
    byStreet: await streetsOf(needs, tx, program),
    mayDraft: mayDraft(tx, program),
  };
}

async function streetsOf(needs: ProgramNeeds, tx: Scoped, program: Program) {
  if (tx.actor.login !== 'staff') return [];
  const places = await listFigures(tx, 'place', [program.id]);
  const streets = new Map<number, { candidates: number; amount: number }>();
  for (const { areaId, candidates, amount } of places) {
    const { id } = needs.place.streetOf(areaId);
    const sum = streets.get(id) ?? NONE;
    streets.set(id, { candidates: sum.candidates + candidates, amount: sum.amount + amount });
  }
  return [...streets]
    .map(([id, sum]) => ({ area: needs.place.ref(id), ...sum }))
    .toSorted((a, b) => b.candidates - a.candidates);
}

function mayDraft({ actor }: Scoped, program: Program): boolean {
  if (actor.login === 'department') return program.departmentId === actor.organizationId;
  return actor.role === 'district_officer';
}

function mayDecideOffice({ actor }: Scoped, { source }: Version): boolean {
  return actor.role === (source === 'charity' ? 'federation_approver' : 'district_officer');
}

async function versionViews(
  needs: ProgramNeeds,
  tx: Scoped,
  versions: readonly Version[],
): Promise<VersionView[]> {
  const records = await readRecords(
    tx,
    versions.map(({ id }) => id),
  );
  const all = [...records.values()];
  const names = await needs.access.names(tx, [
    ...new Set(all.flatMap(({ draftedBy, decidedBy }) => [draftedBy, decidedBy].filter(isId))),
  ]);
  const asked = all.flatMap(({ approvalId }) => approvalId ?? []);
  const approvals =
    tx.actor.login === 'department' ? new Map() : await needs.approval.read(tx, asked);
  const said = withPlaces(needs);
  return versions.map((version) => {
    const record = records.get(version.id)!;
    const approval = record.approvalId === null ? undefined : approvals.get(record.approvalId);
    return viewOf(tx, { version, record, names, approval, said });
  });
}

const isId = (one: Id | null): one is Id => one !== null;

interface Viewed {
  said: ReturnType<typeof withPlaces>;
  version: Version;
  record: VersionRecord;
  names: ReadonlyMap<Id, string>;
  approval: Awaited<ReturnType<ProgramNeeds['approval']['read']>> extends ReadonlyMap<
    Id,
    infer View
  >
    ? View | undefined
    : never;
}

function viewOf(tx: Scoped, { version, record, names, approval, said }: Viewed): VersionView {
  const state = stateOn(version, dateInShanghai(tx.now));
  const isPending = state === 'draft' || state === 'proposed';
  const isOwn =
    tx.actor.role === 'district_officer' ||
    (tx.actor.login === 'department' && version.departmentId === tx.actor.organizationId);
  const isCharity = version.source === 'charity';
  const mayWord = isCharity
    ? state === 'proposed' && approval !== undefined && approval.mayNotWhy === null
    : isPending;
  return {
    id: version.id,
    number: version.number,
    state,
    definition: { ...version.policy },
    sentence: said(criteriaWords(version.policy.criteria)),
    validFrom: version.validFrom,
    validUntil: lastOf(version),
    draftedAt: record.draftedAt.toISOString(),
    draftedBy: nameOf(names, record.draftedBy),
    decidedAt: version.decidedAt?.toISOString() ?? null,
    decidedBy: nameOf(names, record.decidedBy),
    note: record.note,
    steps: stepsOf(approval),
    maySubmit: state === 'draft' && isOwn,
    mayDecide: mayDecideOffice(tx, version) && mayWord,
    mayWithdraw: isPending && isOwn,
    mayEnd:
      (state === 'valid' || state === 'decided') &&
      version.endsOn === null &&
      mayDecideOffice(tx, version),
  };
}

function nameOf(names: ReadonlyMap<Id, string>, id: Id | null): string | null {
  return id === null ? null : (names.get(id) ?? null);
}
