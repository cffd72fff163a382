import { simplifiedForm } from './characters.ts';

/** What a column of a roster can hold. */
export type ColumnField =
  | 'name'
  | 'householderName'
  | 'otherName'
  | 'idNumber'
  | 'otherIdNumber'
  | 'certificateNumber'
  | 'sex'
  | 'birthDate'
  | 'age'
  | 'telephone'
  | 'otherTelephone'
  | 'street'
  | 'area'
  | 'address'
  | 'registeredAddress'
  | 'householdNumber'
  | 'relation'
  | 'householdSize'
  | 'amount'
  | 'grade'
  | 'category'
  | 'date'
  | 'workplace'
  | 'sequence'
  | 'text';

// People beside the one the row is about.
const OTHERS =
  '监护人|家长|联系人|代理人|代办人|经办人|父亲|母亲|配偶|子女|担保人|委托人|申报人|供养人|抚养人|照料人|负责人|紧急联系';
/** Of them those under whose name a table groups columns; who signs it stands in banners. */
const GROUPED = /^(户主|监护人|家长|联系人|代理人|父亲|母亲|配偶|子女|担保人|供养人|抚养人|照料人)/;
const ID_WORDS =
  '身份证|公民身份|证件号|身份号|证件编号|居民证|社会保障号|社保号|ID ?CARD|IDNO|ID NUMBER|ID NO';
const TELEPHONE_WORDS = '电话|手机|联系方式|移动|座机|TEL|PHONE|MOBILE|^(LX)?DH(HM)?$|^SJHM?$';

