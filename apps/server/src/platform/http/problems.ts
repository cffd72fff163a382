import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal, Refusal } from '@wennuan/basics';
import { refusals, refusalSentence, type Language, type RefusalCode } from '@wennuan/contract';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isOutage } from '../database/outage.ts';

/** What the database says of a value that no row can have: a cursor that is none, a number beyond all, a sign no text holds. */
const NO_VALUE = new Set(['22P02', '22P05', '22003', '22007', '22008', '22021']);
const NO_RIGHT = '42501';
const DISK_FULL = new Set(['53100', 'ENOSPC', 'EDQUOT']);

/** Answers every error as `{code, message, field, params}` in the language of whoever asked. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = asRefusal(error);
    if (!refusal) {
      const reference = randomBytes(4).toString('hex');
      request.log.error({ err: error, reference }, 'unexpected');
      return reply.status(500).send(problem(new Refusal('unexpected', { reference }), request));
    }
    if (error.code === NO_RIGHT) request.log.warn({ err: error }, 'refused by the database');
    const body = problem(refusal, request);
    const status = refusals[refusal.code as RefusalCode].status;
    if (status === 503) void reply.header('retry-after', '2');
    return reply.status(status).send(body);
  });
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send(problem(new Refusal('not_found'), request)),
  );
}

/** Answers an address that no route can have (too long, wrongly escaped) as one that is not there. */
export function answerBadAddress(request: FastifyRequest, reply: FastifyReply): void {
  const body = problem(new Refusal('not_found'), request);
  void reply
    .status(404)
    .header('content-type', 'application/json; charset=utf-8')
    .header('x-content-type-options', 'nosniff')
    .send(JSON.stringify(body));
}

/** The language of a request: the page's own choice first, then the browser's. */
export function languageOf(request: FastifyRequest): Language {
  // An address that no route can have is answered before cookies are read.
  const cookies =
    request.cookies?.['lang'] ?? /(?:^|;\s*)lang=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  const chosen = cookies ?? request.headers['accept-language'] ?? '';
  return /^en\b/i.test(chosen) ? 'en' : 'zh';
}

function problem(refusal: Refusal, request: FastifyRequest) {
  const code = refusal.code as RefusalCode;
  return {
    code,
    message: refusalSentence(code, languageOf(request), refusal.params),
    field: refusal.field,
    params: refusal.params,
  };
}

function asRefusal(error: FastifyError): Refusal | null {
  if (isRefusal(error)) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const field = first?.instancePath.replace(/^\//, '').replaceAll('/', '.') || null;
    const most = (first?.params as { maximum?: number; origin?: string } | undefined) ?? {};
    return most.maximum !== undefined && most.origin === 'string'
      ? new Refusal('text_too_long', { most: most.maximum }, field)
      : new Refusal('input_invalid', {}, field);
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.code === 'FST_REQ_FILE_TOO_LARGE')
    return new Refusal('body_too_large', {
      mostMegabytes: error.code === 'FST_REQ_FILE_TOO_LARGE' ? 12 : 0.25,
    });
  if (error.statusCode === 429) return new Refusal('too_many_requests', { seconds: 60 });
  if (error.code === NO_RIGHT) return new Refusal('not_permitted');
  if (NO_VALUE.has(error.code)) return new Refusal('input_invalid');
  if (isOutage(error)) return new Refusal('database_away');
  if (DISK_FULL.has(error.code)) return new Refusal('disk_full');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new Refusal('input_invalid');
  return null;
}
