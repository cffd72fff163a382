const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/**
 * An amount as Chinese bills write it out, so that no digit can be added: `壹佰零陆元伍角整`. Takes whole fen above 0.
 */
export function chineseAmount(amountFen: number): string {
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) throw new RangeError('not an amount');
  const yuan = Math.floor(amountFen / 100);
  const [jiao, fen] = [Math.floor(amountFen / 10) % 10, amountFen % 10];
  const whole = yuan > 0 ? `${chineseNumber(yuan)}元` : '';
  if (jiao === 0 && fen === 0) return `${whole}整`;
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : yuan > 0 ? '零' : '';
  return `${whole}${tenths}${fen > 0 ? `${DIGITS[fen]}分` : '整'}`;
}

/** A whole number above 0 in the numerals of bills. */
function chineseNumber(value: number): string {
  const groups: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 10_000)) groups.unshift(rest % 10_000);
  let text = '';
  let gap = false;
  groups.forEach((group, place) => {
    const name = GROUPS[groups.length - 1 - place]!;
    if (group === 0) {
      gap = text !== '';
      return;
    }
    const zero = text !== '' && (gap || group < 1_000) ? '零' : '';
    text += `${zero}${thousands(group)}${name}`;
    gap = group % 10 === 0;
  });
  return text;
}

/** A number below ten thousand; a run of zeroes inside it is read once, at its end not at all. */
function thousands(group: number): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`;
    gap = false;
  }
  return text;
}
