import { z } from 'zod';
import { route } from './route.ts';
import { done, id, instant, listOf, page } from './values.ts';

/** What a message is about. `service` ones (one's own matter) cannot be switched off; the others are personal push (PIPL 24). */
export const messageTopics = ['service', 'gift_moved', 'near_me', 'programme', 'activity'] as const;
export const message = z.object({
  id,
  at: instant,
  topic: z.enum(messageTopics),
  title: z.string(),
  body: z.string(),
  link: z.string().nullable(),
  readAt: instant.nullable(),
});
export const pushSettings = z.object({
  topics: z.array(z.object({ topic: z.enum(messageTopics), on: z.boolean(), fixed: z.boolean() })),
  /** Tags the system holds to choose what to send; each can be deleted. */
  tags: z.array(z.object({ tag: z.string(), since: instant })),
});

export const messageRoutes = {
  inbox: route({
    method: 'GET',
    path: '/api/messages',
    permission: 'message.own',
    summary: 'One’s own messages, newest first.',
    query: page,
    output: listOf(message).extend({ unread: z.int() }),
    refusals: [],
  }),
  markRead: route({
    method: 'POST',
    path: '/api/messages/:messageId/read',
    permission: 'message.own',
    summary: 'Marks a message as read.',
    params: z.object({ messageId: id }),
    output: done,
    refusals: ['not_found'],
  }),
  markAllRead: route({
    method: 'POST',
    path: '/api/messages/read',
    permission: 'message.own',
    summary: 'Marks all of one’s own messages as read.',
    output: z.object({ marked: z.int() }),
    refusals: [],
  }),
  push: route({
    method: 'GET',
    path: '/api/push',
    permission: 'message.own',
    summary: 'Which topics may be pushed and which tags are held.',
    output: pushSettings,
    refusals: [],
  }),
  setPush: route({
    method: 'PUT',
    path: '/api/push/:topic',
    permission: 'message.own',
    summary: 'Switches a topic on or off.',
    params: z.object({ topic: z.enum(messageTopics) }),
    body: z.object({ on: z.boolean() }),
    output: pushSettings,
    refusals: ['push_topic_fixed'],
  }),
  deleteTag: route({
    method: 'DELETE',
    path: '/api/push/tags/:tag',
    permission: 'message.own',
    summary: 'Deletes a tag held about oneself.',
    params: z.object({ tag: z.string().max(60) }),
    output: pushSettings,
    refusals: [],
  }),
  sandboxOutbox: route({
    method: 'GET',
    path: '/api/sandbox/messages',
    permission: 'public',
    summary: 'Sandbox only: the text messages sent, newest first.',
    output: z.object({
      items: z.array(z.object({ id, at: instant, telephone: z.string(), text: z.string() })),
    }),
    refusals: ['not_found'],
  }),
};
