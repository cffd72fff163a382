import { addDays, dateInShanghai, instantInShanghai, type Id } from '@wennuan/basics';

/** What a message is about: decides whether it may be switched off, and whether it comes unasked. */
export type Topic = 'service' | 'gift_moved' | 'near_me' | 'programme' | 'activity';

/**
 * One's own matter cannot be switched off; news of one's own gift and of aid one may be entitled to
 * come until they are; what is chosen by place or habit comes only once it was switched on.
 */
export const TOPICS: Record<Topic, { fixed: boolean; onAtFirst: boolean }> = {
  service: { fixed: true, onAtFirst: true },
  gift_moved: { fixed: false, onAtFirst: true },
  programme: { fixed: false, onAtFirst: true },
  near_me: { fixed: false, onAtFirst: false },
  activity: { fixed: false, onAtFirst: false },
};
export const topicNames = Object.keys(TOPICS) as Topic[];

/** A message to one account's inbox, and to a resident's telephone. */
export interface MessageCommand {
  readonly accountId: Id;
  readonly topic: Topic;
  readonly title: string;
  readonly body: string;
  /** A path of the web app, or null. */
  readonly link: string | null;
  /** The text message's own wording; null sends none; left out, title and body are sent. */
  readonly text?: string | null;
}
export type MessageOutcome = 'sent' | 'switched_off';

/** True when messages of the topic may go to an account with this choice (undefined: never chosen). */
export function mayPush(topic: Topic, choice: boolean | undefined): boolean {
  return TOPICS[topic].fixed || (choice ?? TOPICS[topic].onAtFirst);
}

const FIRST_HOUR = '08:00';
const LAST_HOUR = '20:00';
export const TRIES_MOST = 5;
/** While one process sends a text no other may; if it dies, the text is sent again after this long. */
export const LEASE_MINUTES = 10;
export const KEEP_TEXTS_DAYS = 30;

/** The first moment from `at` on when people may be disturbed: not before 8:00, not from 20:00 on, in Zhengzhou. */
export function firstCivilMoment(at: Date): Date {
  const today = dateInShanghai(at);
  const opens = instantInShanghai(today, FIRST_HOUR);
  if (at < opens) return opens;
  return at < instantInShanghai(today, LAST_HOUR)
    ? at
    : instantInShanghai(addDays(today, 1), FIRST_HOUR);
}

/** A message as a text message: signed in front, as carriers ask. */
export function textOf(brand: string, command: MessageCommand): string | null {
  if (command.text === null) return null;
  return `【${brand}】${command.text ?? [command.title, command.body].filter(Boolean).join('。')}`;
}
