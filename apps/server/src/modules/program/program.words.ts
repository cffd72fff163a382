import type { ProgramNeeds } from './program.needs.ts';

interface Words {
  zh: string;
  en: string;
}

const CODE = /(?<!\d)(\d{12}|\d{9}|\d{6})(?!\d)/g;
/** In Chinese the spaces that set a number apart go with it. */
const CODE_SPACED = / ?(?<!\d)(\d{12}|\d{9}|\d{6})(?!\d) ?/g;

/** Says places by their names: the policy library knows codes of divisions only. A number that is no place stays. */
export function withPlaces(needs: Pick<ProgramNeeds, 'place'>) {
  const names = new Map(needs.place.all().map(({ code, name }) => [code, name]));
  const said = (text: string, how: RegExp) =>
    text.replaceAll(how, (whole, code: string) => names.get(code) ?? whole);
  return <T extends Words>(words: T): T => ({
    ...words,
    zh: said(words.zh, CODE_SPACED),
    en: said(words.en, CODE),
  });
}
