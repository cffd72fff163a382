/** What a cell of a sheet can hold. */
export type Cell = string | number | boolean | Date | null | undefined;

// Format and control characters (BOM, zero width, direction marks, NUL), which show nothing and split words; white space aside.
const INVISIBLE = /\p{Cf}|(?!\s)\p{Cc}/gu;

/**
 * The text of a cell as a reader sees it: full width and compatibility forms made ordinary (NFKC),
 * invisible characters gone, runs of white space one space, no space at the ends. Empty for no value and for the word of a
 * formula that failed.
 */
export function plainText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
  const text = typeof cell === 'string' ? cell : String(cell);
  if (PLAIN.test(text)) return text;
  if (FAULT.test(text)) return '';
  const meant = AS_TEXT.exec(text);
  return (meant?.[1] ?? meant?.[2] ?? text)
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
}

// What a formula that failed leaves in its cell says nothing.
const FAULT = /^\s*#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|CALC!|SPILL!)\s*$/i;

// How spreadsheets are told to leave digits as they are: ="0123", or an apostrophe in front.
const AS_TEXT = /^\s*="([^"]*)"\s*$|^'(.*)$/s;

// Ordinary Chinese characters, letters and digits need no work; most cells are like that.
const PLAIN = /^[0-9A-Za-z\u4e00-\u9fff]*$/;

/** The text of a cell without any white space. */
export function packedText(cell: Cell): string {
  const text = plainText(cell);
  return text.includes(' ') ? text.replaceAll(' ', '') : text;
}
