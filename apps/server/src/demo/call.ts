import type { Actor } from '../platform/actor.ts';

/** One call of an operation's handler as the server makes it, without the bare request and reply. */
export function callOf(
  actor: Actor,
  parts: { params?: object; query?: object; body?: unknown } = {},
): never {
  return { actor, params: {}, query: {}, body: undefined, ...parts } as never;
}
