import { Refusal } from '@wennuan/basics';

const TELEPHONE = /(?<!\d)1[3-9]\d{9}(?!\d)/;
const ID_NUMBER = /(?<!\d)\d{17}[\dXx](?!\d)/;

/** Refuses a text that is to be published and holds a telephone or ID number, also one broken up by spaces or dashes. */
export function mustNameNobody(text: string, field: string): void {
  const flat = text.normalize('NFKC').replace(/(?<=\d)[ \-‐–—·]+(?=[\dXx])/g, '');
  const found = [
    ...(TELEPHONE.test(flat) ? ['电话号码'] : []),
    ...(ID_NUMBER.test(flat) ? ['证件号码'] : []),
  ];
  if (found.length > 0)
    throw new Refusal('public_text_names_person', { found: found.join('、') }, field);
}
