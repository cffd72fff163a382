import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Language, Role } from '@wennuan/contract';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { AccessNeeds } from './access.needs.ts';
import {
  CODE_RESEND_SECONDS,
  CODE_TRIES,
  CODE_VALID_MINUTES,
  FAILURES_BEFORE_LOCK,
  inForce,
  LOCK_MINUTES,
  SESSION_HOURS,
  type Account,
  type HeldRole,
} from './access.ts';
import { findAccount, listRoles } from './access.store.ts';
import { actorOf, viewSession, type SessionView } from './actors.ts';
import {
  hashToken,
  newSignInCode,
  newToken,
  passwordMatches,
  telephoneKey,
  maskTelephone,
  totpMatches,
} from './credentials.ts';
import { nameByNumber } from './display-name.ts';

/** A session just begun: the token goes into the cookie, only its hash is stored. */
export interface BegunSession {
  token: string;
  hours: number;
  view: SessionView;
}

const minutesAfter = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

/** Sends a six-digit code; refuses `telephone_invalid`, and `too_many_requests` within a minute of the last. */
export async function requestCode(needs: AccessNeeds, typed: string) {
  const telephone = telephoneKey(typed);
  const telephoneHash = needs.vault.hash('telephone', telephone);
  await needs.database.write(systemActor('sign-in'), 'session.request_code', async (tx) => {
    const last = await tx.db
      .selectFrom('sign_in_code')
      .select('sent_at')
      .where('telephone_hash', '=', telephoneHash)
      .forUpdate()
      .executeTakeFirst();
    const waited = last ? (tx.now.getTime() - last.sent_at.getTime()) / 1_000 : Infinity;
    if (waited >= 0 && waited < CODE_RESEND_SECONDS)
      throw new Refusal('too_many_requests', { seconds: Math.ceil(CODE_RESEND_SECONDS - waited) });
    const code = newSignInCode();
    const row = {
      code_hash: hashToken(`${telephone}:${code}`),
      sent_at: tx.now,
      expires_at: minutesAfter(tx.now, CODE_VALID_MINUTES),
      tries_left: CODE_TRIES,
    };
    await tx.db
      .insertInto('sign_in_code')
      .values({ telephone_hash: telephoneHash, ...row })
      .onConflict((conflict) => conflict.column('telephone_hash').doUpdateSet(row))
      .execute();
    const brand = needs.place.brand();
    await needs.sendText(
      tx,
      telephone,
      `【${brand}】验证码 ${code}，${CODE_VALID_MINUTES} 分钟内有效。工作人员不会向您索要验证码。`,
    );
    tx.touched('telephone', telephoneHash.toString('hex').slice(0, 16));
  });
  return {
    sentTo: maskTelephone(telephone),
    validMinutes: CODE_VALID_MINUTES,
    resendSeconds: CODE_RESEND_SECONDS,
  };
}

