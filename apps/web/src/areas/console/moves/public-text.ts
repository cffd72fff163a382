const telling = [
  /\d{5,}/,
  /\d+\s*(?:号楼|号院|单元|楼|室|栋)/,
  /[\u4e00-\u9fa5]{1,6}(?:小学|中学|幼儿园|医院)/,
  /[\u4e00-\u9fa5](?:某|先生|女士|阿姨|大爷|大妈|奶奶|爷爷|叔叔|师傅)/,
];

/**
 * What in a public text may tell who somebody is, as a first help while typing: long numbers, buildings,
 * schools, forms of address. The server looks more closely and decides.
 */
export function findsPerson(text: string): string[] {
  return telling.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}
