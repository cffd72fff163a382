import { Refusal, type Id } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import type { BindingMethod } from './resident.ts';
import {
  claimConsents,
  endBindings,
  insertBindings,
  lockPerson,
  lockPersons,
  setAccountsOf,
} from './resident.store.ts';

export interface BindingCommand {
  readonly personId: Id;
  readonly accountId: Id;
  readonly method: BindingMethod;
}

/**
 * Binds accounts to persons after they were met or their ID was checked: from then on the account sees
 * the person's file. A person's earlier account loses her (a changed number is bound anew). Others
 * hear `resident.bound`. Refuses `person_not_in_area`, and `already_bound` when the account is another
 * person's. Staff or system login.
 */
export async function bindAccounts(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly BindingCommand[],
): Promise<void> {
  const persons = await lockPersons(
    tx,
    commands.map(({ personId }) => personId),
  );
  const bindings = commands.flatMap((command) => {
    const person = persons.get(command.personId);
    if (!person || person.erased_at) throw new Refusal('person_not_in_area');
    tx.touched('person', command.personId);
    return person.account_id === command.accountId ? [] : { ...command, areaId: person.area_id };
  });
  if (bindings.length === 0) return;
  await endBindings(
    tx,
    bindings.map(({ personId }) => personId),
  );
  const areBound = await insertBindings(
    tx,
    bindings.map(({ personId, accountId, areaId, method }) => ({
      id: needs.newId(),
      person_id: personId,
      account_id: accountId,
      area_id: areaId,
      method,
      bound_at: tx.now,
      bound_by: tx.actor.accountId,
    })),
  );
  if (!areBound) throw new Refusal('already_bound', {}, 'telephone');
  await setAccountsOf(tx, bindings);
  await claimConsents(tx, bindings);
  for (const { accountId } of bindings) tx.touched('account', accountId);
  await tellBindings(needs, tx, 'resident.bound', bindings);
}

/** Binds the account of a telephone number; refuses also `account_unknown`, `telephone_invalid`. */
export async function bindTelephone(
  needs: ResidentNeeds,
  actor: Actor,
  command: { personId: Id; telephone: string; method: BindingMethod },
): Promise<void> {
  // Which account a number belongs to is nobody's to see but the system's.
  const accountId = await needs.database.read(systemActor('binding'), (tx) =>
    needs.access.findByTelephone(tx, command.telephone),
  );
  if (!accountId) throw new Refusal('account_unknown', {}, 'telephone');
  await needs.database.write(actor, 'resident.bind_account', (tx) =>
    bindAccounts(needs, tx, [{ ...command, accountId }]),
  );
}

/** Ends a person's binding; refuses `person_not_in_area`, and `not_found` when there is none. */
export async function unbind(needs: ResidentNeeds, actor: Actor, personId: Id): Promise<void> {
  await needs.database.write(actor, 'resident.unbind_account', async (tx) => {
    const person = await lockPerson(tx, personId);
    if (!person) throw new Refusal('person_not_in_area');
    if (person.account_id === null) throw new Refusal('not_found');
    await endBindings(tx, [personId]);
    await setAccountsOf(tx, [{ personId, accountId: null }]);
    tx.touched('person', personId);
    tx.touched('account', person.account_id);
    await tellBindings(needs, tx, 'resident.unbound', [
      { personId, accountId: person.account_id, areaId: person.area_id },
    ]);
  });
}

/** Tells the accounts' holders, who can object, and the modules. */
async function tellBindings(
  needs: ResidentNeeds,
  tx: Writing,
  topic: 'resident.bound' | 'resident.unbound',
  bindings: readonly { personId: Id; accountId: Id; areaId: number }[],
): Promise<void> {
  const isBound = topic === 'resident.bound';
  await needs.message.send(
    tx,
    bindings.map(({ accountId }) => ({
      accountId,
      topic: 'service',
      title: isBound ? '您的账号已与居民档案绑定' : '您的账号已与居民档案解除绑定',
      body: isBound
        ? '社区工作人员核实身份后办理。今后您可以在“我的信息”里查看自己的档案。如果不是您本人办理，请马上联系社区。'
        : '如果不是您本人要求，请联系社区。',
      link: '/my/data',
    })),
  );
  await appendEvents(
    tx.sql,
    bindings.map(({ personId, accountId, areaId }) => ({
      id: needs.newId(),
      topic,
      subjectKind: 'person',
      subjectId: personId,
      areaId,
      body: { personId, accountId },
    })),
  );
}
