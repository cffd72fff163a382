import { randomUUID } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { helpRecord, refusalOf } from '../../../test-support/loop-inputs.ts';
import { testLoop, type TestLoop } from '../../../test-support/loop.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

let loop: TestLoop;
beforeAll(async () => {
  loop = await testLoop();
});
afterAll(() => loop.close());
beforeEach(() => loop.clock.set('2026-11-23T09:00:00+08:00'));

const PICTURE = randomUUID();

describe('a help request', () => {
  const fileHelp = async (asker: Actor) =>
    (
      await loop.file(asker, {
        kind: 'help_request',
        title: '手术费',
        story: '住院花光了积蓄',
        amountYuan: '8000',
      })
    ).id;

  it('goes by statutory aid first, then the fund by proposal, and back by the asker’s word', async () => {
    const asker = await loop.resident();
    const { worker, street, federation } = loop.staff;
    const id = await fileHelp(asker);
    expect(await refusalOf(loop.move(worker, id, helpRecord([], { secondSource: null })))).toBe(
      'second_source_required',
    );
    expect(await refusalOf(loop.move(worker, id, helpRecord([], { statutory: [] })))).toBe(
      'statutory_first',
    );
    await loop.move(worker, id, helpRecord(['medical_aid']));
    await loop.move(worker, id, { move: 'send_up', note: '属实，建议医疗救助后由互助基金补足' });
    expect(await refusalOf(loop.move(worker, id, { move: 'refuse', note: '不行' }))).toBe(
      'move_not_yours',
    );
    await loop.move(street, id, { move: 'assess', note: '同意' });
    const fund = { move: 'match', way: 'fund', offerId: null };
    expect(await refusalOf(loop.move(street, id, fund))).toBe('statutory_first');
    const referred = await loop.move(street, id, {
      move: 'refer',
      to: 'medical_aid',
      reason: '符合医疗救助',
    });
    expect(referred.state).toBe('referred');
    expect('statutoryDeadline' in referred && referred.statutoryDeadline).toBeTruthy();
    expect(
      await refusalOf(loop.move(asker, id, { move: 'confirm', met: 'yes', words: '好' })),
    ).toBe('move_not_possible');
    await loop.move(street, id, { move: 'note_referral_result', note: '已批 3000 元' });
    await loop.move(street, id, fund);
    expect(await refusalOf(loop.read(federation, id))).toBe('not_found');
    const proposal = {
      needId: id,
      proposalId: randomUUID(),
      amountFen: 500_000,
      number: 'BF-000002',
    };
    await loop.tell('fund.proposed', proposal);
    await loop.settle();
    expect((await loop.read(federation, id)).state).toBe('matched');
    expect((await loop.read(federation, id)).history.length).toBeGreaterThan(4);
    await loop.tell('fund.paid', proposal);
    await loop.settle();
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(asker, id, { move: 'confirm', met: 'partly', words: '还差一点' });
    const last = await loop.move(asker, id, {
      move: 'confirm',
      met: 'partly',
      words: '这样也好，谢谢',
    });
    expect(last.state).toBe('fed_back');
    expect((await loop.move(street, id, { move: 'close' })).state).toBe('closed');
  });

  it('C-20: never stands on the wall, whatever anybody does', async () => {
    const { worker } = loop.staff;
    const id = await fileHelp(await loop.resident());
    expect(
      await refusalOf(
        loop.move(worker, id, helpRecord([], { publicTitle: '救救她', publicText: '求助' })),
      ),
    ).toBe('input_invalid');
    await loop.move(worker, id, helpRecord());
    expect(
      await refusalOf(loop.move(worker, id, { move: 'match', way: 'item', offerId: null })),
    ).toBe('move_not_possible');
    await loop.settle();
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(false);
    const card = (kind: string) =>
      loop.database.write(systemActor('test'), null, (tx) =>
        tx.db
          .insertInto('wish_card')
          .values({
            need_id: id,
            kind,
            title: '',
            text: '',
            area_id: 3,
            state: 'open',
            target_fen: 0,
            ways: [],
            since: tx.now,
          })
          .execute(),
      );
    await expect(card('help_request')).rejects.toThrow(/wish_card_kind_check/);
    await expect(card('micro_wish')).rejects.toThrow(/foreign key/);
  });

  it('that is refused can be appealed to the street once, within 30 days, and be overturned', async () => {
    const asker = await loop.resident();
    const { worker, street, streetElsewhere } = loop.staff;
    const id = await fileHelp(asker);
    await loop.move(worker, id, { move: 'refuse', note: '不符合条件' });
    expect(await refusalOf(loop.move(street, id, { move: 'overturn', note: '应受理' }))).toBe(
      'move_not_possible',
    );
    loop.clock.set('2026-12-23T08:00:00+08:00');
    await loop.move(asker, id, { move: 'appeal', note: '我确实困难' });
    expect(await refusalOf(loop.move(worker, id, { move: 'uphold', note: '维持' }))).toBe(
      'move_not_yours',
    );
    expect(
      await refusalOf(
        loop.move(streetElsewhere, id, { move: 'overturn', note: '应受理', version: 2 }),
      ),
    ).toBe('not_found');
    const overturned = await loop.move(street, id, { move: 'overturn', note: '应受理' });
    expect(overturned.state).toBe('verified');
    // What the street found is no check of statutory aid: that is still to be done before money.
    expect(
      await refusalOf(loop.move(street, id, { move: 'match', way: 'fund', offerId: null })),
    ).toBe('statutory_first');
  });

  it('can be appealed no more after 30 days', async () => {
    const asker = await loop.resident();
    const id = await fileHelp(asker);
    await loop.move(loop.staff.worker, id, { move: 'refuse', note: '不符合条件' });
    loop.clock.advance({ days: 30, minutes: 1 });
    expect(await refusalOf(loop.move(asker, id, { move: 'appeal', note: '我确实困难' }))).toBe(
      'appeal_too_late',
    );
  });

  it('goes to unconfirmed after three tries on three days, never to closed', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const id = await fileHelp(asker);
    await loop.move(worker, id, helpRecord());
    const proposal = { needId: id, proposalId: randomUUID(), amountFen: 1, number: 'BF-000003' };
    await loop.tell('fund.proposed', proposal);
    await loop.settle();
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(worker, id, { move: 'note_try', note: '无人接听' });
    await loop.move(worker, id, { move: 'note_try', note: '无人接听' });
    loop.clock.advance({ days: 1 });
    await loop.move(worker, id, { move: 'note_try', note: '上门无人' });
    expect(await refusalOf(loop.move(worker, id, { move: 'give_up', note: '' }))).toBe(
      'tries_not_enough',
    );
    loop.clock.advance({ days: 1 });
    await loop.move(worker, id, { move: 'note_try', note: '无人接听' });
    const view = await loop.move(worker, id, { move: 'give_up', note: '' });
    expect(view.state).toBe('unconfirmed');
    expect((await loop.move(asker, id, { move: 'reopen', note: '我回来了' })).state).toBe(
      'verified',
    );
  });

  it('is not verified by a relative', async () => {
    const { worker } = loop.staff;
    const personId = randomUUID() as Id;
    loop.people.persons.set(personId, { name: '赵大山', areaId: 1, accountId: null });
    loop.people.relatives.add(`${worker.accountId}:${personId}`);
    const acting = {
      relation: 'worker',
      personId,
      personName: '',
      consentForm: 'paper',
      consentNote: '',
    };
    const { id } = await loop.file(loop.staff.worker2, {
      kind: 'help_request',
      title: '取暖',
      amountYuan: null,
      acting,
    });
    expect(await refusalOf(loop.move(worker, id, helpRecord()))).toBe('relative_must_stand_aside');
    expect((await loop.move(loop.staff.worker2, id, helpRecord())).state).toBe('verified');
  });

  it('is merged with its duplicate, which the page shows', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const first = await fileHelp(asker);
    const second = await fileHelp(asker);
    const view = await loop.need.handlers.read(loop.call(worker, { params: { needId: second } }));
    expect(view.possibleDuplicates.map(({ id }) => id)).toContain(first);
    expect(
      await refusalOf(loop.move(worker, second, { move: 'merge', intoNumber: view.number })),
    ).toBe('merge_into_itself');
    const into = view.possibleDuplicates.find(({ id }) => id === first)!.number;
    expect((await loop.move(worker, second, { move: 'merge', intoNumber: into })).state).toBe(
      'merged',
    );
  });
});
