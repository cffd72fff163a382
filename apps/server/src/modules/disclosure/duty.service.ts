import {
  addDays,
  dateInShanghai,
  instantInShanghai,
  Refusal,
  type Id,
  type PlainDate,
} from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { links } from '../fund/index.ts';
import {
  BIG_TRANSACTION_FEN,
  daysBetween,
  dutiesBy,
  type Facts,
  type NewDuty,
  ruleOf,
  rules,
  type Running,
  stateOf,
} from './disclosure.ts';
import { CHARITY_ID, charityName, type DisclosureNeeds } from './disclosure.needs.ts';
import {
  type DutyRow,
  endDuty,
  insertDuties,
  knownDuties,
  listDuties,
  recordBegins,
} from './disclosure.store.ts';

export type DutyView = RouteOutput<typeof routes.disclosure.voidDuty>;

/** All that duties are reckoned from, as it stands. System login. */
async function readFacts(needs: DisclosureNeeds, tx: Scoped): Promise<Facts | null> {
  const begun = await recordBegins(tx);
  if (!begun) return null;
  const campaigns = await needs.donation.openedCampaigns(tx);
  const funds = await needs.fund.specialFunds(tx);
  const charitySales = await needs.charitySale.ended(tx);
  const large = { fromFen: BIG_TRANSACTION_FEN, since: begun };
  const events = [
    ...(await needs.donation.largeGifts(tx, large)),
    ...(await needs.fund.largePayments(tx, large)),
  ];
  return {
    running: [
      ...campaigns.map((one): Running => ({
        kind: 'campaign',
        id: one.id,
        code: one.code,
        name: one.name,
        startedOn: one.openedOn,
        endedOn: one.isClosed ? one.closesOn : null,
        isEmergency: one.isEmergency,
      })),
      ...funds.map((one): Running => ({
        kind: 'fund',
        id: one.id,
        code: one.code,
        name: one.name,
        startedOn: dateInShanghai(one.createdAt),
        endedOn: null,
        isEmergency: false,
      })),
      ...charitySales.map((one): Running => ({
        kind: 'charity_sale',
        id: one.id,
        code: one.number,
        name: one.name,
        startedOn: one.opensOn,
        endedOn: one.endedOn,
        isEmergency: false,
      })),
    ],
    events: events.map(({ number, at }) => ({ number, happenedOn: dateInShanghai(at) })),
    charity: { id: CHARITY_ID, name: charityName(needs), since: dateInShanghai(begun) },
  };
}

/**
 * Puts every duty that has begun on the calendar and on the desk, each once, and ends what was done elsewhere (the
 * filing of an emergency). Answers how many are new. System login.
 */
export async function openDuties(needs: DisclosureNeeds, tx: Writing): Promise<number> {
  const facts = await readFacts(needs, tx);
  if (!facts) return 0;
  const known = await knownDuties(tx);
  const fresh = dutiesBy(dateInShanghai(tx.now), facts)
    .filter((duty) => !known.has(`${duty.kind} ${duty.subjectId} ${duty.period}`))
    .map((duty) => ({ ...duty, id: needs.newId(), detail: null }));
  const added = await addDuties(needs, tx, fresh);
  await endFilings(needs, tx);
  return added;
}

async function addDuties(
  needs: DisclosureNeeds,
  tx: Writing,
  duties: readonly (NewDuty & { id: Id; detail: string | null })[],
): Promise<number> {
  const added = new Set(await insertDuties(tx, duties));
  const district = needs.place.district();
  if (added.size === 0 || !district) return added.size;
  for (const id of added) tx.touched('disclosure_duty', id);
  const rows = (await listDuties(tx, { open: true })).filter((row) => added.has(row.id));
  await needs.desk.open(
    tx,
    rows.map((row) => {
      const dueAt = instantInShanghai(row.dueOn, '17:30');
      const begins = Math.max(tx.now.getTime(), instantInShanghai(row.opensOn).getTime());
      return {
        kind: 'disclose' as const,
        subjectKind: 'disclosure' as const,
        subjectId: row.id,
        number: row.number,
        title: `${row.subjectName}：${ruleOf(row.kind).title.zh}`,
        detail: `应于 ${row.dueOn} 前公开`,
        areaId: district.id,
        building: null,
        roles: ['federation_officer' as const],
        level: 'district' as const,
        dueAt,
        warnAt: new Date(Math.min(dueAt.getTime(), (begins + dueAt.getTime()) / 2)),
        urgent: row.kind === 'emergency_receipts',
        askerAccountId: null,
      };
    }),
  );
  return added.size;
}

/** An emergency's filing is on the campaign's own file: the duty ends on the day it was filed. */
async function endFilings(needs: DisclosureNeeds, tx: Writing): Promise<void> {
  const filed = new Map(
    (await needs.donation.openedCampaigns(tx))
      .filter((one) => one.isEmergency && one.filedOn !== null)
      .map((one) => [one.id, one.filedOn!]),
  );
  if (filed.size === 0) return;
  for (const duty of await listDuties(tx, { open: true })) {
    const filedOn = duty.kind === 'emergency_filing' ? filed.get(duty.subjectId) : undefined;
    if (filedOn === undefined) continue;
    await endDuty(tx, duty.id, { doneOn: filedOn });
    await needs.desk.close(tx, [{ subjectId: duty.id }]);
    tx.touched('disclosure_duty', duty.id, 'filed');
  }
}

