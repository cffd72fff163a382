import { PlainError } from '../platform/postgres/plain-error.ts';

/** A failure that the person at the command line can understand and act on, in both languages. */
export class CommandError extends PlainError {}

/** What to print for anything thrown: a sentence when it is an expected failure, else message and place. */
export function describeFailure(thrown: unknown): string {
  if (thrown instanceof PlainError) return withoutPasswords(thrown.message);
  if (thrown instanceof AggregateError && !thrown.message) {
    return withoutPasswords(thrown.errors.map(String).join('\n'));
  }
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return withoutPasswords(text);
}

/** The text with the password of every database address in it made unreadable. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/(postgres(?:ql)?:\/\/[^\s:/@]*):[^\s/]*@/gi, '$1:***@');
}
