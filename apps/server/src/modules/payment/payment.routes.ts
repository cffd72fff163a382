import type {} from '@fastify/multipart';
import { Refusal, type Id } from '@wennuan/basics';
import type { Language, routes, shapes } from '@wennuan/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { cutPage } from '../../platform/page.ts';
import { differencesPlan } from './differences.sheet.ts';
import { listPayments, countOverdue } from './payment.list.ts';
import { noteDifference, reconcile, type ReconcileNeeds } from './reconcile.service.ts';
import type { Remark } from './statement.ts';
import {
  dropStatement,
  keepStatement,
  type StatementFile,
  type StatementNeeds,
} from './statement.service.ts';
import { listStatements, type StatementRow } from './statement.store.ts';
import { remarkSentence } from './statement.words.ts';

export type All = Handlers<typeof routes.payment>;
/** Operations that turn payments into gifts are the next tier's. */
export type OfGifts =
  | 'importStatements'
  | 'platformProjects'
  | 'attachProject'
  | 'channelNotice'
  | 'waysToPay'
  | 'askPayment'
  | 'payPage'
  | 'sandboxWechatOrder'
  | 'sandboxWechatPay'
  | 'askOwnPayment'
  | 'bills'
  | 'fetchBill';

export interface RouteNeeds extends StatementNeeds, ReconcileNeeds {
  database: Database;
  /** Port to `donation`: the numbers people read out of gifts; what is no gift yet is absent. */
  giftNumbers(tx: Scoped, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SHEET_ROWS_MOST = 20_000;
/** What a browser may send at once; larger files go by the command line. */
const FILE_MEGABYTES_MOST = 64;

/** The operations of `payment`. */
export function paymentHandlers(needs: RouteNeeds): Omit<All, OfGifts> {
  const { database } = needs;
  return {
    incoming: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const { items, next } = await listPayments(tx, query);
        const numbers = await needs.giftNumbers(
          tx,
          items.map((item) => item.id),
        );
        return {
          items: items.map((item) => ({ ...item, giftNumber: numbers.get(item.id) ?? null })),
          next,
          overdue: await countOverdue(tx),
        };
      }),
    async readStatement({ actor, request }) {
      const file = await uploaded(request);
      const { statement, problems } = await database.write(actor, 'payment.read_statement', (tx) =>
        keepStatement(needs, tx, file),
      );
      return {
        statement: statement && statementView(statement, actor.language),
        problems: problems.map((problem) => remarkView(problem, file.name, actor.language)),
      };
    },
    statements: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const rows = await listStatements(tx, { before: query.after, limit: query.limit + 1 });
        const { shown, next } = cutPage(rows, query.limit, (last) => last.id);
        return {
          items: shown.map((row) => statementView(row, actor.language)),
          next,
        };
      }),
    async dropStatement({ actor, params }) {
      await database.write(actor, 'payment.drop_statement', (tx) =>
        dropStatement(tx, params.statementId),
      );
      return { ok: true };
    },
    reconciliation: ({ actor, query }) => database.read(actor, (tx) => reconcile(needs, tx, query)),
    async differencesSheet({ actor, query, reply }) {
      const { differences } = await database.read(actor, (tx) =>
        reconcile(needs, tx, { ...query, limit: SHEET_ROWS_MOST }),
      );
      const sheet = await writeSheet(differencesPlan(differences, actor.language));
      return reply
        .type(XLSX)
        .header('content-disposition', 'attachment; filename="differences.xlsx"')
        .send(sheet);
    },
    async noteDifference({ actor, params, body }) {
      await database.write(actor, 'payment.note_difference', (tx) =>
        noteDifference(tx, params.paymentId, body.note),
      );
      return { ok: true };
    },
  };
}

/** A statement as pages show it. */
function statementView(row: StatementRow, language: Language): z.output<typeof shapes.statement> {
  const { notes, ...sums } = row.summary;
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    readAt: row.readAt.toISOString(),
    importedAt: row.importedAt?.toISOString() ?? null,
    fromOn: row.fromOn,
    untilOn: row.untilOn,
    ...sums,
    notes: notes.map((note) => remarkView(note, row.name, language)),
  };
}

/** A remark as pages show it. */
export function remarkView(remark: Remark, fileName: string, language: Language) {
  return { fileName, line: remark.line, message: remarkSentence(remark, language) };
}

async function uploaded(request: FastifyRequest): Promise<StatementFile> {
  const limits = { fileSize: FILE_MEGABYTES_MOST * 1024 * 1024 };
  const part = request.isMultipart() ? await request.file({ limits }) : undefined;
  if (!part) throw new Refusal('input_invalid', {}, 'file');
  try {
    return { name: part.filename.slice(0, 200), bytes: await part.toBuffer() };
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Refusal('body_too_large', { mostMegabytes: FILE_MEGABYTES_MOST });
    throw thrown;
  }
}
