import { parseYuan, Refusal, type Id } from '@wennuan/basics';
import { needKinds, type NeedKindCode, type shapes } from '@wennuan/contract';
import { appendEvents } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Writing } from '../../platform/database/database.ts';
import { giveNotice } from './need.notices.ts';
import type { NeedNeeds } from './need.ports.ts';
import { insertEvent } from './need.records.ts';
import {
  countOpenOf,
  findByForm,
  insertNeed,
  listByIds,
  nextNumber,
  readSealed,
  type FiledNeed,
} from './need.store.ts';
import { buildingOf, taskFor } from './need.tasks.ts';
import { excludedGoods } from './need.text.ts';
import { waitingIn, type Need } from './need.ts';

export type FileNeed = z.output<typeof shapes.fileNeedBody>;

/** What a caller is told about what she filed. */
export interface Filed {
  id: Id;
  number: string;
  answerBy: Date;
}

/**
 * Files needs: numbers them, seals what was said, opens their clocks, tells the askers. A form that was
 * filed already answers the same. Refuses by the rules of the kind (amount, goods, length, one open at
 * a time), without consent, and outside the worker's area.
 */
export async function fileNeeds(
  needs: NeedNeeds,
  tx: Writing,
  commands: readonly FileNeed[],
): Promise<Filed[]> {
  const filed: Filed[] = [];
  for (const command of commands) filed.push(await fileOne(needs, tx, command));
  return filed;
}

async function fileOne(needs: NeedNeeds, tx: Writing, command: FileNeed): Promise<Filed> {
  const filedById = tx.actor.accountId!;
  const before = await findByForm(tx, { filedById, formId: command.formId });
  if (before) return { id: before.id, number: before.number, answerBy: before.dueAt ?? tx.now };
  const amountFen = checkContent(command);
  const area = areaOf(needs, tx, command.areaCode);
  const asker = await askerOf(needs, tx, command, area.id);
  const { open, number: openNumber } = await countOpenOf(tx, {
    askerKey: asker.key,
    kind: command.kind,
  });
  const mostOpen: number | null = needKinds[command.kind].mostOpen;
  if (mostOpen !== null && open >= mostOpen)
    throw new Refusal('need_open_already', { number: openNumber });
  const need = await write(needs, tx, { command, asker, amountFen, areaId: area.id });
  await needs.attachment.adopt(tx, command.attachmentIds, {
    subjectKind: 'need',
    subjectId: need.id,
    areaId: need.areaId,
    readerAccountId: need.accountId,
  });
  await noteConsent(needs, tx, command, need);
  await begin(needs, tx, need, command.attachmentIds);
  return { id: need.id, number: need.number, answerBy: need.dueAt! };
}

/** Consent to handling the matter, where she can see and withdraw it; of somebody not on file the need itself keeps it. */
async function noteConsent(
  needs: NeedNeeds,
  tx: Writing,
  { acting }: FileNeed,
  { personId, accountId, areaId }: Need,
): Promise<void> {
  if (acting && personId === null) return;
  await needs.resident.noteConsents(tx, [
    {
      personId,
      accountId: acting ? null : accountId,
      areaId,
      purpose: 'need_handling',
      form: acting?.consentForm ?? 'own_account',
      note: acting?.consentNote ?? '',
    },
  ]);
}

