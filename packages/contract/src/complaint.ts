import { z } from 'zod';
import { route } from './route.ts';
import { id, instant, line, listOf, page, plainDate } from './values.ts';

/** Who answers: the federation about its pages, or civil affairs about the federation (Charity Law 108). */
export const complaintRoutesTo = ['federation', 'civil_affairs'] as const;
export const complaintStates = ['open', 'answered'] as const;
/** What may be done with the campaign complained about. */
export const complaintActs = ['none', 'pause', 'take_down', 'resume'] as const;

const complaintText = z.string().trim().min(5).max(2_000);
const subject = z.object({
  kind: z.enum(['campaign', 'fund', 'page', 'charity']),
  /** Code of a campaign or fund, path of a page; null for the charity as a whole. */
  code: z.string().max(120).nullable(),
});
export const complaintRow = z.object({
  id,
  number: z.string(),
  route: z.enum(complaintRoutesTo),
  subject,
  subjectName: z.string(),
  askedAt: instant,
  answerBy: plainDate,
  state: z.enum(complaintStates),
  late: z.boolean(),
});

export const complaintRoutes = {
  complain: route({
    method: 'POST',
    path: '/api/complaints',
    permission: 'public',
    summary:
      'Reports a campaign or page, or complains to civil affairs about the charity. Anonymous is allowed; number and code follow it.',
    body: z.object({
      route: z.enum(complaintRoutesTo),
      subject,
      text: complaintText,
      contact: z.string().trim().max(60).nullable(),
      formId: id,
    }),
    output: z.object({ number: z.string(), code: z.string(), answerBy: plainDate }),
    refusals: ['not_found'],
  }),
  followComplaint: route({
    method: 'GET',
    path: '/api/public/complaints/:number',
    permission: 'public',
    summary: 'How far a complaint has got, by its number and code.',
    params: z.object({ number: z.string().max(40) }),
    query: z.object({ code: z.string().max(40) }),
    output: complaintRow.omit({ id: true }).extend({
      text: z.string(),
      answer: z.string().nullable(),
      answeredAt: instant.nullable(),
      act: z.enum(complaintActs).nullable(),
    }),
    refusals: ['check_code_wrong'],
  }),
  publicComplaints: route({
    method: 'GET',
    path: '/api/public/complaints',
    permission: 'public',
    summary: 'Complaints answered publicly, and how many wait or are late.',
    query: page,
    output: listOf(
      z.object({
        number: z.string(),
        route: z.enum(complaintRoutesTo),
        subjectName: z.string(),
        askedAt: instant,
        answeredAt: instant,
        answer: z.string(),
        act: z.enum(complaintActs),
      }),
    ).extend({ open: z.int(), late: z.int(), answered: z.int() }),
    refusals: [],
  }),
  complaints: route({
    method: 'GET',
    path: '/api/complaints',
    permission: 'complaint.answer',
    summary: 'Complaints of the caller’s route, soonest clock first.',
    query: page.extend({ state: z.enum(complaintStates).optional() }),
    output: listOf(complaintRow),
    refusals: [],
  }),
  readComplaint: route({
    method: 'GET',
    path: '/api/complaints/:complaintId',
    permission: 'complaint.answer',
    summary: 'One complaint with its text.',
    params: z.object({ complaintId: id }),
    output: complaintRow.extend({
      text: z.string(),
      contact: z.string().nullable(),
      answer: z.string().nullable(),
      isPublic: z.boolean().nullable(),
      act: z.enum(complaintActs).nullable(),
      /** Whether the campaign may be paused now, or gifts are taken again. */
      campaignPaused: z.boolean().nullable(),
    }),
    refusals: ['not_found'],
  }),
  answerComplaint: route({
    method: 'POST',
    path: '/api/complaints/:complaintId/answer',
    permission: 'complaint.answer',
    summary:
      'Answers a complaint, publicly or to its writer alone; may pause or take down the campaign and tell its donors.',
    params: z.object({ complaintId: id }),
    body: z.object({
      answer: complaintText,
      isPublic: z.boolean(),
      act: z.enum(complaintActs),
      tellDonors: z.boolean(),
    }),
    output: complaintRow,
    refusals: ['not_found', 'complaint_answered', 'input_invalid', 'public_text_names_person'],
  }),
  pausedCampaign: route({
    method: 'GET',
    path: '/api/public/campaigns/:code/pause',
    permission: 'public',
    summary: 'Whether a campaign is paused or taken down, since when and why.',
    params: z.object({ code: z.string().max(60) }),
    output: z.object({
      act: z.enum(['pause', 'take_down']).nullable(),
      since: instant.nullable(),
      reason: line.nullable(),
    }),
    refusals: [],
  }),
};
