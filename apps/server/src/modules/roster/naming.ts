/** What a file's own words say of the roster in it. */
export interface RosterNaming {
  /** As the file writes it; null where it says nothing. */
  department: string | null;
  name: string;
  /** The name by which the next delivery is recognised: without dates, copies and versions. */
  nameKey: string;
}

const ENDING = /\.(xlsx|xlsm|xls|csv|txt|tsv)$/i;
const DEPARTMENT =
  /^(.{1,20}?(?:局|委|委员会|联|联合会|总工会|工会|办|办公室|中心|院|厅|处|站|协会|残联|妇联|街道))\s*[-—–_－·：: ]\s*(?=\S)/u;
const BANNER = /^(?:填报|报送|编制|制表|上报|主管)?单位[:：]\s*(\S{2,30})/u;
const DATES = [
  /[(（[【]?(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}日?)?月?(?:份)?[)）\]】]?/gu,
  /(?:19|20)\d{6}|(?:19|20)\d{4}(?!\d)/gu,
  /(?:19|20)\d{2}(?:年度?|(?!\d))/gu,
  /第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份|\d{1,2}日)?/gu,
];
const COPIES = /[(（[]\d+[)）\]]|副本|最新|更新|修订|终稿|最终|汇总版|[vV]\d+(\.\d+)*/gu;
const SIGNS = /[\s\-—–_－.·，,、（）()[\]【】]+/gu;

const FILE_NAME_MOST = 120;

/** A file's name without folders and signs that nobody sees, short enough for a line. */
export function plainFileName(given: string): string {
  const name = given.split(/[/\\]/).at(-1)!;
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').slice(-FILE_NAME_MOST) || '名册';
}

/** Reads department and name of a roster from its file's name and, where that is silent, from the banner above the table. */
export function readNaming(fileName: string, banner: readonly string[]): RosterNaming {
  const plain = fileName.normalize('NFKC').replace(ENDING, '').trim();
  const match = DEPARTMENT.exec(plain);
  const above = banner.map((text) => BANNER.exec(text.trim())?.[1] ?? null).find(Boolean) ?? null;
  const rest = match ? plain.slice(match[0].length) : plain;
  return {
    department: match?.[1]?.trim() ?? above,
    name:
      withoutDates(rest)
        .replace(COPIES, '')
        .trim()
        .replace(/^[-_—\s]+|[-_—\s]+$/gu, '') || rest,
    nameKey: keyOfName(rest),
  };
}

/** A roster's name as names are compared. */
export function keyOfName(name: string): string {
  const plain = name.normalize('NFKC').replace(ENDING, '');
  const key = withoutDates(plain).replace(COPIES, '').replace(SIGNS, '').toLowerCase();
  return key || plain.replace(SIGNS, '').toLowerCase();
}

/** The street or community that a roster's name names; each has a roster of its own. Empty for none. */
export function placeInName(name: string): string {
  return /[\u4e00-\u9fff]{1,6}?(?:社区|街道|[村镇乡])/u.exec(name)?.[0] ?? '';
}

function withoutDates(text: string): string {
  return DATES.reduce((left, pattern) => left.replace(pattern, ''), text);
}

/** What a list says of the people on it. */
export interface RosterKind {
  groupCode: string | null;
  registersDeaths: boolean;
}

/** A circle above the minimum, that is not on it. */
const NEAR_MINIMUM = /(?:低保|最低生活保障)边缘(?:家庭|户|对象|人员)?/gu;
const DEATHS = /火化|殡葬|逝者|死亡(登记|人员|名单|注销)/u;
/** Words by which the groups call themselves; the more particular first. */
const GROUP_WORDS: readonly [code: string, words: RegExp][] = [
  ['bereaved_family', /计生特殊|特殊家庭|特扶|失独|独生子女(死亡|伤残)/u],
  ['destitute', /特困/u],
  ['minimum_living', /低保|最低生活保障|保障金/u],
  ['child', /困境儿童|孤儿|留守儿童|事实无人抚养|困境未成年/u],
  ['elderly', /高龄|长寿|敬老|老年人?津贴|老人津贴/u],
  ['student', /困难学生|经济困难学生|学生|助学|资助对象/u],
  ['woman', /困难妇女|两癌|单亲母亲|妇女/u],
  ['worker', /困难职工|职工/u],
  ['veteran', /优抚|退役|退伍|军人|烈属|烈士遗属|军属/u],
  ['serious_illness', /大病|重病|重特大疾病|病患|患者|慢特病/u],
  ['disabled', /残疾|残联|持证残/u],
];
const DEPARTMENTS: Record<string, string> = {
  minimum_living: '民政局',
  destitute: '民政局',
  child: '民政局',
  elderly: '民政局',
  student: '教育局',
  woman: '妇联',
  worker: '总工会',
  veteran: '退役军人事务局',
  serious_illness: '医保局',
  bereaved_family: '卫健委',
  disabled: '残联',
};

/** Recognises the group from the file's name and the title above the table, then from the names of its columns. */
export function readKind(
  fileName: string,
  banner: readonly string[],
  headers: readonly string[],
): RosterKind {
  for (const said of [fileName, banner.join(' '), headers.join(' ')]) {
    const text = said.replace(NEAR_MINIMUM, '');
    if (DEATHS.test(text)) return { groupCode: null, registersDeaths: true };
    const group = GROUP_WORDS.find(([, words]) => words.test(text))?.[0];
    if (group) return { groupCode: group, registersDeaths: false };
  }
  return { groupCode: null, registersDeaths: false };
}

/** The department that usually keeps such a list, where the file names none. */
export function usualDepartment({ groupCode, registersDeaths }: RosterKind): string {
  if (registersDeaths) return '民政局';
  return (groupCode && DEPARTMENTS[groupCode]) || '其他部门';
}
