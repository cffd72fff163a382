import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import { chooseColumn, viewDelivery, viewDifferences } from './delivery.service.ts';
import { discardDelivery, importDeliveries } from './import.service.ts';
import { problemSheet } from './problem.sheet.ts';
import { readFile, type RosterFile } from './read.service.ts';
import {
  answerQuestion,
  separate,
  undoAnswer,
  viewAnswers,
  viewQuestions,
} from './review.service.ts';
import type { RosterNeeds } from './roster.needs.ts';
import { updateRoster, viewRosters } from './roster.service.ts';

const FILE_MOST_MEGABYTES = 64;
const done = { ok: true } as const;

/** Rosters in, and who is who. */
export function rosterHandlers(needs: RosterNeeds): Handlers<typeof routes.roster> {
  return {
    list: ({ actor }) => viewRosters(needs, actor),
    update: async ({ actor, params, body }) => {
      await updateRoster(needs, actor, { ...params, ...body });
      return done;
    },
    read: async ({ actor, request }) => {
      const { outcome, deliveryId } = await readFile(needs, actor, await uploaded(request));
      return { outcome, delivery: await viewDelivery(needs, actor, deliveryId) };
    },
    delivery: ({ actor, params }) => viewDelivery(needs, actor, params.deliveryId),
    differences: ({ actor, params, query }) =>
      viewDifferences(needs, actor, { ...params, ...query }),
    problemSheet: async ({ actor, params, reply }) =>
      reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', 'attachment; filename="wrong-cells.xlsx"')
        .send(await problemSheet(needs, actor, params.deliveryId)),
    chooseColumn: ({ actor, params, body }) => chooseColumn(needs, actor, { ...params, ...body }),
    import: ({ actor, body }) => importDeliveries(needs, actor, body.deliveryIds),
    discard: async ({ actor, params }) => {
      await discardDelivery(needs, actor, params.deliveryId);
      return done;
    },
    questions: ({ actor, query }) => viewQuestions(needs, actor, query),
    answer: ({ actor, params, body }) => answerQuestion(needs, actor, { ...params, ...body }),
    answers: ({ actor, query }) => viewAnswers(needs, actor, query),
    undoAnswer: async ({ actor, params }) => {
      await undoAnswer(needs, actor, params.answerId);
      return done;
    },
    separate: ({ actor, params, body }) => separate(needs, actor, { ...params, ...body }),
  };
}

async function uploaded(request: FastifyRequest): Promise<RosterFile> {
  const limits = { fileSize: FILE_MOST_MEGABYTES * 1_048_576 };
  const part = request.isMultipart() ? await request.file({ limits }) : undefined;
  if (!part) throw new Refusal('roster_unreadable');
  try {
    return { fileName: part.filename.slice(0, 200), bytes: await part.toBuffer() };
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Refusal('roster_too_large', { mostMegabytes: FILE_MOST_MEGABYTES });
    throw thrown;
  }
}
