import type { z } from 'zod';
import type { Permission } from './access.ts';
import type { RefusalCode } from './refusals.ts';

type Shape = z.ZodObject;

/**
 * One operation of the API: where it is, who may call it, what goes in and out, and what it may refuse.
 * Server, web client, OpenAPI document and the route × role test are all made from these.
 */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Fastify form: `/api/needs/:needId`. */
  readonly path: `/api/${string}`;
  /** `public` needs no session; any other permission is held by the roles of `rolePermissions`. */
  readonly permission: Permission;
  /** One sentence for the reference page. */
  readonly summary: string;
  readonly params?: Shape;
  readonly query?: Shape;
  readonly body?: z.ZodType;
  /** The answer; `file` and `stream` routes answer with something else than JSON. */
  readonly output: z.ZodType;
  readonly answers?: 'json' | 'file' | 'stream';
  /** `upload`: multipart/form-data with one file, read by the attachment mechanism. */
  readonly takes?: 'json' | 'upload';
  /** Refusals of its own, besides those every route can give (sign-in, permission, input, outage). */
  readonly refusals: readonly RefusalCode[];
}

/** Declares a route and keeps its exact types. */
export function route<const R extends RouteDefinition>(definition: R): R {
  return definition;
}

type In<S> = S extends z.ZodType ? z.input<S> : undefined;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a caller passes: the parts the route declares. */
export type RouteInput<R extends RouteDefinition> = (R extends { params: infer P extends z.ZodType }
  ? { params: In<P> }
  : unknown) &
  (R extends { query: infer Q extends z.ZodType } ? { query?: In<Q> } : unknown) &
  (R extends { body: infer B extends z.ZodType } ? { body: In<B> } : unknown);

/** What a handler is given after validation. */
export interface RouteRequest<R extends RouteDefinition> {
  params: Out<R['params']>;
  query: Out<R['query']>;
  body: Out<R['body']>;
}

/** What comes back. */
export type RouteOutput<R extends RouteDefinition> = z.output<R['output']>;
