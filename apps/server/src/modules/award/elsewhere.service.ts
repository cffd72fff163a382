import { createHash } from 'node:crypto';
import { addDays, dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { openSheets, type SheetCell } from '../../platform/sheet-reader.ts';
import { reviewFrom, type Award, type Round } from './award.ts';
import { moveAwards, noteSteps, roundOf } from './award.engine.ts';
import type { AwardNeeds, PolicyInForce } from './award.needs.ts';
import { periodOf } from './award.periods.ts';
import { insertAwards, listAwards } from './award.store.ts';
import { newPart } from './delivery.service.ts';
import { findImport, insertImport, type Gap } from './import.store.ts';
import { insertParts } from './part.store.ts';
import { insertRound, listRounds } from './round.store.ts';

const LINES_MOST = 20_000;
const HEAD_LINES = 20;

/** Refers to the department all people of a round who are ready and whom the caller may see; refuses `nobody_ready`, `award_state_wrong`. */
export async function referReady(
  needs: AwardNeeds,
  tx: Writing,
  roundId: Id,
): Promise<{ referred: number }> {
  const round = await roundOf(tx, roundId);
  if (round.source === 'charity')
    throw new Refusal('award_state_wrong', { state: round.definition.name.zh });
  const awards = await listAwards(tx, { roundId, states: ['ready'], lock: true });
  if (awards.length === 0) throw new Refusal('nobody_ready');
  await moveAwards(needs, tx, { awards, move: 'refer' });
  return { referred: awards.length };
}

/** One line of a department's payment list, as read. */
export interface PaidLine {
  line: number;
  idNumber: string | null;
  name: string | null;
  amountFen: number | null;
}

const HEADS = {
  idNumber: /身份证|证件号|公民身份/,
  name: /姓名|名字|受益人/,
  amount: /金额|发放额|补贴|实发|元/,
} as const;

/** Reads a payment list: finds the row with the columns' names, then every line with something in it. Refuses `sheet_unreadable`. */
export async function readPaidLines(bytes: Buffer, fileName: string): Promise<PaidLine[]> {
  for (const sheet of await openSheets(bytes, fileName).catch(unreadable)) {
    const lines: PaidLine[] = [];
    let head: Record<keyof typeof HEADS, number> | null = null;
    let seen = 0;
    for await (const { line, cells } of sheet.lines()) {
      seen += 1;
      if (!head) {
        head = findHead(cells);
        if (!head && seen > HEAD_LINES) break;
        continue;
      }
      const read = readLine(cells, head);
      if (read) lines.push({ line, ...read });
      if (lines.length > LINES_MOST) throw new Refusal('sheet_unreadable');
    }
    if (head) return lines;
  }
  throw new Refusal('sheet_unreadable');
}

function unreadable(): never {
  throw new Refusal('sheet_unreadable');
}

function findHead(cells: readonly SheetCell[]): Record<keyof typeof HEADS, number> | null {
  const place = (pattern: RegExp) => cells.findIndex((cell) => pattern.test(textOf(cell)));
  const head = {
    idNumber: place(HEADS.idNumber),
    name: place(HEADS.name),
    amount: place(HEADS.amount),
  };
  return head.amount >= 0 && (head.idNumber >= 0 || head.name >= 0) ? head : null;
}

function readLine(cells: readonly SheetCell[], head: Record<keyof typeof HEADS, number>) {
  const text = (place: number) => (place < 0 ? '' : textOf(cells[place] ?? null));
  const idNumber = text(head.idNumber).toUpperCase() || null;
  const name = text(head.name) || null;
  const amount = text(head.amount).replace(/[¥￥,，\s元]/g, '');
  if (!idNumber && (!name || /合计|总计|小计/.test(name))) return null;
  return { idNumber, name, amountFen: parseYuan(amount) ?? null };
}

function textOf(cell: SheetCell): string {
  return cell === null || cell instanceof Date ? '' : String(cell).normalize('NFKC').trim();
}

export interface ImportOutcome {
  importId: Id;
  again: boolean;
  lines: number;
  matched: number;
  unmatched: Gap[];
}

/**
 * Takes in what a department has paid: each line is matched with a person by ID number, else by her name among the
 * people of the programme; what fits nobody is shown by its line. The same file again changes nothing, and so does a
 * month that is there already. Refuses `not_found`, `not_permitted`, `sheet_unreadable`.
 */
export async function importPaid(
  needs: AwardNeeds,
  actor: Actor,
  file: { bytes: Buffer; fileName: string; programmeCode: string; month: string },
): Promise<ImportOutcome> {
  const inForce = await needs.database.read(actor, (tx) => needs.program.inForce(tx));
  const policy = inForce.find((one) => one.policy.code === file.programmeCode);
  if (!policy || policy.policy.source === 'charity')
    throw new Refusal('not_found', {}, 'programmeCode');
  const isOwn = actor.role === 'department_officer' && actor.organizationId === policy.departmentId;
  if (!isOwn && actor.role !== 'district_officer') throw new Refusal('not_permitted');
  const lines = await readPaidLines(file.bytes, file.fileName);
  const content = createHash('sha256').update(file.bytes).digest('hex');
  const contentHash = needs.vault.hash(
    'award_import',
    `${file.programmeCode}:${file.month}:${content}`,
  );
  const paid = { ...file, policy, lines, contentHash };
  // Two officers with the same file at one moment: the constraint lets one in, the other then finds it read.
  return await takeIn(needs, actor, paid).catch((thrown: { constraint?: string }) => {
    if (thrown.constraint !== 'award_import_once') throw thrown;
    return takeIn(needs, actor, paid);
  });
}

interface PaidFile {
  fileName: string;
  programmeCode: string;
  month: string;
  policy: PolicyInForce;
  lines: readonly PaidLine[];
  contentHash: Buffer;
}

async function takeIn(needs: AwardNeeds, actor: Actor, file: PaidFile): Promise<ImportOutcome> {
  const { policy, lines, contentHash } = file;
  // Whom a list is about lives anywhere in the district: the system reads for the officer, and the audit names her.
  return await needs.database.write(
    { ...actor, login: 'system' },
    'award.import_paid',
    async (tx) => {
      const known = await findImport(tx, contentHash);
      if (known) return { ...known, importId: known.id, again: true };
      const period = periodOf(policy.policy.cadence, `${file.month}-01`, `${file.month}-01`);
      const round = await roundFor(needs, tx, { ...policy, period });
      const { found, gaps } = await match(needs, tx, file.programmeCode, lines);
      const awards = await awardsFor(needs, tx, round, found);
      await addPaidParts(needs, tx, { round, found, awards, month: file.month });
      const id = needs.newId();
      const result = { lines: lines.length, matched: found.size, unmatched: gaps };
      await insertImport(tx, {
        id,
        ...file,
        ...result,
        contentHash,
        departmentId: policy.departmentId,
        areaId: round.areaId,
      });
      tx.touched('award_import', id);
      return { importId: id, again: false, ...result };
    },
  );
}

async function roundFor(
  needs: AwardNeeds,
  tx: Writing,
  given: {
    policy: Round['definition'];
    versionId: Id | null;
    departmentId: Id | null;
    period: string;
  },
): Promise<Round> {
  const { policy, period } = given;
  const areaId = needs.place.district()!.id;
  const [known] = await listRounds(tx, { programCode: policy.code, period, areaId });
  if (known) return known;
  return await insertRound(tx, {
    id: needs.newId(),
    programCode: policy.code,
    versionId: given.versionId,
    definition: policy,
    source: policy.source,
    departmentId: given.departmentId,
    period,
    areaId,
  });
}

/** Who each line means; lines that mean nobody, or somebody named before, are gaps. */
async function match(
  needs: AwardNeeds,
  tx: Writing,
  programCode: string,
  lines: readonly PaidLine[],
) {
  const open = (await listAwards(tx, { programCode })).filter((award) => award.endedOn === null);
  const identities = await needs.resident.identities(
    tx,
    open.map((award) => award.personId),
  );
  const byName = Map.groupBy(identities, ([, seen]) => seen.name);
  const found = new Map<Id, PaidLine>();
  const gaps: Gap[] = [];
  for (const line of lines) {
    const persons = line.idNumber
      ? await needs.resident.findByIdNumber(tx, line.idNumber)
      : (byName.get(line.name ?? '') ?? []).map(([id]) => id);
    const [only] = persons;
    const why =
      line.amountFen === null
        ? 'amount'
        : persons.length === 0
          ? 'nobody'
          : persons.length > 1
            ? 'several'
            : null;
    if (why) gaps.push({ line: line.line, why });
    else if (found.has(only!)) gaps.push({ line: line.line, why: 'twice' });
    else found.set(only!, line);
  }
  return { found, gaps };
}

/** The award of each person: the open one of the programme, or a new one that begins with what was paid. */
async function awardsFor(
  needs: AwardNeeds,
  tx: Writing,
  round: Round,
  found: ReadonlyMap<Id, PaidLine>,
): Promise<Award[]> {
  const personIds = [...found.keys()];
  const programCode = round.programCode;
  const known = (await listAwards(tx, { programCode, personIds, lock: true })).filter(
    (award) => award.endedOn === null,
  );
  const missing = personIds.filter((id) => !known.some((award) => award.personId === id));
  const persons = await needs.resident.people(tx, missing);
  const added = await insertAwards(
    tx,
    [...persons.values()].map((person) => ({
      id: needs.newId(),
      round_id: round.id,
      program_code: programCode,
      source: round.source,
      beneficiary_id: person.id,
      person_id: person.id,
      account_id: person.accountId,
      area_id: person.areaId,
      department_id: round.departmentId,
      state: 'candidate',
      amount: found.get(person.id)!.amountFen!,
      unit: 'fen',
      may_be_named: false,
    })),
  );
  const fresh = await listAwards(tx, { ids: [...added], lock: true });
  await noteSteps(needs, tx, { awards: fresh, move: 'found', note: '' });
  const awards = [...known, ...fresh];
  const today = dateInShanghai(tx.now);
  const moving = awards.filter((award) => award.state !== 'halted');
  const begun = moving.filter((award) => award.grantedOn === null);
  const running = moving.filter((award) => award.grantedOn !== null);
  await moveAwards(needs, tx, {
    awards: begun,
    move: 'note_paid',
    change: { grantedOn: today, reviewOn: reviewFrom(today) },
  });
  await moveAwards(needs, tx, { awards: running, move: 'note_paid' });
  return awards;
}

async function addPaidParts(
  needs: AwardNeeds,
  tx: Writing,
  given: {
    round: Round;
    found: ReadonlyMap<Id, PaidLine>;
    awards: readonly Award[];
    month: string;
  },
): Promise<void> {
  const { round, found, awards, month } = given;
  const today = dateInShanghai(tx.now);
  const lastDay = addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
  const paidOn = lastDay < today ? lastDay : today;
  await insertParts(
    tx,
    awards.map((award) => ({
      ...newPart(needs, { award, round, period: round.period, dueOn: `${month}-01` }),
      amount: found.get(award.personId)!.amountFen!,
      unit: 'fen' as const,
      state: 'delivered' as const,
      deliveredOn: paidOn,
    })),
  );
}
