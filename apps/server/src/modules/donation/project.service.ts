import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { listProjects, type Project } from './gift.store.ts';
import { lockItems } from './item.store.ts';
import {
  insertPlatformProjects,
  listPlatformProjects,
  numberProject,
  type ProjectRow,
} from './project.store.ts';

/** What a payment says it is for. */
export interface Wanted {
  code: string | null;
  name: string | null;
}

const NAMELESS = '未写明项目';

/** What two payments of one project have in common. */
export function projectKey({ code, name }: Wanted): string {
  return code === null ? `name:${name ?? NAMELESS}` : `code:${code}`;
}

/**
 * Finds what project numbers stand for: campaigns, items and funds by their own code, else numbers of the
 * platform. A number nobody knows yet gets an account of its own, where its money is held apart until it is
 * attached to a campaign. Without a number a name is taken for the one project that has it.
 */
export async function findOrHoldProjects(
  needs: Pick<DonationNeeds, 'newId' | 'fund'>,
  tx: Writing,
  wanted: readonly Wanted[],
): Promise<Map<string, Project>> {
  const once = [...new Map(wanted.map((one) => [projectKey(one), one])).values()];
  const codes = once.flatMap((one) => one.code ?? []);
  const names = [...new Set(once.map((one) => one.name ?? NAMELESS))];
  const own = await listProjects(tx, codes);
  const rows = await listPlatformProjects(tx, { codes, names, lock: true });
  const added: ProjectRow[] = [];
  const found = new Map<string, Project>();
  for (const one of once) {
    const known = one.code === null ? undefined : own.get(one.code);
    if (known) {
      found.set(projectKey(one), known);
      continue;
    }
    const row = rowFor([...rows, ...added], one) ?? newRow(needs, one);
    if (!rows.includes(row) && !added.includes(row)) added.push(row);
    if (row.code === null && one.code !== null) {
      row.code = one.code;
      if (rows.includes(row)) await numberProject(tx, row.id, one.code);
    }
    found.set(projectKey(one), heldProject(row));
  }
  await openHeld(needs, tx, added);
  return found;
}

function rowFor(rows: readonly ProjectRow[], { code, name }: Wanted): ProjectRow | null {
  const named = rows.filter((row) => row.name === (name ?? NAMELESS));
  const exact = rows.find((row) => row.code === code && (code !== null || named.includes(row)));
  if (exact) return exact;
  if (code !== null) return named.find((row) => row.code === null) ?? null;
  return named.length === 1 ? named[0]! : null;
}

function newRow(needs: Pick<DonationNeeds, 'newId'>, { code, name }: Wanted): ProjectRow {
  const own = { id: needs.newId(), code, name: name ?? NAMELESS };
  return { ...own, serial: 0, campaignId: null, attachedAt: null };
}

/** Holds what project numbers and names stand for until the transaction ends: items and numbers of the platform. */
export async function holdProjects(tx: Writing, wanted: readonly Wanted[]): Promise<void> {
  const codes = [...new Set(wanted.flatMap((one) => one.code ?? []))];
  const names = [...new Set(wanted.map((one) => one.name ?? NAMELESS))];
  const own = await listProjects(tx, codes);
  await listPlatformProjects(tx, { codes, names, lock: true });
  await lockItems(
    tx,
    [...own.values()].flatMap((one) => (one.targetKind === 'item' ? one.targetId : [])),
  );
}

/** The project as a gift's target: public fundraising, as the platform carries no other. */
export function heldProject(row: Pick<ProjectRow, 'id' | 'code' | 'campaignId'>): Project {
  return {
    code: row.code ?? '',
    targetKind: row.campaignId === null ? 'project' : 'campaign',
    targetId: row.campaignId ?? row.id,
    campaignId: row.campaignId,
    legalForm: 'public_fundraising',
    needId: null,
  };
}

async function openHeld(
  needs: Pick<DonationNeeds, 'fund'>,
  tx: Writing,
  projects: readonly ProjectRow[],
): Promise<void> {
  await insertPlatformProjects(
    tx,
    projects.map(({ id, code, name }) => ({ id, code, name })),
  );
  await needs.fund.openAccounts(
    tx,
    projects.map((project) => ({
      id: project.id as Id,
      kind: 'inner',
      unit: 'fen',
      code: null,
      purpose: {
        kind: 'campaign',
        subjectId: project.id,
        label: `${project.code ?? ''} ${project.name}（待归入募捐活动）`.trim(),
        areaId: null,
        isPublic: true,
      },
    })),
  );
  for (const project of projects) tx.touched('platform_project', project.id);
}
