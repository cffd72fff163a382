import { type RouteDefinition, routes } from '@wennuan/contract';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, type ErrorComponentProps } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import type { Call, InputArguments } from '../api/client.ts';
import { routeQuery } from '../api/query.ts';
import { loadTexts } from '../i18n/index.ts';
import { NotFoundPage, PageFailed } from '../ui/fault-pages.tsx';
import { Frame } from '../ui/frame.tsx';

/** What every route's loader can use. */
export interface AppContext {
  queryClient: QueryClient;
  call: Call;
  i18n: i18n;
}

/** The root of the one route tree; areas hang their routes on it. */
export const rootRoute = createRootRouteWithContext<AppContext>()({
  loader: ({ context }) =>
    Promise.all([
      preload(context, routes.place.district),
      preload(context, routes.session.current),
    ]),
  component: Frame,
  notFoundComponent: NotFoundPage,
  errorComponent: ({ reset }: ErrorComponentProps) => <PageFailed onRetry={reset} />,
});

/**
 * Asks for a page's data before the page shows; the page then reads it with `useRoute` and the same
 * input. Never throws: a refusal is left to the page, which shows it in its place.
 */
export function preload<R extends RouteDefinition>(
  context: AppContext,
  route: R,
  ...input: InputArguments<R>
): Promise<void> {
  // One try only: while the server is away the page must show itself, and goes on asking from there.
  return context.queryClient.prefetchQuery({
    ...routeQuery(context.call, route, ...input),
    retry: false,
  });
}

/** For a route's `beforeLoad`: has an area's words ready in the reader's language. */
export const withTexts =
  (area: string) =>
  ({ context }: { context: AppContext }) =>
    loadTexts(context.i18n, area);
