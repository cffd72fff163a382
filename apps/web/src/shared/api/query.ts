import { type RouteDefinition, type RouteInput, type RouteOutput, routes } from '@wennuan/contract';
import {
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { type Call, callServer, type InputArguments } from './client.ts';
import { type ApiRefusal, asRefusal } from './refusal.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiRefusal;
  }
}

/** How this tree reaches the server: the browser's fetch, or in-process while the server renders. */
export const CallContext = createContext<Call>(callServer);

/** The function that calls a route, for code that is neither a query nor a mutation. */
export const useApi = () => useContext(CallContext);

/** Waits 1 s, 2 s, 4 s … up to 10 s while the server or the network is away; a refusal is final. */
export function makeQueryClient(onServer = false): QueryClient {
  // A session that ended is noticed by whichever call meets it first; gates then lead to sign-in.
  const onError = (thrown: Error) => {
    if (asRefusal(thrown).status === 401 && !onServer)
      void client.invalidateQueries({ queryKey: [routes.session.current.path] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 20_000,
        retry: (_, thrown) => !onServer && asRefusal(thrown).passing,
        retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 10_000),
        retryOnMount: !onServer,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}

/** The query of a route: its key is the route's path and input, so that it can be found again. */
export function routeQuery<R extends RouteDefinition>(
  call: Call,
  route: R,
  ...input: InputArguments<R>
) {
  return queryOptions<RouteOutput<R>, ApiRefusal>({
    queryKey: [route.path, input[0] ?? {}],
    queryFn: () => call(route, ...input),
  });
}

/** Reads a route in a component: `data`, `isPending`, `error` (an ApiRefusal); kept fresh by live updates. */
export function useRoute<R extends RouteDefinition>(route: R, ...input: InputArguments<R>) {
  return useQuery(routeQuery(useApi(), route, ...input));
}

/** Like `useRoute`, but asks only when `when` is true (for instance: somebody is signed in). */
export function useRouteWhen<R extends RouteDefinition>(
  when: boolean,
  route: R,
  ...input: InputArguments<R>
) {
  return useQuery({ ...routeQuery(useApi(), route, ...input), enabled: when });
}

type ItemOf<R extends RouteDefinition> =
  RouteOutput<R> extends { items: (infer Item)[] } ? Item : never;

/** Reads a list that comes whole, as `usePages` reads one that comes page by page. */
export function useList<R extends RouteDefinition>(route: R, ...input: InputArguments<R>) {
  const query = useRoute(route, ...input);
  const held = query.data as { items: ItemOf<R>[] } | undefined;
  return {
    items: held?.items ?? [],
    first: query.data,
    isPending: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

type PageOf<R extends RouteDefinition> = RouteOutput<R> & { items: unknown[]; next: string | null };

/** Reads a list page by page. `items` are all that came so far; `more()` fetches on while `hasMore`. */
export function usePages<R extends RouteDefinition>(route: R, ...input: InputArguments<R>) {
  const call = useApi();
  const base = (input[0] ?? {}) as { query?: object };
  const query = useInfiniteQuery({
    queryKey: [route.path, 'pages', base],
    queryFn: ({ pageParam }) => {
      const asked = { ...base, query: { ...base.query, after: pageParam ?? undefined } };
      return call(route, asked as RouteInput<R>) as Promise<PageOf<R>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  return {
    items: (query.data?.pages.flatMap((page) => page.items) ?? []) as ItemOf<R>[],
    first: query.data?.pages[0] as RouteOutput<R> | undefined,
    isPending: query.isPending,
    /** True when the answer came and there is nothing. */
    isEmpty: query.isSuccess && query.data.pages.every((page) => page.items.length === 0),
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    busy: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
  };
}

/** Somebody else was faster, or the state is another by now: what is on screen is out of date. */
const CONFLICT = 409;

/**
 * Changes something: `send(input)` answers the output or throws an ApiRefusal; `busy`, `refusal` and
 * `reset` are for the form. After a success every query on screen is asked again.
 */
export function useCall<R extends RouteDefinition>(route: R) {
  const call = useApi();
  const client = useQueryClient();
  const mutation = useMutation<RouteOutput<R>, ApiRefusal, RouteInput<R> | undefined>({
    mutationFn: (input) => call(route, ...([input] as unknown as InputArguments<R>)),
    onSuccess: () => void client.invalidateQueries(),
    onError: (refusal) => {
      if (refusal.status === CONFLICT) void client.invalidateQueries();
    },
  });
  return {
    send: (...input: InputArguments<R>) => mutation.mutateAsync(input[0]),
    busy: mutation.isPending,
    refusal: mutation.error,
    done: mutation.data,
    reset: mutation.reset,
  };
}
