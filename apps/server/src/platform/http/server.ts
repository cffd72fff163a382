import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { Refusal } from '@wennuan/basics';
import { roleMay, type Language } from '@wennuan/contract';
import type { Actor } from '../actor.ts';
import { visitor } from '../actor.ts';
import { answerBadAddress, answerProblems, languageOf } from './problems.ts';
import { describeApi } from './reference.ts';

const BODY_BYTES_MAX = 256 * 1024;
const PICTURE_BYTES_MAX = 12 * 1024 * 1024;
const REQUEST_MILLIS_MAX = 600_000;
const SECURE_SECONDS = 31_536_000;

export interface ServerOptions {
  /** Finds out who asks, from the session cookie. */
  actorOf(request: FastifyRequest, language: Language): Promise<Actor>;
  /** Limits sign-in tries per address; off in tests and benchmarks, where all come from one. */
  limitRates: boolean;
  log: boolean;
}

/** A Fastify server with everything that is the same for every route; modules are mounted on it. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: options.log ? { level: 'warn', redact: ['req.headers.cookie'] } : false,
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: 'loopback',
    forceCloseConnections: true,
    // Whoever sends a request drop by drop holds a connection only so long.
    requestTimeout: REQUEST_MILLIS_MAX,
    frameworkErrors: (_error, request, reply) => answerBadAddress(request, reply),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  keepRawBody(app);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    // It must not be sent over a connection that is not secure (RFC 6797, section 7.2): see below.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
  if (options.limitRates) await app.register(rateLimit, { global: false });
  await app.register(multipart, {
    limits: { files: 1, fields: 4, fileSize: PICTURE_BYTES_MAX },
  });
  answerProblems(app);
  refuseRoutesWithoutPermission(app);
  app.decorateRequest('actor', null as unknown as Actor);
  app.addHook('onRequest', async (request, reply) => {
    const language = languageOf(request);
    const { permission } = request.routeOptions.config;
    request.actor = visitor(language);
    if (permission === 'signed_notice') return;
    protectBrowser(request, reply);
    if (permission === undefined) return;
    reply.header('cache-control', 'no-store');
    request.actor = readerOf(await options.actorOf(request, language), request);
    refuseForeignOrigin(request);
    if (!roleMay(request.actor.role, permission))
      throw new Refusal(request.actor.role ? 'not_permitted' : 'not_signed_in');
  });
  await describeApi(app);
  return app;
}

/** Departments and stations have database logins that know only their work; what is public they read as anybody does. */
function readerOf(actor: Actor, { method, routeOptions }: FastifyRequest): Actor {
  const isPublic = method === 'GET' && routeOptions.url?.startsWith('/api/public/');
  const isNarrow = actor.login === 'department' || actor.login === 'station';
  return isPublic && isNarrow ? visitor(actor.language) : actor;
}

/** What Helmet leaves to us: which devices pages may use, and that a site once reached securely stays so. */
function protectBrowser(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('permissions-policy', 'camera=(self), microphone=(self), geolocation=(self)');
  if (request.protocol === 'https')
    reply.header('strict-transport-security', `max-age=${SECURE_SECONDS}`);
}

/** Keeps the exact bytes of a JSON body: a signature is over bytes, not over what they mean. */
function keepRawBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer;
    // A DELETE or POST without a body still carries the type when a browser's client sends it.
    if (body.length === 0) return done(null, undefined);
    void parse(request, body.toString('utf8'), done);
  });
  // Some payment channels send their notices as a form; only its exact bytes are read.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body, done) => {
      request.rawBody = body as Buffer;
      done(null, undefined);
    },
  );
}

/** The server does not start when an operation forgot to say who may call it. The API's description is everybody's. */
function refuseRoutesWithoutPermission(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const described = /^\/api\/(openapi\.json|reference)/.test(route.url);
    if (route.url.startsWith('/api/') && !described && !route.config?.permission)
      throw new Error(`${String(route.method)} ${route.url} declares no permission`);
  });
}

/** A page of another site cannot act in a visitor's name: SameSite cookies first, the Origin header second. */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  if (request.method === 'GET' || request.method === 'HEAD' || !origin || origin === 'null') return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new Refusal('not_permitted');
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's bytes as they came. */
    rawBody?: Buffer;
  }
}
