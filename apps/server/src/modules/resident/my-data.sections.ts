import { dateInShanghai, type Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import { fieldOfNumber } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import { areaNames, readPersonFacts } from './claims.service.ts';
import { viewExchanges } from './exchange.service.ts';
import { listExchanges } from './exchange.store.ts';
import { wordsOf } from './facts.ts';
import { listVisits } from './record.store.ts';
import type { DataSection, ResidentNeeds } from './resident.needs.ts';

const sectionWords = {
  zh: {
    facts: '登记的情况',
    field: '项目',
    value: '内容',
    period: '起止',
    source: '来源',
    byHand: '社区登记',
    date: '日期',
    exchanges: '部门查询记录',
    at: '时间',
    department: '部门',
    purpose: '用途',
    legalBasis: '法律依据',
    comma: '、',
    visits: '走访记录',
    why: '目的',
    visitor: '走访人',
    note: '记录',
    visitFor: {
      need_registration: '登记需求',
      verification: '认定',
      care_check: '关爱走访',
      feedback: '回访',
    } as Readonly<Record<string, string>>,
  },
  en: {
    facts: 'What is on file',
    field: 'Fact',
    value: 'Value',
    period: 'From and until',
    source: 'Source',
    byHand: 'Noted by the community',
    date: 'Date',
    exchanges: 'What departments asked for',
    at: 'When',
    department: 'Department',
    purpose: 'Purpose',
    legalBasis: 'Legal basis',
    comma: ', ',
    visits: 'Visits',
    why: 'Why',
    visitor: 'Who came',
    note: 'Note',
    visitFor: {
      need_registration: 'to register a need',
      verification: 'to verify',
      care_check: 'to see how I am',
      feedback: 'to ask how it went',
    } as Readonly<Record<string, string>>,
  },
} as const;

/** What is on file about her in coded facts, with who says so. */
export async function factSection(
  needs: ResidentNeeds,
  tx: Scoped,
  { personId, language }: { personId: Id; language: Language },
): Promise<DataSection[]> {
  const { facts } = await readPersonFacts(needs, tx, personId);
  const areaName = areaNames(needs);
  const say = sectionWords[language];
  const rows = facts.flatMap((fact) => {
    const field = fieldOfNumber(fact.field);
    if (!field) return [];
    return [
      {
        [say.field]: field[language],
        [say.value]: wordsOf(field, fact.value, areaName)[language],
        [say.period]: `${fact.since ?? ''}—${fact.until ?? ''}`,
        [say.source]: [fact.source.department ?? say.byHand, fact.source.roster ?? '']
          .join(' ')
          .trim(),
        [say.date]: fact.source.on,
      },
    ];
  });
  return [{ title: say.facts, rows }];
}

/** Which department received what of her, for what, on what legal basis. */
export async function exchangeSection(
  needs: ResidentNeeds,
  tx: Scoped,
  accountId: Id,
): Promise<DataSection> {
  const lines = await viewExchanges(needs, tx, await listExchanges(tx, { accountId }));
  const { language } = tx.actor;
  const say = sectionWords[language];
  return {
    title: say.exchanges,
    rows: lines.map((line) => ({
      [say.at]: dateInShanghai(new Date(line.at)),
      [say.department]: line.department ?? '',
      [say.purpose]: line.purpose,
      [say.legalBasis]: line.legalBasis,
      [say.value]: line.fields.map((field) => field[language]).join(say.comma),
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
  const say = sectionWords[tx.actor.language];
  return {
    title: say.visits,
    rows: visits.map((visit) => ({
      [say.date]: dateInShanghai(visit.visited_at),
      [say.why]: say.visitFor[visit.purpose] ?? visit.purpose,
      [say.visitor]: names.get(visit.by_account_id) ?? '',
      [say.note]: boxes.get(visit.person_id)?.open(visit.note_sealed) ?? '',
    })),
  };
}
