import type { Unit } from './unit.ts';

/** Rows of units that hang together by such pairs, as lists of their keys; a row that is alone is in none. */
export function connectedRows(
  units: readonly Unit[],
  pairs: readonly (readonly [number, number])[],
): string[][] {
  const parent = Int32Array.from({ length: units.length }, (_, index) => index);
  const rootOf = (unit: number): number => {
    let root = unit;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  for (const [a, b] of pairs) {
    const [one, other] = [rootOf(a), rootOf(b)];
    parent[Math.max(one, other)] = Math.min(one, other);
  }
  const lists = new Map<number, string[]>();
  for (const [index, { rows }] of units.entries()) {
    const root = rootOf(index);
    const list = lists.get(root) ?? [];
    for (const { key } of rows) list.push(key);
    lists.set(root, list);
  }
  return [...lists.values()].filter((list) => list.length > 1);
}
