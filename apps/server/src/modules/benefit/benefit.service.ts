import { dateInShanghai, type Id } from '@wennuan/basics';
import { balances, post, type TransferCommand } from '@wennuan/ledger';
import { systemActor } from '../../platform/actor.ts';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Fund } from '../fund/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';
import type { Vault } from '../../platform/vault.ts';
import {
  accountLabel,
  expiryOf,
  unitOf,
  type Entitlement,
  type IssueCommand,
  type IssueOutcome,
} from './benefit.ts';
import {
  insertEntitlements,
  listEntitlements,
  moveEntitlements,
  noteEnding,
} from './benefit.store.ts';
import { goodsAtIssue } from './goods-words.ts';
import { openHolds } from './hold.store.ts';
import { givenBackTo } from './redeem.store.ts';

export interface BenefitNeeds {
  database: Database;
  newId: () => Id;
  vault: Vault;
  place: Pick<Place, 'ref' | 'streetOf' | 'district' | 'servicePoints'>;
  fund: Pick<Fund, 'openAccounts' | 'aidOut' | 'aidBack'>;
  resident: Pick<Resident, 'people' | 'identities'>;
}

const WELL_KNOWN = '00000000-0000-7000-8';
/** The edge of the books that hours come from: a promise of volunteers, nobody's money. */
const HOURS_PROMISED: Id = `${WELL_KNOWN}003-000000000001`;
/** The edge they go to once they were given. */
const HOURS_GIVEN: Id = `${WELL_KNOWN}003-000000000002`;
const EXPIRE_AT_ONCE = 500;

/**
 * Issues entitlements: out of the fund by way of its aid pot into an account of their own, one ledger posting. The
 * same subject again answers what was issued for it. A fund that holds too little is an outcome. Call it last in a
 * transaction.
 */
export async function issue(
  needs: BenefitNeeds,
  tx: Writing,
  commands: readonly IssueCommand[],
): Promise<IssueOutcome[]> {
  if (commands.length === 0) return [];
  const known = await listEntitlements(tx, {
    subjectIds: commands.map(({ subject }) => subject.id),
  });
  const bySubject = new Map(known.map((one) => [one.subjectId, one.id]));
  const fresh = commands
    .filter(({ subject }) => !bySubject.has(subject.id))
    .map((command) => ({ command, id: needs.newId() }));
  const { issuing, fillings } = await issuable(needs, tx, fresh);
  await openBoth(needs, tx, issuing);
  const outcomes = await post(tx.sql, {
    commands: [...fillings, ...issuing.map((one) => issueTransfer(tx, one))],
    at: tx.now,
    newId: needs.newId,
  });
  const issued = issuing.flatMap(({ command, id }, index) => {
    const outcome = outcomes[fillings.length + index]!;
    if (outcome.status === 'refused') {
      if (outcome.refusal === 'balance_too_low') return [];
      throw new Error(`an entitlement was not posted: ${outcome.refusal}`);
    }
    return [rowOf(needs, tx, { command, id, issueId: outcome.transferIds[0]! })];
  });
  await insertEntitlements(tx, issued);
  for (const row of issued) tx.touched('entitlement', row.id);
  const made = new Map(issued.map((row) => [row.subjectId, row.id]));
  return commands.map(({ subject }) => {
    const old = bySubject.get(subject.id);
    if (old) return { status: 'already_issued', entitlementId: old };
    const entitlementId = made.get(subject.id);
    return entitlementId
      ? { status: 'issued', entitlementId }
      : { status: 'balance_too_low', entitlementId: null };
  });
}

interface Issuing {
  command: IssueCommand;
  id: Id;
  /** The account it comes from: the fund's pot, so that no public leaf tells what one person got; or promised hours. */
  from: Id;
}

/** What of it the funds can pay, and what their pots are to be filled with before. */
async function issuable(
  needs: BenefitNeeds,
  tx: Writing,
  fresh: readonly { command: IssueCommand; id: Id }[],
): Promise<{ issuing: Issuing[]; fillings: TransferCommand[] }> {
  const paid = fresh.filter(({ command }) => command.fundId !== null);
  const { pots, fillings, fits } = await needs.fund.aidOut(
    tx,
    paid.map(({ command }) => ({
      sourceId: command.fundId!,
      personId: command.personId,
      amountFen: command.amount,
      holdName: command.holdName ?? null,
    })),
  );
  const poor = new Set(paid.filter((_, index) => !fits[index]).map((one) => one.id));
  const issuing = fresh
    .filter((one) => !poor.has(one.id))
    .map((one) => ({
      ...one,
      from: one.command.fundId === null ? HOURS_PROMISED : pots.get(one.command.fundId)!,
    }));
  return { issuing, fillings };
}

function issueTransfer(tx: Scoped, { command, id, from }: Issuing): TransferCommand {
  return {
    key: `entitlement:${command.subject.id}`,
    from,
    to: id,
    amount: command.amount,
    reason: 'issue',
    document: { kind: 'entitlement', id },
    actor: tx.actor.accountId,
  };
}

function rowOf(
  needs: BenefitNeeds,
  tx: Scoped,
  { command, id, issueId }: { command: IssueCommand; id: Id; issueId: Id },
) {
  const issuedOn = dateInShanghai(tx.now);
  return {
    id,
    kind: command.kind,
    unit: unitOf(command.kind),
    subjectKind: command.subject.kind,
    subjectId: command.subject.id,
    label: command.label,
    personId: command.personId,
    accountId: command.accountId,
    areaId: command.areaId,
    streetId: needs.place.streetOf(command.areaId).id,
    sourceId: command.fundId ?? HOURS_PROMISED,
    issueId,
    amount: command.amount,
    issuedOn,
    expiresOn: expiryOf(issuedOn, command.days),
    goods: goodsAtIssue(command.kind, command.goods),
  };
}

