import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import {
  countFiscal,
  findFiscal,
  type FiscalRow,
  type FiscalState,
  listFiscal,
  markIssued,
  readFile,
  writeFile,
  writeFiscal,
} from './fiscal.store.ts';
import { type FiscalFault, type IssuedLine, readIssued, writeRequests } from './fiscal.sheet.ts';
import { mayHaveFiscal } from './receipt.ts';
import type { ReceiptNeeds } from './receipt.needs.ts';

type RequestView = RouteOutput<typeof routes.receipt.fiscalRequests>['items'][number];
type Imported = RouteOutput<typeof routes.receipt.importFiscal>;

/** Who the fiscal receipt is for, sealed beside the gift. */
interface Payer {
  payerName: string;
  taxNumber: string | null;
  contact: string | null;
}

/**
 * Notes that the giver wants a fiscal receipt, and for whom; asked again it corrects what was asked. Refuses one that
 * is issued and gifts of forms that have none. System login.
 */
export async function askFiscal(
  needs: ReceiptNeeds,
  tx: Writing,
  asked: { token: string } & Payer,
): Promise<void> {
  const gift = await needs.donation.giftByToken(tx, asked.token);
  if (!gift) throw new Refusal('confirmation_not_ready');
  if (!mayHaveFiscal(gift.legalForm)) throw new Refusal('fiscal_not_for_this_form');
  if ((await findFiscal(tx, gift.id))?.state === 'issued') throw new Refusal('fiscal_issued');
  const { token: _, ...payer } = asked;
  const box = (await needs.vault.boxes(tx, [gift.id])).get(gift.id)!;
  await writeFiscal(tx, {
    giftId: gift.id,
    number: gift.number,
    amountFen: gift.amountFen,
    givenAt: gift.at,
    state: 'asked',
    payerSealed: box.seal(JSON.stringify(payer)),
  });
  tx.touched('fiscal_receipt', gift.number, 'asked');
}

/** Notes that the giver wants none. Refuses one that is issued. System login. */
export async function waiveFiscal(needs: ReceiptNeeds, tx: Writing, token: string): Promise<void> {
  const gift = await needs.donation.giftByToken(tx, token);
  if (!gift) throw new Refusal('not_found');
  if ((await findFiscal(tx, gift.id))?.state === 'issued') throw new Refusal('fiscal_issued');
  await writeFiscal(tx, {
    giftId: gift.id,
    number: gift.number,
    amountFen: gift.amountFen,
    givenAt: gift.at,
    state: 'waived',
    payerSealed: null,
  });
  tx.touched('fiscal_receipt', gift.number, 'waived');
}

/** The payers of rows, by the gift; one whose key was destroyed is absent. */
async function payersOf(
  needs: ReceiptNeeds,
  tx: Scoped,
  rows: readonly FiscalRow[],
): Promise<Map<Id, Payer>> {
  const sealed = rows.filter((row) => row.payerSealed);
  const boxes = await needs.vault.findBoxes(
    tx,
    sealed.map((row) => row.giftId),
  );
  return new Map(
    sealed.flatMap((row) => {
      const box = boxes.get(row.giftId);
      return box ? [[row.giftId, JSON.parse(box.open(row.payerSealed!)) as Payer] as const] : [];
    }),
  );
}

/** The first character of a name and how long it is: enough to tell two apart, not to know one. */
function masked(name: string | undefined): string {
  if (name === undefined) return '';
  const [first = '', ...rest] = [...name];
  return `${first}${'*'.repeat(Math.min(rest.length, 6))}`;
}

async function views(
  needs: ReceiptNeeds,
  tx: Scoped,
  rows: readonly FiscalRow[],
): Promise<RequestView[]> {
  const payers = await payersOf(needs, tx, rows);
  return rows.map((row) => ({
    giftId: row.giftId,
    number: row.number,
    amountFen: row.amountFen,
    at: row.givenAt.toISOString(),
    payerName: masked(payers.get(row.giftId)?.payerName),
    state: row.state,
    askedAt: row.askedAt?.toISOString() ?? null,
    receiptNumber: row.receiptNumber,
    issuedOn: row.issuedOn,
    hasFile: row.fileType !== null,
  }));
}

/** A page of what was asked, issued and waived; names masked. Federation login. */
export async function readRequests(
  needs: ReceiptNeeds,
  tx: Scoped,
  page: { after?: string; limit: number; state?: FiscalState | 'none' },
) {
  const { state } = page;
  const rows =
    state === 'none'
      ? []
      : await listFiscal(tx, { after: page.after, limit: page.limit + 1, ...(state && { state }) });
  const { shown, next } = cutPage(rows, page.limit, (last) => last.number);
  return {
    items: await views(needs, tx, shown),
    next,
    counts: await countFiscal(tx),
  };
}

/** What each gift was for that waits for its fiscal receipt. System login. */
export async function targetsOfAsked(needs: ReceiptNeeds, tx: Scoped): Promise<Map<Id, string>> {
  const rows = await listFiscal(tx, { state: 'asked' });
  const gifts = await needs.donation.giftFacts(tx, { ids: rows.map((row) => row.giftId) });
  return new Map(gifts.map((gift) => [gift.id, gift.targetLabel]));
}