/** Signs a resident in with her code, opening an account the first time. A wrong code uses up a try. */
export async function signInByTelephone(
  needs: AccessNeeds,
  input: { telephone: string; code: string; language: Language },
): Promise<BegunSession> {
  const telephone = telephoneKey(input.telephone);
  const telephoneHash = needs.vault.hash('telephone', telephone);
  const typed = input.code.normalize('NFKC').replace(/\s/g, '');
  const outcome = await needs.database.write(
    systemActor('sign-in'),
    'session.sign_in',
    async (tx) => {
      const refusal = await checkCode(tx, telephoneHash, hashToken(`${telephone}:${typed}`));
      if (refusal) return refusal;
      const account =
        (await findAccount(tx, { telephoneHash })) ??
        (await openResidentAccount(needs, tx, { telephone, telephoneHash }));
      return await begin(needs, tx, account, input.language);
    },
  );
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

async function checkCode(tx: Writing, telephoneHash: Buffer, codeHash: Buffer) {
  const row = await tx.db
    .selectFrom('sign_in_code')
    .selectAll()
    .where('telephone_hash', '=', telephoneHash)
    .forUpdate()
    .executeTakeFirst();
  tx.touched('telephone', telephoneHash.toString('hex').slice(0, 16));
  if (!row || row.expires_at <= tx.now || row.tries_left === 0)
    return new Refusal('code_expired', {}, 'code');
  if (row.code_hash.equals(codeHash)) {
    await tx.db.deleteFrom('sign_in_code').where('telephone_hash', '=', telephoneHash).execute();
    return null;
  }
  const left = row.tries_left - 1;
  await tx.db
    .updateTable('sign_in_code')
    .set({ tries_left: left })
    .where('telephone_hash', '=', telephoneHash)
    .execute();
  return new Refusal('code_wrong', { left }, 'code');
}

/** Opens the account of a telephone number, with the role of a resident. */
async function openResidentAccount(
  needs: Pick<AccessNeeds, 'vault' | 'newId'>,
  tx: Writing,
  input: { telephone: string; telephoneHash: Buffer; homeAreaId?: number | null },
): Promise<Account> {
  const [id] = await openResidentAccounts(needs, tx, [input]);
  return (await findAccount(tx, { id: id! }))!;
}

/** Opens the accounts of telephone numbers, with the role of a resident; answers their ids in order. */
export async function openResidentAccounts(
  needs: Pick<AccessNeeds, 'vault' | 'newId'>,
  tx: Writing,
  inputs: readonly { telephone: string; telephoneHash: Buffer; homeAreaId?: number | null }[],
): Promise<Id[]> {
  if (inputs.length === 0) return [];
  const ids = inputs.map(() => needs.newId());
  const boxes = await needs.vault.boxes(tx, ids);
  await tx.db
    .insertInto('account')
    .values(
      inputs.map(({ telephone, telephoneHash, homeAreaId }, index) => ({
        id: ids[index]!,
        display_name: nameByNumber(telephone),
        telephone_hash: telephoneHash,
        telephone_sealed: boxes.get(ids[index]!)!.seal(telephone),
        home_area_id: homeAreaId ?? null,
        created_at: tx.now,
      })),
    )
    .execute();
  await addRoles(
    needs,
    tx,
    ids.map((accountId) => ({ accountId, role: 'resident', areaId: null })),
  );
  return ids;
}

interface Grant {
  accountId: Id;
  role: Role;
  areaId: number | null;
  organizationId?: Id | null;
  deputyFor?: Id;
  until?: string;
}

/** Gives an account a role from today on; returns its id. */
export async function addRole(
  needs: Pick<AccessNeeds, 'newId'>,
  tx: Writing,
  grant: Grant,
): Promise<Id> {
  const [id] = await addRoles(needs, tx, [grant]);
  return id!;
}

/** The same for many. */
export async function addRoles(
  needs: Pick<AccessNeeds, 'newId'>,
  tx: Writing,
  grants: readonly Grant[],
): Promise<Id[]> {
  const rows = grants.map((grant) => ({
    id: needs.newId(),
    account_id: grant.accountId,
    role: grant.role,
    area_id: grant.areaId,
    organization_id: grant.organizationId ?? null,
    deputy_for: grant.deputyFor ?? null,
    since: dateInShanghai(tx.now),
    until: grant.until ?? null,
  }));
  await tx.db.insertInto('account_role').values(rows).execute();
  return rows.map(({ id }) => id);
}

/** Signs staff in. Five failures lock the account for a quarter of an hour; the answer never says which part was wrong. */
export async function signInByPassword(
  needs: AccessNeeds,
  input: { name: string; password: string; code: string; language: Language },
): Promise<BegunSession> {
  const outcome = await needs.database.write(
    systemActor('sign-in'),
    'session.sign_in',
    async (tx) => {
      const account = await findAccount(tx, { name: input.name.trim() });
      // The audit tells a refused sign-in from one that began a session, which names the account itself.
      const refused = (refusal: Refusal) => {
        if (account) tx.touched('account', account.id, 'refused');
        return refusal;
      };
      if (account?.lockedUntil && account.lockedUntil > tx.now)
        return refused(locked(account.lockedUntil));
      const right =
        (await passwordMatches(input.password, account?.passwordHash ?? null)) &&
        account !== undefined &&
        account.leftOn === null &&
        totpMatches(await openTotp(needs, tx, account), input.code, tx.now);
      if (!account) return new Refusal('sign_in_failed');
      if (!right) return refused(await countFailure(tx, account));
      await tx.db
        .updateTable('account')
        .set({ failures: 0, locked_until: null })
        .where('id', '=', account.id)
        .execute();
      const begun = await begin(needs, tx, account, input.language);
      return begun instanceof Refusal ? refused(begun) : begun;
    },
  );
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** The TOTP secret of an account; empty when it has none. */
export async function openTotp(needs: AccessNeeds, tx: Scoped, account: Account): Promise<string> {
  const box = (await needs.vault.findBoxes(tx, [account.id])).get(account.id);
  return box && account.totpSealed ? box.open(account.totpSealed) : '';
}

async function countFailure(tx: Writing, account: Account): Promise<Refusal> {
  const failures = account.failures + 1;
  const lockedUntil = failures >= FAILURES_BEFORE_LOCK ? minutesAfter(tx.now, LOCK_MINUTES) : null;
  await tx.db
    .updateTable('account')
    .set({ failures: lockedUntil ? 0 : failures, locked_until: lockedUntil })
    .where('id', '=', account.id)
    .execute();
  return lockedUntil ? locked(lockedUntil) : new Refusal('sign_in_failed');
}

function locked(until: Date): Refusal {
  const time = new Date(until.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  return new Refusal('sign_in_locked', { until: time });
}

async function begin(
  needs: AccessNeeds,
  tx: Writing,
  account: Account,
  language: Language,
): Promise<BegunSession | Refusal> {
  const today = dateInShanghai(tx.now);
  const held = (await listRoles(tx, [account.id])).find((one) => inForce(one, today));
  if (!held || account.leftOn !== null) return new Refusal('role_not_held');
  return await beginAs(needs, tx, { account, held, language });
}

async function beginAs(
  needs: AccessNeeds,
  tx: Writing,
  { account, held, language }: { account: Account; held: HeldRole; language: Language },
): Promise<BegunSession> {
  const { token, hash } = newToken();
  const hours = SESSION_HOURS[held.role === 'resident' ? 'resident' : 'staff'];
  await tx.db
    .insertInto('session')
    .values({
      token_hash: hash,
      account_id: account.id,
      role_id: held.id,
      created_at: tx.now,
      last_seen_at: tx.now,
      expires_at: minutesAfter(tx.now, hours * 60),
    })
    .execute();
  tx.touched('account', account.id);
  const actor = actorOf(needs.place, account, held, language);
  return { token, hours, view: await viewSession(needs, tx, actor) };
}

/** Ends the session of a token. */
export async function signOut(needs: AccessNeeds, actor: Actor, token: string): Promise<void> {
  await needs.database.write(asSystem(actor), 'session.sign_out', async (tx) => {
    await tx.db.deleteFrom('session').where('token_hash', '=', hashToken(token)).execute();
    tx.touched('account', actor.accountId!);
  });
}

/** Makes another held role the active one. Refuses `role_not_held`. */
export async function switchRole(
  needs: AccessNeeds,
  actor: Actor,
  { token, roleId }: { token: string; roleId: Id },
): Promise<SessionView> {
  return await needs.database.write(asSystem(actor), 'session.switch_role', async (tx) => {
    const roles = await listRoles(tx, [actor.accountId!]);
    const held = roles.find((one) => one.id === roleId);
    if (!held || !inForce(held, dateInShanghai(tx.now))) throw new Refusal('role_not_held');
    await tx.db
      .updateTable('session')
      .set({ role_id: roleId })
      .where('token_hash', '=', hashToken(token))
      .execute();
    const account = (await findAccount(tx, { id: actor.accountId! }))!;
    tx.touched('account', account.id);
    return await viewSession(needs, tx, actorOf(needs.place, account, held, actor.language));
  });
}

/** The same person at the system's login: account tables belong to it alone. */
export function asSystem(actor: Actor): Actor {
  return { ...actor, login: 'system' };
}
