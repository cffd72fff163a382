import { newId, type Id } from '@wennuan/basics';
import { routes, type RouteRequest } from '@wennuan/contract';
import { balances, post } from '@wennuan/ledger';
import { findField, type Policy } from '@wennuan/policy';
import pg from 'pg';
import sharp from 'sharp';
import { BANK_ACCOUNT } from '../src/modules/fund/index.ts';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { testDistrict } from './district.ts';
import { samplePolicy } from './program.ts';

export type AidScene = Awaited<ReturnType<typeof aidScene>>;
type AwardRoutes = (typeof routes)['award'];

const BOARD = {
  kind: 'paper_board',
  days: 3,
  clause: { zh: '示例公示规则', en: 'Sample rule of notices' },
} as const;
const money = (amount: number) =>
  ({
    what: { zh: `${amount / 100} 元`, en: `¥${amount / 100}` },
    unit: 'fen',
    formula: { kind: 'fixed', amount },
  }) as const;

/** Programmes of every source and way: vouchers, cash, hours, visits, and one that a department pays. */
export const programmes: Policy[] = [
  samplePolicy({
    code: 'V01',
    name: { zh: '春节代金券', en: 'New Year voucher' },
    source: 'charity',
    criteria: { field: 'group', operator: 'is', value: 'minimum_living' },
    benefit: money(30_000),
    cadence: 'yearly',
    delivery: 'voucher',
    fund: 'care',
    notice: BOARD,
  }),
  samplePolicy({
    code: 'C01',
    name: { zh: '大病救助', en: 'Aid in illness' },
    source: 'charity',
    criteria: { field: 'group', operator: 'is', value: 'serious_illness' },
    benefit: money(200_000),
    cadence: 'once',
    delivery: 'cash',
    fund: 'care',
    notice: { kind: 'none' },
  }),
  samplePolicy({
    code: 'M01',
    name: { zh: '每月助餐', en: 'Meals each month' },
    source: 'charity',
    criteria: { field: 'group', operator: 'is', value: 'elderly' },
    benefit: money(9_000),
    cadence: 'monthly',
    delivery: 'meal_card',
    fund: 'care',
    notice: { kind: 'none' },
  }),
  samplePolicy({
    code: 'H01',
    name: { zh: '每周陪护', en: 'Company each week' },
    source: 'charity',
    criteria: { field: 'group', operator: 'is', value: 'bereaved_family' },
    benefit: {
      what: { zh: '每周 2 小时', en: '2 hours a week' },
      unit: 'minutes',
      formula: { kind: 'fixed', amount: 120 },
    },
    cadence: 'weekly',
    delivery: 'volunteer_hours',
    fund: null,
    notice: { kind: 'none' },
  }),
  samplePolicy({
    code: 'S01',
    name: { zh: '残疾人补贴', en: 'Disability allowance' },
    source: 'statutory',
    benefit: money(7_500),
  }),
];
const GROUPS: Record<string, number> = {
  minimum_living: 1,
  disabled: 3,
  elderly: 4,
  serious_illness: 9,
  bereaved_family: 11,
  none: 0,
};

/**
 * The test district with a fund that holds ¥10,000, programmes in force, and ways to put people in as a roster would,
 * to call the operations as somebody, and to let days pass.
 */
