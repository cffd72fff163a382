import type { TFunction } from 'i18next';
import type { Question } from './review-rows.ts';

const RELATIONS = {
  idNumber: [
    'same',
    'repair',
    'prefix',
    'two_slips',
    'other_prefix',
    'conflict',
    'different',
    'unknown',
  ],
  name: ['same', 'sound', 'shape', 'rare', 'order', 'part', 'one_character', 'other'],
  birth: ['same', 'near', 'differs'],
  birthYear: ['same', 'differs'],
  sex: ['same', 'differs'],
  telephone: ['same', 'near', 'differs'],
  place: ['same', 'street', 'differs'],
  house: ['same', 'differs'],
  household: ['same'],
  source: ['same', 'other'],
} as const;

/** A piece of evidence in words; one that has none is shown by its name. */
export function evidenceText(
  t: TFunction<'console'>,
  { field, relation }: Question['evidence'][number],
): string {
  const known = (RELATIONS as Record<string, readonly string[]>)[field]?.includes(relation);
  const key = `evidence.${field}.${relation}`;
  return known ? (t as (key: string) => string)(key) : `${field} ${relation}`;
}
