import { instantInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import { dateInShanghai } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { openColumn } from './identity.ts';
import { exchangeSection, factSection, visitSection } from './my-data.sections.ts';
import { viewConsents, viewOpenings } from './record.service.ts';
import { listConsents, listOpenings } from './record.store.ts';
import {
  answerRequestRow,
  findRequest,
  insertAssessment,
  insertRequest,
  listRequests,
  lockRequest,
} from './request.store.ts';
import type { DataSection, ResidentNeeds } from './resident.needs.ts';
import { answerBy, ANSWER_DAYS, type RequestKind } from './resident.ts';
import { findPerson, readBound } from './resident.store.ts';

type MyData = RouteOutput<typeof routes.resident.myData>;

const KIND_WORDS: Record<RequestKind, string> = {
  correct: '更正',
  delete: '删除',
  explain: '说明',
  transfer: '转移',
};
/** Everything held about the caller (PIPL 45): read with her own rights, so that it is also what she may see. */
export async function readMyData(needs: ResidentNeeds, actor: Actor): Promise<MyData> {
  const accountId = actor.accountId!;
  const account = await needs.database.read(systemActor('my data'), (tx) =>
    needs.access.facts(tx, accountId),
  );
  if (!account) throw new Refusal('not_found');
  const personId = await needs.database.read(
    actor,
    async (tx) => (await readBound(tx, [accountId])).get(accountId) ?? null,
  );
  // Facts are no login's of residents: the system reads hers for her (PIPL 45).
  const facts = personId
    ? await needs.database.read(systemActor('my-data'), (tx) =>
        factSection(needs, tx, { personId, language: actor.language }),
      )
    : [];
  return await needs.database.read(actor, async (tx) => {
    const sections: DataSection[] = [
      ...facts,
      await exchangeSection(needs, tx, accountId),
      await visitSection(needs, tx, accountId),
    ];
    for (const section of [...(needs.sections ?? []), needs.message.ownSections])
      sections.push(...(await section(tx)));
    return {
      account: {
        telephone: account.telephone,
        displayName: account.displayName,
        since: account.since.toISOString(),
      },
      person: await ownPerson(needs, tx, accountId),
      consents: await viewConsents(needs, tx, await listConsents(tx, { accountId })),
      openings: await viewOpenings(needs, tx, await listOpenings(tx, { accountId })),
      sections: sections.filter((section) => section.rows.length > 0),
      requests: await ownRequests(needs, tx, accountId),
    };
  });
}

async function ownPerson(
  needs: ResidentNeeds,
  tx: Scoped,
  accountId: Id,
): Promise<MyData['person']> {
  const personId = (await readBound(tx, [accountId])).get(accountId);
  const row = personId ? await findPerson(tx, personId) : undefined;
  const box = row ? (await needs.vault.findBoxes(tx, [row.id])).get(row.id) : undefined;
  if (!row || !box) return null;
  return {
    name: openColumn(row, box, 'name')!,
    telephone: openColumn(row, box, 'telephone'),
    idNumber: openColumn(row, box, 'id_number'),
    address: openColumn(row, box, 'address'),
    birthDate: openColumn(row, box, 'birth_date'),
    area: needs.place.ref(row.area_id),
  };
}

/** How to greet the caller: the name of the person bound to her account, or null. */
export async function readMyName(
  needs: ResidentNeeds,
  actor: Actor,
): Promise<{ name: string | null }> {
  return await needs.database.read(actor, async (tx) => ({
    name: (await ownPerson(needs, tx, actor.accountId!))?.name ?? null,
  }));
}

async function ownRequests(
  needs: ResidentNeeds,
  tx: Scoped,
  accountId: Id,
): Promise<MyData['requests']> {
  const rows = await listRequests(tx, accountId);
  const box = (await needs.vault.findBoxes(tx, [accountId])).get(accountId);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.asked_at.toISOString(),
    state: row.answered_at ? 'answered' : 'open',
    text: box?.open(row.text_sealed) ?? '',
    answer: row.answer_sealed ? (box?.open(row.answer_sealed) ?? '') : null,
  }));
}

/**
 * Takes a request about one's own data and puts it on the desk of the community (of the district, when
 * no community is known). A person answers within 15 days.
 */
