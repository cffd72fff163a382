import { seededRandom } from '@wennuan/basics';
import { describe, expect, test } from 'vitest';
import {
  initialsOf,
  nameKey,
  readingsOf,
  soundsLike,
  spellingsOf,
  syllablesIn,
  typedLetters,
} from './readings.ts';
import { readSearch, type Seen } from './search.ts';
import { addressWords, departmentTermsOf, termsOf } from './terms.ts';

const TODAY = '2026-11-23';
const SURNAMES = [...'王李张刘陈杨黄赵吴周曾单解仇区朴欧'];
const GIVEN = [...'秀芳伟建国丽娟明强桂英淑兰玉梅海燕志勇绿女吕月乐'];
const ESTATES = ['绿云小区', '淮河路12号院', '兰台家园', '秋康路·153号院', '幸福新村'];

interface Someone extends Seen {
  name: string;
  telephone: string;
  idNumber: string;
  address: string;
  birthDate: string;
}

/** People made from a seed, with names, numbers and addresses as they occur. */
function people(seed: number, count: number): Someone[] {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!;
  const digits = (size: number) =>
    Array.from({ length: size }, () => Math.floor(random() * 10)).join('');
  return Array.from({ length: count }, () => {
    const year = 1930 + Math.floor(random() * 80);
    return {
      name: pick(SURNAMES) + pick(GIVEN) + (random() < 0.7 ? pick(GIVEN) : ''),
      telephone: `1990000${digits(4)}`,
      idNumber: `410199${year}0101${digits(4)}`,
      address: `${pick(ESTATES)}${1 + Math.floor(random() * 30)}号楼${1 + Math.floor(random() * 4)}单元${100 + Math.floor(random() * 900)}`,
      birthDate: `${year}-01-01`,
    };
  });
}

/** Finds as the database does: somebody has all terms of a way, and fits it. */
function finds(person: Someone, typed: string): boolean {
  const has = new Set(termsOf(person).map(({ kind, text }) => `${kind}:${text}`));
  return readSearch(typed, TODAY).some(
    (plan) => plan.terms.every(({ kind, text }) => has.has(`${kind}:${text}`)) && plan.fits(person),
  );
}

describe('whoever is on file is found by what is typed of her', () => {
  const everybody = people(7, 400);
  const ways: [string, (person: Someone) => string][] = [
    ['her name', ({ name }) => name],
    ['her name with blanks and full width', ({ name }) => ` ${[...name].join('　')} `],
    ['her given name', ({ name }) => [...name].slice(1).join('')],
    ['one character', ({ name }) => [...name].at(-1)!],
    ['her name in letters', ({ name }) => spellingsOf(nameKey(name))[0]!],
    [
      'her name in letters, parted',
      ({ name }) =>
        readingsOf(nameKey(name))
          .map((one) => one[0])
          .join(' '),
    ],
    ['the surname’s own reading', ({ name }) => spellingsOf(nameKey(name)).at(-1)!],
    ['her initials', ({ name }) => initialsOf(nameKey(name))[0]!.toUpperCase()],
    ['her telephone', ({ telephone }) => `+86 ${telephone.slice(0, 3)}-${telephone.slice(3)}`],
    ['its last four', ({ telephone }) => telephone.slice(-4)],
    ['the last four of her ID number', ({ idNumber }) => idNumber.slice(-4)],
    ['the last six', ({ idNumber }) => idNumber.slice(-6)],
    [
      'year of birth and last four',
      ({ idNumber, birthDate }) => `${birthDate.slice(0, 4)} ${idNumber.slice(-4)}`,
    ],
    ['name and year of birth', ({ name, birthDate }) => `${name} ${birthDate.slice(0, 4)}`],
    [
      'initials and last four',
      ({ name, telephone }) => `${initialsOf(nameKey(name))[0]} ${telephone.slice(-4)}`,
    ],
    ['her address', ({ address }) => address],
    ['house and door', ({ address }) => /\d+号楼/.exec(address)![0] + /\d+$/.exec(address)![0]],
    ['name and house', ({ name, address }) => `${name}，${/\d+号楼/.exec(address)![0]}`],
  ];
  test.each(ways)('%s', (_, typed) => {
    for (const person of everybody) expect(finds(person, typed(person)), typed(person)).toBe(true);
  });

  test('and by nothing that is another’s', () => {
    const [one, ...others] = people(11, 300);
    for (const other of others) {
      if (other.telephone !== one!.telephone) expect(finds(one!, other.telephone)).toBe(false);
      if (nameKey(other.name) !== nameKey(one!.name) && !one!.name.includes(other.name))
        expect(finds(one!, other.name), `${other.name} ${one!.name}`).toBe(false);
    }
  });
});

test('readings: surnames as they are read, ü in every writing, foreign names as they stand', () => {
  expect(spellingsOf('单雄信')).toEqual(['danxiongxin', 'shanxiongxin']);
  expect(initialsOf('曾国藩')).toEqual(['cgf', 'zgf']);
  expect(spellingsOf('吕布')).toEqual(['lvbu', 'lubu']);
  expect(typedLetters("Lü'bu")).toBe('lvbu');
  expect(typedLetters('lyubu')).toBe('lvbu');
  expect(soundsLike(nameKey('Maria Garcia'), 'mariagarcia')).toBe(true);
  expect(nameKey('王秀蘭')).toBe(nameKey('王秀兰'));
  expect(syllablesIn('xian').slice(0, 2)).toEqual([['xian'], ['xi', 'an']]);
  expect(syllablesIn('bcd')).toEqual([]);
});

test.each([
  ['绿云小区3号楼2单元401室', ['绿云', '3楼', '2元', '401']],
  ['淮河路街道绿云社区秋康路·153号院24号楼1单元1603', ['秋康', '153号', '24楼', '1元', '1603']],
  ['幸福', ['幸福']],
  ['', []],
])('words of %j', (address, words) => {
  expect(addressWords(address)).toEqual(words);
});

test('a department finds by names and ID numbers only', () => {
  const [person] = people(3, 1);
  const kinds = new Set(departmentTermsOf(person!).map((term) => term.kind));
  expect([...kinds].toSorted()).toEqual(['id_number', 'id_tail', 'initials', 'name', 'sound']);
});

test('a person has few terms, whatever her name and address', () => {
  const sizes = people(5, 500).map((person) => termsOf(person).length);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(16);
  const long = {
    ...people(5, 1)[0]!,
    name: '阿卜杜热合曼·买买提艾力江',
    address: '一'.repeat(500),
  };
  expect(termsOf(long).length).toBeLessThan(40);
});

test('what is typed cannot be made expensive', () => {
  const texts = [
    'a'.repeat(60),
    '王'.repeat(60),
    '1 '.repeat(30),
    'xi an xi an xi an xi an',
    '%_\\\0',
    '💥 💥',
  ];
  for (const text of texts) {
    const plans = readSearch(text, TODAY);
    expect(plans.length).toBeLessThanOrEqual(24);
    for (const plan of plans) expect(plan.terms.length).toBeLessThan(80);
  }
  expect(readSearch('a b c d e f 王 李 张 刘 陈 杨', TODAY)).toEqual([]);
});
