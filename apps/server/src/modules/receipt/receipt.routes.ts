import type {} from '@fastify/multipart';
import { dateInShanghai, Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { checkConfirmation, makeConfirmation, readConfirmation } from './confirmation.service.ts';
import {
  addFile,
  askFiscal,
  exportRequests,
  importIssued,
  readFiscalFile,
  readRequests,
  targetsOfAsked,
  waiveFiscal,
} from './fiscal.service.ts';
import { readPaths, readStatement, readYears, writeRecords } from './own.service.ts';
import { listPapers } from './papers.ts';
import { charityName, type ReceiptNeeds } from './receipt.needs.ts';
import { drawStatement } from './statement.paper.ts';

type All = Handlers<typeof routes.receipt>;
type Own = 'giftPaths' | 'years' | 'statement' | 'statementFile' | 'records';
type Office = 'fiscalRequests' | 'exportFiscal' | 'importFiscal' | 'addFiscalFile';
type Giver = Exclude<keyof All, Own | Office>;

/** The operations of `receipt`: a giver's papers by her link, the office's fiscal receipts, one's own year. */
export function receiptHandlers(needs: ReceiptNeeds): All {
  return { ...giverPages(needs), ...officePages(needs), ...ownPages(needs) };
}

/** The giver's link is her right, so these run as the system after the link was checked. */
function giverPages(needs: ReceiptNeeds): Pick<All, Giver> {
  const { database } = needs;
  const system = systemActor('receipt');
  const read = <T>(work: (tx: Scoped) => Promise<T>) => database.read(system, work);
  const write = <T>(action: string, work: (tx: Writing) => Promise<T>) =>
    database.write(system, `receipt.${action}`, work);
  const made = (request: FastifyRequest, token: string, donorName: string | null = null) =>
    write('make_confirmation', (tx) =>
      makeConfirmation(needs, tx, { token, donorName, address: addressOf(needs, request) }),
    );
  return {
    confirmation: ({ params }) => read((tx) => readConfirmation(needs, tx, params.token)),
    async makeConfirmation({ params, body, request }) {
      await made(request, params.token, body.donorName);
      return await read((tx) => readConfirmation(needs, tx, params.token));
    },
    async confirmationFile({ params, request, reply }) {
      const { row, box } = await made(request, params.token);
      const name = `${row.number}.pdf`;
      return file(reply, {
        name,
        type: 'application/pdf',
        bytes: box.openBytes(row.documentSealed),
      });
    },
    async confirmationProof({ params, request, reply }) {
      const { row, box } = await made(request, params.token);
      const name = `${row.number}.tlog-proof`;
      const bytes = Buffer.from(box.open(row.proofSealed));
      return file(reply, { name, type: 'text/plain; charset=utf-8', bytes });
    },
    checkConfirmation: ({ params, query }) =>
      read((tx) => checkConfirmation(needs, tx, { number: params.number, code: query.code })),
    async askFiscal({ params, body }) {
      await write('ask_fiscal', (tx) => askFiscal(needs, tx, { token: params.token, ...body }));
      return await read((tx) => readConfirmation(needs, tx, params.token));
    },
    async waiveFiscal({ params }) {
      await write('waive_fiscal', (tx) => waiveFiscal(needs, tx, params.token));
      return await read((tx) => readConfirmation(needs, tx, params.token));
    },
    async fiscalFile({ params, reply }) {
      const { bytes, type, number } = await read((tx) => readFiscalFile(needs, tx, params.token));
      const ending = type.split('/')[1]!.replace('jpeg', 'jpg');
      return file(reply, { name: `${number}-fiscal.${ending}`, type, bytes });
    },
  };
}

function officePages(needs: ReceiptNeeds): Pick<All, Office> {
  const { database } = needs;
  return {
    fiscalRequests: ({ actor, query }) =>
      database.read(actor, (tx) => readRequests(needs, tx, query)),
    async exportFiscal({ actor, reply }) {
      const targets = await database.read(systemActor('receipt'), (tx) =>
        targetsOfAsked(needs, tx),
      );
      const bytes = await database.write(actor, 'receipt.export_fiscal', (tx) =>
        exportRequests(needs, tx, targets),
      );
      const today = dateInShanghai(needs.clock.now());
      return file(reply, { name: `fiscal-receipts-${today}.xlsx`, type: XLSX, bytes });
    },
    async importFiscal({ actor, request }) {
      const sheet = await uploaded(request, 'sheet_unreadable');
      return await database.write(actor, 'receipt.import_fiscal', (tx) => importIssued(tx, sheet));
    },
    async addFiscalFile({ actor, params, request }) {
      const { bytes } = await uploaded(request, 'file_kind_unknown');
      return await database.write(actor, 'receipt.add_fiscal_file', (tx) =>
        addFile(needs, tx, { giftId: params.giftId, bytes }),
      );
    },
  };
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function ownPages(needs: ReceiptNeeds): Pick<All, Own> {
  const { database } = needs;
  return {
    giftPaths: ({ actor, query }) => database.read(actor, (tx) => readPaths(needs, tx, query)),
    years: ({ actor }) => database.read(actor, (tx) => readYears(needs, tx)),
    statement: ({ actor, query }) =>
      database.read(actor, (tx) => readStatement(needs, tx, query.year)),
    async statementFile({ actor, query, reply }) {
      const statement = await database.read(actor, (tx) => readStatement(needs, tx, query.year));
      const bytes = await drawStatement(statement, {
        charity: charityName(needs),
        donor: actor.displayName,
        madeAt: needs.clock.now(),
      });
      return file(reply, { name: `gifts-${query.year}.pdf`, type: 'application/pdf', bytes });
    },
    async records({ actor, reply }) {
      const papers = (ids: readonly string[]) =>
        database.read(systemActor('receipt'), (tx) => listPapers(tx, ids));
      const text = await database.read(actor, (tx) => writeRecords(needs, tx, papers));
      const bytes = Buffer.from(text);
      return file(reply, { name: 'my-gifts.csv', type: 'text/csv; charset=utf-8', bytes });
    },
  };
}

function addressOf(needs: ReceiptNeeds, request: FastifyRequest): string {
  return needs.publicAddress ?? `${request.protocol}://${request.host}`;
}

/** Somebody's own paper: to be saved, never kept by anything between. */
function file(reply: FastifyReply, sent: { name: string; type: string; bytes: Buffer }) {
  return reply
    .type(sent.type)
    .headers({
      'content-disposition': `attachment; filename="${sent.name}"`,
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    })
    .send(sent.bytes);
}

async function uploaded(
  request: FastifyRequest,
  refusal: 'sheet_unreadable' | 'file_kind_unknown',
): Promise<{ bytes: Buffer; name: string }> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new Refusal(refusal, {}, 'file');
  try {
    return { bytes: await part.toBuffer(), name: part.filename };
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Refusal(refusal, {}, 'file');
    throw thrown;
  }
}
