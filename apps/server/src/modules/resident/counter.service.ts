import { dateInShanghai, type PlainDate } from '@wennuan/basics';
import type { RouteInput, RouteOutput, routes } from '@wennuan/contract';
import { readCitizenId } from '@wennuan/linkage';
import { dateOfNumber, findField } from '@wennuan/policy';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { FIELD_NUMBER, holdsOn, wordsOf } from './facts.ts';
import { listFacts } from './facts.store.ts';
import { householdsOf } from './household.service.ts';
import type { Gender } from './id-number.ts';
import { openColumn } from './identity.ts';
import { viewPersons } from './person.service.ts';
import { insertOpening } from './record.store.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { ageOn } from './resident.ts';
import type { PersonRow } from './resident.store.ts';
import { findMatches } from './search.service.ts';
import { isUnplaced } from './taking-in.service.ts';

type LookUp = RouteOutput<typeof routes.file.lookUp>;
type Purpose = RouteInput<typeof routes.file.lookUp>['body']['purpose'];

/** More than these are not told apart at a counter: the page asks for more digits. */
const SHOWN_AT_MOST = 8;
const AID_LINES = 5;
const CLOSED_STATES = ['closed', 'refused', 'withdrawn', 'merged', 'lapsed', 'unconfirmed'];
const PURPOSE_WORDS: Record<Purpose, string> = {
  counter_service: '窗口办事',
  benefit_question: '咨询待遇',
  registration: '登记建档',
};

/**
 * At the counter: who a number, a telephone or a name with last digits means, what she is entitled to, what she had. Every
 * look-up leaves a row with its purpose, also one that finds nobody; she sees it in her file. What was typed is not kept.
 */
export async function lookUp(
  needs: ResidentNeeds,
  actor: Actor,
  command: { text: string; purpose: Purpose },
): Promise<LookUp> {
  const find = async (tx: Writing): Promise<Omit<LookUp, 'unplaced'>> => {
    const { rows } = await findMatches(needs, tx, {
      text: command.text,
      limit: SHOWN_AT_MOST,
    });
    const [only] = rows;
    if (rows.length === 1 && only) {
      await noteLookUp(needs, tx, { row: only, purpose: command.purpose });
      return {
        outcome: 'found',
        person: await cardOf(needs, tx, only),
        others: [],
        idNumber: null,
      };
    }
    tx.touched('look_up', '', command.purpose);
    const others = await viewPersons(needs, tx, rows);
    const outcome = others.length > 0 ? 'several' : 'unknown';
    const idNumber = rows.length > 0 ? null : wholeId(command.text);
    return { outcome, person: null, others, idNumber };
  };
  const answer = await needs.database.write(actor, 'resident.look_up', find);
  const { idNumber } = answer;
  return { ...answer, unplaced: idNumber !== null && (await isUnplaced(needs, actor, idNumber)) };
}

function wholeId(text: string): string | null {
  const reading = readCitizenId(text);
  return reading.kind === 'valid' ? reading.number : null;
}

async function noteLookUp(
  needs: ResidentNeeds,
  tx: Writing,
  { row, purpose }: { row: PersonRow; purpose: Purpose },
): Promise<void> {
  const box = (await needs.vault.findBoxes(tx, [row.id])).get(row.id)!;
  await insertOpening(tx, {
    id: needs.newId(),
    person_id: row.id,
    account_id: row.account_id,
    area_id: row.area_id,
    field: 'look_up',
    reason_sealed: box.seal(PURPOSE_WORDS[purpose]),
    at: tx.now,
    by_account_id: tx.actor.accountId!,
  });
  tx.touched('person', row.id, `look_up:${purpose}`);
}

async function cardOf(
  needs: ResidentNeeds,
  tx: Writing,
  row: PersonRow,
): Promise<LookUp['person']> {
  const today = dateInShanghai(tx.now);
  const [view] = await viewPersons(needs, tx, [row]);
  const facts = await listFacts(tx, row.id, [
    FIELD_NUMBER.group,
    FIELD_NUMBER.diedOn,
    FIELD_NUMBER.bornOn,
  ]);
  const current = facts.filter((fact) => holdsOn(fact, today));
  const valueOf = (field: number) => current.find((fact) => fact.field === field)?.value ?? null;
  const group = findField('group')!;
  const died = valueOf(FIELD_NUMBER.diedOn);
  const households = await householdsOf(needs, tx, row.id);
  return {
    ...view!,
    gender: row.gender as Gender,
    age: await ageOf(needs, tx, { row, born: valueOf(FIELD_NUMBER.bornOn), today }),
    diedOn: died === null ? null : dateOfNumber(died),
    groups: current
      .filter((fact) => fact.field === FIELD_NUMBER.group)
      .map((fact) => wordsOf(group, fact.value, () => null)),
    household: households[0] ?? null,
    entitlements: await entitledTo(needs, tx, row),
    aid: (await needs.aidOf?.(tx, row.id, AID_LINES)) ?? [],
    openNeeds: await openNeedsOf(needs, tx, row),
  };
}

/** What she is entitled to now; a department's counter is not told what others' programmes find. */
async function entitledTo(needs: ResidentNeeds, tx: Writing, row: PersonRow) {
  if (tx.actor.login !== 'staff') return [];
  const lines = (await needs.entitlementsOf?.(tx, row.id)) ?? [];
  return lines.filter((line) => line.isCandidate);
}

async function openNeedsOf(needs: ResidentNeeds, tx: Writing, row: PersonRow) {
  if (tx.actor.login !== 'staff') return [];
  const matters = (await needs.needsOf?.(tx, row.id)) ?? [];
  return matters
    .filter((need) => !CLOSED_STATES.includes(need.state))
    .map(({ id, number, title }) => ({ id, number, title }));
}

async function ageOf(
  needs: ResidentNeeds,
  tx: Writing,
  { row, born, today }: { row: PersonRow; born: number | null; today: PlainDate },
): Promise<number | null> {
  const box = (await needs.vault.findBoxes(tx, [row.id])).get(row.id)!;
  const birthDate = openColumn(row, box, 'birth_date') ?? (born ? dateOfNumber(born) : null);
  return birthDate === null ? null : ageOn(today, birthDate);
}