/** The words of headers, the more particular first; each is tried on the header without white space. */
const COLUMN_WORDS: readonly [field: ColumnField, words: RegExp][] = [
  ['sequence', /^(序号|编号|行号|顺序号|NO\.?|#|户序号|户号序|序)$/i],
  ['otherIdNumber', new RegExp(`(${OTHERS}|户主).*(${ID_WORDS})`, 'i')],
  ['otherTelephone', new RegExp(`(${OTHERS}|户主).*(${TELEPHONE_WORDS})`, 'i')],
  ['relation', /关系/],
  ['householderName', /户主(信息|人)?(姓名|名字|名称)?$/],
  ['otherName', new RegExp(`^(${OTHERS})(人)?(姓名|名字|名称)?$`)],
  ['otherName', new RegExp(`(${OTHERS}|单位|学校|开户).*(姓名|名字)`)],
  ['householdNumber', /低保(证|金)?(编)?(号|编号|号码)$/],
  [
    'certificateNumber',
    /(残疾|优抚|证书|优待|退役|军人|学籍|特困|救助)[人者]?证?(件)?(号|编号|号码|证号)$/,
  ],
  ['householdNumber', /(户编|家庭编|户口|户籍|户)(号|编号|号码|本号|簿号)|^户号|家庭编码/],
  ['idNumber', new RegExp(ID_WORDS, 'i')],
  ['idNumber', /^(GM)?SF(Z|ZJ)?HM?$|^ZJHM$/i],
  ['sex', /^(成员|本人|老人|儿童|学生|患者|逝者)?性别|^男.?女|GENDER|^SEX$|^XB$/i],
  ['birthDate', /出生|生日|BIRTH|DOB|^CSRQ$/i],
  ['age', /^(周岁|实际|现)?年龄|^AGE$|^周岁$/i],
  ['householdSize', /人口|人数/],
  ['telephone', new RegExp(TELEPHONE_WORDS, 'i')],
  ['registeredAddress', /户籍(所在)?(地|地址)|户口所在地|户籍/],
  ['street', /(住址|地址|居住地?).{0,3}(街道|乡镇|镇街|办事处)/],
  ['area', /(住址|地址|居住地?).{0,3}(社区|村居|居委|村委)/],
  ['address', /住址|地址|住所|门牌|居住地$|住处|ADDRESS|^(JT|XJ|XX)?(ZZ|DZ)$/i],
  ['area', /社区|^(SQ|SQMC|SSSQ)$|COMMUNITY|村居|村\(|^村$|居委|村委|居村|行政村/i],
  ['street', /街道|^(JD|JDMC|SSJD)$|乡镇|镇街|街镇|镇办|乡\(镇|^镇$|办事处/i],
  ['area', /所属(区域|辖区)|辖区|片区|所在地|区划/],
  [
    'name',
    /^(.{0,6})(姓名|名字|姓 名)$|^XM$|^(成员|家庭成员|人员|职工|学生|儿童|老人|患者|参保人|逝者|死者|对象|申请人|本人|户员|受助人|持证人|NAME)$|姓名/i,
  ],
  ['category', /(类型|类别|种类)$/],
  ['amount', /金额|收入|费用|津贴|补贴|补助|保障金|元\)|支出|自付|工资|标准|待遇|[款费]$/],
  ['date', /日期|时间|年月|起始|截止|有效期|年度/],
  ['grade', /等级|级别|程度|档次|评级|学段|自理/],
  ['category', /类型|类别|病种|原因|方式|情形|身份类|性质/],
  ['workplace', /单位|学校|企业|机构|就读/],
];

/** Headers are few and asked about again with every row. */
const fieldsKnown = new Map<string, ColumnField | null>();
const KNOWN_MOST = 5_000;
const KNOWN_LETTERS_MOST = 40;

/** The field a header names, null for one that says nothing known. */
export function fieldOfHeader(header: string): ColumnField | null {
  const known = fieldsKnown.get(header);
  if (known !== undefined) return known;
  const text = [...header.replace(/\s+/g, '')].map(simplifiedForm).join('');
  const field = COLUMN_WORDS.find(([, words]) => words.test(text))?.[0] ?? null;
  if (fieldsKnown.size < KNOWN_MOST && header.length <= KNOWN_LETTERS_MOST)
    fieldsKnown.set(header, field);
  return field;
}

/** True for a group of columns about somebody beside the person (监护人) or about the one she is counted with (户主). */
export function namesOthers(group: string): boolean {
  return GROUPED.test(group);
}

/** The field a header names once the kind of people it begins with is taken off: 户主性别 is a sex. */
export function fieldOfTheirs(header: string): ColumnField | null {
  return fieldOfHeader(header.replace(THEIRS, ''));
}

const THEIRS = new RegExp(`^(${OTHERS}|户主)人?(信息|基本信息)?的?`);

/** Words that begin a line of sums, a signature or a remark under the table. */
export const FOOTER =
  /^(合计|总计|小计|共计|累计|总数|汇总|本页|本表|以下|制表|填表|填报|审核|复核|审批|负责人|经办|单位负责|单位\(?盖章|主管|联系电话[:：]|备注|说明|注[:：]|TOTAL|SUM)/i;

/** What stands alone in the column of names and names nobody: sums anywhere, headings of sections, titles, ends of a table. */
export const NOBODY =
  /(小计|合计|总计|共计|累计)([:：\d(]|$)|^[(]?[一二三四五六七八九十]{1,3}[)、.]|^\d{1,3}、|(花名册|名册|明细表|汇总表|登记表|统计表|一览表|公示表|名单)$|以下(空白|无正文)|^(.*(街道|办事处|社区|居委会|村委会))$/;

/** A sum at the beginning of its line, behind what it is of: 绿云社区小计. */
export const SUM = /(小计|合计|总计|共计|累计)[:：]?$/;

/** What stands in the column of names of a line of sums. */
export const COUNT = /^\d+[人户名]?$/;

/** The 150 most usual surnames; nine of ten names begin with one of them. */
export const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯颜庄章鲁岳牛殷葛翟申耿安邢兰齐梅庞季聂童欧祝路霍柴詹左焦温辜曲尚纪甘骆阮凌关裴宁米包柳鲍舒连蓝项倪';
