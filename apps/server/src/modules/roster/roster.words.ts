import type { Language } from '@wennuan/contract';
import { FIELDS, findField } from '@wennuan/policy';
import { CHOOSABLE, type RosterField } from './understand.ts';

type Words = Record<Language, string>;

const FIELD_WORDS: Record<string, Words> = {
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '身份证号', en: 'ID number' },
  certificateNumber: { zh: '证件号', en: 'Certificate number' },
  sex: { zh: '性别', en: 'Sex' },
  birthDate: { zh: '出生日期', en: 'Date of birth' },
  age: { zh: '年龄', en: 'Age' },
  telephone: { zh: '本人电话', en: 'Telephone' },
  otherTelephone: { zh: '他人电话', en: "Somebody else's telephone" },
  otherName: { zh: '他人姓名', en: "Somebody else's name" },
  otherIdNumber: { zh: '他人身份证号', en: "Somebody else's ID number" },
  street: { zh: '街道', en: 'Street office' },
  area: { zh: '居住社区', en: 'Community' },
  address: { zh: '住址', en: 'Address' },
  registeredAddress: { zh: '户籍地', en: 'Registered address' },
  householdNumber: { zh: '户号', en: 'Household number' },
  householderName: { zh: '户主', en: 'Head of household' },
  relation: { zh: '与户主关系', en: 'Relation to head' },
  since: { zh: '起始日期', en: 'Holds from' },
  until: { zh: '截止日期', en: 'Holds until' },
  text: { zh: '不使用，原样保存', en: 'Kept, not used' },
};

/** What a column holds, in words; null for one that is kept but not understood. */
export function fieldLabel(field: string, language: Language): string | null {
  if (field === 'text') return null;
  const words = field.startsWith('fact:') ? findField(field.slice(5)) : FIELD_WORDS[field];
  return words?.[language] ?? null;
}

/** Facts that plain columns say: the same word twice in a list is a riddle. */
const SAID_OTHERWISE = new Set(['group', 'born_on', 'sex', 'registered_area', 'living_area']);

/** Everything a person may say a column holds. */
export function fieldChoices(language: Language): { field: RosterField; label: string }[] {
  const facts = FIELDS.filter(({ number, code }) => number !== null && !SAID_OTHERWISE.has(code));
  return [
    ...CHOOSABLE.map((field) => ({ field, label: FIELD_WORDS[field]![language] })),
    ...facts.map((fact) => ({ field: `fact:${fact.code}` as const, label: fact[language] })),
  ];
}

/** The groups a roster can make people members of. */
export function groupChoices(language: Language): { code: string; name: string }[] {
  const groups = findField('group')!.values!;
  return groups
    .filter(({ number }) => number > 0)
    .map((one) => ({ code: one.code, name: one[language] }));
}

/** The name of a group; null for none. */
export function groupName(code: string | null, language: Language): string | null {
  return groupChoices(language).find((one) => one.code === code)?.name ?? null;
}
