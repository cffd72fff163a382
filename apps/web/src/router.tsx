import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { consoleRoutes } from './areas/console/routes.tsx';
import { counterRoutes } from './areas/counter/routes.tsx';
import { publicRoutes } from './areas/public/routes.tsx';
import { residentRoutes } from './areas/resident/routes.tsx';
import { sandboxRoutes } from './areas/sandbox/routes.tsx';
import { noteNavigation } from './shared/routing/navigated.ts';
import { type AppContext, rootRoute } from './shared/routing/root.tsx';
import { parseSearch } from './shared/routing/search.ts';
import { PageSkeleton } from './shared/ui/skeleton.tsx';

const routeTree = rootRoute.addChildren([
  ...publicRoutes,
  ...residentRoutes,
  ...consoleRoutes,
  ...counterRoutes,
  ...sandboxRoutes,
]);

/** The app's router, for the browser and for the server that draws public pages. */
export function makeRouter(context: AppContext, history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    context,
    history,
    parseSearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingComponent: PageSkeleton,
    scrollRestoration: typeof window !== 'undefined',
  });
  router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) noteNavigation();
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
