import { AMOUNT_FEN_MAX, instantInShanghai, isPlainDate } from '@wennuan/basics';

/** Controls but white space, marks of width and direction: nobody sees them, and the database takes no NUL. */
const UNSEEN = /(?!\s)\p{C}|\u00a0/gu;

/** A cell without what spreadsheets and bills put around it: backtick, apostrophe, `="…"`, full-width forms. */
export function plainCell(text: string): string {
  const plain = text.normalize('NFKC').replace(UNSEEN, '').trim();
  const guarded = /^="(.*)"$/.exec(plain);
  return (guarded ? guarded[1]! : plain).replace(/^[`']/, '').trim();
}

/** How many of the smallest part of a bill's fee (0.00001 yuan) make a fen. */
const PARTS_PER_FEN = 1_000;

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/**
 * An amount in yuan as a statement writes it (`1,234.50`, `￥12`, `12.50元`, `-0.16000`), in units of
 * 10^-`places` yuan. Null for what is no amount, or has digits that are smaller than the unit.
 */
export function readDecimal(text: string, places: number): number | null {
  const plain = plainCell(text)
    .replace(/^([+-]?)\s*[¥￥]\s*/, '$1')
    .replace(/^[¥￥]\s*([+-]?)/, '$1')
    .replace(/\s*(元|CNY|RMB)$/i, '')
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  const match = DECIMAL.exec(plain);
  if (!match) return null;
  const decimals = match[3] ?? '';
  if (/[1-9]/.test(decimals.slice(places))) return null;
  const value = Number(match[2] + decimals.slice(0, places).padEnd(places, '0'));
  if (!Number.isSafeInteger(value) || value > AMOUNT_FEN_MAX * 10 ** Math.max(0, places - 2))
    return null;
  return match[1] === '-' && value > 0 ? -value : value;
}

/** An amount in fen; digits below a fen may only be zeros. */
export function readFen(text: string): number | null {
  return readDecimal(text, 2);
}

/** Parts of a fee (0.00001 yuan) as whole fen, half up. */
export function partsToFen(parts: number): number {
  return Math.sign(parts) * Math.floor((Math.abs(parts) + PARTS_PER_FEN / 2) / PARTS_PER_FEN);
}

const MOMENT =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})\s*[:时]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2})(?:\.\d+)?\s*秒?)?\s*分?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:\s*(\d{2}):?(\d{2}):?(\d{2}))?$/;
/** Days as a spreadsheet counts them, with the time as a fraction: only what could be 2000 to 2100. */
const SERIAL = /^([3-7]\d{4})(\.\d+)?$/;
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
/** Nobody gave on line before. */
const EARLIEST = '2000-01-01';
const SHANGHAI_OFFSET_MILLIS = 8 * 3_600_000;

/**
 * A moment in Zhengzhou as a statement writes it: `2021-09-07 00:29:03`, `2021/9/7 0:29`, `2021年9月7日`,
 * `20210907002903`, ISO 8601, or a spreadsheet's serial number. Null for anything else, and for days that
 * do not exist.
 */
export function readMoment(text: string): Date | null {
  const plain = plainCell(text);
  const serial = SERIAL.exec(plain);
  if (serial) {
    const seconds = Math.round(Number(plain) * 86_400);
    return new Date(SERIAL_EPOCH + seconds * 1_000 - SHANGHAI_OFFSET_MILLIS);
  }
  const match = MOMENT.exec(plain) ?? COMPACT.exec(plain);
  if (!match) return null;
  const [year, month, day, hour = '0', minute = '0', second = '0', zone] = match.slice(1);
  const two = (digits: string | undefined) => (digits ?? '0').padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  if (!isPlainDate(date) || date < EARLIEST) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const time = `${two(hour)}:${two(minute)}`;
  const at = zone
    ? new Date(`${date}T${time}:00${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`)
    : instantInShanghai(date, time);
  return new Date(at.getTime() + Number(second) * 1_000);
}

/** Longer than any channel makes its numbers. */
const NUMBER_MOST = 128;

/** An order or refund number; null when a spreadsheet has turned it into a rounded figure, or it is longer than any. */
export function readNumber(text: string): string | null {
  const plain = plainCell(text);
  return plain.length > NUMBER_MOST || /^\d+(\.\d+)?E\+?\d+$/i.test(plain) ? null : plain;
}
