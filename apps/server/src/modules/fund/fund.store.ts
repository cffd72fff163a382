import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { FundKind } from './fund.ts';

export interface FundRow {
  id: Id;
  serial: number;
  code: string;
  name: string;
  kind: FundKind;
  areaId: number | null;
}

const columns = ['id', 'serial', 'code', 'name', 'kind', 'area_id'] as const;

interface Chosen {
  ids?: readonly Id[];
  code?: string;
  kind?: FundKind;
  /** Mutual-aid funds of these communities. */
  areaIds?: readonly number[];
  after?: number;
  limit?: number;
}

/** Funds in the order they were opened. */
export async function listFunds(tx: Scoped, chosen: Chosen): Promise<FundRow[]> {
  let query = tx.db.selectFrom('fund').select(columns).orderBy('serial');
  if (chosen.ids) query = query.where('id', 'in', chosen.ids);
  if (chosen.code !== undefined) query = query.where('code', '=', chosen.code);
  if (chosen.kind) query = query.where('kind', '=', chosen.kind);
  if (chosen.areaIds) query = query.where('area_id', 'in', chosen.areaIds);
  if (chosen.after !== undefined) query = query.where('serial', '>', chosen.after);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    code: row.code,
    name: row.name,
    kind: row.kind as FundKind,
    areaId: row.area_id,
  }));
}

/** Adds funds and answers them with their codes, in the order given. */
export async function insertFunds(
  tx: Writing,
  rows: readonly Omit<FundRow, 'serial' | 'code'>[],
): Promise<FundRow[]> {
  if (rows.length === 0) return [];
  await tx.db
    .insertInto('fund')
    .values(
      rows.map((row) => ({
        id: row.id,
        name: row.name,
        kind: row.kind,
        area_id: row.areaId,
        created_at: tx.now,
      })),
    )
    .execute();
  const added = await listFunds(tx, { ids: rows.map((row) => row.id) });
  return rows.map((row) => added.find((fund) => fund.id === row.id)!);
}

/** The agreement under which a special fund lies in the federation's books. */
export interface Agreement {
  partnerName: string;
  agreementNumber: string;
  agreedOn: string;
  purpose: string;
  remainderRule: string;
  /** The paper on which the partner agreed to be named in public (duty C-18). */
  namingPaper?: string | null | undefined;
}

export async function insertAgreement(tx: Writing, fundId: Id, row: Agreement): Promise<void> {
  await tx.db
    .insertInto('fund_agreement')
    .values({
      fund_id: fundId,
      partner_name: row.partnerName,
      agreement_number: row.agreementNumber,
      agreed_on: row.agreedOn,
      purpose: row.purpose,
      remainder_rule: row.remainderRule,
      naming_paper: row.namingPaper ?? null,
      recorded_by: tx.actor.accountId,
    })
    .execute();
}

/** The agreement of a fund; null for funds without one. */
export async function findAgreement(tx: Scoped, fundId: Id): Promise<Agreement | null> {
  const row = await tx.db
    .selectFrom('fund_agreement')
    .select(['partner_name', 'agreement_number', 'agreed_on', 'purpose', 'remainder_rule'])
    .select('naming_paper')
    .where('fund_id', '=', fundId)
    .executeTakeFirst();
  return row
    ? {
        partnerName: row.partner_name,
        agreementNumber: row.agreement_number,
        agreedOn: row.agreed_on,
        purpose: row.purpose,
        remainderRule: row.remainder_rule,
        namingPaper: row.naming_paper,
      }
    : null;
}
