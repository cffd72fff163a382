import type { Random } from '@wennuan/basics';

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
const GIVEN =
  '秀英桂兰玉珍凤霞淑华建国志强海燕晓红春梅文斌永福德胜长青素云金花宝珠国庆新民少华雪梅红霞丽萍俊杰子涵思远雨桐浩然欣怡明轩';

/** An invented name of two or three characters; resembles nobody in particular. */
export function inventName(random: Random): string {
  const pick = (from: string) => [...from][Math.floor(random() * [...from].length)]!;
  return pick(SURNAMES) + pick(GIVEN) + (random() < 0.7 ? pick(GIVEN) : '');
}
