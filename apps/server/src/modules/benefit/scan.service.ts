import { randomBytes, timingSafeEqual } from 'node:crypto';
import { dateInShanghai, formatYuan, type Id, Refusal } from '@wennuan/basics';
import QRCode from 'qrcode';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Entitlement } from './benefit.ts';
import { type BenefitNeeds, leftOf } from './benefit.service.ts';
import { listEntitlements } from './benefit.store.ts';
import {
  codeAt,
  paperText,
  readCode,
  rotatingText,
  STEP_SECONDS,
  stepOf,
  stepOfCode,
} from './code.ts';
import { goodsWords, kindWords } from './goods-words.ts';
import { openHolds } from './hold.store.ts';
import { findPaper, noteFailure, openPaper, type Paper, replacePaper } from './paper.store.ts';
import { heldWords } from './redeem.ts';
import { insertScan, scanOfStep } from './redeem.store.ts';

const PAPER_TRIES = 5;

/** What a counter learns of a code that was shown: never who she is. */
export interface Scanned {
  scanId: Id;
  entitlementId: Id;
  kind: Entitlement['kind'];
  label: string;
  leftFen: number;
  goods: readonly string[];
  paysFor: string[];
  expiresOn: string;
}

/** A scan, or a wrong word with the tries left: that is written down, so it is no refusal before the commit. */
export type ScanOutcome = { scanned: Scanned } | { triesLeft: number };

/** The key that the codes of an entitlement are made with; of this version only. */
export function keyOf(
  needs: Pick<BenefitNeeds, 'vault'>,
  one: Pick<Entitlement, 'id' | 'codeVersion'>,
): Buffer {
  return needs.vault.hash('entitlement_code', `${one.id}:${one.codeVersion}`);
}

/** The code to show now, as text and picture; refuses `voucher_over`, `voucher_not_goods`. */
export async function codeOf(needs: BenefitNeeds, entitlement: Entitlement, at: Date) {
  checkUsable(entitlement, at);
  const step = stepOf(at);
  const text = rotatingText(
    entitlement.serial,
    codeAt(keyOf(needs, entitlement), entitlement.id, step),
  );
  return {
    text,
    qrSvg: await QRCode.toString(text, { type: 'svg', margin: 1 }),
    seconds: STEP_SECONDS - Math.floor((at.getTime() / 1000) % STEP_SECONDS),
  };
}

function checkUsable(entitlement: Entitlement, at: Date): void {
  if (entitlement.unit !== 'fen') throw new Refusal('voucher_not_goods');
  if (entitlement.state !== 'issued' || entitlement.expiresOn <= dateInShanghai(at))
    throw new Refusal('voucher_over');
}

/**
 * Takes a code that was shown at a counter: checks it, keeps that it was shown, and says what it may pay for. The same code
 * at the same counter again is the same scan until it has paid. Refuses `voucher_unknown`, `voucher_code_old`,
 * `voucher_code_used`, `voucher_held`, `voucher_over`, `paper_closed`. System login.
 */
export async function scan(
  needs: BenefitNeeds,
  tx: Writing,
  command: { text: string; proof: string; placeId: Id; tillId: Id },
): Promise<ScanOutcome> {
  const read = readCode(command.text);
  if (!read) throw new Refusal('voucher_unknown', {}, 'text');
  if (read.kind === 'paper') return await scanPaper(needs, tx, { ...command, code: read.code });
  const [row] = await listEntitlements(tx, { serials: [read.serial], lock: true });
  if (!row) throw new Refusal('voucher_unknown', {}, 'text');
  const step = stepOfCode(keyOf(needs, row), row.id, { code: read.code, at: tx.now });
  if (step === null) throw new Refusal('voucher_code_old', {}, 'text');
  return { scanned: await shown(needs, tx, { row, step, paperId: null, ...command }) };
}

async function scanPaper(
  needs: BenefitNeeds,
  tx: Writing,
  command: { code: string; proof: string; placeId: Id; tillId: Id },
): Promise<ScanOutcome> {
  const paper = await findPaper(tx, needs.vault.hash('entitlement_paper', command.code));
  if (!paper) throw new Refusal('voucher_unknown', {}, 'text');
  if (paper.endedAt) throw new Refusal('paper_closed', {}, 'text');
  const [row] = await listEntitlements(tx, { ids: [paper.entitlementId], lock: true });
  if (!(await isHers(needs, tx, { row: row!, paper, proof: command.proof }))) {
    const triesLeft = await noteFailure(tx, paper, PAPER_TRIES);
    tx.touched('entitlement', row!.id, 'paper_proof_wrong');
    return { triesLeft };
  }
  return {
    scanned: await shown(needs, tx, { row: row!, step: null, paperId: paper.id, ...command }),
  };
}

