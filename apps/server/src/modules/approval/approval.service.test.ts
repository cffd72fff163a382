import { newId, Refusal, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { createApproval } from './index.ts';

let district: TestDistrict;
const related = new Set<Id>();
let approval: ReturnType<typeof createApproval>;
beforeAll(async () => {
  district = await testDistrict();
  approval = createApproval({
    vault: district.vault,
    newId,
    names: district.access.names,
    relatives: async (_tx, accountIds) => new Set(accountIds.filter((id) => related.has(id))),
  });
});
afterAll(() => district.close());

const as = (name: string) => district.actors[name]!;
const open = (amountFen: number, personIds: Id[] = []) =>
  district.database.write(as('street'), 'test.open', async (tx) => {
    const [opened] = await approval.open(tx, [
      {
        subjectKind: 'proposal',
        subjectId: newId(),
        amountFen,
        proposerId: as('street').accountId!,
        personIds,
        organizationIds: [],
        areaId: district.areaId('410103001'),
      },
    ]);
    return opened!;
  });
const decide = (name: string, approvalId: Id, decision: 'approve' | 'refuse', note = '') =>
  district.database
    .write(as(name), 'test.decide', (tx) => approval.decide(tx, { approvalId, decision, note }))
    .then(
      (done) => done.state,
      (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown)),
    );
const read = (name: string, approvalId: Id) =>
  district.database.read(as(name), async (tx) =>
    (await approval.read(tx, [approvalId])).get(approvalId),
  );

test('two words at the same moment are one after the other: the second completes it', async () => {
  const { approvalId } = await open(1_000_000);
  const states = await Promise.all([
    decide('approver', approvalId, 'approve'),
    decide('approver2', approvalId, 'approve'),
  ]);
  expect(states.toSorted()).toEqual(['approved', 'open']);
});

test('the limits are rows: above ¥10,000 three must agree', async () => {
  expect((await open(1_000_000)).approvers).toBe(2);
  expect((await open(1_000_001)).approvers).toBe(3);
});

test('a relative of the person stands aside, as approver and as proposer', async () => {
  const { approvalId } = await open(100, [newId()]);
  related.add(as('approver').accountId!);
  expect(await decide('approver', approvalId, 'approve')).toBe('approver_related');
  expect((await read('approver', approvalId))?.mayNotWhy).toBe('approver_related');
  expect((await read('approver2', approvalId))?.mayNotWhy).toBeNull();
  related.add(as('street').accountId!);
  await expect(open(100, [newId()])).rejects.toMatchObject({ code: 'approver_related' });
  related.clear();
});

test('steps say who, when and why, and what is still to come; another area sees nothing', async () => {
  const { approvalId } = await open(100);
  await decide('approver', approvalId, 'approve', '价格已核对');
  expect((await read('street', approvalId))?.steps).toMatchObject([
    { order: 1, decision: 'approve', byName: 'approver', note: '价格已核对' },
    { order: 2, decision: null, byName: null, note: null },
  ]);
  expect(await read('street-elsewhere', approvalId)).toBeUndefined();
  expect(await decide('approver2', approvalId, 'refuse', ' ')).toBe('reason_required');
  expect(await decide('approver2', approvalId, 'refuse', '重复申请')).toBe('refused');
});
