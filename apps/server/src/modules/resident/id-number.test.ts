import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idNumberOf } from '../../../test-support/residents.ts';
import { normaliseIdNumber, readIdNumber } from './id-number.ts';

const birthDates = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const orders = fc.nat(999).map((number) => String(number).padStart(3, '0'));

test('says date and gender of every number whose check fits, and of no other last character', () => {
  fc.assert(
    fc.property(birthDates, orders, (birthDate, order) => {
      const number = idNumberOf(birthDate, order);
      expect(readIdNumber(number)).toEqual({
        birthDate,
        gender: Number(order) % 2 ? 'male' : 'female',
      });
      const fitting = [...'0123456789X'].filter((last) => readIdNumber(number.slice(0, 17) + last));
      expect(fitting).toEqual([number[17]]);
    }),
  );
});

test('finds one wrong digit and two neighbours exchanged', () => {
  fc.assert(
    fc.property(
      birthDates,
      orders,
      fc.nat(15),
      fc.integer({ min: 1, max: 9 }),
      (birthDate, order, at, by) => {
        const number = idNumberOf(birthDate, order);
        const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(readIdNumber(wrong)).toBeNull();
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        if (swapped !== number) expect(readIdNumber(swapped)).toBeNull();
      },
    ),
  );
});

test.each([
  '',
  '410199510308002',
  '41019919510308002',
  '4101991951030800221',
  'abcdefghijklmnopqr',
])('what has not the form is none: %j', (number) => expect(readIdNumber(number)).toBeNull());
test.each(['1951-02-29', '1951-13-01', '1951-00-10', '1951-04-31'])(
  'a date that is none: %s',
  (date) => expect(readIdNumber(idNumberOf(date))).toBeNull(),
);

test('is kept in one spelling', () => {
  expect(normaliseIdNumber(' ４１０１９９ 19510308 002x ')).toBe('41019919510308002X');
  expect([normaliseIdNumber(''), normaliseIdNumber('  '), normaliseIdNumber(null)]).toEqual([
    null,
    null,
    null,
  ]);
});
