import { newId, systemClock } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tooling/test-database.ts';
import { systemActor } from './actor.ts';
import { type Database, openDatabase } from './database/database.ts';
import { type Consumer, createEvents } from './events.ts';

let connection: TestDatabase;
let database: Database;
beforeAll(async () => {
  connection = await testDatabase();
  database = openDatabase({ ...connection, clock: systemClock });
});
afterAll(async () => {
  await database.close();
  await connection.drop();
});

const append = (topics: readonly string[]) =>
  database.write(systemActor('test'), null, (tx) =>
    appendEvents(
      tx.sql,
      topics.map((topic) => {
        const subject = { subjectKind: 'test', subjectId: newId(), areaId: null };
        return { id: newId(), topic, ...subject, body: {} };
      }),
    ),
  );

test('consumers learn of each event once and in order, whoever runs them, and the idle keep up', async () => {
  const heard: Record<string, number[]> = { one: [], two: [] };
  const consumer = (name: string, topics: string[]): Consumer => ({
    name: `test.${name}`,
    topics,
    consume: async (_tx, events) => void heard[name]!.push(...events.map((event) => event.seq)),
  });
  const consumers = [consumer('one', ['a']), consumer('two', ['b'])];
  const [here, there] = [1, 2].map(() => createEvents(database, connection.schema, consumers));
  await append(['a']);
  await here!.settle();
  const seen = here!.lastSeq();
  // More than one look takes at once, with the only one that the second wants far behind.
  await append([...Array.from({ length: 700 }, () => 'c'), 'b', 'a']);
  await append(['c', 'a']);
  await Promise.all([here!.settle(), there!.settle(), here!.settle()]);
  expect(heard['one']!.map((seq) => seq - seen)).toEqual([0, 702, 704]);
  expect(heard['two']!.map((seq) => seq - seen)).toEqual([701]);
  const seqs = await database.read(systemActor('test'), (tx) =>
    tx.db.selectFrom('event_consumer').select('seq').execute(),
  );
  expect(seqs.map((row) => Number(row.seq) - seen)).toEqual([704, 704]);
});

test('a consumer that fails holds up no other, and learns of its events once it can', async () => {
  let isBroken = true;
  const heard: string[] = [];
  const consumer = (name: string, consume: Consumer['consume']): Consumer => ({
    name: `failing.${name}`,
    topics: ['d'],
    consume,
  });
  const broken = ['one', 'two'].map((name) =>
    consumer(name, async () => {
      if (isBroken) throw new Error(`${name} is broken`);
      heard.push(name);
    }),
  );
  const sound = consumer('three', async () => void heard.push('three'));
  const events = createEvents(database, connection.schema, [...broken, sound]);
  await append(['d']);
  await expect(events.settle()).rejects.toThrow('is broken');
  expect(heard).toEqual(['three']);
  isBroken = false;
  await events.settle();
  expect(heard.toSorted()).toEqual(['one', 'three', 'two']);
});
