import { type Random } from '@wennuan/basics';
import { type AreaNode, checkCharacter } from '../../packages/linkage/src/index.ts';

/** Somebody who does not exist. */
export interface Person {
  name: string;
  number: string;
  sex: '男' | '女';
  birthDate: string;
  telephone: string;
  community: AreaNode;
  street: AreaNode;
  house: string;
}

const SURNAMES =
  '王王王王王王王李李李李李李李张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨赵赵黄黄周周吴吴徐徐孙孙胡胡朱朱高高林林何何郭郭马马罗罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const GIVEN = {
  男: '伟强磊军勇杰涛超明刚平辉鹏健飞波斌宇浩凯俊峰建国志文华新林海东龙祥德成庆福胜学良松柏翔宏亮振宁永昌盛安邦瑞泽晨轩博睿子豪嘉铭天佑',
  女: '芳娜敏静丽艳娟霞秀英华玲桂兰凤梅红云萍月香琴雪莲玉珍荣爱妹琼真环素洁晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琳瑞欣佳',
};

/** Draws early characters of a text more often than late ones, as real names do. */
function drawn(text: string, random: Random): string {
  return text[Math.floor(random() ** 1.6 * text.length)]!;
}

/** A date as `1965-07-17`, years as in the rosters of a district: more old people and children. */
function drawBirthDate(random: Random): string {
  const year =
    random() < 0.25 ? 2006 + Math.floor(random() * 19) : 1928 + Math.floor(random() * 76);
  const month = 1 + Math.floor(random() * 12);
  const day = 1 + Math.floor(random() * 28);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A number of a division that was never assigned. */
export function drawNumber(random: Random, birthDate: string, sex: '男' | '女'): string {
  const sequence = Math.floor(random() * 500) * 2 + (sex === '男' ? 1 : 0);
  const division = random() < 0.8 ? '410199' : '419900';
  const seventeen = division + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0');
  return seventeen + checkCharacter(seventeen);
}

function drawName(random: Random, sex: '男' | '女', surname = drawnSurname(random)): string {
  const first = drawn(GIVEN[sex], random);
  return surname + first + (random() < 0.2 ? '' : drawn(GIVEN[sex], random));
}

function drawnSurname(random: Random): string {
  return SURNAMES[Math.floor(random() * SURNAMES.length)]!;
}

/**
 * Draws people until asked no more: among them namesakes born on the same day, twins, and parents
 * whose telephone their children share.
 */
export function* drawPeople(
  random: Random,
  tree: { communities: AreaNode[]; streets: ReadonlyMap<string, AreaNode> },
): Generator<Person> {
  let last: Person | null = null;
  for (;;) {
    const person = drawPerson(random, tree);
    const kind = random();
    if (last && kind < 0.003) {
      // Another person of the same name and day.
      person.name = last.name;
      person.sex = last.sex;
      person.birthDate = last.birthDate;
      person.number = drawNumber(random, last.birthDate, last.sex);
    } else if (last && kind < 0.008) {
      // A twin: one day, home, telephone and surname, names of one character in common.
      person.name = last.name.slice(0, -1) + drawn(GIVEN[last.sex], random);
      if (person.name === last.name) continue;
      Object.assign(person, { ...last, name: person.name });
      person.number = drawNumber(random, last.birthDate, last.sex);
    } else if (last && kind < 0.15) {
      person.name = last.name[0]! + person.name.slice(1);
      person.telephone = last.telephone;
      Object.assign(person, { community: last.community, street: last.street, house: last.house });
    }
    if (last && person.number === last.number) continue;
    last = person;
    yield person;
  }
}

function drawPerson(
  random: Random,
  { communities, streets }: { communities: AreaNode[]; streets: ReadonlyMap<string, AreaNode> },
): Person {
  const sex = random() < 0.5 ? '男' : '女';
  const birthDate = drawBirthDate(random);
  const community = communities[Math.floor(random() * communities.length)]!;
  const road = `${drawn('安泰和平丰华民主康乐', random)}${drawn('河路湖康和主', random)}路`;
  const within = (count: number): number => 1 + Math.floor(random() * count);
  return {
    name: drawName(random, sex),
    number: drawNumber(random, birthDate, sex),
    sex,
    birthDate,
    telephone: `1990000${String(Math.floor(random() * 10_000)).padStart(4, '0')}`,
    community,
    street: streets.get(community.parentCode ?? '')!,
    house: `${road}${within(200)}号院${within(30)}号楼${within(4)}单元${within(33)}0${within(4)}`,
  };
}
