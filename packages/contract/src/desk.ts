import { z } from 'zod';
import { clock } from './need.shapes.ts';
import { route } from './route.ts';
import { areaRef, id, instant, listOf, page } from './values.ts';

export const taskKinds = [
  'verify',
  'match',
  'carry_out',
  'feed_back',
  'assess',
  'appeal',
  'approve',
  'pay',
  'answer_request',
  'claim_payment',
  'hand_over',
] as const;
export const task = z.object({
  id,
  kind: z.enum(taskKinds),
  subjectKind: z.enum([
    'need',
    'proposal',
    'payment',
    'data_request',
    'claim',
    'distribution',
    'program',
  ]),
  subjectId: id,
  number: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  area: areaRef,
  building: z.string().nullable(),
  ownerName: z.string().nullable(),
  mine: z.boolean(),
  clock: clock.omit({ stage: true }).nullable(),
  escalatedTo: z.enum(['street', 'district']).nullable(),
});

export const deskRoutes = {
  tasks: route({
    method: 'GET',
    path: '/api/desk/tasks',
    permission: 'desk.read',
    summary: 'What waits for the caller’s role, soonest clock first.',
    query: page.extend({
      kind: z.enum(taskKinds).optional(),
      overdue: z.coerce.boolean().optional(),
      mine: z.coerce.boolean().optional(),
    }),
    output: listOf(task),
    refusals: [],
  }),
  counts: route({
    method: 'GET',
    path: '/api/desk/counts',
    permission: 'desk.read',
    summary: 'How many tasks wait, by kind, and how many are overdue.',
    output: z.object({
      asOf: instant,
      total: z.int(),
      overdue: z.int(),
      warned: z.int(),
      byKind: z.array(z.object({ kind: z.enum(taskKinds), count: z.int(), overdue: z.int() })),
      byArea: z.array(z.object({ area: areaRef, open: z.int(), overdue: z.int() })),
    }),
    refusals: [],
  }),
  take: route({
    method: 'POST',
    path: '/api/desk/tasks/:taskId/take',
    permission: 'desk.read',
    summary: 'Takes a task, or hands it to a colleague of the same area.',
    params: z.object({ taskId: id }),
    body: z.object({ toAccountName: z.string().max(60).nullable() }),
    output: task,
    refusals: ['not_found', 'role_not_held'],
  }),
  sheet: route({
    method: 'GET',
    path: '/api/desk/tasks.xlsx',
    permission: 'desk.read',
    summary: 'The list as a sheet.',
    answers: 'file',
    output: z.any(),
    refusals: [],
  }),
  live: route({
    method: 'GET',
    path: '/api/live',
    permission: 'public',
    summary:
      'Server-sent events by seq; resumes from Last-Event-ID. Each event names a topic and a subject id that the caller may see.',
    answers: 'stream',
    output: z.any(),
    refusals: [],
  }),
};