/** What duties are called on the desk, where it is not read in Chinese as their tasks are written. */
export async function titlesOf(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> {
  const { language } = tx.actor;
  if (ids.length === 0 || language === 'zh') return new Map();
  const rows = await listDuties(tx, { ids });
  return new Map(
    rows.map((row) => [row.id, `${row.subjectName}: ${ruleOf(row.kind).title[language]}`]),
  );
}

/** A duty as pages show it. */
export function dutyView(row: DutyRow, today: PlainDate, language: 'zh' | 'en'): DutyView {
  const rule = ruleOf(row.kind);
  const state = stateOf(row, today);
  const isOpen = row.doneOn === null && row.voidReason === null;
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    title: rule.title[language],
    subject: subjectView(row),
    period: row.detail ?? row.period,
    opensOn: row.opensOn,
    dueOn: row.dueOn,
    daysLeft: isOpen ? daysBetween(today, row.dueOn) : null,
    state,
    doneOn: row.doneOn,
    disclosureNumber: row.disclosureNumber,
    reason: row.voidReason,
  };
}

/** What a duty or a disclosure is about, with the page that shows it. */
export function subjectView(row: Pick<DutyRow, 'subjectKind' | 'subjectCode' | 'subjectName'>) {
  const { subjectKind: kind, subjectCode: code, subjectName: name } = row;
  const pages = {
    campaign: links.campaign(code),
    fund: links.fund(code),
    charity_sale: `/charity-sales/${code}`,
    charity: null,
  };
  return { kind, code, name, link: pages[kind] };
}

const DONE_SHOWN_DAYS = 400;

/** The calendar of duties as everybody reads it: what is open, and what ended within the last year or so. */
export async function readCalendar(tx: Scoped, asked: { subject?: string }) {
  const today = dateInShanghai(tx.now);
  const { language } = tx.actor;
  const rows = await listDuties(tx, {
    ...(asked.subject !== undefined && { subjectCode: asked.subject }),
  });
  const recent = addDays(today, -DONE_SHOWN_DAYS);
  const items = rows
    .filter((row) => (row.doneOn === null && row.voidReason === null) || row.dueOn >= recent)
    .map((row) => dutyView(row, today, language));
  return {
    asOf: tx.now.toISOString(),
    overdue: items.filter((one) => one.state === 'overdue').length,
    rules: rules.map((rule) => ({
      kind: rule.kind,
      title: rule.title[language],
      deadline: rule.deadline[language],
      source: rule.source[language],
      article: rule.article,
    })),
    items,
  };
}

/** A page of duties for the desk, soonest due first. */
export async function readDuties(
  tx: Scoped,
  page: { after?: string; limit: number; open?: boolean },
) {
  const [dueOn, serial] = page.after?.split('.') ?? [];
  const rows = await listDuties(tx, {
    limit: page.limit + 1,
    ...(page.open && { open: true }),
    ...(dueOn && serial && { after: { dueOn, serial: Number(serial) } }),
  });
  const { shown, next } = cutPage(rows, page.limit, (last) => `${last.dueOn}.${last.serial}`);
  const today = dateInShanghai(tx.now);
  return {
    items: shown.map((row) => dutyView(row, today, tx.actor.language)),
    next,
  };
}

/** Notes something that must be disclosed and that no figure shows. Refuses an unknown subject and a day to come. */
export async function addDuty(
  needs: DisclosureNeeds,
  tx: Writing,
  asked: {
    kind: 'related_party' | 'partner_assessment' | 'remainder';
    subjectCode: string | null;
    happenedOn: PlainDate;
    what: string;
  },
): Promise<Id> {
  const today = dateInShanghai(tx.now);
  if (asked.happenedOn > today) throw new Refusal('input_invalid', {}, 'happenedOn');
  const id = needs.newId();
  const subject = await findSubject(needs, tx, asked.subjectCode);
  const days = ruleOf(asked.kind).afterEvent!.days!;
  await addDuties(needs, tx, [
    {
      ...subject,
      id,
      kind: asked.kind,
      period: id,
      detail: asked.what,
      coversFrom: asked.happenedOn,
      coversUntil: asked.happenedOn,
      opensOn: asked.happenedOn,
      dueOn: addDays(asked.happenedOn, days),
    },
  ]);
  return id;
}

async function findSubject(needs: DisclosureNeeds, tx: Scoped, code: string | null) {
  if (code === null)
    return {
      subjectKind: 'charity' as const,
      subjectId: CHARITY_ID,
      subjectCode: '',
      subjectName: charityName(needs),
    };
  const campaign = (await needs.donation.openedCampaigns(tx)).find((one) => one.code === code);
  const [fund] = campaign ? [] : await needs.fund.listFunds(tx, { code });
  const found = campaign ?? fund;
  if (!found) throw new Refusal('not_found', {}, 'subjectCode');
  return {
    subjectKind: campaign ? ('campaign' as const) : ('fund' as const),
    subjectId: found.id,
    subjectCode: found.code,
    subjectName: found.name,
  };
}

/** A duty that waits, locked. Refuses an unknown one and one that is done or void, also if only just now. */
export async function lockOpenDuty(tx: Writing, id: Id): Promise<DutyRow> {
  const [known] = await listDuties(tx, { id });
  if (!known) throw new Refusal('not_found');
  const [duty] = await listDuties(tx, { id, lock: true });
  if (!duty || duty.doneOn !== null || duty.voidReason !== null)
    throw new Refusal('disclosure_published');
  return duty;
}

/** Says why a duty does not apply. Refuses one that is done. Federation login. */
export async function voidDuty(
  needs: DisclosureNeeds,
  tx: Writing,
  asked: { dutyId: Id; reason: string },
): Promise<void> {
  const duty = await lockOpenDuty(tx, asked.dutyId);
  await endDuty(tx, duty.id, { voidReason: asked.reason });
  await needs.desk.close(tx, [{ subjectId: duty.id }]);
  tx.touched('disclosure_duty', duty.id, 'void');
}
