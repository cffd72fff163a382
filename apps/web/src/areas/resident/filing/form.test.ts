import { parseYuan } from '@wennuan/basics';
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { bodyOf, emptyFiling, wrongIn } from './form.ts';
import { readFilingSearch, stepsOf } from './search.ts';

const t = ((key: string) => key) as unknown as TFunction<'resident'>;
const asked = {
  kind: 'micro_wish',
  t,
  missing: (label: string) => `missing ${label}`,
  amountWrong: (yuan: string, missing: string) =>
    parseYuan(yuan) ? undefined : yuan ? 'wrong' : missing,
} as const;

test('a help request begins with its standard, steps and rules; for another comes who', () => {
  expect(stepsOf('micro_wish', false)[0]).toBe('what');
  expect(stepsOf('help_request', false)[0]).toBe('rules');
  expect(stepsOf('help_request', true).slice(0, 2)).toEqual(['rules', 'who']);
});

test('an address with anything strange in it opens the first page', () => {
  expect(readFilingSearch({ kind: 'gold', step: '<b>', other: 'true' })).toEqual({});
  expect(readFilingSearch({ kind: 'help_request', step: 'why', other: true })).toMatchObject({
    kind: 'help_request',
    step: 'why',
    other: true,
  });
});

test('an amount is wanted for a wish unless only a favour is asked for', () => {
  const draft = emptyFiling();
  expect(wrongIn('amount', draft, asked)).toHaveProperty('amountYuan');
  // What was typed and cannot be is not said to be missing.
  for (const amountYuan of ['1.234', '0', '-1'])
    expect(wrongIn('amount', { ...draft, amountYuan }, asked)).toEqual({ amountYuan: 'wrong' });
  const dear = { ...draft, amountYuan: '500.01' };
  expect(wrongIn('amount', dear, asked)).toEqual({ amountYuan: 'filing.amountTooMuch' });
  expect(wrongIn('amount', dear, { ...asked, kind: 'help_request' })).toEqual({});
  expect(wrongIn('amount', { ...draft, amountYuan: '１５０' }, asked)).toEqual({});
  expect(wrongIn('amount', { ...draft, free: true }, asked)).toEqual({});
  expect(wrongIn('amount', draft, { ...asked, kind: 'help_request' })).toEqual({});
});

test('acting for another names her, the relation and the form of consent; no consent needs its reason', () => {
  const draft = emptyFiling();
  expect(Object.keys(wrongIn('who', draft, asked))).toEqual([
    'personName',
    'relation',
    'consentForm',
  ]);
  const silent = {
    ...draft,
    personName: '赵奶奶',
    relation: 'neighbour',
    consentForm: 'not_possible',
  } as const;
  expect(wrongIn('who', silent, asked)).toHaveProperty('consentNote');
  expect(bodyOf({ ...silent, consentNote: '昏迷' }, 'help_request', true).acting).toEqual({
    relation: 'neighbour',
    personId: null,
    personName: '赵奶奶',
    consentForm: 'not_possible',
    consentNote: '昏迷',
  });
});

test('one form has one id however often it is sent', () => {
  const draft = emptyFiling();
  expect(bodyOf(draft, 'micro_wish', false).formId).toBe(bodyOf(draft, 'micro_wish', false).formId);
  expect(bodyOf(draft, 'micro_wish', false)).toMatchObject({ amountYuan: null, acting: null });
});
