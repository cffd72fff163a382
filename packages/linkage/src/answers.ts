/** A person's word on two rows. Of several on one pair the last holds. */
export interface Answer {
  rowA: string;
  rowB: string;
  same: boolean;
}

/** An answer as a pair of units. */
export interface Spoken {
  pair: [number, number];
  answer: Answer;
}

/** The same for both orders of two row keys. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`;
}

/** The word that holds for each pair of rows, in the order of the keys. */
export function settledAnswers(answers: readonly Answer[]): Map<string, Answer> {
  const last = new Map<string, Answer>();
  for (const answer of answers) last.set(pairKey(answer.rowA, answer.rowB), answer);
  return new Map([...last].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The answers about rows that exist and lie in different units. */
export function spokenPairs(
  answers: ReadonlyMap<string, Answer>,
  unitAt: ReadonlyMap<string, number>,
): { joined: Spoken[]; parted: Spoken[] } {
  const joined: Spoken[] = [];
  const parted: Spoken[] = [];
  for (const answer of answers.values()) {
    const a = unitAt.get(answer.rowA);
    const b = unitAt.get(answer.rowB);
    if (a === undefined || b === undefined || a === b) continue;
    (answer.same ? joined : parted).push({ pair: [a, b], answer });
  }
  return { joined, parted };
}