/** Her word, or the last four digits of her ID number. The counter asks; it never learns either from here. */
async function isHers(
  needs: BenefitNeeds,
  tx: Scoped,
  { row, paper, proof }: { row: Entitlement; paper: Paper | null; proof: string },
): Promise<boolean> {
  const said = proof.trim().toUpperCase();
  if (said.length < 2) return false;
  if (paper && timingSafeEqual(wordHash(needs, row.id, said), paper.wordHash)) return true;
  if (said.length !== 4) return false;
  const person = (await needs.resident.identities(tx, [row.personId])).get(row.personId);
  return person?.idNumber?.slice(-4).toUpperCase() === said;
}

function wordHash(needs: BenefitNeeds, entitlementId: Id, word: string): Buffer {
  return needs.vault.hash('entitlement_word', `${entitlementId}:${word.trim().toUpperCase()}`);
}

async function shown(
  needs: BenefitNeeds,
  tx: Writing,
  given: { row: Entitlement; step: number | null; paperId: Id | null; placeId: Id; tillId: Id },
): Promise<Scanned> {
  const { row, step } = given;
  checkUsable(row, tx.now);
  await checkFree(needs, tx, given);
  const left = await leftOf(tx, [row]);
  const id = needs.newId();
  const scanned = {
    entitlementId: row.id,
    kind: row.kind,
    label: kindWords(row.kind, tx.actor.language),
    leftFen: left.get(row.id)!,
    goods: row.goods,
    paysFor: goodsWords(row.goods, tx.actor.language),
    expiresOn: row.expiresOn,
  };
  const { paperId, placeId, tillId } = given;
  const isNew = await insertScan(tx, {
    id,
    entitlementId: row.id,
    step,
    paperId,
    placeId,
    tillId,
    at: tx.now,
    usedAt: null,
  });
  if (isNew) {
    tx.touched('entitlement', row.id, 'scanned');
    return { scanId: id, ...scanned };
  }
  const before = await scanOfStep(tx, row.id, step!);
  if (!before || before.tillId !== tillId || before.usedAt)
    throw new Refusal('voucher_code_used', {}, 'text');
  return { scanId: before.id, ...scanned };
}

async function checkFree(
  needs: BenefitNeeds,
  tx: Scoped,
  { row, tillId }: { row: Entitlement; tillId: Id },
): Promise<void> {
  const hold = (await openHolds(tx, [row.id])).get(row.id);
  if (!hold || hold.tillId === tillId) return;
  const place = (await needs.place.servicePoints(tx, [hold.placeId])).get(hold.placeId);
  const { code, params } = heldWords(hold, place?.name ?? '');
  throw new Refusal(code, params);
}

/**
 * Prints a code for who has no phone; an earlier paper ends with it. `word` is what she will say at the counter. Answers
 * number, text and picture, once: only a hash is kept. System login, after the caller checked whose it is.
 */
export async function printPaper(
  needs: BenefitNeeds,
  tx: Writing,
  command: { entitlementId: Id; word: string },
) {
  const [row] = await listEntitlements(tx, { ids: [command.entitlementId], lock: true });
  if (!row) throw new Refusal('not_found');
  checkUsable(row, tx.now);
  const text = paperText(randomBytes(12));
  await replacePaper(tx, {
    id: needs.newId(),
    entitlementId: row.id,
    codeHash: needs.vault.hash('entitlement_paper', text),
    wordHash: wordHash(needs, row.id, command.word),
  });
  tx.touched('entitlement', row.id, 'paper_printed');
  const left = (await leftOf(tx, [row])).get(row.id)!;
  return {
    number: row.number,
    label: kindWords(row.kind, tx.actor.language),
    left: formatYuan(left),
    text,
    qrSvg: await QRCode.toString(text, { type: 'svg', margin: 1 }),
  };
}

/**
 * Replaces a lost paper at the counter: the number of the entitlement as its slip or her worker says it, and the last four
 * digits of her ID number. Wrong digits count against the lost paper, so nobody can try them all. Refuses
 * `voucher_unknown` when no paper of this number works any more: her worker prints one. System login.
 */
export async function replaceLost(
  needs: BenefitNeeds,
  tx: Writing,
  command: { number: string; lastDigits: string; word: string },
): Promise<{ paper: Awaited<ReturnType<typeof printPaper>> } | { triesLeft: number }> {
  const serial = Number(command.number.replace(/\D/g, ''));
  const [row] = serial > 0 ? await listEntitlements(tx, { serials: [serial], lock: true }) : [];
  const paper = row && (await openPaper(tx, row.id));
  if (!row || !paper) throw new Refusal('voucher_unknown', {}, 'number');
  if (!(await isHers(needs, tx, { row, paper: null, proof: command.lastDigits }))) {
    tx.touched('entitlement', row.id, 'paper_proof_wrong');
    return { triesLeft: await noteFailure(tx, paper, PAPER_TRIES) };
  }
  const { word } = command;
  return { paper: await printPaper(needs, tx, { entitlementId: row.id, word }) };
}
