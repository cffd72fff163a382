import words from './need.words.json' with { type: 'json' };

/** What in a text could lead to a person. */
export type TraceKind =
  | 'telephone'
  | 'id_number'
  | 'name'
  | 'building'
  | 'school'
  | 'contact'
  | 'long_number';

const DIGITS: Record<string, string> = Object.fromEntries(
  [...'〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖'].map((character, index) => [
    character,
    '0012345678912123456789'[index]!,
  ]),
);
/** What people put between digits to hide a number: spaces, dots, dashes, joiners, keycaps. */
const BETWEEN = /[\s\p{Cf}\p{Mn}\p{Me}\p{Pd}.,，。、·•_*~+/\\()（）[\]:：]/u;
const DATES = /(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}/g;
const TELEPHONE = /(?:86)?1[3-9]\d{9}|0\d{9,11}/;
const ID_NUMBER = /\d{17}[\dx]|\d{15}/i;
const ROOM =
  /\d+\s*(?:号楼|号院|栋|幢|单元|室|楼)|(?:路|街|巷|道)\s*\d+\s*号|\b(?:room|building|unit|flat)\s*\d+/i;

/** Latin, full-width, circled and Chinese digits become plain ones; letters become lower case. */
function plain(text: string): string {
  return [...text.normalize('NFKC').toLowerCase()]
    .map((character) => DIGITS[character] ?? character)
    .join('');
}

/** The digits of the text in runs, as somebody would dial them, whatever stands between two digits. */
function digitRuns(text: string): string[] {
  const runs: string[] = [];
  let run = '';
  for (const character of text) {
    if (/[\dx]/.test(character)) run += character;
    else if (/[oil]/.test(character) && run.length >= 3) run += character === 'o' ? '0' : '1';
    else if (!(run && BETWEEN.test(character))) {
      runs.push(run);
      run = '';
    }
  }
  return [...runs, run].filter((digits) => digits.length >= 7);
}

/**
 * What in a public text might identify its person, as kinds without the text itself (refusals are
 * logged). Refuses rather too much than too little: a worker rewrites in seconds what nobody can take
 * back from the internet.
 */
export function tracesOfPerson(text: string, askerName: string): TraceKind[] {
  const found = new Set<TraceKind>();
  const flat = plain(text);
  for (const digits of digitRuns(flat.replace(DATES, ' | '))) {
    if (ID_NUMBER.test(digits)) found.add('id_number');
    else if (TELEPHONE.test(digits)) found.add('telephone');
    else found.add('long_number');
  }
  const dense = flat.replace(/[\s\p{Cf}]/gu, '');
  if (namesAsker(text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, ''), askerName)) found.add('name');
  if (ROOM.test(flat) || words.buildingWords.some((word) => dense.includes(word)))
    found.add('building');
  if (words.schoolWords.some((word) => dense.includes(word))) found.add('school');
  if (words.contactWords.some((word) => dense.includes(word.replaceAll(' ', ''))))
    found.add('contact');
  return [...found];
}

/** The whole name, a given name of two characters, or the surname with a form of address. */
function namesAsker(text: string, askerName: string): boolean {
  const name = askerName.normalize('NFKC').replace(/[\s\p{Cf}·]/gu, '');
  const characters = [...name];
  if (characters.length < 2 || !/^\p{Script=Han}/u.test(name))
    return characters.length > 1 && text.toLowerCase().includes(name.toLowerCase());
  const surname = characters[0]!;
  return (
    text.includes(name) ||
    (characters.length >= 3 && text.includes(characters.slice(1).join(''))) ||
    words.forms.some((form) => text.includes(surname + form)) ||
    text.includes(`老${surname}`) ||
    text.includes(`小${surname}`)
  );
}

/** What a wish cannot be (rules: no cash, alcohol, tobacco, medicine), or null. */
export function excludedGoods(text: string): 'cash' | 'alcohol' | 'tobacco' | 'medicine' | null {
  let flat = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}]/gu, '');
  for (const harmless of words.notExcluded) flat = flat.replaceAll(harmless, ' ');
  const dense = flat.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  for (const [goods, list] of Object.entries(words.excludedGoods))
    if (list.some((word) => holds(dense, word))) return goods as 'cash';
  return null;
}

function holds(text: string, word: string): boolean {
  return /^[a-z ]+$/.test(word) ? new RegExp(`\\b${word}s?\\b`).test(text) : text.includes(word);
}

const TRACE_WORDS: Record<TraceKind, { zh: string; en: string }> = {
  telephone: { zh: '电话号码', en: 'a telephone number' },
  id_number: { zh: '身份证号', en: 'an ID number' },
  name: { zh: '本人姓名或称呼', en: 'the asker’s name' },
  building: { zh: '楼栋、院落或房号', en: 'a building, courtyard or room' },
  school: { zh: '学校或年级', en: 'a school or class' },
  contact: { zh: '联系方式', en: 'a way to contact the person' },
  long_number: { zh: '一长串数字', en: 'a long number' },
};

/** The kinds as a refusal names them. */
export function traceWords(kinds: readonly TraceKind[], language: 'zh' | 'en'): string {
  return kinds.map((kind) => TRACE_WORDS[kind][language]).join(language === 'zh' ? '、' : ', ');
}
