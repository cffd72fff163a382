import type { RouteOutput, routes } from '@wennuan/contract';

export type Question = RouteOutput<typeof routes.roster.questions>['items'][number];

/** Fields of a row in the order in which people compare them. */
export const rowFields = [
  'name',
  'idNumber',
  'sex',
  'birthDate',
  'telephone',
  'area',
  'address',
] as const;

/** A piece of a text, and whether the other text lacks it. */
export interface Piece {
  text: string;
  differs: boolean;
}

/**
 * Marks what two texts do not have in common: the longest common run of characters in order stays plain, all else is
 * marked on its side. Long texts are cut off; nobody compares more by eye.
 */
export function markDifferences(left: string, right: string): [Piece[], Piece[]] {
  const [a, b] = [[...left].slice(0, MOST), [...right].slice(0, MOST)];
  const kept = commonPlaces(a, b);
  return [
    pieces(a, new Set(kept.map(([place]) => place))),
    pieces(b, new Set(kept.map(([, place]) => place))),
  ];
}

const MOST = 120;

function commonPlaces(a: readonly string[], b: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () =>
    Array.from({ length: b.length + 1 }, () => 0),
  );
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i]![j] =
        a[i] === b[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  const places: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) places.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return places;
}

function pieces(characters: readonly string[], common: ReadonlySet<number>): Piece[] {
  const all: Piece[] = [];
  for (const [place, character] of characters.entries()) {
    const differs = !common.has(place);
    const last = all.at(-1);
    if (last?.differs === differs) last.text += character;
    else all.push({ text: character, differs });
  }
  return all;
}

/** How strongly a piece of evidence speaks, in three steps of odds: 1 : 4, 1 : 32, beyond. */
export function strengthOf(bits: number): 'weak' | 'medium' | 'strong' {
  const weight = Math.abs(bits);
  return weight < 2 ? 'weak' : weight < 5 ? 'medium' : 'strong';
}
