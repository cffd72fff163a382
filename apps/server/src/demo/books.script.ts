import { randomUUID } from 'node:crypto';
import { addDays, type Id } from '@wennuan/basics';
import { office, type Wait } from './calendar.ts';
import { takeDemoStatement } from './bank.ts';
import type { Demo } from './index.ts';
import { decide, pay, proposeFor } from './life.ts';
import { signPayees } from './payees.ts';
import { pictureOf } from './pictures.ts';
import type { Script } from './walk.ts';

type Story = AsyncGenerator<Wait, void, void>;

const CLOSES_ON_DAY = 8;

/** The accountant's months and batches: closed months, one open, a rejected payment made again. */
export function bookScripts(demo: Demo): Script[] {
  const late = (before: number) => Math.max(0, demo.halves.length - before);
  const script = (group: string, startsIn: number, tell: () => Story): Script => ({
    group: `books ${group}`,
    order: startsIn,
    startsIn,
    tell,
  });
  return [
    script('months', 0, () => closeMonths(demo)),
    script('batches', late(36), () => sendBatches(demo)),
    script('management', late(70), () => payManagement(demo)),
    script('ends', late(4), () => leaveOpenEnds(demo)),
  ];
}

/** Each month is matched with the bank's statement and closed some days after its end. */
async function* closeMonths(demo: Demo): Story {
  await takeEarlierYears(demo);
  await fileManagementRate(demo);
  const bank = { balanceFen: 8_000_000, serial: 0 };
  for (const half of demo.halves) {
    const isDay = half.isWorking && Number(half.date.slice(8)) >= CLOSES_ON_DAY;
    const month = addDays(`${half.date.slice(0, 7)}-01`, -1).slice(0, 7);
    const isFirst = !demo.halves.some(
      (other) =>
        other.index < half.index &&
        other.isWorking &&
        other.date.slice(0, 7) === half.date.slice(0, 7) &&
        Number(other.date.slice(8)) >= CLOSES_ON_DAY,
    );
    if (!isDay || !isFirst || month < demo.halves[0]!.date.slice(0, 7)) continue;
    if (half.index > demo.half.index) yield { halfDay: half.index };
    await takeDemoStatement(demo, { month, bank, isWhole: true });
    demo.moment();
    await demo.database.write(accountant(demo), 'book.close_month', (tx) =>
      demo.book.closeMonth(tx, month),
    );
  }
  const last = demo.halves.length - 2;
  if (last > demo.half.index) yield { halfDay: last };
  const month = demo.half.date.slice(0, 7);
  await takeDemoStatement(demo, { month, bank, isWhole: false });
}

const accountant = (demo: Demo) => demo.staff.get('accountant')!;

/** What the federation had before the record, and its three years before. */
async function takeEarlierYears(demo: Demo): Promise<void> {
  const { general } = demo.money;
  const year = Number(demo.half.date.slice(0, 4));
  const rows = [
    '类型,年度,账户编号,账户名称,金额,支出,其中管理费',
    `期初余额,,${general.code},,80000.00,,`,
    ...[3, 2, 1].map(
      (back) =>
        `以前年度,${year - back},${general.code},,${150_000 + back * 10_000}.00,${128_000 + back * 9_000}.00,8600.00`,
    ),
  ];
  demo.moment();
  await demo.database.write(accountant(demo), 'book.take_openings', (tx) =>
    demo.book.takeOpenings(tx, { bytes: Buffer.from(rows.join('\n')), name: '期初.csv' }),
  );
}

/** Three percent of what comes to the general fund pays the federation's own running, as filed. */
async function fileManagementRate(demo: Demo): Promise<void> {
  demo.moment();
  await demo.database.write(accountant(demo), 'payout.set_management_rate', (tx) =>
    demo.payout.setManagementRate(tx, {
      accountId: demo.money.general.id,
      percent: '3',
      filingNumber: '演示备字第 2600 号',
      sinceOn: demo.half.date,
    }),
  );
}

