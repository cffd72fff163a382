export { newId, isId, type Id } from './ids.ts';
export { parseYuan, formatYuan, yuanNumber, AMOUNT_FEN_MAX } from './fen.ts';
export { fixedClock, systemClock, type Clock } from './clock.ts';
export {
  addDays,
  dateInShanghai,
  instantInShanghai,
  isPlainDate,
  type PlainDate,
} from './dates.ts';
export { dayWords, monthWords } from './date-words.ts';
export { Refusal, isRefusal, type RefusalParams } from './refusal.ts';
export { seededRandom, type Random } from './random.ts';
