import { routes, type RouteOutput } from '@wennuan/contract';
import type { QueryClient } from '@tanstack/react-query';

const GATHER_MILLIS = 400;

/**
 * Listens to the server's live events and asks again for what is on screen. EventSource reconnects by
 * itself and passes Last-Event-ID, so nothing is missed while the network was away. Events that come
 * close together cause one refresh. What one may hear depends on who is signed in, so another session
 * or role opens the stream anew. Answers a function that stops listening.
 */
export function followLive(client: QueryClient): () => void {
  if (typeof EventSource === 'undefined') return () => {};
  const refresh = gathered(() => void client.invalidateQueries({ refetchType: 'active' }));
  let stream: EventSource | null = null;
  let hearer: string | null = null;
  const open = () => {
    const now = hearerOf(client);
    if (stream && now === hearer) return;
    stream?.close();
    hearer = now;
    stream = new EventSource(routes.desk.live.path);
    stream.addEventListener('moved', refresh.soon);
  };
  open();
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.query.queryKey[0] === routes.session.current.path) open();
  });
  return () => {
    unsubscribe();
    refresh.stop();
    stream?.close();
  };
}

/** Who listens: the active role of the session, or nobody. */
function hearerOf(client: QueryClient): string {
  const current = client.getQueryData<RouteOutput<typeof routes.session.current>>([
    routes.session.current.path,
    {},
  ]);
  return current?.session?.activeRoleId ?? '';
}

function gathered(run: () => void) {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return {
    soon() {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        run();
      }, GATHER_MILLIS);
    },
    stop: () => clearTimeout(waiting),
  };
}
