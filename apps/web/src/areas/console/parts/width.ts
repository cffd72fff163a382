import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('(max-width: 800px)');

/** True on a worker's phone: other navigation, cards in place of tables. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = query();
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => query().matches,
    () => false,
  );
}
