import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '@wennuan/basics';
import { makeRows } from '../../../bench/linkage/generate.ts';
import { checkCharacter } from './citizen-id-checksum.ts';
import { clusterUnits } from './cluster.ts';
import { areaBook, type AreaNode } from './areas.ts';
import { type Answer, type Linkage, linkRows, type RosterRow, readCitizenId } from './index.ts';

const AREAS: AreaNode[] = [
  { code: '1', name: '东城区', level: 'district', parentCode: null },
  ...['11', '12', '13'].map((code) => ({
    code,
    name: `${code}号街道`,
    level: 'street',
    parentCode: '1',
  })),
  ...Array.from({ length: 30 }, (_, at) => ({
    code: `1${1 + (at % 3)}${at}`,
    name: `第${at}社区`,
    level: 'community',
    parentCode: `1${1 + (at % 3)}`,
  })),
];
const book = areaBook(AREAS);

function made(count: number, seed: number): { rows: RosterRow[]; truth: Map<string, number> } {
  const rows = [...makeRows(count, seed, AREAS)];
  return {
    rows: rows.map(({ row }) => row),
    truth: new Map(rows.map(({ row, person }) => [row.key, person])),
  };
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return list
    .map((value) => ({ value, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function groups({ personOf }: Linkage): [string, string][] {
  return [...personOf].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function idNumber(sequence: number, born = '19680317'): string {
  const seventeen = `410199${born}${String(sequence).padStart(3, '0')}`;
  return seventeen + checkCharacter(seventeen);
}

describe('properties', () => {
  test('the order of rows does not matter', () => {
    const { rows } = made(1_500, 5);
    const once = groups(linkRows(rows, { areas: book }));
    for (const seed of [1, 2, 3]) {
      expect(groups(linkRows(shuffled(rows, seed), { areas: book }))).toEqual(once);
    }
  });

  test('two different valid numbers never share a cluster', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const { rows } = made(250, seed);
        const { personOf } = linkRows(rows, { areas: book });
        const numberOf = new Map<string, string>();
        for (const row of rows) {
          const reading = readCitizenId(row.idNumber ?? row.certificateNumber);
          if (reading.kind !== 'valid' || reading.doubt !== null) continue;
          // A row whose own birth date or sex denies the number has borrowed it.
          const cluster = personOf.get(row.key)!;
          const other = numberOf.get(cluster);
          if (other !== undefined && other !== reading.number) return false;
          numberOf.set(cluster, reading.number);
        }
        return true;
      }),
      { numRuns: 40 },
    );
  });

  test('answers taken back and given again give identical clusters', () => {
    const { rows, truth } = made(3_000, 8);
    const first = linkRows(rows, { areas: book });
    expect(first.asks.length).toBeGreaterThan(0);
    const answers: Answer[] = first.asks.map(({ a, b }) => ({
      rowA: a,
      rowB: b,
      same: truth.get(a) === truth.get(b),
    }));
    const done = groups(linkRows(rows, { areas: book, answers }));
    const undone = groups(linkRows(rows, { areas: book, answers: [] }));
    expect(undone).toEqual(groups(first));
    const again = shuffled(answers, 4).map(({ rowA, rowB, same }) => ({
      rowA: rowB,
      rowB: rowA,
      same,
    }));
    expect(groups(linkRows(rows, { areas: book, answers: again }))).toEqual(done);
    const changedMind = answers.flatMap((answer) => [{ ...answer, same: !answer.same }, answer]);
    expect(groups(linkRows(rows, { areas: book, answers: changedMind }))).toEqual(done);
  });

  test('every row has a cluster, and one word can always part or join', () => {
    const { rows } = made(400, 11);
    const [a, b] = [rows[0]!.key, rows[7]!.key];
    const joined = linkRows(rows, { areas: book, answers: [{ rowA: a, rowB: b, same: true }] });
    expect(joined.personOf.size).toBe(rows.length);
    expect(joined.personOf.get(a)).toBe(joined.personOf.get(b));
    const number = idNumber(100);
    const pair = ['x', 'y'].map((key) => ({ key, source: 's', name: '王小明', idNumber: number }));
    expect(linkRows(pair).personOf.get('y')).toBe('x');
    const parted = linkRows(pair, { answers: [{ rowA: 'y', rowB: 'x', same: false }] });
    expect(parted.personOf.get('y')).toBe('y');
  });
});

describe('cases', () => {
  const base = { source: 'a', name: '司徒雅婷', sex: '女' };

  test('a number that belongs to another name is shared, not linked', () => {
    const number = idNumber(102);
    const { personOf, sharedNumbers } = linkRows([
      { ...base, key: '1', idNumber: number },
      { key: '2', source: 'b', name: '欧阳建国', idNumber: number },
    ]);
    expect(personOf.get('1')).not.toBe(personOf.get('2'));
    expect(sharedNumbers).toEqual([{ a: '1', b: '2' }]);
  });

  test('a row without a number finds its person by name, birth date and telephone', () => {
    const { rows } = made(600, 21);
    const one = { ...base, telephone: '19900007777' };
    const linkage = linkRows(
      [
        ...rows,
        { ...one, key: 'sure', idNumber: idNumber(104), source: '甲' },
        { ...one, key: 'bare', birthDate: '1968.3.17', source: '乙' },
        { ...base, key: 'other', birthDate: '1971.3.17', source: '丙', telephone: '19900001111' },
      ],
      { areas: book },
    );
    expect(linkage.personOf.get('bare')).toBe(linkage.personOf.get('sure'));
    expect(linkage.personOf.get('other')).not.toBe(linkage.personOf.get('sure'));
    const { evidence, score } = linkage.evidence('sure', 'bare');
    expect(evidence.find(({ field }) => field === 'telephone')!.bits).toBeGreaterThan(0);
    expect(evidence.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(score);
  });

  test('two rows of one key are refused', () => {
    expect(() =>
      linkRows([
        { ...base, key: '1' },
        { ...base, key: '1' },
      ]),
    ).toThrow(RangeError);
  });

  test('no rows, no persons', () => {
    expect(linkRows([])).toMatchObject({ asks: [], contradictions: [] });
  });

  test('answers that contradict each other are named', () => {
    const rows = ['1', '2', '3'].map((key) => ({
      ...base,
      key,
      idNumber: idNumber(Number(key) * 7),
    }));
    const { personOf, contradictions } = linkRows(rows, {
      answers: [
        { rowA: '1', rowB: '2', same: true },
        { rowA: '2', rowB: '3', same: true },
        { rowA: '1', rowB: '3', same: false },
      ],
    });
    expect(personOf.get('1')).toBe(personOf.get('2'));
    expect(contradictions).toEqual([{ rowA: '2', rowB: '3', same: true }]);
  });
});

describe('planted bugs', () => {
  const chain = [
    { a: 0, b: 1, score: 20 },
    { a: 1, b: 2, score: 19 },
  ];
  const rules = {
    numberOf: (unit: number) => ['A', null, 'B'][unit] ?? null,
    joined: [],
    parted: [],
    scoreOf: () => 10,
    linkAt: 5,
    apartBelow: -6,
  };

  test('a doubtful row between two numbers goes to the nearer one only', () => {
    expect([...clusterUnits(3, chain, rules).clusterOf]).toEqual([0, 0, 2]);
  });

  test('without the rule about numbers the chain would join them', () => {
    const blind = { ...rules, numberOf: () => null };
    expect([...clusterUnits(3, chain, blind).clusterOf]).toEqual([0, 0, 0]);
  });

  test('without the check of all pairs opposites would meet', () => {
    const opposed = {
      ...rules,
      numberOf: () => null,
      scoreOf: (a: number, b: number) => (a + b === 2 ? -20 : 10),
    };
    expect([...clusterUnits(3, chain, opposed).clusterOf]).toEqual([0, 0, 2]);
  });
});
