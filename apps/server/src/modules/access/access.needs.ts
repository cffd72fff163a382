import type { Id } from '@wennuan/basics';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Place } from '../place/index.ts';

/** What sign-in and accounts take from elsewhere. */
export interface AccessNeeds {
  database: Database;
  vault: Vault;
  place: Place;
  newId: () => Id;
  sandbox: boolean;
  /** Port: sends a text message (module `message`). */
  sendText(tx: Writing, telephone: string, text: string): Promise<void>;
  /** Port: names of organisations (module `organization`). */
  organizationNames(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>>;
  /** Port: hands the open tasks of one account to another (module `desk`). */
  handOver(tx: Writing, fromAccountId: Id, toAccountId: Id): Promise<void>;
}
