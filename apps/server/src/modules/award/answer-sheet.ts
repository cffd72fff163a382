import type { FastifyReply } from 'fastify';

/** A workbook as an answer, with a name that says what and when. */
export function answerSheet(reply: FastifyReply, name: string, bytes: Buffer): FastifyReply {
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('content-disposition', `attachment; filename="${name}.xlsx"`)
    .send(bytes);
}
