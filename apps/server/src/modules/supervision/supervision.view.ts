import { formatYuan, Refusal, type Id } from '@wennuan/basics';
import type { FindingKind, routes, RouteOutput } from '@wennuan/contract';
import { dateOfNumber, findField } from '@wennuan/policy';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { handling } from './findings.ts';
import type { SupervisionNeeds } from './supervision.needs.ts';
import {
  findFinding,
  listFindings,
  listSteps,
  readSummary,
  type FindingRow,
} from './supervision.store.ts';
import { findingKinds } from '@wennuan/contract';

type View = RouteOutput<typeof routes.supervision.findings>['items'][number];
type Whole = RouteOutput<typeof routes.supervision.readFinding>;
type Step = Whole['steps'][number];
type Summary = RouteOutput<typeof routes.supervision.summary>;
type Code = View['evidence'][number]['code'];

/** Cases the caller may see, newest first. */
export async function readFindings(
  needs: SupervisionNeeds,
  actor: Actor,
  query: {
    kind?: FindingKind | undefined;
    open?: 'true' | 'false' | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<{ items: View[]; next: string | null }> {
  const { kind, limit, after } = query;
  return await needs.database.read(actor, async (tx) => {
    const rows = await listFindings(tx, {
      kind,
      limit: limit + 1,
      ...(query.open && { open: query.open === 'true' }),
      ...(after && /^\d{1,9}$/.test(after) && { after: Number(after) }),
    });
    const { shown, next } = cutPage(rows, limit, (last) => last.serial);
    return {
      items: await viewFindings(needs, tx, shown),
      next,
    };
  });
}

/** One case with its steps; refuses `not_found`. */
export async function readFinding(
  needs: SupervisionNeeds,
  actor: Actor,
  findingId: Id,
): Promise<Whole> {
  return await needs.database.read(actor, async (tx) => {
    const row = await findFinding(tx, findingId);
    if (!row) throw new Refusal('not_found');
    const [view] = await viewFindings(needs, tx, [row]);
    // A department sees that there is a case about its rows, not what others noted.
    const steps = actor.login === 'department' ? [] : await viewSteps(needs, tx, row.id);
    return {
      ...view!,
      owners: await ownersOf(needs, tx, row),
      referredTo: row.referred_to,
      recoveredFen: row.recovered_fen,
      steps,
    };
  });
}

/** Whose the case is: the office that its kind goes to first, in the area it is about or the one above. */
async function ownersOf(
  needs: SupervisionNeeds,
  tx: Scoped,
  row: FindingRow,
): Promise<Whole['owners']> {
  const { roles, level } = handling[row.kind as FindingKind];
  let area = needs.place.area(row.area_id);
  while (area.level !== level && area.parentId !== null) area = needs.place.area(area.parentId);
  const role = roles[0]!;
  const held = await needs.access.holders(tx, role, [area.id]);
  const ids = [...new Set(held.map(({ accountId }) => accountId))];
  const names = await needs.access.names(tx, ids);
  return { role, area: needs.place.ref(area.id), names: ids.flatMap((id) => names.get(id) ?? []) };
}

async function viewSteps(needs: SupervisionNeeds, tx: Scoped, findingId: Id): Promise<Step[]> {
  const rows = await listSteps(tx, findingId);
  const box = (await needs.vault.findBoxes(tx, [findingId])).get(findingId);
  const names = await needs.access.names(
    tx,
    rows.flatMap((row) => row.by_account_id ?? []),
  );
  return rows.map((row) => ({
    at: row.at.toISOString(),
    move: row.move as Step['move'],
    byName: row.by_account_id ? (names.get(row.by_account_id) ?? null) : null,
    note: row.note_sealed && box ? box.open(row.note_sealed) : null,
  }));
}

async function viewFindings(
  needs: SupervisionNeeds,
  tx: Scoped,
  rows: readonly FindingRow[],
): Promise<View[]> {
  const people = await needs.resident.people(
    tx,
    rows.flatMap((row) => row.person_id ?? []),
  );
  const words = await evidenceWords(needs, tx, rows);
  const clocks =
    tx.actor.login === 'staff'
      ? await needs.desk.clockOf(
          tx,
          rows.map((row) => row.id),
        )
      : new Map();
  return rows.map((row) => {
    const person = row.person_id ? people.get(row.person_id) : undefined;
    const clock = clocks.get(row.id);
    return {
      id: row.id,
      number: row.number,
      kind: row.kind as FindingKind,
      area: needs.place.ref(row.area_id),
      person: person ? { id: person.id, maskedName: person.maskedName } : null,
      foundAt: row.found_at.toISOString(),
      stillFound: row.gone_at === null,
      outcome: row.outcome as View['outcome'],
      endedAt: row.ended_at?.toISOString() ?? null,
      clock: clock
        ? {
            dueAt: clock.dueAt.toISOString(),
            workingMinutesLeft: clock.workingMinutesLeft,
            state: clock.state,
          }
        : null,
      evidence: words(row),
    };
  });
}

/** Who gives where it is no department of this district. */
const givers: Readonly<Record<string, { zh: string; en: string }>> = {
  statutory: { zh: '法定救助', en: 'Statutory aid' },
  department: { zh: '部门项目', en: 'A department’s programme' },
  charity: { zh: '慈善项目', en: 'A charity programme' },
};

type Evidence = [code: Code, value: string | number][];

/** Stored evidence in the reader's language: groups, programmes and departments by name, money in yuan. */
async function evidenceWords(needs: SupervisionNeeds, tx: Scoped, rows: readonly FindingRow[]) {
  const language = tx.actor.language;
  const all = rows.flatMap((row) => row.evidence as unknown as Evidence);
  const departments = await needs.organization.names(
    tx,
    all.flatMap(([code, value]) =>
      code === 'department' && /^[0-9a-f-]{36}$/.test(String(value)) ? [String(value)] : [],
    ),
  );
  const policies = await needs.program.policies(tx);
  const programmes = new Map(
    policies.map(({ policy }) => [policy.code, `${policy.code} ${policy.name[language]}`]),
  );
  const say = ([code, value]: Evidence[number]): View['evidence'][number] => {
    const text = String(value);
    switch (code) {
      case 'died_on':
        return { code, value: dateOfNumber(Number(value)) };
      case 'group': {
        const known = findField('group')!.values!.find((one) => one.number === Number(value));
        return { code, value: known?.[language] ?? text };
      }
      case 'benefit': {
        const name = /^\d+$/.test(text) ? Number(text).toString(36).toUpperCase() : text;
        return { code, value: programmes.get(name) ?? name };
      }
      case 'department':
        return { code, value: departments.get(text) ?? givers[text]?.[language] ?? text };
      case 'amount':
      case 'given':
      case 'matched':
      case 'paid_back':
        return { code, value: formatYuan(Number(value)) };
      default:
        return { code, value: text };
    }
  };
  return (row: FindingRow) => (row.evidence as unknown as Evidence).map(say);
}

/** How many cases of each kind are open and how the others ended, as far as the caller sees them. */
export async function readKinds(needs: SupervisionNeeds, actor: Actor): Promise<Summary> {
  return await needs.database.read(actor, async (tx) => {
    const { rows, lookedAt } = await readSummary(tx);
    const count = (kind: string, outcome: string | null) =>
      Number(rows.find((row) => row.kind === kind && row.outcome === outcome)?.cases ?? 0);
    return {
      asOf: tx.now.toISOString(),
      lookedAt,
      kinds: findingKinds.map((kind) => ({
        kind,
        open: count(kind, null),
        recovered: count(kind, 'recovered'),
        explained: count(kind, 'explained'),
        referred: count(kind, 'referred'),
        recoveredFen: Number(
          rows.find((row) => row.kind === kind && row.outcome === 'recovered')?.recovered ?? 0,
        ),
      })),
    };
  });
}
