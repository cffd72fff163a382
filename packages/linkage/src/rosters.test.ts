import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeRows } from '../../../bench/linkage/generate.ts';
import { measureFolder } from '../../../bench/linkage/figures.ts';
import { readRosterFolder, type RosterFolder } from '../../../bench/linkage/sheets.ts';

let folder: RosterFolder;

beforeAll(async () => {
  folder = await readRosterFolder(join(import.meta.dirname, '../../../demo/rosters'));
});

describe('the rosters of a district', () => {
  test('every row of the truth is read, and no other', () => {
    const keys = new Set(folder.rows.map(({ key }) => key));
    expect(keys.size).toBe(folder.rows.length);
    expect([...folder.truth.keys()].filter((key) => !keys.has(key))).toEqual([]);
    expect(folder.rows.filter(({ key }) => !folder.truth.has(key))).toEqual([]);
  });

  test('links are right, complete, and few questions are asked', () => {
    const figures = measureFolder(folder);
    expect(figures.precision).toBeGreaterThanOrEqual(0.9995);
    expect(figures.recall).toBeGreaterThanOrEqual(0.987);
    expect(figures.review_share_both).toBeLessThanOrEqual(0.01);
    expect(figures.f1_reviewed).toBeGreaterThanOrEqual(0.9993);
    expect(figures.plain_f1).toBeLessThan(0.95);
  });

  test('errors the sample does not show are borne as well', () => {
    const rows = [...makeRows(20_000, 77, folder.nodes)];
    const figures = measureFolder({
      rows: rows.map(({ row }) => row),
      areas: folder.areas,
      truth: new Map(rows.map(({ row, person }) => [row.key, String(person)])),
    });
    expect(figures.precision).toBeGreaterThanOrEqual(0.9995);
    expect(figures.recall).toBeGreaterThanOrEqual(0.985);
    expect(figures.review_share).toBeLessThanOrEqual(0.015);
    expect(figures.f1_reviewed).toBeGreaterThanOrEqual(0.999);
  });
});
