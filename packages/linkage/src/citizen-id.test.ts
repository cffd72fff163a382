import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citizenIdFacts, isCitizenId, readCitizenId } from './citizen-id.ts';
import { checkCharacter } from './citizen-id-checksum.ts';

const NUMBER = '41019919680317243';
const WHOLE = NUMBER + checkCharacter(NUMBER);

/** Numbers of divisions never assigned, of people born 1930 to 2020. */
const numbers = fc
  .tuple(
    fc.constantFrom('410199', '419900'),
    fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2020, 11, 31) }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([division, born, sequence]) => {
    const day = new Date(born).toISOString().slice(0, 10).replaceAll('-', '');
    const seventeen = `${division}${day}${String(sequence).padStart(3, '0')}`;
    return seventeen + checkCharacter(seventeen);
  });

describe('disguises', () => {
  test.each([
    ['plain', WHOLE],
    [
      'full width',
      [...WHOLE].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join(''),
    ],
    ['lower case x', '41019919740825393x'],
    ['padded', ` ${WHOLE}\u3000`],
    ['quoted', `'${WHOLE}`],
    ['behind a tab and a byte order mark', `\uFEFF\t${WHOLE}`],
    ['in groups', `${WHOLE.slice(0, 6)} ${WHOLE.slice(6, 14)}-${WHOLE.slice(14)}`],
    ['labelled', `身份证号：${WHOLE}`],
    ['letters for digits', WHOLE.replaceAll('0', 'O').replace('1', 'l')],
    ['a times sign for X', '41019919740825393×'],
    ['certificate', `${WHOLE}43`],
    ['certificate replaced once', `${WHOLE}43B1`],
  ])('%s', (_, cell) => {
    const reading = readCitizenId(cell);
    expect(reading.kind).toBe('valid');
    expect(reading.kind === 'valid' && isCitizenId(reading.number)).toBe(true);
  });

  test('fifteen digits become eighteen, with a doubt since they have no checksum', () => {
    expect(readCitizenId('410199680317243')).toEqual({
      kind: 'valid',
      number: WHOLE,
      disguise: 'fifteen_digits',
      doubt: 'no_checksum',
    });
  });

  test.each([
    ['digits lost to zeros', '410199197408253000', '410199197408253'],
    ['masked with X', `${WHOLE.slice(0, 14)}XXXX`, WHOLE.slice(0, 14)],
    ['a number cell', Number(WHOLE), WHOLE.slice(0, 15)],
    ['scientific, all digits', `${WHOLE[0]}.${WHOLE.slice(1, 15)}E+17`, WHOLE.slice(0, 14)],
    ['masked', `${WHOLE.slice(0, 14)}****`, WHOLE.slice(0, 14)],
  ])('%s: only the beginning is known', (_, cell, prefix) => {
    expect(readCitizenId(cell)).toMatchObject({ kind: 'partial', prefix });
  });

  test.each([
    ['', 'empty'],
    [null, 'empty'],
    ['4.10199E+17', 'unreadable'],
    ['E12345678', 'unreadable'],
    [`${WHOLE}，41019919740825393X`, 'several'],
  ])('%s says nothing', (cell, reason) => {
    expect(readCitizenId(cell)).toEqual({ kind: 'none', reason });
  });
});

test('lost digits that pass the checksum by chance keep their doubt', () => {
  expect(readCitizenId('410199196803172000')).toMatchObject({
    kind: 'valid',
    doubt: 'lost_digits',
  });
});

test('nobody is born tomorrow, on 30 February or in no province', () => {
  const seventeen = '41019920261102123';
  const tomorrow = seventeen + checkCharacter(seventeen);
  expect(readCitizenId(tomorrow, { notAfter: '2026-11-01' }).kind).not.toBe('valid');
  for (const start of ['41019919680230123', '99019919680317123']) {
    expect(isCitizenId(start + checkCharacter(start))).toBe(false);
  }
});

test('every single wrong digit is repaired or reported as ambiguous, never silently wrong', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.integer({ min: 0, max: 17 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (number, place, step, isKnown) => {
        const old = number[place] === 'X' ? 10 : Number(number[place]);
        const wrong = number.slice(0, place) + ((old + step) % 10) + number.slice(place + 1);
        fc.pre(wrong !== number);
        const { birthDate, sex } = citizenIdFacts(number)!;
        const known = isKnown ? { birthDate, sex, divisions: new Set(['410199', '419900']) } : {};
        const reading = readCitizenId(wrong, known);
        if (reading.kind === 'partial') {
          return number.startsWith(reading.prefix) || reading.candidates.includes(number);
        }
        if (reading.kind !== 'repaired') return false;
        const isSilentlyWrong = reading.number !== null && reading.number !== number;
        return reading.candidates.includes(number) && !isSilentlyWrong;
      },
    ),
    { numRuns: 2_000 },
  );
});

test('two neighbouring digits changed round lead back to the number', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 15 }), (number, place) => {
      fc.pre(number[place] !== number[place + 1]);
      const wrong =
        number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2);
      const reading = readCitizenId(wrong);
      if (reading.kind === 'valid') return false;
      return (
        reading.kind === 'none' || reading.candidates.includes(number) || reading.kind === 'partial'
      );
    }),
  );
});

test('a digit left out or typed twice leads back to the number', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 16 }), (number, place) => {
      const short = readCitizenId(number.slice(0, place) + number.slice(place + 1));
      const long = readCitizenId(number.slice(0, place) + number[place] + number.slice(place));
      const leads = (reading: typeof short): boolean =>
        reading.kind === 'repaired' && reading.candidates.includes(number);
      return leads(short) && leads(long);
    }),
  );
});

test('a repair that the birth date settles says so', () => {
  const wrong = `${WHOLE.slice(0, 16)}9${WHOLE.slice(17)}`;
  const loose = readCitizenId(wrong);
  expect(loose).toMatchObject({ kind: 'repaired', number: null });
  const { birthDate, sex } = citizenIdFacts(WHOLE)!;
  const strict = readCitizenId(wrong, { birthDate, sex });
  expect(strict.kind === 'repaired' && strict.candidates).toContain(WHOLE);
});
