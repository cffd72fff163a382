import { writeSheet } from '../../platform/sheet.ts';
import type { PlanView, RecipientView } from './distribution.ts';

const OUTCOME_WORDS = {
  handed: '本人领取',
  proxy: '代领',
  refused: '不要',
  absent: '未到',
  moved: '已迁出',
  died: '已故',
} as const;
const RELATION_WORDS = {
  family: '家人',
  neighbour: '邻居',
  carer: '护理员',
  worker: '工作人员',
  colleague: '同事',
  other: '其他',
} as const;

/** The list for the file as a sheet: names masked, what each got, who signed, with totals in the last rows. */
export function fileSheet(plan: PlanView, recipients: readonly RecipientView[]): Promise<Buffer> {
  const received = (one: RecipientView) => one.outcome === 'handed' || one.outcome === 'proxy';
  const pieces = (one: RecipientView, line: PlanView['lines'][number]) =>
    received(one) ? line.quantity * (line.perHead ? one.heads : 1) : 0;
  type Row = { one: RecipientView | null; label: string; sums: number[] };
  const rows: Row[] = recipients.map((one) => ({
    one,
    label: '',
    sums: plan.lines.map((line) => pieces(one, line)),
  }));
  const total = plan.lines.map((_, place) => rows.reduce((sum, row) => sum + row.sums[place]!, 0));
  const missing = recipients.filter((one) => !received(one)).length;
  rows.push({ one: null, label: '合计', sums: total });
  rows.push({ one: null, label: `未领取 ${missing} 份`, sums: total.map(() => 0) });
  return writeSheet<Row>({
    name: `${plan.number} ${plan.name}`,
    rows,
    columns: [
      { title: '编号', width: 8, kind: 'count', of: ({ one }) => one?.serial ?? null },
      { title: '姓名', width: 14, kind: 'text', of: ({ one, label }) => one?.maskedName ?? label },
      { title: '社区', width: 18, kind: 'text', of: ({ one }) => one?.area.name ?? '' },
      {
        title: '楼院或单位',
        width: 20,
        kind: 'text',
        of: ({ one }) => one?.unitName ?? one?.building ?? '',
      },
      { title: '人口', width: 8, kind: 'count', of: ({ one }) => one?.heads ?? null },
      ...plan.lines.map((line, place) => ({
        title: `${line.item.name}（${line.item.unit}）`,
        width: 14,
        kind: 'count' as const,
        of: ({ sums }: Row) => sums[place]!,
      })),
      {
        title: '结果',
        width: 12,
        kind: 'text',
        of: ({ one }) => (one ? (one.outcome ? OUTCOME_WORDS[one.outcome] : '未登记') : ''),
      },
      {
        title: '代领人及原因',
        width: 30,
        kind: 'text',
        of: ({ one }) =>
          one?.proxy
            ? `${one.proxy.name}（${RELATION_WORDS[one.proxy.relation]}）：${one.proxy.reason}`
            : (one?.note ?? ''),
      },
      { title: '签名', width: 10, kind: 'text', of: ({ one }) => (one?.signature ? '已签' : '') },
      {
        title: '时间',
        width: 18,
        kind: 'moment',
        of: ({ one }) => (one?.at ? new Date(one.at) : null),
      },
      { title: '经办人', width: 14, kind: 'text', of: ({ one }) => one?.byName ?? '' },
    ],
  });
}
