import { useEffect, useSyncExternalStore } from 'react';
import { type TillState, tillStore } from './store.ts';

/** The till of this device, kept current. */
export function useTill(): TillState {
  const state = useSyncExternalStore(tillStore.subscribe, tillStore.get);
  useEffect(() => void tillStore.start(), []);
  return state;
}

/** Keeps the app itself on the device, so that the till opens without network. */
export function useCachedApp(): void {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    void navigator.serviceWorker.register('/counter-sw.js', { scope: '/counter' }).then(
      async () => {
        const { active } = await navigator.serviceWorker.ready;
        const loaded = performance.getEntriesByType('resource').map((one) => one.name);
        active?.postMessage({ keep: [location.href, ...loaded] });
      },
      () => undefined,
    );
  }, []);
}
