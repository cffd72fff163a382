import { describe, expect, test } from 'vitest';
import {
  asKind,
  moved,
  negated,
  type Node,
  takenOut,
  thresholdsOf,
  valueAt,
  withAt,
  without,
  withPart,
} from './tree.ts';

const age: Node = { field: 'age', operator: 'at_least', value: 60 };
const group: Node = { field: 'group', operator: 'is', value: 'disabled' };
const income: Node = { field: 'income_per_head_fen', operator: 'between', value: [0, 130_000] };
const root: { criteria: Node } = { criteria: { all: [age, { not: { any: [group, income] } }] } };

describe('a tree of conditions', () => {
  test('is changed at a path and nowhere else', () => {
    const after = withAt(root, ['criteria', 'all', 0, 'value'], 65);
    expect(valueAt(after, ['criteria', 'all', 0])).toEqual({ ...age, value: 65 });
    expect(valueAt(after, ['criteria', 'all', 1])).toBe(valueAt(root, ['criteria', 'all', 1]));
  });

  test('loses a condition, a negation with what it negates, and never its top', () => {
    expect(without(root, ['criteria', 'all', 1, 'not']).criteria).toEqual({ all: [age] });
    expect(without(root, ['criteria', 'all', 1, 'not', 'any', 0]).criteria).toEqual({
      all: [age, { not: { any: [income] } }],
    });
    expect(without(root, ['criteria']).criteria).toEqual({ all: [] });
  });

  test('moves a condition within its group and out of it', () => {
    expect(moved(root, ['criteria', 'all', 1], -1).criteria).toEqual({
      all: [{ not: { any: [group, income] } }, age],
    });
    expect(moved(root, ['criteria', 'all', 0], -1)).toBe(root);
    expect(takenOut(root, ['criteria', 'all', 1, 'not', 'any', 0]).criteria).toEqual({
      all: [age, { not: { any: [income] } }, group],
    });
    expect(takenOut(root, ['criteria', 'all', 0])).toBe(root);
  });

  test('changes the kind of a group, says the opposite, takes a new part', () => {
    expect(asKind({ all: [age, group, income] }, 'atLeast')).toEqual({
      atLeast: 2,
      of: [age, group, income],
    });
    expect(negated(negated(age))).toBe(age);
    expect(withPart(root, ['criteria'], group).criteria).toMatchObject({ all: [age, {}, group] });
  });

  test('names every number that draws a line', () => {
    expect(
      thresholdsOf(root.criteria, ['criteria']).map(({ path, value }) => [path, value]),
    ).toEqual([
      [['criteria', 'all', 0, 'value'], 60],
      [['criteria', 'all', 1, 'not', 'any', 1, 'value', 0], 0],
      [['criteria', 'all', 1, 'not', 'any', 1, 'value', 1], 130_000],
    ]);
  });
});
