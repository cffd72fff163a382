import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await testDistrict();
});
afterAll(() => district.close());

test('what a worker opened for her at the door is hers once she is bound to her file', async () => {
  const { actors, database, need, resident, events } = district;
  const worker = actors['worker']!;
  const person = {
    name: '王桂兰',
    gender: 'female' as const,
    birthDate: '1952-03-08',
    idNumber: null,
    telephone: null,
    address: '3号楼2单元',
    areaId: district.areaId(),
    consentForm: 'spoken' as const,
    consentNote: '当面口头同意',
  };
  const [personId] = await database.write(worker, 'test.person', (tx) =>
    resident.create(tx, [person]),
  );
  const acting = {
    relation: 'worker' as const,
    personId: personId!,
    personName: '',
    consentForm: 'spoken' as const,
    consentNote: '当面口头同意',
  };
  const [filed] = await database.write(worker, 'need.file', (tx) =>
    need.file(tx, [
      {
        kind: 'micro_wish',
        title: '一把轮椅坐垫',
        story: '久坐腿疼',
        amountYuan: '80',
        areaCode: '410103001001',
        contactTelephone: null,
        attachmentIds: [],
        acting,
        formId: randomUUID(),
      },
    ]),
  );
  const asker = await district.signUp('19900000074');
  const own = () => database.read(asker, (tx) => tx.db.selectFrom('need').select('id').execute());
  expect(await own()).toEqual([]);
  await database.write(worker, 'test.bind', (tx) =>
    resident.bind(tx, [
      { personId: personId!, accountId: asker.accountId!, method: 'face_to_face' },
    ]),
  );
  await events.settle();
  expect(await own()).toEqual([{ id: filed!.id }]);
  const history = await database.read(asker, (tx) =>
    tx.db.selectFrom('need_event').select('move').where('need_id', '=', filed!.id).execute(),
  );
  expect(history.map(({ move }) => move)).toContain('file');
  const consents = await database.read(asker, (tx) =>
    tx.db.selectFrom('consent').select(['purpose', 'form']).execute(),
  );
  expect(consents).toContainEqual({ purpose: 'need_handling', form: 'spoken' });
  await database.write(asker, 'need.move', (tx) =>
    need.move(tx, [
      {
        needId: filed!.id,
        input: { move: 'withdraw', note: '已经有了', attachmentIds: [], version: 0 },
        version: null,
      },
    ]),
  );
});
