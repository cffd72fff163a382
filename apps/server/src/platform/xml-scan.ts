/** What is told of a text of tags, in its order. Names come without prefix; attributes as they are written. */
export interface XmlSight {
  open(name: string, attributes: string): void;
  /** A piece of text between two tags, entities read; one text may come in several pieces. */
  text(text: string): void;
  close(name: string): void;
}

/** A tag or a piece of text that is longer belongs to no sheet that a spreadsheet program wrote. */
const TOKEN_MOST = 1_048_576;
const SLASH = 47;
const EXCLAMATION = 33;
const QUESTION = 63;

/**
 * Reads tags and texts from pieces as they come, so that a sheet of any length takes no more memory than one of its cells.
 * Knows what spreadsheets write: definitions of entities are passed over, and nothing is fetched or expanded. Throws a
 * RangeError for a token without end.
 */
export class XmlScanner {
  readonly #sight: XmlSight;
  #rest = '';

  constructor(sight: XmlSight) {
    this.#sight = sight;
  }

  feed(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece;
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag < 0) break;
      if (tag > at) this.#sight.text(plain(text.slice(at, tag)));
      const end = this.#tag(text, tag);
      at = end < 0 ? tag : end;
      if (end < 0) break;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > TOKEN_MOST) throw new RangeError('a token without end');
  }

  /** Tells of the tag that begins here; where it ends, or −1 when that has not come yet. */
  #tag(text: string, start: number): number {
    const sign = text.charCodeAt(start + 1);
    if (sign === EXCLAMATION) return this.#declaration(text, start);
    const end = endOfTag(text, start);
    if (end < 0 || sign === QUESTION) return end < 0 ? -1 : end + 1;
    if (sign === SLASH) {
      this.#sight.close(localName(text.slice(start + 2, end).trim()));
      return end + 1;
    }
    const isEmpty = text.charCodeAt(end - 1) === SLASH;
    const inside = text.slice(start + 1, isEmpty ? end - 1 : end);
    const gap = inside.search(/\s/);
    const name = localName(gap < 0 ? inside : inside.slice(0, gap));
    this.#sight.open(name, gap < 0 ? '' : inside.slice(gap + 1));
    if (isEmpty) this.#sight.close(name);
    return end + 1;
  }

  #declaration(text: string, start: number): number {
    if (text.startsWith('<!--', start)) return after(text, '-->', start + 4);
    if (text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start + 9);
      if (end >= 0) this.#sight.text(text.slice(start + 9, end));
      return end < 0 ? -1 : end + 3;
    }
    // The first signs decide which of these it is: they may not all be here.
    return text.length - start < 9 ? -1 : after(text, '>', start);
  }
}

function after(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? -1 : at + sign.length;
}

/** Where a tag ends: at the first `>` outside quotation marks. Every sign is looked at once, however many are in values. */
function endOfTag(text: string, start: number): number {
  let from = start;
  for (;;) {
    const end = text.indexOf('>', from);
    if (end < 0) return -1;
    const quote = openQuote(text, from, end);
    if (quote === '') return end;
    const closed = text.indexOf(quote, end + 1);
    if (closed < 0) return -1;
    from = closed + 1;
  }
}

/** The quotation mark that is open at an end, when none is at the start; else nothing. */
function openQuote(text: string, start: number, end: number): string {
  let quote = '';
  for (let at = start; at < end; at++) {
    const sign = text[at]!;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
  }
  return quote;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The value of an attribute by its local name, entities read; null where it is not written. */
export function attributeOf(attributes: string, name: string): string | null {
  let at = 0;
  while (at < attributes.length) {
    const equals = attributes.indexOf('=', at);
    if (equals < 0) return null;
    const open = openingQuote(attributes, equals + 1);
    const close = open < 0 ? -1 : attributes.indexOf(attributes[open]!, open + 1);
    if (close < 0) return null;
    if (localName(attributes.slice(at, equals).trim()) === name)
      return plain(attributes.slice(open + 1, close));
    at = close + 1;
  }
  return null;
}

function openingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"' || text[at] === "'") return at;
    if (text.charCodeAt(at) > 32) return -1;
  }
  return -1;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const CODE_MOST = 0x10ffff;

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
    return code <= CODE_MOST ? String.fromCodePoint(code) : whole;
  });
}
