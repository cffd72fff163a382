import { newId } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { residentScene, someone } from '../../../test-support/residents.ts';
import { visitor, type Actor } from '../../platform/actor.ts';
import { mount } from '../../platform/http/mount.ts';
import { createServer } from '../../platform/http/server.ts';

let district: TestDistrict;
let scene: Awaited<ReturnType<typeof residentScene>>;
let app: FastifyInstance;
let caller: Actor;
const staff = (name: string) => district.actors[name]!;

beforeAll(async () => {
  district = await testDistrict();
  scene = await residentScene(district);
  app = await createServer({ actorOf: async () => caller, limitRates: false, log: false });
  mount(app, routes.resident, scene.resident.handlers);
});
afterAll(async () => {
  await app.close();
  await scene.owner.end();
  await district.close();
});

type Method = 'GET' | 'POST' | 'DELETE';
async function call(actor: Actor, method: Method, url: string, body?: object) {
  caller = actor;
  const reply = await app.inject({ method, url: `/api${url}`, ...(body && { payload: body }) });
  return { status: reply.statusCode, body: reply.json() };
}

test('a file from the door to the my-data page, every answer as the contract has it', async () => {
  const ada = await district.signUp('19900000001');
  const worker = staff('worker');
  const made = await call(worker, 'POST', '/persons', { ...someone, areaCode: '410103001001' });
  expect(made).toMatchObject({ status: 200, body: { maskedName: '王*芳', hasAccount: false } });
  const { id } = made.body;
  const found = await call(worker, 'GET', `/persons?text=${encodeURIComponent('王秀芳')}`);
  expect(found.body).toMatchObject({ items: [{ id }], next: null });
  const visit = { personId: id, purpose: 'care_check', visitedAt: '2026-11-23T08:30:00+08:00' };
  expect((await call(worker, 'POST', '/visits', visit)).status).toBe(200);
  const opening = { field: 'telephone', reason: '上门前打电话' };
  const opened = await call(worker, 'POST', `/persons/${id}/openings`, opening);
  expect(opened).toEqual({ status: 200, body: { value: '19900000074', said: [] } });
  const binding = { telephone: '199 0000 0001', method: 'face_to_face' };
  const done = { status: 200, body: { ok: true } };
  expect(await call(worker, 'POST', `/persons/${id}/binding`, binding)).toEqual(done);
  const tie = { personId: id, relation: '姑侄' };
  expect(await call(worker, 'POST', '/relatives', tie)).toEqual(done);
  const file = await call(staff('street'), 'GET', `/persons/${id}`);
  expect(file).toMatchObject({
    status: 200,
    body: { hasAccount: true, opened: [{ field: 'telephone' }] },
  });

  const data = await call(ada, 'GET', '/my-data');
  expect(data).toMatchObject({
    status: 200,
    body: { person: { name: '王秀芳' }, openings: [{ byName: 'worker' }] },
  });
  const consentId = data.body.consents[0].id;
  expect(await call(ada, 'DELETE', `/my-data/consents/${consentId}`)).toEqual(done);
  const request = await call(ada, 'POST', '/my-data/requests', { kind: 'explain', text: '为什么' });
  expect(request).toMatchObject({ status: 200, body: { answerBy: '2026-12-08' } });
  const asked = await call(worker, 'GET', `/data-requests/${request.body.id}`);
  expect(asked).toMatchObject({ status: 200, body: { text: '为什么', answer: null } });
  const answer = { answer: '因为您申请了心愿' };
  expect(await call(worker, 'POST', `/data-requests/${request.body.id}/answer`, answer)).toEqual(
    done,
  );
  expect(await call(worker, 'DELETE', `/persons/${id}/binding`)).toEqual(done);

  const assessment = { title: '走访', assessedOn: '2026-11-23', conclusion: '可行' };
  expect((await call(staff('auditor'), 'POST', '/impact-assessments', assessment)).status).toBe(
    200,
  );
  const register = await call(staff('auditor'), 'GET', '/impact-assessments');
  expect(register.body.items).toMatchObject([{ keepUntil: '2029-11-23' }]);
});

test('refusals come in words, and who has no permission gets none of it', async () => {
  const missing = await call(staff('worker'), 'GET', `/persons/${newId()}`);
  expect(missing).toMatchObject({
    status: 404,
    body: { code: 'person_not_in_area', message: expect.stringContaining('居民') },
  });
  expect((await call(staff('worker'), 'GET', '/persons/1')).status).toBe(400);
  for (const name of ['federation', 'auditor', 'administrator', 'district'])
    expect((await call(staff(name), 'GET', '/persons')).status).toBe(403);
  expect((await call(visitor(), 'GET', '/my-data')).status).toBe(401);
});
