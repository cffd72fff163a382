import { seededRandom, type PlainDate } from '../../packages/basics/src/index.ts';
import { checkCharacter } from '../../packages/linkage/src/index.ts';
import { dateOfNumber, findField } from '../../packages/policy/src/index.ts';
import { initialsOf, nameKey } from '../../apps/server/src/modules/resident/readings.ts';
import { type MadePerson, madePerson } from './people.ts';

/** Surnames with how many of a thousand bear them, and characters of given names from the frequent to the rare. */
const SURNAMES = [
  ...'王王王王王王王李李李李李李李张张张张张张刘刘刘刘陈陈陈陈杨杨杨赵赵黄黄周周吴吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
];
const GIVEN = [
  ...'秀英伟敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂芳华红玉梅燕辉建国志云飞鹏宇浩晨欣怡佳雪琳慧颖文博子轩梓涵诗雨泽瑞康宁安福寿喜庆荣昌盛德仁义礼智信忠孝悌廉耻勤俭恭让松柏竹菊莲荷春夏秋冬晓晖旭昊昱晟曦琪瑶璐珊珍珠翠碧琼瑾瑜璇',
];

/** Who a generated person is, beside the facts that `madePerson` gives her. */
export interface MadeIdentity {
  id: string;
  areaId: number;
  name: string;
  initials: string;
  idNumber: string;
  telephone: string;
  address: string;
  birthDate: PlainDate;
  person: MadePerson;
}

const SEED = 41_019_900;
const bornOn = findField('born_on')!.number!;

/** The person of that number in one of the communities: always the same one. Neighbours by number live together. */
export function madeIdentity(
  number: number,
  areas: readonly { id: number; name: string }[],
): MadeIdentity {
  const random = seededRandom(SEED ^ Math.imul(number + 1, 0x9e3779b1));
  const below = (count: number) => Math.floor(random() * count);
  // Few given names are frequent, as in life: the square of a random number falls mostly low.
  const given = () => GIVEN[Math.floor(random() ** 2 * GIVEN.length)]!;
  const person = madePerson(number);
  const area = homeOf(number, areas);
  const name = SURNAMES[below(SURNAMES.length)]! + given() + (random() < 0.85 ? given() : '');
  const birthDate = dateOfNumber(person.base.find(({ field }) => field === bornOn)!.value);
  const digits = `410199${birthDate.replaceAll('-', '')}${String(number % 1_000).padStart(3, '0')}`;
  return {
    id: person.id,
    areaId: area.id,
    name,
    initials: initialsOf(nameKey(name))[0]!,
    idNumber: digits + checkCharacter(digits),
    telephone: `1990000${String(below(10_000)).padStart(4, '0')}`,
    address: `${area.name}${1 + below(9)}号院${1 + below(30)}号楼${1 + below(4)}单元${100 + below(900)}`,
    birthDate,
    person,
  };
}

/** Where the person of that number lives: neighbours by number in one community. */
export function homeOf<Area>(number: number, areas: readonly Area[]): Area {
  return areas[(number >> 2) % areas.length]!;
}