/** The yearly audit, paid out of the account of management cost. */
async function* payManagement(demo: Demo): Story {
  const fundId = await demo.database.read(accountant(demo), (tx) => demo.payout.managementFund(tx));
  if (fundId === null) return;
  const proposed = await proposeFor(demo, demo.staff.get('federation')!, {
    source: { kind: 'fund', id: fundId },
    payee: { kind: 'organization', id: demo.money.suppliers[0]! },
    amountFen: 180_000,
    purpose: '年度审计与账簿印刷',
    needId: null,
  });
  yield office(1);
  await decide(demo, 'approver', proposed);
  await decide(demo, 'approver2', proposed);
  yield office(1);
  await pay(demo, proposed.proposalId);
}

/** One list to several suppliers in two batches: the bank rejects one payment, and it is made again once. */
async function* sendBatches(demo: Demo): Story {
  const { special, suppliers } = demo.money;
  const proposalId = await proposeList(demo, special.id, suppliers.slice(0, 4));
  yield office(1);
  await agree(demo, proposalId);
  yield office(1);
  const lineIds = await linesOf(demo, proposalId);
  const first = await sendBatch(demo, lineIds.slice(0, 3));
  yield office(1);
  await answer(demo, first, ['1,成功,', '2,退回,户名与账号不符', '3,成功,']);
  yield office(1);
  await signPayees(demo, [
    {
      kind: 'organization',
      id: suppliers[1]!,
      holder: '演示供应商（更正）',
      number: '0000 0000 0000 2001',
    },
  ]);
  const second = await sendBatch(demo, [lineIds[1]!]);
  yield office(1);
  await answer(demo, second, ['1,成功,']);
  const third = await sendBatch(demo, [lineIds[3]!]);
  yield office(1);
  await answer(demo, third, ['1,处理中,']);
}

async function proposeList(demo: Demo, fromAccountId: Id, payees: readonly Id[]): Promise<Id> {
  demo.moment();
  return await demo.database.write(demo.staff.get('federation')!, 'fund.propose', (tx) =>
    demo.fund.proposeList(tx, {
      fromAccountId,
      subject: { kind: 'season', id: randomUUID() },
      purpose: '入冬慰问物资，分供应商结算',
      lines: payees.map((organizationId, index) => ({
        id: randomUUID(),
        payee: { kind: 'organization', organizationId },
        amountFen: 80_000 + index * 15_000,
        label: ['棉被', '取暖器', '米面油', '冬衣'][index] ?? '物资',
      })),
    }),
  );
}

async function agree(demo: Demo, proposalId: Id): Promise<void> {
  const found = await demo.database.read(accountant(demo), (tx) =>
    demo.fund.proposalsById(tx, [proposalId]),
  );
  const { approvalId } = found.get(proposalId)!.row;
  await decide(demo, 'approver', { approvalId });
  await decide(demo, 'approver2', { approvalId });
}

async function linesOf(demo: Demo, proposalId: Id): Promise<Id[]> {
  const lines = await demo.database.read(accountant(demo), (tx) =>
    demo.fund.lines(tx, { proposalIds: [proposalId] }),
  );
  return lines.map((line) => line.id);
}

/** Makes a batch and exports its file. */
async function sendBatch(demo: Demo, lineIds: readonly Id[]): Promise<Id> {
  demo.moment();
  const { batchId } = await demo.database.write(accountant(demo), 'payout.make_batch', (tx) =>
    demo.payout.makeBatch(tx, { lineIds, layout: 'general_xlsx', formId: randomUUID() }),
  );
  demo.moment();
  await demo.database.write(accountant(demo), 'payout.export_batch', (tx) =>
    demo.payout.exportBatch(tx, {
      batchId,
      reason: '入冬慰问物资结算',
      payer: `${demo.place.district()!.name}慈善总会`,
    }),
  );
  return batchId;
}

async function answer(demo: Demo, batchId: Id, rows: readonly string[]): Promise<void> {
  demo.moment();
  const text = ['序号,处理结果,失败原因', ...rows].join('\n');
  await demo.database.write(accountant(demo), 'payout.answer_batch', (tx) =>
    demo.payout.answerBatch(tx, {
      batchId,
      file: { bytes: Buffer.from(text), name: '银行结果.csv' },
    }),
  );
}

