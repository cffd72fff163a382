import { databaseBeside } from '../../platform/database/beside.ts';
import type { Connection } from '../../platform/database/roles.ts';
import type { NoticeOutcome, PaidNotice } from './receive.service.ts';

/** What receives gifts in a thread of its own: for a server, where many come in while pages are asked for. */
export function receiverBeside(connection: Connection) {
  const file = new URL('./receive.worker.ts', import.meta.url);
  return databaseBeside<PaidNotice, NoticeOutcome>(file, connection);
}
