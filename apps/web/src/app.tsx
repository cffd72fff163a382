import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import type { makeRouter } from './router.tsx';
import type { Call } from './shared/api/client.ts';
import { CallContext } from './shared/api/query.ts';
import { RenderedElder } from './shared/preferences.ts';
import { HeadContext, type HeadSink } from './shared/ui/page.tsx';

interface AppProps {
  router: ReturnType<typeof makeRouter>;
  queryClient: QueryClient;
  call: Call;
  i18n: i18n;
  elder: boolean;
  /** Given by the server only. */
  head?: HeadSink;
}

/** The whole app; the same tree in the browser and on the server. */
export function App({ router, queryClient, call, i18n, elder, head }: AppProps) {
  return (
    <CallContext.Provider value={call}>
      <QueryClientProvider client={queryClient}>
        <I18nextProvider i18n={i18n}>
          <RenderedElder.Provider value={elder}>
            <HeadContext.Provider value={head ?? null}>
              <RouterProvider router={router} />
            </HeadContext.Provider>
          </RenderedElder.Provider>
        </I18nextProvider>
      </QueryClientProvider>
    </CallContext.Provider>
  );
}
