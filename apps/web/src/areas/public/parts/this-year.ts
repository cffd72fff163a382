import { dateInShanghai } from '@wennuan/basics';

/** The present year in Zhengzhou, the same where the server draws the page. */
export const thisYear = () => Number(dateInShanghai(new Date()).slice(0, 4));
