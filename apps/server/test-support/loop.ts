import { randomUUID } from 'node:crypto';
import { fixedClock, newId, type Id } from '@wennuan/basics';
import { routes, shapes, type Role } from '@wennuan/contract';
import { appendEvents, openAccounts } from '@wennuan/ledger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { testDatabase } from '../../../tooling/test-database.ts';
import { createAccess, type Access } from '../src/modules/access/index.ts';
import { createDesk, type Desk } from '../src/modules/desk/index.ts';
import { createMessage, sandboxTextChannel } from '../src/modules/message/index.ts';
import { createNeed, type NeedModule, type NeedNeeds } from '../src/modules/need/index.ts';
import { createPlace, type Place } from '../src/modules/place/index.ts';
import { createResource } from '../src/modules/resource/index.ts';
import { systemActor, visitor, type Actor } from '../src/platform/actor.ts';
import { openDatabase, type Database } from '../src/platform/database/database.ts';
import { createEvents, type Events } from '../src/platform/events.ts';
import type { Call } from '../src/platform/http/mount.ts';
import { createVault, type Vault } from '../src/platform/vault.ts';
import { wishRecord } from './loop-inputs.ts';

const AREAS = `code,name,level,parent_code
410103,二七区,district,
410103001,淮河路街道,street,410103
410103001001,绿云社区,community,410103001
410103001002,淮南社区,community,410103001
410103002,建中街街道,street,410103
410103002001,兰台社区,community,410103002
`;
const GREEN_CLOUD = '410103001001';
const STAFF = {
  worker: ['community_worker', GREEN_CLOUD],
  worker2: ['community_worker', GREEN_CLOUD],
  elsewhere: ['community_worker', '410103002001'],
  street: ['street_officer', '410103001'],
  streetElsewhere: ['street_officer', '410103002'],
  district: ['district_officer', '410103'],
  federation: ['federation_officer', '410103'],
  approver: ['federation_approver', '410103'],
  accountant: ['federation_accountant', '410103'],
  auditor: ['auditor', '410103'],
  administrator: ['administrator', '410103'],
} as const satisfies Record<string, readonly [Role, string]>;
export type StaffName = keyof typeof STAFF;

/** A campaign's items, kept in memory: what the loop asks of `donation`, without money. */
function itemBook() {
  type Item =
    Awaited<ReturnType<NeedNeeds['donation']['itemsOf']>> extends Map<Id, infer I> ? I : never;
  const items = new Map<Id, Item>();
  return {
    items,
    donation: {
      openItems: async (_tx, commands) =>
        commands.map(({ needId, title, targetFen }) => {
          const itemId = newId();
          items.set(needId, {
            itemId,
            needId,
            title,
            targetFen,
            givenFen: 0,
            state: 'open',
            claimedUntil: null,
            claimedByName: null,
            neededFen: targetFen,
          });
          return { itemId };
        }),
      closeItems: async (_tx, commands) => {
        for (const { itemId } of commands)
          for (const item of items.values()) if (item.itemId === itemId) item.state = 'closed';
        return [];
      },
      itemsOf: async (_tx, needIds) =>
        new Map(needIds.flatMap((id) => (items.has(id) ? [[id, items.get(id)!] as const] : []))),
    } satisfies NeedNeeds['donation'],
  };
}

export type TestLoop = Awaited<ReturnType<typeof testLoop>>;

/**
 * The loop with its desk, register and messages on a real database of its own; the campaign's items and
 * the files of residents are kept in memory. The clock stands on Monday 2026-11-23 09:00 in Zhengzhou.
 */
export async function testLoop() {
  const connection = await testDatabase();
  const clock = fixedClock('2026-11-23T09:00:00+08:00');
  const database = openDatabase({ ...connection, clock });
  const vault = createVault(connection.secret);
  const place = await createPlace({ database, clock, sandbox: true });
  await place.importSheet(Buffer.from(AREAS));
  const access = createAccess({
    database,
    vault,
    place,
    newId,
    sandbox: true,
    sendText: async () => undefined,
    organizationNames: async () => new Map(),
    handOver: (tx, from, to) => desk.handOver(tx, from, to),
  });
  const message = createMessage({
    database,
    vault,
    access,
    newId,
    channel: sandboxTextChannel(),
    brand: () => '温暖二七',
  });
  const desk: Desk = createDesk({
    database,
    place,
    access,
    message,
    newId,
    titlesOf: (tx, ids) => need.titlesOf(tx, ids),
  });
  const resource = createResource({
    database,
    vault,
    newId,
    place,
    access,
    message,
    fund: { openAccounts: (tx, accounts) => openAccounts(tx.sql, accounts) },
    wishes: {
      find: (tx, id) => need.wishes.find(tx, id),
      wanted: (tx, id) => need.wishes.wanted(tx, id),
    },
  });
  const book = itemBook();
  const people = memoryOfPeople();
  const need: NeedModule = createNeed({
    database,
    vault,
    clock,
    newId,
    place,
    access,
    desk,
    message,
    attachment: pictureBook(),
    resident: people.port,
    donation: book.donation,
    resource,
  });
  const events = createEvents(database, connection.schema, need.consumers);
  const staff = await openStaff({ access, database, place });
  const base = { connection, clock, database, vault, place, access, desk, resource, need, events };
  return {
    ...base,
    staff,
    items: book.items,
    people: people.book,
    ...doings(base),
    async close() {
      await events.stop();
      await database.close();
      await connection.drop();
    },
  };
}

