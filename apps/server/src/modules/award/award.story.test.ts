import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';

let scene: AidScene;
beforeAll(async () => {
  scene = await aidScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.clock.set('2026-11-23T09:00:00+08:00'));

const who = (name: string) => scene.actors[name]!;

test('a voucher: found, visited, agreed to by two, posted on the board, issued, confirmed by herself', async () => {
  const { account } = await scene.person({ name: '李春梅', group: 'minimum_living', bound: true });
  await scene.person({ name: '赵小明', group: 'minimum_living', birthDate: '2012-05-05' });
  const roundId = await scene.open('V01');
  const before = await scene.funds();
  const found = await scene.awards(roundId);
  const li = found.find((one) => one.maskedName === '李*梅');
  const child = found.find((one) => one !== li);
  expect(li).toMatchObject({ state: 'candidate', maskedName: '李*梅', hasAccount: true });
  const inbox = await scene.message.handlers.inbox({
    actor: account!,
    query: { limit: 10 },
  } as Parameters<typeof scene.message.handlers.inbox>[0]);
  expect(inbox.items.map((one) => one.title)).toContain('您可能可以享受“春节代金券”');

  expect(await refusalOf(scene.visit(li!.id, who('worker'), { proofs: ['id_card'] }))).toBe(
    'proof_missing',
  );
  expect(await refusalOf(scene.visit(li!.id, who('worker'), { consentForm: null }))).toBe(
    'consent_required',
  );
  await scene.visit(li!.id, who('worker'), { outcome: 'away', proofs: [] });
  await scene.visit(li!.id);
  await scene.visit(child!.id);
  const { listIds, proposed } = await scene.call('propose', who('street'), { params: { roundId } });
  expect(proposed).toBe(2);
  expect((await scene.funds()).available).toBe(before.available - 60_000);

  const decide = (name: string) =>
    scene.call('decideList', who(name), {
      params: { listId: listIds[0]! },
      body: { decision: 'approve', note: '' },
    });
  await decide('approver');
  expect(await refusalOf(decide('approver'))).toBe('approver_already_decided');
  await decide('approver2');

  // The child is never on a board: granted, and the voucher is there at once.
  const stateOf = async (id: string) =>
    (await scene.awards(roundId)).find((one) => one.id === id)!.state;
  expect([await stateOf(li!.id), await stateOf(child!.id)]).toEqual(['approved', 'granted']);
  const [notice] = (await scene.call('notices', who('worker'))).items;
  const sheet = await scene.call('readNotice', who('worker'), { params: { noticeId: notice!.id } });
  expect(sheet.lines.map((line) => line.shownName)).toEqual(['李某']);
  expect(sheet.unnamed).toBe(1);
  const params = { noticeId: notice!.id };
  await scene.call('postNotice', who('worker'), {
    params,
    body: { attachmentId: await scene.photo(who('worker')) },
  });
  const takeDown = async () =>
    scene.call('takeDownNotice', who('worker'), {
      params,
      body: { attachmentId: await scene.photo(who('worker')) },
    });
  expect(await refusalOf(takeDown())).toBe('notice_still_runs');
  scene.clock.set('2026-11-26T09:30:00+08:00');
  await takeDown();

  expect(await scene.parts('V01')).toEqual([
    { period: '2026', state: 'delivered', amount: 30_000 },
    { period: '2026', state: 'delivered', amount: 30_000 },
  ]);
  expect(await scene.funds()).toEqual({
    balance: before.balance - 60_000,
    available: before.available - 60_000,
  });
  const mine = await scene.call('mine', account!);
  expect(mine.items[0]).toMatchObject({
    state: 'granted',
    nextOn: '2027-01-01',
    reviewOn: '2027-11-26',
  });
  const [part] = mine.items[0]!.periods;
  await scene.call('confirmMine', account!, {
    params: { periodId: part!.id },
    body: { received: true, words: '谢谢' },
  });
  expect((await scene.call('mine', account!)).items[0]!.periods[0]).toMatchObject({
    state: 'confirmed',
    confirmedBy: 'account',
  });
});

describe('cash', () => {
  test('goes to payment on the word of those who agreed to the list, and is called back by a second worker', async () => {
    await scene.person({ name: '王秀芳', group: 'serious_illness' });
    const roundId = await scene.open('C01');
    await scene.grant(roundId);
    expect(await scene.parts('C01')).toMatchObject([{ state: 'due' }]);
    const paid = await scene.call('payOut', who('federation'), {
      params: { programmeCode: 'C01' },
    });
    expect(paid).toMatchObject({ lines: 1, amountFen: 200_000 });
    const [line] = await scene.database.read(who('accountant'), (tx) =>
      scene.fund.lines(tx, { proposalIds: paid.proposalIds }),
    );
    expect(line!.state).toBe('approved');
    const [part] = await partsDue('C01');
    await pay(line!.id, '回单 1');
    expect(await scene.parts('C01')).toMatchObject([{ state: 'delivered' }]);

    const callBack = (name: string) =>
      scene.call('confirmFor', who(name), {
        params: { periodId: part!.id },
        body: { way: 'call_back', words: '钱收到了', attachmentId: null },
      });
    expect(await refusalOf(callBack('worker'))).toBe('second_worker_required');
    await callBack('worker2');
    expect((await scene.awards(roundId))[0]!.state).toBe('finished');
  });

  test('a line the bank sends back is seen, and paid again once', async () => {
    await scene.person({ name: '郑大力', group: 'serious_illness' });
    const roundId = await scene.open('C01');
    await scene.grant(roundId);
    const { proposalIds } = await scene.call('payOut', who('federation'), {
      params: { programmeCode: 'C01' },
    });
    const [line] = await scene.database.read(who('accountant'), (tx) =>
      scene.fund.lines(tx, { proposalIds }),
    );
    await scene.database.write(who('accountant'), 'test.send', (tx) =>
      scene.fund.sendLines(tx, [line!.id]),
    );
    await scene.database.write(who('accountant'), 'test.reject', (tx) =>
      scene.fund.rejectLines(tx, [{ lineId: line!.id, reason: '账号有误' }]),
    );
    await scene.events.settle();
    const { items } = await scene.call('deliveries', who('federation'));
    expect(items.find((one) => one.programme.code === 'C01')!.waits).toBe('rejected');
    await pay(line!.id, '回单 2');
    expect(await scene.parts('C01')).toMatchObject([
      { state: 'confirmed' },
      { state: 'delivered' },
    ]);
  });
});

test('hours: promised each week in the ledger, given by somebody, said by her to have come', async () => {
  const { account } = await scene.person({ name: '孙桂兰', group: 'bereaved_family', bound: true });
  await scene.grant(await scene.open('H01'));
  expect(await scene.parts('H01')).toEqual([{ period: '2026-W48', state: 'sent', amount: 120 }]);
  const [todo] = (
    await scene.call('confirmations', who('worker'), { query: { kind: 'to_do', limit: 10 } })
  ).items;
  await scene.call('doPart', who('worker'), {
    params: { periodId: todo!.id },
    body: { note: '陪她去了医院' },
  });
  const held = await scene.benefit.handlers.mine({ actor: account! } as Parameters<
    typeof scene.benefit.handlers.mine
  >[0]);
  expect(held.items).toMatchObject([{ kind: 'hours', state: 'used_up', issued: 120, left: 0 }]);
  await scene.call('confirmMine', account!, {
    params: { periodId: todo!.id },
    body: { received: true, words: '' },
  });
  expect(await scene.parts('H01')).toMatchObject([{ state: 'confirmed' }]);
});

async function partsDue(code: string) {
  const { rows } = await scene.owner.query<{ id: string }>(
    'select id from award_part where program_code = $1 order by id',
    [code],
  );
  return rows;
}

/** The accountant records that a line was paid; what listens to it hears it. */
async function pay(lineId: string, bankReference: string): Promise<void> {
  await scene.database.write(who('accountant'), 'test.pay', (tx) =>
    scene.fund.payLines(tx, [{ lineId, bankReference, paidOn: '2026-11-23' }]),
  );
  await scene.events.settle();
}