/** Opens the account of each entitlement, and the edges of the books for hours. No purpose names a person. */
async function openBoth(
  needs: BenefitNeeds,
  tx: Writing,
  fresh: readonly { command: IssueCommand; id: Id }[],
): Promise<void> {
  const hours = fresh.some(({ command }) => command.kind === 'hours');
  const district = needs.place.district()?.id ?? null;
  const edges = [HOURS_PROMISED, HOURS_GIVEN].map((id) => ({
    id,
    kind: 'world' as const,
    unit: 'minute',
    code: null,
    purpose: {
      kind: 'receivable' as const,
      subjectId: id,
      label: id === HOURS_PROMISED ? '志愿者承诺的时间' : '已经付出的时间',
      areaId: district,
      isPublic: false,
    },
  }));
  await needs.fund.openAccounts(tx, [
    ...(hours ? edges : []),
    ...fresh.map(({ command, id }) => ({
      id,
      kind: 'inner' as const,
      unit: unitOf(command.kind),
      code: null,
      purpose: {
        kind: 'person' as const,
        subjectId: id,
        label: accountLabel(command.kind),
        areaId: needs.place.streetOf(command.areaId).id,
        isPublic: true,
      },
    })),
  ]);
}

/**
 * Ends entitlements: what was not used goes back to the pot of its fund, out of turn, naming the entry that issued it,
 * and from there to the fund in sums that tell nobody's.
 * `expired` by its day, `cancelled` by a person. What is over already stays as it is; what a counter holds ends when
 * its hold does. Posts once; call it last.
 */
export async function takeBack(
  needs: BenefitNeeds,
  tx: Writing,
  command: { ids: readonly Id[]; as: 'expired' | 'cancelled' },
): Promise<{ id: Id; returned: number }[]> {
  if (command.ids.length === 0) return [];
  const rows = await listEntitlements(tx, { ids: command.ids, lock: true });
  const issued = rows.filter((row) => row.state === 'issued');
  const held = await openHolds(
    tx,
    issued.map((row) => row.id),
  );
  await noteEnding(tx, [...held.keys()], command.as);
  const open = issued.filter((row) => !held.has(row.id));
  const left = await leftOf(tx, open);
  const returning = open.filter((row) => left.get(row.id)! > 0);
  await moveEntitlements(
    tx,
    open.map((row) => row.id),
    command.as,
  );
  for (const row of open) tx.touched('entitlement', row.id, command.as);
  const refilled = await givenBackTo(
    tx,
    returning.map((row) => row.id),
  );
  const { pots, backs } = await needs.fund.aidBack(
    tx,
    returning
      .filter((row) => row.unit === 'fen')
      .map((row) => ({ ...row, amountFen: left.get(row.id)! })),
  );
  const outcomes = await post(tx.sql, {
    commands: [
      ...returning.map((row) => ({
        key: `entitlement:${row.id}:back`,
        from: row.id,
        to: pots.get(row.sourceId) ?? row.sourceId,
        amount: left.get(row.id)!,
        // All that is left leaves; once goods came back there are several entries, and none can give it alone.
        ...(!refilled.has(row.id) && { of: row.issueId }),
        reason: command.as === 'expired' ? 'expiry' : 'return',
        document: { kind: 'entitlement', id: row.id },
        actor: tx.actor.accountId,
      })),
      ...backs,
    ],
    at: tx.now,
    newId: needs.newId,
  });
  const failed = outcomes.find((outcome) => outcome.status === 'refused');
  if (failed) throw new Error(`an entitlement was not returned: ${failed.key}`);
  return open.map((row) => ({ id: row.id, returned: left.get(row.id)! }));
}

/** Records that promised hours were given, whole; posts once. */
export async function giveHours(
  needs: BenefitNeeds,
  tx: Writing,
  subjectIds: readonly Id[],
): Promise<void> {
  const rows = await listEntitlements(tx, { subjectIds, lock: true });
  const open = rows.filter((row) => row.state === 'issued' && row.kind === 'hours');
  await moveEntitlements(
    tx,
    open.map((row) => row.id),
    'used_up',
  );
  const outcomes = await post(tx.sql, {
    commands: open.map((row) => ({
      key: `entitlement:${row.id}:given`,
      from: row.id,
      to: HOURS_GIVEN,
      amount: row.amount,
      reason: 'handed_over',
      document: { kind: 'entitlement', id: row.id },
      actor: tx.actor.accountId,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  const failed = outcomes.find((outcome) => outcome.status === 'refused');
  if (failed) throw new Error(`hours were not posted: ${failed.key}`);
}

/** What is left of entitlements, in their unit. */
export async function leftOf(
  tx: Scoped,
  rows: readonly Pick<Entitlement, 'id'>[],
): Promise<Map<Id, number>> {
  const found = await balances(
    tx.sql,
    rows.map((row) => row.id),
  );
  return new Map(found.map((row) => [row.accountId, row.balance]));
}

/** Takes back what was not used by its last day. Safe to run twice and in several processes. */
export async function expireEntitlements(needs: BenefitNeeds): Promise<number> {
  return await needs.database.write(systemActor('benefit.expire'), null, async (tx) => {
    const over = await listEntitlements(tx, {
      overOn: dateInShanghai(tx.now),
      limit: EXPIRE_AT_ONCE,
    });
    const ended = await takeBack(needs, tx, { ids: over.map((row) => row.id), as: 'expired' });
    return ended.length;
  });
}