export async function aidScene() {
  const district = await testDistrict();
  const { database, award, program, resident } = district;
  const owner = new pg.Client({
    connectionString: district.connection.ownerUrl,
    options: `-c search_path=${district.connection.schema}`,
  });
  await owner.connect();
  const system = systemActor('test');
  const { problems } = await program.importDecided(programmes);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const fundId = await openFund(district, 1_000_000);
  const picture = await sharp({
    create: { width: 20, height: 20, channels: 3, background: '#fff' },
  })
    .png()
    .toBuffer();
  let serial = 0;
  const scene = {
    ...district,
    owner,
    fundId,
    /** Calls an operation of the module as somebody. */
    call: <Name extends keyof AwardRoutes>(
      name: Name,
      actor: Actor,
      request: Partial<RouteRequest<AwardRoutes[Name]>> = {},
    ) => {
      const call = { actor, params: {}, query: { limit: 50 }, body: undefined, ...request };
      const handler = award.handlers[name] as (
        given: unknown,
      ) => ReturnType<(typeof award.handlers)[Name]>;
      return handler(call);
    },
    /** A person of a group, in a community, with an account of her own when `bound`. */
    async person(given: {
      name: string;
      group: string;
      areaCode?: string;
      bound?: boolean;
      birthDate?: string;
      idNumber?: string;
    }): Promise<{ personId: Id; account: Actor | null }> {
      serial += 1;
      const telephone = `1990000${String(2_000 + serial)}`;
      const [personId] = await database.write(system, 'test.person', (tx) =>
        resident.create(tx, [
          {
            name: given.name,
            gender: 'female',
            birthDate: given.birthDate ?? '1951-03-08',
            idNumber: given.idNumber ?? null,
            telephone,
            address: '3号楼2单元401',
            areaId: district.areaId(given.areaCode),
            consentForm: 'spoken',
            consentNote: '',
          },
        ]),
      );
      await scene.note(personId!, given.group);
      if (!given.bound) return { personId: personId!, account: null };
      const account = await district.signUp(telephone, given.areaCode);
      await database.write(system, 'test.bind', (tx) =>
        resident.bind(tx, [
          { personId: personId!, accountId: account.accountId!, method: 'face_to_face' },
        ]),
      );
      return { personId: personId!, account };
    },
    /** Notes a group of a person, or a registered death, as a roster does. */
    async note(personId: Id, group: string): Promise<void> {
      const isDeath = group === 'died';
      const field = findField(isDeath ? 'died_on' : 'group')!.number;
      await owner.query(
        `insert into person_fact (person_id, area_id, field, value, noted_at)
        select id, area_id, $2, $3, now() from person where id = $1`,
        [personId, field, isDeath ? 20261101 : GROUPS[group]],
      );
    },
    /** Finds candidates and opens the round of a programme in the first street. */
    async open(code: string, actor = district.actors['street']!): Promise<Id> {
      await owner.query('update program set evaluated_on = null');
      await program.evaluate();
      const { roundId } = await scene.call('openRound', actor, {
        body: { programmeCode: code, areaCode: null },
      });
      return roundId;
    },
    /** Awards of a round as somebody sees them, oldest first. */
    awards: async (roundId: Id, actor = district.actors['street']!) =>
      (await scene.call('awards', actor, { params: { roundId } })).items,
    /** A visit that went well. */
    async visit(awardId: Id, actor = district.actors['worker']!, change: object = {}) {
      const award = await scene.call('readAward', actor, { params: { awardId } });
      return await scene.call('visit', actor, {
        params: { awardId },
        body: {
          version: award.version,
          outcome: 'met',
          visitedAt: district.clock.now().toISOString(),
          consentForm: 'spoken',
          consentNote: '',
          proofs: award.proofs,
          incomeCheck: null,
          note: '',
          ...change,
        },
      });
    },
    /** Visits everybody of a round, proposes them and lets two people agree. */
    async grant(roundId: Id): Promise<void> {
      for (const { id, state } of await scene.awards(roundId))
        if (state === 'candidate') await scene.visit(id);
      const { listIds } = await scene.call('propose', district.actors['street']!, {
        params: { roundId },
      });
      for (const listId of listIds)
        for (const name of ['approver', 'approver2'])
          await scene.call('decideList', district.actors[name]!, {
            params: { listId },
            body: { decision: 'approve', note: '' },
          });
    },
    /** A picture that belongs to nothing yet. */
    async photo(actor: Actor): Promise<Id> {
      const request = {
        isMultipart: () => true,
        file: async () => ({ toBuffer: async () => picture }),
      };
      const { id } = await district.attachment.handlers.add({
        actor,
        request,
        params: undefined,
        query: undefined,
        body: undefined,
      } as unknown as Parameters<typeof district.attachment.handlers.add>[0]);
      return id;
    },
    /** Parts of an award's programme as they are stored. */
    async parts(code: string) {
      const { rows } = await owner.query<{ period: string; state: string; amount: number }>(
        `select period, state, amount::int from award_part where program_code = $1 order by period, id`,
        [code],
      );
      return rows;
    },
    /** What the fund holds with its pot for persons, and what is free of it, in fen. */
    async funds(): Promise<{ balance: number; available: number }> {
      const { rows } = await owner.query<{ id: Id }>(
        'select id from aid_pot where source_id = $1',
        [fundId],
      );
      const ids = [fundId, ...rows.map((row) => row.id)];
      const held = await database.read(system, (tx) => balances(tx.sql, ids));
      return {
        balance: held.reduce((sum, row) => sum + row.balance, 0),
        available: held.reduce((sum, row) => sum + row.available, 0),
      };
    },
    async close() {
      await owner.end();
      await district.close();
    },
  };
  return scene;
}

async function openFund(
  { database, fund, actors }: Awaited<ReturnType<typeof testDistrict>>,
  amount: number,
): Promise<Id> {
  const [row] = await database.write(actors['federation']!, 'test.fund', (tx) =>
    fund.createFunds(tx, [{ name: '关爱帮扶基金', kind: 'special', areaId: null }]),
  );
  await database.write(systemActor('test'), 'test.gift', async (tx) => {
    await tx.db.insertInto('award_fund').values({ word: 'care', fund_id: row!.id }).execute();
    await post(tx.sql, {
      commands: [
        {
          key: `test:${row!.id}`,
          from: BANK_ACCOUNT,
          to: row!.id,
          amount,
          reason: 'gift',
          document: { kind: 'test', id: row!.id },
          actor: null,
        },
      ],
      at: tx.now,
      newId,
    });
  });
  return row!.id;
}
