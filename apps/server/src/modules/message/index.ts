import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import type { MessageCommand, MessageOutcome } from './message.ts';
import { messageHandlers } from './message.routes.ts';
import { ownSections, send, type MessageNeeds } from './message.service.ts';
import { removeOldTexts, sendDueTexts, sendText } from './texts.service.ts';
import { insertTags } from './message.store.ts';

export type { MessageCommand, MessageOutcome, Topic } from './message.ts';
export { sandboxTextChannel, type TextChannel } from './text-channel.ts';
export type MessageModule = ReturnType<typeof createMessage>;

/** Inbox, text messages, and what may be pushed. */
export function createMessage(needs: MessageNeeds) {
  const ticks: Tick[] = [
    {
      name: 'message.send_due_texts',
      everySeconds: 2,
      run: async () => void (await sendDueTexts(needs)),
    },
    { name: 'message.remove_old_texts', everySeconds: 3_600, run: () => removeOldTexts(needs) },
  ];
  return {
    handlers: messageHandlers(needs),
    ticks,
    /** Sends to inboxes, and to residents also by text message in civil hours; respects what they switched off. */
    send: (tx: Writing, commands: readonly MessageCommand[]): Promise<MessageOutcome[]> =>
      send(needs, tx, commands),
    /** The caller's messages and tags as sections of her my-data page. */
    ownSections: (tx: Scoped) => ownSections(needs, tx),
    /** Queues a text to a bare number; `immediately` (sign-in codes only) goes at any hour. Refuses `telephone_invalid`. */
    sendText: (
      tx: Scoped,
      message: { telephone: string; text: string; immediately: boolean },
    ): Promise<void> => sendText(needs, tx, message),
    /** Holds tags by which messages are chosen, for their accounts to see and delete. System login. */
    holdTags: (tx: Writing, tags: readonly { accountId: Id; tag: string }[]): Promise<void> =>
      insertTags(
        tx,
        tags.map(({ accountId, tag }) => ({ account_id: accountId, tag })),
      ),
  };
}
