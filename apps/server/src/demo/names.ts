import type { Random } from '@wennuan/basics';

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
const GIVEN =
  '秀英桂兰玉珍凤霞淑华建国志强海燕晓红春梅文斌永福德胜长青素云金花宝珠国庆新民少华雪梅红霞丽萍俊杰子涵思远雨桐浩然欣怡明轩';
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';
/** Region codes that no place has, so that no number belongs to anybody. */
const ID_REGIONS = ['410199', '419900'] as const;

/** An invented name of two or three characters; resembles nobody in particular. */
export function inventName(random: Random): string {
  const given = () => pick(random, [...GIVEN]);
  return pick(random, [...SURNAMES]) + given() + (random() < 0.7 ? given() : '');
}

/** An invented name of three characters: long enough not to stand in a text by accident. */
export function inventFullName(random: Random): string {
  const given = () => pick(random, [...GIVEN]);
  return pick(random, [...SURNAMES]) + given() + given();
}

/** An ID number with a check character that fits, of a region that does not exist. `order` is 0–999; odd for men. */
export function inventIdNumber(birthDate: string, order: number): string {
  const region = ID_REGIONS[order % 2]!;
  const first = `${region}${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(first[at]), 0);
  return first + ID_CHECKS[sum % 11];
}

/** The telephone number with this place among the ten thousand that belong to nobody. */
export function inventTelephone(place: number): string {
  return `1990000${String(place).padStart(4, '0')}`;
}

/** One of a list. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** A whole number from `least` to `most`. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
