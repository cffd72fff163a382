export type ConnectionState = 'fine' | 'offline' | 'away' | 'back';

const PROBE_MILLIS = 3_000;
const BACK_SHOWN_MILLIS = 4_000;

/**
 * Whether the server answers. Every call reports its outcome; while it does not answer, a small probe
 * asks again every few seconds, and listeners hear when it is back, so that pages recover by themselves.
 */
function makeConnection() {
  let state: ConnectionState = 'fine';
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(next: ConnectionState) {
    state = next;
    for (const listener of listeners) listener();
  }
  async function probe() {
    const answer = await fetch('/api/district', { cache: 'no-store' }).catch(() => null);
    if (answer?.ok) {
      become('back');
      timer = setTimeout(() => become('fine'), BACK_SHOWN_MILLIS);
      return;
    }
    become(answer ? 'away' : 'offline');
    timer = setTimeout(() => void probe(), PROBE_MILLIS);
  }
  return {
    current: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Called with the outcome of a call. `fine` does not end an outage: the probe does, once it is sure. */
    report(outcome: 'fine' | 'offline' | 'away') {
      if (outcome === 'fine' || state === 'offline' || state === 'away') return;
      clearTimeout(timer);
      become(outcome);
      timer = setTimeout(() => void probe(), PROBE_MILLIS);
    },
  };
}

export const connection = makeConnection();
