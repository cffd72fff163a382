import { describe, expect, test } from 'vitest';
import {
  addMonths,
  dutiesBy,
  rules,
  ruleOf,
  stateOf,
  type Facts,
  type Running,
} from './disclosure.ts';

const campaign: Running = {
  kind: 'campaign',
  id: 'c1',
  code: 'HD0001',
  name: '微心愿',
  startedOn: '2026-11-30',
  endedOn: null,
  isEmergency: false,
};
const charity = { id: 'd1', name: '慈善总会', since: '2026-11-23' };
const dutiesOf = (today: string, change: Partial<Facts> = {}) =>
  dutiesBy(today, { running: [campaign], events: [], charity, ...change });
const of = (kind: string, duties: ReturnType<typeof dutiesOf>) =>
  duties.filter((duty) => duty.kind === kind);

test('months end where months end', () => {
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
  expect(addMonths('2027-11-30', 3)).toBe('2028-02-29');
  expect(addMonths('2026-12-15', 13)).toBe('2028-01-15');
});

describe('C-14: a campaign that runs', () => {
  test('owes a report every three months, put on the desk fifteen days before', () => {
    expect(of('progress', dutiesOf('2027-02-12'))).toEqual([]);
    expect(of('progress', dutiesOf('2027-02-13'))).toMatchObject([
      {
        period: '2027-02-28',
        coversFrom: '2026-11-30',
        coversUntil: '2027-02-28',
        dueOn: '2027-02-28',
      },
    ]);
    expect(of('progress', dutiesOf('2027-05-20')).map((duty) => duty.dueOn)).toEqual([
      '2027-02-28',
      '2027-05-30',
    ]);
  });

  test('owes one full report within three months of its end, and no more progress', () => {
    const running = [{ ...campaign, endedOn: '2027-03-10' }];
    const duties = dutiesOf('2028-01-01', { running });
    expect(of('progress', duties).map((duty) => duty.dueOn)).toEqual(['2027-02-28']);
    expect(of('final_report', duties)).toMatchObject([
      {
        opensOn: '2027-03-11',
        dueOn: '2027-06-10',
        coversFrom: '2026-11-30',
        coversUntil: '2027-03-10',
      },
    ]);
    expect(of('final_report', dutiesOf('2027-03-10', { running }))).toEqual([]);
  });
});

test('C-13: an emergency is told every five days and filed within ten', () => {
  const running = [
    { ...campaign, startedOn: '2027-07-20', isEmergency: true, endedOn: '2027-08-02' },
  ];
  const duties = dutiesOf('2027-08-10', { running });
  expect(of('emergency_receipts', duties).map((duty) => duty.dueOn)).toEqual([
    '2027-07-25',
    '2027-07-30',
  ]);
  expect(of('emergency_filing', duties)).toMatchObject([
    { opensOn: '2027-07-20', dueOn: '2027-07-30' },
  ]);
  expect(of('emergency_filing', dutiesOf('2027-08-10'))).toEqual([]);
});

describe('C-15: the charity itself', () => {
  test('owes the year by 31 May and each half-year within a month, from when its record begins', () => {
    const duties = dutiesOf('2028-08-01', { running: [] });
    expect(of('annual_report', duties).map((duty) => [duty.period, duty.dueOn])).toEqual([
      ['2026', '2027-05-31'],
      ['2027', '2028-05-31'],
    ]);
    expect(of('operating_report', duties).map((duty) => [duty.period, duty.dueOn])).toEqual([
      ['2026H2', '2027-01-31'],
      ['2027H1', '2027-07-31'],
      ['2027H2', '2028-01-31'],
      ['2028H1', '2028-07-31'],
    ]);
  });

  test('owes each big transaction within thirty days', () => {
    const events = [{ number: 'JZ-00000009', happenedOn: '2027-01-05' }];
    expect(of('big_transaction', dutiesOf('2027-01-05', { events }))).toMatchObject([
      { period: 'JZ-00000009', dueOn: '2027-02-04' },
    ]);
  });
});

test('a duty is upcoming, due, overdue, done, done late or void', () => {
  const duty = { opensOn: '2027-01-01', dueOn: '2027-01-31', doneOn: null, voidReason: null };
  expect(stateOf(duty, '2026-12-31')).toBe('upcoming');
  expect(stateOf(duty, '2027-01-31')).toBe('due');
  expect(stateOf(duty, '2027-02-01')).toBe('overdue');
  expect(stateOf({ ...duty, doneOn: '2027-01-31' }, '2028-01-01')).toBe('done');
  expect(stateOf({ ...duty, doneOn: '2027-02-01' }, '2028-01-01')).toBe('done_late');
  expect(stateOf({ ...duty, voidReason: '没有发生' }, '2028-01-01')).toBe('void');
});

test('every rule cites its source, in both languages', () => {
  for (const rule of rules)
    for (const language of ['zh', 'en'] as const)
      expect(
        `${rule.source[language]}${rule.title[language]}${rule.deadline[language]}`,
        rule.kind,
      ).not.toBe('');
  expect(ruleOf('progress').article).toBe('79');
});
