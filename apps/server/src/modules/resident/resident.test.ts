import { isRefusal } from '@wennuan/basics';
import { describe, expect, test } from 'vitest';
import { idNumberOf, someone } from '../../../test-support/residents.ts';
import {
  ageOn,
  answerBy,
  checkConsent,
  checkIdentity,
  hasReason,
  type ConsentForm,
  type NewPerson,
} from './resident.ts';

const now = new Date('2026-11-23T09:00:00+08:00');
const check = (change: Partial<NewPerson>) =>
  checkIdentity({ ...someone, areaId: 1, ...change }, now, (typed) => typed.trim());
const codeOf = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : thrown;
  }
};

describe('what a worker writes down', () => {
  test('the ID number fills in what was left open', () => {
    expect(check({ birthDate: null, gender: 'unknown' })).toMatchObject({
      birthDate: '1951-03-08',
      gender: 'female',
    });
    expect(check({ idNumber: '  ', telephone: '', address: ' ' })).toMatchObject({
      idNumber: null,
      telephone: null,
      address: null,
    });
  });

  test.each<[string, Partial<NewPerson>, string]>([
    ['an ID number that does not fit', { idNumber: '410199195103080021' }, 'id_number_invalid'],
    ['fifteen digits', { idNumber: '410199510308002' }, 'id_number_invalid'],
    ['another birth date', { birthDate: '1951-03-09' }, 'id_number_invalid'],
    ['another gender', { gender: 'male' }, 'id_number_invalid'],
    ['a birth date to come', { idNumber: null, birthDate: '2026-11-24' }, 'born_in_future'],
    [
      'an ID number of somebody to come',
      { birthDate: null, idNumber: idNumberOf('2026-11-24', '002') },
      'born_in_future',
    ],
  ])('refuses %s', (_, change, code) => expect(codeOf(() => check(change))).toBe(code));

  test('born today is born', () => {
    expect(check({ idNumber: null, birthDate: '2026-11-23' }).birthDate).toBe('2026-11-23');
  });
});

describe('how somebody agreed', () => {
  const cases: [ConsentForm, string, string | null, boolean, boolean][] = [
    ['spoken', '', null, false, true],
    ['paper', '', '1951-03-08', false, true],
    ['not_possible', '', null, false, false],
    ['not_possible', ' . ', null, false, false],
    ['not_possible', '昏迷，由派出所送来', null, false, true],
    ['own_account', '', null, false, false],
    ['own_account', '', null, true, true],
    ['spoken', '', null, true, false],
    ['spoken', '', '2012-11-24', false, false],
    ['spoken', '', '2012-11-23', false, true],
    ['guardian', '', '2012-11-24', false, true],
    ['own_account', '', '2015-01-01', true, false],
  ];
  test.each(cases)(
    '%s %j, born %s, by herself %s: %s',
    (form, note, birthDate, byHerself, fits) => {
      const refused = codeOf(() => checkConsent({ form, note, birthDate, byHerself }, now));
      expect(refused).toBe(fits ? null : 'consent_required');
    },
  );
});

test('age goes by birthdays', () => {
  expect(ageOn('2026-11-23', '2012-11-23')).toBe(14);
  expect(ageOn('2026-11-22', '2012-11-23')).toBe(13);
  expect(ageOn('2027-02-28', '2012-02-29')).toBe(14);
});

test('a reason says something', () => {
  expect(['', ' ', '.', '。。', '好'].map(hasReason)).toEqual([false, false, false, false, false]);
  expect(['核对', 'ok', '上门前打电话'].map(hasReason)).toEqual([true, true, true]);
});

test('C-25: a request is to be answered within 15 days', () => {
  expect(answerBy(new Date('2026-11-23T23:30:00+08:00'))).toBe('2026-12-08');
});
