import { dateInShanghai } from '@wennuan/basics';

/** This moment as a `datetime-local` input writes it, in Zhengzhou's time. */
export function nowAsTyped(): string {
  const now = new Date();
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
  }).format(now);
  return `${dateInShanghai(now)}T${time}`;
}

/** What a `datetime-local` input holds as an instant with Zhengzhou's offset. */
export const instantOf = (typed: string) => `${typed.slice(0, 16)}:00+08:00`;

/** Today's date in Zhengzhou. */
export const today = () => dateInShanghai(new Date());
