import { newId } from '@wennuan/basics';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';
import { createOrganization as createModule, type NewOrganization } from './index.ts';
import { createOrganization, findOrganizations } from './organization.service.ts';

let district: TestDistrict;
let ada: Actor;
const needs = () => ({ ...district, newId });
const module = () => createModule(needs());
const staff = (name: string) => district.actors[name]!;
const create = (change: Partial<NewOrganization>, actor = staff('federation')) =>
  createOrganization(needs(), actor, {
    name: '温馨电器行',
    kind: 'supplier',
    creditCode: null,
    bankAccount: null,
    ...change,
  });
const list = (
  actor: Actor,
  search: { text?: string; kind?: 'enterprise'; after?: string; limit?: number } = {},
) => findOrganizations(needs(), actor, { limit: 50, ...search });

beforeAll(async () => {
  district = await testDistrict();
  ada = await district.signUp('19900000001');
});
afterAll(() => district.close());

test('an organisation is on file once, with its bank account sealed', async () => {
  const bankAccount = '6200990000001234567';
  const made = await create({
    bankAccount,
    creditCode: '51990000500000007' + checkOf('51990000500000007'),
  });
  expect(made).toMatchObject({
    name: '温馨电器行',
    publicName: '温馨电器行',
    bankAccountTail: '4567',
  });
  await expect(create({})).rejects.toMatchObject({
    code: 'organization_name_taken',
    field: 'name',
  });
  await expect(create({ name: '别家', creditCode: made.creditCode })).rejects.toMatchObject({
    code: 'credit_code_taken',
  });
  await expect(create({ name: '别家', creditCode: '519900005000000079' })).rejects.toMatchObject({
    code: 'credit_code_invalid',
    field: 'creditCode',
  });
  const owner = new pg.Client({
    connectionString: district.connection.ownerUrl,
    options: `-c search_path=${district.connection.schema}`,
  });
  await owner.connect();
  const { rows } = await owner.query(
    'select *, bank_account_sealed::text as bytes from organization',
  );
  await owner.end();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(bankAccount);
  expect(rows[0].bank_account_sealed.toString('latin1')).not.toContain(bankAccount);
});

test('the tail of the account is shown to those who pay, the whole opened for a payment only', async () => {
  const [mine] = (await list(staff('accountant'))).items;
  expect(mine!.bankAccountTail).toBe('4567');
  expect((await list(staff('worker'))).items[0]!.bankAccountTail).toBeNull();
  const open = (actor: Actor) =>
    district.database.read(actor, (tx) => module().bankAccounts(tx, [mine!.id]));
  expect((await open(staff('accountant'))).get(mine!.id)).toBe('6200990000001234567');
  for (const actor of [staff('worker'), ada, visitor()])
    await expect(open(actor)).rejects.toThrow('permission denied');
});

test('it is listed by name, filtered, and paged', async () => {
  for (const name of ['丙企业', '甲企业', '乙企业', '百分%企业'])
    await create({ name, kind: 'enterprise' });
  const enterprises = await list(staff('worker'), { kind: 'enterprise' });
  expect(enterprises.items).toHaveLength(4);
  expect((await list(staff('worker'), { text: '%' })).items.map((one) => one.name)).toEqual([
    '百分%企业',
  ]);
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await list(staff('worker'), { limit: 2, ...(after && { after }) });
    names.push(...page.items.map((one) => one.name));
    after = page.next ?? undefined;
  } while (after);
  expect(names).toHaveLength(5);
  expect(new Set(names).size).toBe(5);
});

test('everybody knows its public name; only the federation adds', async () => {
  const { items } = await list(staff('worker'));
  const ids = items.map((one) => one.id);
  for (const actor of [visitor(), ada, staff('worker'), staff('auditor'), systemActor('test')]) {
    const names = await district.database.read(actor, (tx) =>
      module().names(tx, [...ids, newId()]),
    );
    expect(names.size).toBe(5);
  }
  expect((await district.database.read(staff('street'), (tx) => module().get(tx, ids))).size).toBe(
    5,
  );
  await expect(district.database.read(visitor(), (tx) => module().get(tx, ids))).rejects.toThrow(
    'permission denied',
  );
  for (const actor of [ada, staff('worker'), visitor()])
    await expect(create({ name: '冒名' }, actor)).rejects.toThrow('permission denied');
});

function checkOf(first: string): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  let sum = 0;
  for (const [index, character] of [...first].entries())
    sum += alphabet.indexOf(character) * Number(3n ** BigInt(index) % 31n);
  return alphabet[(31 - (sum % 31)) % 31]!;
}
