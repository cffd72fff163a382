import { Refusal, type Id } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import { sql } from 'kysely';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { deleteNotedFacts } from './facts.store.ts';
import { writeTerms } from './move.service.ts';
import { answerInside } from './my-data.service.ts';
import { findRequest } from './request.store.ts';
import { noteFactsChanged } from './changed.store.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { eraseIdentity, eraseNotes, lockPerson, readBound } from './resident.store.ts';
import { deleteTerms } from './search.store.ts';

type Outcome = 'erased' | 'kept';

/**
 * Grants a request to delete (PIPL 47). Where no legal duty keeps who she is, her key is destroyed: nothing that was sealed
 * with it can ever be read again, and what the ledger must keep stands beside “deleted”. Where one does (a department's
 * roster, running aid), what only she gave or a worker noted goes, and the answer names what stays with whom. Refuses
 * `not_found`, `busy_elsewhere`, `nothing_to_erase`.
 */
export async function grantErasure(
  needs: ResidentNeeds,
  actor: Actor,
  requestId: Id,
): Promise<{ outcome: Outcome; answer: string }> {
  const request = await needs.database.read(actor, (tx) => findRequest(tx, requestId));
  if (!request) throw new Refusal('not_found');
  if (request.kind !== 'delete') throw new Refusal('nothing_to_erase');
  // Keys are the system's to destroy; the row of the audit names who granted it.
  const eraser: Actor = { ...actor, login: 'system' };
  return await needs.database.write(eraser, 'resident.erase', async (tx) => {
    const personId = (await readBound(tx, [request.account_id])).get(request.account_id);
    const { outcome, words } = personId
      ? await erasePerson(needs, tx, personId)
      : { outcome: 'erased' as const, words: '' };
    const forgotten = await forgetElsewhere(needs, tx, {
      accountId: request.account_id,
      reason: `GX-${requestId.slice(-6).toUpperCase()}`,
    });
    const told = [words, ...forgotten].filter(Boolean);
    if (told.length === 0) throw new Refusal('nothing_to_erase');
    const answer = [...told, ...ANSWER_ENDS].join('\n');
    await answerInside(needs, tx, { id: requestId, answer });
    return { outcome, answer };
  });
}

const ANSWER_ENDS = [
  '已经发生的收付、领取记录依法保存，其中不再能看出是您。',
  '您对处理结果有不同意见，可以向街道或区温暖办提出。',
];

/** What other modules hold about the account alone: they forget it and say what they did. */
async function forgetElsewhere(
  needs: ResidentNeeds,
  tx: Writing,
  asked: { accountId: Id; reason: string },
): Promise<string[]> {
  const told: string[] = [];
  for (const forget of needs.forgets ?? []) {
    const words = await forget(tx, asked);
    if (words !== null) told.push(words);
  }
  return told;
}

async function erasePerson(
  needs: ResidentNeeds,
  tx: Writing,
  personId: Id,
): Promise<{ outcome: Outcome; words: string }> {
  const person = (await lockPerson(tx, personId))!;
  const duties = await dutiesOf(needs, tx, { personId, departmentIds: person.department_ids });
  await deleteNotedFacts(tx, personId);
  await noteFactsChanged(tx, [personId]);
  tx.touched('person', personId, duties.length > 0 ? 'kept' : 'erased');
  if (duties.length > 0) {
    const box = (await needs.vault.findBoxes(tx, [personId])).get(personId)!;
    await eraseNotes(tx, personId, box.seal(''));
    await writeTerms(needs, tx, { personId, box });
    return {
      outcome: 'kept',
      words: `您自己提供的联系电话、住址，以及走访记录、工作人员手工登记的情况已经删除。以下信息依法仍须保存：\n${duties.join('\n')}`,
    };
  }
  await deleteTerms(tx, [personId]);
  await sql`update household_member set until = ${tx.now}::date where person_id = ${personId} and until is null
    and source_row_id is null`.execute(tx.db);
  await eraseIdentity(tx, personId);
  await needs.vault.destroy(tx, [personId]);
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic: 'resident.erased',
      subjectKind: 'person',
      subjectId: personId,
      areaId: person.area_id,
      body: { personId },
    },
  ]);
  return {
    outcome: 'erased',
    words:
      '您的居民档案已经删除：姓名、证件号码、电话、住址、走访记录和手工登记的情况都不能再被任何人读出。',
  };
}

/** Why who she is must stay, in words for her: the rosters of departments, and what other modules say. */
async function dutiesOf(
  needs: ResidentNeeds,
  tx: Scoped,
  { personId, departmentIds }: { personId: Id; departmentIds: readonly Id[] },
): Promise<string[]> {
  const names =
    departmentIds.length > 0 ? await needs.organizationNames?.(tx, departmentIds) : undefined;
  const rosters = departmentIds.map(
    (id) => `· ${names?.get(id) ?? '有关部门'}的名册：由该部门依法保存，更正或删除请向该部门提出。`,
  );
  const others: string[] = [];
  for (const keeps of needs.keeps ?? [])
    others.push(...(await keeps(tx, personId)).map((duty) => `· ${duty.words}`));
  return [...rosters, ...others];
}