/** The sheet of what was asked and not issued: whole names, so taking it leaves a row. Federation login. */
export async function exportRequests(
  needs: ReceiptNeeds,
  tx: Writing,
  targets: ReadonlyMap<Id, string>,
): Promise<Buffer> {
  const rows = await listFiscal(tx, { state: 'asked' });
  const payers = await payersOf(needs, tx, rows);
  tx.touched('fiscal_receipts', String(rows.length), 'exported');
  return await writeRequests(
    rows.map((row) => {
      const payer = payers.get(row.giftId);
      return {
        number: row.number,
        givenOn: dateInShanghai(row.givenAt),
        amountFen: row.amountFen,
        payerName: payer?.payerName ?? '（已应要求删除）',
        taxNumber: payer?.taxNumber ?? null,
        contact: payer?.contact ?? null,
        target: targets.get(row.giftId) ?? '',
        askedOn: row.askedAt && dateInShanghai(row.askedAt),
      };
    }),
  );
}

/**
 * Takes issued numbers from the sheet that came back: right lines are taken, wrong ones named by their cell; the same
 * sheet again changes nothing. Refuses a file that is no such sheet. Federation login.
 */
export async function importIssued(
  tx: Writing,
  file: { bytes: Buffer; name: string },
): Promise<Imported> {
  const lines = await readIssued(file.bytes, file.name);
  const numbers = [...new Set(lines.map((line) => line.number))];
  const known = new Map(
    (numbers.length > 0 ? await listFiscal(tx, { numbers, lock: true }) : []).map((row) => [
      row.number,
      row,
    ]),
  );
  const given = [...new Set(lines.map((line) => line.receiptNumber).filter(Boolean))];
  const taken = new Map(
    (given.length > 0 ? await listFiscal(tx, { receiptNumbers: given }) : []).map((row) => [
      row.receiptNumber!,
      row.number,
    ]),
  );
  const result: Imported = { issued: 0, already: 0, faults: [] };
  const seen = new Set<string>();
  for (const line of lines) {
    const row = known.get(line.number);
    const fault = faultOf(line, { row, seen, taken });
    seen.add(line.number);
    if (fault) result.faults.push(fault);
    else if (row!.state === 'issued') result.already += 1;
    else {
      const { receiptNumber } = line;
      await markIssued(tx, { giftId: row!.giftId, receiptNumber, issuedOn: line.issuedOn! });
      taken.set(receiptNumber, line.number);
      tx.touched('fiscal_receipt', line.number, receiptNumber);
      result.issued += 1;
    }
  }
  return result;
}

function faultOf(
  line: IssuedLine,
  known: { row: FiscalRow | undefined; seen: Set<string>; taken: Map<string, string> },
): { cell: string; fault: FiscalFault; value: string } | null {
  const { row } = known;
  const at = (cell: string, fault: FiscalFault, value: string) => ({ cell, fault, value });
  const { cell, number, receiptNumber } = line;
  if (number === '') return at(cell.number, 'number_missing', '');
  if (known.seen.has(number)) return at(cell.number, 'twice_in_file', number);
  if (!row) return at(cell.number, 'number_unknown', number);
  if (receiptNumber === '') return at(cell.receiptNumber, 'receipt_number_missing', '');
  if (row.state === 'issued' && row.receiptNumber !== receiptNumber)
    return at(cell.receiptNumber, 'issued_otherwise', receiptNumber);
  if (row.state === 'waived') return at(cell.number, 'not_asked', number);
  if (line.issuedOn === null) return at(cell.issuedOn, 'date_invalid', line.dateText);
  if (line.amountFen !== null && line.amountFen !== row.amountFen)
    return at(cell.amount, 'amount_differs', String(line.amountFen / 100));
  const owner = known.taken.get(receiptNumber);
  if (owner !== undefined && owner !== number)
    return at(cell.receiptNumber, 'receipt_number_taken', receiptNumber);
  return null;
}

const FILE_BYTES_MOST = 5 * 1024 * 1024;
const KINDS: readonly [magic: string, type: string][] = [
  ['25504446', 'application/pdf'],
  ['504b0304', 'application/ofd'],
  ['89504e47', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
];

/** Keeps the fiscal receipt's own file beside its gift; told by its first bytes, not by its name. Federation login. */
export async function addFile(
  needs: ReceiptNeeds,
  tx: Writing,
  file: { giftId: Id; bytes: Buffer },
): Promise<RequestView> {
  const [row] = await listFiscal(tx, { giftIds: [file.giftId], lock: true });
  if (!row) throw new Refusal('not_found');
  if (row.state !== 'issued') throw new Refusal('fiscal_not_issued');
  if (file.bytes.length > FILE_BYTES_MOST) throw new Refusal('file_kind_unknown');
  const head = file.bytes.subarray(0, 4).toString('hex');
  const type = KINDS.find(([magic]) => head.startsWith(magic))?.[1];
  if (!type) throw new Refusal('file_kind_unknown');
  const box = (await needs.vault.boxes(tx, [row.giftId])).get(row.giftId)!;
  await writeFile(tx, row.giftId, { sealed: box.sealBytes(file.bytes), type });
  tx.touched('fiscal_receipt', row.number, 'file');
  const [view] = await views(needs, tx, [{ ...row, fileType: type }]);
  return view!;
}

/** The file of a giver's own fiscal receipt by her token; refuses `not_found`. System login. */
export async function readFiscalFile(
  needs: ReceiptNeeds,
  tx: Scoped,
  token: string,
): Promise<{ bytes: Buffer; type: string; number: string }> {
  const gift = await needs.donation.giftByToken(tx, token);
  const file = gift && (await readFile(tx, gift.id));
  const box = gift && (await needs.vault.findBoxes(tx, [gift.id])).get(gift.id);
  if (!file || !box) throw new Refusal('not_found');
  return { bytes: box.openBytes(file.sealed), type: file.type, number: file.number };
}