export async function askRequest(
  needs: ResidentNeeds,
  actor: Actor,
  request: { kind: RequestKind; text: string },
): Promise<{ id: Id; answerBy: PlainDate }> {
  const accountId = actor.accountId!;
  return await needs.database.write(actor, 'resident.ask_about_data', async (tx) => {
    const id = needs.newId();
    const box = (await needs.vault.boxes(tx, [accountId])).get(accountId)!;
    const personId = (await readBound(tx, [accountId])).get(accountId);
    const person = personId ? await findPerson(tx, personId) : undefined;
    const areaId = person?.area_id ?? actor.areaId ?? needs.place.district()!.id;
    const due = answerBy(tx.now);
    await insertRequest(tx, {
      id,
      account_id: accountId,
      area_id: areaId,
      kind: request.kind,
      text_sealed: box.seal(request.text),
      asked_at: tx.now,
      answer_by: due,
    });
    const isCommunity = needs.place.area(areaId).level === 'community';
    const dueAt = instantInShanghai(due, '17:30');
    await needs.desk.open(tx, [
      {
        kind: 'answer_request',
        subjectKind: 'data_request',
        subjectId: id,
        number: `GX-${id.slice(-6).toUpperCase()}`,
        title: `个人信息请求：${KIND_WORDS[request.kind]}`,
        detail: `须在 ${ANSWER_DAYS} 天内答复`,
        areaId,
        building: null,
        roles: [isCommunity ? 'community_worker' : 'district_officer'],
        level: isCommunity ? 'community' : 'district',
        dueAt,
        warnAt: new Date((tx.now.getTime() + dueAt.getTime()) / 2),
        urgent: false,
        askerAccountId: accountId,
      },
    ]);
    tx.touched('data_request', id);
    return { id, answerBy: due };
  });
}

/** What somebody of the actor's areas asks about her data; refuses `not_found`. */
export async function readRequest(
  needs: ResidentNeeds,
  actor: Actor,
  id: Id,
): Promise<RouteOutput<typeof routes.resident.readRequest>> {
  return await needs.database.read(actor, async (tx) => {
    const row = await findRequest(tx, id);
    const box = row && (await needs.vault.findBoxes(tx, [row.account_id])).get(row.account_id);
    if (!row || !box) throw new Refusal('not_found');
    return {
      id,
      kind: row.kind as RequestKind,
      text: box.open(row.text_sealed),
      askedAt: row.asked_at.toISOString(),
      answerBy: row.answer_by,
      answer: row.answer_sealed ? box.open(row.answer_sealed) : null,
    };
  });
}

/** Answers a request, closes its task and tells the asker. Refuses `not_found`, `busy_elsewhere` when it was answered. */
export async function answerRequest(
  needs: ResidentNeeds,
  actor: Actor,
  command: { id: Id; answer: string },
): Promise<void> {
  await needs.database.write(actor, 'resident.answer_request', (tx) =>
    answerInside(needs, tx, command),
  );
}

/** The same inside a transaction. */
export async function answerInside(
  needs: ResidentNeeds,
  tx: Writing,
  command: { id: Id; answer: string },
): Promise<void> {
  const row = await lockRequest(tx, command.id);
  if (!row) throw new Refusal('not_found');
  if (row.answered_at) throw new Refusal('busy_elsewhere');
  const box = (await needs.vault.boxes(tx, [row.account_id])).get(row.account_id)!;
  await answerRequestRow(tx, row.id, box.seal(command.answer));
  await needs.desk.close(tx, [{ subjectId: row.id }]);
  await needs.message.send(tx, [
    {
      accountId: row.account_id,
      topic: 'service',
      title: '您的个人信息请求已有答复',
      body: command.answer,
      link: '/my/data',
      text: '您的个人信息请求已有答复，请登录后在“我的信息”里查看。',
    },
  ]);
  tx.touched('data_request', row.id);
}

/** Adds an impact assessment to the register (C-25); one of a day to come is refused with `input_invalid`. */
export async function addAssessment(
  needs: ResidentNeeds,
  actor: Actor,
  assessment: { title: string; assessedOn: PlainDate; conclusion: string },
): Promise<{ id: Id }> {
  return await needs.database.write(actor, 'resident.add_impact_assessment', async (tx) => {
    if (assessment.assessedOn > dateInShanghai(tx.now))
      throw new Refusal('input_invalid', {}, 'assessedOn');
    const id = needs.newId();
    await insertAssessment(tx, { id, ...assessment });
    tx.touched('impact_assessment', id);
    return { id };
  });
}
