import { useRouter, useSearch } from '@tanstack/react-router';

/**
 * How many of a list are shown, kept in the address: who comes back to it, or opens it anew, finds what she had opened.
 * Without a step everything is shown, and the address says nothing.
 */
export function useShown(step: number): [most: number, showMore: () => void] {
  const router = useRouter();
  const asked: { shown?: unknown } = useSearch({ strict: false });
  const most = Math.max(step, Number(asked.shown) || 0);
  function showMore() {
    const keepRest = (search: object) => ({ ...search, shown: most + step });
    void router.navigate({ to: '.', search: keepRest as never, replace: true, resetScroll: false });
  }
  return [most, showMore];
}
