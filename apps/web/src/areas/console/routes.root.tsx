import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute, withTexts } from '../../shared/routing/root.tsx';

/** The console's own root: `/desk`, with its shell and its texts. */
export const area = createRoute({
  getParentRoute: () => rootRoute,
  path: 'desk',
  beforeLoad: withTexts('console'),
  component: lazyRouteComponent(() => import('./layout.tsx'), 'ConsoleLayout'),
});

/** One word of the address's query, or nothing. */
export const wordOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** One of the known words of the address's query, or nothing. */
export function oneOf<const T extends string>(words: readonly T[], value: unknown): T | undefined {
  return words.find((word) => word === value);
}

/** Words of an address that may all be missing. */
export const optional = <T extends object>(words: T): Partial<T> => words;
