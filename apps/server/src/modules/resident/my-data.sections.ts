import { dateInShanghai, type Id } from '@wennuan/basics';
import { fieldOfNumber } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import { areaNames, readPersonFacts } from './claims.service.ts';
import { viewExchanges } from './exchange.service.ts';
import { listExchanges } from './exchange.store.ts';
import { wordsOf } from './facts.ts';
import { listVisits } from './record.store.ts';
import type { DataSection, ResidentNeeds } from './resident.needs.ts';

const VISIT_WORDS: Record<string, string> = {
  need_registration: '登记需求',
  verification: '认定',
  care_check: '关爱走访',
  feedback: '回访',
};

/** What is on file about her in coded facts, with who says so. */
export async function factSection(
  needs: ResidentNeeds,
  tx: Scoped,
  personId: Id,
): Promise<DataSection[]> {
  const { facts } = await readPersonFacts(needs, tx, personId);
  const areaName = areaNames(needs);
  const rows = facts.flatMap((fact) => {
    const field = fieldOfNumber(fact.field);
    if (!field) return [];
    return [
      {
        项目: field.zh,
        内容: wordsOf(field, fact.value, areaName).zh,
        起止: `${fact.since ?? ''}—${fact.until ?? ''}`,
        来源: [fact.source.department ?? '社区登记', fact.source.roster ?? ''].join(' ').trim(),
        日期: fact.source.on,
      },
    ];
  });
  return [{ title: '登记的情况', rows }];
}

/** Which department received what of her, for what, on what legal basis. */
export async function exchangeSection(
  needs: ResidentNeeds,
  tx: Scoped,
  accountId: Id,
): Promise<DataSection> {
  const lines = await viewExchanges(needs, tx, await listExchanges(tx, { accountId }));
  return {
    title: '部门查询记录',
    rows: lines.map((line) => ({
      时间: dateInShanghai(new Date(line.at)),
      部门: line.department ?? '',
      用途: line.purpose,
      法律依据: line.legalBasis,
      内容: line.fields.map((field) => field.zh).join('、'),
    })),
  };
}

/** Visits to her, with what was written. */
export async function visitSection(
  needs: ResidentNeeds,
  tx: Scoped,
  accountId: Id,
): Promise<DataSection> {
  const visits = await listVisits(tx, { accountId });
  const boxes = await needs.vault.findBoxes(
    tx,
    visits.map((visit) => visit.person_id),
  );
  const names = await needs.access.names(
    tx,
    visits.map((visit) => visit.by_account_id),
  );
  return {
    title: '走访记录',
    rows: visits.map((visit) => ({
      日期: dateInShanghai(visit.visited_at),
      目的: VISIT_WORDS[visit.purpose] ?? visit.purpose,
      走访人: names.get(visit.by_account_id) ?? '',
      记录: boxes.get(visit.person_id)?.open(visit.note_sealed) ?? '',
    })),
  };
}
