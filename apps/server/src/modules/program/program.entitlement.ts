import { dateInShanghai, type Id, type PlainDate } from '@wennuan/basics';
import { sensitiveFacts, type RouteOutput, type routes } from '@wennuan/contract';
import { type Clause, evaluate, explainMasked, findField, type Policy } from '@wennuan/policy';
import type { Scoped } from '../../platform/database/database.ts';
import { type EntitledPerson, readEntitled } from './entitlement.store.ts';
import { policiesOn } from './program.evaluate.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { withPlaces } from './program.words.ts';

export type Entitlement = RouteOutput<typeof routes.program.entitlements>['items'][number];
type Words = Entitlement['reason'];

const NONE: ReadonlySet<string> = new Set();
const MASKED: ReadonlySet<string> = new Set(sensitiveFacts);

/** A worker's own note has no department behind it. */
const NOTED: Words = { zh: '社区登记', en: 'Noted by the community' };

/**
 * What every programme in force comes to for one person today, what she is entitled to first: what it rests on with source
 * and date, or the fewest conditions that are missing. For a worker in whose areas she lives, and for herself.
 */
export async function entitlementsOf(
  needs: Pick<ProgramNeeds, 'organization' | 'place'>,
  tx: Scoped,
  personId: Id,
): Promise<Entitlement[]> {
  const on = dateInShanghai(tx.now);
  const entitled = await readEntitled(tx, personId, on);
  const policies = await policiesOn(tx, on);
  const departments = [...new Set(entitled.sources.flatMap((one) => one.departmentId ?? []))];
  const names = await needs.organization.names(tx, departments);
  const since = await sinceOf(tx, personId);
  const said = withPlaces(needs);
  // She reads her own file whole; an office opens what is masked there with a reason, and not by way of this page.
  const hidden = tx.actor.login === 'resident' ? NONE : MASKED;
  const common = { entitled, on, names, said, hidden };
  const items = policies.map(({ programId, policy }) =>
    entitlementOf({ ...common, policy, since: since.get(programId) ?? null }),
  );
  return items.toSorted((a, b) => Number(b.isCandidate) - Number(a.isCandidate));
}

async function sinceOf(tx: Scoped, personId: Id): Promise<Map<Id, PlainDate>> {
  const rows = await tx.db
    .selectFrom('candidate')
    .select(['program_id', 'since'])
    .where('person_id', '=', personId)
    .where('ended_on', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.program_id, row.since]));
}

interface Asked {
  policy: Policy;
  entitled: EntitledPerson;
  on: PlainDate;
  names: ReadonlyMap<Id, string>;
  since: PlainDate | null;
  said: ReturnType<typeof withPlaces>;
  hidden: ReadonlySet<string>;
}

function entitlementOf(asked: Asked): Entitlement {
  const { policy, entitled, on } = asked;
  const { person, otherHouseholds } = entitled;
  const verdict = evaluate(policy, person, on);
  const reason = explainMasked(policy, verdict, { person, on, hidden: asked.hidden });
  const recipients = [
    verdict.recipientId,
    ...otherHouseholds.map(
      (household) => evaluate(policy, { ...person, household }, on).recipientId,
    ),
  ];
  const isRecipient = recipients.includes(person.personId);
  const clauses = (of: readonly Clause[]) => of.map((clause) => clauseOf(clause, asked));
  return {
    code: policy.code,
    name: policy.name,
    source: policy.source,
    clause: policy.clause,
    what: policy.benefit.what,
    isCandidate: verdict.isCandidate,
    throughHousehold: verdict.isCandidate && !isRecipient,
    amount: verdict.amount,
    amountUnit: policy.benefit.unit,
    cadence: policy.cadence,
    delivery: policy.delivery,
    since: asked.since,
    reason: asked.said({ zh: reason.zh, en: reason.en }),
    because: clauses(reason.because),
    missing: clauses(reason.missing),
  };
}

function clauseOf(
  clause: Clause,
  { entitled, on, names, said }: Asked,
): Entitlement['because'][number] {
  const field = clause.field === null ? undefined : findField(clause.field);
  const number = field && findField(field.readFrom)!.number;
  const rows = entitled.sources.filter(
    (one) =>
      one.field === number &&
      (one.since === null || one.since <= on) &&
      (one.until === null || on < one.until),
  );
  const sources = rows.map(({ departmentId, notedAt }) => ({
    name: departmentId === null ? NOTED : bothOf(names.get(departmentId) ?? ''),
    notedOn: dateInShanghai(notedAt),
  }));
  const { state } = clause;
  const asked = said(clause.asked);
  const seen = clause.seen && said(clause.seen);
  const once = new Map(sources.map((one) => [`${one.name.zh} ${one.notedOn}`, one]));
  return { asked, state, seen, sources: [...once.values()] };
}

const bothOf = (name: string): Words => ({ zh: name, en: name });