/** What is under way today: a budget, an account to be signed, a purchase, a return, a change of purpose. */
async function* leaveOpenEnds(demo: Demo): Story {
  // By the half-day, not by the office's time: the story may end on a Sunday.
  yield { halfDay: demo.halves.length - 2 };
  await planBudget(demo);
  await openPurchase(demo);
  await askForReturn(demo);
  await askForOtherPurpose(demo);
}

async function planBudget(demo: Demo): Promise<void> {
  const { special } = demo.money;
  const handlers = demo.fund.handlers;
  for (const [name, plannedYuan] of [
    ['助老服务', '90000'],
    ['项目评估', '12000'],
  ] as const) {
    demo.moment();
    await handlers.planBudgetLine({
      actor: accountant(demo),
      params: { accountId: special.id },
      body: { name, plannedYuan },
    } as Parameters<typeof handlers.planBudgetLine>[0]);
  }
}

async function openPurchase(demo: Demo): Promise<void> {
  const rows = await demo.database.read(accountant(demo), (tx) =>
    tx.db
      .selectFrom('proposal')
      .select(['id', 'amount_fen'])
      .where('state', '=', 'approved')
      .where('payee_kind', '=', 'organization')
      .orderBy('serial', 'desc')
      .limit(1)
      .execute(),
  );
  const [proposal] = rows;
  if (!proposal) return;
  demo.moment();
  const { purchaseId } = await demo.database.write(accountant(demo), 'payout.purchase', (tx) =>
    demo.payout.openPurchase(tx, proposal.id),
  );
  const { id } = await demo.attachment.add(accountant(demo), pictureOf(demo.things, 'paper'));
  await demo.database.write(accountant(demo), 'payout.add_invoice', (tx) =>
    demo.payout.addInvoice(tx, {
      purchaseId,
      number: '2631200000000001',
      issuedOn: demo.half.date,
      amountYuan: String(Number(proposal.amount_fen) / 100),
      attachmentIds: [id],
    }),
  );
}

/** The number of the newest gift to an account. */
async function giftTo(demo: Demo, targetId: Id): Promise<string | null> {
  const row = await demo.database.read(accountant(demo), (tx) =>
    tx.db
      .selectFrom('gift')
      .select('serial')
      .where('target_id', '=', targetId)
      .orderBy('serial', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  return row ? `JZ-${String(row.serial).padStart(8, '0')}` : null;
}

async function askForReturn(demo: Demo): Promise<void> {
  const giftNumber = await giftTo(demo, demo.money.campaigns.homes.id);
  if (giftNumber === null) return;
  demo.moment();
  await demo.database.write(accountant(demo), 'payout.propose_return', (tx) =>
    demo.payout.proposeReturn(tx, {
      giftNumber,
      amountYuan: '',
      ground: 'paid_twice',
      note: '捐赠人说同一笔付了两次，平台对账单上有两行。',
      attachmentIds: [],
    }),
  );
}

async function askForOtherPurpose(demo: Demo): Promise<void> {
  const { special, general } = demo.money;
  const giftNumber = await giftTo(demo, special.id);
  if (giftNumber === null) return;
  const federation = demo.staff.get('federation')!;
  const { id } = await demo.attachment.add(federation, pictureOf(demo.things, 'paper'));
  demo.moment();
  await demo.database.write(federation, 'payout.propose_purpose_change', (tx) =>
    demo.payout.proposePurposeChange(tx, {
      basis: 'donor_consent',
      giftNumber,
      fromAccountId: null,
      toAccountId: general.id,
      amountYuan: '5000',
      basisText: '捐赠单位书面同意函',
      basisOn: demo.half.date,
      reason: '原定的一个点位已由街道自行改造，捐赠单位同意改用于区里的困难救助。',
      attachmentIds: [id],
    }),
  );
}
