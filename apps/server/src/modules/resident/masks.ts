/** What an account is called, in either language, until somebody is bound to it: the end of its number hides her already. */
const UNBOUND = /^(?:尾号\d{4}的居民|resident …\d{4})$/;

/** A name as lists show it: 王*芳, 王*, 欧**华; of other scripts the first and last letter. */
export function maskName(name: string): string {
  if (UNBOUND.test(name)) return name;
  const characters = [...name.trim()];
  if (characters.length <= 1) return characters.length ? '*' : '';
  if (characters.length === 2) return `${characters[0]}*`;
  const hidden = '*'.repeat(Math.min(characters.length - 2, 3));
  return `${characters[0]}${hidden}${characters.at(-1)}`;
}

/** An ID number as a file shows it: the first three and the last two characters. */
export function maskIdNumber(number: string): string {
  return `${number.slice(0, 3)}${'*'.repeat(Math.max(number.length - 5, 0))}${number.slice(-2)}`;
}

/** An address as a file shows it: up to its first number, at most six characters. */
export function maskAddress(address: string): string {
  const shown = [...(/^[^\d一二三四五六七八九十]*/u.exec(address)?.[0] ?? '')].slice(0, 6).join('');
  return `${shown}***`;
}

/** A birth date as a file shows it: the year. */
export function maskBirthDate(date: string): string {
  return `${date.slice(0, 4)}-**-**`;
}

/** The courtyard or building of an address, by which a worker sorts his day; null when it names none. */
export function buildingOf(address: string): string | null {
  const plain = address.normalize('NFKC');
  return (
    /^.*?(?:\d+|[一二三四五六七八九十甲乙丙丁东西南北]+)\s*(?:号楼|号院|栋|幢|座)/u.exec(
      plain,
    )?.[0] ?? null
  );
}
