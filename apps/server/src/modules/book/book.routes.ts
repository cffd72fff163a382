import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { readAgreedGift, readAgreedGifts, recordAgreedGift } from './agreed.service.ts';
import {
  bankLineViews,
  matchBankLine,
  readBankLines,
  takeStatement,
  unmatchBankLine,
} from './bank.service.ts';
import { listBankLines, listChannels } from './bank.store.ts';
import {
  addNote,
  closeMonth,
  readMonth,
  readMonths,
  readOverview,
  readTrialBalance,
  rowIn,
} from './book.service.ts';
import { entriesSheet, summaryOf, trialSheet } from './book.sheets.ts';
import type { BookNeeds } from './book.needs.ts';
import {
  agreeCreditReturn,
  askCreditReturn,
  holdCredit,
  readCredits,
  recogniseCredit,
} from './credit.service.ts';
import { firstDay, nextMonth } from './months.ts';
import { readEntries } from './moved.service.ts';
import { takeOpenings } from './opening.service.ts';
import { readYears } from './ratio.service.ts';
import { readReconciliation } from './reconciliation.service.ts';
import { agrees, assetsFen } from './trial.ts';
import { voucherLayouts, vouchersOf, writeVouchers } from './voucher.ts';

type Routes = typeof routes.book;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The operations of `book`: the contract's input to a use case, and back. */
export function bookHandlers(needs: BookNeeds): Handlers<Routes> {
  return {
    ...monthPages(needs),
    ...filePages(needs),
    ...bankPages(needs),
    ...agreedPages(needs),
    ...creditPages(needs),
  };
}

type MonthPages = 'months' | 'overview' | 'closeMonth' | 'addNote' | 'trialBalance' | 'years';

function monthPages(needs: BookNeeds): Pick<Handlers<Routes>, MonthPages> {
  const { database } = needs;
  return {
    months: ({ actor }) => database.read(actor, (tx) => readMonths(needs, tx)),
    overview: ({ actor, params }) =>
      database.read(actor, (tx) => readOverview(needs, tx, params.month)),
    async closeMonth({ actor, params }) {
      await database.write(actor, 'book.close_month', (tx) => closeMonth(needs, tx, params.month));
      return await database.read(actor, (tx) => readMonth(needs, tx, params.month));
    },
    async addNote({ actor, params, body }) {
      await database.write(actor, 'book.add_note', (tx) =>
        addNote(needs, tx, { ...params, ...body }),
      );
      return { ok: true };
    },
    trialBalance: ({ actor, params }) =>
      database.read(actor, async (tx) => {
        const { rows, total, ledgerFen } = await readTrialBalance(needs, tx, params.month);
        return {
          month: await readMonth(needs, tx, params.month),
          rows: rows.map((row) => rowIn(row, actor.language)),
          total,
          balances: agrees(total) && assetsFen(rows) === ledgerFen,
          ledgerFen,
        };
      }),
    years: ({ actor }) => database.read(actor, (tx) => readYears(needs, tx)),
  };
}

type FilePages =
  | 'trialBalanceSheet'
  | 'voucherLayouts'
  | 'vouchers'
  | 'entriesSheet'
  | 'readOpenings';

function filePages(needs: BookNeeds): Pick<Handlers<Routes>, FilePages> {
  const { database } = needs;
  const linesOf = (actor: Actor, month: string) =>
    database.read(actor, async (tx) => {
      const until = firstDay(nextMonth(month));
      const span = { from: firstDay(month), until, byDay: true };
      const entries = await readEntries(needs, tx, span);
      return vouchersOf(entries, (entry) => summaryOf(entry, actor.language));
    });
  return {
    async trialBalanceSheet({ actor, query, reply }) {
      const { rows, total } = await database.read(actor, (tx) =>
        readTrialBalance(needs, tx, query.month),
      );
      const bytes = await trialSheet(query.month, [...rows, total]);
      return send(reply, { bytes, fileName: `trial-balance-${query.month}.xlsx`, mediaType: XLSX });
    },
    voucherLayouts: async ({ actor }) => ({
      items: voucherLayouts.map(({ code, title }) => ({ code, title: title[actor.language] })),
    }),
    async vouchers({ actor, query, reply }) {
      const lines = await linesOf(actor, query.month);
      return send(reply, await writeVouchers(query.layout, query.month, lines));
    },
    async entriesSheet({ actor, query, reply }) {
      const bytes = await entriesSheet(query.month, await linesOf(actor, query.month));
      return send(reply, { bytes, fileName: `entries-${query.month}.xlsx`, mediaType: XLSX });
    },
    async readOpenings({ actor, request }) {
      const file = await uploadedFile(request);
      return await database.write(actor, 'book.take_openings', (tx) =>
        takeOpenings(needs, tx, file),
      );
    },
  };
}

