import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RouteDefinition, RouteOutput, RouteRequest } from '@wennuan/contract';
import type { Actor } from '../actor.ts';

/** One call of an operation, after session, permission and input were checked. */
export interface Call<R extends RouteDefinition> extends RouteRequest<R> {
  actor: Actor;
  /** The bare request, for uploads, signed bodies and cookies. */
  request: FastifyRequest;
  /** The bare reply, for files, streams and cookies. */
  reply: FastifyReply;
}

/** What a module gives for its part of the contract: one handler for each operation, none forgotten. */
export type Handlers<Routes extends Record<string, RouteDefinition>> = {
  [Name in keyof Routes]: (call: Call<Routes[Name]>) => Promise<RouteOutput<Routes[Name]>>;
};

type AnyHandler = (call: Call<RouteDefinition>) => Promise<unknown>;

/**
 * Registers a module's operations. Each declares its permission in the contract; the answer of a JSON
 * route is stripped to its schema, so a field that is not declared never leaves the server.
 */
export function mount<Routes extends Record<string, RouteDefinition>>(
  app: FastifyInstance,
  routes: Routes,
  handlers: Handlers<Routes>,
): void {
  for (const [name, route] of Object.entries(routes)) {
    const handler = handlers[name] as AnyHandler | undefined;
    if (!handler) throw new Error(`no handler for ${route.method} ${route.path}`);
    app.route({
      method: route.method,
      url: route.path,
      schema: routeSchema(route),
      config: { permission: route.permission },
      // A platform's machine has no use for what protects browsers, and these come by the thousand a second.
      ...(route.permission === 'signed_notice' && { helmet: false }),
      handler: async (request, reply) => {
        const answer = await handler({
          actor: request.actor,
          request,
          reply,
          params: request.params,
          query: request.query,
          body: request.body,
        } as Call<RouteDefinition>);
        return reply.sent ? reply : answer;
      },
    });
  }
}

function routeSchema(route: RouteDefinition) {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.slice(4).replace(/[/:.]+/g, '_')}`,
    summary: route.summary,
    tags: [route.path.split('/')[2]!],
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && route.takes !== 'upload' && { body: route.body }),
    ...((route.answers ?? 'json') === 'json' && { response: { 200: route.output } }),
    ...(route.takes === 'upload' && { consumes: ['multipart/form-data'] }),
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
  interface FastifyContextConfig {
    permission?: RouteDefinition['permission'];
  }
}
