import type { RouteDefinition, RouteInput, RouteOutput } from '@wennuan/contract';
import { connection } from './connection.ts';
import { ApiRefusal, refusalFrom } from './refusal.ts';

/** The input is optional when every part of it is. */
export type InputArguments<R extends RouteDefinition> =
  Record<never, never> extends RouteInput<R> ? [input?: RouteInput<R>] : [input: RouteInput<R>];

/** Calls a route of the contract and answers its output; throws `ApiRefusal` otherwise. */
export type Call = <R extends RouteDefinition>(
  route: R,
  ...input: InputArguments<R>
) => Promise<RouteOutput<R>>;

interface AnyInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** The address of a route with its params and query filled in; also for links to files and exports. */
export function addressOf<R extends RouteDefinition>(
  route: R,
  ...[input]: InputArguments<R>
): string {
  const { params = {}, query = {} } = (input ?? {}) as AnyInput;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The browser's way to the server. Tells `connection` how it went, so that the banner is right. */
export const callServer: Call = async (route, ...input) => {
  const { body } = (input[0] ?? {}) as AnyInput;
  let response: Response;
  try {
    response = await fetch(addressOf(route, ...input), {
      method: route.method,
      headers: {
        accept: 'application/json',
        'accept-language': document.documentElement.lang,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
    });
  } catch {
    connection.report('offline');
    throw new ApiRefusal('network', '', null, 0);
  }
  const answer: unknown = await response.json().catch(() => null);
  connection.report(response.status >= 502 && response.status <= 504 ? 'away' : 'fine');
  if (!response.ok) throw refusalFrom(response.status, answer);
  return answer as RouteOutput<typeof route>;
};

/** Fetches JSON inside the server's own process, for rendering a page: only reading. */
export type FetchJson = (address: string) => Promise<{ status: number; body: unknown }>;

/** A `Call` over an in-process fetch; only GET routes can be called while a page is rendered. */
export function callThrough(fetchJson: FetchJson): Call {
  return async (route, ...input) => {
    const { status, body } = await fetchJson(addressOf(route, ...input));
    if (status >= 400) throw refusalFrom(status, body);
    return body as RouteOutput<typeof route>;
  };
}