function send(
  reply: FastifyReply,
  file: { bytes: Buffer; fileName: string; mediaType: string },
): FastifyReply {
  return reply
    .type(file.mediaType)
    .header('content-disposition', `attachment; filename="${file.fileName}"`)
    .send(file.bytes);
}

/** The one file of an upload with its name; refuses a request without one. */
async function uploadedFile(request: FastifyRequest): Promise<{ bytes: Buffer; name: string }> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new Refusal('input_invalid', {}, 'file');
  return { bytes: await part.toBuffer(), name: part.filename };
}

type BankPages =
  | 'readBankStatement'
  | 'channels'
  | 'reconciliation'
  | 'bankLines'
  | 'matchBankLine'
  | 'unmatchBankLine';

function bankPages(needs: BookNeeds): Pick<Handlers<Routes>, BankPages> {
  const { database } = needs;
  const lineView = async (tx: Scoped, id: string) => {
    const [view] = await bankLineViews(needs, tx, await listBankLines(tx, { ids: [id] }));
    if (!view) throw new Refusal('not_found');
    return view;
  };
  return {
    async readBankStatement({ actor, request }) {
      const file = await uploadedFile(request);
      return await database.write(actor, 'book.take_statement', (tx) =>
        takeStatement(needs, tx, file),
      );
    },
    channels: ({ actor }) =>
      database.read(actor, async (tx) => ({ items: await listChannels(tx) })),
    reconciliation: ({ actor, query }) =>
      database.read(actor, (tx) => readReconciliation(needs, tx, query.month)),
    bankLines: ({ actor, query: { month, unmatched, ...page } }) =>
      database.read(actor, (tx) =>
        readBankLines(needs, tx, {
          ...page,
          unmatched: unmatched === 'yes',
          ...(month && { from: firstDay(month), until: firstDay(nextMonth(month)) }),
        }),
      ),
    async matchBankLine({ actor, params, body }) {
      await database.write(actor, 'book.match_bank_line', (tx) =>
        matchBankLine(needs, tx, { ...params, ...body }),
      );
      return await database.read(actor, (tx) => lineView(tx, params.bankLineId));
    },
    async unmatchBankLine({ actor, params }) {
      await database.write(actor, 'book.unmatch_bank_line', (tx) =>
        unmatchBankLine(tx, params.bankLineId),
      );
      return await database.read(actor, (tx) => lineView(tx, params.bankLineId));
    },
  };
}

type CreditPages =
  | 'credits'
  | 'recogniseCredit'
  | 'holdCredit'
  | 'askCreditReturn'
  | 'agreeCreditReturn';

/** Credits that nobody has explained: what is written is written by the house in the accountant's name. */
function creditPages(needs: BookNeeds): Pick<Handlers<Routes>, CreditPages> {
  const { database } = needs;
  const write = async (actor: Actor, action: string, work: (tx: Writing) => Promise<void>) => {
    await database.write({ ...actor, login: 'system' }, `book.${action}`, work);
    return await database.read(actor, (tx) => readCredits(needs, tx));
  };
  return {
    credits: ({ actor }) => database.read(actor, (tx) => readCredits(needs, tx)),
    recogniseCredit: ({ actor, params, body }) =>
      write(actor, 'recognise_credit', (tx) => recogniseCredit(needs, tx, { ...params, ...body })),
    holdCredit: ({ actor, params, body }) =>
      write(actor, 'hold_credit', (tx) => holdCredit(needs, tx, { ...params, ...body })),
    askCreditReturn: ({ actor, params, body }) =>
      write(actor, 'ask_credit_return', (tx) => askCreditReturn(tx, { ...params, ...body })),
    agreeCreditReturn: ({ actor, params }) =>
      write(actor, 'agree_credit_return', (tx) => agreeCreditReturn(needs, tx, params.bankLineId)),
  };
}

function agreedPages(needs: BookNeeds): Pick<Handlers<Routes>, 'agreedGifts' | 'recordAgreedGift'> {
  const { database } = needs;
  return {
    agreedGifts: ({ actor, query }) =>
      database.read(actor, (tx) => readAgreedGifts(needs, tx, query)),
    async recordAgreedGift({ actor, body }) {
      const { giftId } = await database.write(actor, 'book.record_agreed_gift', (tx) =>
        recordAgreedGift(needs, tx, body),
      );
      return await database.read(actor, (tx) => readAgreedGift(needs, tx, giftId));
    },
  };
}