/** The rules of the kind for what was typed; returns the amount in fen. */
function checkContent({ kind, title, story, amountYuan }: FileNeed): number | null {
  const rules: { mostFen: number | null; mostStoryCharacters: number } = needKinds[kind];
  const most = rules.mostStoryCharacters;
  if ([...story].length > most) throw new Refusal('text_too_long', { most }, 'story');
  if (kind === 'micro_wish' && excludedGoods(title))
    throw new Refusal('wish_goods_excluded', {}, 'title');
  if (amountYuan === null) return null;
  const fen = parseYuan(amountYuan);
  if (!fen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  if (rules.mostFen !== null && fen > rules.mostFen)
    throw new Refusal('wish_amount_limit', {}, 'amountYuan');
  return fen;
}

/** Where help is needed: a community, for an office one of its own. */
function areaOf(needs: NeedNeeds, tx: Writing, code: string) {
  const area = needs.place.areaByCode(code);
  if (area.level !== 'community') throw new Refusal('area_unknown', {}, 'areaCode');
  if (tx.actor.login === 'staff' && !tx.actor.areaIds.includes(area.id))
    throw new Refusal('person_not_in_area', {}, 'areaCode');
  return area;
}

/** Whose matter it is: how she is called, which account speaks for her, and one value that stands for her. */
interface Asker {
  name: string;
  key: Buffer;
  accountId: Id | null;
  personId: Id | null;
}

async function askerOf(
  needs: NeedNeeds,
  tx: Writing,
  { acting }: FileNeed,
  areaId: number,
): Promise<Asker> {
  const byOffice = tx.actor.login !== 'resident';
  const key = (text: string) => needs.vault.hash('asker', text);
  if (!acting) {
    if (byOffice) throw new Refusal('consent_required', {}, 'acting');
    const accountId = tx.actor.accountId!;
    const personId = await needs.resident.personOf(tx, accountId);
    const person = personId ? (await needs.resident.people(tx, [personId])).get(personId) : null;
    const name = person?.name ?? (await needs.access.names(tx, [accountId])).get(accountId) ?? '';
    return { name, accountId, personId, key: key(personId ?? accountId) };
  }
  if (acting.consentForm === 'own_account')
    throw new Refusal('consent_required', {}, 'acting.consentForm');
  if (acting.consentForm === 'not_possible' && !acting.consentNote)
    throw new Refusal('consent_required', {}, 'acting.consentNote');
  if (byOffice && acting.personId) {
    const person = (await needs.resident.people(tx, [acting.personId])).get(acting.personId);
    if (!person) throw new Refusal('person_not_in_area', {}, 'acting.personId');
    const { name, accountId } = person;
    return { name, accountId, personId: acting.personId, key: key(acting.personId) };
  }
  const name = acting.personName.normalize('NFC');
  if (!name) throw new Refusal('input_invalid', {}, 'acting.personName');
  // Who acts for another speaks for the matter until she claims it.
  const accountId = byOffice ? null : tx.actor.accountId;
  return { name, accountId, personId: null, key: key(`${areaId}:${name}`) };
}

interface Writ {
  command: FileNeed;
  asker: Asker;
  amountFen: number | null;
  areaId: number;
}

async function write(needs: NeedNeeds, tx: Writing, writ: Writ): Promise<Need> {
  const { command, asker, amountFen, areaId } = writ;
  const { kind, acting } = command;
  const id = needs.newId();
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  const number = numberOf(kind, await nextNumber(tx, kind));
  const contact = command.contactTelephone && needs.access.telephoneKey(command.contactTelephone);
  const filed: FiledNeed = {
    id,
    number,
    kind,
    areaId,
    accountId: asker.accountId,
    personId: asker.personId,
    askerKey: asker.key,
    nameSealed: box.seal(asker.name),
    titleSealed: box.seal(command.title),
    storySealed: box.seal(command.story),
    contactSealed: contact ? box.seal(contact) : null,
    contactHash: contact ? needs.vault.hash('telephone', contact) : null,
    titleHash: needs.vault.hash('need_title', command.title.normalize('NFKC').toLowerCase()),
    relation: acting?.relation ?? 'self',
    filedById: tx.actor.accountId!,
    consentForm: acting?.consentForm ?? 'own_account',
    consentNoteSealed: acting?.consentNote ? box.seal(acting.consentNote) : null,
    formId: command.formId,
    amountFen,
    dueAt: needs.place.workingTime.add(tx.now, needKinds[kind].clockHours.verify * 60),
    slipCode: needs.newSlipCode(),
  };
  await insertNeed(tx, filed).catch(refuseSecond);
  return (await listByIds(tx, [id]))[0]!;
}

/** The unique index decides when two wishes of one asker are filed at the same moment. */
function refuseSecond(thrown: unknown): never {
  if ((thrown as { constraint?: string }).constraint === 'need_one_open_wish')
    throw new Refusal('need_open_already', { number: '—' });
  throw thrown;
}

/** XY-000123: short enough to be read out on the telephone. */
function numberOf(kind: NeedKindCode, count: number): string {
  return `${needKinds[kind].numberPrefix}-${String(count).padStart(6, '0')}`;
}

async function begin(
  needs: NeedNeeds,
  tx: Writing,
  need: Need,
  attachmentIds: Id[],
): Promise<void> {
  const eventId = needs.newId();
  await insertEvent(tx, need, {
    id: eventId,
    move: 'file',
    state: need.state,
    noteSealed: null,
    detail: {},
    attachmentIds,
    before: null,
    undoUntil: null,
  });
  const building = await buildingOf(needs, tx, need.personId);
  await needs.desk.open(tx, [taskFor(needs, need, waitingIn(need)!, { now: tx.now, building })]);
  await giveNotice(needs, tx, need, { name: 'filed', eventId, words: '', sendAt: tx.now });
  tx.touched('need', need.id, 'file');
  await tellMoved(needs, tx, need, 'file');
}

/** The event of a move: ids and codes only. */
export async function tellMoved(
  needs: NeedNeeds,
  tx: Writing,
  need: Need,
  move: string,
): Promise<void> {
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic: 'need.moved',
      subjectKind: 'need',
      subjectId: need.id,
      areaId: need.areaId,
      // With its asker's account, so that she too is told at once.
      body: { needId: need.id, move, state: need.state, accountId: need.accountId },
    },
  ]);
}

/** What an asker wrote, opened for those who may: titles by need. */
export async function titlesOf(
  needs: NeedNeeds,
  tx: Parameters<typeof readSealed>[0],
  needIds: readonly Id[],
): Promise<Map<Id, string>> {
  const sealed = await readSealed(tx, needIds);
  const boxes = await needs.vault.findBoxes(tx, [...sealed.keys()]);
  return new Map(
    [...sealed].flatMap(([id, { title }]) => {
      const box = boxes.get(id);
      return box ? [[id, box.open(title)] as const] : [];
    }),
  );
}
