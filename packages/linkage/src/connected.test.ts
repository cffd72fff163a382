import { describe, expect, test } from 'vitest';
import { seededRandom } from '@wennuan/basics';
import { makeRows } from '../../../bench/linkage/generate.ts';
import { type AreaNode, areaBook } from './areas.ts';
import { type Answer, checkCharacter, type Linkage, linkFacts, readRows } from './index.ts';

const AREAS: AreaNode[] = [
  { code: '1', name: '东城区', level: 'district', parentCode: null },
  { code: '11', name: '一号街道', level: 'street', parentCode: '1' },
  ...['111', '112', '113'].map((code) => ({
    code,
    name: `第${code}社区`,
    level: 'community',
    parentCode: '11',
  })),
];
const book = areaBook(AREAS);

/** Clusters, questions and contradictions of rows, whatever their order. */
function decided({ personOf, asks, contradictions }: Linkage, keys: ReadonlySet<string>) {
  return {
    clusters: [...personOf]
      .filter(([key]) => keys.has(key))
      .map(([key, name]) => `${key} ${name}`)
      .toSorted(),
    asks: asks
      .filter(({ a, b }) => keys.has(a) || keys.has(b))
      .map(({ a, b, score }) => `${a} ${b} ${score}`)
      .toSorted(),
    contradictions: contradictions.filter(({ rowA }) => keys.has(rowA)).map(({ rowA }) => rowA),
  };
}

/** Few given names and no other surnames, so that many rows share them: lists grow long and rivals many. */
function crowded(count: number, seed: number) {
  const random = seededRandom(seed);
  const rows = [...makeRows(count, seed, AREAS)].map(({ row }) => ({
    ...row,
    ...(random() < 0.3 && { idNumber: '' }),
    name: `${'王李张'[Math.floor(random() * 3)]}${'芳敏'[Math.floor(random() * 2)]}`,
  }));
  return readRows(rows, book);
}

function plain(count: number, seed: number) {
  return readRows(
    [...makeRows(count, seed, AREAS)].map(({ row }) => row),
    book,
  );
}

