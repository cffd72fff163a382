import { type Random } from '@wennuan/basics';
import type { Cell } from '../../packages/linkage/src/index.ts';
import { drawNumber, type Person } from './people.ts';

type Slip<T> = (value: T, random: Random) => Cell;

const DAY_MILLIS = 86_400_000;
const WIDE_ZERO = 0xff10;

/** Ways in which a list loses or spoils an ID number, each with its share of all rows in ten thousand. */
export const NUMBER_SLIPS: readonly [share: number, slip: Slip<Person>][] = [
  [250, () => ''],
  [60, ({ number }, random) => oneWrong(number, random)],
  [30, ({ number }, random) => swapped(number, random)],
  [
    40,
    ({ number }) =>
      number.startsWith('19', 6) ? number.slice(0, 6) + number.slice(8, 17) : number,
  ],
  [40, ({ number }) => [...number].map((sign) => wide(sign)).join('')],
  [40, ({ number }) => number.toLowerCase()],
  [40, ({ number }) => ` ${number}\u3000`],
  [30, ({ number }) => `'${number}`],
  [30, ({ number }) => `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`],
  [20, ({ number }) => `${number.slice(0, 6)}-${number.slice(6, 14)}-${number.slice(14)}`],
  [20, ({ number }) => `身份证：${number}`],
  [15, ({ number }) => number.replaceAll('0', 'O')],
  [120, ({ number }) => `${number.slice(0, 15)}000`],
  [30, ({ number }) => (number.endsWith('X') ? number : Number(number))],
  [20, ({ number }) => `${number[0]}.${number.slice(1, 15)}E+17`],
  [10, ({ number }) => `${number[0]}.${number.slice(1, 6)}E+17`],
  [20, ({ number }, random) => dropped(number, random)],
  [15, ({ number }, random) => doubled(number, random)],
  [10, ({ number }, random) => oneWrong(oneWrong(number, random), random)],
  [5, ({ number }) => number.slice(0, 14)],
  [5, ({ number }) => `${number.slice(0, 14)}****`],
  [8, ({ number }) => `护照E${number.slice(9, 17)}`],
  // Somebody else's: a relative's number typed into this row.
  [6, ({ sex }, random) => drawNumber(random, '1968-03-09', sex === '男' ? '女' : '男')],
];

const SOUNDS = [
  '伟玮',
  '强锵',
  '军君',
  '丽莉',
  '艳燕',
  '霞侠',
  '英瑛',
  '华花',
  '玲铃',
  '兰蓝',
  '红宏',
  '明鸣',
  '志治',
  '健建',
  '静婧',
  '辉晖',
  '涛焘',
  '梅美',
  '荣蓉',
  '林琳',
];
const SHAPES = [
  '杨扬',
  '刘浏',
  '末未',
  '晴睛',
  '清请',
  '佳住',
  '侯候',
  '玉王',
  '太大',
  '士土',
  '宇字',
  '健键',
  '青责',
  '林淋',
  '峰锋',
];
const TRADITIONAL: Record<string, string> = {
  国: '國',
  华: '華',
  强: '強',
  军: '軍',
  丽: '麗',
  云: '雲',
  玉: '玉',
  张: '張',
  刘: '劉',
  陈: '陳',
  红: '紅',
  飞: '飛',
  东: '東',
  龙: '龍',
};

/** Ways of writing a name otherwise. */
export const NAME_SLIPS: readonly [share: number, slip: Slip<string>][] = [
  [150, (name) => `${name} `],
  [60, (name) => `${name[0]}\u3000${name.slice(1)}`],
  [90, (name) => paired(name, SOUNDS)],
  [25, (name) => paired(name, SHAPES)],
  [25, (name) => [...name].map((character) => TRADITIONAL[character] ?? character).join('')],
  [15, (name) => `${name}（已故）`],
  [10, (name) => `${name}(户主)`],
  [10, (name) => (name.length > 2 ? `${name.slice(0, -1)}□` : name)],
  [8, (name) => (name.length > 2 ? `${name[0]}${name[2]}${name[1]}` : name)],
  [8, (name) => (name.length > 2 ? name.slice(0, 2) : name)],
  [6, (name) => `${name}1`],
];

const BIRTH_STYLES: Slip<string>[] = [
  (date) => date,
  (date) => date.replaceAll('-', ''),
  (date) => date.replaceAll('-', '/'),
  (date) => date.replace(/-0?/g, '.'),
  (date) => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日'),
  (date) => Math.round((Date.parse(date) - Date.UTC(1899, 11, 30)) / DAY_MILLIS),
  (date) => new Date(`${date}T00:00:00Z`),
];

/** A birth date in one of seven styles, one in three hundred with a slip. */
export function writeBirthDate(date: string, random: Random): Cell {
  const style = BIRTH_STYLES[at(random, BIRTH_STYLES.length)]!;
  const chance = random();
  if (chance < 0.001) return date.slice(0, 7);
  if (chance < 0.002)
    return style(`${date.slice(0, 5)}0${1 + at(random, 9)}${date.slice(7)}`, random);
  if (chance < 0.003) return style(`${date.slice(0, 8)}1${at(random, 9)}`, random);
  return style(date, random);
}

export function writeTelephone(telephone: string, random: Random): Cell {
  const chance = random();
  if (chance < 0.2) return '';
  if (chance < 0.32) return `1990000${String(at(random, 10_000)).padStart(4, '0')}`;
  if (chance < 0.36) return telephone.replace(/^(\d{3})(\d{4})/, '$1-$2-');
  if (chance < 0.38) return `+86 ${telephone}`;
  return chance < 0.4 ? Number(telephone) : telephone;
}

/** One of the slips by their shares; the value itself (`plain`) otherwise. */
export function slip<T>(
  slips: readonly [number, Slip<T>][],
  value: T,
  { random, plain }: { random: Random; plain: Cell },
): Cell {
  let left = random() * 10_000;
  for (const [share, make] of slips) {
    left -= share;
    if (left < 0) return make(value, random);
  }
  return plain;
}

function at(random: Random, count: number): number {
  return Math.floor(random() * count);
}

function oneWrong(number: string, random: Random): string {
  const place = at(random, 17);
  const digit = (Number(number[place]) + 1 + at(random, 9)) % 10;
  return number.slice(0, place) + digit + number.slice(place + 1);
}

function swapped(number: string, random: Random): string {
  const place = 6 + at(random, 10);
  return number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2);
}

function dropped(number: string, random: Random): string {
  const place = at(random, 18);
  return number.slice(0, place) + number.slice(place + 1);
}

function doubled(number: string, random: Random): string {
  const place = at(random, 17);
  return number.slice(0, place) + number[place] + number.slice(place);
}

function wide(sign: string): string {
  return sign === 'X' ? 'Ｘ' : String.fromCharCode(WIDE_ZERO + Number(sign));
}

function paired(name: string, pairs: readonly string[]): string {
  for (const [place, character] of [...name].entries()) {
    const pair = place > 0 ? pairs.find((one) => one.includes(character)) : undefined;
    if (pair) return name.slice(0, place) + pair.replace(character, '') + name.slice(place + 1);
  }
  return name;
}
