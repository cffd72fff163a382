import type { QueryClient } from '@tanstack/react-query';

const GATHER_MILLIS = 400;

/**
 * Listens to the server's live events and asks again for what is on screen. EventSource reconnects by
 * itself and passes Last-Event-ID, so nothing is missed while the network was away. Events that come
 * close together cause one refresh. Answers a function that stops listening.
 */
export function followLive(client: QueryClient): () => void {
  if (typeof EventSource === 'undefined') return () => {};
  const source = new EventSource('/api/live');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      void client.invalidateQueries({ refetchType: 'active' });
    }, GATHER_MILLIS);
  };
  source.addEventListener('message', refresh);
  source.addEventListener('change', refresh);
  return () => {
    clearTimeout(waiting);
    source.close();
  };
}
