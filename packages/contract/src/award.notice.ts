import { z } from 'zod';
import * as shape from './award.shapes.ts';
import { route } from './route.ts';
import { areaRef, done, id, instant, listOf, page, paragraph } from './values.ts';

const noticeId = z.object({ noticeId: id });

/** Paper notices and objections to them. */
export const awardNoticeRoutes = {
  notices: route({
    method: 'GET',
    path: '/api/aid/notices',
    permission: 'award_list.read',
    summary: 'Public notices on paper boards, those that wait first.',
    query: page,
    output: listOf(shape.awardNotice),
    refusals: [],
  }),
  readNotice: route({
    method: 'GET',
    path: '/api/aid/notices/:noticeId',
    permission: 'award_list.read',
    summary: 'One notice: the sheet to print and the objections.',
    params: noticeId,
    output: shape.awardNotice.extend({
      lines: z.array(shape.awardNoticeLine),
      unnamed: z.int(),
      photos: z.array(z.object({ id, widthPixels: z.int(), heightPixels: z.int() })),
      objectionList: z.array(shape.awardObjection),
      mayPost: z.boolean(),
      mayTakeDown: z.boolean(),
    }),
    refusals: ['not_found'],
  }),
  postNotice: route({
    method: 'POST',
    path: '/api/aid/notices/:noticeId/posting',
    permission: 'award.visit',
    summary: 'Records with a photo that the sheet hangs; its days begin.',
    params: noticeId,
    body: z.object({ attachmentId: id }),
    output: done,
    refusals: ['not_found', 'award_state_wrong', 'attachment_unknown'],
  }),
  takeDownNotice: route({
    method: 'POST',
    path: '/api/aid/notices/:noticeId/removal',
    permission: 'award.visit',
    summary: 'Records with a photo that the sheet was taken down after its days; help begins.',
    params: noticeId,
    body: z.object({ attachmentId: id }),
    output: done,
    refusals: ['not_found', 'award_state_wrong', 'attachment_unknown', 'notice_still_runs'],
  }),
  objectFor: route({
    method: 'POST',
    path: '/api/aid/notices/:noticeId/objections',
    permission: 'award.visit',
    summary: 'Writes down an objection made at the counter or by telephone; no name is needed.',
    params: noticeId,
    body: z.object({
      place: z.int().min(1).nullable(),
      text: paragraph,
      contact: z.string().trim().max(100).default(''),
    }),
    output: done,
    refusals: ['not_found', 'notice_not_posted'],
  }),
  objectPublic: route({
    method: 'POST',
    path: '/api/public/notices/:code/objections',
    permission: 'public',
    summary: 'Objects to a line of a paper notice by the code printed on it; no name is needed.',
    params: z.object({ code: z.string().min(4).max(20) }),
    body: z.object({
      place: z.int().min(1).nullable(),
      text: paragraph,
      contact: z.string().trim().max(100).default(''),
    }),
    output: done,
    refusals: ['not_found', 'notice_not_posted'],
  }),
  publicNotice: route({
    method: 'GET',
    path: '/api/public/notices/:code',
    permission: 'public',
    summary: 'What a paper notice is about, without anybody on it.',
    params: z.object({ code: z.string().min(4).max(20) }),
    output: z.object({
      number: z.string(),
      programme: shape.aidProgramme,
      period: z.string(),
      area: areaRef,
      deskTelephone: z.string().nullable(),
      lines: z.int(),
      until: instant.nullable(),
      isOpen: z.boolean(),
    }),
    refusals: ['not_found'],
  }),
  decideObjection: route({
    method: 'POST',
    path: '/api/aid/objections/:objectionId/decision',
    permission: 'award.act',
    summary: 'Decides about an objection, one level above the community.',
    params: z.object({ objectionId: id }),
    body: z.object({ decision: z.enum(['dismiss', 'uphold']), answer: paragraph }),
    output: done,
    refusals: ['not_found', 'appeal_level_wrong', 'award_state_wrong'],
  }),
};
