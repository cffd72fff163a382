import type { ProgramNeeds } from './program.needs.ts';

interface Words {
  zh: string;
  en: string;
}

const CODE = /(?<!\d)(?:\d{12}|\d{9}|\d{6})(?!\d)/g;

/** Says places by their names: the policy library knows codes of divisions only. A number that is no place stays. */
export function withPlaces(needs: Pick<ProgramNeeds, 'place'>) {
  const names = new Map(needs.place.all().map(({ code, name }) => [code, name]));
  const said = (text: string) => text.replaceAll(CODE, (code) => names.get(code) ?? code);
  return <T extends Words>(words: T): T => ({ ...words, zh: said(words.zh), en: said(words.en) });
}
