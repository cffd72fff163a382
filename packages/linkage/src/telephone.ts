import { type Cell, plainText } from './plain-text.ts';

/**
 * A telephone number as its digits: a mobile number of 11, or a line with its area code. Understands +86,
 * spaces, dashes, full width, number cells; of several it takes the first. Empty when there is none.
 */
export function readTelephone(cell: Cell): string {
  const text = plainText(cell).replace(/\.0+$/, '');
  if (text === '') return '';
  if (/^1\d{10}$/.test(text)) return text;
  // A number cell that was too narrow: of the digits only those before the last zeros are sure.
  if (/^\d(\.\d+)?E\+?\d+$/i.test(text)) {
    const whole = String(Number(text));
    return /^1\d{10}$/.test(whole) && /\.\d{10}E/i.test(text) ? whole : '';
  }
  const joined = text.replace(/[\s\-‐‑–—()]/g, '').replace(/(?<!\d)(\+?0{0,2}86)(?=1\d{10})/, '');
  const mobile = /(?<!\d)1[3-9]\d{9}(?!\d)/.exec(joined);
  if (mobile) return mobile[0];
  const line = /(?<!\d)0?\d{7,11}(?!\d)/.exec(joined);
  const digits = line?.[0] ?? '';
  // A row of one digit is what a form that insists on a number gets.
  return /^(\d)\1*$/.test(digits) ? '' : digits;
}
