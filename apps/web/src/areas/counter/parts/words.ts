import { ApiRefusal } from '../../../shared/api/refusal.ts';

/** The time of day in Zhengzhou: 14:05. */
export function timeWords(at: string | number): string {
  return new Intl.DateTimeFormat('zh-CN', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Shanghai',
  }).format(new Date(at));
}

/** The sentence of whatever was thrown, or the fallback when the server was not reached. */
export function sentenceOf(thrown: unknown, fallback: string): string {
  return thrown instanceof ApiRefusal && thrown.message ? thrown.message : fallback;
}
