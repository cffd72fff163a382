import { expect, it } from 'vitest';
import type { Task } from './codes.ts';
import { byBuilding } from './task-groups.ts';

const task = (number: string, building: string | null) => ({ number, building }) as Task;

it('keeps the order of the clock between and inside buildings, those without one last', () => {
  const groups = byBuilding([
    task('1', null),
    task('2', '3 号院'),
    task('3', '1 号院'),
    task('4', '3 号院'),
  ]);
  expect(
    groups.map(({ building, tasks }) => [building, ...tasks.map(({ number }) => number)]),
  ).toEqual([
    ['3 号院', '2', '4'],
    ['1 号院', '3'],
    [null, '1'],
  ]);
});