/** Persons on file and who is related to whom, in memory. */
function memoryOfPeople() {
  const book = {
    persons: new Map<Id, { name: string; areaId: number; accountId: Id | null }>(),
    relatives: new Set<string>(),
  };
  const port: NeedNeeds['resident'] = {
    people: async (_tx, ids) =>
      new Map(
        ids.flatMap((id) => {
          const person = book.persons.get(id);
          return person
            ? [
                [
                  id,
                  {
                    id,
                    ...person,
                    maskedName: '',
                    gender: 'unknown',
                    bornYear: null,
                    building: '3号楼',
                  },
                ] as const,
              ]
            : [];
        }),
      ),
    personOf: async (_tx, accountId) =>
      [...book.persons].find(([, person]) => person.accountId === accountId)?.[0] ?? null,
    noteConsents: async () => [],
    relativesOf: async (_tx, accountIds, personIds) =>
      new Set(
        accountIds.filter((account) =>
          personIds.some((person) => book.relatives.has(`${account}:${person}`)),
        ),
      ),
    shareWithFederation: async () => undefined,
  };
  return { book, port };
}

/** Pictures by id only: every id exists. */
function pictureBook(): NeedNeeds['attachment'] {
  return {
    adopt: async () => undefined,
    of: async (_tx, ids) => new Map(ids.map((id) => [id, []])),
  };
}

interface Base {
  database: Database;
  access: Access;
  place: Place;
  vault: Vault;
  need: NeedModule;
  events: Events;
}

async function openStaff({ access, database, place }: Pick<Base, 'access' | 'database' | 'place'>) {
  return await database.write(systemActor('test'), 'test.staff', async (tx) => {
    const entries = Object.entries(STAFF);
    const opened = await access.openStaff(
      tx,
      entries.map(([name, [role, areaCode]]) => ({
        name,
        displayName: name,
        role,
        areaId: place.areaByCode(areaCode).id,
        password: 'warm-warm-warm',
        totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      })),
    );
    const actors: Partial<Record<StaffName, Actor>> = {};
    for (const [index, [name, [role]]] of entries.entries())
      actors[name as StaffName] = await access.actorFor(tx, opened[index]!.accountId, role);
    return actors as Record<StaffName, Actor>;
  });
}

type Body = Record<string, unknown>;

function doings({ database, access, place, vault, need, events }: Base) {
  let telephones = 0;
  const call = <T>(actor: Actor, parts: object) =>
    ({
      actor,
      params: {},
      query: {},
      body: undefined,
      request: {} as FastifyRequest,
      reply: {} as FastifyReply,
      ...parts,
    }) as T;
  const file = async (actor: Actor, body: Body) => {
    const parsed = routes.need.file.body.parse({
      kind: 'micro_wish',
      title: '一台风扇',
      story: '夏天太热，家里没有风扇。',
      amountYuan: '150',
      areaCode: GREEN_CLOUD,
      contactTelephone: null,
      acting: null,
      formId: randomUUID(),
      ...body,
    });
    return await need.handlers.file(call<Call<typeof routes.need.file>>(actor, { body: parsed }));
  };
  const read = (actor: Actor, needId: Id) =>
    actor.login === 'resident'
      ? need.handlers.readMine(
          call<Call<typeof routes.need.readMine>>(actor, { params: { needId } }),
        )
      : need.handlers.read(call<Call<typeof routes.need.read>>(actor, { params: { needId } }));
  const move = async (actor: Actor, needId: Id, body: Body) => {
    const version = (body['version'] as number | undefined) ?? (await read(actor, needId)).version;
    const parsed = shapes.moveBody.parse({ version, ...body });
    return actor.login === 'resident'
      ? await need.handlers.moveMine(
          call<Call<typeof routes.need.moveMine>>(actor, { params: { needId }, body: parsed }),
        )
      : await need.handlers.move(
          call<Call<typeof routes.need.move>>(actor, { params: { needId }, body: parsed }),
        );
  };
  /** Lets consumers hear all events, also those that their answers make. */
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) await events.settle();
  };
  return {
    call,
    file,
    read,
    move,
    settle,
    /** A wish that is verified and on the wall. */
    async wishOnWall(asker: Actor, worker: Actor, change: Body = {}) {
      const { id } = await file(asker, {});
      await move(worker, id, wishRecord(change));
      await settle();
      return id;
    },
    /** Says that something happened in another module. */
    tell: (topic: string, body: object) =>
      database.write(systemActor('test'), null, (tx) =>
        appendEvents(tx.sql, [
          {
            id: randomUUID(),
            topic,
            subjectKind: 'test',
            subjectId: randomUUID(),
            areaId: null,
            body,
          },
        ]),
      ),
    /** The inbox of an account, newest first. */
    messagesOf: (actor: Actor) =>
      database.read(actor, async (tx) => {
        const rows = await tx.db
          .selectFrom('message')
          .select('sealed')
          .orderBy('id', 'desc')
          .execute();
        const box = (await vault.findBoxes(tx, [actor.accountId!])).get(actor.accountId!)!;
        return rows.map(
          (row) => JSON.parse(box.open(row.sealed)) as { title: string; body: string },
        );
      }),
    /** A resident's account, as a first sign-in makes it. */
    resident: (areaCode = GREEN_CLOUD): Promise<Actor> =>
      database.write(systemActor('test'), 'test.resident', async (tx) => {
        telephones += 1;
        const id = await access.openResident(tx, {
          telephone: `1990000${String(telephones).padStart(4, '0')}`,
          homeAreaId: place.areaByCode(areaCode).id,
        });
        return await access.actorFor(tx, id, 'resident');
      }),
    /** The public wall, as a visitor reads it. */
    wall: () =>
      database.read(visitor(), (tx) => tx.db.selectFrom('wish_card').selectAll().execute()),
  };
}