describe('rows that hang together', () => {
  test.each([
    ['made as rosters are', plain, 2, 900],
    ['crowded by namesakes', crowded, 3, 400],
    ['crowded by namesakes', crowded, 4, 400],
  ])('decide about an answer alone as all rows do: %s, %#', (_, make, seed, count) => {
    const facts = make(count, seed);
    const random = seededRandom(seed);
    const before = linkFacts(facts);
    const { model, longKeys } = before;
    let known = before;
    let answers: Answer[] = [];
    expect(before.asks.length).toBeGreaterThan(0);
    for (let round = 0; round < 6; round += 1) {
      const [ask, old] = [known.asks, answers].map(
        (list) => list[Math.floor(random() * list.length)],
      ) as [{ a: string; b: string } | undefined, Answer | undefined];
      // Answered, or an answer taken back.
      const isBack = old !== undefined && (ask === undefined || random() < 0.3);
      const pair = isBack ? [old.rowA, old.rowB] : [ask!.a, ask!.b];
      const lists = known.connected();
      const keys = new Set(
        pair.flatMap((key) => lists.find((list) => list.includes(key)) ?? [key]),
      );
      answers = isBack
        ? answers.filter((one) => one !== old)
        : [...answers, { rowA: pair[0]!, rowB: pair[1]!, same: random() < 0.5 }];
      const whole = linkFacts(facts, { answers, model });
      const part = linkFacts(
        facts.filter(({ key }) => keys.has(key)),
        { answers: answers.filter(({ rowA }) => keys.has(rowA)), model, longKeys },
      );
      expect(decided(part, keys)).toEqual(decided(whole, keys));
      const others = new Set(facts.map(({ key }) => key).filter((key) => !keys.has(key)));
      expect(decided(whole, others)).toEqual(decided(known, others));
      known = whole;
    }
  });

  test.each([
    ['made as rosters are', plain, 5, 900],
    ['made as rosters are', plain, 6, 900],
    ['crowded by namesakes', crowded, 7, 400],
  ])(
    'and when rows of one ID number are parted and put together again: %s, %#',
    (_, make, seed, count) => {
      const facts = make(count, seed);
      const random = seededRandom(seed);
      const ofNumber = Map.groupBy(facts, ({ id }) => (id.kind === 'valid' ? id.number : ''));
      const shared = [...ofNumber].filter(
        ([number, rows]) =>
          number !== '' && rows.length > 1 && !rows.some(({ contradictsId }) => contradictsId),
      );
      expect(shared.length).toBeGreaterThan(20);
      let known = linkFacts(facts);
      const { model, longKeys } = known;
      let answers: Answer[] = [];
      let parted = 0;
      for (let round = 0; round < 12; round += 1) {
        const isBack = answers.length > 0 && random() < 0.3;
        const [, rows] = shared[Math.floor(random() * shared.length)]!;
        // As on a file's page: one row is somebody else's than all the others.
        const said = isBack
          ? [answers[Math.floor(random() * answers.length)]!]
          : rows.slice(1).map(({ key }) => ({ rowA: rows[0]!.key, rowB: key, same: false }));
        const lists = known.connected();
        const keys = new Set(
          said
            .flatMap(({ rowA, rowB }) => [rowA, rowB])
            .flatMap((key) => lists.find((list) => list.includes(key)) ?? [key]),
        );
        answers = isBack ? answers.filter((one) => !said.includes(one)) : [...answers, ...said];
        const whole = linkFacts(facts, { answers, model });
        const part = linkFacts(
          facts.filter(({ key }) => keys.has(key)),
          { answers: answers.filter(({ rowA }) => keys.has(rowA)), model, longKeys },
        );
        expect(decided(part, keys)).toEqual(decided(whole, keys));
        const others = new Set(facts.map(({ key }) => key).filter((key) => !keys.has(key)));
        expect(decided(whole, others)).toEqual(decided(known, others));
        if (!isBack && whole.personOf.get(rows[0]!.key) !== whole.personOf.get(rows[1]!.key))
          parted += 1;
        known = whole;
      }
      expect(parted).toBeGreaterThan(3);
    },
  );

  test('include who is near one row of a number only once the others are parted from it', () => {
    const wide = areaBook([
      ...AREAS,
      { code: '12', name: '二号街道', level: 'street', parentCode: '1' },
      { code: '121', name: '第121社区', level: 'community', parentCode: '12' },
    ]);
    const digits = '41019919550214705';
    const number = digits + checkCharacter(digits);
    const own = {
      name: '闫宇清',
      telephone: '19900004996',
      area: '第111社区',
      address: '康路1号院2号楼3单元4',
    };
    const facts = [
      ...plain(900, 8),
      ...readRows(
        [
          { key: 'bare', source: '优抚', name: '闫宇清', idNumber: number },
          { key: 'full', source: '高龄', ...own, idNumber: number },
          {
            key: 'doubtful',
            source: '大病',
            name: '闫宇青',
            telephone: '19900007777',
            area: '第121社区',
            address: '新华路99号8号楼1单元1',
          },
        ],
        wide,
      ),
    ];
    const { model, longKeys, asks, connected } = linkFacts(facts);
    const isAsked = (list: Linkage['asks']) => list.some(({ a }) => a === 'doubtful');
    expect(isAsked(asks)).toBe(false);
    const keys = new Set(connected().find((list) => list.includes('bare')));
    const answers = [{ rowA: 'bare', rowB: 'full', same: false }];
    const whole = linkFacts(facts, { answers, model });
    expect(isAsked(whole.asks)).toBe(true);
    const rows = facts.filter(({ key }) => keys.has(key));
    expect(decided(linkFacts(rows, { answers, model, longKeys }), keys)).toEqual(
      decided(whole, keys),
    );
    expect(keys).toContain('doubtful');
  });

  test('are few among many, and every list is whole', () => {
    const facts = plain(900, 7);
    const linkage = linkFacts(facts);
    const lists = linkage.connected();
    const keys = lists.flat();
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...lists.map(({ length }) => length))).toBeLessThan(facts.length / 10);
    const listOf = new Map(lists.flatMap((list, at) => list.map((key) => [key, at] as const)));
    for (const [key, name] of linkage.personOf) {
      if (key !== name) expect(listOf.get(key)).toBe(listOf.get(name));
    }
  });
});
