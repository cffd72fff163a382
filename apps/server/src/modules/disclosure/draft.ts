import { formatYuan } from '@wennuan/basics';
import { ruleOf, type DutyKind } from './disclosure.ts';
import type { DutyRow } from './disclosure.store.ts';
import type { Figures } from './figures.store.ts';

/** Figures besides money that a half-yearly report tells. */
export interface Operation {
  complaints: { open: number; late: number; answered: number };
  duties: { done: number; late: number; overdue: number };
}

/** Kinds whose report is made of the ledger's figures. */
export function hasFigures(kind: DutyKind): boolean {
  return ![
    'emergency_filing',
    'related_party',
    'partner_assessment',
    'big_transaction',
    'charity_sale_result',
  ].includes(kind);
}

/** A report's first wording, made from the ledger, for a person to edit before it is published. In Chinese, as it is law. */
export function draftText(
  duty: DutyRow,
  {
    figures,
    operation,
    charity,
    sold,
  }: {
    figures: Figures | null;
    operation: Operation;
    charity: string;
    /** Of a charity sale: its result in sentences, as the ledger has it now. */
    sold: readonly string[];
  },
): string {
  const lines = [
    `${duty.subjectName || charity}${ruleOf(duty.kind).title.zh}`,
    `报告期：${day(duty.coversFrom)}至 ${day(figures?.until ?? duty.coversUntil)}。`,
    ...openingOf(duty),
    ...sold,
    ...(figures ? moneyLines(figures) : []),
    ...(duty.kind === 'operating_report' ? operationLines(operation) : []),
    ...(duty.kind === 'final_report'
      ? ['活动已经结束。剩余财产按备案方案的规定处理：（请补充）。']
      : []),
    `本报告由${charity}公布。每一笔收支都在公开账本里，谁都可以核对。`,
  ];
  return lines.join('\n');
}

function openingOf(duty: DutyRow): string[] {
  switch (duty.kind) {
    case 'emergency_filing':
      return ['本次应急募捐已先行开展，现补办公开募捐方案备案。备案编号：（请填写）。'];
    case 'related_party':
      return [
        `关联交易：${duty.detail ?? ''}。`,
        '交易对方与本会的关系、交易金额和定价依据：（请填写）。',
      ];
    case 'partner_assessment':
      return [`评估对象：${duty.detail ?? ''}。`, '评估方法、结论和后续措施：（请填写）。'];
    case 'remainder':
      return [`剩余财产：${duty.detail ?? ''}。`, '去向和依据：（请填写）。'];
    case 'big_transaction':
      return [
        `重大交易：${duty.detail ?? duty.period}。`,
        '交易背景、决策程序和对方情况：（请填写）。',
      ];
    default:
      return [];
  }
}

function moneyLines(figures: Figures): string[] {
  const uses = figures.uses.map((use) => `${use.label} ${formatYuan(use.amountFen)}`).join('，');
  const { inFen, outFen, otherInFen, otherOutFen } = figures;
  const more = otherInFen > 0 ? `，另有配捐和其他转入 ${formatYuan(otherInFen)}` : '';
  const less =
    otherOutFen > 0 ? `，另按备案规则、变更用途或管理费比例等转出 ${formatYuan(otherOutFen)}` : '';
  return [
    `本期收到 ${figures.gifts} 笔捐赠，共 ${formatYuan(inFen - otherInFen)}${more}；支出 ${formatYuan(outFen - otherOutFen)}${less}。`,
    `自开始以来共收到 ${formatYuan(figures.totalInFen)}，支出 ${formatYuan(figures.totalOutFen)}，结余 ${formatYuan(figures.balanceFen)}。`,
    uses ? `本期用于：${uses}。` : '本期没有支出。',
  ];
}

function operationLines({ complaints, duties }: Operation): string[] {
  return [
    `本期以来共答复投诉 ${complaints.answered} 件，正在办理 ${complaints.open} 件，其中逾期 ${complaints.late} 件。`,
    `信息公开：按期 ${duties.done} 项，迟延 ${duties.late} 项，逾期未公开 ${duties.overdue} 项。`,
    '系统安全与个人信息保护：（请补充）。',
  ];
}

function day(date: string): string {
  const [year, month, number] = date.split('-').map(Number);
  return `${year} 年 ${month} 月 ${number} 日`;
}
