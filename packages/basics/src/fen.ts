/** The largest amount one command may carry: ¥90 billion in fen, far below 2^53. */
export const AMOUNT_FEN_MAX = 9_000_000_000_000;

const YUAN = /^(0|[1-9]\d{0,10})(?:\.(\d{1,2}))?$/;

/**
 * Reads an amount a person typed in yuan ("150", "1.5", "１５０", "¥1,234.50") into whole fen.
 * Full-width digits are read as digits. Returns null for anything else: no sign, no third decimal,
 * no exponent, nothing above AMOUNT_FEN_MAX. Zero is returned as 0; callers decide if it is allowed.
 */
export function parseYuan(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^[¥￥]\s*/, '')
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  const match = YUAN.exec(plain);
  if (!match) return null;
  const fen = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return fen <= AMOUNT_FEN_MAX ? fen : null;
}

/** Fen as people read them: `¥1,234.50`; a negative amount has the sign in front of the ¥. */
export function formatYuan(amountFen: number): string {
  return `${amountFen < 0 ? '−' : ''}¥${yuanNumber(Math.abs(amountFen))}`;
}

/** Fen as a bare figure in yuan with two decimals and thousands separators: `1,234.50`. */
export function yuanNumber(amountFen: number): string {
  const whole = Math.trunc(amountFen / 100).toString();
  const cents = Math.abs(amountFen % 100).toString();
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.padStart(2, '0')}`;
}
