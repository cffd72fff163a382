import { Outlet, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConnectionBanner } from './connection-banner.tsx';
import { ToastSlot } from './toast.tsx';

/** Round every page: the way past the navigation, the news about the connection, and a line of progress. */
export function Frame() {
  const { t } = useTranslation();
  const moving = useRouterState({ select: (state) => state.isLoading });
  return (
    <>
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      <ConnectionBanner />
      {moving && <div className="progress-line" aria-hidden="true" />}
      <Outlet />
      <ToastSlot />
    </>
  );
}
