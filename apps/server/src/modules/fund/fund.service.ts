import { Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import {
  balances,
  check,
  leavesFrom,
  statement,
  type Balance,
  type StatementCursor,
} from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { openAccounts } from './accounts.ts';
import { fundSentence, monthInShanghai, type FundKind } from './fund.ts';
import type { FundNeeds } from './fund.needs.ts';
import {
  findAgreement,
  insertAgreement,
  insertFunds,
  listFunds,
  type Agreement,
  type FundRow,
} from './fund.store.ts';
import { potBalances, setAsideFen } from './aid-pot.ts';
import { aidOf, monthsOf, movementsOf } from './movements.ts';
import { findPublicPayment } from './payment.store.ts';
import { traceTransfers } from './trace.service.ts';
import { kindHeartedGiver } from './movements.words.ts';
import { sumsOf, undoneOf, type Sums } from './undone.ts';
import { caringEnterprise } from '../organization/index.ts';

type FundView = z.output<typeof shapes.fund>;

/** Opens funds in the federation's books: each a row and an account of the same id. */
export async function createFunds(
  needs: FundNeeds,
  tx: Writing,
  commands: readonly { name: string; kind: FundKind; areaId: number | null }[],
): Promise<FundRow[]> {
  if (commands.some((one) => one.kind === 'mutual_aid' && one.areaId === null))
    throw new Refusal('area_unknown', {}, 'areaCode');
  const funds = await insertFunds(
    tx,
    commands.map((command) => ({ ...command, id: needs.newId() })),
  );
  await openAccounts(
    tx,
    funds.map((fund) => ({
      id: fund.id,
      kind: 'inner',
      unit: 'fen',
      code: fund.code,
      purpose: {
        kind: 'fund',
        subjectId: fund.id,
        label: fund.name,
        areaId: fund.areaId,
        isPublic: true,
      },
    })),
  );
  for (const fund of funds) tx.touched('fund', fund.id);
  return funds;
}

/** A page of funds with what came in, went out and is there; `next` is the last serial shown. */
export async function readFunds(
  needs: FundNeeds,
  tx: Scoped,
  page: { kind?: FundKind; after?: string; limit: number; areaIds?: readonly number[] },
) {
  const after = page.after === undefined ? undefined : Number(page.after) || 0;
  const rows = await listFunds(tx, {
    kind: page.kind,
    after,
    areaIds: page.areaIds,
    limit: page.limit + 1,
  });
  const { shown, next } = cutPage(rows, page.limit, (last) => last.serial);
  const held = await balancesOf(tx, shown);
  const inPots = await potBalances(
    tx,
    shown.map((row) => row.id),
  );
  return {
    items: shown.map((row) => ({
      ...fundView(needs, tx, row, held.get(row.id)),
      // What its pot holds for persons is still the fund's to give.
      availableFen:
        (held.get(row.id)?.balance.available ?? 0) + (inPots.get(row.id)?.available ?? 0),
      heldFen: (held.get(row.id)?.balance.held ?? 0) + (inPots.get(row.id)?.held ?? 0),
    })),
    next,
  };
}

/** Funds for everybody, with the totals of all of them and not only of the page. */
export async function readPublicFunds(
  needs: FundNeeds,
  tx: Scoped,
  page: { kind?: FundKind; after?: string; limit: number },
) {
  const all = await listFunds(tx, { kind: page.kind });
  const held = [...(await balancesOf(tx, all)).values()];
  const total = (of: (sums: Sums) => number) => held.reduce((sum, one) => sum + of(one.sums), 0);
  return {
    ...(await readFunds(needs, tx, page)),
    totalGivenFen: total((sums) => sums.givenFen),
    totalReturnedFen: total((sums) => sums.returnedFen),
    totalInFen: total((sums) => sums.inFen),
    totalOutFen: total((sums) => sums.outFen),
    totalBalanceFen: total((sums) => sums.balanceFen),
    asOf: tx.now.toISOString(),
  };
}

/** One fund's public page; refuses `not_found`. */
export async function readPublicFund(
  needs: FundNeeds,
  tx: Scoped,
  asked: { code: string; after?: string; limit: number },
) {
  const [row] = await listFunds(tx, { code: asked.code });
  if (!row) throw new Refusal('not_found');
  const held = await balancesOf(tx, [row]);
  const page = await statement(tx.sql, {
    accountId: row.id,
    limit: asked.limit,
    before: cursorOf(asked.after),
  });
  return {
    fund: fundView(needs, tx, row, held.get(row.id)),
    movements: {
      items: await movementsOf(needs, tx, { accountId: row.id, lines: page.lines }),
      next: page.next ? `${page.next.inflow}.${page.next.outflow}` : null,
    },
    byMonth: await monthsOf(tx, row.id),
    formSentence: fundSentence(row.kind, tx.actor.language),
    setAsideFen: await setAsideFen(tx, row.id),
    aid: await aidOf(needs, tx, row.id),
    agreement: await readAgreement(tx, row.id),
  };
}

/** The agreement as the reader may see it: the partner's name is published by the partner's consent only. */
async function readAgreement(tx: Scoped, fundId: Id): Promise<Agreement | null> {
  const agreement = await findAgreement(tx, fundId);
  if (!agreement) return null;
  const { namingPaper, ...shown } = agreement;
  if (namingPaper || tx.actor.login === 'federation') return shown;
  return { ...shown, partnerName: caringEnterprise(tx.actor.language) };
}

/** Opens one fund as the console asks; a special one with the agreement it stands on, else refused, as is a second one for management. */
export async function openFund(
  needs: FundNeeds,
  tx: Writing,
  command: { name: string; kind: FundKind; areaId: number | null; agreement: Agreement | null },
): Promise<FundRow> {
  const { agreement, ...row } = command;
  if (row.kind === 'special' && agreement === null)
    throw new Refusal('fund_agreement_missing', {}, 'agreement');
  const [fund] = await createFunds(needs, tx, [row]).catch(refuseSecondManagement);
  if (agreement !== null) await insertAgreement(tx, fund!.id, agreement);
  return fund!;
}

function refuseSecondManagement(thrown: unknown): never {
  const isSecond = (thrown as { constraint?: string }).constraint === 'fund_one_management';
  throw isSecond ? new Refusal('fund_management_exists', {}, 'kind') : thrown;
}

function cursorOf(after: string | undefined): StatementCursor | undefined {
  if (after === undefined) return undefined;
  const [inflow, outflow] = after.split('.').map(Number);
  if (!Number.isSafeInteger(inflow) || !Number.isSafeInteger(outflow))
    throw new Refusal('input_invalid', {}, 'after');
  return { inflow: inflow!, outflow: outflow! };
}

/** A supplier's payment and, backwards, the gifts that paid it; refuses `not_found` also for a person's aid. */
export async function readPublicPayment(needs: FundNeeds, tx: Scoped, number: string) {
  const payment = await findPublicPayment(tx, number);
  if (!payment) throw new Refusal('not_found');
  const traced = await traceTransfers(needs, tx, {
    transferIds: payment.transferIds,
    direction: 'backward',
  });
  if (!traced) throw new Refusal('not_found');
  const shown = traced.givers.slice(0, GIVERS_SHOWN);
  const names = await needs.giverNames(
    tx,
    shown.map((giver) => giver.giftId),
  );
  const source = traced.view.stations.find((station) => station.hop === 1);
  return {
    number: payment.number,
    at: payment.at.toISOString(),
    month: monthInShanghai(payment.at),
    amountFen: payment.amountFen,
    label: source?.label ?? '',
    payee: payment.payee,
    trace: traced.view,
    givers: shown.map((giver) => ({
      name: names.get(giver.giftId) ?? kindHeartedGiver(tx.actor.language),
      amountFen: giver.amountFen,
      at: giver.at.toISOString(),
    })),
    giversMore: traced.giversMore + traced.givers.length - shown.length,
  };
}

const GIVERS_SHOWN = 50;

/** Runs the ledger's own checks. */
export async function checkBooks(tx: Scoped) {
  const findings = await check(tx.sql);
  return {
    asOf: tx.now.toISOString(),
    transfers: await countTransfers(tx),
    findings: findings.map((one) => ({ check: one.fact, detail: `${one.subject}: ${one.detail}` })),
  };
}

/** Transfers in the log so far: leaves are numbered without gaps, so the end is found by halving. */
async function countTransfers(tx: Scoped): Promise<number> {
  const exists = async (leaf: number) => (await leavesFrom(tx.sql, leaf, 1)).length > 0;
  let above = 1;
  while (await exists(above - 1)) above *= 2;
  let below = Math.floor(above / 2);
  while (below < above - 1) {
    const middle = Math.floor((below + above) / 2);
    if (await exists(middle - 1)) below = middle;
    else above = middle;
  }
  return below;
}

function fundView(needs: FundNeeds, tx: Scoped, row: FundRow, held: Held | undefined): FundView {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    area: row.areaId === null ? null : needs.place.ref(row.areaId),
    ...(held?.sums ?? sumsOf(undefined)),
    asOf: tx.now.toISOString(),
  };
}

interface Held {
  balance: Balance;
  sums: Sums;
}

async function balancesOf(tx: Scoped, funds: readonly { id: Id }[]): Promise<Map<Id, Held>> {
  const ids = funds.map((fund) => fund.id);
  const rows = await balances(tx.sql, ids);
  const undone = await undoneOf(tx, ids);
  return new Map(
    rows.map((row) => [
      row.accountId,
      { balance: row, sums: sumsOf(row, undone.get(row.accountId)) },
    ]),
  );
}

/** One fund as the console shows it. */
export async function readFund(needs: FundNeeds, tx: Scoped, fundId: Id): Promise<FundView> {
  const [row] = await listFunds(tx, { ids: [fundId] });
  if (!row) throw new Refusal('not_found');
  return fundView(needs, tx, row, (await balancesOf(tx, [row])).get(row.id));
}
