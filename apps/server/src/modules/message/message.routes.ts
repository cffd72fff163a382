import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import {
  deleteTag,
  readAllMessages,
  readInbox,
  readMessage,
  readPush,
  setPush,
  type MessageNeeds,
} from './message.service.ts';
import { readSandboxOutbox } from './texts.service.ts';

/** Inbox, push settings and the sandbox's outbox. */
export function messageHandlers(needs: MessageNeeds): Handlers<typeof routes.message> {
  return {
    inbox: ({ actor, query }) => readInbox(needs, actor, query),
    markRead: async ({ actor, params }) => {
      await readMessage(needs, actor, params.messageId);
      return { ok: true };
    },
    markAllRead: ({ actor }) => readAllMessages(needs, actor),
    push: ({ actor }) => needs.database.read(actor, readPush),
    setPush: ({ actor, params, body }) =>
      setPush(needs, actor, { topic: params.topic, on: body.on }),
    deleteTag: ({ actor, params }) => deleteTag(needs, actor, params.tag),
    sandboxOutbox: () => readSandboxOutbox(needs),
  };
}
