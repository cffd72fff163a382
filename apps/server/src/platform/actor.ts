import type { Id } from '@wennuan/basics';
import type { Language, Role } from '@wennuan/contract';
import type { Login } from './database/roles.ts';

/** Who acts: passed whole to every use case, never in pieces. */
export interface Actor {
  readonly login: Login;
  /** The signed-in account; null for visitors, the platform and the system itself. */
  readonly accountId: Id | null;
  readonly displayName: string;
  readonly role: Role | null;
  /** The held role that is active (`account_role.id`). */
  readonly roleId: Id | null;
  /** The area the role was given in and every area below it; empty without area. */
  readonly areaId: number | null;
  readonly areaIds: readonly number[];
  readonly organizationId: Id | null;
  readonly language: Language;
}

/** Somebody without a session. */
export function visitor(language: Language = 'zh'): Actor {
  return { ...nobody, login: 'public', displayName: '访客', language };
}

/** The system itself: clocks, consumers, commands. `name` says which part, for the audit. */
export function systemActor(name: string): Actor {
  return { ...nobody, login: 'system', displayName: name };
}

/** A payment platform that speaks by signed notices. */
export function paymentsActor(name: string): Actor {
  return { ...nobody, login: 'payments', displayName: name };
}

const nobody: Actor = {
  login: 'public',
  accountId: null,
  displayName: '',
  role: null,
  roleId: null,
  areaId: null,
  areaIds: [],
  organizationId: null,
  language: 'zh',
};
