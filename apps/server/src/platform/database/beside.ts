import { workerData } from 'node:worker_threads';
import { beside, type Beside, serveBeside } from '../beside.ts';
import { type Database, openDatabase } from './database.ts';
import type { Connection } from './roles.ts';

/** Commands of a use case for many, and their moment. */
export interface Commands<Command> {
  commands: Command[];
  now: Date;
}

/**
 * A use case for many in a thread that has a database of its own (`file` calls {@link serveDatabaseBeside}). A batch is a
 * dozen statements one after another; in the thread that reads requests each would wait until all that has arrived is read.
 */
export function databaseBeside<Command, Outcome>(
  file: URL,
  { ownerUrl, schema, secret }: Connection,
): Beside<Commands<Command>, Outcome[]> {
  return beside(file, { ownerUrl, schema, secret });
}

/** In the thread: runs a use case for many with a database whose clock tells the moment of the batch. */
export function serveDatabaseBeside<Command, Outcome>(
  useCase: (database: Database, commands: Command[]) => Promise<Outcome[]>,
): void {
  let moment = new Date(0);
  const connection = workerData as Connection;
  const database = openDatabase({ ...connection, clock: { now: () => moment } });
  serveBeside<Commands<Command>, Outcome[]>(
    ({ commands, now }) => {
      moment = now;
      return useCase(database, commands);
    },
    () => database.close(),
  );
}
